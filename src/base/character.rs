//! Characters that neither XML nor HTML may hold, not even as references (XML 1.0, section 2.2): control
//! characters other than tabs and line ends, and the two noncharacters U+FFFE and U+FFFF.
//!
//! Each is replaced where text comes in, so every output is well-formed. The replacement has the same length
//! in UTF-8, so spans stay valid.

use std::borrow::Cow;

/// Whether a character is forbidden.
pub(crate) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a character has no place in a file's name: nobody sees it, and it changes what is read, or the place where a
/// line ends. Marks of direction that stand alone (U+200E, U+200F, U+061C) are in names on Arabic and Hebrew systems;
/// embeddings, overrides and isolates show a name in another order than it has (UAX #9).
pub(crate) fn is_unnameable(c: char) -> bool {
    c.is_control() || is_forbidden(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is one that nobody sees and that comes along when a word is copied: zero-width spaces and
/// joiners, the marks of direction, byte order marks and soft hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text with an escape such as `\n` or `\u{202e}` for every character that is [unnameable](is_unnameable).
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unnameable) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_unnameable(c) {
            true => seen.extend(c.escape_default()),
            false => seen.push(c),
        }
    }
    Cow::Owned(seen)
}

/// The text with a space for every forbidden control character, and U+FFFD for every other.
pub(crate) fn allowed(text: &str) -> Cow<'_, str> {
    // Most texts have no such byte at all.
    let may_hold = |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xef;
    if !text.bytes().any(may_hold) || !text.contains(is_forbidden) {
        return Cow::Borrowed(text);
    }
    let replaced = |c: char| match c {
        c if !is_forbidden(c) => c,
        c if c.len_utf8() == 1 => ' ',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(replaced).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_only_what_can_be_seen() {
        for bad in
            ['\n', '\u{b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{fffe}', '\u{ffff}']
        {
            assert!(is_unnameable(bad), "{bad:?}");
        }
        for good in [' ', 'é', '\u{301}', '\u{200f}', '\u{200d}', '\u{fffd}', 'ش', '漢', '👩'] {
            assert!(!is_unnameable(good), "{good:?}");
        }
    }

    #[test]
    fn what_misleads_is_seen() {
        assert_eq!(visible("a\n\u{202e}\u{1}é\u{fffe}"), "a\\n\\u{202e}\\u{1}é\\u{fffe}");
        assert!(matches!(visible("a b é 漢 \u{200f}"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_replaced_keeps_its_length() {
        let text = "a\u{c}b\u{b}\u{0}\u{1f}\t\r\n\u{fffe}\u{ffff}\u{fffd}é\u{feff}";
        let allowed = allowed(text);
        assert_eq!(allowed, "a b   \t\r\n\u{fffd}\u{fffd}\u{fffd}é\u{feff}");
        assert_eq!(allowed.len(), text.len());
    }
}
