//! Sources as a citation style writes them, and links that lead to archived copies.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

fn world(settings: &str) -> MemoryWorld {
    let config = format!(
        "title = \"Sources\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"id\"]\n{settings}\n"
    );
    MemoryWorld::new()
        .with("dossier.toml", config)
        .with("content/actors/paper.md", "---\ntitle: The Evening Paper\ntype: media\n---\n")
        .with(
            "content/sources/report.md",
            "---\ntitle: eBay sells GPS to NASA\ntype: article-newspaper\nauthors: [\"Doe, Jane\"]\npublisher: [paper]\n\
             published: 2023-11-09\nurl: https://a.example/report\n\
             archive: https://web.archive.org/web/20231110120000/https://a.example/report\n---\n",
        )
        .with("content/sources/film.md", "---\ntitle: A film\ntype: broadcast\npublished: 2022\n---\n")
        .with(
            "content/claims/sold.md",
            "---\ntitle: It was sold\nby: [paper]\nstatus: reported\nsources: [{source: report, locator: p. 3}]\n---\n\n\
             See [the report](https://a.example/report) and [another](https://b.example/).\n",
        )
}

fn site(settings: &str) -> BTreeMap<String, Vec<u8>> {
    super::sites::files(Arc::new(world(settings)))
}

fn text(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8_lossy(&site[path]).into_owned()
}

#[test]
fn references_are_written_in_the_style_and_the_language_and_titles_stay_as_they_are() {
    let apa = site("");
    let english = text(&apa, "evidence/bibliography.html");
    assert!(
        english.contains("Doe, J. (2023, November 9). eBay sells GPS to NASA. <i>The Evening Paper</i>"),
        "{english}"
    );
    assert!(text(&apa, "id/evidence/bibliography.html").contains("(2023, November 9)"));
    let chicago = text(&site("citation_style = \"chicago-author-date\""), "evidence/bibliography.html");
    assert!(
        chicago.contains("Doe, Jane. 2023. “eBay sells GPS to NASA.”")
            || chicago.contains("Doe, Jane. 2023. ‘eBay sells GPS to NASA’"),
        "{chicago}"
    );
    assert!(!site("citation_style = \"none\"").contains_key("evidence/bibliography.html"));
}

#[test]
fn a_citation_leads_to_its_entry_and_back() {
    let site = site("");
    assert!(text(&site, "claims/sold.html").contains("evidence/bibliography.html#source-report"));
    let entries = text(&site, "evidence/bibliography.html");
    let entry = entries.split("id=\"source-report\"").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(entry.contains("../claims/sold.html") && entry.contains("../sources/report.html"), "{entry}");
    // By the alphabet.
    assert!(entries.find("source-film") < entries.find("source-report"));
}

#[test]
fn links_to_what_is_archived_say_where() {
    let site = site("");
    let robust = "href=\"https://a.example/report\" data-originalurl=\"https://a.example/report\" \
                  data-versionurl=\"https://web.archive.org/web/20231110120000/https://a.example/report\" \
                  data-versiondate=\"2023-11-10\"";
    for path in ["claims/sold.html", "sources/report.html", "evidence/bibliography.html"] {
        assert!(text(&site, path).contains(robust), "{path}: {}", text(&site, path));
    }
    assert!(text(&site, "claims/sold.html").contains("href=\"https://b.example/\">"));
}

#[test]
fn a_style_that_is_not_there_is_an_error_with_a_cure() {
    let found = |settings: &str| {
        let snapshot = Snapshot::take(Arc::new(world(settings)), &Options::default());
        let errors = snapshot.problems().iter().filter(|found| found.code == "invalid-value");
        errors.map(|found| format!("{}; {}", found.message, found.help.join("; "))).collect::<Vec<String>>()
    };
    assert_eq!(
        found("citation_style = \"appa\""),
        ["there is no citation style `appa`; did you mean `apa`?"]
    );
    assert!(found("citation_style = \"own.csl\"")[0].starts_with("cannot read `own.csl`"));
    assert!(found("citation_style = \"content/claims/sold.csl\"")[0].contains("cannot read"));
    assert!(found("").is_empty());
}
