//! Finds words in text regardless of spacing, capitals, and how letters are written.

use std::collections::BTreeSet;
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
    /// The letters of all patterns, last letter first. The tree alone would be walked from every letter of a text, and from each
    /// as far as a pattern goes; this tells in one pass from which letters it is worth it. `None` for no patterns, and for
    /// more than the automaton can hold.
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

/// A bit for each letter but the first, last letter first: what is, or must not be, between it and the letter before it. A text
/// has the letters of a pattern at many places where it has other words; comparing bits tells these apart 64 letters at a time.
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
            // A mark on no letter is none, and marks alone are no words.
            let words = words.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
            let (mut letters, mut joined, mut is_apart) = (String::new(), Joints::default(), false);
            for letter in words.chars().rev().filter(|c| !is_mark(*c)) {
                if is_gap(letter, Between::Anything) {
                    is_apart = true;
                    continue;
                }
                if !letters.is_empty() {
                    joined.push(!is_apart);
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
                }
                (is_first, is_apart) = (false, false);
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    state = automaton.next_state(Anchored::No, state, byte);
                }
                is_match = automaton.is_match(state)
                    && (0..automaton.match_len(state)).any(|index| {
                        let joined = &self.joined[automaton.match_pattern(state, index).as_usize()];
                        gaps.is_apart_from(joined, gaps.count - joined.count)
                    });
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
        // The letters matched so far may be followed by another letter or by a gap.
        let mut open = vec![(ROOT, start)];
        while let Some((mut node, mut end)) = open.pop() {
            loop {
                let Node { gap, end: ends, .. } = &self.nodes[node];
                let after = || text[end..].chars().find(|c| !is_mark(*c));
                if let Some(number) = ends.filter(|number| self.stands_alone(*number, before, after())) {
                    longest = Some((end, number)).max(longest);
                }
                if let Some(word) = gap {
                    let length = |c: char| is_gap(c, between).then(|| c.len_utf8());
                    let gap: usize = text[end..].chars().map_while(length).sum();
                    // Programs may leave nothing at all between the words of a name.
                    if gap > 0 || between == Between::Anything {
                        open.push((*word, end + gap));
                    }
                }
                let mut letters = text[end..].char_indices().filter(|(_, c)| !is_invisible(*c));
                let Some((at, c)) = letters.next() else { break };
                let behind = end + at + c.len_utf8();
                // The text may have a mark that the pattern has not.
                let passed = (is_mark(c) && node != ROOT).then_some((node, behind));
                match (self.nodes[node].after(c), passed) {
                    (Some(next), passed) => {
                        open.extend(passed);
                        (node, end) = (next, behind);
                    }
                    (None, Some(passed)) => (node, end) = passed,
                    (None, None) => break,
                }
            }
        }
        longest
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
        || between == Between::Anything && matches!(c, '-' | '_' | '+' | '.' | ',' | '/' | '\0')
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};

    use super::*;

    fn finds(words: &str, text: &str, between: Between) -> Option<String> {
        Patterns::of([words]).matches(text, between).next().map(|(_, range)| text[range].to_owned())
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let space = |text| finds("Siti Aminah", text, Between::Space).is_some();
        assert!(space("said Siti Aminah.") && space("SITI\n  aminah") && space("Siti\u{a0}Ami\u{ad}nahnya"));
        assert!(!space("Siti-Aminah") && !space("Siti A.") && !space("SitiAminah"));
        let any = |text| finds("Siti Aminah", text, Between::Anything).is_some();
        assert!(
            any("siti-aminah.html") && any("SITI_AMINAH") && any("SitiAminah") && any("S\u{200b}iti Aminah")
        );
        assert_eq!(finds("Ana", "Anak Ana.", Between::Anything).as_deref(), Some("Ana"));
        assert_eq!(finds("Ana", "Anak", Between::Anything), None);
        assert_eq!(finds("ŠKODA", "škoda", Between::Space).as_deref(), Some("škoda"));
    }

    #[test]
    fn short_words_stand_alone_and_longer_ones_within_others() {
        let finds = |words: &str, text: &str| finds(words, text, Between::Space).is_some();
        assert!(finds("Anan", "an Anan.") && finds("Anan", "(Anan)"));
        assert!(!finds("Anan", "Ananda") && !finds("Anan", "Kanan") && !finds("Anan", "xAnan"));
        assert!(finds("Anand", "Ananda") && finds("An and", "xAn anda"));
        assert!(!finds("An an", "xAn an") && !finds("An an", "An anx") && finds("An an", "An an"));
    }

    #[test]
    fn the_longest_of_those_that_begin_at_a_place_is_found_and_the_search_goes_on_behind_it() {
        let patterns = Patterns::of(["Siti", "Siti Aminah", "Budi"]);
        let text = "Budi, siti aminah, Siti";
        let matches = patterns.matches(text, Between::Space);
        let found: Vec<_> = matches.map(|(number, range)| (number, &text[range])).collect();
        assert_eq!(found, [(2, "Budi"), (1, "siti aminah"), (0, "Siti")]);
        assert!(!patterns.is_empty() && Patterns::of([" "]).is_empty() && Patterns::default().is_empty());
    }

    #[test]
    fn separators_and_invisible_characters_in_a_pattern() {
        let phone = |text| finds("+62 812 3456", text, Between::Anything);
        assert_eq!(phone("tel:+62-812-3456").as_deref(), Some("+62-812-3456"));
        assert_eq!(phone("++628123456"), Some("+628123456".to_owned()));
        assert!(phone("62 812 3456").is_none() && phone("+\u{200b}62\u{ad} 8123456").is_some());
        let initials = |text| finds("A.B.", text, Between::Anything).is_some();
        assert!(initials("by a.b., who") && !initials("A, B or AB"));
        assert!(finds("Ana-Maria", "ANA-\u{ad}MARIA", Between::Space).is_some());
        assert!(finds("Ana-Maria", "Ana Maria", Between::Anything).is_none());
        // Pasted from a web page.
        assert!(finds("Si\u{ad}ti \u{200b}", "siti", Between::Space).is_some());
        assert!(
            finds("--", "a -- b", Between::Space).is_some() && finds("--", "a b", Between::Space).is_none()
        );
    }

    proptest! {
        /// A text and a pattern are compared from any letter of the text, 64 letters at a time.
        #[test]
        fn the_bits_from_a_place_are_those_behind_it(
            bits in collection::vec(any::<bool>(), 0..300),
            at in 0..300_usize,
        ) {
            let mut joints = Joints::default();
            bits.iter().for_each(|bit| joints.push(*bit));
            let expected: Vec<bool> = (at..at + 64).map(|at| bits.get(at) == Some(&true)).collect();
            let found = joints.from(at);
            prop_assert_eq!((0..64).map(|bit| found >> bit & 1 == 1).collect::<Vec<_>>(), expected);
        }

        /// The automaton only tells where to look: a search from every letter finds the same.
        #[test]
        fn nothing_is_passed_over(
            words in collection::vec("[abİß+. é\u{301}한-]{1,6}", 1..6),
            text in "[abAİISß+.é\u{301}한\u{1112}\u{1161}\u{ad}\u{200b} \n-]{0,40}",
        ) {
            let patterns = Patterns::of(words.iter().map(String::as_str));
            let everywhere = Patterns { letters_only: None, ..patterns.clone() };
            for between in [Between::Space, Between::Anything] {
                let found: Vec<_> = patterns.matches(&text, between).collect();
                prop_assert_eq!(found, everywhere.matches(&text, between).collect::<Vec<_>>());
            }
        }

        /// It tells only where the letters of a pattern are, with gaps only where the pattern has some.
        #[test]
        fn no_place_is_looked_at_for_nothing(
            words in collection::vec("[ab]{1,80}( [ab]{1,80}){0,2}", 1..3),
            text in "([ab]{1,80}[ -]?){0,6}",
            cut in 0..80_usize,
        ) {
            // A pattern, and one with a gap that it does not have.
            let (before, after) = words[0].split_at(cut.min(words[0].len()));
            let text = format!("{text} {before}{after} {before}-{after}");
            let has = |from: usize, words: &str| {
                let mut rest = text[from..].chars().peekable();
                let mut may_be_apart = false;
                words.chars().all(|c| {
                    if c == ' ' {
                        may_be_apart = true;
                        return true;
                    }
                    let mut is_apart = false;
                    while rest.next_if(|c| is_gap(*c, Between::Anything)).is_some() {
                        is_apart = true;
                    }
                    let goes_on = !is_apart || may_be_apart;
                    may_be_apart = false;
                    goes_on && rest.next() == Some(c)
                })
            };
            let begins = |at: &usize| text[*at..].starts_with(['a', 'b']) && words.iter().any(|words| has(*at, words));
            let expected: Vec<usize> = (0..text.len()).rev().filter(begins).collect();
            let patterns = Patterns::of(words.iter().map(String::as_str));
            prop_assert_eq!(patterns.starts(&text), expected);
        }
    }

    #[test]
    fn a_name_is_found_however_its_letters_are_written() {
        for (words, text, found) in [
            ("İstanbul", "in ISTANBUL, istanbul'da", "ISTANBUL"),
            ("José Martínez", "JOSE\u{301} MARTI\u{301}NEZ", "JOSE\u{301} MARTI\u{301}NEZ"),
            ("Jose\u{301}", "(José)", "José"),
            ("Jose Martinez", "José Marti\u{301}nez.", "José Marti\u{301}nez"),
            ("محمد", "مُحَمَّد", "مُحَمَّد"),
            ("محمد أحمد", "محـــمد أحمد", "محـــمد أحمد"),
            ("王小明", "他說王小明在那裡", "王小明"),
            ("김철수", "고김철수는", "김철수"),
            ("ＬＥＥ", "Mr Lee.", "Lee"),
            ("Lee", "记者Lee说", "Lee"),
            ("李明", "by李明and", "李明"),
            ("Σοφός", "ΣΟΦΌΣ", "ΣΟΦΌΣ"),
            ("Groß", "GROSS", "GROSS"),
            ("Müller-Lüdenscheidt", "Müller\u{2011}Lu\u{308}denscheidt", "Müller\u{2011}Lu\u{308}denscheidt"),
            ("Müller-Lüdenscheidt", "Müller–Lüdenscheidt", "Müller–Lüdenscheidt"),
            ("O'Brien", "O’Brien", "O’Brien"),
            ("Siti Aminah", "Siti\u{200e} A\u{fe0f}minah", "Siti\u{200e} A\u{fe0f}minah"),
        ] {
            let place = finds(words, text, Between::Space);
            assert_eq!(place.as_deref(), Some(found), "{words} in {text}");
        }
        for (words, text) in [
            ("José Martínez", "Jose Martinez"),
            ("이수", "고이수"),
            ("기", "김"),
            ("かな", "がな"),
            ("Ana", "Anak"),
        ] {
            let place = finds(words, text, Between::Space);
            assert_eq!(place, None, "{words} in {text}");
        }
    }

    #[test]
    fn what_programs_put_between_words() {
        for gap in
            ["-", "_", "+", ".", ",", "/", "\u{2010}", "\u{2015}", "\0", " \u{200b}", "\u{2060}", "\u{feff}"]
        {
            assert!(
                finds("Siti Aminah", &format!("siti{gap}aminah"), Between::Anything).is_some(),
                "{gap:?}"
            );
        }
        assert!(finds("Siti Aminah", "siti:aminah", Between::Anything).is_none());
        assert!(finds("Siti Aminah", "siti.aminah", Between::Space).is_none());
    }
}
