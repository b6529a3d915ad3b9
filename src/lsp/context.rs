//! Where in the keys and values of front matter a place is, in a text that need not parse: somebody is typing it.

use crate::kinds::KindId;
use crate::kinds::keys::{Key, Shape};

/// What can be written at a place.
#[derive(Debug)]
pub(super) enum Wanted<'a> {
    /// A key of this table.
    Key {
        /// The keys that it may have.
        keys: Vec<&'static Key>,
        /// The ones that it has.
        known: Vec<&'a str>,
        typed: &'a str,
    },
    /// A value.
    Value { key: &'static Key, shape: Shape, typed: &'a str, needs_space: bool },
}

/// A line of front matter.
#[derive(Copy, Clone)]
struct Line<'a> {
    /// The column of the first dash, if it begins an item of a list.
    dash: Option<usize>,
    /// The column of what follows.
    column: usize,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Line<'a> {
        let mut rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        while let Some(after) =
            rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' '))
        {
            rest = after.trim_start_matches(' ');
        }
        let column = line.len() - rest.len();
        Line { dash: (column > indent).then_some(indent), column, rest: rest.trim_end_matches('\r') }
    }

    /// Whether nothing is written there, but a comment.
    fn is_blank(&self) -> bool {
        self.dash.is_none() && (self.rest.trim().is_empty() || self.rest.starts_with('#'))
    }

    /// The key, and what follows its colon.
    fn key(&self) -> Option<(&'a str, &'a str)> {
        let (key, value) = self.rest.split_once(':')?;
        let is_name = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        is_name.then_some((key, value))
    }
}

/// What can be written at the end of `before`, the front matter up to a place, of a file of a kind.
pub(super) fn wanted<'a>(kind: KindId, front: &'a str, at: usize) -> Option<Wanted<'a>> {
    let before = front.get(..at)?;
    let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
    let line = Line::of(line);
    let way = way(above, line);
    if let Some((name, value)) = line.key() {
        let key = *keys(kind, &way)?.iter().find(|key| key.name == name)?;
        return of_value(key, key.shape, value, !value.starts_with(' '));
    }
    // The item of a list: a value, or the first key of a table.
    if line.dash.is_some() {
        let (name, outer) = way.split_last()?;
        let key = *keys(kind, outer)?.iter().find(|key| key.name == *name)?;
        let shape = key.shape.item();
        if line.rest.starts_with('{') {
            return in_flow(shape, line.rest);
        }
        if !matches!(shape, Shape::Record(_)) {
            return of_value(key, shape, line.rest, false);
        }
    }
    let keys = keys(kind, &way)?;
    let known = siblings(front, above, line);
    Some(Wanted::Key { keys, known, typed: line.rest })
}

/// The keys that lead to the table that a line belongs to.
fn way<'a>(above: &'a str, line: Line<'_>) -> Vec<&'a str> {
    let (mut way, mut column, mut dash) = (Vec::new(), line.column, line.dash);
    for outer in above.lines().rev().map(Line::of).filter(|outer| !outer.is_blank()) {
        if column == 0 && dash.is_none() {
            break;
        }
        let Some((key, _)) = outer.key() else { continue };
        match dash {
            // A list may stand right below its key.
            Some(dash) if outer.column > dash => continue,
            // The first key of the item that the line is in: the list is further up.
            None if outer.column == column && outer.dash.is_some() => {
                dash = outer.dash;
                continue;
            }
            None if outer.column >= column => continue,
            _ => way.push(key),
        }
        (column, dash) = (outer.column, outer.dash);
    }
    way.reverse();
    way
}

/// The keys of the table at the end of a way.
fn keys(kind: KindId, way: &[&str]) -> Option<Vec<&'static Key>> {
    let mut table: Vec<&'static Key> = kind.keys().collect();
    for name in way {
        let key = table.iter().find(|key| key.name == *name)?;
        table = key.shape.record()?.iter().collect();
    }
    Some(table)
}

fn of_value<'a>(key: &'static Key, shape: Shape, value: &'a str, needs_space: bool) -> Option<Wanted<'a>> {
    let value = value.trim_start_matches(' ');
    match value.rfind(['{', '[', ',']).map(|at| (&value[at..=at], &value[at + 1..])) {
        _ if value.starts_with('{') || value.starts_with("[{") => in_flow(shape.item(), value),
        Some((_, typed)) if value.starts_with('[') && !value.contains(']') => {
            Some(Wanted::Value { key, shape: shape.item(), typed: typed.trim_start(), needs_space: false })
        }
        _ => Some(Wanted::Value { key, shape: shape.item(), typed: value, needs_space }),
    }
}

/// Within the braces of a table: `{source: x, loc`.
fn in_flow(shape: Shape, value: &str) -> Option<Wanted<'_>> {
    let inner = value.rsplit('{').next()?;
    if inner.contains('}') {
        return None;
    }
    let table: Vec<&'static Key> = shape.record()?.iter().collect();
    let last = inner.rsplit(',').next()?.trim_start();
    if let Some((name, typed)) = last.split_once(':') {
        let key = *table.iter().find(|key| key.name == name.trim())?;
        let needs_space = !typed.starts_with(' ');
        return Some(Wanted::Value { key, shape: key.shape.item(), typed: typed.trim_start(), needs_space });
    }
    let known = inner.split(',').filter_map(|part| Some(part.split_once(':')?.0.trim())).collect();
    Some(Wanted::Key { keys: table, known, typed: last })
}

/// The keys beside a line in its table.
fn siblings<'a>(front: &'a str, above: &str, line: Line<'_>) -> Vec<&'a str> {
    let at = if above.is_empty() { 0 } else { above.lines().count() };
    let lines: Vec<Line<'a>> = front.lines().map(Line::of).collect();
    let begins = |other: &&Line<'a>| other.dash.is_some() && other.column == line.column;
    let is_inside = |other: &&Line<'a>| other.column >= line.column || other.is_blank();
    let mut beside = Vec::new();
    for other in lines.get(at + 1..).unwrap_or_default().iter().take_while(is_inside) {
        if begins(&other) {
            break;
        }
        beside.push(other);
    }
    let up = lines.get(..at).unwrap_or_default().iter().rev().take_while(is_inside);
    for other in up.take(if line.dash.is_some() { 0 } else { at }) {
        beside.push(other);
        // The dash begins the table that the line is in.
        if begins(&other) {
            break;
        }
    }
    let same = beside.into_iter().filter(|other| other.column == line.column);
    same.filter_map(|other| Some(other.key()?.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wanted at the `|`, in one line.
    fn at(kind: KindId, text: &str) -> String {
        let place = text.find('|').unwrap();
        let front = text.replace('|', "");
        match wanted(kind, &front, place) {
            None => "nothing".to_owned(),
            Some(Wanted::Key { keys, known, typed }) => {
                let first: Vec<&str> = keys.iter().take(2).map(|key| key.name).collect();
                format!("key {typed:?} of {}…, beside {}", first.join(", "), known.join(", "))
            }
            Some(Wanted::Value { key, typed, needs_space, .. }) => {
                format!("{}: {typed:?}{}", key.name, if needs_space { ", a space first" } else { "" })
            }
        }
    }

    #[test]
    fn what_can_be_written_is_known_from_lines_that_need_not_parse() {
        let claim = KindId::Claim;
        for (text, wanted) in [
            ("title: A\nby: n|\ndate: 2023", "by: \"n\""),
            ("title: A\nby:|", "by: \"\", a space first"),
            ("title: A\nby: [nis, k|", "by: \"k\""),
            ("title: A\nby:\n  - nis\n  - k|", "by: \"k\""),
            ("title: A\nby:\n- |", "by: \"\""),
            ("title: A\nquantities:\n  - value: 2\n    uni|", "key \"uni\" of"),
            ("title: A\nquantities:\n- value: 2\n  unit: |", "unit: \"\""),
            ("title: A\nsources:\n  - {source: tri|", "source: \"tri\""),
            ("title: A\nsources: [{source: a, loc|", "key \"loc\" of"),
            ("title: \"A\nda|", "key \"da\" of"),
        ] {
            let found = at(claim, text);
            assert!(found.starts_with(wanted), "{text}: {found}");
        }
        let found = at(claim, "title: A\n|\ndate: 2023\nquantities:\n  - value: 1\n");
        assert!(found.ends_with("beside date, quantities, title"), "{found}");
        let found = at(claim, "quantities:\n  - value: 1\n    unit: t\n  - value: 2\n    |\nby: x");
        assert!(found.ends_with("beside value"), "{found}");
    }
}
