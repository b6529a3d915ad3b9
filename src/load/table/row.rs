//! A row ↔ the text of a file that says the same. Each part of the text knows the cell that it is from.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sheet::{Cell, Sheet};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::data::write::{Given, Place, Syntax};
use crate::data::{Node, Value, yaml};
use crate::kinds::KindId;
use crate::kinds::keys::Shape;

/// The column with the id, and the one with the text.
pub(super) const ID: &str = "id";
pub(super) const TEXT: &str = "text";

/// What a translation says, which is in a file of its own.
const OF_TRANSLATIONS: [&str; 6] = ["title", "summary", "aliases", "targets", "translated_from", TEXT];

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    pub key: String,
    pub lang: Option<String>,
    pub span: Span,
}

impl Column {
    pub(super) fn of(cell: &Cell) -> Column {
        let (key, lang) = match cell.words.split_once('@') {
            Some((key, lang)) => (key.trim(), Some(lang.trim().to_owned())),
            None => (cell.words.as_str(), None),
        };
        Column { key: key.to_owned(), lang, span: span(&cell.span) }
    }

    fn is_of_translation(&self) -> bool {
        self.lang.is_some() && OF_TRANSLATIONS.contains(&&*self.key)
    }

    /// Its name in the table.
    pub(super) fn name(&self) -> String {
        match &self.lang {
            Some(lang) => format!("{}@{lang}", self.key),
            None => self.key.clone(),
        }
    }
}

/// The text of a file that says what a row says, in one language.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub text: String,
    /// Where a part of the text is from: its place in the text, in the table, and its column.
    pub parts: Vec<(Span, Span, usize)>,
}

impl Text {
    fn push(&mut self, words: &str, cell: Span, column: usize) {
        let start = self.text.len();
        self.text.push_str(words);
        self.parts.push((Span::new(start, self.text.len()), cell, column));
    }

    /// A part of the table that a place in the text is from, and its column.
    pub(super) fn source(&self, place: Span) -> Option<(Span, usize)> {
        let is_near = |part: &&(Span, Span, usize)| part.0.start <= place.end && place.start <= part.0.end;
        let is_around = |part: &&(Span, Span, usize)| part.0.start <= place.start && place.end <= part.0.end;
        let part = self.parts.iter().find(is_around).or_else(|| self.parts.iter().find(is_near))?;
        let (own, cell, column) = part;
        let is_same = own.range().len() == cell.range().len() && is_around(&part);
        let shifted = |at: u32| (cell.start + (at - own.start)) as usize;
        Some((if is_same { Span::new(shifted(place.start), shifted(place.end)) } else { *cell }, *column))
    }
}

/// The texts of a row, by language; that of the original first.
pub(super) fn texts(
    kind: KindId,
    columns: &[Column],
    row: &[Cell],
    table: &str,
) -> Vec<(Option<String>, Text)> {
    let mut languages: Vec<Option<String>> = vec![None];
    for (column, cell) in columns.iter().zip(row) {
        if column.is_of_translation() && !cell.words.is_empty() && !languages.contains(&column.lang) {
            languages.push(column.lang.clone());
        }
    }
    let of = |lang: Option<String>| {
        let text = text(kind, columns, row, table, lang.as_deref());
        (lang, text)
    };
    languages.into_iter().map(of).collect()
}

fn text(kind: KindId, columns: &[Column], row: &[Cell], table: &str, lang: Option<&str>) -> Text {
    let mut text = Text { text: "---\n".to_owned(), parts: Vec::new() };
    let mut body: Option<(usize, &Cell)> = None;
    // Words by language are one value.
    let mut by_language: BTreeMap<&str, Vec<(usize, &str, &Cell)>> = BTreeMap::new();
    for (at, (column, cell)) in columns.iter().zip(row).enumerate() {
        let own = if column.is_of_translation() { column.lang.as_deref() } else { None };
        if own != lang || cell.words.is_empty() || column.key.is_empty() || column.key == ID {
            continue;
        }
        if column.key == TEXT {
            body = Some((at, cell));
            continue;
        }
        match &column.lang {
            Some(tag) if !column.is_of_translation() => {
                by_language.entry(&column.key).or_default().push((at, tag, cell));
            }
            _ => {
                text.push(&column.key, column.span, at);
                text.text.push_str(": ");
                value(&mut text, shape(kind, &column.key), cell, at, table);
                text.text.push('\n');
            }
        }
    }
    for (key, words) in by_language {
        text.text.push_str(&format!("{key}: {{"));
        for (number, (at, tag, cell)) in words.into_iter().enumerate() {
            text.text.push_str(&format!("{}{tag}: ", if number > 0 { ", " } else { "" }));
            let given = Syntax::Yaml.written(&Given::Words(cell.words.clone()), Place::Inside);
            written(&mut text, &given, &cell.words, inner(cell, table), at);
        }
        text.text.push_str("}\n");
    }
    text.text.push_str("---\n");
    if let Some((at, cell)) = body {
        text.text.push('\n');
        written(&mut text, &cell.words.clone(), &cell.words, inner(cell, table), at);
        text.text.push('\n');
    }
    text
}

fn shape(kind: KindId, key: &str) -> Option<Shape> {
    kind.keys().find(|known| known.name == key).map(|known| known.shape)
}

/// A value as it stands after a key, with where its parts are from.
fn value(text: &mut Text, shape: Option<Shape>, cell: &Cell, column: usize, table: &str) {
    let place = inner(cell, table);
    let words = cell.words.as_str();
    let is_flow = words.starts_with(['[', '{']) && yaml::parse(&format!("x: {words}\n")).is_ok();
    match shape {
        Some(Shape::Words) | Some(Shape::Text) if !(is_flow && words.starts_with('{')) => {
            let given = Syntax::Yaml.written(&Given::Words(words.to_owned()), Place::Line);
            written(text, &given, words, place, column);
        }
        _ if is_flow => written(text, words, words, place, column),
        Some(Shape::Point) => {
            text.text.push('[');
            let given = words.replace(';', ",");
            written(text, &given, words, place, column);
            text.text.push(']');
        }
        Some(Shape::List(item)) if words.contains(';') || main_key(*item).is_some() => {
            text.text.push('[');
            let mut at = 0;
            for (number, part) in words.split(';').enumerate() {
                let lead = part.len() - part.trim_start().len();
                let own = part.trim();
                let from = place.start as usize + at + lead;
                // Within quotation marks that are doubled, only the whole cell is known.
                let is_exact = place.range().len() == words.len();
                let own_place = if is_exact { Span::new(from, from + own.len()) } else { place };
                at += part.len() + 1;
                if own.is_empty() {
                    continue;
                }
                if number > 0 && !text.text.ends_with('[') {
                    text.text.push_str(", ");
                }
                let given = item_given(*item, own);
                let given = Syntax::Yaml.written(&given, Place::Inside);
                let main = main_key(*item).map(|key| format!("{{{key}: "));
                text.text.push_str(main.as_deref().unwrap_or_default());
                written(text, &given, own, own_place, column);
                text.text.push_str(if main.is_some() { "}" } else { "" });
            }
            text.text.push(']');
        }
        Some(Shape::List(item)) => {
            let given = Syntax::Yaml.written(&item_given(*item, words), Place::Line);
            written(text, &given, words, place, column);
        }
        _ => {
            let given = Syntax::Yaml.written(&Given::Bare(words.to_owned()), Place::Line);
            written(text, &given, words, place, column);
        }
    }
}

fn item_given(shape: Shape, words: &str) -> Given {
    match shape {
        Shape::Words | Shape::Text => Given::Words(words.to_owned()),
        _ => Given::Bare(words.to_owned()),
    }
}

/// Adds words as YAML has them: exact places if the cell has the same.
fn written(text: &mut Text, given: &str, words: &str, place: Span, column: usize) {
    match given.find(words).filter(|_| place.range().len() == words.len()) {
        Some(at) => {
            text.text.push_str(&given[..at]);
            text.push(words, place, column);
            text.text.push_str(&given[at + words.len()..]);
        }
        None => text.push(given, place, column),
    }
}

/// Where the words of a cell are, without its quotation marks.
fn inner(cell: &Cell, table: &str) -> Span {
    let written = &table[cell.span.clone()];
    match written.find(&cell.words).filter(|_| !cell.words.is_empty()) {
        Some(at) => Span::new(cell.span.start + at, cell.span.start + at + cell.words.len()),
        None => span(&cell.span),
    }
}

pub(super) fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// What a text says: the value of each key, and the words below the front matter. `None` if it does not parse.
fn said(text: &str) -> Option<(Vec<(String, Node)>, &str)> {
    let rest = text.strip_prefix("---\n")?;
    let (front, body) = match rest.strip_prefix("---\n") {
        Some(body) => ("", body),
        None => rest.split_once("\n---\n")?,
    };
    let entries = match yaml::parse(&format!("{front}\n")).ok()?.value {
        Value::Table(entries) => {
            entries.into_iter().map(|(key, node)| (key.name.to_string(), node)).collect()
        }
        Value::Null => Vec::new(),
        _ => return None,
    };
    Some((entries, body.trim()))
}

/// Whether there are comments in the front matter of a text.
pub(super) fn has_comments(text: &str) -> bool {
    let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let Some((front, Ok(node))) = front.map(|(front, _)| (front, yaml::parse(&format!("{front}\n")))) else {
        return false;
    };
    let mut scalars = Vec::new();
    find_scalars(&node, &mut scalars);
    let begins_comment = |at: usize| at == 0 || front[..at].ends_with([' ', '\t', '\n']);
    let is_in = |at: usize| scalars.iter().any(|span| span.range().contains(&at));
    front.match_indices('#').any(|(at, _)| begins_comment(at) && !is_in(at))
}

fn find_scalars(node: &Node, scalars: &mut Vec<Span>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(_) => scalars.push(node.span),
        Value::List(items) => items.iter().for_each(|item| find_scalars(item, scalars)),
        Value::Table(entries) => entries.iter().for_each(|(_, node)| find_scalars(node, scalars)),
    }
}

/// The cells that are another after a text was edited: the name of each one's column, and its words. `None` if the text
/// cannot be said by cells.
pub(super) fn changed(
    kind: KindId,
    before: &str,
    after: &str,
    lang: Option<&str>,
) -> Option<Vec<(String, String)>> {
    let ((old, old_body), (new, new_body)) = (said(before)?, said(after)?);
    let name = |key: &str| match lang {
        Some(lang) => format!("{key}@{lang}"),
        None => key.to_owned(),
    };
    let mut cells = Vec::new();
    let find = |entries: &[(String, Node)], key: &str| -> Option<Node> {
        entries.iter().find(|(name, _)| name == key).map(|(_, node)| node.clone())
    };
    let keys = new.iter().chain(old.iter().filter(|(key, _)| find(&new, key).is_none())).map(|(key, _)| key);
    for key in keys {
        let (was, is) = (find(&old, key), find(&new, key));
        // Words by language have a column for each.
        let languages = |node: &Option<Node>| match node.as_ref().map(|node| &node.value) {
            Some(Value::Table(entries)) => Some(entries.clone()),
            _ => None,
        };
        let is_by_language = |entries: &[(crate::data::Key, Node)]| {
            let is_tag =
                |name: &str| crate::base::id::Lang::parse(name).is_some() && (2..=3).contains(&name.len());
            !entries.is_empty()
                && entries
                    .iter()
                    .all(|(key, node)| is_tag(&key.name) && matches!(node.value, Value::Scalar(_)))
        };
        let tables: Vec<_> = [languages(&was), languages(&is)].into_iter().flatten().collect();
        if !tables.is_empty() && tables.iter().all(|entries| is_by_language(entries)) {
            let tags: std::collections::BTreeSet<String> =
                tables.iter().flatten().map(|(key, _)| key.name.to_string()).collect();
            let word = |node: &Option<Node>, tag: &str| {
                node.as_ref()
                    .and_then(|node| node.get(tag))
                    .map(|node| cell_of(node, None))
                    .unwrap_or_default()
            };
            for tag in tags.iter().filter(|tag| word(&was, tag) != word(&is, tag)) {
                cells.push((format!("{key}@{tag}"), word(&is, tag)));
            }
            continue;
        }
        let shape = shape(kind, key);
        let word = |node: &Option<Node>| node.as_ref().map(|node| cell_of(node, shape)).unwrap_or_default();
        if word(&was) != word(&is) {
            cells.push((name(key), word(&is)));
        }
    }
    if old_body != new_body {
        cells.push((name(TEXT), new_body.to_owned()));
    }
    Some(cells)
}

/// The key that is meant where an item of a list of records is one word: what it refers to.
fn main_key(item: Shape) -> Option<&'static str> {
    match item {
        Shape::Record(keys) => keys.first().filter(|key| matches!(key.shape, Shape::Ref)).map(|key| key.name),
        _ => None,
    }
}

/// A value as a cell has it.
fn cell_of(node: &Node, shape: Option<Shape>) -> String {
    let cell_of = |node: &Node| cell_of(node, None);
    if let (Value::List(items), Some(Shape::List(item))) = (&node.value, shape)
        && let Some(main) = main_key(*item)
    {
        let only = |item: &Node| match &item.value {
            Value::Table(entries) if entries.len() == 1 => item.get(main).map(cell_of),
            _ => None,
        };
        if let Some(words) = items.iter().map(only).collect::<Option<Vec<String>>>() {
            return words.join("; ");
        }
    }
    // A point has a comma in its cell, as on maps.
    let separator = if matches!(shape, Some(Shape::Point)) { ", " } else { "; " };
    let is_plain = |node: &&Node| matches!(&node.value, Value::Scalar(word) if !word.contains(';'));
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(word) => word.to_string(),
        Value::List(items) if items.iter().all(|item| is_plain(&item)) && items.len() != 1 => {
            items.iter().map(cell_of).collect::<Vec<String>>().join(separator)
        }
        Value::List(items) if matches!(items.as_slice(), [item] if is_plain(&item)) => cell_of(&items[0]),
        _ => Given::of(node).map(|given| Syntax::Yaml.written(&given, Place::Line)).unwrap_or_default(),
    }
}

/// The path of a row's text.
pub(super) fn path(folder: &str, id: &str, lang: Option<&str>) -> InputPath {
    match lang {
        Some(lang) => format!("{folder}/{id}.{lang}.md").into(),
        None => format!("{folder}/{id}.md").into(),
    }
}

impl Sheet {
    /// The columns, by the first row.
    pub(super) fn columns(&self) -> Vec<Column> {
        self.rows.first().map(|row| row.iter().map(Column::of).collect()).unwrap_or_default()
    }
}
