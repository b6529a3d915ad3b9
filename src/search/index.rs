//! Which documents hold which words, and how much each says of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;

use super::stem::Stemmer;
use super::words;
use crate::base::hash::Fingerprint;
use crate::base::json;

/// A part of a document that is searched.
pub struct Field<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// What it is worth that a word is found here.
    pub worth: f32,
}

/// The words of all documents of a language, cut into pieces by the alphabet.
pub struct Index {
    /// The first term of each piece, and its data: of each term, pairs of a document's number, counted from the one before, and
    /// the term's weight in it. A word whose stem starts otherwise leads to its stem.
    pub pieces: Vec<(String, String)>,
}

/// Documents that are read together.
const TOGETHER: usize = 64;

/// How long a piece is, about, in bytes. It ends where a term's hash says so: an edit moves no border but those beside it.
const LEAST: usize = 16 << 10;
const MOST: usize = 64 << 10;
const ENDS_ONE_IN: u8 = 16;

#[derive(Default)]
struct Terms {
    /// The documents of a stem, with its weight in each, in their order.
    documents: BTreeMap<String, Vec<(u32, u8)>>,
    /// The stem of each word that does not start with it.
    stems: BTreeMap<String, String>,
}

impl Index {
    /// Reads the documents with these numbers, in their order.
    pub fn of<'a>(
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
    fn add(&mut self, number: u32, fields: &[Field<'_>], stemmer: Option<&Stemmer>) {
        let mut weights: BTreeMap<String, f32> = BTreeMap::new();
        for field in fields {
            let (mut counts, mut length): (BTreeMap<String, u32>, usize) = (BTreeMap::new(), 0);
            words::each(&field.text, |word| {
                length += 1;
                match counts.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(word.to_owned(), 1)),
                }
            });
            let mut stems: BTreeMap<String, u32> = BTreeMap::new();
            for (word, count) in counts {
                let stem = stemmer.map_or_else(|| word.clone(), |stemmer| stemmer.stem(&word));
                if !word.starts_with(&stem) {
                    self.stems.insert(word, stem.clone());
                }
                *stems.entry(stem).or_default() += count;
            }
            // A word says less of a long text, and said again it says less each time.
            let share = field.worth / (1.0 + length as f32 / 8.0).sqrt();
            for (stem, count) in stems {
                let count = count as f32;
                *weights.entry(stem).or_default() += share * 2.0 * count / (count + 1.0);
            }
        }
        for (stem, weight) in weights {
            let weight = (weight * 2.0).round().clamp(1.0, 99.0) as u8;
            self.documents.entry(stem).or_default().push((number, weight));
        }
    }

    fn take(&mut self, later: Terms) {
        for (stem, documents) in later.documents {
            self.documents.entry(stem).or_default().extend(documents);
        }
        self.stems.extend(later.stems);
    }

    fn cut(self) -> Vec<(String, String)> {
        // Every term with what is written behind it, as JavaScript orders strings: by units of UTF-16.
        let mut lines: BTreeMap<Vec<u16>, (String, String)> = BTreeMap::new();
        let key = |term: &str| term.encode_utf16().collect::<Vec<u16>>();
        for (word, stem) in self.stems.into_iter().filter(|(word, _)| !self.documents.contains_key(word)) {
            let mut line = String::new();
            json::string(&stem, &mut line);
            lines.insert(key(&word), (word, line));
        }
        for (term, documents) in self.documents {
            lines.insert(key(&term), (term, listed(&documents)));
        }
        let mut pieces: Vec<(String, String)> = Vec::new();
        let mut ended = true;
        for (term, line) in lines.into_values() {
            if ended {
                pieces.push((term.clone(), "{".to_owned()));
            }
            let Some((_, piece)) = pieces.last_mut() else { break };
            if !ended {
                piece.push(',');
            }
            json::string(&term, piece);
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
        assert_eq!(terms.len(), 20_000 + 7 + 1);
    }
}
