//! Changes of small dossiers: only the bytes meant, and back again.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::session::{Options, Session};
use crate::world::World;
use crate::world::memory::MemoryWorld;

const ARTICLE: &str = "---\ntitle: The voyage # of the ship\ndate: 2024\n---\n\nThe ship left *Cork* in May.\n\n- It carried rice.\n- Nobody saw it.\n";

const FILES: [(&str, &str); 6] = [
    ("dossier.toml", "title = \"T\"\nlanguages = [\"en\", \"id\"]\n"),
    ("content/article.md", ARTICLE),
    ("content/article.id.md", "---\ntitle: Pelayaran\n---\n\nKapal itu berangkat pada Mei.\n"),
    (
        "content/claims/rice.md",
        "---\ntitle: 'It carried rice' # a comment\nby: [alpha] # who\ndate: 2024-05-01\n\n# figures\nquantities:\n  - value: 10\n    unit: tonnes # metric\n  - {value: 20, unit: bags}\nsources:\n- source: letter\n  locator: \"p. 2\"\n---\n\nIt did.\n",
    ),
    (
        "content/actors/alpha.md",
        "\u{feff}---\r\ntitle: Alpha\r\ntype: person\r\n---\r\n\r\nA sailor, named in [the claim](../claims/rice.md).\r\n",
    ),
    (
        "content/sources/letter.md",
        "+++\ntitle = 'A letter' # of 2024\nurl = \"https://example.org/\"\n\n[image]\nsrc = 'a.png'\nalt = 'A'\n+++\n",
    ),
];

fn world(files: &BTreeMap<String, Arc<[u8]>>) -> Arc<dyn World> {
    let world = files.iter().fold(MemoryWorld::new(), |world, (path, bytes)| world.with(path, bytes));
    Arc::new(world)
}

fn files() -> BTreeMap<String, Arc<[u8]>> {
    FILES.iter().map(|(path, text)| ((*path).to_owned(), Arc::from(text.as_bytes()))).collect()
}

fn session(files: &BTreeMap<String, Arc<[u8]>>) -> Session {
    Session::open(world(files), Options { drafts: true, ..Options::default() })
}

fn planned(files: &BTreeMap<String, Arc<[u8]>>, change: Json) -> Result<Plan, Refusal> {
    let session = session(files);
    let change: Change = serde_json::from_value(change).unwrap();
    plan(&session.snapshot(), &change, &|changes| session.trial(changes))
}

/// Carries out changes in memory; they must fit what is there.
fn carry_out(files: &mut BTreeMap<String, Arc<[u8]>>, changes: &Changes) {
    for rewrite in &changes.rewrites {
        assert_eq!(files.get(rewrite.path.as_str()), rewrite.before.as_ref(), "{}", rewrite.path);
        match &rewrite.after {
            Some(after) => drop(files.insert(rewrite.path.to_string(), after.clone())),
            None => drop(files.remove(rewrite.path.as_str())),
        }
    }
    for (from, to) in &changes.moves {
        let bytes = files.remove(from.as_str()).unwrap();
        assert!(files.insert(to.to_string(), bytes).is_none(), "{to}");
    }
}

/// The text of a file after a change.
#[track_caller]
fn after(change: Json, path: &str) -> String {
    let mut files = files();
    let plan = planned(&files, change).unwrap();
    carry_out(&mut files, &plan.changes);
    String::from_utf8(files[path].to_vec()).unwrap()
}

#[track_caller]
fn changed(change: Json, path: &str, from: &str, to: &str) {
    let before = FILES.iter().find(|(name, _)| *name == path).unwrap().1;
    assert!(before.contains(from), "{from}");
    assert_eq!(after(change, path), before.replacen(from, to, 1));
}

#[track_caller]
fn refused(change: Json, why: &str) {
    let refusal = planned(&files(), change.clone()).err().unwrap_or_else(|| panic!("{change}")).0;
    assert!(refusal.contains(why), "{refusal}");
}

const RICE: &str = "content/claims/rice.md";
const ALPHA: &str = "content/actors/alpha.md";
const LETTER: &str = "content/sources/letter.md";

#[test]
fn only_the_bytes_meant_change() {
    let set =
        |file: &str, at: Json, value: Json| json!({"do": "set", "file": file, "at": at, "value": value});
    changed(
        set(RICE, json!(["title"]), json!("Kirby: it's rice")),
        RICE,
        "'It carried rice'",
        "'Kirby: it''s rice'",
    );
    changed(set(RICE, json!(["date"]), json!("2024-06")), RICE, "2024-05-01", "2024-06");
    changed(set(RICE, json!(["quantities", 0, "value"]), json!(12)), RICE, "10", "12");
    changed(
        set(RICE, json!(["quantities", 1, "of"]), json!("rice, red")),
        RICE,
        "unit: bags",
        "unit: bags, of: \"rice, red\"",
    );
    changed(
        set(RICE, json!(["quantities", 0, "unit"]), json!("")),
        RICE,
        "    unit: tonnes # metric\n",
        "    # metric\n",
    );
    changed(set(RICE, json!(["by"]), json!(["alpha", "letter"])), RICE, "[alpha]", "[alpha, letter]");
    changed(set(RICE, json!(["sources", 0, "locator"]), json!("p. 3")), RICE, "p. 2", "p. 3");
    changed(
        set(ALPHA, json!(["country"]), json!("NO")),
        ALPHA,
        "person\r\n",
        "person\r\ncountry: \"NO\"\r\n",
    );
    changed(set(LETTER, json!(["image", "alt"]), json!("B")), LETTER, "'A'\n+", "'B'\n+");
    changed(
        set(LETTER, json!(["date"]), json!("2024-01-01")),
        LETTER,
        "example.org/\"\n",
        "example.org/\"\ndate = 2024-01-01\n",
    );
    let add = json!({"do": "add", "file": RICE, "at": ["sources"], "index": null, "value": {"source": "letter", "locator": "¶ 4"}});
    changed(add, RICE, "\"p. 2\"\n", "\"p. 2\"\n- {source: letter, locator: ¶ 4}\n");
    let moved = json!({"do": "move", "file": RICE, "at": ["quantities", 1], "to": 0});
    changed(
        moved,
        RICE,
        "  - value: 10\n    unit: tonnes # metric\n  - {value: 20, unit: bags}\n",
        "  - {value: 20, unit: bags}\n  - value: 10\n    unit: tonnes # metric\n",
    );
    let removed = json!({"do": "remove", "file": RICE, "at": ["quantities"]});
    changed(
        removed,
        RICE,
        "quantities:\n  - value: 10\n    unit: tonnes # metric\n  - {value: 20, unit: bags}\n",
        "# metric\n",
    );
    refused(json!({"do": "remove", "file": RICE, "at": ["image"]}), "can only be changed in the file itself");
    refused(json!({"do": "remove", "file": "content/x.md", "at": ["image"]}), "has no page");
}

#[test]
fn a_value_from_a_form_is_written_as_its_key_is() {
    let set = |at: Json, value: Json| json!({"do": "set", "file": RICE, "at": at, "value": value});
    changed(set(json!(["quantities", 0, "value"]), json!("12")), RICE, "10", "12");
    changed(
        set(json!(["quantities", 0, "value"]), json!({"from": "200", "to": "999"})),
        RICE,
        "10",
        "{from: 200, to: 999}",
    );
}

#[test]
fn a_plan_says_what_it_does_and_what_it_makes() {
    let set = json!({"do": "set", "file": RICE, "at": ["quantities", 0, "value"], "value": 2});
    let new = json!({"do": "new", "kind": "actor", "title": " Gamma ", "id": null, "lang": null, "facts": {"type": "person"}});
    let rename = json!({"do": "rename", "id": "alpha", "to": "beta"});
    let link = json!({"do": "link", "file": "content/article.md", "exact": "The ship", "to": "alpha"});
    let several = json!({"do": "several", "changes": [set, new, rename]});
    let by = json!({"do": "remove", "file": RICE, "at": ["by"]});
    let facts = json!({"do": "several", "changes": [set, set, by]});
    for (change, what, of, key, made) in [
        (&set, "set", "It carried rice", Some("quantities"), None),
        (&facts, "set", "It carried rice", Some("quantities, by"), None),
        (&new, "new", "Gamma", Some("actor"), Some("gamma")),
        (&rename, "rename", "Alpha", Some("beta"), Some("beta")),
        (&link, "link", "The voyage", Some("alpha"), None),
        (&several, "several", "It carried rice", Some("3"), Some("gamma")),
    ] {
        let plan = planned(&files(), change.clone()).unwrap();
        let said = Said { what: what.into(), of: of.into(), key: key.map(str::to_owned) };
        assert_eq!((plan.said, plan.made.as_deref()), (said, made));
        let mut files = files();
        carry_out(&mut files, &plan.changes);
        assert_eq!(plan.after.diagnostics(), session(&files).snapshot().diagnostics());
    }
}

#[test]
fn a_translation_is_accepted_as_it_is() {
    let accept = |file: &str| json!({"do": "accept", "file": file});
    let plan = planned(&files(), accept("content/article.id.md")).unwrap();
    assert_eq!((plan.said.what.as_str(), plan.said.of.as_str()), ("accept", "The voyage"));
    let mut files = files();
    carry_out(&mut files, &plan.changes);
    assert!(planned(&files, accept("content/article.id.md")).unwrap().changes.rewrites.is_empty());
    refused(accept(RICE), "is not a translation");
}

/// Its translation moves along and is not written otherwise by that.
#[test]
fn what_was_renamed_is_changed_under_its_new_name() {
    let mut before = files();
    before.insert("content/actors/alpha.id.md".into(), Arc::from(&b"---\ntitle: Alfa\n---\n"[..]));
    let set = |file: &str, title: &str| json!({"do": "set", "file": file, "at": ["title"], "value": title});
    let several = json!({"do": "several", "changes": [
        {"do": "rename", "id": "alpha", "to": "beta"},
        set("content/actors/beta.md", "Beta"),
        set("content/actors/beta.id.md", "Beta juga"),
        set(RICE, "Beta's rice"),
    ]});
    let plan = planned(&before, several).unwrap();
    let mut files = before.clone();
    carry_out(&mut files, &plan.changes);
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("content/actors/beta.md").contains("\ntitle: Beta\r\n"));
    assert_eq!(text("content/actors/beta.id.md"), "---\ntitle: Beta juga\n---\n");
    assert!(text(RICE).contains("title: 'Beta''s rice'") && text(RICE).contains("by: [beta]"));
    carry_out(&mut files, &plan.changes.inverse());
    assert_eq!(files, before);
}

#[test]
fn words_become_an_annotation_in_their_language() {
    let mark = json!({"article": null, "lang": null, "exact": "left Cork in May"});
    let annotate = json!({"do": "annotate", "about": "rice", "mark": mark});
    changed(
        annotate.clone(),
        RICE,
        "\"p. 2\"\n",
        "\"p. 2\"\ntargets:\n  - {source: article, exact: left Cork in May}\n",
    );
    let new = json!({
        "do": "new", "kind": "claim", "title": "It left: in May", "id": null, "lang": null,
        "facts": {"by": ["alpha"], "date": "2024-05", "sources": [{"source": "letter"}]}, "text": "So he says.",
        "mark": {"article": "article", "lang": "en", "exact": "The ship left"},
    });
    let plan = planned(&files(), new).unwrap();
    assert_eq!(plan.made.as_deref(), Some("it-left-in-may"));
    let text = String::from_utf8(plan.changes.rewrites[0].after.as_deref().unwrap().to_vec()).unwrap();
    assert!(text.starts_with("---\ntitle: \"It left: in May\"\n"), "{text}");
    for line in [
        "\nby: [alpha] ",
        "\ndate: 2024-05 ",
        "\nsources: [{source: letter}]",
        "\ntargets:\n  - {source: article, exact: The ship left}\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.ends_with("---\n\nSo he says.\n"), "{text}");
    let ix = plan.after.graph.by_id("it-left-in-may").unwrap();
    assert_eq!(plan.after.graph.annotations.by(ix).count(), 1);
    let new = json!({
        "do": "new", "kind": "note", "title": "Berangkat", "id": null, "lang": null,
        "mark": {"article": null, "lang": null, "exact": "berangkat pada Mei"},
    });
    let mut files = files();
    let plan = planned(&files, new).unwrap();
    carry_out(&mut files, &plan.changes);
    let text = String::from_utf8_lossy(&files["content/notes/berangkat.id.md"]);
    assert_eq!(
        text,
        "---\ntitle: Berangkat\ntargets:\n  - {source: article, exact: berangkat pada Mei}\n---\n\n"
    );
    assert!(!String::from_utf8_lossy(&files["content/notes/berangkat.md"]).contains("targets"));
    refused(
        json!({"do": "annotate", "about": "rice", "mark": {"article": null, "lang": null, "exact": "nowhere"}}),
        "does not contain",
    );
}

#[test]
fn a_text_changes_only_where_it_was_seen() {
    let start = ARTICLE.find("- It carried").unwrap();
    let text = |start: usize, was: &str| json!({"do": "text", "file": "content/article.md", "start": start, "was": was, "text": "- It carried\n  *tea*."});
    changed(
        text(start, "- It carried rice."),
        "content/article.md",
        "- It carried rice.",
        "- It carried\n  *tea*.",
    );
    // It stands elsewhere by now, and only there.
    changed(
        text(start + 1, "- It carried rice."),
        "content/article.md",
        "- It carried rice.",
        "- It carried\n  *tea*.",
    );
    refused(text(start + 1, "."), "has changed since");
    refused(text(4, "title"), "has changed since");
    let link =
        |exact: &str| json!({"do": "link", "file": "content/article.md", "exact": exact, "to": "alpha"});
    changed(link("The ship"), "content/article.md", "The ship", "[The ship](actors/alpha.md)");
    changed(link("Cork"), "content/article.md", "*Cork*", "*[Cork](actors/alpha.md)*");
    refused(link("left Cork in"), "not plain text in one piece");
    let link = |exact: &str| json!({"do": "link", "file": ALPHA, "exact": exact, "to": "rice"});
    refused(link("the claim"), "a link cannot stand there");
    let mut with_reference = files();
    let text = "---\ntitle: A\n---\nSee [the claim][r].\n\n[r]: ../claims/rice.md\n";
    with_reference.insert(ALPHA.into(), Arc::from(text.as_bytes()));
    assert!(planned(&with_reference, link("the claim")).is_err());
    let file = json!({"do": "text", "file": ALPHA, "start": FILES[4].1.find("A sailor"), "was": "A sailor", "text": "One\ntwo"});
    assert!(after(file, ALPHA).contains("One\r\ntwo, named"));
}

#[test]
fn files_are_added_below_the_content_only() {
    let add = |path: &str| json!({"do": "file", "path": path, "base64": "aGVsbG8="});
    assert_eq!(after(add("content/claims/a b.txt"), "content/claims/a b.txt"), "hello");
    for path in [
        "dossier.toml",
        "content/../dossier.toml",
        "/etc/x",
        "content/.htaccess",
        "content/.git/x",
        "content/con.txt",
        "content/a\nb",
    ] {
        refused(add(path), "cannot be the name of a file");
    }
    refused(add("content/article.md"), "there is a file");
}

#[test]
fn entities_are_renamed_and_deleted_whole() {
    let mut renamed = files();
    let plan = planned(&renamed, json!({"do": "rename", "id": "alpha", "to": "beta"})).unwrap();
    carry_out(&mut renamed, &plan.changes);
    assert!(String::from_utf8_lossy(&renamed[RICE]).contains("by: [beta] # who"));
    let back = plan.changes.inverse();
    carry_out(&mut renamed, &back);
    assert_eq!(renamed, files());
    let plan = planned(&renamed, json!({"do": "delete", "id": "rice"})).unwrap();
    assert!(plan.after.graph.by_id("rice").is_none());
    assert!(plan.after.problems().len() > session(&files()).snapshot().problems().len());
    refused(json!({"do": "delete", "id": "article"}), "home page");
    let both = json!({"do": "several", "changes": [
        {"do": "new", "kind": "actor", "title": "Gamma", "id": null, "lang": null, "facts": {"type": "person"}},
        {"do": "add", "file": RICE, "at": ["by"], "index": null, "value": "gamma"},
        {"do": "rename", "id": "gamma", "to": "delta"},
    ]});
    let plan = planned(&renamed, both).unwrap();
    carry_out(&mut renamed, &plan.changes);
    assert!(String::from_utf8_lossy(&renamed[RICE]).contains("by: [alpha, delta] # who"));
    assert!(
        renamed.contains_key("content/actors/delta.md") && !renamed.contains_key("content/actors/gamma.md")
    );
    carry_out(&mut renamed, &plan.changes.inverse());
    assert_eq!(renamed, files());
}

#[test]
fn what_an_unfinished_entry_refers_to_is_not_renamed() {
    let mut files = files();
    let route = "---\ntitle: R\nlegs:\n  - {from: cork, to: porto}\n---\n";
    files.insert("content/routes/r.md".into(), Arc::from(route.as_bytes()));
    for place in ["cork", "porto", "faro"] {
        let text = format!("---\ntitle: {place}\n---\n");
        files.insert(format!("content/places/{place}.md"), Arc::from(text.as_bytes()));
    }
    let rename = |id: &str| planned(&files, json!({"do": "rename", "id": id, "to": "other"}));
    let refusal = rename("cork").err().map(|refusal| refusal.0).unwrap_or_default();
    assert!(refusal.contains("`legs` in `content/routes/r.md` has a mistake"), "{refusal}");
    assert!(rename("faro").is_ok());
}

#[test]
fn findings_are_fixed_one_by_one_and_all_of_a_kind() {
    let mut files = files();
    files.insert(
        "content/notes/a.md".into(),
        Arc::from(&b"---\ntitle: A\ndate: 13/10/2023\nupdated: 7 October 2020\n---\n"[..]),
    );
    let found = session(&files).snapshot().diagnostics().to_vec();
    let one = found.iter().find(|found| found.fix.is_some()).unwrap();
    let (code, label) = (one.code, &one.labels[0]);
    let fix =
        json!({"do": "fix", "code": code, "file": label.path, "start": label.span.start, "choice": null});
    let plan = planned(&files, fix.clone()).unwrap();
    let mut once = files.clone();
    carry_out(&mut once, &plan.changes);
    assert!(planned(&once, fix).is_err());
    let plan = planned(&files, json!({"do": "fix-all", "code": code})).unwrap();
    carry_out(&mut files, &plan.changes);
    assert_eq!(
        &*files["content/notes/a.md"],
        &b"---\ntitle: A\ndate: 2023-10-13\nupdated: 2020-10-07\n---\n"[..]
    );
}

/// Something that a hand in the browser could ask for, sensible or not.
fn change() -> impl Strategy<Value = Json> {
    let file =
        proptest::sample::select(vec![RICE, ALPHA, LETTER, "content/article.md", "content/article.id.md"]);
    let key = proptest::sample::select(vec![
        "title",
        "by",
        "date",
        "quantities",
        "sources",
        "summary",
        "aliases",
        "image",
        "type",
    ]);
    let value = proptest::sample::select(vec![
        json!("a word"),
        json!("it's: \"so\" #1"),
        json!(12),
        json!(["alpha", "x y"]),
        json!({"value": 3, "unit": "km"}),
        json!(""),
        json!(true),
        json!("2024-01~"),
    ]);
    let at = (
        key,
        proptest::option::of(0..3usize),
        proptest::option::of(proptest::sample::select(vec!["value", "locator", "alt"])),
    )
        .prop_map(|(key, item, inner)| {
            let mut at = vec![json!(key)];
            at.extend(item.map(|item| json!(item)));
            at.extend(inner.map(|inner| json!(inner)));
            at
        });
    let words = proptest::sample::select(vec!["The ship", "rice", "Kapal itu", "saw it", "left"]);
    let id = proptest::sample::select(vec!["alpha", "rice", "letter", "new", "article", "beta"]);
    prop_oneof![
        4 => (file.clone(), at.clone(), value.clone()).prop_map(|(file, at, value)| json!({"do": "set", "file": file, "at": at, "value": value})),
        3 => (file.clone(), at.clone(), 0..4usize, value).prop_map(|(file, at, index, value)| json!({"do": "add", "file": file, "at": at, "index": index, "value": value})),
        2 => (file.clone(), at.clone()).prop_map(|(file, at)| json!({"do": "remove", "file": file, "at": at})),
        1 => (file.clone(), at, 0..3usize).prop_map(|(file, at, to)| json!({"do": "move", "file": file, "at": at, "to": to})),
        2 => (words.clone(), id.clone()).prop_map(|(exact, about)| json!({"do": "annotate", "about": about, "mark": {"article": null, "lang": null, "exact": exact}})),
        1 => words.clone().prop_map(|title| json!({"do": "new", "kind": "actor", "title": title, "id": null, "lang": null, "facts": {"type": "person"}})),
        1 => (file, words, id.clone()).prop_map(|(file, exact, to)| json!({"do": "link", "file": file, "exact": exact, "to": to})),
        1 => (id.clone(), id.clone()).prop_map(|(id, to)| json!({"do": "rename", "id": id, "to": to})),
        1 => id.prop_map(|id| json!({"do": "delete", "id": id})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any changes, one after the other, and as many undos: the same bytes. The trial is what a fresh start finds.
    #[test]
    fn whatever_is_done_can_be_undone(changes in proptest::collection::vec(change(), 1..8)) {
        let mut files = files();
        let mut done = Vec::new();
        for change in changes {
            let Ok(plan) = planned(&files, change) else { continue };
            let before = files.clone();
            carry_out(&mut files, &plan.changes);
            let fresh = session(&files).snapshot();
            prop_assert_eq!(plan.after.diagnostics(), fresh.diagnostics());
            done.push((before, plan.changes));
        }
        for (before, changes) in done.into_iter().rev() {
            carry_out(&mut files, &changes.inverse());
            prop_assert_eq!(&files, &before);
        }
    }
}
