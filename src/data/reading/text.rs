//! A text as the readings see it: one spelling for each digit, dash and space.

use unicode_normalization::UnicodeNormalization;

use crate::base::character::is_invisible;
use crate::base::number::digit;

/// `text` in lower case, with ASCII digits, `-` for hyphens and minus signs, `–` for dashes, `'` and `"` for
/// curly quotes and primes, single spaces, and nothing around it that only ends a sentence or quotes it.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Compatible characters first: full-width digits, superscripts.
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let c = match c {
            '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
            '\u{2012}'..='\u{2015}' => '–',
            '‘' | '’' | '′' | 'ʹ' | 'ʼ' | '`' => '\'',
            '“' | '”' | '″' | 'ʺ' | '„' => '"',
            c if c.is_whitespace() => ' ',
            c => digit(c).unwrap_or(c),
        };
        match c {
            ' ' if plain.ends_with(' ') => {}
            // NFKC has taken the double prime apart.
            '\'' if plain.ends_with('\'') => {
                plain.pop();
                plain.push('"');
            }
            // Only inside of numbers does an invisible mark matter, and there it is a slip.
            c if is_invisible(c) => {}
            c => plain.push(c),
        }
    }
    plain.trim_start().trim_end_matches([' ', ',', ';']).to_owned()
}

/// A piece of a plain text.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum Token<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters and the marks on them.
    Word(&'a str),
    /// Anything else, spaces included.
    Mark(char),
}

/// The pieces of a plain text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_letter = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |is_part: &dyn Fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (token, length) = if first.is_ascii_digit() {
            let length = run(&|c| c.is_ascii_digit());
            (Token::Number(&rest[..length]), length)
        } else if is_letter(first) {
            let length = run(&is_letter);
            (Token::Word(&rest[..length]), length)
        } else {
            (Token::Mark(first), first.len_utf8())
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_what_looks_alike() {
        assert_eq!(plain("  ١٣\u{a0}Oktober — ２０２３, "), "13 oktober – 2023");
        assert_eq!(plain("33°54′10.8″N"), "33°54'10.8\"n");
        assert_eq!(tokens("7th, x")[..2], [Token::Number("7"), Token::Word("th")]);
    }
}
