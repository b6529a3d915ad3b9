//! `dossier import` of what investigators' tools write: FollowTheMoney entities, and the sheets of auto-archiver.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use std::collections::BTreeSet;

use tempfile::TempDir;

use super::{Ran, dossier, read, run};

const SETTINGS: (&str, &str) =
    ("dossier.toml", "languages = [\"en\"]\nbase_url = \"https://example.org/\"\n");

/// As Aleph exports it.
const MONEY: &str = r#"{"id":"a1","schema":"Person","properties":{"name":["Nuala Healy"],"alias":["N. Healy"],"position":["Harbour master"],"country":["ie"],"wikidataId":["Q42"],"birthDate":["1970"]}}
{"id":"a2","schema":"Company","caption":"Ibar Lines","properties":{"name":["Ibar Lines"],"website":["https://ibar.example/"]}}
{"id":"a3","schema":"PublicBody","properties":{"name":["Ministry of Ports"]}}
{"id":"m1","schema":"Membership","properties":{"member":["a1"],"organization":["a2"],"role":["Director"],"startDate":["2013"]}}
{"id":"m2","schema":"Employment","properties":{"employee":["a1"],"employer":["a3"],"endDate":["2012-05"]}}
{"id":"p1","schema":"Address","properties":{"full":["Quay 1, Batumi"],"latitude":["41.65"],"longitude":["41.63"],"country":["ge"]}}
{"id":"p2","schema":"Address","properties":{"name":["Beirut"],"latitude":["33.9"],"longitude":["35.51"]}}
{"id":"e1","schema":"Event","properties":{"name":["The ship leaves"],"startDate":["2013-09-23"],"endDate":["2013-09-24"],"addressEntity":["p1"],"involved":["a1","gone"],"proof":["d1"]}}
{"id":"t1","schema":"Trip","properties":{"name":["The voyage"],"startLocation":["p1"],"endLocation":["p2"],"startDate":["2013-09-23T10:00:00"]}}
{"id":"d1","schema":"Document","properties":{"title":["Port log"],"author":["Healy, Nuala"],"publisher":["Ministry of Ports"],"language":["eng"],"sourceUrl":["https://ports.example/log"],"fileName":["/home/x/log.pdf"]}}
{"id":"b1","schema":"BankAccount","properties":{"name":["IE12"]}}
{"id":"b2","schema":"BankAccount","properties":{"name":["IE13"]}}
{"id":"m3","schema":"Membership","properties":{"member":["gone"],"organization":["a2"]}}
"#;

fn import(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(folder.path(), &[&["import"], arguments].concat())
}

fn write(folder: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(path), content).unwrap();
}

#[test]
fn entities_become_actors_places_events_routes_and_sources() {
    let folder = dossier(&[SETTINGS, ("bundle.dat", MONEY)]);
    let ran = import(&folder, &["bundle.dat", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("bundle.dat: FollowTheMoney entities\n"), "{}", ran.out);
    assert_eq!(
        read(&folder, "content/actors/nuala-healy.md"),
        "---\ntitle: Nuala Healy\ntype: person\nrole: Harbour master\ncountry: IE\npart_of:\n\
         \u{20} - {actor: ibar-lines, role: Director, from: 2013}\n\u{20} - {actor: ministry-of-ports, to: 2012-05}\n\
         aliases: N. Healy\nsame_as: https://www.wikidata.org/wiki/Q42\n---\n"
    );
    assert!(read(&folder, "content/actors/ministry-of-ports.md").contains("\ntype: government\n"));
    assert!(
        read(&folder, "content/places/quay-1-batumi.md")
            .contains("\ncountry: GE\ncoordinates: [41.65, 41.63]\n")
    );
    let event = read(&folder, "content/events/the-ship-leaves.md");
    assert!(
        event.contains(
            "\ndate: 2013-09-23/2013-09-24\nplaces: quay-1-batumi\nactors: nuala-healy\nsources: port-log\n"
        ),
        "{event}"
    );
    let route = read(&folder, "content/routes/the-voyage.md");
    assert!(
        route.contains(
            "legs: [{from: quay-1-batumi, to: beirut, mode: road, departed: 2013-09-23T10:00:00Z, certainty: inferred}]\n"
        ),
        "{route}"
    );
    let source = read(&folder, "content/sources/port-log.md");
    assert!(
        source.contains("publisher: ministry-of-ports\n") && source.contains("language: en\n"),
        "{source}"
    );
    for line in [
        "“BankAccount (2)”: a dossier has no place for these\n",
        "line 13: “Membership”: the file does not have both of those that it connects\n",
        "birthDate (1), fileName (1)",
        "line 9: “The voyage”: how it was travelled is not said",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
    let again = import(&folder, &["bundle.dat", "--write"]);
    assert_eq!(again.err, "there is nothing new to write\n", "{}", again.out);
    // A name changes there, and the id shows that it is the same.
    write(
        &folder,
        "bundle.dat",
        MONEY.replace("[\"Ibar Lines\"],\"website\"", "[\"Ibar Shipping\"],\"website\""),
    );
    let ran = import(&folder, &["bundle.dat", "--write"]);
    assert!(read(&folder, "content/actors/ibar-lines.md").contains("title: Ibar Shipping\n"), "{}", ran.out);
}

#[test]
fn what_we_give_away_comes_back_the_same() {
    let files = [
        SETTINGS,
        (
            "content/actors/anna-b.md",
            "---\ntitle: Anna B\ntype: person\nrole: Captain\ncountry: IE\naliases: [A. B]\nsame_as: [\"https://www.wikidata.org/wiki/Q1\", \"https://anna.example/\"]\npart_of: [{actor: harbour, role: head, from: 2010}]\n---\n",
        ),
        ("content/actors/harbour.md", "---\ntitle: The harbour\ntype: agency\nsummary: It is one.\n---\n"),
        ("content/actors/gazette.md", "---\ntitle: Gazette\ntype: media\n---\n"),
        (
            "content/places/one.md",
            "---\ntitle: One\ntype: port\ncoordinates: [41.65, 41.63]\ncountry: GE\n---\n",
        ),
        ("content/places/two.md", "---\ntitle: Two\ncoordinates: [33.9, 35.51]\n---\n"),
        (
            "content/events/e.md",
            "---\ntitle: It left\ndate: 2013-09-23/2013-09-25\nplaces: one\nactors: anna-b\nsources: s\n---\n",
        ),
        (
            "content/routes/r.md",
            "---\ntitle: The way\nlegs:\n  - {from: one, to: two, mode: sea, departed: 2013-09, carrier: MV X, cargo: salt}\n  - {from: two, to: one, mode: air, certainty: inferred, carrier: Y}\n---\n",
        ),
        (
            "content/sources/s.md",
            "---\ntitle: A log\ntype: report\nauthors: [\"Healy, Nuala\"]\npublisher: gazette\npublished: 2013-10\nlanguage: id\nurl: https://log.example/\naccessed: 2014-01-01\n---\n",
        ),
        ("content/sources/t.md", "---\ntitle: A word\n---\n"),
        ("content/claims/c.md", "---\ntitle: It was salt\nby: anna-b\ndate: 2013-10\nsources: s\n---\n"),
    ];
    let first = dossier(&files);
    let built = run(first.path(), &["build", "-q"]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let second = dossier(&files[..1]);
    let path = |name: &str| first.path().join("public").join(name).to_string_lossy().into_owned();
    let ran = import(&second, &[&path("entities.ftm.json"), &path("evidence/claims.ftm.json"), "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let why = "“Note (1)”: a dossier has no place for these; of claims, import the table `claims.csv`";
    assert!(ran.out.contains(why), "{}", ran.out);
    let built = run(second.path(), &["build", "-q"]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    let entities = |folder: &TempDir| -> BTreeSet<String> {
        let lines = read(folder, "public/entities.ftm.json");
        let value = |line| serde_json::from_str::<serde_json::Value>(line).unwrap().to_string();
        lines.lines().map(value).collect()
    };
    assert_eq!(entities(&first), entities(&second));
    let route = read(&second, "content/routes/r.md");
    assert!(
        route.contains("{from: one, to: two, mode: sea, departed: 2013-09, carrier: MV X, cargo: salt"),
        "{route}"
    );
}

#[test]
fn a_sheet_of_auto_archiver_becomes_sources_with_their_copies() {
    let hash = "ab".repeat(32);
    let sheet = format!(
        "Link,Destination Folder,Archive Status,Archive Date,Archive Location,Thumbnail,Upload Timestamp,Upload Title,Text Content,Hash\n\
         https://v.example/1,x,yt-dlp: success,2023-10-13T10:11:12Z,https://copies.example/1,y,2023-10-01T08:00:00Z,\"A video\nof it\",SECRET,{hash}\n\
         https://v.example/2,x,nothing archived,2023-10-13T10:11:12Z,,,,,,\n\
         none,,,,,,,,,\n"
    );
    let folder = dossier(&[SETTINGS, ("archive.csv", &sheet)]);
    let ran = import(&folder, &["archive.csv", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("archive.csv: a sheet of auto-archiver\n"), "{}", ran.out);
    assert_eq!(
        read(&folder, "content/sources/a-video-of-it.md"),
        format!(
            "---\ntitle: A video of it\npublished: 2023-10-01\nurl: https://v.example/1\narchive: https://copies.example/1\n\
             accessed: 2023-10-13\n---\n\nSHA-256: `{hash}`\n"
        )
    );
    for line in [
        "row 3: “https://v.example/2”: it has no archived copy: nothing archived\n",
        "row 4: “none”: it is no address\n",
        "“destination folder, thumbnail, text content”: there are no keys for these columns\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn entities_that_are_cut_or_too_many_are_refused() {
    let many = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]}}\n".repeat(50_001);
    let deep = format!(
        "{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":{}1{}}}}}\n",
        "[".repeat(500),
        "]".repeat(500)
    );
    let odd = "{\"id\":7,\"schema\":\"Person\",\"properties\":{\"name\":{\"x\":1},\"alias\":\"one\"}}\n";
    let cut = &MONEY[..MONEY.len() - 20];
    let folder = dossier(&[
        SETTINGS,
        ("many.json", &many),
        ("deep.json", &deep),
        ("odd.json", odd),
        ("cut.json", cut),
    ]);
    for (name, words) in [
        ("many.json", "more than 50000 things; divide it"),
        ("deep.json", "cut off or damaged"),
        ("cut.json", "its line 13 is cut off or damaged"),
    ] {
        import(&folder, &[name, "--write"]).refuses(words);
    }
    let ran = import(&folder, &["odd.json", "--write"]);
    assert!(ran.out.contains("line 1: it has no name\n"), "{}{}", ran.out, ran.err);
    assert!(!folder.path().join("content").exists() && !folder.path().join("import.lock").exists());
}
