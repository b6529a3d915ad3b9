//! The words of a cell → a value, in the way that `exports::csv` writes one: several values with semicolons between
//! them, a record as `from=a, to=b`, a figure as `about 552 tonnes`. What is written otherwise is taken as it stands,
//! and read as front matter is.

use crate::base::number;
use crate::data::write::Given;
use crate::kinds::keys::{Key, Shape};
use crate::kinds::words::Comparator;

/// The value of a cell for a key of this shape; `None` if there is nothing in it.
pub(super) fn given(cell: &str, shape: Shape) -> Option<Given> {
    let cell = cell.trim();
    if cell.is_empty() {
        return None;
    }
    Some(match shape {
        Shape::List(&Shape::Record(keys)) => Given::List(records(cell, keys)),
        Shape::List(&Shape::Either(_, &Shape::Record(keys))) if first_key(cell, keys).is_some() => {
            Given::List(records(cell, keys))
        }
        Shape::List(item) => Given::List(parts(cell).filter_map(|part| given(part, *item)).collect()),
        Shape::Record(keys) | Shape::Either(_, &Shape::Record(keys)) => {
            record(cell, keys).unwrap_or_else(|| Given::Words(cell.to_owned()))
        }
        Shape::Date | Shape::Flag | Shape::Whole | Shape::Number => Given::Bare(cell.to_owned()),
        _ => Given::Words(cell.to_owned()),
    })
}

/// The values that one cell lists.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

fn records(cell: &str, keys: &'static [Key]) -> Vec<Given> {
    let mut rows: Vec<String> = Vec::new();
    for part in cell.split("; ").map(str::trim).filter(|part| !part.is_empty()) {
        match rows.last_mut() {
            // A semicolon within words, as it comes to light now.
            Some(last) if first_key(last, keys).is_some() && first_key(part, keys).is_none() => {
                last.push_str("; ");
                last.push_str(part);
            }
            _ => rows.push(part.to_owned()),
        }
    }
    let one = |row: String| record(&row, keys).unwrap_or(Given::Words(row));
    rows.into_iter().map(one).collect()
}

/// The key that a part of a record begins with, and its words.
fn first_key<'a>(part: &'a str, keys: &'static [Key]) -> Option<(&'static Key, &'a str)> {
    let (name, rest) = part.split_once('=')?;
    // Facts of references are called by what they are to the record.
    let is_its = |key: &&Key| key.name == name || key.role.is_some_and(|role| role.word() == name);
    Some((keys.iter().find(is_its)?, rest))
}

fn record(cell: &str, keys: &'static [Key]) -> Option<Given> {
    if keys.iter().any(|key| key.name == "comparator") {
        return figure(cell);
    }
    let mut entries: Vec<(&'static Key, String)> = Vec::new();
    for part in cell.split(", ") {
        match (first_key(part, keys), entries.last_mut()) {
            (Some((key, words)), _) => entries.push((key, words.to_owned())),
            (None, Some((_, words))) => {
                words.push_str(", ");
                words.push_str(part);
            }
            (None, None) => return None,
        }
    }
    let entries = entries.into_iter().filter_map(|(key, words)| {
        let given = match key.shape {
            Shape::List(item) => {
                Given::List(words.split('+').filter_map(|part| given(part, *item)).collect())
            }
            shape => given(&words, shape)?,
        };
        Some((key.name.to_owned(), given))
    });
    Some(Given::Table(entries.collect()))
}

/// A figure in exactly the words of our export. `1.500` is none, because it may be meant as one and a half thousand.
fn figure(cell: &str) -> Option<Given> {
    let word = Comparator::WORDS
        .iter()
        .find(|word| cell.strip_prefix(**word).is_some_and(|rest| rest.starts_with(' ')));
    let rest = word.map_or(cell, |word| cell[word.len()..].trim_start());
    let (amount, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    let exact = |text: &str| number::parse(text).filter(|number| number.to_string() == text);
    let value = match amount.split_once('–') {
        Some((from, to)) => {
            let (from, to) = (exact(from)?.to_string(), exact(to)?.to_string());
            Given::Table(vec![("from".to_owned(), Given::Bare(from)), ("to".to_owned(), Given::Bare(to))])
        }
        None => Given::Bare(exact(amount)?.to_string()),
    };
    let mut entries = vec![("value".to_owned(), value)];
    entries.extend(word.map(|word| ("comparator".to_owned(), Given::Words((*word).to_owned()))));
    if !unit.trim().is_empty() {
        entries.push(("unit".to_owned(), Given::Words(unit.trim().to_owned())));
    }
    Some(Given::Table(entries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::write::{Place, Syntax};
    use crate::kinds::KindId;

    fn written(kind: KindId, key: &str, cell: &str) -> String {
        let shape = kind.keys().find(|known| known.name == key).unwrap().shape;
        given(cell, shape).map_or(String::new(), |given| Syntax::Yaml.written(&given, Place::Line))
    }

    #[test]
    fn a_cell_is_read_as_our_export_writes_it() {
        for (kind, key, cell, yaml) in [
            (KindId::Claim, "by", "nis; kirby", "[nis, kirby]"),
            (
                KindId::Claim,
                "quantities",
                "about 552 tonnes",
                "[{value: 552, comparator: about, unit: tonnes}]",
            ),
            (KindId::Claim, "quantities", "200–999", "[{value: {from: 200, to: 999}}]"),
            (KindId::Claim, "quantities", "1.500 kontainer", "[1.500 kontainer]"),
            (
                KindId::Route,
                "legs",
                "from=a, to=b, mode=sea, cargo=ore, and coal; more, claims=x+z; from=b, to=c, mode=air",
                "[{from: a, to: b, mode: sea, cargo: \"ore, and coal; more\", claims: [x, z]}, {from: b, to: c, mode: air}]",
            ),
            (KindId::Actor, "part_of", "part_of=nato, role=member", "[{actor: nato, role: member}]"),
            (KindId::Actor, "part_of", "nato", "[nato]"),
            (KindId::Claim, "sources", "a (p. 4); b", "[a (p. 4), b]"),
            (KindId::Actor, "role", "two\nlines", "\"two\\nlines\""),
            (KindId::Claim, "by", " ", ""),
        ] {
            assert_eq!(written(kind, key, cell), yaml, "{cell}");
        }
    }
}
