//! Material from elsewhere → files of a dossier. Nothing is invented and nothing overwritten.
//!
//! [`read`] knows a format by its content and turns bytes into plain data ([`brought`]), [`plan`] decides what becomes
//! of these, [`print`] says it, and the one writer of the caller carries it out.

pub(crate) mod annotations;
pub(crate) mod article;
pub(crate) mod brought;
mod candidates;
pub(crate) mod decode;
pub(crate) mod door;
pub(crate) mod folder;
mod html;
mod library;
pub(crate) mod mapping;
mod marks;
mod money;
mod office;
pub(crate) mod plan;
pub(crate) mod print;
mod privacy;
mod prose;
mod record;
mod table;
mod text;
mod tracks;
pub(crate) mod triage;
mod unlink;

use std::collections::BTreeSet;

use brought::Brought;
use mapping::Mapping;
use prose::Document;
use table::How;

use crate::base::date::Day;
use crate::base::path::InputPath;
use crate::ide::Refusal;
use crate::link::Graph;
use crate::session::Session;

/// What a file holds that could be entities.
///
/// # Errors
/// If its format is not known, or it is damaged, protected or too large.
pub(crate) fn read(
    name: &str,
    bytes: &[u8],
    mapping: &Mapping,
    graph: &Graph,
    today: Day,
    asked: annotations::Asked<'_>,
) -> Result<Brought, Refusal> {
    let of_file = |why: Refusal| Refusal(format!("cannot import `{name}`: {why}"));
    let how = How { mapping, languages: &graph.languages };
    let document =
        |document: Document| text::of_document(name, "a document", document, graph, today).map_err(of_file);
    // What is encrypted is a stream of such a file, too.
    if door::has_stream(bytes, "EncryptedPackage") {
        return Err(of_file(door::protected()));
    }
    if door::has_stream(bytes, "Workbook") {
        let how = "it is a spreadsheet of an old Excel; open it, save it as .xlsx or .ods, and import that";
        return Err(of_file(Refusal(how.into())));
    }
    if is_workbook(bytes) {
        return table::of_workbook(name, bytes, &how).map_err(of_file);
    }
    if is_packed_with(bytes, b"word/document") {
        return office::docx::read(bytes).map_err(of_file).and_then(document);
    }
    if is_packed_with(bytes, b"opendocument.text") {
        return office::odt::read(bytes).map_err(of_file).and_then(document);
    }
    if bytes.trim_ascii_start().starts_with(office::rtf::START) {
        return office::rtf::read(bytes.trim_ascii_start()).map_err(of_file).and_then(document);
    }
    if is_packed_with(bytes, b".kml") {
        return tracks::of_kmz(name, bytes, graph).map_err(of_file);
    }
    if decode::foreign(bytes).is_none() || has_mark_of_utf_16(bytes) {
        let (text, doubt) = decode::guessed(bytes);
        if let Some(mut brought) = of_data(name, &text, &how, graph, asked).map_err(of_file)? {
            brought.remarks.extend(doubt);
            return Ok(brought);
        }
    }
    let (words, format) = decode::text(name, bytes)?;
    text::of_words(name, &words, format, graph, today).map_err(of_file)
}

/// What becomes of what was read, with the changes of settings that go with it.
///
/// # Errors
/// As [`plan::plan`], or if the settings cannot be changed.
pub(crate) fn planned(
    session: &Session,
    mapping: &Mapping,
    brought: Vec<Brought>,
    without: &BTreeSet<InputPath>,
) -> Result<plan::Plan, Refusal> {
    let snapshot = session.snapshot();
    let world = &**snapshot.world();
    let kept: Vec<String> = brought.iter().flat_map(|brought| brought.kept.iter().cloned()).collect();
    let also = mapping.kept(world)?.into_iter().chain(folder::kept::ignored(world, &kept)?).collect();
    plan::plan(&snapshot, &|changes| session.trial(changes), brought, also, without)
}

/// What a text holds that is written for programs; `None` if it is for people.
fn of_data(
    name: &str,
    text: &str,
    how: &How<'_>,
    graph: &Graph,
    asked: annotations::Asked<'_>,
) -> Result<Option<Brought>, Refusal> {
    if let Some(brought) = library::of_text(name, text)? {
        return Ok(Some(brought));
    }
    if let Some(brought) = tracks::of_text(name, text, graph)? {
        return Ok(Some(brought));
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        return of_json(name, start, graph, asked);
    }
    table::of_text(name, text, how)
}

fn of_json(
    name: &str,
    text: &str,
    graph: &Graph,
    asked: annotations::Asked<'_>,
) -> Result<Option<Brought>, Refusal> {
    if let Some(brought) = money::read(name, text)? {
        return Ok(Some(brought));
    }
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(why) if name.to_ascii_lowercase().ends_with("json") => {
            return Err(Refusal(format!("it is cut off or damaged ({why}); get it again")));
        }
        Err(_) => return Ok(None),
    };
    if let Some(brought) = tracks::of_json(name, &value, graph)? {
        return Ok(Some(brought));
    }
    if let Some(brought) = annotations::of_json(name, &value, graph, asked)? {
        return Ok(Some(brought));
    }
    library::of_json(name, &value)
}

fn is_packed_with(bytes: &[u8], name: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, name).is_some()
}

fn has_mark_of_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// Whether a packed file is a spreadsheet.
fn is_workbook(bytes: &[u8]) -> bool {
    is_packed_with(bytes, b"xl/workbook") || is_packed_with(bytes, b"opendocument.spreadsheet")
}

/// The result of an import.
#[derive(Clone, Debug, Default)]
pub(crate) struct Imported {
    /// The files to create, in order.
    pub files: Vec<crate::ide::scaffold::NewFile>,
    /// Remarks for the user: what was skipped, and what needs attention.
    pub remarks: Vec<String>,
}

/// Escapes text for a Markdown parser.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // Characters that would start a list or a rule at the start of a line.
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    match escaped[digits..].chars().next() {
        Some('.' | ')') if digits > 0 && escaped[digits + 1..].starts_with([' ', '\t']) => {
            escaped.insert(digits, '\\')
        }
        Some('-' | '+' | '=') if digits == 0 => escaped.insert(0, '\\'),
        _ => {}
    }
    escaped
}

/// Text within a paragraph as Markdown; only the start of a block needs the escapes for list markers.
fn plain_within(text: &str, is_start: bool) -> String {
    if is_start { plain(text) } else { plain(&format!("x{text}"))[1..].to_owned() }
}

/// The first words of a text, for a title.
fn first_words(text: &str, most: usize) -> String {
    let mut title = String::new();
    for word in text.split_whitespace() {
        if !title.is_empty() && title.chars().count() + word.chars().count() >= most {
            title.push_str(" …");
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title
}

/// A comment of one line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
