//! Texts that print what the program knows: on pages, in the search, the print edition and quotations, in each
//! language, and as of a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::date::Day;
use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use super::sites::{files, files_of};

const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\n";

/// A dossier whose article prints values, with words that are not they.
fn world() -> MemoryWorld {
    MemoryWorld::new()
        .with("dossier.toml", SETTINGS)
        .with(
            "content/article.md",
            "---\ntitle: A\n---\n\
             It is about [[tikhoretsk#=distance:kerch]] away, [4,000 km](routes/line.md#=distance:1) by rail, says \
             [someone](claims/boxes.md#=figure) on [a day](claims/boxes.md#=date). \
             [X](claims/boxes.md#=status), with [*many*](claims/boxes.md#=origins), \
             [some days](events/one.md#=days:other) later.\n",
        )
        .with(
            "content/article.id.md",
            "---\ntitle: A\n---\nKatanya [sekian](claims/boxes.md#=figure) pada [suatu hari](claims/boxes.md#=date): \
             [x](claims/boxes.md#=status), [y](claims/boxes.md#=origins).\n",
        )
        .with("content/places/tikhoretsk.md", "---\ntitle: Tikhoretsk\ncoordinates: [45.855, 40.125]\n---\n")
        .with("content/places/kerch.md", "---\ntitle: Kerch\ncoordinates: [45.357, 36.475]\n---\n")
        .with("content/places/dunay.md", "---\ntitle: Dunay\ncoordinates: [42.880, 132.338]\n---\n")
        .with(
            "content/routes/line.md",
            "---\ntitle: Line\nlegs: [{from: dunay, to: tikhoretsk, mode: rail}]\n---\n",
        )
        .with("content/events/one.md", "---\ntitle: One\ndate: 2023-10-13\n---\n")
        .with("content/events/other.md", "---\ntitle: Other\ndate: 2023-10-17\n---\n")
        .with("content/actors/kirby.md", "---\ntitle: Kirby\n---\n")
        .with("content/actors/rusi.md", "---\ntitle: RUSI\n---\n")
        .with(
            "content/sources/briefing.md",
            "---\ntitle: Briefing\npublisher: kirby\npublished: 2023-10-13\n---\n",
        )
        .with("content/sources/study.md", "---\ntitle: Study\npublisher: rusi\npublished: 2023-10-16\n---\n")
        .with(
            "content/claims/boxes.md",
            "---\ntitle: Boxes\ndate: 2023-10-13\nby: [kirby]\nsources: [briefing, study]\n\
             quantities: [{value: 1000, comparator: more-than, unit: {en: boxes, id: peti}}]\n---\n",
        )
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8_lossy(&files[path]).replace('\u{a0}', " ")
}

/// What is between the tags of the links that print values.
fn printed(html: &str) -> Vec<&str> {
    let links = html.split("<a class=\"ref ").skip(1).filter_map(|rest| rest.split_once("</a>"));
    let links = links.filter_map(|(link, _)| link.split_once('>'));
    links.filter(|(tag, _)| tag.contains(" value\"")).map(|(_, words)| words).collect()
}

#[test]
fn pages_print_values_in_their_language() {
    let files = files(Arc::new(world()));
    let english = [
        "290 km",
        "6,900 km",
        "more than 1,000 boxes",
        "13 October 2023",
        "Corroborated",
        "two origins",
        "4 days",
    ];
    assert_eq!(printed(&text(&files, "index.html")), english);
    let indonesian = ["lebih dari 1.000 peti", "13 Oktober 2023", "dikuatkan", "dua asal"];
    assert_eq!(printed(&text(&files, "id/index.html")), indonesian);
    let print = text(&files, "print.html");
    english.iter().for_each(|value| assert!(print.contains(value), "{value} is in the print edition"));
    // The sentence on the page of what is linked to, and what the search shows.
    assert!(text(&files, "claims/boxes.html").contains("says more than 1,000 boxes on 13 October 2023."));
    let searched = |words: &str| {
        let is_text = |path: &&String| path.ends_with(".js");
        files.keys().filter(is_text).any(|path| text(&files, path).contains(words))
    };
    assert!(searched("two origins") && searched("dua asal"));
    assert!(!searched("[*many*]") && !searched("some days later"));
}

/// A quotation says what the article says, and so do the words by which a browser finds it there.
#[test]
fn quotations_have_the_values_of_the_article() {
    let world = world()
        .with(
            "content/article.md",
            "---\ntitle: A\n---\nThe paper wrote of [loads of boxes](claims/boxes.md#=figure), with [no](claims/boxes.md#=origins).\n",
        )
        .with(
            "content/claims/paper.md",
            "---\ntitle: Paper\nquantities: [{value: {from: 200, to: 999}, comparator: at-least, wording: hundreds of, unit: boxes}]\n\
             targets: [{source: article, exact: The paper wrote of loads of boxes}]\n---\nIt has [many](#=figure).\n",
        );
    let page = text(&files(Arc::new(world)), "claims/paper.html");
    assert!(page.contains("The paper wrote of more than 1,000 boxes</mark>, with two origins."), "{page}");
    assert!(page.contains("text=The%20paper%20wrote%20of"), "{page}");
    assert_eq!(printed(&page), ["hundreds of boxes"]);
    assert!(!page.contains("200–999") && !page.contains("loads of"), "{page}");
}

#[test]
fn as_of_a_day_the_values_of_that_day_are_printed() {
    let options = Options { as_of: Day::new(2023, 10, 14), ..Options::default() };
    let snapshot = Snapshot::take(Arc::new(world()), &options);
    let page = text(&files_of(&snapshot), "index.html");
    // The study is not yet published, and neither has the other event happened.
    assert!(printed(&page).contains(&"one origin") && printed(&page).contains(&"Reported"), "{page}");
}

#[test]
fn an_unknown_value_leaves_the_words() {
    let world = world().with("content/article.md", "---\ntitle: A\n---\n[290 km](places/kerch.md#=weight)\n");
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    assert!(snapshot.has_errors());
    assert!(text(&files_of(&snapshot), "index.html").contains(">290 km</a>"));
}
