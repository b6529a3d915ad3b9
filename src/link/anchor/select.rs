//! A passage of a text → a selector for it.

use std::ops::Range;

use super::{Haystack, MOST_HITS, Quote};

/// A quoted passage. Unneeded parts are empty.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Selector {
    /// The words.
    pub exact: String,
    /// The text before them.
    pub prefix: String,
    /// The text after them.
    pub suffix: String,
}

impl Selector {
    /// The selector as a query.
    pub fn quote(&self) -> Quote<'_> {
        Quote { exact: &self.exact, prefix: &self.prefix, suffix: &self.suffix }
    }
}

/// The length of context added at once in a text without spaces, in characters.
const LONGEST_WORD: usize = 12;

/// The maximum number of words of context on each side.
const MOST_WORDS: usize = 100;

/// Words that occur more often than this are not told apart unasked.
pub(crate) const MOST_TOLD_APART: usize = 50;

impl Haystack<'_> {
    /// The selector of a passage: its words, with as few preceding words as distinguish it from others, and
    /// following words if those are not enough. `None` if the range is only white space.
    pub fn select(&self, range: &Range<usize>) -> Option<Selector> {
        let text = self.normal.text();
        let own = self.normal.of_source(range);
        if own.is_empty() {
            return None;
        }
        let (mut start, mut end) = (own.start, own.end);
        let [cuts_before, cuts_after] = self.cuts(&own);
        // More context only takes rivals away.
        let mut rivals = self.rivals(&own);
        let mut is_unique = |start: usize, end: usize| {
            let context = [&text[start..own.start], &text[own.end..end]];
            rivals.retain(|rival| self.fits(rival, context));
            rivals.is_empty()
        };
        for _ in 0..MOST_WORDS {
            if start == 0 || is_unique(start, end) && !(cuts_before && start == own.start) {
                break;
            }
            start = word_before(text, start);
        }
        for _ in 0..MOST_WORDS {
            if end == text.len() || is_unique(start, end) && !(cuts_after && end == own.end) {
                break;
            }
            end = word_after(text, end);
        }
        Some(self.selector(start, &own, end))
    }

    /// The selector of a passage with at least this many characters of context, if the text has them.
    pub fn select_within(&self, range: &Range<usize>, context: usize) -> Option<Selector> {
        let text = self.normal.text();
        let own = self.normal.of_source(range);
        let short = self.select(range)?;
        let back =
            text[..own.start].char_indices().rev().nth(context.saturating_sub(1)).map_or(0, |(at, _)| at);
        let ahead = text[own.end..].char_indices().nth(context).map_or(text.len(), |(at, _)| own.end + at);
        Some(longer(self.selector(back, &own, ahead), short))
    }

    /// The selector of a passage that was quoted with other words, with about as much context as before. Words that
    /// occur very often get no more than that.
    pub(crate) fn reselect(&self, range: &Range<usize>, old: &Quote<'_>) -> Option<Selector> {
        let [prefix, suffix] = [old.prefix, old.suffix].map(|words| words.split_whitespace().count());
        let text = self.normal.text();
        let own = self.normal.of_source(range);
        let short = match self.hits(&text[own.clone()], MOST_TOLD_APART + 1).len() <= MOST_TOLD_APART {
            true => self.select(range)?,
            false => self.selector(own.start, &own, own.end),
        };
        let start = (0..prefix).fold(own.start, |at, _| if at > 0 { word_before(text, at) } else { at });
        let end = (0..suffix).fold(own.end, |at, _| if at < text.len() { word_after(text, at) } else { at });
        Some(longer(self.selector(start, &own, end), short))
    }

    /// The other places that the words of a passage may be taken for. Occurrences within longer words count only if
    /// the passage is one.
    fn rivals(&self, own: &Range<usize>) -> Vec<Range<usize>> {
        let mut rivals = self.hits(&self.normal.text()[own.clone()], MOST_HITS);
        let is_whole = self.cuts(own) == [false; 2];
        rivals.retain(|hit| hit != own && (!is_whole || self.cuts(hit) == [false; 2]));
        rivals
    }

    /// The words of the text, with white space as single spaces.
    fn selector(&self, start: usize, own: &Range<usize>, end: usize) -> Selector {
        let inner = self.normal.source(own.clone());
        let words = |range: Range<usize>| {
            let words = &self.text[range];
            let mut joined = words.split_whitespace().collect::<Vec<&str>>().join(" ");
            if words.starts_with(char::is_whitespace) {
                joined.insert(0, ' ');
            }
            if words.ends_with(char::is_whitespace) && !joined.ends_with(' ') {
                joined.push(' ');
            }
            joined
        };
        let prefix = if start < own.start {
            words(self.normal.source(start..own.start).start..inner.start)
        } else {
            String::new()
        };
        let suffix = if end > own.end {
            words(inner.end..self.normal.source(own.end..end).end)
        } else {
            String::new()
        };
        Selector {
            exact: words(inner),
            prefix: prefix.trim_start().to_owned(),
            suffix: suffix.trim_end().to_owned(),
        }
    }
}

/// The longer context of two selectors of the same passage, on each side.
fn longer(a: Selector, b: Selector) -> Selector {
    let longer = |a: String, b: String| if a.len() < b.len() { b } else { a };
    Selector { exact: a.exact, prefix: longer(a.prefix, b.prefix), suffix: longer(a.suffix, b.suffix) }
}

/// The start of the word before `at`.
fn word_before(text: &str, at: usize) -> usize {
    let trimmed = text[..at].trim_end();
    let word = trimmed.rfind(' ').map_or(0, |space| space + 1);
    let mut letters = trimmed.char_indices().rev();
    let cut = letters.nth(LONGEST_WORD - 1).map_or(0, |(at, _)| at);
    word.max(cut).min(at.saturating_sub(1))
}

/// The end of the word after `at`.
fn word_after(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let skipped = at + (rest.len() - rest.trim_start().len());
    let word = text[skipped..].find(' ').map_or(text.len(), |space| skipped + space);
    let cut = text[skipped..].char_indices().nth(LONGEST_WORD).map_or(text.len(), |(at, _)| skipped + at);
    word.min(cut)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Anchoring;
    use super::*;

    #[test]
    fn as_few_words_as_will_do() {
        let text = "In one paragraph it sent ten ships;\nin another they sent  ten ships.";
        let haystack = Haystack::new(text);
        let select = |words: &str, from: usize| {
            let at = from + text[from..].find(words).unwrap();
            haystack.select(&(at..at + words.len())).unwrap()
        };
        assert_eq!(select("one paragraph", 0).prefix, "");
        assert_eq!(select("ten ships", 0).prefix, "it sent ");
        assert_eq!(select("ten ships", 40).prefix, "they sent ");
        assert_eq!(select("ships;\nin", 0).exact, "ships; in");
    }

    proptest! {
        #[test]
        fn any_passage_is_found_again(
            text in "([ab“”\"e\u{301}é한\u{1112}\u{1161}…\u{ad} \u{a0}\n]|ab ){0,60}", from in 0usize..200, length in 1usize..40,
        ) {
            let cut = |at: usize| crate::base::lines::floor_char_boundary(&text, at);
            let range = cut(from.min(text.len()))..cut((from + length).min(text.len()));
            let haystack = Haystack::new(&text);
            for context in [0, 32] {
                let Some(selector) = haystack.select_within(&range, context) else { continue };
                let own = haystack.normal.source(haystack.normal.of_source(&range));
                let anchoring = haystack.anchor(&selector.quote());
                prop_assert_eq!(anchoring, Anchoring::Anchored(own), "{:?}", selector);
            }
        }
    }
}
