//! What is underlined of a passage with a note.

use std::ops::Range;

/// The most words and bytes of a passage that are in its `mark`.
const MOST_WORDS: usize = 3;
const MOST_BYTES: usize = 24;

/// Fewer bytes are not marked, where the passage has more.
const LEAST_BYTES: usize = 8;

/// How many bytes from the end of a passage its `mark` may start: about a line, since the note is level with that.
const LAST_LINE: usize = 64;

/// A word with no more letters than this, such as `of`, is not marked alone.
const SHORT: usize = 3;

/// The words of a passage that are in its `mark`: a figure with what it counts, if there is one near the end, otherwise
/// the last words.
pub(super) fn marked(text: &str, range: &Range<usize>) -> Range<usize> {
    let passage = &text[range.clone()];
    if passage.len() <= MOST_BYTES {
        let (start, end) = (passage.len() - passage.trim_start().len(), passage.trim_end().len());
        return range.start + start.min(end)..range.start + end;
    }
    let words: Vec<Range<usize>> = words(passage);
    let has_digit = |word: &Range<usize>| passage[word.clone()].contains(|c: char| c.is_numeric());
    let is_short = |word: &Range<usize>| {
        let word = passage[word.clone()].trim_end_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() <= SHORT && word.chars().all(char::is_lowercase)
    };
    let near = words.partition_point(|word| word.start + LAST_LINE < passage.len());
    let figure = (near..words.len()).rev().find(|at| has_digit(&words[*at]));
    let (mut first, last) = match figure {
        Some(mut first) => {
            // `3 May, at 14:10` is not cut.
            let last = first;
            while let Some(before) =
                (near.max(first.saturating_sub(MOST_WORDS))..first).find(|at| has_digit(&words[*at]))
            {
                first = before;
            }
            let counted = (last + 1..words.len()).take(MOST_WORDS).find(|at| !is_short(&words[*at]));
            (first, counted.unwrap_or(last))
        }
        None => {
            let fits = |at: &usize| passage.len() - words[*at].start <= MOST_BYTES;
            let from = words.len().saturating_sub(MOST_WORDS);
            match (from..words.len()).find(fits) {
                Some(first) => (first, words.len() - 1),
                // Of writing without spaces, and of one very long word, the last letters.
                None => {
                    return range.start + passage.ceil_char_boundary(passage.len() - MOST_BYTES)..range.end;
                }
            }
        }
    };
    while first < last && is_short(&words[first]) && words[last].end - words[first + 1].start >= LEAST_BYTES {
        first += 1;
    }
    let end = if last + 1 == words.len() { passage.len() } else { words[last].end };
    range.start + words[first].start..range.start + end
}

/// The words of a text that begin with a letter or a digit, each up to the next space.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        if word.starts_with(char::is_alphanumeric) {
            words.push(at..at + word.len());
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(passage: &str) -> &str {
        &passage[marked(passage, &(0..passage.len()))]
    }

    #[test]
    fn a_figure_near_the_end_is_marked_with_what_it_counts() {
        for (passage, words) in [
            ("a short passage", "a short passage"),
            ("delivered more than 1,000 containers of equipment and munitions", "1,000 containers"),
            ("the receiver was silent from Friday, 3 May, at 14:10", "3 May, at 14:10"),
            ("in five voyages between 7 September and 1 October", "7 September and 1 October"),
            ("named a village to the north as its start", "its start"),
            ("that a thousand people came to see it all", "see it all"),
            (
                "said on 1 November that the talks went on for days and days until everyone who had come was tired",
                "come was tired",
            ),
            ("di kota itu ada 12 orang dari keluarga besar", "12 orang"),
            ("一二三四五六七八九十一二三四五六七八九十", "三四五六七八九十"),
            ("Incomprehensibilities-and-nothing-else-at-all", "-and-nothing-else-at-all"),
        ] {
            assert_eq!(of(passage), words, "{passage}");
        }
    }

    #[test]
    fn no_passage_ends_the_program() {
        for passage in [
            "",
            "- - - - - - - - - - - - - - - - - - -",
            "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "\n\n\n„“–…………………………………………",
        ] {
            of(passage);
        }
    }
}
