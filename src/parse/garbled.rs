//! Finds letters that a program lost or misread before the text came here: U+FFFD, and UTF-8 that was read as
//! Windows-1252 or Windows-1251 and saved again, such as `cafÃ©`.

use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

use super::prose::Fault;
use crate::base::span::Span;

/// An encoding of one byte for each letter, in which programs misread UTF-8.
struct Misread {
    /// The letters of the bytes from 0x80 on.
    letters: [char; 128],
    /// How many letters of UTF-8 in a row are no accident; of a common letter, one is enough.
    least: usize,
}

impl Misread {
    fn new(encoding: &'static Encoding, least: usize) -> Misread {
        let letter = |byte: u8| encoding.decode_without_bom_handling(&[byte]).0.chars().next();
        Misread { letters: std::array::from_fn(|at| letter(0x80 + at as u8).unwrap_or('\u{fffd}')), least }
    }

    fn byte(&self, letter: char) -> Option<u8> {
        if letter.is_ascii() {
            return None;
        }
        self.letters.iter().position(|other| *other == letter).map(|at| 0x80 + at as u8)
    }

    /// The letter that a text begins with in truth, and the length of what is there for it.
    fn letter(&self, text: &str) -> Option<(char, usize)> {
        let mut letters = text.chars();
        let first = self.byte(letters.next()?)?;
        let count = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return None,
        };
        let mut bytes = vec![first];
        for letter in letters.take(count - 1) {
            bytes.push(self.byte(letter).filter(|byte| *byte < 0xc0)?);
        }
        let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
        let length = text.chars().take(count).map(char::len_utf8).sum();
        (!meant.is_control()).then_some((meant, length))
    }

    /// The words that a text begins with in truth, and the length of what is there for them.
    fn words(&self, text: &str, before: Option<char>) -> Option<(String, usize)> {
        let (mut meant, mut length) = (String::new(), 0);
        while let Some((letter, more)) = self.letter(&text[length..]) {
            meant.push(letter);
            length += more;
        }
        // `«IRMÃ»` is a word in capitals and a mark behind it.
        let is_mark = |c: char| matches!(c, '»' | '›' | '“' | '”' | '‘' | '’' | '…' | '–' | '—');
        let is_capitals = before.is_some_and(char::is_uppercase) && text.chars().nth(1).is_some_and(is_mark);
        let is_common = |c: char| matches!(c, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}' | '€' | '™');
        let is_one = self.least == 2 && meant.starts_with(is_common) && !is_capitals;
        (is_one || meant.chars().count() >= self.least).then_some((meant, length))
    }
}

static MISREAD: LazyLock<[Misread; 2]> =
    LazyLock::new(|| [Misread::new(WINDOWS_1252, 2), Misread::new(WINDOWS_1251, 3)]);

/// The places in a text, except where it is code.
pub(super) fn find(text: &str, is_code: impl Fn(usize) -> bool) -> Vec<(Fault, Span)> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    let (mut before, mut done) = (None, 0);
    for (at, letter) in text.char_indices() {
        let last = before.replace(letter);
        if letter.is_ascii() || at < done || is_code(at) {
            continue;
        }
        if letter == '\u{fffd}' {
            found.push((Fault::LettersLost, Span::new(at, at + letter.len_utf8())));
        } else if let Some((_, length)) = meant_at(&text[at..], last) {
            found.push((Fault::LettersMisread, Span::new(at, at + length)));
            done = at + length;
        }
    }
    found
}

/// What words that were misread are in truth.
pub(crate) fn meant(written: &str) -> Option<String> {
    meant_at(written, None).map(|(meant, _)| meant)
}

fn meant_at(text: &str, before: Option<char>) -> Option<(String, usize)> {
    MISREAD.iter().find_map(|encoding| encoding.words(text, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_misread_reads_as_it_was_written() {
        for (encoding, text) in [
            (WINDOWS_1252, "Déjà vu, “fine” — café, naïve… 5 €, Curaçao"),
            (WINDOWS_1252, "Привет, мир"),
            (WINDOWS_1252, "東京の港"),
            (WINDOWS_1251, "Привет, мир, Москва"),
        ] {
            let mut misread = encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned();
            let found = find(&misread, |_| false);
            assert!(!found.is_empty(), "{misread}");
            for (fault, span) in found.into_iter().rev() {
                assert_eq!(fault, Fault::LettersMisread);
                let meant = meant(&misread[span.range()]).unwrap();
                misread.replace_range(span.range(), &meant);
            }
            assert_eq!(misread, text);
        }
    }

    #[test]
    fn what_was_read_rightly_is_left_alone() {
        for text in [
            "« CAFÉ», «IRMÃ», „SCHÖ“, É…, À l’été, naïveté, Ñandú, 5 °C, ½ €, São Paulo, Ísafjörður, Đurđević",
            "Привет, мир: «Россия» — 2023… №5, Ёлка, Київ, Ґанок, Српска Ћирилица, Њ",
            "港は東京にある。“台北”、서울, محمد, עברית, ไทย",
        ] {
            assert_eq!(find(text, |_| false), [], "{text}");
        }
        assert_eq!(find("a\u{fffd}b", |_| false).len(), 1);
    }
}
