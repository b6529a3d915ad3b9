//! [`Node`] → any plain struct, with every mistake in it reported.

mod halves;
mod help;

use serde::de::DeserializeOwned;

use self::help::without_reading;
use super::de::{Mistake, MistakeKind, NodeReader};
use super::node::{Key, Node, Removed, Value};
use super::reading::{self, Plain, Reading, Sort, Syntax};
use super::{INVALID_SYNTAX, INVALID_VALUE, MISSING_FIELD, UNKNOWN_KEY, WRONG_TYPE, yaml};
use crate::base::diagnostic::{Diagnostic, Edit, Fix};
use crate::base::near::{is_typo, nearest};
use crate::base::path::InputPath;
use crate::base::span::Span;

/// The maximum number of mistakes reported per text.
const MOST_MISTAKES: usize = 50;

/// The maximum number of readings of a value among which a person chooses.
const MOST_READINGS: usize = 6;

/// What a node was parsed from.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Document<'a> {
    /// The file.
    pub path: &'a InputPath,
    /// The whole text of the file, which the spans are of.
    pub text: &'a str,
    /// The language of what was parsed.
    pub syntax: Syntax,
    /// The tag of the language that its words and figures are in; empty if that is not known.
    pub lang: &'a str,
}

impl<'a> Document<'a> {
    /// What is written at `span`; nothing if the text has no such span.
    fn written(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line that `span` starts in, up to there.
    fn line_before(&self, span: Span) -> &'a str {
        let before = self.text.get(..span.range().start).unwrap_or_default();
        &before[before.rfind('\n').map_or(0, |at| at + 1)..]
    }
}

/// Keys that the caller reads itself, for suggestions.
#[derive(Copy, Clone)]
pub(crate) struct Others<'a> {
    /// Their names.
    pub keys: &'a [&'static str],
    /// Whether such a key is not there yet, and takes this value.
    pub takes: &'a dyn Fn(&'static str, &Node) -> bool,
}

impl Others<'_> {
    pub(crate) const NONE: Others<'static> = Others { keys: &[], takes: &|_, _| false };
}

/// Reads `node` as a `T`.
///
/// Reports a mistake, removes the value that contains it from the tree, and reads the rest again: so one run
/// finds all mistakes, and keeps everything that is valid. Falls back to the default if nothing can be read.
pub(crate) fn decode<T: DeserializeOwned + Default>(
    mut node: Node,
    source: &Document<'_>,
    also: Others<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> T {
    let mut removed: Vec<Removed> = Vec::new();
    for _ in 0..MOST_MISTAKES {
        let mistake = match T::deserialize(NodeReader(&node)) {
            Ok(value) => {
                diagnostics.extend(unquoted::<T>(&node, source));
                return value;
            }
            Err(mistake) => mistake,
        };
        if let Some((found, halves)) = halves::point(&node, &mistake, source) {
            diagnostics.push(found);
            halves.into_iter().for_each(|half| {
                node.remove(half);
            });
            continue;
        }
        let is_unknown = matches!(mistake.kind, MistakeKind::UnknownKey(..));
        let read = readings::<T>(&node, &mistake, source);
        let span = read.as_ref().map_or_else(|| mistake.span.unwrap_or(node.span), |(span, _)| *span);
        // The caller's keys are at the top level only.
        let is_outermost =
            matches!(&node.value, Value::Table(entries) if entries.iter().any(|(key, _)| key.span == span));
        if !removed.iter().any(|removed| follows(&mistake.kind, span, removed)) {
            let also = if is_outermost { also } else { Others::NONE };
            let mistake_sort = mistake.sort();
            let near = if read.is_some() { None } else { near_of::<T>(&node, &mistake, also) };
            let found = describe(mistake.kind, span, source, also.keys, near);
            diagnostics.push(match &read {
                Some((span, readings)) => offer(found, &node, *span, readings, source),
                None => without_reading(found, &node, span, mistake_sort, source),
            });
        }
        match node.remove(span).filter(|_| span != node.span) {
            Some(more) => removed.push(Removed { is_unknown, ..more }),
            None => break,
        }
    }
    T::default()
}

/// The key or the word that an unknown one is similar to, and whether it is sure to be meant.
fn near_of<T: DeserializeOwned>(
    node: &Node,
    mistake: &Mistake,
    also: Others<'_>,
) -> Option<(&'static str, bool)> {
    match &mistake.kind {
        MistakeKind::UnknownKey(key, known) => {
            let keys = || known.iter().chain(also.keys).copied();
            let other = reading::synonyms(key).find(|near| keys().any(|key| key == *near));
            // Of texts, `parse::missing` asks about the words for a title.
            let other = other.filter(|near| *near != "title" || known.contains(near));
            let near = other.or_else(|| nearest(key, keys()))?;
            // Not where the key is there already, or the value is not one of it.
            let fits = |span| {
                let mut renamed = node.clone();
                let value = rename(&mut renamed, span, near)?;
                if also.keys.contains(&near) {
                    return Some((also.takes)(near, at(node, value)?));
                }
                let again = T::deserialize(NodeReader(&renamed)).err().and_then(|mistake| mistake.span);
                Some(again.is_none_or(|again| again.start < value.start || value.end < again.end))
            };
            let is_meant = other.is_some() || is_typo(key, near);
            Some((near, is_meant && mistake.span.and_then(fits) == Some(true)))
        }
        MistakeKind::UnknownWord(word, known) => reading::term(word, known).or_else(|| {
            // `reported;`
            let plain = word.trim_end_matches([';', ',', '.', '!']).to_lowercase();
            if let Some(term) = known.iter().find(|term| **term == plain) {
                return Some((term, true));
            }
            let near = nearest(word, known.iter().copied())?;
            // Who writes `unconfirmed` or `confirmed?` does not mean the word within it.
            let says_more = word.to_lowercase().contains(near) || word.contains('?');
            // `A-` is less than `A`.
            let is_sure = is_typo(word, near) && !word.ends_with(['-', '+']);
            (is_typo(word, near) || !says_more).then_some((near, is_sure))
        }),
        _ => None,
    }
}

/// Gives the key at `span` another name, and returns where its value is; `None` if its table has that name already.
fn rename(node: &mut Node, span: Span, name: &str) -> Option<Span> {
    match &mut node.value {
        Value::Null | Value::Scalar(_) => None,
        Value::List(items) => items.iter_mut().find_map(|item| rename(item, span, name)),
        Value::Table(entries) => {
            let Some(at) = entries.iter().position(|(key, _)| key.span == span) else {
                return entries.iter_mut().find_map(|(_, value)| rename(value, span, name));
            };
            if entries.iter().any(|(key, _)| *key.name == *name) {
                return None;
            }
            entries[at].0.name = name.into();
            Some(entries[at].1.span)
        }
    }
}

/// The findings about texts in braces that go on after a comma, which ends a value to YAML.
fn unquoted<T: DeserializeOwned>(node: &Node, source: &Document<'_>) -> Vec<Diagnostic> {
    if source.syntax != Syntax::Yaml {
        return Vec::new();
    }
    let is_text = |span: &Span| sort_at::<T>(node, *span) == Some(Sort::Words);
    let finding = |span: Span| {
        let quoted = serde_json::Value::from(source.written(span)).to_string();
        let what = "a text with a comma in it needs quotation marks within braces";
        let how_to_fix = "put the text in quotation marks";
        Diagnostic::error(INVALID_SYNTAX.name, what)
            .at(source.path, span, "")
            .help(how_to_fix)
            .help(format!("`dossier explain {}` has examples", INVALID_SYNTAX.name))
            .fix(how_to_fix, source.path, span, quoted)
    };
    yaml::continued(node, source.text).into_iter().filter(is_text).map(finding).collect()
}

/// What is wanted of the value at `span`: what is missed if something is there that nobody wants.
fn sort_at<T: DeserializeOwned>(node: &Node, span: Span) -> Option<Sort> {
    let mut node = node.clone();
    let odd = Plain::List(vec![Plain::List(Vec::new())]);
    replace(&mut node, span, &Reading::from(odd));
    let mistake = T::deserialize(NodeReader(&node)).err()?;
    mistake.sort()
}

/// What the value with a mistake may mean, and where that value is: only what its key takes. `None` if nothing.
fn readings<T: DeserializeOwned>(
    node: &Node,
    mistake: &Mistake,
    source: &Document<'_>,
) -> Option<(Span, Vec<Reading>)> {
    let span = mistake.span?;
    // `Verified`: a word of a list, or one that is read as such a word, in another case.
    let in_lower_case = match &mistake.kind {
        MistakeKind::UnknownWord(word, _) => Some(word.trim().to_lowercase().replace([' ', '_'], "-")),
        _ => None,
    };
    let is_taken = |span: Span, reading: &Reading| {
        let mut node = node.clone();
        replace(&mut node, span, reading)
            && T::deserialize(NodeReader(&node)).err().is_none_or(|mistake| mistake.span != Some(span))
    };
    let taken = |span: Span, readings: Vec<Reading>| {
        let readings = readings.into_iter().map(|reading| in_place(node, span, reading));
        let readings = readings.filter(|reading| is_taken(span, reading));
        let readings: Vec<Reading> = readings.take(MOST_READINGS).collect();
        (!readings.is_empty()).then_some((span, readings))
    };
    // `data = none`
    if let MistakeKind::UnknownWord(word, _) = &mistake.kind
        && (reading::denies(word) || reading::says_unknown(word))
        && let Some(nothing) = taken(span, vec![Plain::List(Vec::new()).into()])
    {
        return Some(nothing);
    }
    if let Some(word) = in_lower_case
        && let Some(read) = taken(span, vec![Plain::Word(word).into()])
    {
        return Some(read);
    }
    // Where a list may stand, several addresses are one before they are a long one.
    let addresses = at(node, span).filter(|_| mistake.sort() == Some(Sort::Url));
    let addresses = addresses.and_then(|value| reading::addresses(value, source.text, source.lang));
    if let Some(list) = taken(span, addresses.into_iter().collect()) {
        return Some(list);
    }
    let wanted = mistake.wanted.iter().rev();
    let found = wanted.filter_map(|(sort, span)| {
        taken(*span, reading::of(*sort, at(node, *span)?, source.text, source.lang))
    });
    found.into_iter().next().or_else(|| {
        let is_value = !matches!(mistake.kind, MistakeKind::UnknownKey(..) | MistakeKind::MissingField(_));
        let sort = mistake.sort();
        let list = at(node, span)
            .filter(|_| is_value)
            .and_then(|value| reading::as_list(sort, value, source.text, source.lang));
        taken(span, list.into_iter().collect())
    })
}

/// A reading where it is: what is sure of a value by itself may not be beside others.
fn in_place(node: &Node, span: Span, reading: Reading) -> Reading {
    let table = table_of(node, span).and_then(|(table, key)| match &table.value {
        Value::Table(entries) => {
            entries.iter().find(|(other, _)| other.span == key).map(|(key, _)| (table, key))
        }
        _ => None,
    });
    match (&reading.value, table) {
        // A day alone: `2026-12-01 09:00`, `until 1 December 2026`.
        (Plain::Word(date), Some((_, key))) if &*key.name == "embargo" => {
            let day = date.trim_start_matches("../").split('T').next().unwrap_or_default();
            let is_partial = reading.is_partial || date.contains('T');
            Reading { value: Plain::Word(day.to_owned()), is_partial, ..reading }
        }
        // `from: 2019-2021` has both ends.
        (Plain::Word(date), Some((table, key))) if matches!(&*key.name, "from" | "to") => {
            match date.split_once('/') {
                // `from: since 2019`, `to: until 2019`
                Some((from, "..")) if &*key.name == "from" => {
                    Reading { value: Plain::Word(from.to_owned()), ..reading }
                }
                Some(("..", to)) if &*key.name == "to" => {
                    Reading { value: Plain::Word(to.to_owned()), ..reading }
                }
                Some((from, to)) if &*key.name == "from" && table.get("to").is_none() => {
                    let to = ("to", Plain::Word(to.to_owned()));
                    Reading { value: Plain::Word(from.to_owned()), beside: vec![to], ..reading }
                }
                Some(_) => Reading { is_partial: true, ..reading },
                None => reading,
            }
        }
        // Of a path, all points are written in one order, but only some are invalid in it.
        (Plain::List(pair), None) => {
            let first = match at(node, span).map(|node| &node.value) {
                Some(Value::List(items)) => items.first().map(|item| &item.value),
                _ => None,
            };
            let is_turned = match (first, pair.get(1)) {
                (Some(Value::Scalar(first)), Some(Plain::Bare(second))) => **first == **second,
                _ => false,
            };
            Reading { is_partial: reading.is_partial || is_turned, ..reading }
        }
        _ => reading,
    }
}

/// The value at exactly `span`; of several, the outermost.
fn at(node: &Node, span: Span) -> Option<&Node> {
    if node.span == span {
        return Some(node);
    }
    match &node.value {
        Value::Null | Value::Scalar(_) => None,
        Value::List(items) => items.iter().find_map(|item| at(item, span)),
        Value::Table(entries) => entries.iter().find_map(|(_, value)| at(value, span)),
    }
}

/// Puts a reading in the place of the value at `span`, with the keys beside it that its table lacks. Whether it
/// could: not if its table says something else already.
fn replace(node: &mut Node, span: Span, reading: &Reading) -> bool {
    match &mut node.value {
        Value::Null | Value::Scalar(_) => false,
        Value::List(items) => items.iter_mut().any(|item| match item.span == span {
            true if reading.beside.is_empty() => {
                *item = reading.value.node(span);
                true
            }
            true => false,
            false => replace(item, span, reading),
        }),
        Value::Table(entries) => {
            let Some(at) = entries.iter().position(|(_, value)| value.span == span) else {
                return entries.iter_mut().any(|(_, value)| replace(value, span, reading));
            };
            entries[at].1 = reading.value.node(span);
            reading.beside.iter().all(|(name, value)| {
                let value = value.node(span);
                let known = entries
                    .iter()
                    .find(|(key, _)| *key.name == **name)
                    .map(|(_, known)| known.is_same_word(&value));
                if known.is_none() {
                    entries.push((Key { name: (*name).into(), span }, value));
                }
                known != Some(false)
            })
        }
    }
}

/// Adds to a finding what the value at `span` may mean: as its fix, or, if it may mean several things, as choices.
fn offer(
    found: Diagnostic,
    node: &Node,
    span: Span,
    readings: &[Reading],
    source: &Document<'_>,
) -> Diagnostic {
    let spelt = |reading: &Reading| {
        let said = if reading.said.is_empty() { String::new() } else { format!(" ({})", reading.said) };
        format!("`{}`{said}", written(node, span, reading, source, ", "))
    };
    let all: Vec<String> = readings.iter().map(spelt).collect();
    let Some((last, others)) = all.split_last() else { return found };
    let found = match (others, readings) {
        ([], [one]) => found.help(format!("did you mean `{}`?", written(node, span, one, source, ", "))),
        _ => found.help(format!("it may mean {} or {last}: write the one that is meant", others.join(", "))),
    };
    let is_commented =
        source.text.get(span.range()).is_none_or(|text| text.contains("%%") || text.contains("<!--"));
    if is_commented {
        return found;
    }
    let fix = |reading: &Reading| {
        let separator = separator(node, span, source);
        let replacement = written(node, span, reading, source, &separator);
        let title = format!("replace it with {}", spelt(reading));
        Fix::new(title, vec![Edit { path: source.path.clone(), span, replacement }])
    };
    match readings {
        [one] if !one.is_partial => {
            let title = format!("replace it with `{}`", written(node, span, one, source, ", "));
            Diagnostic { fix: Some(Fix::new(title, fix(one).edits)), ..found }
        }
        several => several.iter().map(fix).fold(found, Diagnostic::choice),
    }
}

/// A reading as it is written in the place of the value at `span`, with the keys beside it that its table lacks.
fn written(node: &Node, span: Span, reading: &Reading, source: &Document<'_>, separator: &str) -> String {
    let mut text = reading.value.written(source.syntax);
    let table = table_of(node, span);
    for (key, value) in &reading.beside {
        if table.is_none_or(|(table, _)| table.get(key).is_none()) {
            text += &format!("{separator}{key}{}{}", source.syntax.sign(), value.written(source.syntax));
        }
    }
    text
}

/// What separates the entries of the table that has the value at `span`: a comma, or a line break and the indent.
fn separator(node: &Node, span: Span, source: &Document<'_>) -> String {
    let Some((table, key)) = table_of(node, span) else { return ", ".into() };
    if source.written(table.span).starts_with('{') {
        return ", ".into();
    }
    let line = source.line_before(key);
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    newline.chars().chain(line.chars().map(|c| if c == '\t' { c } else { ' ' })).collect()
}

/// The table that has the value at `span`, and where that value's key is.
fn table_of(node: &Node, span: Span) -> Option<(&Node, Span)> {
    match &node.value {
        Value::Null | Value::Scalar(_) => None,
        Value::List(items) => items.iter().find_map(|item| table_of(item, span)),
        Value::Table(entries) => match entries.iter().find(|(_, value)| value.span == span) {
            Some((key, _)) => Some((node, key.span)),
            None => entries.iter().find_map(|(_, value)| table_of(value, span)),
        },
    }
}

/// Whether a mistake at `span` is only a consequence of removing another value.
fn follows(kind: &MistakeKind, span: Span, removed: &Removed) -> bool {
    span == removed.parent
        && match (kind, &removed.key) {
            // A key that does not exist may have been meant as this one.
            (MistakeKind::MissingField(field), Some(key)) => *field == &**key || removed.is_unknown,
            (MistakeKind::Type(_), None) | (MistakeKind::Value(_), _) => true,
            _ => false,
        }
}

fn describe(
    kind: MistakeKind,
    span: Span,
    source: &Document<'_>,
    also: &[&'static str],
    near: Option<(&'static str, bool)>,
) -> Diagnostic {
    let path = source.path;
    let suggested = |found: Diagnostic, written: &dyn Fn(&str) -> String| match near {
        Some((near, is_sure)) => {
            found.help(format!("did you mean `{near}`?")).suggest(is_sure, path, span, written(near))
        }
        None => found,
    };
    let is_sure = near.is_some_and(|(_, is_sure)| is_sure);
    match kind {
        MistakeKind::UnknownKey(key, known) => {
            let found = Diagnostic::error(UNKNOWN_KEY.name, format!("unknown key `{key}`"))
                .at(path, span, "no such key here")
                .about(key.as_str());
            let found = suggested(found, &str::to_owned);
            match is_sure {
                true => found,
                false => found.help(format!("the keys are {}", listed(known.iter().chain(also).copied()))),
            }
        }
        MistakeKind::UnknownWord(word, known) => {
            let found = Diagnostic::error(INVALID_VALUE.name, format!("unknown word `{word}`"));
            let found = found.at(path, span, "not in the list");
            suggested(found, &|word| Plain::Word(word.to_owned()).written(source.syntax))
                .help(format!("the words are {}", listed(known.iter().copied())))
        }
        MistakeKind::MissingField(field) => {
            Diagnostic::error(MISSING_FIELD.name, format!("`{field}` is missing"))
                .at(path, span, format!("needs a key `{field}`"))
                .help(format!("add `{field}:` with its value"))
        }
        MistakeKind::Type(message) => Diagnostic::error(WRONG_TYPE.name, message).at(path, span, ""),
        MistakeKind::Value(message) => Diagnostic::error(INVALID_VALUE.name, message).at(path, span, ""),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests;
