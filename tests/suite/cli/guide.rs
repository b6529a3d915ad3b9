//! The guide in `docs/` says what is so: its examples are clean, its tables complete, its links good.

use std::collections::BTreeSet;
use std::path::Path;

use dossier::data::de::fields_of;
use dossier::kinds::{Common, KindId};

use super::{example, read, run};

#[expect(clippy::disallowed_methods, reason = "a test reads the guide")]
fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The parts of `text` between backticks.
fn in_backticks(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn the_examples_fit_into_the_dossier_of_init() {
    let folder = example();
    let guide = page("writing.md");
    let mut kinds = BTreeSet::new();
    for block in guide.split("\n```md ").skip(1) {
        let (path, rest) = block.split_once('\n').unwrap();
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
fn every_key_and_kind_is_in_the_tables() {
    let guide = page("writing.md");
    let rows: String = guide.lines().filter(|line| line.starts_with("| `")).collect();
    let known = in_backticks(&rows);
    for key in fields_of::<Common>() {
        assert!(known.contains(key), "`{key}`");
    }
    for kind in KindId::ALL {
        assert!(guide.contains(&format!("\n## {}", capital(kind.name()))), "{}", kind.name());
        for key in kind.keys() {
            assert!(known.contains(key), "`{key}` of {}", kind.name());
        }
    }
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

#[test]
fn links_within_the_guide_lead_somewhere() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let names = [
        "README.md",
        "getting-started.md",
        "writing.md",
        "evidence.md",
        "markdown.md",
        "maps.md",
        "commands.md",
        "configuration.md",
        "publishing.md",
        "data.md",
    ];
    for name in names {
        let text = page(name);
        let mut prose = String::new();
        for (at, part) in text.split("```").enumerate() {
            if at % 2 == 0 {
                prose += part;
            }
        }
        // What stands between single backticks is an example.
        let prose: String = prose.split('`').step_by(2).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { name } else { file };
            assert!(top.join(target).is_file(), "{name}: {link}");
            let slugs: Vec<String> = page(target)
                .lines()
                .filter_map(|line| line.strip_prefix('#'))
                .map(|line| dossier::base::id::slug(line.trim_start_matches('#').trim()))
                .collect();
            assert!(fragment.is_empty() || slugs.iter().any(|slug| slug == fragment), "{name}: {link}");
        }
    }
}
