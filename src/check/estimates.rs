//! Terms of estimative probability in texts: the two rows of the ICD 203 table, and terms of confidence.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Context;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::kinds::Claim;
use crate::parse::sentence;

/// What a term expresses.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Says {
    /// A likelihood, in a term of the first row of the table, or in another language.
    Likelihood,
    /// A likelihood, in a term of the second row.
    SecondRow,
    /// How confident the speaker is in the judgement.
    Confidence,
}

/// US Intelligence Community Directive 203, section D.6.e(2)(a). There is no such table for Indonesian: its
/// terms are the ones that translators use.
const WORDS: [(&str, Says); 36] = [
    ("almost no chance", Says::Likelihood),
    ("very unlikely", Says::Likelihood),
    ("unlikely", Says::Likelihood),
    ("roughly even chance", Says::Likelihood),
    ("likely", Says::Likelihood),
    ("very likely", Says::Likelihood),
    ("almost certain", Says::Likelihood),
    ("almost certainly", Says::Likelihood),
    ("remote chance", Says::SecondRow),
    ("remote possibility", Says::SecondRow),
    ("highly improbable", Says::SecondRow),
    ("improbable", Says::SecondRow),
    ("improbably", Says::SecondRow),
    ("roughly even odds", Says::SecondRow),
    ("probable", Says::SecondRow),
    ("probably", Says::SecondRow),
    ("highly probable", Says::SecondRow),
    ("highly probably", Says::SecondRow),
    ("nearly certain", Says::SecondRow),
    ("nearly certainly", Says::SecondRow),
    ("high confidence", Says::Confidence),
    ("moderate confidence", Says::Confidence),
    ("medium confidence", Says::Confidence),
    ("low confidence", Says::Confidence),
    ("kemungkinan besar", Says::Likelihood),
    ("kemungkinan kecil", Says::Likelihood),
    ("besar kemungkinan", Says::Likelihood),
    ("kecil kemungkinan", Says::Likelihood),
    ("sangat mungkin", Says::Likelihood),
    ("hampir pasti", Says::Likelihood),
    ("hampir mustahil", Says::Likelihood),
    ("keyakinan tinggi", Says::Confidence),
    ("keyakinan sedang", Says::Confidence),
    ("keyakinan rendah", Says::Confidence),
    ("sangat yakin bahwa", Says::Confidence),
    ("kurang yakin bahwa", Says::Confidence),
];

/// A term of estimate, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Estimate {
    /// What it expresses.
    pub says: Says,
    /// The word, as written.
    pub word: String,
    /// Where the term is in the input, if it is written there unchanged.
    pub span: Option<Span>,
}

/// Calls `visit` for each sentence of a claim's own text that contains at least two terms of estimate. Text
/// in quotation marks is somebody else's and is ignored.
pub(crate) fn each_sentence<'a>(
    context: &Context<'a>,
    mut visit: impl FnMut(&'a InputPath, Span, &[Estimate]),
) {
    for (_, entity, _) in context.graph.all::<Claim>() {
        for edition in &entity.editions {
            let common = &edition.parsed.head.common;
            for text in common.title.iter().chain(&common.summary) {
                of_text(
                    text,
                    |_, range| found_at(&context.text(edition), text.span, range),
                    |words| {
                        visit(&edition.input.path, text.span, words);
                    },
                );
            }
            let prose = edition.prose();
            let whole = common.title.as_ref().map_or(Span::empty(0), |title| title.span);
            of_text(
                &prose.plain,
                |_, range| prose.source_of(range),
                |words| {
                    visit(&edition.input.path, whole, words);
                },
            );
        }
    }
}

/// Where words of a value are in the input, if the value is written there unchanged.
fn found_at(text: &str, value: Span, range: Range<usize>) -> Option<Span> {
    let written = text.get(value.range())?;
    let quote = usize::from(written.starts_with(['"', '\'']));
    let start = value.start as usize + quote + range.start;
    let fits = start + range.len() <= value.end as usize;
    fits.then(|| Span::new(start, start + range.len()))
}

fn of_text(
    text: &str,
    place: impl Fn(&str, Range<usize>) -> Option<Span>,
    mut visit: impl FnMut(&[Estimate]),
) {
    let Some(searcher) = searcher() else { return };
    // Few texts contain two terms; only those are split into sentences.
    if searcher.find_iter(text).take(2).count() < 2 {
        return;
    }
    let own = without_quotes(text);
    let mut line_start = 0;
    for line in own.split_inclusive('\n') {
        for range in sentence::all(line) {
            let (sentence, start) = (&line[range.clone()], line_start + range.start);
            let words: Vec<Estimate> = searcher
                .find_iter(sentence)
                .filter(|found| is_word(sentence, found.range()))
                .map(|found| {
                    let range = start + found.start()..start + found.end();
                    Estimate {
                        says: WORDS[found.pattern().as_usize()].1,
                        word: sentence[found.range()].to_owned(),
                        span: place(text, range),
                    }
                })
                .collect();
            if words.len() > 1 {
                visit(&words);
            }
        }
        line_start += line.len();
    }
}

fn searcher() -> Option<&'static AhoCorasick> {
    static SEARCHER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let build = || {
        let words = WORDS.iter().map(|(word, _)| word);
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(words).ok()
    };
    SEARCHER.get_or_init(build).as_ref()
}

fn is_word(text: &str, range: Range<usize>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !is_letter(text[..range.start].chars().next_back()) && !is_letter(text[range.end..].chars().next())
}

/// The text with everything between quotation marks blanked out, byte for byte.
pub(super) fn without_quotes(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    let mut closing: Option<char> = None;
    for c in text.chars() {
        match closing {
            Some(close) if c == close || c == '\n' => {
                closing = None;
                own.push(c);
            }
            Some(_) => own.extend(std::iter::repeat_n(' ', c.len_utf8())),
            None => {
                closing = match c {
                    '“' => Some('”'),
                    '«' => Some('»'),
                    '„' => Some('“'),
                    '"' => Some('"'),
                    _ => None,
                };
                own.push(c);
            }
        }
    }
    own
}
