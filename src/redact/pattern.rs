//! Finds words in text regardless of spacing and capitals.

use std::collections::HashMap;
use std::ops::Range;

/// Words with at least this many letters are also found within longer ones: `Aminah` in `Aminahnya` and in
/// `aminah2023`.
const TELLING: usize = 5;

/// The node of no letters.
const ROOT: usize = 0;

/// A set of words to search for at once.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    /// The number of letters of each pattern.
    letters: Vec<usize>,
    /// The patterns as a tree of letters, the root first: what begins alike is compared once.
    nodes: Vec<Node>,
    /// Whether any pattern begins with an ASCII character, in either case: this rules out most positions.
    ascii: [bool; 128],
}

/// Letters that some patterns begin with.
#[derive(Clone, Debug, Default)]
struct Node {
    /// The node for each next letter, in lower case.
    next: HashMap<char, usize>,
    /// The node behind what separates two words.
    gap: Option<usize>,
    /// The patterns that end here.
    ends: Vec<usize>,
}

impl Default for Patterns {
    fn default() -> Patterns {
        Patterns { letters: Vec::new(), nodes: vec![Node::default()], ascii: [false; 128] }
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
        for words in words {
            patterns.add(words);
        }
        patterns
    }

    fn add(&mut self, words: &str) {
        let mut node = ROOT;
        let mut letters = 0;
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
            for letter in word.chars().flat_map(char::to_lowercase) {
                if letters == 0 {
                    for c in [letter, letter.to_ascii_uppercase()].iter().filter(|c| c.is_ascii()) {
                        self.ascii[*c as usize] = true;
                    }
                }
                letters += 1;
                node = match self.nodes[node].next.get(&letter) {
                    Some(next) => *next,
                    None => {
                        let next = self.node();
                        self.nodes[node].next.insert(letter, next);
                        next
                    }
                };
            }
        }
        if node != ROOT {
            self.nodes[node].ends.push(self.letters.len());
        }
        self.letters.push(letters);
    }

    fn node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// The first match at or after `from`: its pattern and range. Of two at the same position, the longer
    /// one.
    pub(crate) fn find(&self, text: &str, from: usize, between: Between) -> Option<(usize, Range<usize>)> {
        let mut before = text.get(..from)?.chars().next_back();
        for (at, c) in text.get(from..)?.char_indices() {
            if c.is_ascii() && !self.ascii[c as usize] {
                before = Some(c);
                continue;
            }
            let start = from + at;
            let first = c.to_lowercase().next().unwrap_or(c);
            if self.nodes[ROOT].next.contains_key(&first)
                && let Some((end, number)) = self.longest(text, start, before, between)
            {
                return Some((number, start..end));
            }
            before = Some(c);
        }
        None
    }

    /// The longest match that starts at `start`: its end and its pattern.
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
                let Node { next, gap, ends } = &self.nodes[node];
                let after = text[end..].chars().next();
                let matches = ends.iter().filter(|number| self.stands_alone(**number, before, after));
                longest = matches.map(|number| (end, *number)).max().max(longest);
                if let Some(word) = gap {
                    let length = |c: char| is_gap(c, between).then(|| c.len_utf8());
                    let gap: usize = text[end..].chars().map_while(length).sum();
                    // Programs may leave nothing at all between the words of a name.
                    if gap > 0 || between == Between::Anything {
                        open.push((*word, end + gap));
                    }
                }
                if next.is_empty() {
                    break;
                }
                let mut letters = text[end..].char_indices().filter(|(_, c)| !is_invisible(*c));
                let Some((at, c)) = letters.next() else { break };
                let step = |node: usize, letter| self.nodes[node].next.get(&letter).copied();
                let Some(next) = c.to_lowercase().try_fold(node, step) else { break };
                (node, end) = (next, end + at + c.len_utf8());
            }
        }
        longest
    }

    /// Whether a match may be part of a longer word, or is not.
    fn stands_alone(&self, number: usize, before: Option<char>, after: Option<char>) -> bool {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        self.letters[number] >= TELLING || !(joins(before) || joins(after))
    }
}

fn is_gap(c: char, between: Between) -> bool {
    c.is_whitespace()
        || is_invisible(c)
        || between == Between::Anything && matches!(c, '-' | '_' | '+' | '.' | ',' | '/' | '‐'..='―' | '\0')
}

/// Soft hyphens and similar characters, which may be within a word.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(words: &str, text: &str, between: Between) -> Option<String> {
        Patterns::of([words]).find(text, 0, between).map(|(_, range)| text[range].to_owned())
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
        let mut found = Vec::new();
        let mut done = 0;
        while let Some((number, range)) = patterns.find(text, done, Between::Space) {
            done = range.end;
            found.push((number, &text[range]));
        }
        assert_eq!(found, [(2, "Budi"), (1, "siti aminah"), (0, "Siti")]);
        assert!(!patterns.is_empty() && Patterns::of([" "]).is_empty() && Patterns::default().is_empty());
        // What stands before the start of the search counts too.
        assert_eq!(patterns.find("xSiti", 1, Between::Space), None);
    }

    #[test]
    fn letters_with_several_lower_ones_are_found_in_either_case() {
        assert!(finds("İstanbul", "in İSTANBUL", Between::Space).is_some());
        assert!(finds("İstanbul", "in istanbul", Between::Space).is_none());
        assert!(
            finds("Kİev", "kİev", Between::Space).is_some()
                && finds("Kİev", "kiev", Between::Space).is_none()
        );
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
