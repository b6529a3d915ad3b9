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

/// The addresses that links of a class lead to, from the site's root.
fn leads(page: &[u8], class: &str) -> Vec<String> {
    let html = String::from_utf8_lossy(page);
    let begin = format!("<a class=\"{class}\"");
    let links = html.split(&begin).skip(1);
    let href = |link: &str| {
        Some(link.split("href=\"").nth(1)?.split('"').next()?.trim_start_matches("../").to_owned())
    };
    let mut all: Vec<String> = links.filter_map(href).collect();
    // Each size of a drawing has all.
    all.sort();
    all.dedup();
    all
}

/// Very many places are groups on the map of everything, and each is on one map among its neighbours. No map has many, and
/// lines that would be many are summed up.
#[test]
fn a_map_of_very_many_places_sums_them_up() {
    const PLACES: usize = 700;
    let mut world =
        MemoryWorld::new().with("dossier.toml", "title = \"Many\"\nlanguages = [\"en\", \"id\"]\n");
    for number in 0..PLACES {
        // Most are in one corner of the area, and some in one spot.
        let at = if number % 2 == 0 { 100 } else { number };
        let (lat, lon) = ((at % 50) as f64 * (at % 7) as f64 / 40.0, 100.0 + at as f64 / 200.0);
        let text = format!("---\ntitle: Place {number:04}\ncoordinates: [{lat}, {lon}]\n---\n");
        world = world.with(&format!("content/places/p{number:04}.md"), text);
        if number % 4 == 1 {
            let legs = format!("{{from: p{number:04}, to: p{:04}, mode: rail}}", (number * 13) % PLACES);
            let text = format!("---\ntitle: Route {number:04}\nlegs:\n  - {legs}\n---\n");
            world = world.with(&format!("content/routes/r{number:04}.md"), text);
        }
    }
    let snapshot = Snapshot::take(Arc::new(world), &Options::default());
    let builder = snapshot.builder().ok().unwrap();
    let maps = builder.files().into_iter().filter(|(path, _)| path.as_str().contains("map"));
    let site: BTreeMap<String, Vec<u8>> =
        maps.map(|(path, route)| (path.to_string(), builder.bytes(&path, &route).unwrap())).collect();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = vec!["map.html".to_owned()];
    let mut maps = 0;
    while let Some(path) = waiting.pop() {
        maps += 1;
        let page = &site[&path];
        assert!(page.len() < 250_000, "{path}: {} bytes", page.len());
        for to in leads(page, "stop") {
            match to.starts_with("map/") {
                true => waiting.push(to),
                false => *met.entry(to).or_default() += 1,
            }
        }
        assert!(site.contains_key(&format!("id/{path}")), "{path} in Indonesian");
    }
    assert!(maps > 1, "{maps} maps");
    let (alone, spots): (Vec<_>, Vec<_>) = met.iter().partition(|(path, _)| path.starts_with("places/p"));
    assert!(alone.iter().all(|(_, times)| **times == 1));
    // What is in one spot is one circle, which leads to the list.
    assert_eq!(spots, [(&"places/index.html".to_owned(), &1)]);
    assert_eq!(alone.len(), PLACES / 2);
    // Lines between the same two are one.
    let whole = String::from_utf8_lossy(&site["map.html"]).into_owned();
    let svg = whole.split("<svg class=\"map map-").nth(1).unwrap();
    let lines = svg.matches("class=\"leg leg-rail").count();
    assert!((2..=40).contains(&lines), "{lines} lines");
    assert!(svg.contains("<title>Legs from Around Place"), "a line that stands for several says for which");
}

#[test]
fn the_foot_of_every_page_leads_to_few_free_pages() {
    let site = |count: usize| {
        let mut world = MemoryWorld::new().with("dossier.toml", "title = \"Many\"\n");
        for number in 0..count {
            let order = if number % 10 == 3 { format!("order: {}\n", 100 - number) } else { String::new() };
            let text = format!("---\ntitle: Page {number:02}\n{order}---\n");
            world = world.with(&format!("content/pages/f{number:02}.md"), text);
        }
        super::sites::files(Arc::new(world))
    };
    let foot = |site: &BTreeMap<String, Vec<u8>>| {
        let html = String::from_utf8_lossy(&site["f00.html"]).into_owned();
        let foot = html.split("<footer").nth(1).unwrap().to_owned();
        foot.split("<a href=\"f").skip(1).map(|rest| rest[..2].to_owned()).collect::<Vec<_>>()
    };
    let few = site(12);
    assert_eq!(foot(&few).len(), 12);
    assert!(!few.contains_key("pages/index.html"));
    let many = site(40);
    assert_eq!(foot(&many), ["33", "23", "13", "03"]);
    let list = String::from_utf8_lossy(&many["pages/index.html"]).into_owned();
    assert!((0..40).all(|number| list.contains(&format!("href=\"../f{number:02}.html\""))));
    assert!(String::from_utf8_lossy(&many["f00.html"]).contains("href=\"pages/index.html\""));
}
