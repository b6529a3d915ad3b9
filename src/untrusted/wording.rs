//! The words of files, and runs of them that are too long to be the same by accident.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::script::is_dense;
use crate::kinds::KindId;
use crate::metadata;
use crate::parse::{self, Parts};

/// The words of a file.
#[derive(Default)]
pub(super) struct Wording {
    /// Those of each part that is published with the file, the body first. No run of words reaches from one part into
    /// the next.
    pub shown: Vec<Vec<Word>>,
    /// Those of each value of a key that no page shows.
    pub unshown: Vec<Vec<Word>>,
    /// Those of each comment, and of what captions and drawings lose when they are published.
    pub comments: Vec<Vec<Word>>,
}

impl Wording {
    /// Of a text that is a page of a kind, or of any other file.
    pub(super) fn of(path: &str, kind: Option<KindId>, bytes: &[u8]) -> Wording {
        let Ok(text) = str::from_utf8(bytes) else {
            // What a picture says is all of it, without what is taken out when it is published.
            let letters = Fingerprint::of(&metadata::examine(bytes).bytes).to_string();
            return Wording { shown: vec![vec![Word { letters, weight: RUN }]], ..Wording::default() };
        };
        if is_text(path) {
            let is_shown = |key: &str| kind.is_none_or(|kind| kind.keys().any(|known| known.name == key));
            let Parts { shown, unshown, comments } = parse::split(text, &is_shown);
            let all = |parts: Vec<String>| parts.iter().map(|part| words(part)).collect();
            return Wording { shown: all(shown), unshown: all(unshown), comments: all(comments) };
        }
        let examined = metadata::examine(bytes);
        let published = String::from_utf8_lossy(&examined.bytes);
        let stays: BTreeSet<&str> = pieces(&published).collect();
        let lost = pieces(text).filter(|piece| !stays.contains(piece));
        let unmarked = |piece: &str| words(piece.strip_prefix("NOTE").unwrap_or(piece));
        Wording {
            shown: vec![words(&published)],
            comments: lost.map(unmarked).collect(),
            ..Wording::default()
        }
    }
}

pub(super) fn is_text(path: &str) -> bool {
    InputPath::from(path).extension() == Some("md")
}

/// What lines and tags of XML part.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['<', '>', '\n']).map(str::trim).filter(|piece| !piece.is_empty())
}

/// A word in small letters, without the marks around it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub letters: String,
    /// How much it says: a letter of a script without spaces is a word of its own, and says less than others; a number
    /// is the same as another by accident.
    weight: usize,
}

/// The words of a text. Marks and markup part them; an address is one word.
pub(super) fn words(text: &str) -> Vec<Word> {
    const PARTING: &str = "[](){}<>*|";
    let mut found = Vec::new();
    let mut push = |letters: &str, weight| found.push(Word { letters: letters.to_lowercase(), weight });
    for word in text.split(|c: char| c.is_whitespace() || PARTING.contains(c)) {
        for word in word.split_inclusive(is_dense) {
            let dense = word.char_indices().next_back().filter(|(_, c)| is_dense(*c));
            let (start, dense) = word.split_at(dense.map_or(word.len(), |(at, _)| at));
            let start = start.trim_matches(|c: char| !c.is_alphanumeric());
            if !start.is_empty() {
                push(start, if start.contains(char::is_alphabetic) { 2 } else { 0 });
            }
            if !dense.is_empty() {
                push(dense, 1);
            }
        }
    }
    found
}

/// A run of as much weight as eight words is no accident.
const RUN: usize = 16;

/// The whole of a comment or of a file is none either if it has four words.
const WHOLE: usize = 8;

/// The hash of each run of words that is no accident, and of each shorter one that may be the whole of something.
pub(super) fn runs(words: &[Word]) -> impl Iterator<Item = Run> {
    let hashes: Vec<u64> = words.iter().map(|word| hash(&word.letters)).collect();
    (0..words.len()).flat_map(move |start| {
        let (mut weight, mut sum) = (0, 0);
        let mut found = Vec::new();
        // A run begins with a word that says something, so numbers make none longer without end.
        for (word, hash) in words[start..].iter().zip(&hashes[start..]).take(2 * RUN) {
            weight += word.weight;
            sum = joined(sum, *hash);
            if weight >= WHOLE {
                found.push(Run { hash: sum, is_long: weight >= RUN });
            }
            if weight >= RUN {
                break;
            }
        }
        found
    })
}

/// The hash of all words, if they are enough.
pub(super) fn whole(words: &[Word]) -> Option<u64> {
    let weight: usize = words.iter().map(|word| word.weight).sum();
    let is_enough = (WHOLE..RUN).contains(&weight);
    is_enough.then(|| words.iter().fold(0, |sum, word| joined(sum, hash(&word.letters))))
}

/// The hash of all that a text says, however little that is; `None` if it says nothing.
pub(super) fn entire(words: &[Word]) -> Option<u64> {
    // Apart from those of runs, of which a short one may be an accident.
    const START: u64 = 1;
    (!words.is_empty()).then(|| words.iter().fold(START, |sum, word| joined(sum, hash(&word.letters))))
}

pub(super) struct Run {
    pub hash: u64,
    /// Whether it is no accident, whatever it is a part of.
    pub is_long: bool,
}

fn hash(letters: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    hasher.finish()
}

/// The hash of words and one more.
fn joined(sum: u64, hash: u64) -> u64 {
    (sum.rotate_left(5) ^ hash).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_whatever_marks_them() {
        let letters = |text| words(text).into_iter().map(|word| word.letters).collect::<Vec<String>>();
        assert_eq!(letters("%%The **witness**, [Anna](a.md)%%"), ["the", "witness", "anna", "a.md"]);
        assert_eq!(letters("12,5 安娜says — x"), ["12,5", "安", "娜", "says", "x"]);
    }

    #[test]
    fn only_long_runs_are_no_accident() {
        let is_long = |text| runs(&words(text)).any(|run| run.is_long);
        assert!(is_long("one two three four five six seven eight"));
        assert!(!is_long("one two three four five six seven"));
        assert!(!is_long("1 2 3 4 5 6 7 8 9 10 11 12"));
        assert!(whole(&words("one two three four")).is_some() && whole(&words("one two three")).is_none());
    }
}
