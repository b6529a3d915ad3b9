//! Edits of a text: those between two texts, their result, and where in the text before them a place was.

use crate::base::span::Span;
use crate::data::node::{Node, Value};

/// A part of a text after edits. Of overlapping edits only the one that starts first counts.
pub(crate) fn edited(text: &str, span: Span, edits: &[(Span, String)]) -> String {
    let mut at = span.range().start;
    let mut new = String::new();
    for (span, replacement) in in_order(edits) {
        new.push_str(&text[at..span.range().start.max(at)]);
        new.push_str(replacement);
        at = span.range().end.max(at);
    }
    new + &text[at..span.range().end.max(at)]
}

/// Edits in the order of the text, without those that overlap one before them.
fn in_order(edits: &[(Span, String)]) -> Vec<&(Span, String)> {
    let mut sorted: Vec<&(Span, String)> = edits.iter().collect();
    sorted.sort_by_key(|(span, _)| *span);
    let mut done = 0;
    sorted.retain(|(span, _)| {
        let is_apart = span.start >= done;
        done = if is_apart { span.end } else { done };
        is_apart
    });
    sorted
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

/// Converts the spans of an edited text to those of the text before the edits.
pub(crate) fn map_back(node: &mut Node, edits: &[(Span, String)]) {
    let mut shift = 0i64;
    let moved = in_order(edits).into_iter().map(|(old, new)| {
        let start = i64::from(old.start) + shift;
        let end = start + new.len() as i64;
        shift = end - i64::from(old.end);
        Moved { start, end, old: *old }
    });
    convert(node, &moved.collect::<Vec<_>>());
}

/// An edit: what it wrote, in bytes of the edited text, and what was there before.
struct Moved {
    start: i64,
    end: i64,
    old: Span,
}

fn convert(node: &mut Node, edits: &[Moved]) {
    node.span = original(node.span, edits);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter_mut().for_each(|item| convert(item, edits)),
        Value::Table(entries) => {
            for (key, value) in entries {
                key.span = original(key.span, edits);
                convert(value, edits);
            }
        }
    }
}

fn original(span: Span, edits: &[Moved]) -> Span {
    let at = |position: u32, is_end: bool| {
        let position = i64::from(position);
        // What begins where something was deleted was behind it.
        let is_before = |edit: &Moved| edit.start < position || !is_end && edit.end <= position;
        let before = edits.partition_point(is_before);
        let original = match before.checked_sub(1).map(|last| &edits[last]) {
            None => position,
            Some(edit) if position < edit.end => {
                i64::from(if is_end { edit.old.end } else { edit.old.start })
            }
            Some(edit) => position - edit.end + i64::from(edit.old.end),
        };
        u32::try_from(original).unwrap_or_default()
    };
    let start = at(span.start, false);
    Span { start, end: at(span.end, true).max(start) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn node(start: usize, end: usize) -> Node {
        Node { span: Span::new(start, end), value: Value::Null }
    }

    proptest! {
        #[test]
        fn what_no_edit_changed_is_found_where_it_was(
            cuts in proptest::collection::vec((0usize..200, 0usize..5, "[a-z]{0,4}"), 0..20),
        ) {
            // Every character is another one, so each shows its own place; new ones are letters.
            let text: String = (0..200).map(|n| char::from_u32(0x4e00 + n).unwrap_or('x')).collect();
            let at = |n: usize| 3 * n.min(200);
            let edits: Vec<(Span, String)> = cuts
                .into_iter()
                .map(|(start, length, new)| (Span::new(at(start), at(start + length)), new))
                .collect();
            let new = edited(&text, Span::new(0, text.len()), &edits);
            for (start, c) in new.char_indices() {
                let mut node = node(start, start + c.len_utf8());
                map_back(&mut node, &edits);
                let old = text.get(node.span.range()).map(str::to_owned);
                prop_assert!(old.is_some(), "{:?}", node.span);
                if !c.is_ascii() {
                    prop_assert_eq!(old, Some(c.to_string()));
                }
            }
        }
    }

    /// If each place were compared with all edits, this would take an hour.
    #[test]
    fn many_places_are_found_after_many_edits() {
        let edits: Vec<(Span, String)> =
            (0..200_000).map(|n| (Span::new(n * 10, n * 10 + 1), "xyz".to_owned())).collect();
        let items = (0..200_000).map(|n| node(n * 12 + 5, n * 12 + 7)).collect();
        let mut list = Node { span: Span::new(0, 2_400_000), value: Value::List(items) };
        map_back(&mut list, &edits);
        let Value::List(items) = &list.value else { return };
        assert_eq!(items[199_999].span, Span::new(1_999_993, 1_999_995));
    }
}
