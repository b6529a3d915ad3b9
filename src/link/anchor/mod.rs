//! Finds quoted passages in a text: W3C text-quote selectors (Web Annotation Data Model, section 4.2.4). Pure
//! text: nothing here knows of entities or files.
//!
//! 1. The exact words are searched for in the [form](Normal) in which texts are compared. If they occur once,
//!    or once with the given context, that is the passage; if they occur several times, the result says so.
//! 2. Otherwise the text is searched for similar passages (`near`), by edit distance. The passage is the one of
//!    them that makes the same assertion, in a context that does (`same`): a wrong passage is worse than one
//!    that is reported as not found.

mod edges;
mod marks;
mod near;
mod normal;
mod same;
mod select;
mod token;
mod words;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;
use rayon::prelude::*;

use near::Symbols;
use words::Words;

pub(crate) use normal::Normal;
pub(crate) use select::{MOST_TOLD_APART, Selector};

/// The minimum similarity of words that are shown as near.
pub(crate) const WORDS_FLOOR: f64 = 0.6;
/// The minimum similarity of words that are compared: a number in digits is much shorter than in words.
const COMPARED_FLOOR: f64 = 0.5;
/// Without context, quotations with fewer characters than this are only found in their exact words.
pub(crate) const SHORTEST: usize = 12;
/// The weight of the words, and of the context on each side if given.
const WORDS: f64 = 0.6;
const CONTEXT: f64 = 0.2;
/// The maximum number of passages that are compared in detail.
const MOST_CANDIDATES: usize = 12;
/// The maximum number of similar passages shown if none is found.
const MOST_SHOWN: usize = 3;
/// The maximum number of places of the same words that are told apart.
const MOST_HITS: usize = 5_000;
/// The maximum work for the similar passages of one text, in words of 64 rows of the table (`near`): half a
/// second of processor time. Two hundred quotations in a text of a million characters stay below it.
const MOST_WORK: usize = 200_000_000;
/// The maximum number of letters on each side of a place that are looked at to find where its word ends.
const LONGEST_WORD: usize = 200;
/// How many times as long as the quotation a passage may be to be compared with it.
const LONGEST_RANGE: usize = 8;
/// The work for each byte of a passage that is compared token by token, in the same unit.
const TOKEN_WORK: usize = 100;

/// A text in the form in which texts are compared, with the numbers that it has in words as digits.
pub(crate) fn in_digits(text: &str, lang: &str) -> String {
    let normal = Normal::of(text);
    let tokens = token::tokens(normal.text(), Words::of(lang));
    tokens.iter().map(|token| token.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// A quoted passage. Missing parts are empty.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Quote<'a> {
    /// The words.
    pub exact: &'a str,
    /// The text before them.
    pub prefix: &'a str,
    /// The text after them.
    pub suffix: &'a str,
}

/// The location of a passage. All ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchoring {
    /// Exactly there.
    Anchored(Range<usize>),
    /// There, with other words or another context, and how similar they are.
    Moved(Range<usize>, f64),
    /// In several places, in order.
    Ambiguous(Vec<Range<usize>>),
    /// Nowhere; the most similar passages, the best first, and how similar they are.
    NotFound(Vec<(Range<usize>, f64)>),
    /// Not exactly anywhere; for similar passages there was too much to compare.
    NotCompared,
}

impl Anchoring {
    /// The range of the passage, if it is known.
    pub fn range(&self) -> Option<&Range<usize>> {
        match self {
            Anchoring::Anchored(range) | Anchoring::Moved(range, _) => Some(range),
            Anchoring::Ambiguous(_) | Anchoring::NotFound(_) | Anchoring::NotCompared => None,
        }
    }
}

/// A text in which to find passages.
pub struct Haystack<'a> {
    text: Cow<'a, str>,
    /// The language, whose lists of words decide what says the same. Empty: none is known.
    lang: String,
    normal: Normal,
    letters: OnceLock<Letters>,
}

/// The normalised text as characters.
struct Letters {
    symbols: Symbols,
    /// The byte offset of each character, and of the end.
    offsets: Vec<u32>,
}

/// A range of the normalised text that could be the passage.
struct Candidate {
    range: Range<usize>,
    words: f64,
    total: f64,
}

impl<'a> Haystack<'a> {
    /// Prepares a text for searching.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Haystack<'a> {
        let text = text.into();
        Haystack { normal: Normal::of(&text), text, lang: String::new(), letters: OnceLock::new() }
    }

    /// The same text, in this language.
    pub fn in_language(self, lang: &str) -> Haystack<'a> {
        Haystack { lang: lang.to_owned(), ..self }
    }

    /// Finds a passage.
    pub fn anchor(&self, quote: &Quote<'_>) -> Anchoring {
        self.exactly(quote).unwrap_or_else(|| match self.work(quote) <= MOST_WORK {
            true => self.nearest(quote),
            false => Anchoring::NotCompared,
        })
    }

    /// Finds passages. The work for all of them is limited: of those that are not there exactly, the first
    /// are compared.
    pub(crate) fn anchor_all(&self, quotes: &[Quote<'_>]) -> Vec<Anchoring> {
        let exactly: Vec<Option<Anchoring>> = quotes.par_iter().map(|quote| self.exactly(quote)).collect();
        let mut work = 0_usize;
        let planned: Vec<_> = quotes
            .iter()
            .zip(exactly)
            .map(|(quote, found)| {
                work = work.saturating_add(if found.is_none() { self.work(quote) } else { 0 });
                (quote, found.or((work > MOST_WORK).then_some(Anchoring::NotCompared)))
            })
            .collect();
        planned.into_par_iter().map(|(quote, found)| found.unwrap_or_else(|| self.nearest(quote))).collect()
    }

    /// The passage, if its exact words occur.
    fn exactly(&self, quote: &Quote<'_>) -> Option<Anchoring> {
        let Quote { exact, prefix, suffix } = *quote;
        let are_apart = [prefix.ends_with(char::is_whitespace), suffix.starts_with(char::is_whitespace)];
        let [exact, prefix, suffix] = [exact, prefix, suffix].map(Normal::of);
        if exact.text().is_empty() {
            return Some(Anchoring::NotFound(Vec::new()));
        }
        let source = |hit: &Range<usize>| self.normal.source(hit.clone());
        let hits = self.hits(exact.text(), MOST_HITS);
        match self.settled(&hits, [prefix.text(), suffix.text()], are_apart).as_slice() {
            [] => None,
            [hit] => Some(Anchoring::Anchored(source(hit))),
            hits => Some(Anchoring::Ambiguous(hits.iter().map(source).collect())),
        }
    }

    /// The work for the passage that is most similar: each character of the text, with each word of a column;
    /// then each candidate, token by token.
    fn work(&self, quote: &Quote<'_>) -> usize {
        let whole = quote.exact.len() + quote.prefix.len() + quote.suffix.len();
        let search =
            self.normal.text().len().saturating_mul(quote.exact.len().div_ceil(64) + whole.div_ceil(64));
        search.saturating_add(MOST_CANDIDATES * TOKEN_WORK * whole)
    }

    /// The first `most` ranges where the exact words occur.
    fn hits(&self, words: &str, most: usize) -> Vec<Range<usize>> {
        let text = self.normal.text();
        let finder = memmem::Finder::new(words);
        let mut hits = Vec::new();
        let mut from = 0;
        while hits.len() < most
            && let Some(at) = finder.find(&text.as_bytes()[from..])
        {
            let start = from + at;
            hits.push(start..start + words.len());
            // Words may overlap with themselves.
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        hits
    }

    /// The occurrences that match the context. One that is a part of a word or a figure counts only if the context
    /// is the rest of it, without white space between them.
    fn settled(&self, hits: &[Range<usize>], context: [&str; 2], are_apart: [bool; 2]) -> Vec<Range<usize>> {
        let cuts = |hit: &Range<usize>| {
            let sides = self.cuts(hit).into_iter().zip(context).zip(are_apart);
            sides.into_iter().any(|((is_cut, words), is_apart)| is_cut && (words.is_empty() || is_apart))
        };
        hits.iter().filter(|hit| self.fits(hit, context) && !cuts(hit)).cloned().collect()
    }

    /// Whether a range is between these words. White space is ignored, because programs differ where
    /// paragraphs meet.
    fn fits(&self, hit: &Range<usize>, [prefix, suffix]: [&str; 2]) -> bool {
        let text = self.normal.text();
        let solid = |c: &char| *c != ' ';
        let mut before = text[..hit.start].chars().rev().filter(solid);
        let mut after = text[hit.end..].chars().filter(solid);
        prefix.chars().rev().filter(solid).all(|c| before.next() == Some(c))
            && suffix.chars().filter(solid).all(|c| after.next() == Some(c))
    }

    fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| {
            let text = self.normal.text();
            let starts = text.char_indices().map(|(at, _)| at as u32);
            let offsets = starts.chain([text.len() as u32]).collect();
            Letters { symbols: Symbols::of(text.chars()), offsets }
        })
    }

    /// The passage with other words that says the same. If several do, a person has to choose.
    fn nearest(&self, quote: &Quote<'_>) -> Anchoring {
        let [exact, prefix, suffix] = [quote.exact, quote.prefix, quote.suffix].map(Normal::of);
        let (exact, context) = (exact.text(), [prefix.text(), suffix.text()]);
        let pattern: Vec<char> = exact.chars().collect();
        let candidates = self.candidates(&pattern, context);
        let is_alone = context.iter().all(|words| words.is_empty());
        if !is_alone || pattern.len() >= SHORTEST {
            let same = |one: &Candidate| self.same(exact, context, one).map(|range| (range, one.total));
            let found: Vec<(Range<usize>, f64)> = candidates.iter().filter_map(same).collect();
            if let [(range, likeness)] = found.as_slice() {
                return Anchoring::Moved(self.normal.source(range.clone()), *likeness);
            }
        }
        let source = |candidate: &Candidate| self.normal.source(candidate.range.clone());
        let shown = candidates.iter().filter(|candidate| candidate.words >= WORDS_FLOOR).take(MOST_SHOWN);
        Anchoring::NotFound(shown.map(|candidate| (source(candidate), candidate.total)).collect())
    }

    /// The range around a candidate that says the same, between words that say the same.
    fn same(&self, exact: &str, [prefix, suffix]: [&str; 2], candidate: &Candidate) -> Option<Range<usize>> {
        let text = self.normal.text();
        // In a text without spaces, a range reaches as far as its word.
        if candidate.range.len() > LONGEST_RANGE * (exact.len() + 1) {
            return None;
        }
        let range = match text[candidate.range.clone()] == *exact {
            true => candidate.range.clone(),
            false => same::find_same(exact, text, &candidate.range, &self.lang)?,
        };
        let context = [prefix, suffix];
        let is_open =
            |sides: [bool; 2]| sides.into_iter().zip(context).any(|(is, words)| is && words.is_empty());
        if is_open(self.cuts(&range)) || is_open(self.is_doubted(&range)) || !self.is_whole(exact, &range) {
            return None;
        }
        let Letters { symbols, offsets } = self.letters();
        let letter = |at: usize| offsets.partition_point(|offset| (*offset as usize) < at);
        let agrees_before = prefix.is_empty() || {
            let words: Vec<char> = prefix.chars().collect();
            let start = letter(range.start);
            let edge = if self.is_space(start.wrapping_sub(1)) { start - 1 } else { start };
            let from = edge - symbols.before(edge, &words).0;
            let whole = offsets[from] as usize..offsets[edge] as usize;
            same::same_context(prefix, &text[whole.clone()], &self.lang, true)
                && self.is_whole_start(prefix, &whole)
        };
        let agrees_after = || {
            let words: Vec<char> = suffix.chars().collect();
            let end = letter(range.end);
            let edge = if self.is_space(end) { end + 1 } else { end };
            let to = edge + symbols.after(edge, &words).0;
            let found = &text[offsets[edge] as usize..offsets[to] as usize];
            same::same_context(suffix, found, &self.lang, false)
        };
        (agrees_before && (suffix.is_empty() || agrees_after())).then_some(range)
    }

    /// Whether a passage begins a sentence if the quotation does.
    fn is_whole_start(&self, exact: &str, range: &Range<usize>) -> bool {
        let first = |text: &str| text.chars().find(|c| c.is_alphabetic());
        let begins = first(exact).is_some_and(char::is_uppercase)
            && first(&self.normal.text()[range.clone()]).is_some_and(char::is_lowercase);
        !begins || self.begins_sentence(range)
    }

    /// Whether a passage with other words has whole sentences where the quotation has them.
    fn is_whole(&self, exact: &str, range: &Range<usize>) -> bool {
        let words = exact.trim_end_matches(|c: char| !c.is_alphanumeric());
        let ends = exact[words.len()..].contains(['.', '。', '۔', '।', '．']);
        (!ends || self.ends_sentence(range)) && self.is_whole_start(exact, range)
    }

    /// The most similar ranges, the best first. Includes all that are near enough to the floor to be rivals,
    /// unless there are very many.
    fn candidates(&self, pattern: &[char], context: [&str; 2]) -> Vec<Candidate> {
        let context = context.map(|words| words.chars().collect::<Vec<char>>());
        let most = (pattern.len() as f64 * (1.0 - COMPARED_FLOOR)) as u32;
        let candidate = |(distance, end): (u32, usize)| self.candidate(pattern, &context, distance, end);
        let mut candidates: Vec<Candidate> = self.ends(pattern, most).into_iter().map(candidate).collect();
        candidates.sort_by(|a, b| b.total.total_cmp(&a.total).then(a.range.start.cmp(&b.range.start)));
        // A range that overlaps a better one is the same passage, cut differently.
        let mut apart: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            let overlaps = |other: &Candidate| {
                other.range.start < candidate.range.end && candidate.range.start < other.range.end
            };
            if !apart.iter().any(overlaps) {
                apart.push(candidate);
            }
        }
        apart
    }

    /// The ends of ranges that differ from a pattern by at most this many edits, the most similar first.
    fn ends(&self, pattern: &[char], most: u32) -> Vec<(u32, usize)> {
        let distances = self.letters().symbols.search(pattern);
        let mut ends: Vec<(u32, usize)> = Vec::new();
        for (at, distance) in distances.iter().enumerate().filter(|(_, distance)| **distance <= most) {
            match ends.last_mut() {
                // Ends this close belong to one range, cut differently.
                Some((least, end)) if at + 1 - *end <= pattern.len() / 2 => {
                    if distance < least {
                        (*least, *end) = (*distance, at + 1);
                    }
                }
                _ => ends.push((*distance, at + 1)),
            }
        }
        ends.sort_unstable();
        ends.truncate(MOST_CANDIDATES);
        ends
    }

    fn candidate(&self, pattern: &[char], context: &[Vec<char>; 2], distance: u32, end: usize) -> Candidate {
        let Letters { symbols, offsets } = self.letters();
        let start = end - symbols.before(end, pattern).0;
        let words = likeness(distance, pattern.len());
        let (mut total, mut weight) = (words * WORDS, WORDS);
        let [prefix, suffix] = context;
        if !prefix.is_empty() {
            // The white space between them belongs to neither.
            let edge = if self.is_space(start.wrapping_sub(1)) { start - 1 } else { start };
            total += CONTEXT * likeness(symbols.before(edge, prefix).1, prefix.len());
            weight += CONTEXT;
        }
        if !suffix.is_empty() {
            let edge = if self.is_space(end) { end + 1 } else { end };
            total += CONTEXT * likeness(symbols.after(edge, suffix).1, suffix.len());
            weight += CONTEXT;
        }
        let range = offsets[start] as usize..offsets[end] as usize;
        Candidate { range: self.whole_words(range, pattern), words, total: total / weight }
    }

    fn is_space(&self, letter: usize) -> bool {
        let Letters { offsets, .. } = self.letters();
        offsets.get(letter).is_some_and(|at| self.normal.text().as_bytes().get(*at as usize) == Some(&b' '))
    }

    /// The range with its ends moved to the nearest word boundary, if the passage ends with words.
    fn whole_words(&self, range: Range<usize>, pattern: &[char]) -> Range<usize> {
        let text = self.normal.text();
        let is_word = |c: &char| c.is_alphanumeric();
        let (mut start, mut end) = (range.start, range.end);
        if pattern.first().is_some_and(is_word) {
            start = edge_near(text, start, |before, after| before <= after);
        }
        if pattern.last().is_some_and(is_word) {
            end = edge_near(text, end, |before, after| before < after);
        }
        let inner = text.get(start..end).unwrap_or_default();
        let start = start + (inner.len() - inner.trim_start().len());
        match inner.trim().is_empty() {
            true => range,
            false => start..start + inner.trim().len(),
        }
    }
}

/// The similarity of two texts with this edit distance, from 0 to 1.
fn likeness(edits: u32, length: usize) -> f64 {
    1.0 - f64::from(edits) / length as f64
}

/// The word boundary to move `at` to if it is within a word: the one before it, or the one after.
fn edge_near(text: &str, at: usize, is_before: impl Fn(usize, usize) -> bool) -> usize {
    // `kira-kira` and `Korea's` are single words.
    let letters = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '\'');
    let before: usize =
        text[..at].chars().rev().take(LONGEST_WORD).take_while(letters).map(char::len_utf8).sum();
    let after: usize = text[at..].chars().take(LONGEST_WORD).take_while(letters).map(char::len_utf8).sum();
    match before == 0 || after == 0 {
        true => at,
        false if is_before(before, after) => at - before,
        false => at + after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "AFP wrote at least ten, Hankyoreh around ten, the Chosun Ilbo a dozen.\nThese are “not” four \
                        findings. The White House puts the depot about 290 kilometres from the border.";

    fn found(exact: &str, prefix: &str) -> Option<&'static str> {
        let haystack = Haystack::new(TEXT).in_language("en");
        let anchoring = haystack.anchor(&Quote { exact, prefix, suffix: "" });
        anchoring.range().map(|range| &TEXT[range.clone()])
    }

    #[test]
    fn typography_space_and_lines_are_no_difference() {
        assert_eq!(found("a dozen. These are \"not\"  four", ""), Some("a dozen.\nThese are “not” four"));
        assert_eq!(found("ten", "around "), Some("ten"));
        assert_eq!(found("ten", "around"), Some("ten"));
    }

    #[test]
    fn what_stands_twice_is_not_guessed() {
        let anchoring = Haystack::new(TEXT).anchor(&Quote { exact: "ten", ..Quote::default() });
        assert_eq!(anchoring, Anchoring::Ambiguous(vec![11 + 8..22, 41..44]));
    }

    #[test]
    fn other_words_are_found_whole() {
        assert_eq!(
            found("puts the depto about 290 kilometers from the", ""),
            Some("puts the depot about 290 kilometres from the")
        );
        assert_eq!(found("nothing of that kind stands here at all", ""), None);
        assert_eq!(found("dozens", ""), None);
        // Another word is another assertion.
        assert_eq!(found("puts the store about 290 kilometres from the", ""), None);
        // A corrected figure is not passed over.
        assert_eq!(found("the depot about 200 kilometres from the border", ""), None);
    }

    #[test]
    fn the_context_is_the_rest_of_a_word_only_without_a_space() {
        let text = "A superport is new, and so is a super port.";
        let haystack = Haystack::new(text);
        let port = |prefix: &str| {
            haystack.anchor(&Quote { exact: "port", prefix, suffix: "" }).range().map(|range| range.start)
        };
        assert_eq!(port("a super "), text.rfind("port"));
        assert_eq!(port("A super"), text.find("port"));
        assert_eq!(port("super "), text.rfind("port"));
    }

    #[test]
    fn the_context_tells_lookalikes_apart() {
        let text = "Reports from Seoul: ten shipments had left by then. Reports from Tokyo: ten shipments had left by then.";
        let quote = Quote { exact: "ten shipments had left", prefix: "Reports out of Tokyo: ", suffix: "" };
        let anchoring = Haystack::new(text).anchor(&quote);
        assert!(matches!(&anchoring, Anchoring::NotFound(best) if best[0].0.start > 50), "{anchoring:?}");
    }
}
