//! `dossier import` of the libraries of reference managers: CSL-JSON, BibTeX and RIS become sources.
#![expect(clippy::disallowed_methods, reason = "the tests make the files that are imported")]

use proptest::prelude::*;
use tempfile::TempDir;

use super::{Ran, dossier, read, run};

const SETTINGS: (&str, &str) =
    ("dossier.toml", "languages = [\"en\"]\nbase_url = \"https://example.org/\"\n");

/// As Zotero exports it.
const CSL: &str = r#"[
  {"id": "http://zotero.org/users/12/items/ABCD", "citation-key": "Healy2023", "type": "article-newspaper",
   "title": "The <i>long</i> road", "container-title": "Ibar Gazette", "URL": "https://gazette.example/1",
   "abstract": "What they\nsaw.", "language": "en-GB", "note": "mine", "page": "3",
   "author": [{"family": "Healy", "given": "Nuala"}, {"family": "Berg", "given": "A.", "non-dropping-particle": "van der"}, {"literal": "Ibar Desk"}],
   "issued": {"date-parts": [["2023", 10, "13"]]}, "accessed": {"date-parts": [[2023, 11, 2]]}},
  {"id": "min2020", "type": "report", "title": "Yearbook", "publisher": "Ministry", "DOI": "10.1000/xyz", "issued": {"date-parts": [[2020, 5]]}},
  {"id": "noTitle", "type": "book"},
  {"id": "min2020", "type": "book", "title": "Twice"}
]"#;

const BIBTEX: &str = r#"% Encoding: UTF-8
@string{gazette = "Ibar Gazette"}
@article{Healy2023,
  title = {The {Long} Road --- G{\"o}del \& Others},
  author = {Nuala Healy and van der Berg, A. and {Ibar Desk}},
  journal = gazette, year = 2023, month = oct, pages = {3--4},
  url = {https://gazette.example/a--b_c},
  file = {Full text:/home/nuala/SECRET/long.pdf:application/pdf},
}
@techreport{min2020, title = {Yearbook}, institution = {Ministry}, date = {2020-05-01}, langid = {ngerman}, keywords = {SECRET?}}
@book{broken, title = {x
@misc{last, title = {Last}}
"#;

const RIS: &str = "TY  - NEWS\r\nTI  - The long road\r\nAU  - Healy, Nuala\r\nAU  - Ibar Desk\r\nT2  - Ibar Gazette\r\nDA  - 2023/10/13/\r\n\
    Y2  - 2023/11/02\r\nUR  - https://gazette.example/1\r\nAB  - What they\r\nsaw.\r\nL1  - file:///home/nuala/SECRET/long.pdf\r\nSP  - 3\r\nER  - \r\n\
    TY  - RPRT\r\nTI  - Yearbook\r\nPB  - Ministry\r\nPY  - 2020\r\nER  - \r\n";

fn import(folder: &TempDir, arguments: &[&str]) -> Ran {
    run(folder.path(), &[&["import"], arguments].concat())
}

fn write(folder: &TempDir, path: &str, content: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(path), content).unwrap();
}

#[test]
fn a_library_of_zotero_becomes_sources_with_its_keys_as_ids() {
    // The name says nothing, and the content all.
    let folder = dossier(&[SETTINGS, ("library.txt", CSL)]);
    let ran = import(&folder, &["library.txt", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("library.txt: a CSL-JSON library\n"), "{}", ran.out);
    assert_eq!(
        read(&folder, "content/sources/healy2023.md"),
        "---\ntitle: The long road\nsummary: What they saw.\ntype: article-newspaper\n\
         authors: [\"Healy, Nuala\", \"van der Berg, A.\", Ibar Desk]\npublisher: ibar-gazette\npublished: 2023-10-13\n\
         language: en-GB\nurl: https://gazette.example/1\naccessed: 2023-11-02\n---\n"
    );
    let report = read(&folder, "content/sources/min2020.md");
    assert!(report.contains("\nurl: https://doi.org/10.1000/xyz\n"), "{report}");
    assert!(report.contains("\npublished: 2020-05\n"), "{report}");
    for line in [
        "item 3: “noTitle”: it has no title\n",
        "item 4: “min2020”: another entry of the file has the same key\n",
        "“note (1), page (1)”: a source has no key for these fields\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(run(folder.path(), &["check", "-q"]).code, 0);
}

#[test]
fn bibtex_is_read_as_tex_reads_it_and_no_path_of_a_disk_comes_along() {
    let folder = dossier(&[SETTINGS, ("library", BIBTEX)]);
    let ran = import(&folder, &["library", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let article = read(&folder, "content/sources/healy2023.md");
    for line in [
        "title: The Long Road — Gödel & Others\n",
        "type: article-journal\n",
        "authors: [\"Healy, Nuala\", \"van der Berg, A.\", Ibar Desk]\n",
        "publisher: ibar-gazette\n",
        "published: 2023-10\n",
        "url: https://gazette.example/a--b_c\n",
    ] {
        assert!(article.contains(line), "{line}\n{article}");
    }
    let report = read(&folder, "content/sources/min2020.md");
    assert!(report.contains("\npublished: 2020-05-01\nlanguage: de\n"), "{report}");
    assert!(folder.path().join("content/sources/last.md").exists());
    for line in [
        "“file (1)”: where files are on your disk stays with you\n",
        "line 11: “@book{broken, title = {x”: this entry is not well-formed\n",
        "keywords (1), pages (1)",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    for entry in walkdir::WalkDir::new(folder.path().join("content")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(!text.contains("SECRET"), "{text}");
        }
    }
}

#[test]
fn ris_gives_the_same_sources() {
    let folder = dossier(&[SETTINGS, ("a.ris", RIS)]);
    let ran = import(&folder, &["a.ris", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        read(&folder, "content/sources/the-long-road.md"),
        "---\ntitle: The long road\nsummary: What they saw.\ntype: article-newspaper\n\
         authors: [\"Healy, Nuala\", Ibar Desk]\npublisher: ibar-gazette\npublished: 2023-10-13\n\
         url: https://gazette.example/1\naccessed: 2023-11-02\n---\n"
    );
    assert!(ran.out.contains("“L1 (1)”: where files are on your disk stays with you"), "{}", ran.out);
    assert!(ran.out.contains("“SP (1)”: a source has no key"), "{}", ran.out);
    let again = import(&folder, &["a.ris", "--write"]);
    assert_eq!(again.err, "there is nothing new to write\n", "{}", again.out);
}

#[test]
fn a_library_that_changes_is_kept_in_step() {
    let folder = dossier(&[
        SETTINGS,
        // An article linked to this page before the library was imported: it is the same source.
        (
            "content/sources/gazette.md",
            "---\ntitle: gazette.example/1\nurl: https://gazette.example/1\n---\n",
        ),
        ("library.json", CSL),
    ]);
    let ran = import(&folder, &["library.json", "--write"]);
    assert!(!folder.path().join("content/sources/healy2023.md").exists(), "{}", ran.out);
    let mine = read(&folder, "content/sources/min2020.md").replace("title: Yearbook", "title: The yearbook");
    write(&folder, "content/sources/min2020.md", &mine);
    let later = CSL
        .replace("[[2020, 5]]", "[[2020, 6]]")
        .replace("\n]", ",\n{\"id\": \"new\", \"type\": \"book\", \"title\": \"New\"}]");
    write(&folder, "library.json", later);
    let ran = import(&folder, &["library.json", "--write"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("“Yearbook”: published"), "{}", ran.out);
    assert_eq!(read(&folder, "content/sources/min2020.md"), mine.replace("2020-05", "2020-06"));
    assert!(folder.path().join("content/sources/new.md").exists());
    let ran = import(&folder, &["library.json"]);
    assert!(ran.out.contains("changed by you since, and kept (1):\n"), "{}", ran.out);
}

#[test]
fn a_library_that_is_cut_or_mislabelled_is_refused_with_a_word() {
    let many = format!("[{}{{}}]", "{\"id\": \"a\", \"type\": \"book\"},".repeat(50_001));
    let cut = &BIBTEX[..BIBTEX.len() - 30];
    let folder = dossier(&[
        SETTINGS,
        ("many.json", &many),
        ("cut.json", &CSL[..300]),
        ("cut.bib", cut),
        ("empty.bib", ""),
    ]);
    for (name, words) in [
        ("many.json", "more than 50000 things; divide it"),
        ("cut.json", "it is cut off or damaged"),
        ("cut.bib", "it is cut off or damaged in line 11"),
        ("empty.bib", "there is no text in it"),
    ] {
        import(&folder, &[name, "--write"]).refuses(words);
    }
    // A name that promises another format changes nothing.
    write(&folder, "library.csv", BIBTEX);
    assert_eq!(import(&folder, &["library.csv", "--write"]).code, 0);
    assert!(folder.path().join("content/sources/min2020.md").exists());
    // Neither do letters in an old encoding.
    let latin: Vec<u8> = "@misc{latin, title = {Café}}\n".chars().map(|c| c as u8).collect();
    write(&folder, "latin.bib", latin);
    let ran = import(&folder, &["latin.bib", "--write"]);
    assert!(ran.out.contains("read as Windows-1252"), "{}", ran.out);
    assert!(read(&folder, "content/sources/latin.md").contains("title: Café\n"));
}

/// Words as titles and names have them, with what TeX reads as something else.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zé]{1,6}( [A-Za-z0-9é&%$#_{}~^'`-]{1,6}){0,3}".prop_map(|words| words.trim().replace("%%", "%"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// Out, in and out again: the same bytes, from the file of each format.
    #[test]
    fn our_own_bibliographies_come_back_as_they_went(
        texts in proptest::collection::vec(words(), 6),
        (sort, date) in (0..5_usize, 0..6_usize),
    ) {
        let quoted = |words: &str| serde_json::Value::from(words).to_string();
        let sort = ["article-journal", "book", "report", "speech", "document"][sort];
        let date = ["2023", "2023-10", "2023-10-13", "2023-10~", "2023/2024-02", "2023-21"][date];
        let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        let [a, b, c, d, e, f] = &texts[..] else { unreachable!() };
        let files = [
            SETTINGS.0.to_owned() + "\0" + SETTINGS.1,
            format!("content/actors/one.md\0---\ntitle: {a}\n---\n"),
            format!("content/sources/one-s.md\0---\ntitle: {b}\nsummary: {f}\ntype: {sort}\nauthors: [{c}, \"Berg, A. van der\", \"Stewart, Thomas W., Jr.\", \"Siti Rahayu, S.H., M.H.\"]\npublisher: one\npublished: {date}\nlanguage: id\nurl: \"https://e.org/a?b=c&d=e--f_g%20h\"\narchive: https://web.archive.org/web/1/https://e.org/\naccessed: 2024-01-02\n---\n"),
            format!("content/sources/two.md\0---\ntitle: {d}\npublisher: one\n---\n"),
            format!("content/sources/three.md\0---\ntitle: {e}\ntype: {sort}\n---\n"),
        ];
        let files: Vec<(&str, &str)> = files.iter().filter_map(|file| file.split_once('\0')).collect();
        let first = dossier(&files);
        let built = run(first.path(), &["build", "-q"]);
        prop_assert_eq!(built.code, 0, "{}{}", built.out, built.err);
        for name in ["sources.csl.json", "sources.bib"] {
            let second = dossier(&files[..1]);
            let path = first.path().join("public/evidence").join(name);
            let ran = import(&second, &[path.to_str().unwrap(), "--write"]);
            prop_assert_eq!(ran.code, 0, "{}", ran.err);
            prop_assert!(!ran.out.contains("left out"), "{}", ran.out);
            let built = run(second.path(), &["build", "-q"]);
            prop_assert_eq!(built.code, 0, "{}{}", built.out, built.err);
            let written = |folder: &TempDir| read(folder, &format!("public/evidence/{name}"));
            prop_assert_eq!(written(&first), written(&second), "{}", name);
        }
    }
}
