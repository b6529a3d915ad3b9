//! The picture of a divergence: on its page, in a text that embeds it, in every direction of reading, for two accounts
//! and for very many.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use super::sites::files;

/// A dossier of claims about one event, by their ids and further front matter.
fn world(languages: &str, claims: &[(String, String)], text: &str) -> MemoryWorld {
    let settings = format!("title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [{languages}]\n");
    let mut world = MemoryWorld::new()
        .with("dossier.toml", &settings)
        .with("content/article.md", format!("---\ntitle: A\n---\n{text}\n"))
        .with("content/events/flood.md", "---\ntitle: Flood\ndate: 2020-05-01\n---\n")
        .with("content/actors/mayor.md", "---\ntitle: Mayor\n---\n")
        .with("content/actors/union.md", "---\ntitle: Union\n---\n")
        .with("content/actors/paper.md", "---\ntitle: Paper\ntype: media\n---\n");
    for (id, front) in claims {
        let text = format!("---\ntitle: Claim {id}\nabout: [flood]\n{front}\n---\n");
        world = world.with(&format!("content/claims/{id}.md"), &text);
    }
    world
}

fn claims(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(id, front)| ((*id).to_owned(), (*front).to_owned())).collect()
}

fn built(world: MemoryWorld) -> BTreeMap<String, Vec<u8>> {
    files(Arc::new(world))
}

fn page(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let names: Vec<&String> = files.keys().filter(|name| name.contains("divergence")).collect();
    let page = files.get(path).unwrap_or_else(|| panic!("no {path}: {names:?}"));
    String::from_utf8_lossy(page).replace('\u{a0}', " ")
}

const FIGURES: [(&str, &str); 4] = [
    ("a", "by: mayor\ndate: 2020-05-02\nquantities: [{value: 40, unit: km, of: dyke, comparator: about}]"),
    (
        "b",
        "by: mayor\nvia: paper\ndate: 2020-05-03\nquantities: [{value: 30, unit: km, of: dyke, comparator: more-than}]",
    ),
    ("c", "by: union\ndate: 2020-05-03\nquantities: [{value: {from: 10, to: 25}, unit: km, of: dyke}]"),
    ("d", "basis: computation\nquantities: [{value: 38000, unit: m, of: dyke}]"),
];

#[test]
fn figures_are_on_one_scale_in_its_order_and_those_of_one_origin_together() {
    let page = page(&built(world("\"en\"", &claims(&FIGURES), "Text.")), "evidence/divergence/a.html");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}: {page}"));
    // From what to what, in the unit of the first account.
    at("From 10–25 km to about 40 km");
    at("<p class=\"plot-unit\">km</p>");
    at(">0</text>");
    // The range of the union, then both accounts of the mayor, then what nobody said.
    let rows =
        [at("class=\"range\""), at("One origin: Mayor"), at("class=\"without\""), at("class=\"read\"")];
    assert!(rows.is_sorted(), "{rows:?}");
    at("<rect class=\"computed\"");
    for sign in
        ["a range, as it was given", "10 % either way, our reading", "no end is given", "our own computation"]
    {
        at(sign);
    }
}

#[test]
fn dates_are_bars_on_a_time_axis_that_names_month_and_year() {
    let list =
        claims(&[("a", "by: mayor\nwhen: 2020-05-01"), ("b", "by: union\nwhen: 2020-04\ncontradicts: [a]")]);
    let page = page(&built(world("\"en\"", &list, "Text.")), "evidence/divergence/a.html");
    assert!(page.contains("All dates lie between 1 April 2020 and 1 May 2020"), "{page}");
    assert!(page.contains(">1 April 2020</text>") && page.contains("class=\"range\""), "{page}");
}

#[test]
fn wordings_stand_side_by_side_and_what_differs_is_marked() {
    let list = claims(&[("asked", "by: mayor"), ("gave", "by: union\ncontradicts: [asked]")]);
    let page = page(&built(world("\"en\"", &list, "Text.")), "evidence/divergence/asked.html");
    assert!(page.contains("Claim <mark>asked</mark>") && page.contains("Claim <mark>gave</mark>"), "{page}");
    assert!(!page.contains("plot-axis"), "{page}");
}

#[test]
fn a_text_shows_how_accounts_differ() {
    let text = "![[b#=accounts]]\n\nWithin ![[b#=accounts]] a line.";
    let files = built(world("\"en\"", &claims(&FIGURES), text));
    let page = page(&files, "index.html");
    assert!(page.contains("<figure class=\"plot plot-figure\">"), "{page}");
    assert!(page.contains("href=\"evidence/divergence/a.html\""), "{page}");
    assert!(!page.contains("#=accounts"), "{page}");
}

#[test]
fn what_cannot_be_shown_is_told() {
    let alone = claims(&[("a", "by: mayor"), FIGURES[1], FIGURES[2]]);
    for (text, told) in [
        ("![[a#=accounts]]", "the accounts of `a` cannot be shown: no other account differs from it"),
        ("![[b#=accounts:7]]", "`b` is part of fewer divergences"),
        ("![[b#=figure]]", "`![[…]]` cannot show `figure` of `b`"),
        ("![[mayor#=accounts]]", "`![[…]]` cannot show `accounts` of `mayor`"),
    ] {
        let snapshot = Snapshot::take(Arc::new(world("\"en\"", &alone, text)), &Options::default());
        let found = snapshot.diagnostics();
        let messages: Vec<&str> = found
            .iter()
            .filter(|found| found.code == "unknown-value")
            .map(|found| found.message.as_str())
            .collect();
        assert_eq!(messages, [told]);
    }
}

#[test]
fn a_picture_runs_as_its_language_is_read() {
    let page = page(&built(world("\"ar\"", &claims(&FIGURES), "نص")), "evidence/divergence/a.html");
    let axis = page.split_once("class=\"plot-axis\"").expect("an axis").1;
    assert!(axis.split_once('>').expect("a tag").0.contains("direction=\"rtl\""), "{axis}");
    let at = |axis: &str| {
        axis.split("<text x=\"").nth(1).and_then(|rest| rest.split_once('%')).map(|(at, _)| at.parse::<f64>())
    };
    assert!(matches!(at(axis), Some(Ok(first)) if first > 50.0), "{axis}");
}

#[test]
fn two_thousand_accounts_are_a_picture_of_a_few() {
    let front = |number: usize| {
        let by = if number.is_multiple_of(3) { "mayor" } else { "union" };
        let figure = 100 + number % 300;
        format!("by: {by}\nvia: paper\nquantities: [{{value: {figure}, unit: boats}}]")
    };
    let list: Vec<(String, String)> =
        (0..2_000).map(|number| (format!("c{number:04}"), front(number))).collect();
    let page = page(&built(world("\"en\"", &list, "Text.")), "evidence/divergence/c0000.html");
    let figure = page
        .split_once("<figure class=\"plot")
        .expect("a picture")
        .1
        .split_once("</figure>")
        .expect("its end")
        .0;
    assert_eq!(figure.matches("class=\"plot-row\"").count(), 40);
    assert!(figure.contains("From 100 boats to 399 boats"), "{figure}");
    assert!(figure.contains("more</p>"), "{figure}");
    assert!(figure.len() < 60_000, "{} bytes", figure.len());
}

/// A dossier of claims, each by one of `speakers`, passed on by one of `papers` and read in one of its sources.
fn flowing(claims: usize, speakers: usize, papers: usize) -> MemoryWorld {
    let mut world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n")
        .with("content/events/flood.md", "---\ntitle: Flood\ndate: 2020-05-01\n---\n")
        .with("content/events/fire.md", "---\ntitle: Fire\ndate: 1901-05-01\n---\n");
    for number in 0..speakers {
        world = world
            .with(&format!("content/actors/s{number}.md"), format!("---\ntitle: Speaker {number}\n---\n"));
    }
    for number in 0..papers {
        let paper = format!("---\ntitle: Paper {number}\ntype: media\n---\n");
        let source = format!(
            "---\ntitle: Source {number}\npublisher: p{number}\npublished: 2020-07-{:02}\n---\n",
            number % 28 + 1
        );
        world = world
            .with(&format!("content/actors/p{number}.md"), paper)
            .with(&format!("content/sources/r{number}.md"), source);
    }
    for number in 0..claims {
        let (speaker, paper) = (number % speakers, number % papers);
        let claim = format!(
            "---\ntitle: Claim {number}\nby: s{speaker}\nvia: p{paper}\nsources: [r{paper}]\ndate: 2020-06-{:02}\n---\n",
            number % 20 + 1
        );
        world = world.with(&format!("content/claims/c{number}.md"), claim);
    }
    world
}

#[test]
fn claims_flow_from_who_said_them_to_where_they_were_read() {
    let files = built(flowing(2, 1, 2));
    let page = String::from_utf8_lossy(&files["evidence/attribution.html"]).into_owned();
    assert!(page.contains("The largest origin is Speaker 0: 2 of 2 claims"), "{page}");
    let flow = page.split_once("<svg class=\"flow\"").expect("a flow").1;
    for words in
        ["href=\"../actors/s0.html\"", "Paper 1 · 1", "Source 0 · 1", "Speaker 0 · 2 → Paper 0 · 1: 1 claim"]
    {
        assert!(flow.contains(words), "no {words}: {flow}");
    }
    // The whole graph is a click away.
    assert!(page.find("class=\"flow\"") < page.find("<details class=\"rest whole\">"), "{page}");
    assert!(page.contains("class=\"diagram network\""), "{page}");
}

#[test]
fn the_flow_of_two_thousand_claims_sums_up_what_is_small() {
    let files = built(flowing(2_000, 70, 45));
    let page = String::from_utf8_lossy(&files["evidence/attribution.html"]).into_owned();
    let flow =
        page.split_once("<svg class=\"flow\"").expect("a flow").1.split_once("</figure>").expect("its end").0;
    assert_eq!(flow.matches("class=\"node\"").count(), 10 + 9 + 11, "{flow}");
    assert!(
        flow.contains("and 61 more") && flow.contains("and 37 more") && flow.contains("and 35 more"),
        "{flow}"
    );
    assert!(flow.len() < 180_000, "{} bytes", flow.len());
}

#[test]
fn one_band_is_no_flow() {
    let files = built(flowing(3, 1, 1));
    let page = String::from_utf8_lossy(&files["sources/r0.html"]).into_owned();
    assert!(!page.contains("class=\"flow\""), "{page}");
}

#[test]
fn an_axis_names_the_year_where_it_changes() {
    let list = claims(&[
        ("a", "by: mayor\nwhen: 2020-04-01"),
        ("b", "by: union\nwhen: 2022-04-01\ncontradicts: [a]"),
    ]);
    let page = page(&built(world("\"en\"", &list, "Text.")), "evidence/divergence/a.html");
    let axis =
        page.split_once("class=\"plot-axis\"").expect("an axis").1.split_once("</svg>").expect("its end").0;
    assert!(axis.contains("2020</text>") && axis.contains("2021</text>"), "{axis}");
}

#[test]
fn all_dates_are_on_one_screen_in_three_lanes() {
    let files = built(flowing(40, 3, 9));
    let page = String::from_utf8_lossy(&files["evidence/timeline.html"]).into_owned();
    let lanes = page
        .split_once("<figure class=\"lanes\">")
        .expect("lanes")
        .1
        .split_once("</figure>")
        .expect("their end")
        .0;
    assert_eq!(lanes.matches("class=\"lane\"").count(), 3, "{lanes}");
    // A fire long ago does not make all else a speck.
    assert!(lanes.contains("From 1 May 2020 to 9 July 2020") && lanes.contains("1 earlier"), "{lanes}");
    assert!(lanes.contains("href=\"#part-2020-06\"") && page.contains("id=\"part-2020-06\""), "{lanes}");
    assert!(lanes.contains("May 2020</text>"), "{lanes}");
}
