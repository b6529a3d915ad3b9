//! `documents = true`: a folder of plain Markdown files as a site.

use tempfile::TempDir;

use super::run;

/// A folder with these files, whose settings make its texts pages.
#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn documents(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = "documents = true\n[rules]\narticle-without-date = \"off\"\norphan-entity = \"off\"\n";
    for (path, text) in [("dossier.toml", settings)].iter().chain(files) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test looks at what was built")]
fn page(folder: &TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join("public").join(path)).unwrap()
}

#[test]
fn titles_are_headings_and_links_are_those_of_github() {
    let folder = documents(&[
        (
            "README.md",
            "# How we work\n\nRead [citing](cite.md#pages) and [terms](words/terms.md) and [words](words/).\n",
        ),
        ("cite.md", "# How to cite\n\n## Pages\n\nBack [home](README.md). ![A bar](bar.svg)\n"),
        ("words/terms.md", "# Terms\n\n```yaml\n---\ntitle: x\n---\n```\n\nSee [citing](../cite.md).\n"),
        ("words/README.md", "# Words\n\n[Terms](terms.md), [cites](cite.md), [home](../README.md).\n"),
        ("words/cite.md", "# Cites\n\nAnother of this name; see [all](./) and [words](../words).\n"),
        (
            "bar.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>",
        ),
    ]);
    // What a build writes is no document.
    for _ in 0..2 {
        let checked = run(folder.path(), &["check", "--deny", "warnings", "--format", "short"]);
        assert_eq!((checked.code, checked.out.as_str()), (0, ""));
        assert_eq!(run(folder.path(), &["build"]).code, 0);
    }
    let home = page(&folder, "index.html");
    assert!(home.contains("How we work</h1>") && home.contains("href=\"cite.html#pages\""), "{home}");
    let cite = page(&folder, "cite.html");
    assert_eq!(cite.matches("How to cite</h1>").count(), 1, "{cite}");
    assert!(cite.contains("src=\"bar.svg\""), "{cite}");
    assert!(
        home.contains("href=\"words/terms.html\"") && home.contains("href=\"words/index.html\""),
        "{home}"
    );
    let terms = page(&folder, "words/terms.html");
    assert!(terms.contains("href=\"../cite.html\""), "{terms}");
    assert!(!home.split("<footer").nth(1).unwrap().contains("terms.html"), "{home}");
    let words = page(&folder, "words/index.html");
    assert!(
        words.contains("href=\"../words/cite.html\"") && words.contains("href=\"../index.html\""),
        "{words}"
    );
    let cites = page(&folder, "words/cite.html");
    for words in ["all", "words"] {
        assert!(cites.contains(&format!("href=\"../words/index.html\">{words}</a>")), "{cites}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_reported_and_a_title_is_needed() {
    let folder =
        documents(&[("README.md", "# Home\n\n[a](gone.md) [b](../out.md)\n"), ("plain.md", "Words.\n")]);
    let out = run(folder.path(), &["check", "--format", "short"]).out;
    for (place, code) in [
        ("README.md:3:5: ", "unresolved-reference"),
        ("README.md:3:18: ", "missing-asset"),
        ("plain.md:1:1: ", "missing-field"),
    ] {
        let found = out.lines().any(|line| line.starts_with(place) && line.contains(code));
        assert!(found, "{place}{code}\n{out}");
    }
}

#[test]
fn without_the_setting_texts_beside_it_are_not_read() {
    let folder = super::dossier(&[]);
    let before = run(folder.path(), &["check", "--verbose"]);
    let at = folder.path().join("README.md");
    #[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
    std::fs::write(at, "# Home\n\n[a](gone.md)\n").unwrap();
    assert_eq!(run(folder.path(), &["check", "--verbose"]).out, before.out);
}
