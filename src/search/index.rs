//! An index of the documents that contain each word, and how relevant the word is there.

use std::borrow::Cow;
use std::fmt::Write;

use ahash::HashMap;
use rayon::prelude::*;

use super::stem::Stemmer;
use super::words;
use crate::base::hash::Fingerprint;
use crate::base::json;

/// A searchable part of a document.
pub(crate) struct Field<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// The weight of a match here.
    pub worth: f32,
}

/// The words of all documents of a language, split alphabetically into pieces.
pub(crate) struct Index {
    /// The first term of each piece, and its data: for each term, pairs of a document's number, as the
    /// difference to the previous one, and the term's weight in it. A word whose stem starts with other
    /// letters refers to its stem.
    pub pieces: Vec<(String, String)>,
}

/// The number of documents read as one batch.
const TOGETHER: usize = 512;

/// The approximate size of a piece, in bytes. Hashes of terms decide where pieces end, so an edit moves only
/// the neighbouring borders.
const LEAST: usize = 16 << 10;
const MOST: usize = 64 << 10;
const ENDS_ONE_IN: u8 = 16;

/// The terms of some documents. Words and stems are stored once and identified by numbers.
#[derive(Default)]
struct Terms {
    /// The number of each word's stem.
    words: HashMap<String, u32>,
    numbers: HashMap<String, u32>,
    /// By number: the stem, and its weight in each document, in order.
    stems: Vec<(String, Vec<(u32, u8)>)>,
}

impl Index {
    /// Indexes the documents with these numbers, in order.
    pub(crate) fn of<'a>(
        count: usize,
        stemmer: Option<&Stemmer>,
        document: impl Fn(usize) -> Vec<Field<'a>> + Sync,
    ) -> Index {
        let numbers: Vec<usize> = (0..count).collect();
        let read = |numbers: &[usize]| {
            let mut terms = Terms::default();
            for &number in numbers {
                terms.add(number as u32, &document(number), stemmer);
            }
            terms
        };
        let mut all = Terms::default();
        for terms in numbers.par_chunks(TOGETHER).map(read).collect::<Vec<Terms>>() {
            all.take(terms);
        }
        Index { pieces: all.cut() }
    }
}

impl Terms {
    fn add(&mut self, document: u32, fields: &[Field<'_>], stemmer: Option<&Stemmer>) {
        let (mut weights, mut found): (Vec<(u32, f32)>, Vec<u32>) = (Vec::new(), Vec::new());
        for field in fields {
            found.clear();
            words::each(&field.text, |word| found.push(self.number(word, stemmer)));
            found.sort_unstable();
            // A word counts less in a long text, and each repetition counts less.
            let share = field.worth / (1.0 + found.len() as f32 / 8.0).sqrt();
            let weight = |same: &[u32]| (same[0], share * 2.0 * same.len() as f32 / (same.len() + 1) as f32);
            weights.extend(found.chunk_by(|a, b| a == b).map(weight));
        }
        // Weights of the same stem stay in the order of the fields, so every machine adds the same numbers in
        // the same order.
        weights.sort_by_key(|(stem, _)| *stem);
        for same in weights.chunk_by(|a, b| a.0 == b.0) {
            let weight: f32 = same.iter().map(|(_, weight)| weight).sum();
            let weight = (weight * 2.0).round().clamp(1.0, 99.0) as u8;
            self.stems[same[0].0 as usize].1.push((document, weight));
        }
    }

    /// The number of a word's stem.
    fn number(&mut self, word: &str, stemmer: Option<&Stemmer>) -> u32 {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let number = self
            .number_of(stemmer.map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned()));
        self.words.insert(word.to_owned(), number);
        number
    }

    fn number_of(&mut self, stem: String) -> u32 {
        let next = self.stems.len() as u32;
        let number = *self.numbers.entry(stem.clone()).or_insert(next);
        if number == next {
            self.stems.push((stem, Vec::new()));
        }
        number
    }

    /// Appends the terms of later documents.
    fn take(&mut self, later: Terms) {
        let renumbered: Vec<u32> = later
            .stems
            .into_iter()
            .map(|(stem, documents)| {
                let number = self.number_of(stem);
                self.stems[number as usize].1.extend(documents);
                number
            })
            .collect();
        self.words.extend(later.words.into_iter().map(|(word, number)| (word, renumbered[number as usize])));
    }

    fn cut(self) -> Vec<(String, String)> {
        let leads_elsewhere = |(word, number): &(&String, &u32)| {
            !word.starts_with(&self.stems[**number as usize].0) && !self.numbers.contains_key(*word)
        };
        let quoted = |text: &str| {
            let mut line = String::new();
            json::string(text, &mut line);
            line
        };
        let elsewhere = self.words.iter().filter(leads_elsewhere);
        let elsewhere = elsewhere.map(|(word, number)| (word, quoted(&self.stems[*number as usize].0)));
        // Every term with its data, in JavaScript's string order: by UTF-16 code units.
        let mut lines: Vec<(&String, String)> =
            self.stems.iter().map(|(stem, documents)| (stem, listed(documents))).chain(elsewhere).collect();
        lines.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let mut pieces: Vec<(String, String)> = Vec::new();
        let mut ended = true;
        for (term, line) in lines {
            if ended {
                pieces.push((term.clone(), "{".to_owned()));
            }
            let Some((_, piece)) = pieces.last_mut() else { break };
            if !ended {
                piece.push(',');
            }
            json::string(term, piece);
            piece.push(':');
            piece.push_str(&line);
            let may_end = Fingerprint::of(term.as_bytes()).as_bytes()[0].is_multiple_of(ENDS_ONE_IN);
            ended = piece.len() > MOST || piece.len() > LEAST && may_end;
        }
        for (_, piece) in &mut pieces {
            piece.push('}');
        }
        pieces
    }
}

fn listed(documents: &[(u32, u8)]) -> String {
    let (mut line, mut before) = (String::with_capacity(documents.len() * 5 + 2), 0);
    line.push('[');
    for (number, weight) in documents {
        if line.len() > 1 {
            line.push(',');
        }
        // Writing to a string cannot fail.
        let _ = write!(line, "{},{weight}", number - before);
        before = *number;
    }
    line.push(']');
    line
}

#[cfg(test)]
mod tests {
    use super::{Field, Index};

    #[test]
    fn pieces_hold_all_terms_in_order() {
        let text = |number: usize| format!("nomor{number} kata{} sama", number % 7);
        let index = Index::of(20_000, None, |number| vec![Field { text: text(number).into(), worth: 1.0 }]);
        let mut terms = Vec::new();
        for (first, piece) in &index.pieces {
            let piece: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(piece).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(piece.keys().next(), Some(first));
            terms.extend(piece.keys().cloned());
        }
        assert!(index.pieces.len() > 5);
        assert!(terms.is_sorted());
        // A number is a term of its own, too: `300` finds `S300`.
        assert_eq!(terms.len(), 2 * 20_000 + 7 + 1);
    }
}
