//! The sitemap: which pages it lists, and what it says of them.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

/// The entries of the sitemap of some notes: their names, and their front matter.
fn entries(notes: &[(&str, &str)], drafts: bool) -> Vec<String> {
    let mut world =
        MemoryWorld::new().with("dossier.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n");
    for (name, front) in notes {
        world = world
            .with(&format!("content/notes/{name}.md"), format!("---\ntitle: {name}\n{front}\n---\nWords.\n"));
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options { drafts, ..Options::default() });
    let files = sites::files_of(&snapshot);
    // They are there to be looked at, whatever the sitemap says.
    assert_eq!(files.contains_key("notes/draft.html"), drafts);
    let xml = String::from_utf8(files["sitemap.xml"].clone()).unwrap();
    let entries = xml.lines().filter(|line| line.contains("/notes/") && !line.contains("/notes/index"));
    entries.filter(|line| !line.contains("/notes/<")).map(str::to_owned).collect()
}

const NOTES: [(&str, &str); 4] = [
    ("draft", "draft: true"),
    ("later", "embargo: 2100-01-01"),
    ("dated", "updated: 2023-11"),
    ("plain", ""),
];

#[test]
fn what_nobody_should_find_yet_is_not_listed() {
    for drafts in [false, true] {
        assert_eq!(
            entries(&NOTES, drafts),
            [
                "<url><loc>https://example.org/notes/dated.html</loc><lastmod>2023-11-01</lastmod></url>",
                "<url><loc>https://example.org/notes/plain.html</loc></url>"
            ]
        );
    }
}
