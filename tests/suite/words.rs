//! Nothing vanishes: every word of a text is on its page, or a finding points at it.

use std::sync::Arc;

use dossier::base::diagnostic::Diagnostic;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What is between words. Comments are missing, because what is in them is not meant to be seen.
const MARKS: [&str; 107] = [
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "# ",
    "## ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n> ",
    "\n> > ",
    "\n> [!note]- ",
    "\n> [!question] ",
    "\n> [!faq]\n> ",
    "\n> [!tldr]+\n> ",
    "\n> [!CITE]\n> ",
    "\n> [!recommendation]\n> ",
    "*",
    "**",
    "_",
    "~~",
    "==",
    "`",
    "\n```\n",
    "\n~~~\n",
    "\n    ",
    "[",
    "](",
    ")",
    "][",
    "]",
    "![",
    "[[",
    "]]",
    "![[",
    "|",
    "\\",
    "[^1]",
    "[^2]",
    "\n[^1]: ",
    "\n\n[^2]: ",
    "\n[x]: ",
    "[x]",
    " \"",
    "\" ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<i title=\"",
    "\">",
    "&amp;",
    "$",
    "$$",
    "\n| a | b |\n|---|---|\n| ",
    " | ",
    " |\n",
    "\n: ",
    "\n:",
    " ^",
    "{#",
    "}",
    "https://",
    "www.",
    "@",
    "![[.png|",
    "](x.png \"",
    "\")",
    "] (x.md)",
    "\n> [!quote|",
    "\n> [!",
    "\n[w]: ",
    "\n##",
    "\\section{",
    "((",
    "［［",
    "]](https://example.org)",
    "{{< ",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<select>",
    "</select>",
    "<plaintext>",
    "<svg>",
    "</svg>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<caption>",
    "\n\n<div ",
    "</div>",
    "\n\n</div>",
    "<iframe id=\"",
    "<? ",
    "?>",
    "<!X ",
    "\n> <div>\n",
    "</p>",
];

/// Text with words that occur once each: `w0w`, `w1w` and so on.
fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(&MARKS[..]), 0..3u8), 0..40).prop_map(|marks| {
        let mut text = String::new();
        for (number, (mark, words)) in marks.into_iter().enumerate() {
            text.push_str(mark);
            if words > 0 {
                text.push_str(&format!("w{number}w"));
            }
        }
        text
    })
}

/// A note with this text.
pub fn note(text: &str) -> String {
    format!("---\ntitle: N\n---\n{text}")
}

/// The words of a text that are neither on its page nor in a finding, in a dossier of its own.
pub fn lost(text: &str) -> Vec<String> {
    let world =
        MemoryWorld::new().with("dossier.toml", "title = \"T\"").with("content/notes/n.md", note(text));
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().expect("the theme is complete");
    let path = "notes/n.html".into();
    let route = snapshot.map().find(&path).expect("the note has a page");
    let page = builder.bytes(&path, route).expect("the page can be drawn");
    let findings: Vec<&Diagnostic> = snapshot.diagnostics().iter().collect();
    neither_shown_nor_told(text, &String::from_utf8_lossy(&page), &findings)
}

/// The words of a note's text that are neither on its page nor in what was found in it.
pub fn neither_shown_nor_told(text: &str, page: &str, findings: &[&Diagnostic]) -> Vec<String> {
    let file = note(text);
    // What is only in the page's head is not read.
    let page = page.split_once("<main").and_then(|(_, main)| main.split_once("</main>"));
    let page = page.map(|(main, _)| main.to_lowercase()).expect("every page has a main part");
    let labels = findings.iter().flat_map(|finding| &finding.labels);
    let mut told: Vec<&str> = labels.filter_map(|label| file.get(label.span.range())).collect();
    told.extend(findings.iter().map(|finding| finding.message.as_str()));
    // The name of a character is no word.
    let text = text.replace("&amp;", " ");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words
        .filter(|word| !page.contains(&word.to_lowercase()) && !told.iter().any(|told| told.contains(word)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn words_that_a_link_or_a_picture_drops_are_shown_or_told_of() {
    for text in [
        "[![[.png|w0w w1w]]](https://example.org)",
        "w0w [w1w ![[.png|w2w]] w3w](https://example.org) w4w",
        "![w0w ![w1w](x.png \"w2w\")](x.png)",
        "![w0w [w1w](w2w.md) w3w](x.png)",
        "> [!quote|w0w w1w] w2w\n> w3w",
        "> [!w0w w1w] w2w",
        "[w0w]: w1w\n[w2w]: w3w",
        "<w0w w1w> w2w <w3w>",
        "## w0w {w1w} {w2w}",
        "[[w0w|w1w\n\n[[w2w](w3w.md) [w4w] (w5w.md) [w6w](w7w.md",
    ] {
        assert!(lost(text).is_empty(), "{:?} of {text:?}", lost(text));
    }
}

#[test]
fn a_link_in_the_name_of_an_embed_is_told_of() {
    for text in ["![[](w1w)w2w]]", "x ![[w0w](w1w) w2w]] y", "![[a](w1w)w2w|w3w]]"] {
        assert!(lost(text).is_empty(), "{:?} of {text:?}", lost(text));
    }
}

proptest! {
    // A run has the same texts each time; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look for more.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 500,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_word_of_a_text_vanishes(text in texts()) {
        let lost = lost(&text);
        prop_assert!(lost.is_empty(), "{lost:?} of {text:?}");
    }
}
