//! What people write who know neither YAML nor Markdown, in every place where something is written: one finding in
//! plain words, and where one reading is left, a fix after which nothing is wrong.

use std::sync::Arc;

use dossier::base::diagnostic::Edit;
use dossier::session::{Options, Snapshot};
use dossier::world::edit;
use dossier::world::memory::MemoryWorld;

const ARTICLE: &str =
    "---\ntitle: Home\npublished: 2023-11-09\n---\n[[x]], [[nis]], [[s]], [[najin]] and [[kirby]].\n";
const ACTOR: &str = "---\ntitle: X\ntype: person\n---\n";

fn dossier(path: &str, bytes: Vec<u8>) -> Arc<Snapshot> {
    let source = |title: &str| {
        format!(
            "---\ntitle: {title}\ntype: document\nurl: https://example.org/\naccessed: 2024-01-01\n\
             archive: https://web.archive.org/web/2024/https://example.org/\n---\n"
        )
    };
    let world = MemoryWorld::new()
        .with("dossier.toml", "title = \"T\"\n[rules]\nunlinked-mention = \"off\"\norphan-entity = \"off\"\nunpublished-file = \"off\"\n")
        .with("content/article.md", ARTICLE)
        .with("content/actors/nis.md", "---\ntitle: NIS\ntype: agency\n---\n")
        .with(
            "content/actors/ship.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
        )
        .with("content/sources/s.md", source("S"))
        .with("content/sources/kirby.md", source("Briefing"))
        .with("content/places/najin.md", "---\ntitle: Najin\ncoordinates: [42.2, 130.3]\ncountry: KP\n---\n");
    // A row of a table, or a file.
    let world = if path.ends_with(".csv") { world } else { world.with("content/actors/x.md", ACTOR) };
    Snapshot::take(Arc::new(world.with(path, bytes)), &Options::default())
}

/// A slip: its file, what is written, a part of the message, and the file after the fix, if there is one.
struct Slip(&'static str, String, &'static str, Option<String>);

fn check(slips: Vec<Slip>) {
    let mut failures = Vec::new();
    for Slip(path, text, message, fixed) in slips {
        let snapshot = dossier(path, text.clone().into_bytes());
        let [found] = snapshot.problems() else {
            let all: Vec<&String> = snapshot.problems().iter().map(|found| &found.message).collect();
            failures.push(format!("{text}\n  {} findings: {all:#?}", all.len()));
            continue;
        };
        if !found.message.contains(message) {
            failures.push(format!("{text}\n  {}", found.message));
        }
        let after =
            found.fix.as_ref().map(|fix| edit::apply(&text, &fix.edits.iter().collect::<Vec<&Edit>>()).0);
        if after != fixed {
            failures.push(format!("{text}\n  {}: fixed as {after:?}", found.message));
        } else if let Some(after) = after {
            let again = dossier(path, after.clone().into_bytes());
            failures.extend(
                again.problems().iter().map(|found| format!("{after}\n  after the fix: {}", found.message)),
            );
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Slips in the body of the article.
fn body(slips: &[(&str, &'static str, Option<&str>)]) {
    let text = |body: &str| format!("{ARTICLE}\n{body}\n");
    let slip = |(written, message, fixed): &(&str, &'static str, Option<&str>)| {
        Slip("content/article.md", text(written), message, fixed.map(text))
    };
    check(slips.iter().map(slip).collect());
}

#[test]
fn slips_in_texts_are_told() {
    body(&[
        (
            "See {the report}(https://example.org/a).",
            "no link",
            Some("See [the report](https://example.org/a)."),
        ),
        (
            "See (the report)(https://example.org/a).",
            "no link",
            Some("See [the report](https://example.org/a)."),
        ),
        (
            "See [https://example.org/a the report].",
            "no link",
            Some("See [the report](https://example.org/a)."),
        ),
        ("See [nis]] for more.", "no link", Some("See [[nis]] for more.")),
        ("See http;//example.org now.", "misspelt", Some("See http://example.org now.")),
        (
            "See [the report](htttps://example.org/).",
            "may not link",
            Some("See [the report](https://example.org/)."),
        ),
        ("See [NIS](nis).", "there is no file", Some("See [NIS](actors/nis.md).")),
        ("See [x](C:\\Users\\me\\x.pdf).", "may not link to a `c:` address", None),
        ("He said **so ** twice.", "not bold", Some("He said **so**  twice.")),
        ("He said **so twice.", "only one pair", None),
        ("-one\n-two", "no list", Some("- one\n- two")),
        ("• one\n• two", "no list", Some("- one\n- two")),
        ("1.one\n2.two", "no list", Some("1. one\n2. two")),
        ("| a | b |\n| 1 | 2 |", "no table", Some("| a | b |\n| --- | --- |\n| 1 | 2 |")),
        ("＃ Who paid", "no heading", Some("# Who paid")),
        ("#Who paid for it", "no heading", None),
        (
            "The ship left.\n---\nIt came back.",
            "makes a heading",
            Some("The ship left.\n\n---\nIt came back."),
        ),
    ]);
}

#[test]
fn slips_in_front_matter_are_told() {
    let claim = |line: &str| {
        let rest = "by: [nis]\nsources: [s, kirby]\nabout: [x]";
        format!("---\ntitle: A claim\n{line}\n{rest}\n---\n")
    };
    let place = |lines: &str| format!("---\ntitle: Najin\n{lines}\ncountry: KP\n---\n");
    let source = |line: &str| {
        format!(
            "---\ntitle: S\ntype: document\n{line}\naccessed: 2024-01-01\n\
             archive: https://web.archive.org/web/2024/https://example.org/\n---\n"
        )
    };
    let date = |written: &str, fixed: Option<&str>| {
        let line = |date: &str| claim(&format!("date: {date}"));
        Slip("content/claims/c.md", line(written), "is not a date", fixed.map(line))
    };
    check(vec![
        date("13 Oktober 2023 pukul 14.05 WIB", Some("2023-10-13T14:05+07:00")),
        date("2023-07-01 14:05 CEST", Some("2023-07-01T14:05+02:00")),
        date("2023-07-01 14:05 CET", None),
        date("2023-12-01 14:05 GMT+8", Some("2023-12-01T14:05+08:00")),
        Slip(
            "content/claims/c.md",
            claim("date: 2023-07-01\nstatus: Reported!"),
            "unknown word",
            Some(claim("date: 2023-07-01\nstatus: reported")),
        ),
        Slip(
            "content/places/najin.md",
            place("lat: 42.2\nlon: 130.3"),
            "are one key",
            Some(place("coordinates: [42.2, 130.3]")),
        ),
        Slip(
            "content/places/najin.md",
            place("longitude: 130.3\nlatitude: 42.2"),
            "are one key",
            Some(place("coordinates: [42.2, 130.3]")),
        ),
        Slip(
            "content/sources/s.md",
            source(r"url: https:\\example.org\a"),
            "is not an address",
            Some(source("url: https://example.org/a")),
        ),
        Slip(
            "content/sources/s.md",
            source(r#"url: "https:\\example.org\a""#),
            "is not an address",
            Some(source("url: https://example.org/a")),
        ),
        Slip(
            "content/sources/s.md",
            source("url: htp://example.org/"),
            "is not an address",
            Some(source("url: http://example.org/")),
        ),
        Slip(
            "content/sources/s.md",
            source("link: https://example.org/"),
            "unknown key",
            Some(source("url: https://example.org/")),
        ),
    ]);
}

#[test]
fn a_picture_in_front_matter_becomes_its_keys() {
    for (written, fixed) in [
        ("![A ship](ship.svg)", "{src: ship.svg, alt: A ship}"),
        ("![[ship.svg]]", "{src: ship.svg}"),
        ("![[ship.svg|A ship]]", "{src: ship.svg, alt: A ship}"),
    ] {
        let text = |image: &str| format!("---\ntitle: X\ntype: person\nimage: {image}\n---\n");
        let snapshot = dossier("content/actors/x.md", text(written).into_bytes());
        let [found] = snapshot.problems() else { panic!("{:?}", snapshot.problems()) };
        let fix = found.fix.as_ref().expect(written);
        let after = edit::apply(&text(written), &fix.edits.iter().collect::<Vec<&Edit>>()).0;
        assert_eq!(after, text(fixed));
    }
}

#[test]
fn slips_in_tables_are_told() {
    let table = |path: &'static str, text: &str, message: &'static str, fixed: Option<&str>| {
        Slip(path, text.to_owned(), message, fixed.map(str::to_owned))
    };
    check(vec![
        table(
            "content/actors.csv",
            "id,name,type\nx,X,person\ny,Y,person\n",
            "no column is called `name`",
            Some("id,title,type\nx,X,person\ny,Y,person\n"),
        ),
        table(
            "content/actors.csv",
            "id;title;typ\nx;X;person\n",
            "no column is called `typ`",
            Some("id;title;type\nx;X;person\n"),
        ),
        table("content/actors.csv", "id,title,type\nx,\"X,person\n", "not closed", None),
        table("content/actors.csv", "title,type\nX,person\n", "there is no column `id`", None),
        table("content/actors.csv", "id,title,type\nJohn Smith,J,person\nx,X,person\n", "row 2", None),
    ]);
    // Capitals do not matter.
    assert!(dossier("content/actors.csv", "ID,Title,Type\nx,X,person\n".into()).problems().is_empty());
    // So does the sign within a point: a comma as on maps, or the one between values.
    let place = |point: &str| format!("id,title,coordinates,country\nx,X,\"{point}\",KP\n").into_bytes();
    for point in ["42.2, 130.3", "42.2; 130.3"] {
        assert!(dossier("content/places.csv", place(point)).problems().is_empty(), "{point}");
    }
    assert_eq!(dossier("content/places.csv", place("130.3, 42.2")).problems().len(), 1);
}

#[test]
fn another_encoding_is_told_by_a_word() {
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode("---\ntitle: 北朝鮮の武器\ntype: agency\n---\n");
    let (iso_2022_jp, _, _) =
        encoding_rs::ISO_2022_JP.encode("---\ntitle: 北朝鮮の武器\ntype: agency\n---\n");
    let (mac, _, _) = encoding_rs::MACINTOSH.encode("id,title,type\nx,Müller,person\n");
    for (path, bytes, told) in [
        ("content/actors/x.md", shift_jis.into_owned(), "Shift JIS, for Japanese: line 2 has `北朝鮮の武器`"),
        (
            "content/actors/x.md",
            iso_2022_jp.into_owned(),
            "ISO-2022-JP, for Japanese mail: line 2 has `北朝鮮の武器`",
        ),
        ("content/actors.csv", mac.into_owned(), "Mac Roman, of old Macs: line 2 has `Müller`"),
    ] {
        let snapshot = dossier(path, bytes);
        let [found] = snapshot.problems() else { panic!("{:?}", snapshot.problems()) };
        assert!(found.message.contains(told), "{}", found.message);
    }
}
