//! What of a text is code, which stays as it is.

use std::ops::Range;

use crate::parse;

/// A text with a change of all that is no code.
pub(super) fn outside_code(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for Range { start, end } in parse::code_in(text) {
        if start < from {
            continue;
        }
        changed.push_str(&change(&text[from..start]));
        changed.push_str(&text[start..end]);
        from = end;
    }
    changed + &change(&text[from..])
}
