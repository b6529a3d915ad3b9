//! Finds words in text regardless of spacing and capitals.

use std::collections::HashMap;
use std::ops::Range;

/// Words with at least this many letters are also found within longer ones: `Aminah` in `Aminahnya` and in
/// `aminah2023`.
const TELLING: usize = 5;

/// A set of words to search for at once.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    /// The words of each pattern, split at white space, in lower case.
    list: Vec<Vec<Vec<char>>>,
    /// The patterns that begin with a character.
    by_first: HashMap<char, Vec<usize>>,
    /// Whether any pattern begins with an ASCII character, in either case: this rules out most positions.
    ascii: [bool; 128],
}

impl Default for Patterns {
    fn default() -> Patterns {
        Patterns { list: Vec::new(), by_first: HashMap::new(), ascii: [false; 128] }
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
            let parts: Vec<Vec<char>> = words
                .split_whitespace()
                .map(|part| part.chars().flat_map(char::to_lowercase).collect())
                .collect();
            if let Some(first) = parts.first().and_then(|part| part.first()) {
                for c in [*first, first.to_ascii_uppercase()].iter().filter(|c| c.is_ascii()) {
                    patterns.ascii[*c as usize] = true;
                }
                patterns.by_first.entry(*first).or_default().push(patterns.list.len());
            }
            patterns.list.push(parts);
        }
        patterns
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
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
            let candidates = self.by_first.get(&first).into_iter().flatten();
            let ends = candidates.filter_map(|&number| {
                let end = self.match_at(number, text, start, between)?;
                self.stands_alone(number, before, text[end..].chars().next()).then_some((number, end))
            });
            if let Some((number, end)) = ends.max_by_key(|(_, end)| *end) {
                return Some((number, start..end));
            }
            before = Some(c);
        }
        None
    }

    /// The end of a match of one pattern that starts at `start`.
    fn match_at(&self, number: usize, text: &str, start: usize, between: Between) -> Option<usize> {
        let mut rest = text.get(start..)?.char_indices().peekable();
        let mut end = start;
        for (part_number, part) in self.list[number].iter().enumerate() {
            if part_number > 0 {
                let mut gap = 0;
                while rest.next_if(|(_, c)| is_gap(*c, between)).is_some() {
                    gap += 1;
                }
                // Programs may leave nothing at all between the words of a name.
                if gap == 0 && between == Between::Space {
                    return None;
                }
            }
            let mut wanted = part.iter().copied();
            let mut next = wanted.next();
            while let Some(letter) = next {
                let (at, c) = rest.next()?;
                end = start + at + c.len_utf8();
                if is_invisible(c) {
                    continue;
                }
                let mut lower = c.to_lowercase();
                if lower.next() != Some(letter) {
                    return None;
                }
                for more in lower {
                    if wanted.next() != Some(more) {
                        return None;
                    }
                }
                next = wanted.next();
            }
        }
        Some(end)
    }

    /// Whether a match may be part of a longer word, or is not.
    fn stands_alone(&self, number: usize, before: Option<char>, after: Option<char>) -> bool {
        let letters: usize = self.list[number].iter().map(Vec::len).sum();
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        letters >= TELLING || !(joins(before) || joins(after))
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
