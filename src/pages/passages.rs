//! Annotated passages: as marks in a body, and as quotations on the page of the annotating entity.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::kinds::Claim;
use crate::link::{Annotated, Annotation, Edition, EntityIx, Graph, layout};
use crate::parse::sentence;
use crate::reader::Reader;
use crate::shown::{Mark, MarkNote, Passage};

/// The maximum number of characters of context on each side of a quoted passage.
const MOST_CONTEXT: usize = 200;

/// The number of words from each end of a long passage that go into its text directive.
const ENDS: usize = 4;

/// The maximum number of letters of a word that a passage begins or ends in.
const LONGEST_WORD: usize = 100;

/// A passage with at least this many words is long.
const LONG: usize = 10;

/// A name for an annotation that is unique in fragments: the id of the annotating entity, and the
/// annotation's number there, starting at 1.
pub(crate) fn name(graph: &Graph, annotation: &Annotation) -> String {
    let id = graph.entity(annotation.by).id.as_str().replace(char::is_whitespace, "-");
    format!("{id}-{}", annotation.target + 1)
}

/// The fragment that leads to an annotation's mark.
pub(crate) fn fragment(graph: &Graph, annotation: &Annotation) -> String {
    format!("mark-{}", name(graph, annotation))
}

/// The annotated passages of an edition. Those of the kinds that the settings name have numbered notes.
pub(crate) fn marks(reader: Reader<'_>, article: EntityIx, edition: &Edition) -> Vec<Mark> {
    let editions = &reader.graph.entity(article).editions;
    let number = editions.iter().position(|other| std::ptr::eq(other, edition)).unwrap_or_default();
    let Some(annotated) = reader.graph.annotations.on(article, number as u32) else { return Vec::new() };
    let mut number = 0;
    let mark = |(annotation, range): (&Annotation, &Range<usize>)| {
        let kind = reader.graph.entity(annotation.by).kind.name();
        let note = reader.config.marks.iter().any(|marked| marked.value == kind).then(|| {
            number += 1;
            MarkNote { number, counts: counts(reader, annotation.by) }
        });
        let (name, preview) = (name(reader.graph, annotation), reader.preview(annotation.by).clone());
        Mark { name, range: range.clone(), note, preview }
    };
    annotated.placed().map(mark).collect()
}

/// How many sources and independent origins a claim has. Our own computations have no origins to count.
fn counts(reader: Reader<'_>, ix: EntityIx) -> Option<(usize, usize)> {
    let entity = reader.graph.entity(ix);
    if entity.as_kind::<Claim>()?.is_computed() {
        return None;
    }
    let cited = entity.common().sources.iter().filter_map(|cited| reader.graph.by_id(&cited.source.id));
    let origins = reader.site.evidence().origins(reader.graph, ix);
    Some((cited.collect::<BTreeSet<EntityIx>>().len(), origins.len()))
}

/// The passages that an entity annotates. Those in the page's language come first, then those of the other
/// editions of the articles, so that the original quotation appears with its translation.
pub(crate) fn of(reader: Reader<'_>, ix: EntityIx) -> Vec<Passage> {
    let graph = reader.graph;
    let mut found: Vec<(bool, &Annotated, &Annotation, &Range<usize>)> = graph
        .annotations
        .by(ix)
        .filter_map(|(annotated, annotation, _)| {
            let foreign = annotated.text(graph).input.lang != reader.locale.lang;
            Some((foreign, annotated, annotation, annotation.at.range()?))
        })
        .collect();
    found.sort_by_key(|(foreign, annotated, annotation, _)| (*foreign, annotated.article, annotation.target));
    found
        .into_iter()
        .map(|(foreign, annotated, annotation, range)| {
            let edition = annotated.text(graph);
            let own = &edition.input.lang;
            let page = layout::page(graph, graph.entity(annotated.article), own);
            let [before, exact, after] = with_sentences(&edition.prose().plain, range)
                .map(|range| reader.shown_text(annotated.article, edition, range));
            let read = format!("{before}{exact}{after}");
            Passage {
                preview: reader.preview(annotated.article).clone(),
                path: format!("{}#{}", layout::encoded(&page), fragment(graph, annotation)),
                words: text_fragment(&read, &(before.len()..before.len() + exact.len())),
                before: cut_start(&before),
                after: cut_end(&after),
                exact: exact.into_owned(),
                lang: own.to_string(),
                original: own == graph.default_language(),
                lang_name: foreign.then(|| reader.locale.language(own.as_str())),
            }
        })
        .collect()
}

/// A passage with the rest of its sentences: the range before it, the passage, and the range after it.
fn with_sentences(text: &str, range: &Range<usize>) -> [Range<usize>; 3] {
    let around = sentence::around_in(text, range.clone());
    let (start, end) = (around.start.min(range.start), around.end.max(range.end));
    [start..range.start, range.clone(), range.end..end]
}

/// Shortens a context from the left, at a word boundary.
fn cut_start(before: &str) -> String {
    let Some((at, _)) = before.char_indices().rev().nth(MOST_CONTEXT) else { return before.to_owned() };
    let word = before[at..].find(' ').map_or(at, |space| at + space + 1);
    format!("… {}", &before[word..])
}

/// Shortens a context from the right, at a word boundary.
fn cut_end(after: &str) -> String {
    let Some((at, _)) = after.char_indices().nth(MOST_CONTEXT) else { return after.to_owned() };
    let word = after[..at].rfind(' ').unwrap_or(at);
    format!("{} …", &after[..word])
}

/// The text directive of a fragment that leads to a passage: `text=from,to`. Browsers match whole words
/// within one block. So it contains only whole words, and both ends if the passage spans several blocks.
fn text_fragment(text: &str, range: &Range<usize>) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let length = |letters: &mut dyn Iterator<Item = char>| -> usize {
        letters.take_while(is_letter).take(LONGEST_WORD).map(char::len_utf8).sum()
    };
    let back = length(&mut text[..range.start].chars().rev());
    let ahead = length(&mut text[range.end..].chars());
    let words = &text[range.start - back..range.end + ahead];
    let all: Vec<&str> = words.split(' ').collect();
    let (first, last) = (words.lines().next().unwrap_or_default(), words.lines().last().unwrap_or_default());
    if all.len() < LONG && !words.contains('\n') {
        return format!("text={}", encoded(words));
    }
    let first: Vec<&str> = first.split_whitespace().take(ENDS).collect();
    let last: Vec<&str> = last.split_whitespace().collect();
    let last = &last[last.len().saturating_sub(ENDS)..];
    format!("text={},{}", encoded(&first.join(" ")), encoded(&last.join(" ")))
}

/// Percent-encodes words for a text directive, in which hyphens, commas and ampersands have a meaning.
fn encoded(words: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const SAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~').remove(b'!');
    utf8_percent_encode(words, SAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        start..start + words.len()
    }

    #[test]
    fn a_passage_is_quoted_with_its_sentence() {
        let text = "First line.\nAFP wrote at least ten. Hankyoreh wrote around ten. And more.\nLast.";
        let quoted = |words| with_sentences(text, &at(text, words)).map(|range| &text[range]);
        assert_eq!(quoted("wrote around"), ["Hankyoreh ", "wrote around", " ten."]);
        assert_eq!(quoted("ten. Hankyoreh"), ["AFP wrote at least ", "ten. Hankyoreh", " wrote around ten."]);
        assert_eq!(quoted("line.\nAFP"), ["First ", "line.\nAFP", " wrote at least ten."]);
    }

    #[test]
    fn text_fragments_are_whole_words() {
        let text = "fears among Ukraine’s allies, 7-8 November\nand one two three four five six seven eight nine ten eleven";
        let fragment = |words| text_fragment(text, &at(text, words));
        assert_eq!(fragment("among Ukraine"), "text=among%20Ukraine%E2%80%99s");
        assert_eq!(fragment("allies, 7-8"), "text=allies%2C%207%2D8");
        assert_eq!(fragment("7-8 November\nand one"), "text=7%2D8%20November,and%20one");
        assert_eq!(
            fragment("and one two three four five six seven eight nine ten eleven"),
            "text=and%20one%20two%20three,eight%20nine%20ten%20eleven"
        );
    }
}
