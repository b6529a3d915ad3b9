//! Routes as stories, and how claims flow through the pages of actors.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use crate::sites;

fn built(route: &str) -> BTreeMap<String, Vec<u8>> {
    let place = |title: &str, at: &str| format!("---\ntitle: {title}\ncoordinates: {at}\n---\n");
    let claim =
        |title: &str, more: &str| format!("---\ntitle: {title}\ndate: 2023-10-13\nabout: [r]\n{more}\n---\n");
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nsocial_cards = []\nbooks = {formats = []}\n")
        .with("content/article.md", "---\ntitle: A\n---\nSee [[r]].")
        .with("content/places/najin.md", place("Najin", "[42.2, 130.3]"))
        .with("content/places/dunay.md", place("Dunay", "[42.88, 132.35]"))
        .with("content/places/depot.md", place("Depot", "[45.85, 40.12]"))
        .with("content/actors/nis.md", "---\ntitle: NIS\ntype: agency\n---\n")
        .with("content/actors/kbs.md", "---\ntitle: KBS\ntype: media\n---\n")
        .with("content/actors/peskov.md", "---\ntitle: Peskov\ntype: person\n---\n")
        .with("content/sources/s.md", "---\ntitle: S\npublisher: kbs\npublished: 2023-10-13\n---\n")
        .with(
            "content/claims/a.md",
            claim("From the 7th", "by: nis\nvia: kbs\nwhen: 2023-09-07\nsources: [s]"),
        )
        .with("content/claims/b.md", claim("From the 1st", "by: kbs\nwhen: 2023-09-01\nsources: [s]"))
        .with("content/claims/c.md", claim("No proof", "by: peskov\ndenies: [a]\nsources: [s]"))
        .with("content/routes/r.md", format!("---\ntitle: The way\nlegs:\n{route}---\n"));
    sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()))
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> std::borrow::Cow<'f, str> {
    String::from_utf8_lossy(&files[path])
}

/// The part of a page between two words.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no `{from}`"));
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[test]
fn a_route_has_a_frame_for_each_leg_and_one_for_what_is_not_known() {
    let files = built(
        "  - {from: najin, to: dunay, mode: sea, departed: 2023-09, carrier: Angara, claims: [a, b], text: A calm night.}\n  \
         - {from: dunay, to: depot, mode: rail}\n",
    );
    let page = text(&files, "routes/r.html");
    let first = between(&page, "id=\"story-1\"", "</li>");
    for said in [
        "Najin",
        "Dunay",
        "map-frame",
        "A calm night.",
        "2023-09-07",
        "2023-09-01",
        "From the 7th",
        "denied by",
        "Peskov",
        "Angara",
    ] {
        assert!(first.contains(said), "no `{said}` in {first}");
    }
    let second = between(&page, "id=\"story-2\"", "</li>");
    assert!(second.contains("leg-rail unknown") && !second.contains("denied by"));
    let unknown = between(&page, "id=\"part-unknown\"", "</ol>");
    assert_eq!(unknown.matches("<li>").count(), 5, "{unknown}");
    // What is known of the first leg but the ship's course is not in it.
    assert_eq!(unknown.matches("leg 1").count(), 1, "{unknown}");
    // The map says when, how far and who, as far as there is room; the key has the rest.
    let map = between(&page, "class=\"map map-wide\"", "</figcaption>");
    assert!(map.contains("September 2023 · "), "{map}");
}

#[test]
fn what_is_known_of_a_route_needs_no_frame() {
    let files = built(
        "  - {from: najin, to: dunay, mode: road, departed: 2023-09, carrier: Angara, claims: [a], path: [[42.5, 131]]}\n",
    );
    let page = text(&files, "routes/r.html");
    assert!(page.contains("id=\"story-1\"") && !page.contains("part-unknown"));
}

#[test]
fn a_story_of_many_legs_ends_somewhere() {
    let leg = "  - {from: najin, to: dunay, mode: sea}\n  - {from: dunay, to: najin, mode: sea}\n";
    let files = built(&leg.repeat(40));
    let page = text(&files, "routes/r.html");
    assert_eq!(page.matches("class=\"frame\"").count(), 24);
    assert!(page.contains("and 56 more"));
}

#[test]
fn claims_flow_through_the_page_of_who_passed_them_on() {
    let files = built("  - {from: najin, to: dunay, mode: sea, claims: [a, b]}\n");
    let kbs = text(&files, "actors/kbs.html");
    assert!(kbs.contains("KBS: 2 claims") && kbs.contains("class=\"flow\""), "{kbs}");
    assert!(kbs.contains("../evidence/attribution.html"));
    // One claim is no flow.
    assert!(!text(&files, "actors/nis.html").contains("class=\"flow\""));
}
