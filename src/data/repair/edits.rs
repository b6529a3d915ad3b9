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
    node.span = original(node.span, edits);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| map_back(item, edits)),
        Value::Table(entries) => {
            for (key, value) in entries {
                key.span = original(key.span, edits);
                map_back(value, edits);
            }
        }
    }
}

fn original(span: Span, edits: &[(Span, String)]) -> Span {
    let at = |position: u32, is_end: bool| {
        let mut shift = 0i64;
        for (old, new) in edits {
            let start = i64::from(old.start) + shift;
            let end = start + new.len() as i64;
            let position = i64::from(position);
            if position <= start {
                break;
            }
            if position < end {
                return if is_end { old.end } else { old.start };
            }
            shift += new.len() as i64 - (i64::from(old.end) - i64::from(old.start));
        }
        u32::try_from(i64::from(position) - shift).unwrap_or_default()
    };
    let start = at(span.start, false);
    Span { start, end: at(span.end, true).max(start) }
}
