//! Typographic quotation marks and apostrophes for the straight ones that authors type, in the style of a language.
//!
//! Marks come in pairs: both become typographic or neither. Where it is not certain what a mark is (inches, an
//! abbreviation in Hebrew), it stays as it was written.

use super::id::Lang;
use super::names::quotation_marks;
use super::script::keeps_straight_quotes;

const APOSTROPHE: &str = "’";

/// How many marks beside each other are looked at. Two or three close several quotations; more are a line.
const LONGEST_RUN: usize = 8;

/// The quotation marks of a language: opening and closing, outer and inner.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Quotes([&'static str; 4]);

impl Quotes {
    /// The marks of `lang`; `None` if its script has marks of its own, or none that are curled. Chinese, Japanese,
    /// Korean, Thai, Arabic, Hebrew and the like are then left as they are: a straight mark within a word may be a
    /// letter (gershayim), and only the author knows which bracket is meant.
    pub(crate) fn of(lang: &Lang) -> Option<Quotes> {
        if lang.keeps_straight_quotes() {
            return None;
        }
        let [open, close, inner_open, inner_close] = quotation_marks(lang.as_str());
        // The CLDR has no spaces. In France and Canada, unlike in Switzerland, they are part of guillemets.
        let is_spaced = lang.as_str() == "fr" || lang.as_str().starts_with("fr-");
        let spaced = |mark| match mark {
            "«" if is_spaced && lang.as_str() != "fr-ch" => "«\u{a0}",
            "»" if is_spaced && lang.as_str() != "fr-ch" => "\u{a0}»",
            mark => mark,
        };
        Some(Quotes([spaced(open), spaced(close), spaced(inner_open), spaced(inner_close)]))
    }

    fn pair(self, is_inner: bool) -> (&'static str, &'static str) {
        let [open, close, inner_open, inner_close] = self.0;
        if is_inner { (inner_open, inner_close) } else { (open, close) }
    }
}

/// A title or another text of one language with typographic marks.
pub(crate) fn curled(text: &str, lang: &Lang) -> String {
    if !text.contains(is_straight) {
        return text.to_owned();
    }
    let quotes = Quotes::of(lang);
    let mut curled = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (at, mark) in marks(text, |_| quotes) {
        curled.push_str(&text[done..at]);
        curled.push_str(mark);
        done = at + 1;
    }
    curled.push_str(&text[done..]);
    curled
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// The straight marks of a paragraph that become typographic ones: where they are, in order, and what they become.
/// `quotes` has the marks at a position, because a paragraph may hold words in another language.
pub(crate) fn marks(text: &str, quotes: impl Fn(usize) -> Option<Quotes>) -> Vec<(usize, &'static str)> {
    let mut reader = Reader { text, quotes, open: Vec::new(), marks: Vec::new() };
    for (at, _) in text.char_indices().filter(|(_, c)| is_straight(*c)) {
        match text.as_bytes()[at] {
            b'"' => reader.double(at),
            _ => reader.single(at),
        }
    }
    for open in std::mem::take(&mut reader.open) {
        reader.alone(&open);
    }
    reader.marks.sort_unstable();
    reader.marks
}

/// A mark that opens a quotation, which is not closed yet.
struct Open {
    at: usize,
    is_double: bool,
    /// Whether it is in another quotation, or a single mark: then it has the inner form.
    is_inner: bool,
    /// The index, among the open marks, of the last double one up to here.
    last_double: Option<usize>,
}

struct Reader<'t, F> {
    text: &'t str,
    quotes: F,
    open: Vec<Open>,
    marks: Vec<(usize, &'static str)>,
}

impl<F: Fn(usize) -> Option<Quotes>> Reader<'_, F> {
    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at + 1..].chars().next()
    }

    /// Whether a quotation may begin here, because nothing is before it that it could end.
    fn may_open(&self, at: usize) -> bool {
        let is_free = match self.before(at) {
            None => true,
            Some(c) if is_straight(c) => self.open.last().is_some_and(|open| open.at + 1 == at),
            Some(c) => {
                c.is_whitespace()
                    || matches!(c, '(' | '[' | '{' | '<' | '«' | '‹' | '“' | '‘' | '„' | '‚' | '¿' | '¡')
            }
        };
        is_free && self.after(at).is_some_and(|c| !c.is_whitespace())
    }

    /// Whether something is before it that it may end.
    fn may_close(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| !c.is_whitespace())
    }

    fn double(&mut self, at: usize) {
        let after = self.after(at);
        let begins_word = after.is_some_and(|c| !c.is_whitespace());
        // A run of marks beside a letter that has none of its own is within the word: `צה""ל`.
        let is_in_run = || {
            let before = self.text[..at].chars().rev().take(LONGEST_RUN).find(|c| !is_straight(*c));
            before.is_some_and(char::is_alphanumeric) && self.touches(at)
        };
        let is_within_word =
            self.before(at).is_some_and(|c| c.is_alphanumeric() || is_straight(c) && is_in_run());
        match self.last_double() {
            _ if self.is_inches(at) => {}
            Some(_) if self.may_open(at) && after.is_some_and(|c| c.is_alphanumeric() || is_straight(c)) => {
                self.push(at, true)
            }
            Some(open) if self.may_close(at) => {
                // What opened within it is not closed.
                for open in self.open.split_off(open + 1) {
                    self.alone(&open);
                }
                self.close(at);
            }
            // Nothing but a quotation begins after a dash: `yes—"no"`. After an apostrophe, one does in French.
            _ if begins_word && (!is_within_word || self.may_open(at)) => self.push(at, true),
            None if self.may_close(at) && !begins_word_or_number(after, self.before(at)) => {
                // The quotation began in an earlier paragraph.
                self.replace(at, (self.quotes)(at).map(|quotes| quotes.pair(false).1));
            }
            _ => {}
        }
    }

    fn single(&mut self, at: usize) {
        let (before, after) = (self.before(at), self.after(at));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // A single mark in a double quotation does not end one around that.
        let open = self.open.last().is_some_and(|open| !open.is_double);
        match () {
            // Feet or minutes: `5'10`.
            () if is_digit(before) && is_digit(after) => {}
            () if is_word(before) && is_word(after) => self.apostrophe(at),
            () if self.may_open(at) => match self.is_elision(at) {
                true => self.apostrophe(at),
                false => self.push(at, false),
            },
            () if open && self.may_close(at) && !is_word(after) => self.close(at),
            () if is_digit(before) => {}
            () if is_word(before) || self.may_close(at) && is_word(after) => self.apostrophe(at),
            () if self.may_close(at) && after.is_none_or(char::is_whitespace) => self.apostrophe(at),
            () => {}
        }
    }

    /// `5'10"`: what follows feet or minutes.
    fn is_inches(&self, at: usize) -> bool {
        let feet = self.text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        feet.len() < at
            && feet.strip_suffix('\'').is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether letters or digits are left out here: `'90s`, `'24`, `rock 'n' roll`.
    fn is_elision(&self, at: usize) -> bool {
        const SHORTENED: [&str; 12] =
            ["n", "t", "s", "k", "em", "tis", "twas", "til", "cause", "bout", "round", "neath"];
        let rest = &self.text[at + 1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let rest = rest[digits..].trim_start_matches('s');
            return digits == 2 && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'');
        }
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // A single letter in quotation marks is a letter, except in `'n'`.
        let is_quoted = rest[word.len()..].starts_with('\'') && word != "n";
        !is_quoted && SHORTENED.contains(&&*word.to_lowercase())
    }

    fn push(&mut self, at: usize, is_double: bool) {
        let around = self.last_double();
        let last_double = if is_double { Some(self.open.len()) } else { around };
        self.open.push(Open { at, is_double, is_inner: !is_double || around.is_some(), last_double });
    }

    fn last_double(&self) -> Option<usize> {
        self.open.last()?.last_double
    }

    /// Closes the last quotation.
    fn close(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        // Nothing in marks is most often about the marks themselves.
        let is_empty = open.at + 1 == at;
        let Some(quotes) =
            (self.quotes)(open.at).filter(|_| !is_empty && !self.touches(open.at) && !self.touches(at))
        else {
            return;
        };
        let (begin, end) = quotes.pair(open.is_inner);
        self.marks.extend([(open.at, begin), (at, end)]);
    }

    /// A mark that opens what nothing closes. Each paragraph of a long quotation begins with a double one.
    fn alone(&mut self, open: &Open) {
        match open.is_double {
            true => self.replace(open.at, (self.quotes)(open.at).map(|quotes| quotes.pair(open.is_inner).0)),
            false => self.apostrophe(open.at),
        }
    }

    fn apostrophe(&mut self, at: usize) {
        self.replace(at, (self.quotes)(at).map(|_| APOSTROPHE));
    }

    fn replace(&mut self, at: usize, mark: Option<&'static str>) {
        if let Some(mark) = mark.filter(|_| !self.touches(at)) {
            self.marks.push((at, mark));
        }
    }

    /// Whether a letter is beside it whose script has no curled marks.
    fn touches(&self, at: usize) -> bool {
        let first_other =
            |chars: &mut dyn Iterator<Item = char>| chars.take(LONGEST_RUN).find(|c| !is_straight(*c));
        let before = first_other(&mut self.text[..at].chars().rev());
        let after = first_other(&mut self.text[at..].chars());
        before.is_some_and(keeps_straight_quotes) || after.is_some_and(keeps_straight_quotes)
    }
}

/// Whether a mark between these is one of inches, or within a word.
fn begins_word_or_number(after: Option<char>, before: Option<char>) -> bool {
    after.is_some_and(char::is_alphanumeric) || before.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If a mark were compared with all before it, each of these would take hours.
    #[test]
    fn many_marks_are_read_in_one_pass() {
        let english = Lang::parse("en").unwrap();
        for many in [
            "\"".repeat(1_000_000),
            "'".repeat(1_000_000),
            "'a ".repeat(300_000) + &"a\" ".repeat(300_000),
            "'a ".repeat(300_000) + &"\"b ".repeat(300_000),
            "\"a ".repeat(300_000) + &"'b ".repeat(300_000),
            "ש\"".repeat(300_000),
        ] {
            assert!(curled(&many, &english).chars().count() >= many.chars().count());
        }
    }

    #[test]
    fn a_run_of_marks_beside_a_letter_without_curled_ones_stays() {
        let english = Lang::parse("en").unwrap();
        assert_eq!(curled("צה\"\"ל and \"a\"", &english), "צה\"\"ל and “a”");
        assert_eq!(curled("\"'ש'\" \"a\"", &english), "\"'ש'\" “a”");
    }
}
