//! `dossier import` of tables: the plan, what is written, what happens when it is run again, and what is refused.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use proptest::prelude::*;
use tempfile::TempDir;

use super::{Ran, dossier, read, run};

const HOME: (&str, &str) = ("content/article.md", "---\ntitle: Artikel\ndate: 2023-11-01\n---\nTeks.\n");

const CLAIMS: &str = "Judul,Oleh,Tanggal,Angka,Sumber\n\
    Sepuluh kapal berangkat,NIS,13/10/2023,about 552 tonnes,\"Reuters, p. 4\"\n\
    Dua kapal tiba,NIS; John Kirby,2023-10-14,,Reuters\n";

fn import(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(folder.path(), &[&["import"], arguments].concat())
}

#[track_caller]
fn is_clean(folder: &TempDir) {
    let checked = run(folder.path(), &["check", "--format", "short", "-q"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{}", checked.err);
}

fn write(folder: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(path), content).unwrap();
}

#[test]
fn nothing_is_written_before_it_is_asked_for_and_then_all_of_it() {
    let folder = dossier(&[HOME, ("klaim.csv", CLAIMS)]);
    let plan = import(&folder, &["klaim.csv"]);
    assert_eq!((plan.code, plan.err.as_str()), (0, "nothing was written; `--write` does it\n"));
    for line in [
        "klaim.csv: a table\n",
        "new (2):\n  content/claims/sepuluh-kapal-berangkat.md “Sepuluh kapal berangkat” ← row 2\n",
        "new, because others name them (3):\n  content/actors/nis.md “NIS” ← row 2, column B “Oleh”\n",
        "  content/sources/reuters.md “Reuters” ← row 2, column E “Sumber”\n",
        "read as (1):\n  row 2, column C “Tanggal”: “13/10/2023”: read as `2023-10-13`\n",
    ] {
        assert!(plan.out.contains(line), "{line}\n{}", plan.out);
    }
    assert!(!folder.path().join("content/claims").exists() && !folder.path().join("import.lock").exists());

    assert_eq!(import(&folder, &["klaim.csv", "--write"]).err, "wrote 6 files\n");
    assert_eq!(
        read(&folder, "content/claims/sepuluh-kapal-berangkat.md"),
        "---\ntitle: Sepuluh kapal berangkat\nby: nis\ndate: 2023-10-13\n\
         quantities: [{value: 552, comparator: about, unit: tonnes}]\nsources: [{source: reuters, locator: p. 4}]\n---\n"
    );
    assert!(read(&folder, "content/claims/dua-kapal-tiba.md").contains("\nby: [nis, john-kirby]\n"));
    is_clean(&folder);

    let again = import(&folder, &["klaim.csv", "--write"]);
    again.expect(0, "klaim.csv: a table\nthere already: 2\n", "there is nothing new to write\n");
}

#[test]
fn what_is_left_out_is_not_made_and_is_offered_again() {
    let folder = dossier(&[HOME, ("klaim.csv", CLAIMS)]);
    let unwanted = "content/claims/dua-kapal-tiba.md";
    let ran = import(&folder, &["klaim.csv", "--without", unwanted, "--write"]);
    assert!(
        ran.out.contains(&format!("left out, as you asked (1):\n  {unwanted} “Dua kapal tiba” ← row 3\n")),
        "{}",
        ran.out
    );
    assert!(!folder.path().join(unwanted).exists());
    assert!(folder.path().join("content/claims/sepuluh-kapal-berangkat.md").exists());
    is_clean(&folder);
    let again = import(&folder, &["klaim.csv"]);
    assert!(
        again.out.contains(&format!("new (1):\n  {unwanted} “Dua kapal tiba” ← row 3\n")),
        "{}",
        again.out
    );
}

#[test]
fn a_plan_is_lines_for_programs() {
    let folder = dossier(&[HOME, ("klaim.csv", CLAIMS)]);
    let plan = import(&folder, &["klaim.csv", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        plan.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let does: Vec<&str> = lines.iter().map(|line| line["does"].as_str().unwrap()).collect();
    assert_eq!(does[..7], ["read", "new", "new", "named", "named", "named", "read"], "{does:?}");
    let new = &lines[1];
    assert_eq!((new["row"].as_u64(), new["kind"].as_str()), (Some(2), Some("claim")));
    assert_eq!(new["file"], "content/claims/sepuluh-kapal-berangkat.md");
}

#[test]
fn run_again_it_brings_what_changed_there_and_keeps_what_changed_here() {
    let folder = dossier(&[HOME, ("klaim.csv", CLAIMS)]);
    import(&folder, &["klaim.csv", "--write"]);
    // The author changes a date and adds a comment; the table changes a figure, the same date and another claim, and
    // has a new row.
    let file = "content/claims/sepuluh-kapal-berangkat.md";
    let mine = read(&folder, file).replace("date: 2023-10-13", "date: 2023-10-12 # said Ann");
    write(&folder, file, &mine);
    let table =
        CLAIMS.replace("13/10/2023", "15/10/2023").replace("552", "553").replace("2023-10-14", "2023-10-20")
            + "Tiga,NIS,2023-10-21,,Reuters\n";
    write(&folder, "klaim.csv", &table);
    let ran = import(&folder, &["klaim.csv", "--write"]);
    assert!(ran.out.contains("new (1):\n  content/claims/tiga.md"), "{}", ran.out);
    assert!(ran.out.contains("“Sepuluh kapal berangkat”: quantities ← row 2\n"), "{}", ran.out);
    let now = read(&folder, file);
    assert_eq!(now, mine.replace("552", "553"));
    assert!(read(&folder, "content/claims/dua-kapal-tiba.md").contains("date: 2023-10-20\n"));

    // Only the author's change is left, and it is said.
    let ran = import(&folder, &["klaim.csv"]);
    assert!(ran.out.contains("something else in the dossier, which is kept (1):"), "{}", ran.out);
    write(&folder, "klaim.csv", table.replace("15/10/2023", "13/10/2023"));
    let ran = import(&folder, &["klaim.csv"]);
    assert!(
        ran.out.contains("changed by you since, and kept (1):") && ran.out.contains(": date ←"),
        "{}",
        ran.out
    );

    // What was deleted stays deleted, and what is no longer in the table stays.
    std::fs::remove_file(folder.path().join("content/claims/tiga.md")).unwrap();
    write(&folder, "klaim.csv", table.replace("Dua kapal tiba,", "Dua kapal pergi,"));
    let ran = import(&folder, &["klaim.csv"]);
    for line in [
        "deleted by you since, and not made again (1):",
        "no longer in the file, and kept (1):\n  content/claims/dua-kapal-tiba.md",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
}

#[test]
fn what_the_dossier_has_is_found_by_its_id_its_title_and_its_address() {
    let folder = dossier(&[
        HOME,
        ("content/actors/nis.md", "---\ntitle: National Intelligence Service\naliases: [NIS]\n---\n"),
        ("content/sources/wire.md", "---\ntitle: A wire\nurl: https://wire.example/1\n---\n"),
        ("orang.csv", "title,type\nNational Intelligence Service,agency\n"),
        (
            "klaim.csv",
            "title,by,date,sources\nSatu,NIS,2023,https://wire.example/1\nDua,\"NIS, FBI\",2023,wire\n",
        ),
        ("sumber.csv", "title,url\nThe wire,https://wire.example/1\n"),
    ]);
    let ran = import(&folder, &["orang.csv", "klaim.csv", "sumber.csv", "--write"]);
    assert!(ran.out.contains("something else in the dossier, which is kept (2):"), "{}", ran.out);
    assert!(!folder.path().join("content/sources/wire-example-1.md").exists(), "{}", ran.out);
    let claim = read(&folder, "content/claims/satu.md");
    assert!(claim.contains("\nby: nis\n") && claim.contains("\nsources: wire\n"), "{claim}");
    // A comma may be a part of a name, unless each part is one.
    assert!(folder.path().join("content/actors/nis-fbi.md").exists());
    assert!(
        read(&folder, "content/actors/nis.md")
            .starts_with("---\ntitle: National Intelligence Service\naliases")
    );
}

#[test]
fn columns_are_what_is_said_and_that_is_kept() {
    let table = "Siapa bilang;Apa;Kapan;Dari;Rahasia\nNIS;Sepuluh;2023;Reuters;x\n";
    let folder = dossier(&[HOME, ("tabel.csv", table)]);
    import(&folder, &["tabel.csv"]).refuses("no row of it names its columns");
    import(&folder, &["tabel.csv", "--kind", "clam"]).refuses("there is no kind `clam`");
    import(&folder, &["tabel.csv", "--column", "Apa=titel"]).refuses("there is no key `titel`");
    let columns = ["Siapa bilang=by", "Apa=title", "Kapan=date", "Dari=sources", "Rahasia="];
    let asked: Vec<&str> = columns.iter().flat_map(|column| ["--column", column]).collect();
    let ran = import(&folder, &[&["tabel.csv", "--kind", "claim", "--write"], &asked[..]].concat());
    assert!(!ran.out.contains("left out"), "{}", ran.out);
    assert!(read(&folder, "import.toml").ends_with(
        "\n[kinds]\ntabel = \"claim\"\n\n[claim]\n\"Siapa bilang\" = \"by\"\nApa = \"title\"\nKapan = \"date\"\n\
         Dari = \"sources\"\nRahasia = \"\"\n"
    ));
    write(&folder, "tabel.csv", format!("{table}FBI;Sebelas;2024;Reuters;y\n"));
    assert_eq!(import(&folder, &["tabel.csv", "--write"]).code, 0);
    assert!(read(&folder, "content/claims/sebelas.md").contains("\nby: fbi\n"));
    write(&folder, "import.toml", "[claim]\nApa = 3\n[klaim]\n");
    import(&folder, &["tabel.csv"]).refuses("`import.toml` cannot be used: there is no kind `klaim`");
}

#[test]
fn every_encoding_and_separator_gives_the_same_files() {
    let table = "Nama,Negara,Keterangan\n\"Café, Olé\",ID,Satu\n";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin: Vec<u8> = table.chars().map(|c| c as u8).collect();
    let apart = |by: &str| format!("Nama{by}Negara{by}Keterangan\nCafé, Olé{by}ID{by}Satu\n");
    for (name, bytes) in [
        ("plain", table.as_bytes().to_vec()),
        ("mark", format!("\u{feff}{table}").into_bytes()),
        ("wide", wide(&format!("\u{feff}{table}"))),
        ("latin", latin),
        ("crlf", table.replace('\n', "\r\n").into_bytes()),
        ("semicolons", apart(";").into_bytes()),
        ("tabs", apart("\t").into_bytes()),
        ("bars", apart("|").into_bytes()),
        ("excel", format!("sep=;\r\n{}", apart(";")).into_bytes()),
    ] {
        let folder = dossier(&[HOME]);
        // The name says nothing, and the content all.
        write(&folder, "aktor.txt", bytes);
        let ran = import(&folder, &["aktor.txt", "--write"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        let made = read(&folder, "content/actors/cafe-ole.md");
        assert_eq!(made, "---\ntitle: Café, Olé\nsummary: Satu\ncountry: ID\n---\n", "{name}");
        assert_eq!(ran.out.contains("Windows-1252"), name == "latin", "{name}");
    }
}

#[test]
fn what_check_refuses_is_never_written() {
    let table = "title,date,by,sources,about,status,quantities\n\
        No source,2023,NIS,,,,\n\
        Odd date,soon,NIS,Reuters,,,\n\
        Two dates,03/06/2024,NIS,Reuters,,,\n\
        Nobody,2023,NIS,Reuters,nobody-known,,\n\
        Odd status,2023,NIS,Reuters,,perhaps-so,\n\
        Number,2023,NIS,Reuters,,,1.500 kontainer\n\
        ,2023,NIS,Reuters,,,\n";
    let events = "title,date\nUndated,\nDated,2023\n";
    let folder = dossier(&[HOME, ("claims.csv", table), ("events.csv", events)]);
    let ran = import(&folder, &["claims.csv", "events.csv", "--write"]);
    for line in [
        "row 2: “No source”: it becomes a draft: ",
        "row 3, column B “date”: “soon”: `soon` is not a date",
        "row 4, column B “date”: “03/06/2024”: it may be `2024-06-03` (3 June 2024), or `2024-03-06` (6 March 2024)\n",
        "row 5, column E “about”: “nobody-known”: nothing is called `nobody-known`",
        "row 6, column F “status”: “perhaps-so”: ",
        "row 7, column G “quantities”: “1.500 kontainer”: it may be `{value: 1500, unit: kontainer}`, or ",
        "row 8: “2023”: it has no title and no id\n",
        "row 2: “Undated”: `date` is missing",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert!(read(&folder, "content/claims/no-source.md").contains("\ndraft: true\n"));
    assert!(!folder.path().join("content/events/undated.md").exists());
    assert!(folder.path().join("content/events/dated.md").exists());
    let checked = run(folder.path(), &["check", "--format", "short"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn a_timeline_and_a_story_map_become_events_places_and_a_route() {
    let timeline = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
        2013,,,,,,,,,The ship,All of it,,,,,title,,\n\
        2013,9,23,,,,,,,The <b>ship</b> leaves,\"<p>It left <a href=\"\"https://a.example/x\"\">the port</a>.</p><p>Later &amp; more.</p>\",https://youtu.be/x,AP,The ship,,,Ships,\n\
        2013,11,,,2014,2,,,,It waits,,,,,,,,\n";
    let story = "Headline,Text,Location,Lat,Lon,Date\n\
        Departure,It left.,Batumi,41.65,41.63,2013-09-27\nStop,,Istanbul,41.01,28.97,\nEnd,It stayed.,Beirut,33.9,35.51,2013-11\n";
    let folder = dossier(&[HOME, ("a.csv", timeline), ("b.csv", story)]);
    let ran = import(&folder, &["a.csv", "b.csv", "--write"]);
    assert!(ran.out.starts_with("a.csv: a TimelineJS sheet\nb.csv: a StoryMapJS sheet\n"), "{}", ran.out);
    assert_eq!(
        read(&folder, "content/events/the-ship-leaves.md"),
        "---\ntitle: The ship leaves\ndate: 2013-09-23\n---\n\nIt left [the port](https://a.example/x).\n\nLater & more.\n\n\
         [The ship. AP](https://youtu.be/x)\n"
    );
    assert!(read(&folder, "content/events/it-waits.md").contains("\ndate: 2013-11/2014-02\n"));
    assert!(read(&folder, "content/events/departure.md").contains("\nplaces: batumi\n"));
    assert!(read(&folder, "content/places/istanbul.md").contains("\ncoordinates: [41.01, 28.97]\n"));
    let route = read(&folder, "content/routes/batumi-beirut.md");
    assert!(route.contains("  - {from: istanbul, to: beirut, mode: road, certainty: inferred}\n"), "{route}");
    for line in [
        "row 2: “The ship”: it is the first slide",
        "row 3, column Q “Group”: “Ships”: there is no key for it",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn what_is_no_table_or_too_large_is_refused_with_a_word() {
    let long = "title,country\n".to_owned() + &"a,ID\n".repeat(50_000);
    let wide = format!("title{}\na\n", ",country".repeat(400));
    let folder = dossier(&[
        HOME,
        ("long.csv", &long),
        ("wide.csv", &wide),
        ("empty.csv", ""),
        ("odd.csv", "a,b\n1,2\n"),
    ]);
    for (name, words) in [
        ("long.csv", "more than 50000 rows; divide it"),
        ("wide.csv", "more than 400 columns"),
        ("odd.csv", "no row of it names its columns"),
        ("gone.csv", "cannot read `gone.csv`"),
    ] {
        import(&folder, &[name, "--write"]).refuses(words);
    }
    write(&folder, "bytes.csv", b"title,by\n\x00\x01\x02,x\n");
    assert_eq!(import(&folder, &["bytes.csv", "--write"]).code, 2);
    // Of several files, one that cannot be read holds all of them back.
    write(&folder, "actors.csv", "title,country\nA,ID\n");
    import(&folder, &["actors.csv", "odd.csv", "--write"]).refuses("`odd.csv`");
    assert!(!folder.path().join("content/actors").exists());
}

#[test]
fn a_cell_is_never_more_than_words() {
    let table = "title,summary,aliases,country\n\
        \"%% hidden %% <script>alert(1)</script>\",\"---\ntitle: other\",\"[[x]]; # a\",ID\n=1+1,\"'=2+2\",\"a: b\",ID\n";
    let folder = dossier(&[HOME, ("actors.csv", table)]);
    assert_eq!(import(&folder, &["actors.csv", "--write"]).code, 0);
    let files = std::fs::read_dir(folder.path().join("content/actors")).unwrap().count();
    assert_eq!(files, 2);
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

/// What a dossier can say that its tables can hold: not where a list is one value with a semicolon in it.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé\"'=+@#:, -]{0,12}[a-z]".prop_map(|words| words.trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Out, in and out again: the same bytes.
    #[test]
    fn our_own_tables_come_back_as_they_went(
        titles in proptest::collection::vec((words(), words(), words()), 3),
        alias in proptest::collection::vec(words(), 0..3),
        cargo in words(),
        (value, unit) in (0.0..1e6f64, "[a-z]{1,8}"),
    ) {
        let quoted = |words: &str| serde_json::Value::from(words).to_string();
        let [(a, b, c), (d, e, f), (g, h, i)] = &titles[..] else { unreachable!() };
        let aliases: Vec<String> = alias.iter().map(|alias| quoted(alias)).collect();
        let value = (value * 100.0).round() / 100.0;
        let files = [
            ("dossier.toml", "languages = [\"id\", \"en\"]\nbase_url = \"https://example.org/\"\n".to_owned()),
            ("content/article.md", format!("---\ntitle: {}\nsummary: {}\n---\n", quoted(a), quoted(b))),
            ("content/actors/one.md", format!("---\ntitle: {}\ntype: agency\ncountry: ID\naliases: [{}]\n---\n", quoted(c), aliases.join(", "))),
            ("content/actors/one.en.md", format!("---\ntitle: {}\nsummary: {}\n---\n", quoted(d), quoted(e))),
            ("content/actors/two.md", format!("---\ntitle: {}\npart_of: {{actor: one, role: {}, from: 2020}}\n---\n", quoted(f), quoted(g))),
            ("content/sources/s.md", format!("---\ntitle: {}\nauthors: [{}]\npublisher: one\npublished: 2023-10\nurl: \"https://e.org/a?b=c;d\"\n---\n", quoted(h), quoted(i))),
            ("content/claims/x.md", format!("---\ntitle: {}\nby: [one, two]\ndate: 2023-10-13\nquantities: [{{value: {value}, comparator: about, unit: {unit}}}, {{value: {{from: 1, to: 2.5}}}}]\nsources: [{{source: s, locator: p. 4}}]\nhistory: [{{date: 2023-11, status: reported, why: {}}}]\n---\n", quoted(a), quoted(b))),
            ("content/claims/y.md", format!("---\ntitle: {}\nby: two\ndate: 2023-10-14\nsources: s\ndenies: x\n---\n", quoted(b))),
            ("content/places/p.md", format!("---\ntitle: {}\ncoordinates: [-42.25, 130.5]\n---\n", quoted(c))),
            ("content/places/q.md", format!("---\ntitle: {}\nwithin: p\n---\n", quoted(d))),
            ("content/routes/r.md", format!("---\ntitle: {}\nlegs:\n  - {{from: p, to: q, mode: sea, departed: 2013-09, cargo: {}, claims: [x, y]}}\n  - {{from: q, to: p, mode: air}}\n---\n", quoted(e), quoted(&cargo))),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let first = dossier(&files);
        let built = run(first.path(), &["build", "-q"]);
        prop_assert_eq!(built.code, 0, "{}{}", built.out, built.err);
        let second = dossier(&files[..1]);
        let tables: Vec<String> = std::fs::read_dir(first.path().join("public/evidence")).unwrap()
            .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
            .filter(|path| path.ends_with(".csv"))
            .collect();
        let arguments: Vec<&str> = tables.iter().map(String::as_str).chain(["--write"]).collect();
        let ran = import(&second, &arguments);
        prop_assert_eq!(ran.code, 0, "{}", ran.err);
        prop_assert!(!ran.out.contains("left out"), "{}", ran.out);
        let built = run(second.path(), &["build", "-q"]);
        prop_assert_eq!(built.code, 0, "{}{}", built.out, built.err);
        for table in &tables {
            let name = table.rsplit(['/', '\\']).next().unwrap();
            let read = |folder: &TempDir| read(folder, &format!("public/evidence/{name}"));
            prop_assert_eq!(read(&first), read(&second));
        }
    }
}
