//! Where a passage may begin and end: not within a word or a figure, and not within a sentence if the quotation is a
//! whole one.

use std::ops::Range;

use super::Haystack;
use super::token::contracted;
use super::words;
use crate::base::script::is_dense;

/// Numerals that are written without spaces.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万萬億兆";

/// How far the rest of a sentence is read, in characters.
const LONGEST_SENTENCE: usize = 400;

impl Haystack<'_> {
    /// Whether the start, and the end, of a range of the normalised text cut a word or a figure: *killed 10* is not
    /// in *killed 100*, *4* not in *4.5*, *the president* not in *the president-elect*.
    pub(super) fn cuts(&self, range: &Range<usize>) -> [bool; 2] {
        [
            self.is_within(range.start) || self.cuts_sentence(range),
            self.is_within(range.end) || self.cuts_ellipsis(range),
        ]
    }

    /// Whether a range is a sentence but for its first words: *Korea fired a missile.* is not *North Korea fired a
    /// missile.*
    fn cuts_sentence(&self, range: &Range<usize>) -> bool {
        let (before, words) = (&self.normal.text()[..range.start], &self.normal.text()[range.clone()]);
        let follows_word = before.strip_suffix(' ').is_some_and(|before| before.ends_with(is_letter));
        words.ends_with('.')
            && words.starts_with(char::is_uppercase)
            && follows_word
            && self.written(range.start - 1) != Some('\n')
    }

    /// Whether a range ends with a full stop that is the first of three: a thought broken off is no statement.
    fn cuts_ellipsis(&self, range: &Range<usize>) -> bool {
        let text = self.normal.text();
        let words = &text[range.clone()];
        words.ends_with('.') && !words.ends_with("..") && text[range.end..].starts_with("..")
    }

    /// Whether a place is within a word or a figure.
    fn is_within(&self, at: usize) -> bool {
        let (before, after) = self.normal.text().split_at(at);
        let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return false };
        // Scripts without spaces have no words to cut.
        is_letter(a) && is_letter(b)
            || NUMERALS.contains(a) && NUMERALS.contains(b)
            || a.is_numeric() && matches!(b, '%' | '‰' | '°' | '+')
            || self.joins(at)
            || self.joins(at - a.len_utf8())
    }

    /// Whether the mark at a place joins what is before and after it.
    fn joins(&self, at: usize) -> bool {
        let (before, rest) = self.normal.text().split_at(at);
        let mut chars = rest.chars();
        let Some(mark) = chars.next() else { return false };
        let (a, b) = (before.chars().next_back(), chars.clone().next());
        let Some(b) = b.filter(|b| is_letter(*b)) else { return false };
        let Some(a) = a.filter(|a| is_letter(*a)) else { return self.is_minus(at, mark) && b.is_numeric() };
        let are_numbers = a.is_numeric() && b.is_numeric();
        match mark {
            '/' | '&' | '_' | '@' => true,
            '-' => are_numbers || self.is_hyphen(at),
            ',' | ':' => are_numbers,
            // A sentence may begin without a space: *the port.The ship*.
            '.' => b.is_numeric() && a.is_numeric() || b.is_lowercase() || is_initial(before),
            '\'' => are_numbers || contracted(chars.as_str()),
            ' ' => are_numbers && self.separates_thousands(at),
            _ => false,
        }
    }

    /// The character that was written for one of the normalised text.
    fn written(&self, at: usize) -> Option<char> {
        self.text[self.normal.source(at..at + 1)].chars().next()
    }

    /// Whether a dash is a hyphen: others are between parts of a sentence.
    fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.written(at), Some('-' | '‐' | '‑'))
    }

    fn is_minus(&self, at: usize, mark: char) -> bool {
        mark == '-' && matches!(self.written(at), Some('-' | '−'))
    }

    /// Whether a space is within a figure, as in *1 000*.
    fn separates_thousands(&self, at: usize) -> bool {
        let (before, after) = self.normal.text().split_at(at);
        let digits = |c: &char| c.is_numeric();
        after[1..].chars().take_while(digits).count() == 3
            && before.chars().rev().take_while(digits).count() <= 3
    }

    /// Whether a passage ends where a sentence does. A quotation that is a whole sentence is not the
    /// beginning of a longer one: *He met the president* of the club.
    pub(super) fn ends_sentence(&self, range: &Range<usize>) -> bool {
        let text = self.normal.text();
        let words = text[range.clone()].trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut at = range.start + words.len();
        for c in text[at..].chars() {
            let end = at + c.len_utf8();
            match c {
                // A new block.
                ' ' => return self.text[self.normal.source(at..end)].contains('\n'),
                '.' => return text[end..].starts_with(' ') || is_closed(&text[end..]),
                '。' | '۔' | '।' | '．' => return true,
                '-' | '/' | '&' | '_' | '@' | ',' | ';' | ':' | '、' | '،' | '؛' => return false,
                // What closes a quotation or brackets, a percent sign.
                c if !c.is_alphanumeric() => at = end,
                _ => return false,
            }
        }
        true
    }

    /// Whether the rest of the sentence that a passage is in denies or doubts it, before it and after it.
    pub(super) fn is_doubted(&self, range: &Range<usize>) -> [bool; 2] {
        let text = self.normal.text();
        let ends = |(at, c): (usize, char)| {
            matches!(c, '.' | '?' | '!' | '。')
                || c == ' ' && self.text[self.normal.source(at..at + 1)].contains('\n')
        };
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let from =
            before.char_indices().rev().take(LONGEST_SENTENCE).find(|at| ends(*at)).map_or(0, |(at, _)| at);
        let past = |(at, c): (usize, char)| (range.end + at, c);
        let to = after.char_indices().take(LONGEST_SENTENCE).map(past).find(|at| ends(*at));
        let rest = &text[range.end..to.map_or(range.end, |(at, _)| at)];
        [has_word(&text[from..range.start], words::is_doubt), has_word(rest, words::is_denial)]
    }

    /// Whether a passage begins where a sentence does: *The ministry confirmed it* is not in *he denied that
    /// the ministry confirmed it*.
    pub(super) fn begins_sentence(&self, range: &Range<usize>) -> bool {
        let before = &self.normal.text()[..range.start];
        let trimmed = before.trim_end_matches([' ', '\'', '(', '[']);
        let space = self.normal.source(trimmed.len()..before.len());
        trimmed.is_empty()
            || trimmed.ends_with(['.', '?', '!', '。', '؟', '۔'])
            || self.text[space].contains('\n')
    }
}

/// Whether a text has such a word.
fn has_word(text: &str, is: fn(&str) -> bool) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| is(&word.to_lowercase()))
}

/// Whether nothing but marks that close follows up to the next space.
fn is_closed(rest: &str) -> bool {
    rest.chars().take_while(|c| *c != ' ').all(|c| !c.is_alphanumeric())
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_dense(c)
}

/// Whether a text ends with a letter that is a word of its own, as in *U.S.*
fn is_initial(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next().is_some_and(char::is_uppercase) && !letters.next().is_some_and(char::is_alphanumeric)
}
