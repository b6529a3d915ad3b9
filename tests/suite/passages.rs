//! The annotated passages of an article as its page shows them.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

/// The article's page, with a note on each of these passages.
fn article(body: &str, passages: &[&str]) -> String {
    let mut world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nlanguages = [\"en\"]\n")
        .with("content/article.md", format!("---\ntitle: An article\n---\n{body}\n"));
    for (number, passage) in passages.iter().enumerate() {
        let note = format!(
            "---\ntitle: Note {number}\ntargets:\n  - {{source: article, exact: \"{passage}\"}}\n---\nWhy.\n"
        );
        world = world.with(&format!("content/notes/n{number}.md"), note);
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().unwrap();
    let files = builder.files();
    let (path, route) = files.iter().find(|(path, _)| path.as_str() == "index.html").unwrap();
    let page = String::from_utf8(builder.bytes(path, route).unwrap()).unwrap();
    // Behind the notes.
    let text = page.split_once("class=\"noted\"").and_then(|(_, noted)| noted.split_once("</aside>"));
    let (_, text) = text.unwrap_or_else(|| panic!("{:?}: {page}", snapshot.problems()));
    text.to_owned()
}

/// The position of the link to a note.
fn link(text: &str, number: usize) -> usize {
    text.find(&format!("href=\"#note-n{number}\""))
        .unwrap_or_else(|| panic!("no link to note {number}: {text}"))
}

#[test]
fn the_link_to_a_note_follows_the_link_that_its_passage_is_in() {
    let text = article(
        "A ship [left the harbour at night](https://example.org/) and `came back` soon.",
        &["the harbour", "came back", "A ship left"],
    );
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}: {text}"));
    // Both passages that end within the link; the one that ends first comes first.
    let end = at("at night") + text[at("at night")..].find("</a>").unwrap();
    assert!(
        end < link(&text, 2) && link(&text, 2) < link(&text, 0) && link(&text, 0) < at(" and "),
        "{text}"
    );
    // Outside of the code.
    assert!(at("</code>") < link(&text, 1) && link(&text, 1) < at(" soon"), "{text}");
    // A passage over the edge of an element is two pieces of one.
    assert_eq!(text.matches("id=\"mark-n2\"").count(), 1, "{text}");
    assert_eq!(text.matches("data-of=\"mark-n2\"").count(), 1, "{text}");
}
