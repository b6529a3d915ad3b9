//! Slips in tables within braces, and in those that lack their braces.

use super::quotes::flow_items;
use crate::data::reading;
use crate::data::repair::line::{Line, is_blank, map_lines};
use crate::data::repair::{Known, Reading};

/// Cuts `from: najin` after its key, which is a word in lower case.
fn entry(item: &str) -> Option<(&str, &str)> {
    let (key, value) = item.split_once(": ")?;
    is_key(key).then_some((key, value.trim()))
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Changes the items of the table in braces that is the value of a line; `None` if nothing changes.
fn map_table(line: &str, change: impl FnOnce(Vec<&str>) -> Option<Vec<String>>) -> Option<String> {
    let parts = Line::of(line, ':');
    let items = change(flow_items(parts.value, '{', '}')?)?;
    Some(parts.with(&format!("{{{}}}", items.join(", "))))
}

/// `{from:najin, to:beirut}`
pub(super) fn flow_colons(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        map_table(line, |items| {
            let spaced = |item: &&str| {
                let at = item.find([':', '：'])?;
                let (key, rest) = item.split_at(at);
                let is_wide = rest.starts_with('：');
                let value = rest.trim_start_matches(|c: char| matches!(c, ':' | '：') || is_blank(c));
                let is_slip = is_wide || !rest.starts_with(": ") || rest[1..].contains(": ");
                let is_address = rest.starts_with("://");
                (is_key(key) && is_slip && !is_address && !value.is_empty())
                    .then(|| format!("{key}: {value}"))
            };
            let is_changed = items.iter().any(|item| spaced(item).is_some());
            is_changed.then(|| {
                items.iter().map(|item| spaced(item).unwrap_or_else(|| (*item).to_owned())).collect()
            })
        })
    })?;
    Some(Reading::new(text, "there is no space after the colon", "write a space after the colon"))
}

/// `{from: najin to: beirut}`
pub(super) fn flow_commas(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        map_table(line, |items| {
            let separated: Vec<String> = items.iter().flat_map(|item| separated(item)).collect();
            (separated.len() > items.len()).then_some(separated)
        })
    })?;
    Some(Reading::new(text, "there is no comma between two entries", "write a comma between them"))
}

/// The entries of an item that holds several.
fn separated(item: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for word in item.split_whitespace() {
        let is_first = word.strip_suffix(':').is_some_and(is_key);
        match entries.last_mut() {
            Some(entry) if !is_first => *entry = format!("{entry} {word}"),
            // The comma takes the place of the sign that was written for it.
            before => {
                if let Some(entry) = before {
                    let length = entry.trim_end_matches([';', '،', '、', '，', '.', ',']).len();
                    entry.truncate(length);
                }
                entries.push(word.to_owned());
            }
        }
    }
    entries
}

/// `(from: najin, to: beirut}`, `{from: najin,, to: beirut]`: a table with a bracket of another kind, or a comma twice.
pub(super) fn other_brackets(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.key, parts.sign, parts.value].concat();
        let value = if parts.marks.is_empty() { parts.value } else { &whole };
        let inner = value.strip_prefix(['{', '(', '['])?.strip_suffix(['}', ')', ']'])?;
        let is_list = value.starts_with('[') && value.ends_with(']');
        let table = format!("{{{inner}}}");
        let items = flow_items(&table, '{', '}')?;
        let items: Vec<&str> = items.into_iter().filter(|item| !item.is_empty()).collect();
        let table = format!("{{{}}}", items.join(", "));
        if is_list || table == value || !items.iter().all(|item| entry(item).is_some()) {
            return None;
        }
        match parts.marks.is_empty() {
            true => Some(parts.with(&table)),
            false => Some([parts.indent, parts.marks, &table, parts.end].concat()),
        }
    })?;
    Some(Reading::new(
        text,
        "a table in one line needs a pair of braces, and a comma between two entries",
        "write `{key: value, key: value}`",
    ))
}

/// `- from: najin, to: beirut`
pub(super) fn braces(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let whole = [parts.key, parts.sign, parts.value].concat();
        let table = |content: &str| {
            let table = format!("{{{content}}}");
            let items = flow_items(&table, '{', '}')?;
            (items.len() > 1 && items.iter().all(|item| entry(item).is_some())).then_some(table)
        };
        match parts.marks.is_empty() {
            true => table(parts.value).map(|table| parts.with(&table)),
            false => Some([parts.indent, parts.marks, &table(&whole)?, parts.end].concat()),
        }
    })?;
    Some(Reading::new(text, "several keys in one line need braces around them", "put braces around them"))
}

/// `coordinates: lat: 33.89, lon: 35.50`
pub(super) fn point(text: &str, _: &Known<'_>) -> Option<Reading> {
    let text = map_lines(text, |line| {
        let parts = Line::of(line, ':');
        let point = reading::point_of(parts.value).filter(|_| parts.value.contains(": "))?;
        Some(parts.with(&point))
    })?;
    let reading = Reading::new(
        text,
        "a point is written as a latitude and a longitude in brackets",
        "write it in brackets",
    );
    Some(reading.reworded())
}
