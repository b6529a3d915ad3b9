//! Lists that are too long for one page go over several: every entry once, in order, and no page without bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::site::LONGEST_LIST;
use dossier::world::memory::MemoryWorld;

/// Two and a half pages of claims by one actor.
const CLAIMS: usize = LONGEST_LIST * 5 / 2;

fn world() -> MemoryWorld {
    let mut world = MemoryWorld::new()
        .with("dossier.toml", "title = \"Many\"\nbase_url = \"https://example.org/\"\n")
        .with("content/actors/hub.md", "---\ntitle: Hub\n---\n");
    for number in 0..CLAIMS {
        let status = if number % 2 == 0 { "reported" } else { "disputed" };
        let text =
            format!("---\ntitle: Claim {number:04}\ndate: 2023-01-01\nby: [hub]\nstatus: {status}\n---\n");
        world = world.with(&format!("content/claims/c{number:04}.md"), text);
    }
    world
}

fn site() -> BTreeMap<String, Vec<u8>> {
    super::sites::files(Arc::new(world()))
}

/// The claims that a page links to, in the order in which they stand there.
fn claims(page: &[u8]) -> Vec<String> {
    let html = String::from_utf8_lossy(page).into_owned();
    let main = html.split("<main").nth(1).unwrap_or_default();
    let links = main.split("claims/c").skip(1).map(|rest| rest[..4].to_owned());
    links.filter(|id| id.chars().all(|c| c.is_ascii_digit())).collect()
}

#[test]
fn a_long_list_goes_over_several_pages() {
    let site = site();
    let parts = ["claims/index.html", "claims/index.part-2.html", "claims/index.part-3.html"];
    let lists: Vec<Vec<String>> = parts.iter().map(|path| claims(&site[*path])).collect();
    assert!(lists.iter().all(|list| list.len() <= LONGEST_LIST));
    let all: Vec<String> = lists.concat();
    assert_eq!(all.len(), CLAIMS);
    // In groups, each in order, which may go on over the page.
    let (even, odd): (Vec<String>, Vec<String>) =
        all.iter().cloned().partition(|id| id.parse::<usize>().unwrap() % 2 == 0);
    assert!(even.is_sorted() && odd.is_sorted());
    assert!([even.clone(), odd.clone()].concat() == all || [odd, even].concat() == all);
    assert!(!site.contains_key("claims/index.part-4.html"));
}

/// Every page of a list leads to the one before and the one after it, and nowhere else.
#[test]
fn the_pages_of_a_list_are_chained_from_end_to_end() {
    let site = site();
    for stem in ["claims/index", "actors/hub"] {
        let part = |number: usize| {
            if number == 1 { format!("{stem}.html") } else { format!("{stem}.part-{number}.html") }
        };
        for number in 1..=3 {
            let html = String::from_utf8_lossy(&site[&part(number)]);
            let link = |rel: &str| {
                let (_, rest) = html.split_once(&format!("<a rel=\"{rel}\" href=\"../"))?;
                rest.split('"').next().map(str::to_owned)
            };
            assert_eq!(link("prev"), (number > 1).then(|| part(number - 1)), "{stem} {number}");
            assert_eq!(link("next"), (number < 3).then(|| part(number + 1)), "{stem} {number}");
        }
    }
}

#[test]
fn so_do_those_who_refer_to_a_hub() {
    let site = site();
    let parts = ["actors/hub.html", "actors/hub.part-2.html", "actors/hub.part-3.html"];
    let all: Vec<String> = parts.iter().flat_map(|path| claims(&site[*path])).collect();
    assert_eq!(all.len(), CLAIMS);
    assert!(all.is_sorted());
    let first = String::from_utf8_lossy(&site["actors/hub.html"]).into_owned();
    assert!(first.contains("href=\"../actors/hub.part-2.html\""));
}

/// The preview asks for one file at a time, and gets what a build writes.
#[test]
fn every_file_is_found_by_its_path() {
    let plain = "---\ntitle: A\nformerly: [b, c]\n---\n";
    let small = MemoryWorld::new()
        .with("dossier.toml", "languages = [\"en\", \"id\"]\n")
        .with("content/actors/a.md", plain)
        .with("content/actors/report.part-2.md", "---\ntitle: Two\n---\n")
        .with("content/pages/about.md", "---\ntitle: About\nformerly: [old]\n---\n")
        .with("content/actors/scan.png", "x");
    let article = "---\ntitle: The article\n---\nWords.\n";
    let articles = small
        .clone()
        .with("content/article.md", article)
        .with("content/articles/id.md", article)
        .with("content/articles/other.md", article);
    for world in [world(), small, articles] {
        let snapshot = Snapshot::take(Arc::new(world), &Options::default());
        let builder = snapshot.builder().unwrap();
        for (path, route) in builder.files() {
            assert_eq!(builder.find(&path), Some(route), "{path}");
        }
        for path in
            ["", "none.html", "actors/hub.part-1.html", "actors/hub.part-4.html", "claims/index.part-02.html"]
        {
            assert_eq!(builder.find(&path.into()), None, "{path}");
        }
    }
}
