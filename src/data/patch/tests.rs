//! Changes of documents written in many ways: only what was asked differs.

use proptest::prelude::*;

use super::*;
use crate::data::write::Place;

fn path(at: &str) -> Vec<Step> {
    let step = |step: &str| match step.parse() {
        Ok(item) => Step::Item(item),
        Err(_) => Step::Key(step.to_owned()),
    };
    at.split('.').map(step).collect()
}

fn words(words: &str) -> Given {
    Given::Words(words.into())
}

fn table(entries: &[(&str, &str)]) -> Given {
    Given::Table(entries.iter().map(|(key, value)| ((*key).to_owned(), words(value))).collect())
}

fn patched(text: &str, syntax: Syntax, at: &str, patch: &Patch) -> Option<String> {
    let document = Editable::parse(text, syntax).unwrap_or_else(|| panic!("{text}"));
    document.patch(&path(at), patch).map(|replacements| applied(text, &replacements))
}

#[track_caller]
fn yaml(text: &str, at: &str, patch: Patch, wanted: &str) {
    assert_eq!(patched(text, Syntax::Yaml, at, &patch).as_deref(), Some(wanted));
}

#[track_caller]
fn toml(text: &str, at: &str, patch: Patch, wanted: &str) {
    assert_eq!(patched(text, Syntax::Toml, at, &patch).as_deref(), Some(wanted));
}

fn set(given: &str) -> Patch {
    Patch::Set(words(given))
}

#[test]
fn a_value_is_replaced_as_it_is_written() {
    yaml("a: b # c\n", "a", set("d"), "a: d # c\n");
    yaml("a:   'b' # c\n", "a", set("it's"), "a:   'it''s' # c\n");
    yaml("a: \"b\"\n", "a", set("d"), "a: \"d\"\n");
    yaml("a: b\n", "a", set("d: e"), "a: \"d: e\"\n");
    yaml("a:\nb: c\n", "a", set("d"), "a: d\nb: c\n");
    yaml("a: # why\nb: c\n", "a", set("d"), "a: d # why\nb: c\n");
    yaml("a: ~\n", "a", set("d"), "a: d\n");
    yaml("a: >-\n  b\n  c\nd: e\n", "a", set("f g"), "a: >-\n  f g\nd: e\n");
    yaml("a: |-\n  b\nd: e\n", "a", set("f\ng"), "a: |-\n  f\n  g\nd: e\n");
    yaml("a: [b, c]\n", "a.1", set("d, e"), "a: [b, \"d, e\"]\n");
    yaml("a:\n  - b\n  - c: d # e\n", "a.1.c", set("f"), "a:\n  - b\n  - c: f # e\n");
    yaml("a:\n  - b\n  - c\nd: e\n", "a", Patch::Set(Given::List(vec![words("f")])), "a:\n  [f]\nd: e\n");
    yaml("a: b\n", "a.0", set("c"), "a: c\n");
    toml("a = 'b' # c\n", "a", set("it's"), "a = \"it's\" # c\n");
    toml("a = 'b'\n", "a", set("c"), "a = 'c'\n");
    toml("[x]\na = 1\n", "x.a", Patch::Set(Given::Bare("2".into())), "[x]\na = 2\n");
    toml("x.a = 1\n", "x.a", Patch::Set(Given::Bare("2".into())), "x.a = 2\n");
}

#[test]
fn what_is_replaced_is_quoted_only_where_it_must_be() {
    yaml("a: b\n", "a", set("c, d"), "a: c, d\n");
    yaml("a :\nb: c\n", "a", set("d"), "a : d\nb: c\n");
    yaml("a: [] # b\nc: d\n", "a", set("e"), "a: e # b\nc: d\n");
    yaml("a: {\n  # b\n} # c\n\nd: e\n", "a", set("f"), "a: f # c\n\nd: e\n");
    yaml("a: [b, c , ] # d\n\ne: f\n", "a", set("g"), "a: g # d\n\ne: f\n");
    yaml("a: [b, # c\n  d, # e\n] # f\n\ng: h\n", "a", set("i"), "a: i # f\n\ng: h\n");
    yaml(
        "a:\n  - [b]\n  - c\n\n# d\ne: f\n",
        "a",
        Patch::Set(Given::List(vec![words("g"), words("h")])),
        "a:\n  [g, h]\n\n# d\ne: f\n",
    );
    yaml("a:\n  - b\n  -\n", "a.1", set("c"), "a:\n  - b\n  - c\n");
}

#[test]
fn what_is_missing_is_added() {
    yaml("", "a", set("b"), "a: b\n");
    yaml("a: b # c\n# d\n", "e", set("f"), "a: b # c\n# d\ne: f\n");
    yaml("a: b\r\n", "e", set("f"), "a: b\r\ne: f\r\n");
    yaml("# e:    # Why\na: b\n", "e", set("f"), "e: f # Why\na: b\n");
    yaml("a: b\r\n# e:\r\n", "e", set("f"), "a: b\r\ne: f\r\n");
    yaml("# e: g\na: b\n", "e", set("f"), "# e: g\na: b\ne: f\n");
    yaml("a: |\n  # e:\n", "e", set("f"), "a: |\n  # e:\ne: f\n");
    yaml("# e: # Why\na: b\n", "e", Patch::Insert(9, table(&[("k", "v")])), "e: # Why\n  - {k: v}\na: b\n");
    yaml("{a: b}\n", "e", set("f"), "{a: b, e: f}\n");
    yaml("a: {b: c}\n", "a.d", set("e"), "a: {b: c, d: e}\n");
    yaml("a:\n    b: c # d\ne: f\n", "a.g", set("h"), "a:\n    b: c # d\n    g: h\ne: f\n");
    yaml("a:\n- b: c\n- d: e\n", "a.0.f", set("g"), "a:\n- b: c\n  f: g\n- d: e\n");
    yaml("a:\n  b: >\n    c\nd: e\n", "a.f", set("g"), "a:\n  b: >\n    c\n  f: g\nd: e\n");
    yaml("a: b\n", "c.d", set("e"), "a: b\nc: {d: e}\n");
    yaml("a: b\n", "c.0.d", set("e"), "a: b\nc:\n  - {d: e}\n");
    toml("a = 1\n\n[x]\nb = 2\n", "c", set("d"), "a = 1\nc = \"d\"\n\n[x]\nb = 2\n");
    toml("[x]\nb = 2\n", "c", set("d"), "c = \"d\"\n[x]\nb = 2\n");
    toml("[x]\nb = 2 # c\n\n[y]\n", "x.d", set("e"), "[x]\nb = 2 # c\nd = \"e\"\n\n[y]\n");
    toml("[x] # c\n[y]\n", "x.d", set("e"), "[x] # c\nd = \"e\"\n[y]\n");
    toml("a = {b = 1}\n", "a.c", set("d"), "a = {b = 1, c = \"d\"}\n");
}

#[test]
fn a_list_takes_another_item_in_the_form_it_has() {
    let add = |at: usize| Patch::Insert(at, words("x"));
    yaml("a: [b, c] # d\n", "a", add(9), "a: [b, c, x] # d\n");
    yaml("a: [b, c]\n", "a", add(0), "a: [x, b, c]\n");
    yaml("a: [b, c]\n", "a", add(1), "a: [b, x, c]\n");
    yaml("a: []\n", "a", add(9), "a: [x]\n");
    yaml("a:\n  - b\n  -\n", "a", add(9), "a:\n  - b\n  -\n  - x\n");
    yaml("a: &n [b, c]\n", "a", add(0), "a: &n [x, b, c]\n");
    yaml("a: &n\n  - [b]\n  - c\n", "a", add(9), "a: &n\n  - [b]\n  - c\n  - x\n");
    yaml("a:\n", "a", add(9), "a: [x]\n");
    yaml("a: b # c\n", "a", add(9), "a: [b, x] # c\n");
    yaml("a: b # c\n", "a", add(0), "a: [x, b] # c\n");
    yaml("a:\n  - b\n  # c\n  - d # e\nf: g\n", "a", add(9), "a:\n  - b\n  # c\n  - d # e\n  - x\nf: g\n");
    yaml("a:\n- b\n", "a", add(0), "a:\n- x\n- b\n");
    yaml("a:\n  - b\n  - c", "a", add(1), "a:\n  - b\n  - x\n  - c");
    yaml("a: b\n", "c", add(9), "a: b\nc: [x]\n");
    let add = |at: usize| Patch::Insert(at, table(&[("k", "v")]));
    yaml("a:\n  b: c\n  d: e\n", "a", add(9), "a:\n  - b: c\n    d: e\n  - {k: v}\n");
    yaml("a: {b: c}\n", "a", add(9), "a: [{b: c}, {k: v}]\n");
    yaml("a:\n- b: c # d\n\ne: f\n", "a", add(9), "a:\n- b: c # d\n- {k: v}\n\ne: f\n");
    toml("[[a]]\nb = 1\n\n[c]\n", "a", add(9), "[[a]]\nb = 1\n\n\n[[a]]\nk = \"v\"\n[c]\n");
    toml("[[a]]\nb = 1\n", "a", add(0), "[[a]]\nk = \"v\"\n\n[[a]]\nb = 1\n");
    toml("a = [\"b\"]\n", "a", Patch::Insert(9, words("x")), "a = [\"b\", \"x\"]\n");
    toml("t = 'A'\n", "a", add(9), "t = 'A'\n\n[[a]]\nk = \"v\"\n");
    toml("[x]\nb = 2\n", "x.a", add(9), "[x]\nb = 2\na = [{k = \"v\"}]\n");
}

#[test]
fn what_is_removed_leaves_all_comments() {
    yaml("a: b # c\n# d\ne: f\n", "a", Patch::Remove, "# c\n# d\ne: f\n");
    yaml("a: b\ne: >\n  f\n\ng: h\n", "e", Patch::Remove, "a: b\n\ng: h\n");
    yaml("a: {b: c, d: e}\n", "a.b", Patch::Remove, "a: {d: e}\n");
    yaml("a: {b: c, d: e}\n", "a.d", Patch::Remove, "a: {b: c}\n");
    yaml("a: [b]\n", "a.0", Patch::Remove, "a: []\n");
    yaml("a:\n  - b # c\n  # d\n  - e\n", "a.0", Patch::Remove, "a:\n  # c\n  # d\n  - e\n");
    yaml("a:\n  - b: c\n    d: e\n", "a.0.b", Patch::Remove, "a:\n  - d: e\n");
    yaml("a:\n  - b: c\n    d: e\n  - f\n", "a.0", Patch::Remove, "a:\n  - f\n");
    yaml("a:\n  - b\nc: d\n", "a.0", Patch::Remove, "a:\nc: d\n");
    yaml("a: b  \nc: d\n", "a", Patch::Remove, "c: d\n");
    yaml("a:\n  - |\n    b\n  - c\n", "a.0", Patch::Remove, "a:\n  - c\n");
    yaml("a:\n  - # why\n    b: c\n  - d\n", "a.0", Patch::Remove, "a:\n  # why\n  - d\n");
    yaml("a:\n  -\n    # why\n    b: c\n  - d\n", "a.0", Patch::Remove, "a:\n  # why\n  - d\n");
    yaml("a: # b\n  - 'c #d' # e\n  # f\n  - |\n    #g\nh: i\n", "a", Patch::Remove, "# b\n# e\n# f\nh: i\n");
    yaml("a: [b, # c\n  d]\ne: f\n", "a", Patch::Remove, "# c\ne: f\n");
    yaml("a:\n  - b: c # why\n    d: e\n", "a.0.b", Patch::Remove, "a:\n  - # why\n    d: e\n");
    yaml("a:\n  - - b\n    - c\n    - d\n", "a.0.0", Patch::Remove, "a:\n  - \n    - c\n    - d\n");
    yaml("a:\n  b: >\n    c\n  d: e\n", "a.b", Patch::Remove, "a:\n  d: e\n");
    yaml("a: >\n  b\n# c\nd: e\n", "a", Patch::Remove, "# c\nd: e\n");
    toml("a = 1 # b\nc = 2\n", "a", Patch::Remove, "# b\nc = 2\n");
    toml("a = 1# b\nc = 2\n", "a", Patch::Remove, "# b\nc = 2\n");
    toml("[[x]]\na = 1\n[[x]]\na = 2\n[y]\n", "x.0", Patch::Remove, "[[x]]\na = 2\n[y]\n");
    toml("[x]\na = 1\n\n[y]\nb = 2\n", "x", Patch::Remove, "[y]\nb = 2\n");
    toml("[[x]]\na = 1\n[[x]]\na = 2\n[y]\n", "x.1", Patch::Remove, "[[x]]\na = 1\n[y]\n");
    assert_eq!(patched("a: b\n", Syntax::Yaml, "c", &Patch::Remove), None);
}

#[test]
fn items_change_places_with_what_is_theirs() {
    yaml("a: [b, 'c', d]\n", "a.2", Patch::Move(0), "a: [d, b, 'c']\n");
    yaml(
        "a:\n  - b # c\n  - d: e\n    f: g\nh: i\n",
        "a.0",
        Patch::Move(1),
        "a:\n  - d: e\n    f: g\n  - b # c\nh: i\n",
    );
    yaml("a:\n- b\n- c", "a.1", Patch::Move(0), "a:\n- c\n- b");
    toml("[[x]]\na = 1\n\n[[x]]\na = 2\n", "x.1", Patch::Move(0), "[[x]]\na = 2\n\n[[x]]\na = 1\n");
}

#[test]
fn an_alias_is_not_changed_where_it_would_change_elsewhere() {
    assert_eq!(patched("a: &x {b: c}\nd: *x\n", Syntax::Yaml, "d.b", &set("e")), None);
    let add = Patch::Insert(9, words("e"));
    assert_eq!(patched("a: &x [b, c]\nd: *x\n", Syntax::Yaml, "d", &add), None);
    yaml("a: &x {b: c}\nd: *x\n", "d", set("e"), "a: &x {b: c}\nd: e\n");
}

/// A tree to write, and the ways to write each part of it.
fn document() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-d]{1,3}",
        Just("it's".to_owned()),
        Just("a: b".to_owned()),
        Just("x #y".to_owned()),
        Just("2023-10-13".to_owned()),
        Just("żó".to_owned()),
        Just("-1".to_owned()),
    ];
    let scalar = (word, 0..5u8).prop_map(|(word, style)| match style {
        0 => format!("'{}'", word.replace('\'', "''")),
        1 => format!("\"{word}\""),
        2 => Syntax::Yaml.written(&Given::Words(word), Place::Inside),
        3 => format!(">-\n{}", word),
        _ => String::new(),
    });
    let flow = scalar.clone().prop_map(|word| match word.starts_with('>') || word.is_empty() {
        true => "w".to_owned(),
        false => word,
    });
    let value = prop_oneof![
        4 => scalar.prop_map(|word| match word.strip_prefix(">-\n") {
            Some(word) => format!(" >-\n    {word}\n"),
            None => format!(" {word}\n"),
        }),
        1 => Just(" # only a comment\n".to_owned()),
        2 => proptest::collection::vec(flow.clone(), 0..4).prop_map(|items| format!(" [{}] # c\n", items.join(", "))),
        2 => proptest::collection::vec(flow.clone(), 0..3).prop_map(|items| {
            let entries = items.iter().enumerate().map(|(at, item)| format!("k{at}: {item}"));
            format!(" {{{}}}\n", entries.collect::<Vec<_>>().join(", "))
        }),
        2 => (proptest::collection::vec(flow.clone(), 1..4), 0..3usize).prop_map(|(items, indent)| {
            let item = |item: &String| format!("{}- {item} # c\n", " ".repeat(indent));
            format!("\n{}", items.iter().map(item).collect::<String>())
        }),
        2 => (proptest::collection::vec((flow.clone(), flow.clone()), 1..3), 1..4usize).prop_map(|(items, indent)| {
            let pad = " ".repeat(indent);
            let item = |(a, b): &(String, String)| format!("{pad}- k0: {a}\n{pad}  # between\n{pad}  k1: {b}\n");
            format!("\n{}", items.iter().map(item).collect::<String>())
        }),
        2 => proptest::collection::vec(flow, 1..3).prop_map(|items| {
            let entry = |(at, item): (usize, &String)| format!("  k{at}: {item}\n");
            format!("\n{}", items.iter().enumerate().map(entry).collect::<String>())
        }),
    ];
    proptest::collection::vec((value, 0..4u8), 0..6).prop_map(|entries| {
        let mut text = String::new();
        for (at, (value, more)) in entries.into_iter().enumerate() {
            text += &format!("e{at}:{}", value.trim_end_matches(' '));
            text += ["", "\n", "# a comment\n", ""][more as usize];
        }
        text
    })
}

fn patch() -> impl Strategy<Value = (Vec<Step>, Patch)> {
    let word = prop_oneof!["[a-z]{1,4}", Just("x: y".to_owned()), Just("it's #1, \"so\"".to_owned())];
    let given = prop_oneof![
        3 => word.clone().prop_map(Given::Words),
        1 => Just(Given::Bare("12".into())),
        1 => proptest::collection::vec(word.clone().prop_map(Given::Words), 1..3).prop_map(Given::List),
        1 => word.prop_map(|word| Given::Table(vec![("k1".into(), Given::Words(word)), ("n".into(), Given::Bare("1".into()))])),
    ];
    let step = prop_oneof![(0..4usize).prop_map(Step::Item), "k[0-2]".prop_map(Step::Key)];
    let at = ("e[0-6]", proptest::collection::vec(step, 0..3)).prop_map(|(first, rest)| {
        let mut at = vec![Step::Key(first)];
        // An item of an item is nothing that anything refers to.
        for step in rest {
            if !matches!((at.last(), &step), (Some(Step::Item(_)), Step::Item(_))) {
                at.push(step);
            }
        }
        at
    });
    let patch = prop_oneof![
        3 => given.clone().prop_map(Patch::Set),
        2 => (0..5usize, given).prop_map(|(at, given)| Patch::Insert(at, given)),
        2 => Just(Patch::Remove),
        1 => (0..4usize).prop_map(Patch::Move),
    ];
    (at, patch)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Whatever can be asked is done, and nothing but that: other entries and all comments stay.
    #[test]
    fn a_change_says_what_was_asked_and_keeps_the_rest(text in document(), (at, patch) in patch(), crlf: bool) {
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let document = Editable::parse(&text, Syntax::Yaml);
        prop_assume!(document.is_some());
        let document = document.unwrap();
        let wanted = Plain::of(&document.root).patched(&at, &patch);
        let replacements = document.patch(&at, &patch);
        prop_assert_eq!(replacements.is_some(), wanted.is_some(), "{:?} {:?}\n{}", at, patch, text);
        if let Some(replacements) = replacements {
            let after = applied(&text, &replacements);
            let Step::Key(own) = &at[0] else { unreachable!() };
            // The lines of other entries and the comments between are there in their order.
            let others = |text: &str| -> Vec<String> {
                let mut is_own = false;
                let mut is_other = |line: &&str| {
                    if line.starts_with('e') {
                        is_own = line.starts_with(&format!("{own}:"));
                    }
                    line.starts_with('#') || !is_own && !line.trim().is_empty()
                };
                text.lines().filter(|line| is_other(line)).map(str::to_owned).collect()
            };
            let mut kept = others(&text).into_iter().peekable();
            for line in others(&after) {
                if kept.next_if_eq(&line).is_none() {
                    // The comment of a value that is gone.
                    prop_assert!(line.starts_with('#'), "{:?} {:?}\n{}\n->\n{}", at, patch, text, after);
                }
            }
            prop_assert_eq!(kept.next(), None, "{:?} {:?}\n{}\n->\n{}", at, patch, text, after);
            prop_assert!(!text.contains('\r') || after.matches('\n').count() == after.matches("\r\n").count(), "{:?}", after);
        }
    }
}
