//! What a dossier gives to programs: the JSON-LD of its pages. `tests/data` reads it with the tools of others.

use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;
use serde_json::{Value, json};

use crate::sites;

const SETTINGS: &str = "title = \"T\"\nlanguages = [\"en\", \"id\"]\nbase_url = \"https://example.org/d/\"\n";

/// A dossier of these settings and files: their paths in `content/`, and what they hold.
fn snapshot(settings: &str, files: &[(&str, &str)]) -> Arc<Snapshot> {
    let mut world = MemoryWorld::new().with("dossier.toml", settings);
    for (path, text) in files {
        world = world.with(&format!("content/{path}.md"), format!("---\n{text}\n---\n"));
    }
    Snapshot::take(Arc::new(world), &Options::default())
}

/// What a page says to machines.
fn graph(snapshot: &Snapshot, page: &str) -> Value {
    let files = sites::files_of(snapshot);
    let html = String::from_utf8(files[page].clone()).unwrap();
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("a graph");
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str::<Value>(json).expect("JSON")["@graph"].take()
}

/// The thing of that type in a graph.
fn node<'a>(graph: &'a Value, name: &str) -> Option<&'a Value> {
    graph.as_array().unwrap().iter().find(|node| node["@type"] == name)
}

const REVIEWED: [(&str, &str); 2] = [
    ("claims/a", "title: A\ndate: 2023-10\nby: nis\nreview: REVIEW"),
    ("actors/nis", "title: The <NIS>\ntype: agency\ncountry: KR"),
];

/// The review that a page publishes of a claim that carries `review`, and the scale of `dossier.toml`.
fn review(review: &str, scale: &str) -> Option<Value> {
    let claim = REVIEWED[0].1.replace("REVIEW", review);
    let settings = format!("{SETTINGS}{scale}");
    let snapshot = snapshot(&settings, &[("claims/a", &claim), REVIEWED[1]]);
    let graph = graph(&snapshot, "claims/a.html");
    assert!(node(&graph, "Claim").is_some());
    node(&graph, "ClaimReview").cloned()
}

const SCALE: &str = "[verdicts]\nfalse = {rating = 1, label = {en = \"False\", id = \"Salah\"}}\n\
                     half = {rating = 3, label = \"Half\"}\ntrue = {rating = 7, label = \"True\"}\nopen = {label = \"Unproven\"}\n";

#[test]
fn a_verdict_is_published_as_it_was_given() {
    let with_url = "{verdict: half, by: nis, date: 2023-11-12, url: \"https://example.org/check\"}";
    let found = review(with_url, SCALE).unwrap();
    assert_eq!(
        found["reviewRating"],
        json!({"@type": "Rating", "alternateName": "Half", "ratingValue": 3, "worstRating": 1, "bestRating": 7})
    );
    assert_eq!(found["author"]["@id"], "https://example.org/d/actors/nis.html#this");
    assert_eq!(found["url"], "https://example.org/check");
    assert_eq!(found["datePublished"], "2023-11-12");
    assert_eq!(found["itemReviewed"]["@id"], "https://example.org/d/claims/a.html#this");
    assert_eq!(found["claimReviewed"], "A");

    let own = review("{label: {en: Rather not}, rating: 2, worst: 0, best: 4, by: nis}", "").unwrap();
    assert_eq!(
        own["reviewRating"],
        json!({"@type": "Rating", "alternateName": "Rather not", "ratingValue": 2, "worstRating": 0, "bestRating": 4})
    );
    assert_eq!(own["url"], "https://example.org/d/claims/a.html");
}

#[test]
fn no_rating_is_made_up() {
    // In words only: then there is no number, and no scale.
    let words = review("{label: Misleading, by: nis}", SCALE).unwrap();
    assert_eq!(words["reviewRating"], json!({"@type": "Rating", "alternateName": "Misleading"}));
    // A state that is no verdict, a word that is not on the scale, a number that nobody put into words.
    for none in ["{verdict: open, by: nis}", "{verdict: nonsense, by: nis}", "{rating: 3, by: nis}"] {
        assert_eq!(review(none, SCALE), None, "{none}");
    }
}

#[test]
fn things_have_the_same_id_in_every_language_and_texts_their_own() {
    let files = [
        (
            "article",
            "title: One\npublished: 2023\nbased_on: s\nsources: [{source: s, locator: a}, {source: s, locator: b}]",
        ),
        ("article.id", "title: Satu"),
        ("sources/s", "title: S\nauthors: [\"Doe, Jane\", Staff]"),
        ("actors/nis", "title: NIS\ntype: person\npart_of: {actor: roof, from: 2022}"),
        ("actors/roof", "title: Roof\naliases: [a </script><b>]"),
    ];
    let snapshot = snapshot(SETTINGS, &files);
    let (en, id) = (graph(&snapshot, "index.html"), graph(&snapshot, "id/index.html"));
    let (en, id) = (node(&en, "BackgroundNewsArticle").unwrap(), node(&id, "BackgroundNewsArticle").unwrap());
    assert_eq!(en["@id"], "https://example.org/d/#this");
    assert_eq!(en["workTranslation"], json!([{"@id": id["@id"]}]));
    assert_eq!(id["translationOfWork"], json!([{"@id": en["@id"]}]));
    assert_eq!((&id["headline"], &id["inLanguage"]), (&json!("Satu"), &json!("id")));
    assert_eq!(en["citation"].as_array().unwrap().len(), 1);

    let actor = |page: &str| node(&graph(&snapshot, page), "Person").unwrap().clone();
    assert_eq!(actor("actors/nis.html")["@id"], actor("id/actors/nis.html")["@id"]);
    // What is not translated says which language it is in.
    assert_eq!(actor("id/actors/nis.html")["name"], json!({"@value": "NIS", "@language": "en"}));
    let role = &actor("actors/nis.html")["memberOf"];
    assert_eq!((&role["@type"], &role["startDate"]), (&json!("OrganizationRole"), &json!("2022")));
    assert_eq!(role["memberOf"]["name"], "Roof");
    let source = graph(&snapshot, "sources/s.html");
    assert_eq!(
        node(&source, "CreativeWork").unwrap()["author"],
        json!([{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Staff"}])
    );
    let roof = graph(&snapshot, "actors/roof.html");
    assert_eq!(node(&roof, "Organization").unwrap()["alternateName"], json!(["a </script><b>"]));
}

#[test]
fn without_an_address_ids_lead_from_the_page() {
    let settings = SETTINGS.replace("base_url = \"https://example.org/d/\"\n", "");
    let files = [("article", "title: One"), ("actors/nis", "title: NIS\ntype: person")];
    let snapshot = snapshot(&settings, &files);
    let page = graph(&snapshot, "id/actors/nis.html");
    assert_eq!(node(&page, "Person").unwrap()["@id"], "../../actors/nis.html#this");
    let home = graph(&snapshot, "index.html");
    assert_eq!(node(&home, "BackgroundNewsArticle").unwrap()["@id"], "index.html#this");
}

#[test]
fn a_dossier_gives_away_what_its_settings_say() {
    let files = [
        ("actors/a", "title: \"=A, \\\"B\\\"\"\ncountry: KR"),
        ("places/p", "title: P\ncoordinates: [-1.5, 2]"),
    ];
    let built = sites::files_of(&snapshot(SETTINGS, &files));
    let csv = String::from_utf8(built["evidence/actors.csv"].clone()).unwrap();
    assert_eq!(
        csv,
        "id,title_en,summary_en,title_id,summary_id,aliases,page,country\r\n\
         a,\"'=A, \"\"B\"\"\",,,,,https://example.org/d/actors/a.html,KR\r\n"
    );
    let places = String::from_utf8(built["evidence/places.csv"].clone()).unwrap();
    assert!(places.ends_with("https://example.org/d/places/p.html,-1.5,2\r\n"), "{places}");
    // Nothing to cite.
    assert!(!built.contains_key("evidence/sources.bib"));
    assert!(built.contains_key("entities.ftm.json") && built.contains_key("id/evidence/data.html"));
    let page = String::from_utf8(built["evidence/data.html"].clone()).unwrap();
    assert!(
        page.contains("No licence is stated") && page.contains(&format!("{} bytes", csv.len())),
        "{page}"
    );

    let none = sites::files_of(&snapshot(&format!("{SETTINGS}data = []\n"), &files));
    // Feeds are there in any case.
    let is_data = |path: &&String| path.ends_with(".json") && !path.ends_with("feed.json");
    let data: Vec<&String> =
        none.keys().filter(|path| path.contains("evidence/data") || is_data(path)).collect();
    assert_eq!(data, Vec::<&String>::new());
    let some =
        format!("{SETTINGS}data = [\"csv\"]\nlicense = \"https://creativecommons.org/licenses/by/4.0/\"\n");
    let some = sites::files_of(&snapshot(&some, &files));
    assert!(some.contains_key("evidence/actors.csv") && !some.contains_key("dossier.json"));
    let page = String::from_utf8(some["evidence/data.html"].clone()).unwrap();
    assert!(page.contains("rel=\"license external noopener\" href=\"https://creativecommons.org/"), "{page}");
}

#[test]
fn a_range_is_shown_and_given_away() {
    let files = [
        (
            "claims/a",
            "title: A\nquantities: {value: {from: 200, to: 1999.5}, unit: {en: boxes, id: peti}, of: rice}",
        ),
        ("claims/b", "title: B\nquantities: {value: 3000, unit: {en: boxes, id: peti}, of: rice}"),
    ];
    let snapshot = snapshot(SETTINGS, &files);
    assert_eq!(snapshot.evidence().divergences.len(), 1);
    let built = sites::files_of(&snapshot);
    let text = |path: &str| String::from_utf8(built[path].clone()).unwrap();
    assert!(text("claims/a.html").contains("200–1,999.5\u{a0}boxes, rice"), "{}", text("claims/a.html"));
    assert!(text("id/claims/a.html").contains("200–1.999,5\u{a0}peti, rice"));
    assert!(text("evidence/claims.csv").contains(",200–1999.5 boxes"), "{}", text("evidence/claims.csv"));
    let json: Value = serde_json::from_str(&text("dossier.json")).unwrap();
    let value = |at: usize| &json["entities"][at]["facts"]["quantities"][0]["value"];
    assert_eq!((value(0), value(1)), (&json!({"from": 200, "to": 1999.5}), &json!(3000)));
}

#[test]
fn feeds_sitemap_and_whom_to_tell() {
    let security = "[security]\ncontact = \"mailto:desk@example.org\"\nexpires = \"2027-06-30\"\n\
                    [publisher]\nname = \"The Desk\"\nurl = \"https://desk.example/\"\n";
    let files = [
        ("article", "title: One\nimage: {src: a.png, alt: A}"),
        ("claims/c", "title: C\ndate: 2023-10-13"),
        ("claims/c.id", "title: Klaim"),
        ("notes/hidden", "title: N\nembargo: 2099"),
    ];
    let mut world = MemoryWorld::new().with("dossier.toml", format!("{SETTINGS}{security}"));
    for (path, text) in files {
        world = world.with(&format!("content/{path}.md"), format!("---\n{text}\n---\n"));
    }
    let world = world.with("content/a.png", "no picture").with("content/humans.txt", "We");
    let built = sites::files_of(&Snapshot::take(Arc::new(world), &Options::default()));
    let text = |path: &str| String::from_utf8(built[path].clone()).unwrap();
    assert_eq!(
        text(".well-known/security.txt"),
        "Contact: mailto:desk@example.org\nExpires: 2027-06-30T23:59:59Z\nPreferred-Languages: en, id\n\
         Canonical: https://example.org/d/.well-known/security.txt\n"
    );
    assert_eq!(text("humans.txt"), "We");
    let publisher = r#""publisher":{"@type":"Organization","name":"The Desk","url":"https://desk.example/"}"#;
    assert_eq!(text("index.html").matches(publisher).count(), 2, "of the site and of the article");
    let feed = text("claims/atom.xml");
    assert!(
        feed.contains("<id>https://example.org/d/claims/atom.xml</id>") && feed.contains("<title>C</title>"),
        "{feed}"
    );
    assert!(text("claims/index.html").contains("title=\"T: Claims\" href=\"../claims/atom.xml\""));
    let json: serde_json::Value = serde_json::from_slice(&built["claims/feed.json"]).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://example.org/d/claims/feed.json");
    assert_eq!(json["home_page_url"], "https://example.org/d/claims/");
    assert_eq!(json["items"][0]["id"], "https://example.org/d/claims/c.html");
    assert_eq!(json["items"][0]["content_text"], "C", "a title, where there is no summary");
    assert_eq!(json["items"][0]["date_modified"], "2023-10-13T00:00:00Z");
    // One article has no list, so no feed of its own; and nothing was corrected.
    for path in ["articles/atom.xml", "articles/feed.json", "corrections.xml", "corrections.json"] {
        assert!(!built.contains_key(path), "{path}");
    }
    let sitemap = text("sitemap.xml");
    for wanted in [
        "<url><loc>https://example.org/d/</loc>",
        "<image:image><image:loc>https://example.org/d/a.png</image:loc></image:image>",
        "<url><loc>https://example.org/d/id/claims/c.html</loc><xhtml:link rel=\"alternate\" hreflang=\"en\"",
        "<url><loc>https://example.org/d/id/claims/</loc>\
         <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/d/claims/\"/>\
         <xhtml:link rel=\"alternate\" hreflang=\"id\" href=\"https://example.org/d/id/claims/\"/></url>",
    ] {
        assert!(sitemap.contains(wanted), "{wanted}\n{sitemap}");
    }
    // What is not translated is known under its original address.
    assert!(!sitemap.contains("<loc>https://example.org/d/id/</loc>"), "{sitemap}");
}
