//! What is given away for other programs: ids, dates, names, lines, in their formats.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::memory::MemoryWorld;

use super::sites;

fn world(files: &[(&str, &str)]) -> MemoryWorld {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/\"\n[rules]\norphan-entity = \"off\"\n";
    let world =
        MemoryWorld::new().with("dossier.toml", settings).with("content/article.md", "---\ntitle: H\n---\n");
    files.iter().fold(world, |world, (path, text)| match path.ends_with(".md") {
        true => world.with(&format!("content/{path}"), format!("---\n{text}\n---\n")),
        false => world.with(&format!("content/{path}"), *text),
    })
}

struct Site(BTreeMap<String, Vec<u8>>);

impl Site {
    fn of(files: &[(&str, &str)]) -> Site {
        Site(sites::files_of(&Snapshot::take(Arc::new(world(files)), &Options::default())))
    }

    fn text(&self, path: &str) -> String {
        let file = self.0.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", self.0.keys()));
        String::from_utf8_lossy(file).into_owned()
    }
}

#[test]
fn ids_for_other_programs_are_those_of_the_first_name() {
    let person = ("actors/p.md", "title: P\ntype: person");
    let before = Site::of(&[person, ("claims/c.md", "title: C\ndate: 2023-10-13\nby: p")]);
    // Renamed twice, back to the first name, and with another entity that has taken it.
    let twice = "title: C\ndate: 2023-10-13\nby: p\nformerly: [c, other]";
    let after = Site::of(&[person, ("claims/third.md", twice)]);
    let back = Site::of(&[person, ("claims/c.md", twice)]);
    let note = |site: &Site| {
        let line: serde_json::Value =
            serde_json::from_str(site.text("evidence/claims.ftm.json").trim()).unwrap();
        line["id"].clone()
    };
    for (site, page) in [(&after, "claims/third.html"), (&back, "claims/c.html")] {
        assert!(site.text("atom.xml").contains("<id>https://example.org/claims/c.html</id>"));
        assert!(site.text("atom.xml").contains(&format!("<link href=\"https://example.org/{page}\"/>")));
        assert!(site.text("feed.json").contains("\"id\":\"https://example.org/claims/c.html\""));
        assert!(site.text(page).contains("\"@id\":\"https://example.org/claims/c.html#this\""));
        assert_eq!(note(site), note(&before));
        assert!(site.0.contains_key("claims/other.html"));
    }
    let taken =
        Site::of(&[person, ("claims/third.md", twice), ("claims/c.md", "title: D\ndate: 2023-10-14")]);
    let feed = taken.text("atom.xml");
    assert!(feed.contains("<title>D</title><id>https://example.org/claims/c.html</id>"), "{feed}");
    assert!(feed.contains("<title>C</title><id>https://example.org/claims/other.html</id>"), "{feed}");
}

#[test]
fn an_article_redirects_from_the_folder_that_it_had() {
    let site = Site::of(&[("articles/new.md", "title: N\npublished: 2023-10-13\nformerly: [old]")]);
    assert!(site.text("articles/old/index.html").contains("new/"));
    assert!(site.text("atom.xml").contains("<id>https://example.org/articles/old/</id>"));
}

#[test]
fn years_before_1_are_in_words_only() {
    let site = Site::of(&[
        ("events/ec.md", "title: Ec\ndate: -0044-03-15"),
        ("events/zero.md", "title: Zero\ndate: 0000"),
        ("events/later.md", "title: Later\ndate: -0044-03-15\nupdated: 2024-01-02"),
        ("events/reign.md", "title: Reign\ndate: -0027/0014"),
        ("routes/r.md", "title: R\nlegs: [{from: a, to: b, mode: sea, departed: -0217-04}]"),
        ("places/a.md", "title: A\ncoordinates: [37.6, -0.98]"),
        ("places/b.md", "title: B\ncoordinates: [36.8, 10.3]"),
    ]);
    for (path, bytes) in &site.0 {
        let text = String::from_utf8_lossy(bytes);
        for found in ["datetime=\"-", "datetime=\"0000", "datetime=\"\"", "_time\" content=\"\""] {
            assert!(!text.contains(found), "{found} in {path}");
        }
    }
    assert!(
        site.text("events/ec.html").contains("<span>15 March 45 BC</span>"),
        "{}",
        site.text("events/ec.html")
    );
    let feed = site.text("atom.xml");
    assert!(!feed.contains("<title>Ec</title>") && !feed.contains("<title>Zero</title>"), "{feed}");
    assert!(
        feed.contains("<title>Later</title>") && feed.contains("<updated>2024-01-02T00:00:00Z</updated>"),
        "{feed}"
    );
    for year in ["-0044", "-0217", "-0027", "0000", "0014"] {
        assert!(!site.text("entities.ftm.json").contains(&format!("\"{year}")), "{year}");
    }
}

#[test]
fn a_time_and_its_zone_are_shown_and_given_away() {
    let site = Site::of(&[
        ("events/e.md", "title: E\ndate: 2023-10-13T01:30+07:00"),
        ("events/f.md", "title: F\ndate: 2023-10-13T23:00"),
        ("events/d.md", "title: D\ndate: 2023-10-13T00:15:20Z"),
    ]);
    let page = site.text("events/e.html");
    assert!(
        page.contains("<time datetime=\"2023-10-13T01:30+07:00\">13 October 2023, 01:30 UTC+7</time>"),
        "{page}"
    );
    assert!(page.contains("\"startDate\":\"2023-10-13T01:30+07:00\""), "{page}");
    assert!(site.text("atom.xml").contains("<updated>2023-10-12T18:30:00Z</updated>"));
    assert!(site.text("entities.ftm.json").contains("\"2023-10-12T18:30:00\""));
    assert!(site.text("evidence/events.csv").contains("2023-10-13T00:15:20Z"));
    let timeline = site.text("evidence/timeline.html");
    let at = |title: &str| timeline.find(&format!("events/{title}.html")).unwrap();
    assert!(at("d") < at("e") && at("e") < at("f"), "by the time");
}

#[test]
fn what_a_path_leaves_out_is_drawn_and_given_away_as_inferred() {
    let track = "<gpx><trk><trkseg><trkpt lat=\"46.05\" lon=\"14.5\"/><trkpt lat=\"46.0\" lon=\"14.3\"/></trkseg>\
                 <trkseg><trkpt lat=\"45.7\" lon=\"14.0\"/><trkpt lat=\"45.55\" lon=\"13.73\"/></trkseg></trk></gpx>";
    let site = Site::of(&[
        ("places/a.md", "title: A\ncoordinates: [46.05, 14.5]"),
        ("places/b.md", "title: B\ncoordinates: [45.55, 13.73]"),
        ("routes/r.md", "title: R\nlegs: [{from: a, to: b, mode: road, path: t.gpx}]"),
        ("routes/t.gpx", track),
    ]);
    let page = site.text("routes/r.html");
    let gaps = page.matches("<path class=\"line gap\"").count();
    assert!(gaps > 0 && page.matches("<path class=\"line\" d=\"M").count() >= gaps, "{gaps}");
    assert!(page.contains("dashed line: inferred"), "the legend");
    let json: serde_json::Value = serde_json::from_str(&site.text("routes/r.geojson")).unwrap();
    let legs: Vec<&serde_json::Value> = json["features"].as_array().unwrap().iter().collect();
    let of = |at: usize, key: &str| legs[at]["properties"][key].as_str().unwrap().to_owned();
    assert_eq!((legs[0]["id"].as_str(), legs[1]["id"].as_str()), (Some("r-1"), Some("r-1-gaps")));
    assert_eq!([of(0, "certainty"), of(1, "certainty")], ["reported", "inferred"]);
    assert_eq!([of(0, "course"), of(1, "course")], ["given", "shortest line"]);
    assert_eq!(legs[0]["geometry"]["type"], "MultiLineString");
    let length = |at: usize| legs[at]["properties"]["length_km"].as_f64().unwrap();
    assert!(length(0) > 30.0 && length(1) > 35.0 && length(1) < 45.0, "{} {}", length(0), length(1));
}

/// The entries of the bibliography, without tags.
fn bibliography(settings: &str, sources: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<(String, String)> = sources
        .iter()
        .map(|(id, text)| (format!("content/sources/{id}.md"), format!("---\ntitle: {id}\n{text}\n---\n")))
        .collect();
    let world =
        MemoryWorld::new().with("dossier.toml", format!("title = \"T\"\nlanguages = [\"en\"]\n{settings}\n"));
    let world = sources.iter().fold(world, |world, (path, text)| world.with(path, text.clone()));
    let built = sites::files(Arc::new(world));
    let page = String::from_utf8_lossy(&built["evidence/bibliography.html"]).into_owned();
    let mut text = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.lines()
        .map(str::trim)
        .filter(|line| line.ends_with('.') && line.contains(" ("))
        .map(str::to_owned)
        .collect()
}

#[cfg(feature = "bibliography")]
#[test]
fn apa_has_particles_suffixes_seasons_letters_and_no_stray_commas() {
    let web = "type: webpage\n";
    let of = |authors: &str, date: &str| format!("{web}authors: [{authors}]\npublished: {date}");
    let sources = [
        ("Particle", of("\"de Vries, Joey\"", "2014-06")),
        ("Suffix", of("\"Stewart, Thomas W., Jr.\"", "2000-01")),
        ("Year", of("\"Doe, Jane\"", "2023")),
        ("Zwilling", of("\"Doe, Jane\"", "2023")),
        ("Day", of("\"Roe, John\"", "2023-11-09")),
        ("Earlier", of("\"Roe, John\"", "2023-02")),
        ("Spring", of("\"Poe, Ann\"", "2021-21")),
        ("Time", of("\"Coe, Ann\"", "2021-05-04T10:00Z")),
        ("Range", of("\"Moe, Ann\"", "2021/2022")),
    ];
    let sources: Vec<(&str, &str)> = sources.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let entries = bibliography("", &sources);
    for wanted in [
        "de Vries, J. (2014, June). Particle.",
        "Stewart, T. W., Jr. (2000, January). Suffix.",
        "Doe, J. (2023a). Year.",
        "Doe, J. (2023b). Zwilling.",
        "Roe, J. (2023a, February). Earlier.",
        "Roe, J. (2023b, November 9). Day.",
        "Coe, A. (2021, May 4). Time.",
        "Moe, A. (2021). Range.",
        "Poe, A. (2021, Spring). Spring.",
    ] {
        assert!(entries.iter().any(|entry| entry == wanted), "{wanted}: {entries:#?}");
    }
    for style in
        ["apa", "chicago-author-date", "harvard-cite-them-right", "modern-language-association", "ieee"]
    {
        let entries = bibliography(&format!("citation_style = \"{style}\""), &sources);
        let stray = [",)", ", )", ",.", ", .", ",,", "( ", "()", " ,"];
        let found = entries.iter().filter(|entry| stray.iter().any(|stray| entry.contains(stray)));
        assert_eq!(found.collect::<Vec<_>>(), [""; 0], "{style}");
    }
}

#[test]
fn bibtex_has_names_languages_and_what_its_entries_need() {
    let site = Site::of(&[
        ("actors/press.md", "title: The Press\ntype: media"),
        ("sources/a.md", "title: A\ntype: article\npublished: 2023-10-13\nlanguage: id"),
        (
            "sources/b.md",
            "title: B\ntype: article\nauthors: [\"van der Berg, A., III\"]\npublisher: press\nlanguage: en-AU",
        ),
        (
            "sources/c.md",
            "title: C\ntype: chapter\nauthors: [\"Doe, Jane\"]\npublisher: press\npublished: 2023~\nlanguage: xx",
        ),
        ("sources/d.md", "title: D\ntype: report\npublisher: press\nurl: https://example.org/d"),
    ]);
    let bib = site.text("evidence/sources.bib");
    for wanted in [
        "@misc{a,",
        "year = {2023},\n  month = {10},\n  date = {2023-10-13}",
        "langid = {indonesian}",
        "@article{b,",
        "author = {van der Berg, III, A.}",
        "journal = {The Press}",
        "langid = {australian}",
        "@misc{c,",
        "date = {2023~}",
        "@techreport{d,",
        "author = {{The Press}}",
        "institution = {The Press}",
    ] {
        assert!(bib.contains(wanted), "{wanted}: {bib}");
    }
    assert_eq!(bib.matches("langid").count(), 2, "a language that babel does not know: {bib}");
}

#[test]
fn the_search_knows_letters_without_a_key_of_their_own() {
    let site = Site::of(&[(
        "notes/soft.md",
        "title: Soft\nsummary: A con\u{ad}tainer ship, an S-300PMU2, Nguyễn Văn Đức, ısı, Ærø, الجمارك",
    )]);
    let words: String = site
        .0
        .iter()
        .filter(|(path, _)| path.starts_with("evidence/search/words-"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for wanted in ["container\"", "\"s300pmu2\"", "\"duc\"", "\"isi\"", "\"aero\""] {
        assert!(words.contains(wanted) || words.contains(&wanted.replace("er\"", "\"")), "{wanted}: {words}");
    }
}
