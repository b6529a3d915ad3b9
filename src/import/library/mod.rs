//! Libraries of reference managers → sources: CSL-JSON, BibTeX and BibLaTeX, RIS. Each is read into [`Work`]s, which
//! alone become items.

mod bibtex;
mod csl;
mod ris;
mod tex;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::brought::{At, Brought, Fact, Item, Remark, counted};
use super::door;
use crate::base::person;
use crate::data::write::Given;
use crate::ide::Refusal;
use crate::kinds::KindId;
use crate::kinds::words::SourceType;

/// A work as a library has it.
#[derive(Debug, Default)]
struct Work {
    /// What it is cited by; by this it is found again.
    key: String,
    /// Whether the key may be an id.
    is_citation_key: bool,
    sort: Option<&'static str>,
    title: String,
    authors: Vec<String>,
    publisher: String,
    published: String,
    url: String,
    archive: String,
    accessed: String,
    language: String,
    summary: String,
    at: At,
}

/// The works of a library, and what does not come along.
#[derive(Debug, Default)]
struct Library {
    works: Vec<Work>,
    remarks: Vec<Remark>,
    /// Fields for which a source has no key, and how many works have them.
    fields: BTreeMap<String, usize>,
    /// Fields that say where files are on somebody's disk.
    files: BTreeMap<String, usize>,
}

impl Library {
    fn leave_out(&mut self, field: &str) {
        *self.fields.entry(field.to_owned()).or_default() += 1;
    }

    fn leave_out_file(&mut self, field: &str) {
        *self.files.entry(field.to_owned()).or_default() += 1;
    }
}

/// The sources of a BibTeX or RIS file; `None` if it is neither.
///
/// # Errors
/// If it is cut off or holds too much.
pub(super) fn of_text(name: &str, text: &str) -> Result<Option<Brought>, Refusal> {
    if bibtex::is_such(text) {
        return brought(name, "a BibTeX library", bibtex::read(text)?).map(Some);
    }
    if ris::is_such(text) {
        return brought(name, "a RIS library", ris::read(text)).map(Some);
    }
    Ok(None)
}

/// The sources of a file in JSON; `None` if it is no library.
///
/// # Errors
/// If it holds too much.
pub(super) fn of_json(name: &str, value: &Value) -> Result<Option<Brought>, Refusal> {
    match csl::items(value) {
        Some(items) => brought(name, "a CSL-JSON library", csl::read(items)).map(Some),
        None => Ok(None),
    }
}

fn brought(name: &str, what: &'static str, library: Library) -> Result<Brought, Refusal> {
    let Library { works, mut remarks, fields, files } = library;
    if let Some(refusal) = door::too_many(works.len()) {
        return Err(refusal);
    }
    let mut items = Vec::new();
    let mut known = BTreeSet::new();
    for work in works {
        if !known.insert(work.key.clone()) {
            let why = "another entry of the file has the same key";
            remarks.push(Remark::left_out(work.key, why, &work.at));
        } else if work.title.is_empty() {
            remarks.push(Remark::left_out(work.key, "it has no title", &work.at));
        } else {
            items.push(item(work));
        }
    }
    for (fields, why) in [
        (fields, "a source has no key for these fields"),
        (files, "where files are on your disk stays with you"),
    ] {
        if !fields.is_empty() {
            remarks.push(Remark::left_out(counted(&fields), why, &At::default()));
        }
    }
    Ok(Brought { name: name.to_owned(), what, items, remarks, ..Brought::default() })
}

fn item(work: Work) -> Item {
    let at = work.at;
    let mut item = Item::titled(KindId::Source, &work.title, at.clone());
    item.key = format!("source {}", work.key);
    // On many disks, ids that differ only in case are the same file.
    item.id = work.is_citation_key.then(|| work.key.to_lowercase());
    let words = |words: String| Some(words).filter(|words| !words.is_empty()).map(Given::Words);
    let bare = |words: String| Some(words).filter(|words| !words.is_empty()).map(Given::Bare);
    let authors: Vec<Given> = work.authors.into_iter().map(Given::Words).collect();
    let facts = [
        ("summary", words(work.summary)),
        ("type", work.sort.map(|sort| Given::Words(sort.to_owned()))),
        ("authors", (!authors.is_empty()).then_some(Given::List(authors))),
        ("publisher", words(work.publisher).map(|publisher| Given::List(vec![publisher]))),
        ("published", bare(work.published)),
        ("language", words(work.language)),
        ("url", words(work.url)),
        ("archive", words(work.archive)),
        ("accessed", bare(work.accessed)),
    ];
    item.facts = facts
        .into_iter()
        .filter_map(|(key, value)| Some(Fact { key, value: value?, at: at.clone() }))
        .collect();
    item
}

/// The type of this name. A document of no other type is what a source without a type is given away as.
fn sort(name: &str) -> Option<&'static str> {
    SourceType::WORDS.iter().copied().find(|word| *word == name && *word != "document")
}

/// Words on one line.
fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The address of a DOI.
fn doi(doi: &str) -> String {
    match doi.trim() {
        "" => String::new(),
        doi if doi.starts_with("http") => doi.to_owned(),
        doi => format!("https://doi.org/{}", doi.trim_start_matches("doi:").trim()),
    }
}

/// A person's name with the family name first, written so that we read the same parts in it.
fn named(parts: &person::Person<'_>) -> String {
    let person::Person { particle, family, given, dropped, suffix } = *parts;
    let joined = |words: &[&str]| {
        words.iter().copied().filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ")
    };
    let (before, after) = (joined(&[particle, family]), joined(&[given, dropped]));
    let usual = match (after.is_empty(), suffix.is_empty()) {
        (false, true) => format!("{before}, {after}"),
        (true, true) => format!("{before},"),
        (_, false) => format!("{before}, {after}, {suffix}"),
    };
    let others = [format!("{after} {before}, {suffix}"), format!("{before} {suffix}, {after}")];
    let is_it = |name: &String| person::read(name).as_ref() == Some(parts);
    match is_it(&usual) {
        true => usual,
        false => others.into_iter().find(is_it).unwrap_or(usual),
    }
}
