//! Text in the form in which names are compared: the letters of a name are the same, whatever keyboard and program it
//! was written with.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// A text in small letters, with the marks on letters as characters of their own, with one character for all
/// hyphens and dashes and one for all apostrophes and quotation marks, and with plain letters for those of other widths
/// (NFKC).
pub(super) struct Folded<'t> {
    source: &'t str,
    pub(super) text: Cow<'t, str>,
}

impl<'t> Folded<'t> {
    pub(super) fn of(source: &'t str) -> Folded<'t> {
        let text = if !source.is_ascii() {
            let mut text = String::with_capacity(source.len() + source.len() / 8);
            let mut known = HashMap::new();
            Pieces { text: source, at: 0 }
                .for_each(|piece| fold_again(&source[piece], &mut text, &mut known));
            text.into()
        } else if source.bytes().any(|byte| matches!(byte, b'A'..=b'Z' | b'"' | b'`')) {
            source.chars().map(small).collect::<String>().into()
        } else {
            source.into()
        };
        Folded { source, text }
    }

    /// Finds the ranges of the source for ranges of this text, which must come in order.
    pub(super) fn sources(&self) -> Sources<'t> {
        Sources { pieces: Pieces { text: self.source, at: 0 }, piece: 0..0, folded: 0..0, is_plain: true }
    }
}

/// See [`Folded::sources`].
pub(super) struct Sources<'t> {
    pieces: Pieces<'t>,
    /// The current piece, and the range that it has in the folded text.
    piece: Range<usize>,
    folded: Range<usize>,
    /// Whether the piece has a byte for each of the folded text. It may be all of the text, so this is asked once.
    is_plain: bool,
}

impl Sources<'_> {
    pub(super) fn range(&mut self, folded: &Range<usize>) -> Range<usize> {
        let start = self.advance(folded.start).start;
        start..self.advance(folded.end - 1).end.max(start)
    }

    /// What a byte of the folded text was made from.
    fn advance(&mut self, at: usize) -> Range<usize> {
        while at >= self.folded.end
            && let Some(piece) = self.pieces.next()
        {
            let source = &self.pieces.text[piece.clone()];
            let mut folded = String::new();
            self.is_plain = is_plain(source);
            let length = if self.is_plain {
                source.len()
            } else {
                fold(source, &mut folded);
                folded.len()
            };
            self.folded = self.folded.end..self.folded.end + length;
            self.piece = piece;
        }
        match self.is_plain {
            true => {
                let at = self.piece.start + (at - self.folded.start);
                at..at + 1
            }
            false => self.piece.clone(),
        }
    }
}

/// Whether a piece has a byte for each of the folded text.
fn is_plain(piece: &str) -> bool {
    piece.is_ascii()
}

/// The parts of a text that are folded by themselves: letters with the marks on them, and what is ASCII.
struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..];
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let length = match plain {
            // A mark may follow the last of them.
            2.. => plain - 1,
            _ => {
                let mut chars = rest.chars();
                let first = chars.next()?.len_utf8();
                first + chars.take_while(|c| extends(*c)).map(char::len_utf8).sum::<usize>()
            }
        };
        let start = self.at;
        self.at += length;
        Some(start..self.at)
    }
}

/// Whether a character belongs to the letter before it: marks, those of half-width kana, and the parts of a Korean
/// syllable.
fn extends(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | 'ﾞ' | 'ﾟ') || canonical_combining_class(c) != 0
}

/// An ASCII character, folded.
fn small(c: char) -> char {
    plainer(c).to_ascii_lowercase()
}

/// As [`fold`], with what single characters became: a text has few that are not ASCII, and some of these very often.
fn fold_again(piece: &str, folded: &mut String, known: &mut HashMap<char, String>) {
    let mut chars = piece.chars();
    let (Some(c), None) = (chars.next().filter(|c| !c.is_ascii()), chars.next()) else {
        return fold(piece, folded);
    };
    let own = known.entry(c).or_insert_with(|| {
        let mut own = String::new();
        fold(piece, &mut own);
        own
    });
    // What these become depends on the letter before.
    match own.starts_with(|c| is_mark(c) || c == 'ւ') {
        true => fold(piece, folded),
        false => folded.push_str(own),
    }
}

fn fold(piece: &str, folded: &mut String) {
    if is_plain(piece) {
        return folded.extend(piece.chars().map(small));
    }
    let mut parts = Vec::with_capacity(4);
    for c in piece.chars().map(plainer).nfkc().map(plainer) {
        parts.clear();
        decompose_canonical(c, |part| parts.push(part));
        // A syllable of Korean or kana is one letter.
        if parts.iter().skip(1).any(|part| !is_mark(*part)) {
            parts.splice(.., [c]);
        }
        // Of some letters there are several small forms with one capital.
        let capitals = parts.iter().flat_map(|part| part.to_uppercase());
        for part in capitals.flat_map(char::to_lowercase) {
            match part {
                // Greek capitals are written without the accents of small letters.
                _ if is_mark(part) && folded.ends_with(is_greek) => {}
                // The capital of `և`, which NFKC takes apart into `եւ`.
                'ւ' if folded.ends_with('ե') => folded.push('վ'),
                'ß' => folded.push_str("ss"),
                // Turkish has four sorts of i, and capitals do not say which.
                '\u{307}' if folded.ends_with('i') => {}
                _ => folded.push(part),
            }
        }
    }
}

/// One hyphen for all, and one character for apostrophes and quotation marks: which one a text has depends on the
/// keyboard, the language, and on the typography of the program that shows it.
fn plainer(c: char) -> char {
    match c {
        '‐'..='―' | '−' | '־' | '﹘' => '-',
        '"'
        | '`'
        | '´'
        | '‘'..='‟'
        | '′'..='‷'
        | '‹'
        | '›'
        | '«'
        | '»'
        | 'ʹ'..='ʿ'
        | 'ˈ'
        | 'ˊ'
        | 'ˋ'
        | '״'
        | '׳'
        | '「'..='』'
        | '〝'..='〟'
        | 'ꞌ'
        | 'Ꞌ'
        | '＂'
        | '＇'
        | '｢'
        | '｣' => '\'',
        c => c,
    }
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}')
}

/// Whether a character is a mark that may be left out: an accent, or a vowel of Arabic or Hebrew. The vowels of Indian
/// and Thai letters are letters.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether a character is invisible or blank: soft hyphens, what joins letters and says in which direction they run,
/// letters that fill a space, and the stroke that makes an Arabic word longer.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_one_name_is_one() {
        let fold = |text: &str| Folded::of(text).text.into_owned();
        for same in [
            ["José", "JOSE\u{301}"],
            ["Σοφός", "ΣΟΦΌΣ"],
            ["Groß", "GROSS"],
            ["Işık", "IŞIK"],
            ["İbrahim", "ibrahim"],
            ["김철수", "\u{1100}\u{1175}\u{11b7}\u{110e}\u{1165}\u{11af}\u{1109}\u{116e}"],
            ["Ｌｅｅ", "LEE"],
            ["O’Brien", "o'brien"],
            ["Müller\u{2011}Lüd", "MU\u{308}LLER–LÜD"],
            ["がく", "か\u{3099}く"],
            ["ガガ パパ", "ｶﾞｶﾞ ﾊﾟﾊﾟ"],
            ["Γιώργος Μαΐου", "ΓΙΩΡΓΟΣ ΜΑΙΟΥ"],
            ["Սևակ", "ՍԵՎԱԿ"],
            ["O`Neill", "O´NEILL"],
            ["„Tuti“", "»TUTI«"],
            ["'Tuti'", "「Tuti」"],
        ] {
            assert_eq!(fold(same[0]), fold(same[1]), "{same:?}");
        }
        for other in
            [["José", "Jose"], ["Żaneta", "Zaneta"], ["かく", "がく"], ["기", "김"], ["Łukasz", "Lukasz"]]
        {
            assert_ne!(fold(other[0]), fold(other[1]), "{other:?}");
        }
    }

    #[test]
    fn capitals_are_the_same_letters() {
        let fold = |text: &str| Folded::of(text).text.into_owned();
        // The iota below a Greek letter stands beside it in capitals.
        let has_iota = |c: char| std::iter::once(c).nfd().any(|part| part == '\u{345}');
        let differs = |c: &char| fold(&c.to_uppercase().to_string()) != fold(&c.to_string());
        let other: Vec<char> = ('\0'..=char::MAX).filter(|c| !has_iota(*c)).filter(differs).collect();
        assert!(other.is_empty(), "{other:?}");
    }

    proptest! {
        #[test]
        fn a_character_is_folded_the_same_again(text in "[aIİß é\u{301}\u{307}\u{345}ά한ᄒ\u{1161}\u{11ab}ﬁＡևեւ\u{200b}█ｶﾞ”-]{0,24}") {
            let mut expected = String::new();
            Pieces { text: &text, at: 0 }.for_each(|piece| fold(&text[piece], &mut expected));
            if !text.is_ascii() {
                prop_assert_eq!(&*Folded::of(&text).text, expected);
            }
        }

        #[test]
        fn a_range_leads_to_what_it_was_made_from(text in "[aIİß é\u{301}\u{307}한ᄒ\u{1161}\u{11ab}ﬁＡάևｶﾞ”\"-]{0,24}") {
            let folded = Folded::of(&text);
            let mut sources = folded.sources();
            let mut last = 0;
            for (at, c) in folded.text.char_indices() {
                let source = sources.range(&(at..at + c.len_utf8()));
                prop_assert!(source.start >= last && !source.is_empty());
                prop_assert!(Folded::of(&text[source.clone()]).text.contains(c));
                last = source.start;
            }
        }
    }
}
