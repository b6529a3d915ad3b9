//! A program without its optional parts: what it says, and that its site is whole.
#![expect(clippy::disallowed_methods, reason = "the tests read what is built")]

use std::path::Path;

use percent_encoding::percent_decode_str;

use super::{dossier, run, run_as_it_is};

const NOTE: &str = "note: this program was built without `bibliography` and `cards`, so sites lack them\n";

/// Every address of this site that a page links to, loads or names, with the path of the page.
fn addresses(site: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let files = walkdir::WalkDir::new(site).into_iter().map(|entry| entry.unwrap().into_path());
    for file in files.filter(|file| file.extension().is_some_and(|end| end == "html")) {
        let html = std::fs::read_to_string(&file).unwrap();
        // It is shown at any address, so its links begin at the host.
        if file.ends_with("404.html") {
            continue;
        }
        let name = file.strip_prefix(site).unwrap().to_string_lossy().replace('\\', "/");
        for start in ["href=\"", "src=\""] {
            let values = html.split(start).skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next());
            let own = values.filter(|value| !value.is_empty() && !value.contains(':'));
            found.extend(own.map(|value| (name.clone(), value.to_owned())));
        }
    }
    found
}

#[test]
fn the_shipped_dossier_is_a_whole_site_and_one_note_says_what_it_lacks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = site.to_str().unwrap();
    let ran = run_as_it_is(root, &["build", "--output", output]);
    assert_eq!((ran.code, ran.err.matches("built without").count()), (0, 1), "{}", ran.err);
    assert!(ran.err.starts_with(NOTE), "{}", ran.err);
    let links = addresses(&site);
    assert!(links.len() > 1000, "{}", links.len());
    let lost: Vec<_> = links
        .iter()
        .filter(|(page, to)| {
            let from = site.join(page);
            let to = percent_decode_str(to).decode_utf8().unwrap();
            let target = from.parent().unwrap().join(&*to);
            !(target.is_file() || target.join("index.html").is_file())
        })
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    let index = std::fs::read_to_string(site.join("index.html")).unwrap();
    for lacking in ["og:image", "apple-touch-icon", ".ico", "bibliography"] {
        assert!(!index.contains(lacking), "{lacking}");
    }
    assert!(!site.join("evidence/bibliography").exists() && !site.join("assets/cards").exists());
}

#[test]
fn the_note_is_said_by_what_makes_or_checks_a_site_and_not_when_asked_to_be_quiet() {
    let folder = dossier(&[("content/article.md", "---\ntitle: A\n---\nWords.\n")]);
    let says = |arguments: &[&str]| run_as_it_is(folder.path(), arguments).err.contains("built without");
    assert!(says(&["check"]) && says(&["build"]));
    assert!(!says(&["check", "--quiet"]) && !says(&["explain"]));
}

#[test]
fn what_is_not_there_says_how_to_have_it() {
    let link = "---\ntitle: A\n---\n[There](https://example.org/).\n";
    let web = "title = \"T\"\n[publish.web]\nservice = \"webdav\"\nendpoint = \"https://a.example/\"\n";
    let folder = dossier(&[("content/article.md", link), ("dossier.toml", web)]);
    run(folder.path(), &["check", "--external"]).refuses("--features links");
    run(folder.path(), &["publish", "--base-url", "https://a.example/"]).refuses("--features stores");
    std::fs::write(folder.path().join("a.xlsx"), b"PK\x03\x04 xl/workbook.xml").unwrap();
    run(folder.path(), &["import", "a.xlsx"]).refuses("--features spreadsheets");
    run(folder.path(), &["verify", "http://127.0.0.1:1/"]).refuses("--features stores");
}
