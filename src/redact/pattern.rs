//! Finds words in text regardless of spacing, capitals, and how letters are written.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;

use super::fold::{Folded, is_invisible, is_mark};
use crate::base::script::{is_dense, is_hangul};

/// Words with at least this many letters are also found within longer ones: `Aminah` in `Aminahnya` and in
/// `aminah2023`.
const TELLING: usize = 5;

/// The node of no letters.
const ROOT: usize = 0;

/// A set of words to search for at once.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    shapes: Vec<Shape>,
    /// The patterns as a tree of letters, the root first: what begins alike is compared once.
    nodes: Vec<Node>,
    /// The letters of all patterns, last letter first. The tree alone would be walked from every letter of a text, and
    /// from each as far as a pattern goes; this tells in one pass from which letters it is worth it. `None` for no
    /// patterns, and for more than the automaton can hold.
    letters_only: Option<NFA>,
    /// For each pattern of the automaton, the letters between which nothing may be, as in [`Joints`].
    joined: Vec<Joints>,
}

/// What of a pattern says whether it may be a part of a longer word.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// The number of letters.
    letters: usize,
    first: char,
    last: char,
}

/// A bit for each letter but the first, last letter first: what is, or must not be, between it and the letter before
/// it. A text has the letters of a pattern at many places where it has other words; comparing bits tells these apart 64
/// letters at a time.
#[derive(Clone, Debug, Default, Eq, PartialEq, Ord, PartialOrd)]
struct Joints {
    bits: Vec<u64>,
    count: usize,
}

impl Joints {
    fn push(&mut self, bit: bool) {
        let at = self.count % 64;
        if at == 0 {
            self.bits.push(0);
        }
        if let Some(last) = self.bits.last_mut() {
            *last |= u64::from(bit) << at;
        }
        self.count += 1;
    }

    /// The 64 bits from a place.
    fn from(&self, at: usize) -> u64 {
        let word = |at: usize| self.bits.get(at).copied().unwrap_or(0);
        match at % 64 {
            0 => word(at / 64),
            shift => word(at / 64) >> shift | word(at / 64 + 1) << (64 - shift),
        }
    }

    /// A bit of each of these, the first letter's at the lowest: where all of them are gaps, each has one where none
    /// may be. `None` if one of them has no such bit, or farther from its first letter.
    fn each_in<'j>(all: impl Iterator<Item = &'j Joints>) -> Option<u128> {
        let mut each = 0;
        for Joints { bits, count } in all {
            let at = bits.iter().rposition(|bits| *bits != 0)?;
            let last = 64 * at + 63 - bits[at].leading_zeros() as usize;
            each |= 1_u128.checked_shl(u32::try_from(count - 1 - last).ok()?)?;
        }
        Some(each)
    }

    /// Whether none of these bits, from `start`, is one of the others.
    fn is_apart_from(&self, others: &Joints, start: usize) -> bool {
        others.bits.iter().enumerate().all(|(at, bits)| self.from(start + 64 * at) & bits == 0)
    }
}

/// Letters that some patterns begin with.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The node for each next letter, in lower case, sorted: nearly all nodes have one.
    next: Vec<(char, usize)>,
    /// The node behind what separates two words.
    gap: Option<usize>,
    /// The pattern that ends here; of several that are the same, the last.
    end: Option<usize>,
}

impl Node {
    /// Where a letter is among the next ones, or belongs.
    fn place(&self, letter: char) -> Result<usize, usize> {
        self.next.binary_search_by_key(&letter, |(next, _)| *next)
    }

    fn after(&self, letter: char) -> Option<usize> {
        self.place(letter).ok().map(|at| self.next[at].1)
    }
}

impl Default for Patterns {
    fn default() -> Patterns {
        let nodes = vec![Node::default()];
        Patterns { shapes: Vec::new(), nodes, letters_only: None, joined: Vec::new() }
    }
}

/// What may separate the words of a pattern.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Between {
    /// White space, as in authors' texts.
    Space,
    /// Also the separators that programs insert: `siti-aminah`, `siti_aminah`, `siti+aminah`.
    Anything,
}

impl Patterns {
    /// Prepares a search; patterns are identified by their index.
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Patterns {
        let mut patterns = Patterns::default();
        let mut reversed = BTreeSet::new();
        for words in words {
            // Texts are searched without what is invisible, so a pattern that was pasted with some would never be
            // found.
            let words = Folded::of(words).text.replace(is_invisible, "");
            let words = without_points(&words);
            // A mark on no letter is none, and marks alone are no words.
            let words = words.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
            let (mut letters, mut joined, mut is_apart) = (String::new(), Joints::default(), false);
            let mut behind = None;
            for letter in words.chars().rev().filter(|c| !is_mark(*c)) {
                if is_gap(letter, Between::Anything) {
                    is_apart = true;
                    continue;
                }
                if let Some(behind) = behind.replace(letter) {
                    joined.push(!(is_apart || runs_on(letter) && runs_on(behind)));
                }
                letters.push(letter);
                is_apart = false;
            }
            if !words.is_empty() {
                reversed.insert((letters, joined));
            }
            patterns.add(words);
        }
        let (letters, joined): (Vec<String>, Vec<Joints>) = reversed.into_iter().unzip();
        if !patterns.is_empty() {
            patterns.letters_only = NFA::new(letters).ok();
            patterns.joined = joined;
        }
        patterns
    }

    /// Adds a pattern, folded.
    fn add(&mut self, words: &str) {
        let mut node = ROOT;
        let mut letters = words.chars().filter(|c| !c.is_whitespace() && !is_mark(*c));
        let (first, count) = (letters.next(), letters.clone().count());
        let last = letters.next_back().or(first).unwrap_or(' ');
        let Some(first) = first else {
            self.shapes.push(Shape { letters: 0, first: ' ', last });
            return;
        };
        self.shapes.push(Shape { letters: 1 + count, first, last });
        for word in words.split_whitespace() {
            if node != ROOT {
                node = match self.nodes[node].gap {
                    Some(after) => after,
                    None => {
                        let after = self.node();
                        *self.nodes[node].gap.insert(after)
                    }
                };
            }
            for letter in word.chars() {
                node = match self.nodes[node].place(letter) {
                    Ok(at) => self.nodes[node].next[at].1,
                    Err(at) => {
                        let next = self.node();
                        self.nodes[node].next.insert(at, (letter, next));
                        next
                    }
                };
            }
        }
        if node != ROOT {
            self.nodes[node].end = Some(self.shapes.len() - 1);
        }
    }

    fn node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// Whether a pattern has so many letters that it is found within longer words, and nowhere by chance.
    pub(crate) fn is_telling(&self, number: usize) -> bool {
        self.shapes[number].letters >= TELLING
    }

    /// The matches in a text, in order and without overlaps: their patterns and ranges. Of several at the
    /// same position, the longest.
    pub(crate) fn matches<'t>(
        &'t self,
        text: &'t str,
        between: Between,
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 't {
        let folded = Folded::of(text);
        let (starts, mut sources) = (self.starts(&folded.text), folded.sources());
        let (mut done, mut source_done) = (0, 0);
        starts.into_iter().rev().filter_map(move |start| {
            let text = &*folded.text;
            let before = text[..start].chars().rev().find(|c| !is_mark(*c));
            let (end, number) = (start >= done).then(|| self.longest(text, start, before, between))??;
            done = end;
            let source = sources.range(&(start..end));
            // One character may have become several, in two matches.
            let source = source.start.max(source_done)..source.end;
            source_done = source.end;
            Some((number, source))
        })
    }

    /// The positions at which a match may start, last first: there, the folded text has the letters of a pattern,
    /// with gaps only where the pattern may have some.
    fn starts(&self, text: &str) -> Vec<usize> {
        let begins = |c: char| self.nodes[ROOT].after(c).is_some();
        let automaton = self.letters_only.as_ref();
        let Some((automaton, first)) =
            automaton.and_then(|nfa| Some((nfa, nfa.start_state(Anchored::No).ok()?)))
        else {
            return text.char_indices().rev().filter(|(_, c)| begins(*c)).map(|(at, _)| at).collect();
        };
        let mut state = first;
        let mut starts = Vec::new();
        let (mut gaps, mut is_apart, mut is_first) = (Joints::default(), false, true);
        // The gaps once more, the last at the lowest bit; and what rules out all patterns of a state.
        let (mut recent, mut apart) = (0_u128, HashMap::new());
        // A pattern may have no letters at all.
        let mut is_match = automaton.is_match(state);
        for (at, c) in text.char_indices().rev() {
            if is_mark(c) {
                continue;
            }
            if is_gap(c, Between::Anything) {
                is_apart |= !is_invisible(c);
            } else {
                if !is_first {
                    gaps.push(is_apart);
                    recent = recent << 1 | u128::from(is_apart);
                }
                (is_first, is_apart) = (false, false);
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    state = automaton.next_state(Anchored::No, state, byte);
                }
                let ending = || {
                    let number = |index| automaton.match_pattern(state, index).as_usize();
                    (0..automaton.match_len(state)).map(move |index| &self.joined[number(index)])
                };
                is_match = automaton.is_match(state) && {
                    let apart = *apart.entry(state).or_insert_with(|| Joints::each_in(ending()));
                    let is_ruled_out = apart.is_some_and(|apart| recent & apart == apart);
                    !is_ruled_out
                        && ending().any(|joined| gaps.is_apart_from(joined, gaps.count - joined.count))
                };
            }
            // A pattern may begin with a separator, such as the `+` of a telephone number.
            if is_match && begins(c) {
                starts.push(at);
            }
        }
        starts
    }

    /// The longest match that starts at `start` of a folded text: its end and its pattern.
    fn longest(
        &self,
        text: &str,
        start: usize,
        before: Option<char>,
        between: Between,
    ) -> Option<(usize, usize)> {
        let mut longest = None;
        // The letters matched so far may be followed by another letter or by a gap. The last says whether they are
        // spaced.
        let mut open = vec![(ROOT, start, false)];
        while let Some((mut node, mut end, is_spaced)) = open.pop() {
            loop {
                let Node { gap, end: ends, .. } = &self.nodes[node];
                let after = || text[end..].chars().find(|c| !is_mark(*c));
                let is_whole = |number: &usize| {
                    self.stands_alone(*number, before, after())
                        && !(is_spaced && self.is_two_syllables(*number))
                };
                if let Some(number) = ends.filter(is_whole) {
                    longest = Some((end, number)).max(longest);
                }
                let runs_on =
                    node != ROOT && text[..end].chars().rev().find(|c| !is_mark(*c)).is_some_and(runs_on);
                if let Some(word) = gap {
                    let gap = gap_length(&text[end..], |c| is_gap(c, between) || runs_on && is_point(c));
                    // Programs may leave nothing at all between the words of a name, and so do people in such scripts.
                    if gap > 0 || runs_on || between == Between::Anything {
                        open.push((*word, end + gap, is_spaced));
                    }
                }
                if runs_on && let Some((next, behind)) = self.after_space(node, text, end) {
                    open.push((next, behind, true));
                }
                let mut letters = text[end..].char_indices().filter(|(_, c)| !is_invisible(*c));
                let Some((at, c)) = letters.next() else { break };
                let behind = end + at + c.len_utf8();
                // The text may have a mark that the pattern has not.
                let passed = (is_mark(c) && node != ROOT).then_some((node, behind));
                match (self.nodes[node].after(c), passed) {
                    (Some(next), passed) => {
                        open.extend(passed.map(|(node, behind)| (node, behind, is_spaced)));
                        (node, end) = (next, behind);
                    }
                    (None, Some(passed)) => (node, end) = passed,
                    (None, None) => break,
                }
            }
        }
        longest
    }

    /// The next letter of a pattern behind a space that it does not have, and where it ends: a line may end between any
    /// two letters of such scripts, and lists space short names out.
    fn after_space(&self, node: usize, text: &str, end: usize) -> Option<(usize, usize)> {
        let gap = gap_length(&text[end..], |c| is_gap(c, Between::Space) || is_point(c));
        let is_visible = text[end..end + gap].contains(|c| !is_invisible(c));
        let letter = text[end + gap..].chars().next().filter(|c| is_visible && runs_on(*c))?;
        Some((self.nodes[node].after(letter)?, end + gap + letter.len_utf8()))
    }

    /// Whether a pattern is two syllables of Korean, which are two words, too, wherever they have a space between them.
    fn is_two_syllables(&self, number: usize) -> bool {
        let Shape { letters, first, last } = self.shapes[number];
        letters == 2 && is_hangul(first) && is_hangul(last)
    }

    /// Whether a match may be part of a longer word, or is not.
    fn stands_alone(&self, number: usize, before: Option<char>, after: Option<char>) -> bool {
        let Shape { letters, first, last } = self.shapes[number];
        // Chinese, Japanese and Thai have no spaces between words; in Korean, particles follow a name, and titles
        // precede it.
        let joins = |own: char, other: Option<char>, is_free: bool| {
            other.is_some_and(|other| {
                let is_particle = is_free && is_hangul(own) && is_hangul(other);
                other.is_alphanumeric() && !(is_dense(own) || is_dense(other) || is_particle)
            })
        };
        self.is_telling(number) || !(joins(first, before, letters > 2) || joins(last, after, true))
    }
}

fn is_gap(c: char, between: Between) -> bool {
    c.is_whitespace()
        || is_invisible(c)
        || between == Between::Anything
            && (matches!(c, '-' | '_' | '+' | '.' | ',' | '/' | '~' | '\\' | '\0') || is_point(c))
}

/// The length of what is at the start of a text, in bytes.
fn gap_length(text: &str, is_gap: impl Fn(char) -> bool) -> usize {
    text.chars().take_while(|c| is_gap(*c)).map(char::len_utf8).sum()
}

/// Whether words of a letter's script may be written with spaces within them or with none between them.
fn runs_on(c: char) -> bool {
    is_dense(c) && !is_point(c) || is_hangul(c)
}

/// Whether a character is a point or a stroke that separates the parts of a name: `マリア・ロペス`, `玛丽·洛佩斯`.
fn is_point(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '゠')
}

/// Words of scripts in which points separate the parts of a name, with spaces instead.
fn without_points(words: &str) -> String {
    let mut letter = ' ';
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        plain.push(if is_point(c) && runs_on(letter) { ' ' } else { c });
        letter = c;
    }
    plain
}

#[cfg(test)]
mod tests;
