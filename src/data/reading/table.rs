//! Tables and lists where another shape is wanted: `{family: Doe, given: Jane}`, `{from: 3, to: 5, unit: km}`.

use std::borrow::Cow;

use super::word::language;
use super::{Plain, Reading, in_record, list_of};
use crate::base::id::Lang;
use crate::data::{Key, Node, Value};

/// A text in a table: `{family: Doe, given: Jane}`, as bibliographies have it, or `{name: Jane Doe}`.
pub(super) fn person(entries: &[(Key, Node)]) -> Option<Plain> {
    let words: Option<Vec<(&str, &str)>> = entries
        .iter()
        .map(|(key, node)| match &node.value {
            Value::Scalar(word) => Some((&*key.name, word.trim())),
            _ => None,
        })
        .collect();
    let words = words?;
    let of = |names: &[&str]| words.iter().find(|(key, _)| names.contains(key)).map(|(_, word)| *word);
    let (family, given) = (
        of(&["family", "last", "surname", "lastname", "last_name"]),
        of(&["given", "first", "firstname", "first_name"]),
    );
    match (words.as_slice(), family, given) {
        ([_, _], Some(family), Some(given)) => Some(Plain::Word(format!("{family}, {given}"))),
        ([("name" | "literal" | "author" | "en" | "id" | "text" | "title" | "value", word)], ..) => {
            Some(Plain::Word((*word).to_owned()))
        }
        _ => None,
    }
}

/// A text by language whose languages are written as names: `{english: spokesman}`.
pub(super) fn by_language(entries: &[(Key, Node)]) -> Option<Plain> {
    let named = |key: &Key| match language(&key.name).as_slice() {
        [lang] => Some(lang.clone()),
        _ => None,
    };
    let entry = |(key, node): &(Key, Node)| {
        let lang = named(key).or_else(|| Some(Lang::parse(&key.name)?.as_str().to_owned()))?;
        match &node.value {
            Value::Scalar(word) => Some((Cow::Owned(lang), Plain::Word(word.to_string()))),
            _ => None,
        }
    };
    let is_named = entries.iter().any(|(key, _)| named(key).is_some());
    is_named.then(|| Some(Plain::Table(entries.iter().map(entry).collect::<Option<Vec<_>>>()?)))?
}

/// A table of keys without values where a text is wanted: `{en = Ms, id = Bu}`, `{Draft}`.
pub(super) fn words_in_braces(entries: &[(Key, Node)], written: Option<&str>) -> Vec<Plain> {
    let entry = |(key, _): &(Key, Node)| {
        let (key, word) = key.name.split_once('=')?;
        Some((key.trim().to_owned().into(), Plain::Word(word.trim().to_owned())))
    };
    // As TOML has it.
    if let Some(table) = entries.iter().map(entry).collect::<Option<Vec<_>>>() {
        return vec![Plain::Table(table)];
    }
    let inner = written.and_then(|text| text.strip_prefix('{')?.strip_suffix('}')).map(str::trim);
    let texts = [written, inner].into_iter().flatten().map(|text| Plain::Word(text.to_owned()));
    std::iter::once(list_of(entries)).chain(texts).collect()
}

/// A list where one text is wanted: as one text with commas, or with its brackets. Only a person can say which.
pub(super) fn in_one_text(items: &[Node], node: &Node, text: &str) -> Vec<Reading> {
    let words: Option<Vec<&str>> = items
        .iter()
        .map(|item| match &item.value {
            Value::Scalar(word) => Some(word.trim()),
            _ => None,
        })
        .collect();
    let joined = words.filter(|words| !words.is_empty()).map(|words| words.join(", "));
    let written =
        text.get(node.span.range()).filter(|written| written.starts_with('[') && !written.contains('\n'));
    let readings = written.map(str::to_owned).into_iter().chain(joined);
    readings.map(|text| Reading::from(Plain::Word(text)).partial()).collect()
}

/// A figure whose number is under another key, or none: `{from: 3, to: 5, unit: km}`, `{amount: 500}`,
/// `{500 containers}`.
pub(super) fn measured(entries: &[(Key, Node)], text: &str, lang: &str) -> Option<Plain> {
    const AMOUNTS: [&str; 10] =
        ["amount", "number", "figure", "count", "quantity", "total", "jumlah", "nilai", "angka", "size"];
    if entries.iter().any(|(key, _)| &*key.name == "value") {
        return None;
    }
    let scalar = |node: &Node| match &node.value {
        Value::Scalar(word) => Some(word.to_string()),
        _ => None,
    };
    let end = |name: &str| {
        let (_, node) = entries.iter().find(|(key, _)| &*key.name == name)?;
        Some(Plain::Bare(scalar(node)?))
    };
    let amounts: Vec<&(Key, Node)> =
        entries.iter().filter(|(key, _)| AMOUNTS.contains(&&*key.name.to_lowercase())).collect();
    let (mut table, used): (Vec<(Cow<'static, str>, Plain)>, Vec<&str>) =
        match (end("from"), end("to"), amounts.as_slice()) {
            (Some(from), Some(to), []) => {
                let range = Plain::Table(vec![("from".into(), from), ("to".into(), to)]);
                (vec![("value".into(), range)], vec!["from", "to"])
            }
            (_, _, [(key, node)]) => match in_record("value", &scalar(node)?, lang).as_slice() {
                [Reading { value: Plain::Table(table), .. }] => (table.clone(), vec![&key.name]),
                _ => return None,
            },
            _ => match entries {
                [(key, Node { value: Value::Null, .. })] => {
                    match in_record("value", &key.name, lang).as_slice() {
                        [Reading { value: Plain::Table(table), .. }] => (table.clone(), vec![&key.name]),
                        _ => return None,
                    }
                }
                _ => return None,
            },
        };
    for (key, node) in entries.iter().filter(|(key, _)| !used.contains(&&*key.name)) {
        // A comment would be lost.
        let written = text.get(node.span.range()).filter(|written| !written.contains(['#', '\n']))?;
        if table.iter().any(|(known, _)| **known == *key.name) {
            return None;
        }
        table.push((key.name.to_string().into(), Plain::Bare(written.to_owned())));
    }
    Some(Plain::Table(table))
}
