//! One term for one thing: the words of the theme and the texts of the shipped dossier have none of the variants that
//! the list of terms in the theme's README rules out.
#![expect(clippy::disallowed_methods, reason = "a test reads the theme and the shipped dossier")]

use std::path::Path;

const TOP: &str = env!("CARGO_MANIFEST_DIR");

/// The variants of a language, from a column of the list of terms.
fn variants(column: usize) -> Vec<String> {
    let guide = std::fs::read_to_string(format!("{TOP}/docs/themes.md")).unwrap();
    let (_, list) = guide.split_once("## One term for one thing").expect("the guide has a list of terms");
    let rows = list.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let rows: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    let cells = rows.iter().map(|row| row.split('|').nth(column + 1).expect("every row has all columns"));
    let variants = cells.flat_map(|cell| cell.split(',')).map(|variant| variant.trim().to_lowercase());
    variants.filter(|variant| !variant.is_empty()).collect()
}

/// The lines of a text that have a variant at the beginning of a word.
fn wrong(name: &str, text: &str, variants: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        // The name of a key, a file or an address is no word.
        let words = line.split_once(" = ").map_or(line, |(_, words)| words).to_lowercase();
        for variant in variants {
            let begins = |(at, _): (usize, &str)| {
                words[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"/-#_.".contains(c))
            };
            if words.match_indices(variant.as_str()).any(begins) {
                found.push(format!("{name}:{}: `{variant}`: {line}", number + 1));
            }
        }
    }
    found
}

#[test]
fn no_text_has_another_word_for_a_thing() {
    let (english, indonesian) = (variants(3), variants(4));
    assert!(english.len() > 8 && indonesian.len() > 8, "the list of terms is read");
    let mut found = Vec::new();
    for (lang, variants) in [("en", &english), ("id", &indonesian)] {
        let name = format!("themes/default/strings/{lang}.toml");
        found.extend(wrong(&name, &std::fs::read_to_string(format!("{TOP}/{name}")).unwrap(), variants));
    }
    for entry in walkdir::WalkDir::new(Path::new(TOP).join("content")).sort_by_file_name() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            let variants = if name.ends_with(".en.md") { &english } else { &indonesian };
            // What comes before the text is data, but for the title and the summary.
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let (front, body) = text.trim_start_matches("---").split_once("\n---").unwrap();
            let said = front.lines().filter(|line| line.starts_with("title") || line.starts_with("summary"));
            let said: Vec<&str> = said.collect();
            found.extend(wrong(&name, &said.join("\n"), variants));
            found.extend(wrong(&name, body, variants));
        }
    }
    assert!(found.is_empty(), "{} lines have another word for a thing:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_variant_is_found_where_a_word_begins() {
    let variants = ["jalur".to_owned()];
    assert_eq!(wrong("x", "Jalurnya tidak diketahui.", &variants).len(), 1);
    assert!(wrong("x", "ejalur, [rute](../routes/jalur.md)", &variants).is_empty());
    assert!(wrong("x", "jalur = \"rute\"", &variants).is_empty());
}
