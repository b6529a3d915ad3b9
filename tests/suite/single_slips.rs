//! A random slip in a file that is right: after every fix that is sure, the page is what it was, or the file is left
//! alone.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use super::values::after_fixes;

const CLAIM: &str = r#"---
title: "Kirby: more than 1,000 containers"
summary: He said so on a Friday, at the White House.
aliases: ["Kirby's claim", The thousand]
date: 2023-10-13
by: [kirby, hrw]
via: reuters
status: reported
basis: statement
about:
  - najin
  - beirut
quantities:
  - {value: 1000, comparator: more-than, unit: containers, of: {en: arms, id: senjata}}
  - value: 300
    unit: km
    comparator: about
sources:
  - {source: paper, locator: "¶ 4, note 2"}
history:
  - {date: 2023-10-14, status: reported, why: "Seen: by two"}
review: {rating: 3, label: Half true, worst: 1, best: 5, by: hrw, date: 2023-10-20}
corrections:
  - date: 2023-10-21
    text: 'It''s more than "1,000", not 100.'
---

Body text.
"#;

const SETTINGS: &str = r#"title = "The atlas: that came home"
base_url = "https://example.org/atlas/"
languages = ["en", "id"]
typography = false
publisher = {name = "The desk", url = "https://example.org/"}

[description]
en = "A library book, thirty-one years overdue."
id = 'Buku "perpustakaan".'

[rules]
unlinked-mention = "off"

[books]
formats = []

[verdicts]
false = {rating = 1, label = {en = "False", id = "Salah"}}
true = {rating = 5, label = "True"}
"#;

/// What people write for a sign: nothing, it twice, its neighbours on the keyboard, its look-alikes.
const INSTEAD: &[(char, &[&str])] = &[
    ('"', &["“", "”", "„", "'", "", "\"\""]),
    ('\'', &["’", "‘", "\"", ""]),
    (':', &["：", " :", "", ";", " ", "::", "=", ": "]),
    ('=', &[":", "", " ", "==", "＝"]),
    (',', &["，", "、", ";", "", "،", ",,", "."]),
    ('[', &["［", "(", "", "{", "[["]),
    (']', &["］", ")", "", "}", "]]", "]>"]),
    ('{', &["｛", "(", "", "["]),
    ('}', &["｝", ")", "", "]"]),
    ('-', &["–", "—", "", "−", "--", "•", "*"]),
    (' ', &["\u{a0}", "\t", "", "  ", "\u{3000}"]),
    ('\n', &["", " ", "\n\n", "\r\n", ",\n", ";\n", "  \n", "\n# ", " %%later%%\n"]),
];

/// Numbers that look random, the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// The text with one slip between `from` and `to`.
fn slip(text: &str, (from, to): (usize, usize), numbers: &mut Numbers) -> String {
    loop {
        let at = from + numbers.below(to - from);
        let Some(sign) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let Some((_, instead)) = INSTEAD.iter().find(|(known, _)| *known == sign) else { continue };
        let new = instead[numbers.below(instead.len())];
        return [&text[..at], new, &text[at + sign.len_utf8()..]].concat();
    }
}

fn dossier(path: &str, text: &str) -> Arc<Snapshot> {
    let world = MemoryWorld::new()
        .with("dossier.toml", SETTINGS)
        .with("content/article.md", "---\ntitle: Home\n---\n[[said-so]] [[beirut]] [[najin]] [[reuters]] [[paper]] [[kirby]] [[hrw]]\n")
        .with("content/actors/kirby.md", "---\ntitle: John Kirby\n---\n")
        .with("content/actors/hrw.md", "---\ntitle: Human Rights Watch\n---\n")
        .with("content/actors/reuters.md", "---\ntitle: Reuters\n---\n")
        .with("content/places/najin.md", "---\ntitle: Najin\n---\n")
        .with("content/places/beirut.md", "---\ntitle: Beirut\n---\n")
        .with("content/sources/paper.md", "---\ntitle: The paper\npublished: 2023-10-12\n---\n")
        .with("content/claims/said-so.md", CLAIM)
        .with(path, text);
    Snapshot::take(Arc::new(world), &Options::default())
}

/// The page of the claim, or why there is none.
fn page(path: &str, text: &str) -> String {
    let snapshot = dossier(path, text);
    let Ok(builder) = snapshot.builder() else { return "no theme".into() };
    let files = builder.files();
    let Some((at, route)) = files.iter().find(|(path, _)| path.as_str() == "claims/said-so.html") else {
        return "no page".into();
    };
    String::from_utf8(builder.bytes(at, route).expect("a page")).expect("UTF-8")
}

fn assert_meaning_is_kept(path: &str, text: &str, place: (usize, usize), seed: u64, count: usize) {
    let wanted = page(path, text);
    assert!(wanted.contains("more than"), "{wanted}");
    let mut numbers = Numbers(seed);
    let mut right = 0;
    let mut wrong = Vec::new();
    for _ in 0..count {
        let slipped = slip(text, place, &mut numbers);
        let after = after_fixes(path, &slipped, |text| dossier(path, text));
        if after == slipped {
            continue;
        }
        match page(path, &after) == wanted {
            true => right += 1,
            false => wrong.push(changed(&slipped, &after)),
        }
    }
    assert!(wrong.is_empty(), "{} wrong, {right} right\n{}", wrong.len(), wrong.join("\n"));
    assert!(right * 5 > count, "only {right} of {count} are fixed");
}

/// The lines that differ.
fn changed(before: &str, after: &str) -> String {
    let lines = |text: &str, other: &str, mark: &str| -> String {
        let lines = text.lines().filter(|line| !other.lines().any(|same| same == *line));
        lines.map(|line| format!("{mark}{line}\n")).collect()
    };
    lines(before, after, "- ") + &lines(after, before, "+ ")
}

#[test]
fn one_in_a_claim() {
    let place = (CLAIM.find("title").expect("a key"), CLAIM.find("\n---\n\nBody").expect("a fence"));
    assert_meaning_is_kept("content/claims/said-so.md", CLAIM, place, 15, 150);
}

#[test]
fn one_in_the_settings() {
    assert_meaning_is_kept("dossier.toml", SETTINGS, (0, SETTINGS.len()), 39, 80);
}
