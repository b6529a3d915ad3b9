//! The guide in `docs/` says what is so: its examples are clean, and its tables complete. `rule_pages` checks its
//! links.

use std::collections::BTreeSet;
use std::path::Path;

use dossier::kinds::keys::{Key, Presence, Shape, Table};
use dossier::kinds::{Common, KindId};

use super::{example, read, run};

#[expect(clippy::disallowed_methods, reason = "a test reads the guide")]
fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test writes the guide")]
fn write_page(name: &str, text: &str) {
    std::fs::write(format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR")), text).unwrap();
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn the_examples_fit_into_the_dossier_of_init() {
    let folder = example();
    let guide = page("writing.md");
    let mut kinds = BTreeSet::new();
    for block in guide.split("\n`content/").skip(1) {
        let (path, rest) = block.split_once("`:\n\n```md\n").unwrap();
        let path = format!("content/{path}");
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        kinds.insert(path.parent().unwrap().file_name().unwrap().to_owned());
        std::fs::write(path, rest.split("\n```\n").next().unwrap().to_owned() + "\n").unwrap();
    }
    assert_eq!(kinds.len(), KindId::ALL.len());
    // Some examples speak of each other, and of the example's own files: none may be left alone.
    let ran = run(folder.path(), &["check", "--format", "short", "--deny", "warnings"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", read(&folder, "dossier.toml"));
}

#[test]
fn the_tables_of_keys_are_those_of_the_kinds() {
    let guide = page("writing.md");
    let mut written = guide.clone();
    for kind in KindId::ALL {
        assert!(guide.contains(&format!("\n## {}", capital(kind.name()))), "{}", kind.name());
        written = with_table(&written, kind.name(), rows(kind.own_keys(), Some(*kind), ""));
    }
    written = with_table(&written, "every kind", rows(Common::KEYS, None, ""));
    if std::env::var_os("UPDATE").is_some() {
        write_page("writing.md", &written);
    }
    assert!(written == guide, "a table is not that of its kind; UPDATE=1 writes it");
}

/// The guide with these rows in the table between the marks of `name`.
fn with_table(guide: &str, name: &str, rows: String) -> String {
    let start = format!("<!-- keys of {name}: made from `src/kinds` -->\n");
    let (before, rest) = guide.split_once(&start).unwrap_or_else(|| panic!("no keys of {name}"));
    let (_, after) = rest.split_once("<!-- end of keys -->").unwrap();
    format!(
        "{before}{start}\n| key | value | what it says |\n| --- | --- | --- |\n{rows}\n<!-- end of keys -->{after}"
    )
}

/// A row for each key, and behind it one for each key of its record.
fn rows(keys: &[Key], kind: Option<KindId>, of: &str) -> String {
    let mut rows = String::new();
    for key in keys {
        let is_required = match kind {
            Some(kind) => kind.requires(key),
            None => key.name == "title" || key.presence == Presence::Required,
        };
        let required = if is_required { ", required" } else { "" };
        rows += &format!("| `{}`{of} | {}{required} | {} |\n", key.name, value(key, key.shape), key.about());
        let record = match key.shape {
            Shape::List(shape) => *shape,
            shape => shape,
        };
        if let Shape::Record(keys) | Shape::Either(_, &Shape::Record(keys)) = record {
            rows += &self::rows(keys, None, &format!(" in `{}`", key.name));
        }
    }
    rows
}

fn value(key: &Key, shape: Shape) -> String {
    match shape {
        Shape::Words => "text".to_owned(),
        Shape::Text => "text by language".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Whole => "whole number".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Ref => format!("reference{}", leads_to(key)),
        Shape::FormerId => "id".to_owned(),
        Shape::OneOf([words @ .., last]) if words.len() < 15 => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", words.join(", "))
        }
        Shape::OneOf(_) => "word".to_owned(),
        Shape::Country => "two letters".to_owned(),
        Shape::Language => "language tag".to_owned(),
        Shape::Url => "address".to_owned(),
        Shape::Point => "`[latitude, longitude]`".to_owned(),
        Shape::Path => "points, or a file".to_owned(),
        Shape::List(Shape::Ref) => format!("references{}", leads_to(key)),
        Shape::List(Shape::Record(_)) => "list".to_owned(),
        Shape::List(Shape::Url) => "list of addresses".to_owned(),
        Shape::List(item) => format!("list of {}s", value(key, *item)),
        Shape::Record(keys) => {
            let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
            names.join(", ")
        }
        Shape::Either(Shape::Ref, _) => "citation".to_owned(),
        Shape::Either(one, other) => format!("{}, or {}", value(key, *one), value(key, *other)),
    }
}

fn leads_to(key: &Key) -> String {
    let folders: Vec<&str> = key.role.unwrap().leads_to().iter().map(|kind| kind.spec().folder).collect();
    if folders.is_empty() { String::new() } else { format!(" to {}", folders.join(" or ")) }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[test]
fn every_command_and_flag_is_explained() {
    let guide = page("commands.md");
    let folder = example();
    let help = run(folder.path(), &["--help"]).out;
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() >= 10, "{commands:?}");
    for command in commands {
        let heading = format!("\n## dossier {command}");
        let section = guide.split_once(&heading).map(|(_, rest)| rest.split("\n## ").next().unwrap());
        let section = section.unwrap_or_else(|| panic!("`{command}` is missing"));
        let help = run(folder.path(), &[command, "--help"]).out;
        let (own, global) = help.split_once("Global options:").unwrap();
        for (flags, text) in [(own, section), (global, guide.as_str())] {
            for flag in flags.split_whitespace().filter(|word| word.starts_with("--") && *word != "--help") {
                let flag = flag.trim_end_matches(',').split('[').next().unwrap();
                assert!(text.contains(flag), "`{flag}` of `{command}` is missing");
            }
        }
    }
}

/// The lines of the code blocks that are in no language.
fn blocks(page: &str) -> Vec<&str> {
    let mut open: Option<&str> = None;
    let mut lines = Vec::new();
    for line in page.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(language), None) => open = Some(language),
            (Some(_), Some(_)) => open = None,
            (None, Some("")) => lines.push(line),
            (None, _) => {}
        }
    }
    lines
}

#[test]
fn the_commands_shown_are_understood() {
    for name in [
        "README.md",
        "getting-started.md",
        "writing.md",
        "evidence.md",
        "maps.md",
        "commands.md",
        "configuration.md",
        "publishing.md",
        "data.md",
    ] {
        for line in blocks(&page(name)).iter().filter(|line| line.starts_with("dossier ")) {
            // Every second part stands between quotation marks.
            let parts = line.split('"').enumerate();
            let words = parts.flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect::<Vec<&str>>(),
                _ => vec![part],
            });
            let mut words: Vec<&str> = words.skip(1).take_while(|word| *word != ">").collect();
            // The help of the same command understands every flag, and does nothing.
            words.push("--help");
            let ran = run(Path::new("."), &words);
            assert_eq!(ran.code, 0, "{name}: {line}\n{}", ran.err);
        }
    }
}
