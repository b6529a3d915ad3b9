//! The pages of the codes in `docs/rules/` say what `dossier explain` says, and the guide is a clean dossier.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::run;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The codes under each heading of `dossier explain`, each with its level.
fn codes() -> Vec<(String, Vec<(String, String)>)> {
    let listed = run(Path::new("."), &["explain"]).out;
    let mut parts: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in listed.lines() {
        match line.strip_prefix("  ") {
            Some(row) => {
                let (code, level) = row.split_once(' ').unwrap();
                parts.last_mut().unwrap().1.push((code.to_owned(), level.trim().to_owned()));
            }
            None if line.ends_with(':') => parts.push((line.trim_end_matches(':').to_owned(), Vec::new())),
            None => {}
        }
    }
    parts
}

/// The first sentence of a text, on one line.
fn first_sentence(text: &str) -> String {
    let words: Vec<&str> = text.split("\n\n").next().unwrap().split_whitespace().collect();
    let line = words.join(" ");
    let end = line.find(". ").map_or(line.len(), |at| at + 1);
    line[..end].trim_end_matches(':').replace('|', "\\|")
}

/// All generated pages, by their path in `docs/`.
fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut index =
        "# Rules\n\nEvery report has a code in brackets, such as `error[unresolved-reference]`. This page \
                     lists them all;\n`dossier explain CODE` prints the same in a terminal. \
                     [Configuration](configuration.md#rules) says how to change a level.\n"
            .to_owned();
    for (heading, codes) in codes() {
        index += &format!("\n## {}\n\n| code | level | what it reports |\n| --- | --- | --- |\n", heading);
        for (code, level) in codes {
            let explained = run(Path::new("."), &["explain", &code]).out;
            let (head, docs) = explained.split_once("\n\n").unwrap();
            let docs = docs.trim_end();
            let level_line = match head.contains("[rules]") {
                true => format!(
                    "Level: {level}, unless [`[rules]`](../configuration.md#rules) in `dossier.toml` says otherwise."
                ),
                false => format!("Level: {level}. It cannot be changed."),
            };
            index += &format!("| [`{code}`](rules/{code}.md) | {level} | {} |\n", first_sentence(docs));
            pages.insert(format!("rules/{code}.md"), format!("# {code}\n\n{level_line}\n\n{docs}\n"));
        }
    }
    pages.insert("rules.md".to_owned(), index);
    pages
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads and writes the guide")]
fn the_guide_has_a_page_for_each_code() {
    let pages = pages();
    assert!(pages.len() > 80);
    if std::env::var_os("UPDATE").is_some() {
        let _ = std::fs::remove_dir_all(docs().join("rules"));
        std::fs::create_dir_all(docs().join("rules")).unwrap();
        pages.iter().for_each(|(path, text)| std::fs::write(docs().join(path), text).unwrap());
    }
    for (path, text) in &pages {
        let written = std::fs::read_to_string(docs().join(path)).unwrap_or_default();
        assert!(written == *text, "docs/{path} is not what `dossier explain` says; UPDATE=1 writes it");
    }
    let written = std::fs::read_dir(docs().join("rules")).unwrap().count();
    assert_eq!(written, pages.len() - 1, "docs/rules has a page of no code");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test looks at what was built")]
fn the_guide_is_a_clean_dossier_with_a_search_for_its_rules() {
    let root = docs();
    let root = root.to_str().unwrap();
    let ran = run(Path::new("."), &["--root", root, "--format", "short", "check", "--deny", "warnings"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let built = run(Path::new("."), &["--root", root, "build", "-o", out.to_str().unwrap()]);
    assert_eq!((built.code, built.out.as_str()), (0, ""), "{}", built.err);
    let home = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(home.contains("<h1") && home.contains("href=\"writing.html\""), "{home}");
    let rule = std::fs::read_to_string(out.join("rules/single-source-corroboration.html")).unwrap();
    assert!(rule.contains("<title>single-source-corroboration"), "{rule}");
    assert!(rule.contains("configuration.html#rules"), "{rule}");
    assert!(out.join("evidence/search.html").exists());
    // Pages in folders are not in the menu; those at the top are, in the order of the home page.
    let menu: Vec<&str> = home.split("<footer").nth(1).unwrap().split("href=\"").skip(1).collect();
    let menu: Vec<&str> = menu.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(menu.starts_with(&["packages.html", "first-dossier.html", "getting-started.html"]), "{menu:?}");
    assert!(!menu.contains(&"rules/single-source-corroboration.html"), "{menu:?}");
}
