//! Text templates with placeholders: `by {name}`.

use std::fmt::{Display, Write};

/// Replaces each `{name}` for which there is a value. Inserted values are not searched again, because a title
/// may contain `{name}` itself.
pub(crate) fn fill<V: Display>(words: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let blank = after.split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        rest = match blank {
            Some((value, after)) => {
                // Writing to a string cannot fail.
                let _ = write!(filled, "{value}");
                after
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_blanks_of_the_words_are_filled() {
        let value = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("{a}"),
            _ => None,
        };
        assert_eq!(fill("{a} and {b}, {c}, {, {{a}}, {", value), "{b} and {a}, {c}, {, {{b}}, {");
    }
}
