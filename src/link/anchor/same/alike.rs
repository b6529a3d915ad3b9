//! Whether two tokens say the same: spellings of a word, slips, words that are written together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::marks::{is_loaded, is_quote, is_stop};
use super::super::token::{Kind, Token};
use super::super::words::{self, is_vowel};
use super::Comparison;

/// The most letters of a sign of a unit or an element.
const LONGEST_SIGN: usize = 3;

/// The fewest letters of a word that is hardly ever a name with another letter.
const LONG: usize = 9;

impl Comparison<'_> {
    /// The cost of taking one token for the other, if they say the same.
    pub(super) fn same(&self, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> Option<u32> {
        if a.kind != b.kind || !self.same_hyphens(a, b, (row, column)) {
            return None;
        }
        if a.key == b.key {
            let is_harmless = a.kind != Kind::Word
                || same_signs(a.text, b.text)
                    && !self.words.differ_by_case(&a.key, a.text, b.text)
                    && self.same_case(a, b, (row, column));
            return is_harmless.then_some(0);
        }
        match a.kind {
            // 12th October.
            Kind::Number => {
                let beside = |tokens: &[Token<'_>], at: usize| {
                    let is_month =
                        |at: usize| tokens.get(at).is_some_and(|token| self.words.is_month(&token.key));
                    is_month(at + 1) || at.checked_sub(1).is_some_and(is_month)
                };
                let is_day = cardinal(&a.key) == cardinal(&b.key);
                (is_day && beside(&self.quoted, row) && beside(&self.found, column)).then_some(1)
            }
            Kind::Mark => {
                let is_free = is_stop(&a.key) && is_stop(&b.key) || is_quote(&a.key) && is_quote(&b.key);
                let is_loaded = is_loaded(&self.quoted, row) || is_loaded(&self.found, column);
                (is_free && !is_loaded).then_some(0)
            }
            Kind::Word => {
                let number_follows = [self.quoted.get(row + 1), self.found.get(column + 1)]
                    .iter()
                    .all(|next| next.is_some_and(|next| next.kind == Kind::Number));
                let [x, y] = [a, b].map(|token| token.spelling(self.words));
                // Spellings of one word, however many of them.
                if x == y {
                    return (!self.may_be_names(x, a, b, (row, column))).then_some(0);
                }
                let before = |tokens: &[Token<'_>], at: usize| {
                    at.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Mark)
                };
                let follow_mark = before(&self.quoted, row) && before(&self.found, column);
                let is_rate = |word: &str| matches!(word, "a" | "an" | "per");
                let period_follows = is_rate(&a.key)
                    && is_rate(&b.key)
                    && self.quoted.get(row + 1).is_some_and(|next| self.words.is_period(&next.key));
                let is_same = self.words.are_alike(&a.key, &b.key, number_follows)
                    || follow_mark && self.words.are_sayings(&a.key, &b.key)
                    || period_follows
                    || self.words.are_alike(x, y, false)
                    || self.words.differ_by_accents(&a.key, &b.key)
                    || self.is_slip(a, b, self.are_first((row, column)));
                is_same.then_some(1)
            }
        }
    }

    /// Whether two tokens that are spellings of one word may be names: those are others if a letter differs.
    fn may_be_names(&self, word: &str, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> bool {
        let has_capital = [a, b].iter().any(|token| token.text.starts_with(char::is_uppercase));
        has_capital && self.words.may_be_name(word, self.are_first((row, column)))
    }

    /// Whether two tokens begin a sentence.
    fn are_first(&self, (row, column): (usize, usize)) -> bool {
        begins_sentence(&self.quoted, row) && begins_sentence(&self.found, column)
    }

    /// Whether two tokens are joined in the same way to what is before them, where that matters: *five-tonne* is a
    /// size, *man-eating* says who eats.
    fn same_hyphens(&self, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> bool {
        let is_loose = |tokens: &[Token<'_>], at: usize| {
            at.checked_sub(1).is_some_and(|before| match tokens[before].kind {
                // *kapal-kapal* is *kapal kapal*.
                Kind::Word => {
                    let before = &tokens[before].key;
                    !self.words.is_listed || words::is_loose(before) || *before == tokens[at].key
                }
                Kind::Number | Kind::Mark => false,
            })
        };
        let may_be_name = [a, b].iter().all(|token| token.text.starts_with(char::is_uppercase));
        // *Shell-companies in* are *shell companies in*: nothing follows of which the first word could say more.
        let is_last = |tokens: &[Token<'_>], at: usize| {
            let ends = |word: &str| word.ends_with('s') && !word.ends_with("ss");
            ends(&tokens[at].key)
                && tokens
                    .get(at + 1)
                    .is_none_or(|next| next.kind == Kind::Mark || self.words.is_uncounted(&next.key))
        };
        let is_plural = self.words.lang == "en" && is_last(&self.quoted, row) && is_last(&self.found, column);
        a.follows_hyphen == b.follows_hyphen
            || a.kind == Kind::Word && is_plural && has_word_before(&self.quoted, row)
            || a.kind == Kind::Word
                && !a.key.ends_with("ing")
                && (may_be_name
                    || self.is_in_name(a, b, (row, column))
                    || is_loose(&self.quoted, row) && is_loose(&self.found, column))
    }

    /// Whether one of two tokens is joined to a name: Kim Jong-un, Kim Jong Un.
    fn is_in_name(&self, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> bool {
        [(a, &self.quoted, row), (b, &self.found, column)].into_iter().any(|(token, tokens, at)| {
            token.follows_hyphen
                && tokens[at - 1].text.starts_with(char::is_uppercase)
                && !begins_sentence(tokens, at - 1)
        })
    }

    /// Whether two words agree in their capitals, but for those that begin a sentence or an office: *the Post* is a
    /// newspaper.
    fn same_case(&self, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> bool {
        let [x, y] = [a, b].map(|token| token.text.starts_with(char::is_uppercase));
        let (tokens, at) = if x { (&self.quoted, row) } else { (&self.found, column) };
        // `MW`, `mW`, `Mb`, `MB`
        let rest = |token: &Token<'_>| token.text.chars().skip(1).collect::<String>();
        let is_sign = a.text.chars().count() <= LONGEST_SIGN;
        let differs = rest(a) != rest(b) && a.text.to_lowercase() == b.text.to_lowercase();
        (x == y
            || begins_sentence(tokens, at)
            || self.is_in_name(a, b, (row, column))
            || self.words.is_office(&a.key))
            && !(is_sign && differs)
    }

    /// Whether a word is the other with a slip: letters swapped, doubled, missing or wrong in the middle of it.
    /// Of the first words of a sentence, only long ones have slips: a short one may be a name.
    pub(super) fn is_slip(&self, a: &Token<'_>, b: &Token<'_>, are_first: bool) -> bool {
        let [x, y] = [a, b].map(|token| token.key.chars().collect::<Vec<char>>());
        let is_plain = |letters: &[char]| letters.iter().all(|c| c.is_alphabetic() && words::has_slips(*c));
        if !is_plain(&x) || !is_plain(&y) {
            return false;
        }
        // Two words of the language are two assertions; of two that are not in its list, nothing is known.
        if self.words.known.is_some_and(|known| known(&a.key) == known(&b.key)) {
            return false;
        }
        // A name that differs by a letter may be another one.
        let is_name = [a, b].iter().any(|token| token.text.starts_with(char::is_uppercase));
        let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
        let same_start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
        let rest = |letters: &[char]| letters.len() - same_start;
        let same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
        let same_end = same_end.min(rest(short));
        let may_be_name = is_name
            && !(are_first && self.words.known.is_some() && short.len() != long.len() && long.len() >= LONG);
        if same_start == 0 || may_be_name {
            return false;
        }
        let limits = match [a, b].iter().any(|token| self.words.is_impossible(&token.key)) {
            true => &words::IMPOSSIBLE,
            false => &self.words.slips,
        };
        let middle = same_start..short.len() - same_end;
        let is_inner = same_start >= limits.edge && long.len() - same_start > limits.edge;
        match long.len() - short.len() {
            0 if middle.len() == 2 => {
                let [a, b] = [short[middle.start], short[middle.start + 1]];
                // *prejuicio* is a prejudice, *perjuicio* a harm.
                let is_prefix = self.words.known.is_none() && middle.start == 1 && (a == 'r' || b == 'r');
                let is_swap = a == long[middle.start + 1] && b == long[middle.start];
                // *schreiben* and *schrieben* are two forms of a verb.
                let are_vowels = self.words.known.is_none() && words::is_vowel(a) && words::is_vowel(b);
                is_swap && !are_vowels && !is_prefix && short.len() >= limits.swapped
            }
            0 if middle.len() == 1 => {
                // *nitrite* and *nitrate*, *propane* and *propene*: no list has all substances.
                let rest: String = long[middle.end..].iter().collect();
                let is_substance = is_vowel(long[middle.start])
                    && matches!(rest.trim_end_matches('s'), "te" | "de" | "ne" | "l");
                is_inner && !is_substance && short.len() >= limits.wrong
            }
            1 if same_start + same_end >= short.len() => {
                let is_double = long[same_start - 1] == long[same_start];
                // *menggubah* and *mengubah* are two verbs.
                let is_prefix = self.words.lang == "id" && long[same_start] == 'g';
                is_double && !is_prefix && long.len() >= limits.doubled
                    || is_inner && !is_double && long.len() >= limits.missing
            }
            _ => false,
        }
    }

    /// Whether several words are one that is written together.
    pub(super) fn is_joined(&self, parts: &[Token<'_>], whole: &Token<'_>) -> bool {
        let is_word = |token: &Token<'_>| token.kind == Kind::Word;
        let may = |token: &Token<'_>| is_word(token) && !self.words.is_fixed(&token.key);
        // *Drei mal* is *dreimal*: a part may be a number in words.
        if let [number, part] = parts
            && number.kind == Kind::Number
            && number.text.starts_with(char::is_alphabetic)
            && whole.kind == Kind::Word
        {
            let rest = whole.key.strip_prefix(&number.text.to_lowercase());
            return self.words.lang == "de" && rest == Some("mal") && part.key == "mal";
        }
        if let [subject, verb] = parts
            && verb.key == "are"
            && whole.key.strip_suffix("'re") == Some(subject.key.as_str())
        {
            return true;
        }
        let is_spelled = || {
            let rest = parts.iter().try_fold(&*whole.key, |rest, part| rest.strip_prefix(&*part.key));
            rest == Some("")
        };
        // Hardly any words are, so this is asked first.
        is_spelled()
            && match whole.kind {
                // 9 000
                Kind::Number => parts[1..].iter().all(|part| part.key.len() == 3),
                Kind::Mark => false,
                Kind::Word => {
                    parts.iter().all(may)
                        && !self.words.is_place(&parts[0].key, parts[1].text)
                        && self.words.may_be_torn(&whole.key, parts.iter().map(|part| part.key.as_str()))
                        && (whole.key.chars().count() >= self.words.joined
                            || self.words.is_compound(&whole.key))
                }
            }
    }
}

fn cardinal(number: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|end| number.strip_suffix(end)).unwrap_or(number)
}

/// Whether the signs of vowels in two words agree, where both have some: *qatala*, killed, is not *qutila*, was killed.
fn same_signs(a: &str, b: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<(char, String)> = Vec::new();
        for c in word.nfd() {
            match letters.last_mut() {
                Some((_, signs)) if is_combining_mark(c) => signs.push(c),
                _ => letters.push((c, String::new())),
            }
        }
        letters
    };
    let vowels = |signs: &str| -> String {
        signs
            .chars()
            .filter(|c| matches!(c, '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{670}'))
            .collect()
    };
    let (a, b) = (letters(a), letters(b));
    let differ = |((_, a), (_, b)): (&(char, String), &(char, String))| {
        let (a, b) = (vowels(a), vowels(b));
        !a.is_empty() && !b.is_empty() && a != b
    };
    // *все*, all of them, is not *всё*, everything.
    let is_yo = |(letter, signs): &(char, String)| matches!(letter, 'е' | 'Е') && signs.contains('\u{308}');
    let yo_differs = a.iter().zip(&b).any(|(a, b)| is_yo(a) != is_yo(b));
    let plain = || a.iter().map(|(letter, _)| letter).collect::<String>().to_lowercase();
    (!yo_differs || words::is_always_yo(&plain())) && !a.iter().zip(&b).any(differ)
}

/// Whether the token before is a word.
fn has_word_before(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].kind == Kind::Word)
}

/// Whether a token begins a sentence, or a quotation within one. What is before the first is not known.
fn begins_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[..at].iter().next_back();
    before.is_none_or(|before| {
        before.kind == Kind::Mark && !matches!(before.key.as_str(), "," | "-" | "、" | "،")
    })
}
