//! No heading gets an id that its page has already.

use std::collections::BTreeSet;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::site::Route;
use dossier::world::memory::MemoryWorld;
use fancy_regex::Regex;

use crate::addresses::shipped;

#[test]
fn no_heading_has_an_id_of_the_page() {
    let snapshot = Snapshot::take(Arc::new(shipped()), &Options::default());
    let builder = snapshot.builder().expect("the theme is complete");
    let attribute = Regex::new(r#"(<[a-z0-9]+)[^>]* id="([^"]+)""#).expect("a pattern");
    let mut ids = BTreeSet::new();
    for (path, route) in snapshot.map().files().iter().filter(|(_, route)| matches!(route, Route::Page(_))) {
        let page = builder.bytes(path, route).expect("the page can be drawn");
        let page = String::from_utf8_lossy(&page);
        // The sections of a book have names of their own.
        if !page.contains("class=\"prose\"") || path.as_str().ends_with("print.html") {
            continue;
        }
        for found in attribute.captures_iter(&page) {
            let found = found.expect("a match");
            // Headings of the text are what the ids are for.
            let is_heading = matches!(&found[1], "<h3" | "<h4") && !found[2].starts_with("part-");
            if !is_heading {
                ids.insert(found[2].to_owned());
            }
        }
    }
    let authored: BTreeSet<&str> = snapshot
        .graph
        .entities
        .iter()
        .flat_map(|entity| &entity.editions)
        .flat_map(|edition| edition.prose().headings.iter().map(|heading| heading.id.as_str()))
        .collect();
    ids.retain(|id| !authored.contains(&**id));
    assert!(ids.len() > 30, "{ids:?}");

    let headings: String = ids.iter().map(|id| format!("## Heading {{#{id}}}\n\n")).collect();
    let text = format!("---\ntitle: N\n---\n{headings}");
    let world = MemoryWorld::new().with("dossier.toml", "title = \"T\"").with("content/notes/n.md", &text);
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().expect("the theme is complete");
    let path = "notes/n.html".into();
    let page = builder.bytes(&path, snapshot.map().find(&path).expect("a page")).expect("a file");
    let page = String::from_utf8_lossy(&page);
    let given: Vec<&String> = ids.iter().filter(|id| page.contains(&format!("<h2 id=\"{id}\">"))).collect();
    assert!(given.is_empty(), "{given:?}");
}
