//! Edits of a text: those between two texts, their result, and where in the text before them a place was.

use crate::base::span::Span;
use crate::data::node::{Node, Value};

/// A part of a text after edits.
pub(crate) fn edited(text: &str, span: Span, edits: &[(Span, String)]) -> String {
    let mut edits: Vec<&(Span, String)> = edits.iter().collect();
    edits.sort_by_key(|(span, _)| *span);
    let mut at = span.range().start;
    let mut new = String::new();
    for (span, replacement) in edits {
        new.push_str(&text[at..span.range().start.max(at)]);
        new.push_str(replacement);
        at = span.range().end.max(at);
    }
    new + &text[at..span.range().end.max(at)]
}

/// The edits that turn `from` into `to`: line by line, if they have as many lines.
pub(super) fn edits(from: &str, to: &str) -> Vec<(Span, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (from.split_inclusive('\n').collect(), to.split_inclusive('\n').collect());
    if old.len() != new.len() {
        return difference(from, to, 0).into_iter().collect();
    }
    let mut at = 0;
    let mut edits = Vec::new();
    for (old, new) in old.iter().zip(new) {
        edits.extend(difference(old, new, at));
        at += old.len();
    }
    edits
}

/// What differs, without what is the same before and after it.
fn difference(from: &str, to: &str, at: usize) -> Option<(Span, String)> {
    if from == to {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(same).map(|(c, _)| c.len_utf8()).sum()
    };
    let before = length(&mut from.chars().zip(to.chars()));
    let (rest, other) = (&from[before..], &to[before..]);
    let after = length(&mut rest.chars().rev().zip(other.chars().rev()));
    let span = Span::new(at + before, at + from.len() - after);
    Some((span, other[..other.len() - after].to_owned()))
}

/// Converts the spans of an edited text to those of the text before the edits, which are in their order.
pub(crate) fn map_back(node: &mut Node, edits: &[(Span, String)]) {
    let mut shift = 0;
    let places = edits.iter().map(|(old, new)| {
        let start = i64::from(old.start) + shift;
        shift += new.len() as i64 - (i64::from(old.end) - i64::from(old.start));
        Place { old: *old, start, end: start + new.len() as i64, shift }
    });
    map_back_from(node, &places.collect::<Vec<Place>>());
}

/// Where an edit is in the edited text, and how much longer all up to it have made the text.
struct Place {
    old: Span,
    start: i64,
    end: i64,
    shift: i64,
}

fn map_back_from(node: &mut Node, places: &[Place]) {
    node.span = original(node.span, places);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| map_back_from(item, places)),
        Value::Table(entries) => {
            for (key, value) in entries {
                key.span = original(key.span, places);
                map_back_from(value, places);
            }
        }
    }
}

fn original(span: Span, places: &[Place]) -> Span {
    let at = |position: u32, is_end: bool| {
        let count = places.partition_point(|place| place.start < i64::from(position));
        match count.checked_sub(1).map(|last| &places[last]) {
            None => position,
            Some(place) if i64::from(position) < place.end => {
                if is_end {
                    place.old.end
                } else {
                    place.old.start
                }
            }
            Some(place) => u32::try_from(i64::from(position) - place.shift).unwrap_or_default(),
        }
    };
    let start = at(span.start, false);
    Span { start, end: at(span.end, true).max(start) }
}
