//! Whether two wordings make the same assertion.
//!
//! Texts are compared token by token. A difference is harmless only if a rule here says so: typography, a slip
//! of spelling, a repeated word, a function word that adds nothing. Any other difference (a name, a figure, a
//! day, a negation, a verb) makes another assertion. So a word that no list has is never taken for harmless.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::marks::{is_loaded, is_quote, is_stop, may_be_left_out, strong_marks};
use super::token::{Kind, Token, tokens};
use super::words::{self, Words, has_word};
use crate::base::script::is_dense;

/// The maximum number of cells of the table that a comparison visits, for each token: passages that can be
/// aligned in very many ways are not the same unless they are equal.
const CELLS_PER_TOKEN: usize = 32;

/// How many tokens of the text on each side of a range may belong to the passage.
const SLACK: usize = 3;

/// The most letters of a sign of a unit or an element.
const LONGEST_SIGN: usize = 3;

/// How many tokens of the quotation, and of the text, are aligned.
type Cell = (usize, usize);

/// What a step of the alignment consumes of either side, and the number of differences that it is.
#[derive(Clone, Copy)]
struct Step {
    quoted: usize,
    found: usize,
    cost: u32,
}

/// Whether two texts say the same, from their first token to their last.
pub(super) fn says_same(quoted: &str, found: &str, lang: &str) -> bool {
    quoted == found || Comparison::new(quoted, found, lang).align(0, 0).is_some()
}

/// Whether the words before a passage, or after it, say the same. A browser cuts context within a word: the
/// token at the outer end may be a part.
pub(super) fn same_context(quoted: &str, found: &str, lang: &str, is_before: bool) -> bool {
    if says_same(quoted, found, lang) {
        return true;
    }
    let cut = |text: &str| -> String {
        let text = text.trim();
        let rest = match is_before {
            true => text.split_once(' ').map(|(_, rest)| rest),
            false => text.rsplit_once(' ').map(|(rest, _)| rest),
        };
        rest.unwrap_or_default().to_owned()
    };
    let [quoted_part, found_part] = [quoted, found].map(|text| {
        let text = text.trim();
        let part = if is_before { text.split(' ').next() } else { text.rsplit(' ').next() };
        part.unwrap_or_default()
    });
    let is_part = match is_before {
        true => found_part.ends_with(quoted_part) || quoted_part.ends_with(found_part),
        false => found_part.starts_with(quoted_part) || quoted_part.starts_with(found_part),
    };
    is_part && !cut(quoted).is_empty() && says_same(&cut(quoted), &cut(found), lang)
}

/// The range of `text` around `near` that says the same as `quoted`.
pub(super) fn find_same(quoted: &str, text: &str, near: &Range<usize>, lang: &str) -> Option<Range<usize>> {
    let start = words_before(text, near.start, SLACK);
    let end = words_after(text, near.end, SLACK);
    let comparison = Comparison::new(quoted, &text[start..end], lang);
    let lead = comparison.found.iter().take_while(|token| token.range.end + start <= near.start).count();
    let tail =
        comparison.found.iter().rev().take_while(|token| token.range.start + start >= near.end).count();
    let range = comparison.align(lead + 2, tail + 2)?;
    Some(start + range.start..start + range.end)
}

fn words_before(text: &str, at: usize, count: usize) -> usize {
    let spaces = text[..at].char_indices().rev().take(count * 16).filter(|(_, c)| *c == ' ');
    let all = text[..at].char_indices().rev().take(count * 16).last().map_or(at, |(first, _)| first);
    spaces.map(|(space, _)| space + 1).nth(count).unwrap_or(all)
}

fn words_after(text: &str, at: usize, count: usize) -> usize {
    let spaces = text[at..].char_indices().take(count * 16).filter(|(_, c)| *c == ' ');
    let all = text[at..].char_indices().take(count * 16).last().map_or(0, |(last, c)| last + c.len_utf8());
    at + spaces.map(|(space, _)| space).nth(count).unwrap_or(all)
}

struct Comparison<'a> {
    quoted: Vec<Token<'a>>,
    found: Vec<Token<'a>>,
    words: &'static Words,
}

impl<'a> Comparison<'a> {
    fn new(quoted: &'a str, found: &'a str, lang: &str) -> Comparison<'a> {
        let words = Words::of(lang);
        Comparison { quoted: tokens(quoted, words), found: tokens(found, words), words }
    }

    /// The range of the found text that says the same. Of its first `lead` and last `tail` tokens, any may be
    /// left out; of the rest, none.
    fn align(&self, lead: usize, tail: usize) -> Option<Range<usize>> {
        let (rows, columns) = (self.quoted.len(), self.found.len());
        let words = self.quoted.iter().filter(|token| token.kind != Kind::Mark).count() as u32;
        let most = 1 + words / 4;
        // Only the cells that harmless steps reach: of another assertion, those before the first difference.
        let start = Step { quoted: 0, found: 0, cost: 0 };
        let mut open: BTreeMap<Cell, (u32, Step)> =
            (0..=lead.min(columns)).map(|column| ((0, column), (0, start))).collect();
        let mut done: HashMap<Cell, (u32, Step)> = HashMap::new();
        while let Some(((row, column), (cost, step))) = open.pop_first() {
            if done.len() > CELLS_PER_TOKEN * (rows + columns) {
                return None;
            }
            done.insert((row, column), (cost, step));
            for step in self.steps(row, column) {
                let total = cost + step.cost;
                let next = open.entry((row + step.quoted, column + step.found)).or_insert((u32::MAX, step));
                if total < next.0 {
                    *next = (total, step);
                }
            }
        }
        let ends = columns.saturating_sub(tail)..=columns;
        let costs = ends.filter_map(|end| Some((done.get(&(rows, end))?.0, columns - end)));
        let (cost, left) = costs.min()?;
        if cost > most {
            return None;
        }
        let end = columns - left;
        let (mut row, mut column) = (rows, end);
        let mut skipped = Skipped::default();
        let mut last = (0, 0);
        let mut hyphens = BTreeSet::new();
        while let Some((_, step)) = done.get(&(row, column))
            && step.quoted + step.found > 0
        {
            row -= step.quoted;
            column -= step.found;
            let this = (step.quoted, step.found);
            let is_word = match this {
                (1, 0) => {
                    skipped.quoted.push(row);
                    self.quoted[row].kind == Kind::Word
                }
                (0, 1) => {
                    skipped.found.push(column);
                    self.found[column].kind == Kind::Word
                }
                (1, 1) if self.quoted[row].kind == Kind::Mark => {
                    skipped.replaced.push((row, column));
                    false
                }
                (1, 1) if self.quoted[row].follows_hyphen != self.found[column].follows_hyphen => {
                    hyphens.insert(self.quoted[row].follows_hyphen);
                    false
                }
                _ => false,
            };
            // One word left out and another put in is a replacement: *a* is not *the*.
            if is_word && (last == (1, 0) || last == (0, 1)) && last != this {
                return None;
            }
            last = if is_word { this } else { (0, 0) };
        }
        // A word that moves says it of another: *that day the ship*, *that the day*.
        let keys = |tokens: &[Token<'_>], list: &[usize]| -> BTreeSet<String> {
            let words = list.iter().filter(|at| tokens[**at].kind == Kind::Word);
            words.map(|at| tokens[*at].key.clone()).collect()
        };
        if !keys(&self.quoted, &skipped.quoted).is_disjoint(&keys(&self.found, &skipped.found)) {
            return None;
        }
        // A hyphen that moves joins other words.
        if hyphens.len() > 1 {
            return None;
        }
        let first = self.found.get(column)?;
        let range = first.range.start..self.found[end.checked_sub(1)?].range.end;
        let agrees = self.marks_agree(&skipped) && self.ends_agree(&skipped, column..end);
        (range.start < range.end && agrees).then_some(range)
    }

    /// The harmless steps from a cell.
    fn steps(&self, row: usize, column: usize) -> Vec<Step> {
        let (quoted, found) = (&self.quoted[row..], &self.found[column..]);
        let mut steps = Vec::new();
        if let (Some(a), Some(b)) = (quoted.first(), found.first())
            && let Some(cost) = self.same(a, b, (row, column))
        {
            steps.push(Step { quoted: 1, found: 1, cost });
        }
        for count in 2..=3 {
            if let ([a, ..], Some(b)) = (found, quoted.get(..count))
                && self.is_joined(b, a)
            {
                steps.push(Step { quoted: count, found: 1, cost: 1 });
            }
            if let ([a, ..], Some(b)) = (quoted, found.get(..count))
                && self.is_joined(b, a)
            {
                steps.push(Step { quoted: 1, found: count, cost: 1 });
            }
        }
        // 13 October and October 13.
        if let ([a, b, ..], [c, d, ..]) = (quoted, found)
            && a.key == d.key
            && b.key == c.key
            && (a.kind == Kind::Number && self.words.is_month(&b.key)
                || b.kind == Kind::Number && self.words.is_month(&a.key))
            && self.ends_date(if a.kind == Kind::Number { found.get(2) } else { quoted.get(2) })
        {
            steps.push(Step { quoted: 2, found: 2, cost: 1 });
        }
        // A dash between words, with spaces and without.
        let is_dash = |mark: Option<&Token<'_>>, word: Option<&Token<'_>>| {
            mark.is_some_and(|mark| mark.key == "-") && word.is_some_and(|word| word.follows_hyphen)
        };
        if is_dash(quoted.first(), found.first()) {
            steps.push(Step { quoted: 1, found: 0, cost: 0 });
        }
        if is_dash(found.first(), quoted.first()) {
            steps.push(Step { quoted: 0, found: 1, cost: 0 });
        }
        if let Some(cost) = self.needless(&self.quoted, row) {
            steps.push(Step { quoted: 1, found: 0, cost });
        }
        if let Some(cost) = self.needless(&self.found, column) {
            steps.push(Step { quoted: 0, found: 1, cost });
        }
        steps
    }

    /// Whether a day and a month end before this token: *in March 5 ships left* says how many ships.
    fn ends_date(&self, next: Option<&Token<'_>>) -> bool {
        next.is_none_or(|next| match next.kind {
            Kind::Mark => true,
            Kind::Number => next.key.len() == 4,
            Kind::Word => self.words.is_uncounted(&next.key),
        })
    }

    /// The cost of taking one token for the other, if they say the same.
    fn same(&self, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> Option<u32> {
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
                let is_same = self.words.are_alike(&a.key, &b.key, number_follows)
                    || self.words.are_alike(x, y, false)
                    || self.words.differ_by_accents(&a.key, &b.key)
                    || self.is_slip(a, b);
                is_same.then_some(1)
            }
        }
    }

    /// Whether two tokens that are spellings of one word may be names: those are others if a letter differs.
    fn may_be_names(&self, word: &str, a: &Token<'_>, b: &Token<'_>, (row, column): (usize, usize)) -> bool {
        let has_capital = [a, b].iter().any(|token| token.text.starts_with(char::is_uppercase));
        let is_first = begins_sentence(&self.quoted, row) && begins_sentence(&self.found, column);
        has_capital && self.words.may_be_name(word, is_first)
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
        a.follows_hyphen == b.follows_hyphen
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
    fn is_slip(&self, a: &Token<'_>, b: &Token<'_>) -> bool {
        let [x, y] = [a, b].map(|token| token.key.chars().collect::<Vec<char>>());
        let is_plain = |letters: &[char]| letters.iter().all(|c| c.is_alphabetic() && words::has_slips(*c));
        if !is_plain(&x) || !is_plain(&y) {
            return false;
        }
        // Two words of the language are two assertions; of two that are not in its list, nothing is known.
        if self.words.known.is_some_and(|known| has_word(known(), &a.key) == has_word(known(), &b.key)) {
            return false;
        }
        // A name that differs by a letter may be another one.
        let is_name = [a, b].iter().any(|token| token.text.starts_with(char::is_uppercase));
        let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
        let same_start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
        let rest = |letters: &[char]| letters.len() - same_start;
        let same_end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
        let same_end = same_end.min(rest(short));
        if same_start == 0 || is_name {
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
                let is_swap = a == long[middle.start + 1] && b == long[middle.start];
                // *schreiben* and *schrieben* are two forms of a verb.
                let are_vowels = self.words.known.is_none() && words::is_vowel(a) && words::is_vowel(b);
                is_swap && !are_vowels && short.len() >= limits.swapped
            }
            0 if middle.len() == 1 => is_inner && short.len() >= limits.wrong,
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
    fn is_joined(&self, parts: &[Token<'_>], whole: &Token<'_>) -> bool {
        let is_word = |token: &Token<'_>| token.kind == Kind::Word;
        let may = |token: &Token<'_>| is_word(token) && !self.words.is_fixed(&token.key);
        if let [subject, verb] = parts
            && verb.key == "are"
            && whole.key.strip_suffix("'re") == Some(subject.key.as_str())
        {
            return true;
        }
        let is_spelled = || {
            let rest =
                parts.iter().try_fold(whole.key.as_str(), |rest, part| rest.strip_prefix(part.key.as_str()));
            rest == Some("")
        };
        // Hardly any words are, so this is asked first.
        if !is_spelled() {
            return false;
        }
        // 9 000
        if whole.kind == Kind::Number {
            return parts[1..].iter().all(|part| part.key.len() == 3);
        }
        is_word(whole)
            && parts.iter().all(may)
            && !self.words.is_place(&parts[0].key, parts[1].text)
            && self.words.may_be_torn(&whole.key, parts.iter().map(|part| part.key.as_str()))
            && (whole.key.chars().count() >= self.words.joined || self.words.is_compound(&whole.key))
    }

    /// The cost of leaving out a token that adds nothing.
    fn needless(&self, tokens: &[Token<'_>], at: usize) -> Option<u32> {
        let token = tokens.get(at)?;
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(at + 1);
        match token.kind {
            Kind::Mark => may_be_left_out(tokens, at).then_some(0),
            Kind::Number => None,
            // The Lebanon office, The Hague.
            Kind::Word
                if token.key == "the"
                    && after.is_some_and(|next| next.text.starts_with(char::is_uppercase)) =>
            {
                None
            }
            // Plan A, vitamin A.
            Kind::Word if token.text == "A" && before.is_some_and(|before| before.kind != Kind::Mark) => None,
            Kind::Word => {
                let key = |token: Option<&Token<'_>>| token.map_or(String::new(), |token| token.key.clone());
                let follows_number = before.is_some_and(|token| token.kind == Kind::Number);
                let number_follows = after.is_some_and(|token| token.kind == Kind::Number);
                let context = words::Around {
                    before: &key(before),
                    after: &key(after),
                    after_next: &key(tokens.get(at + 2)),
                    follows_number,
                    number_follows,
                    after_is_name: after.is_some_and(|next| next.text.starts_with(char::is_uppercase)),
                };
                let is_again = |before: &Token<'_>| {
                    before.key == token.key
                        || before.key.chars().next() == token.key.chars().next()
                            && (before.spelling(self.words) == token.spelling(self.words)
                                || self.is_slip(before, token))
                };
                // *kapal-kapal* is several ships.
                let is_repeated = !token.follows_hyphen
                    && before.is_some_and(is_again)
                    && self.words.may_repeat(&token.key, is_dense(token.text.chars().next()?));
                (is_repeated || self.words.is_needless(&token.key, &context)).then_some(1)
            }
        }
    }

    /// Whether added and removed marks leave the sentence with its parts: none has moved to another place, and
    /// no two of them enclose a verb of saying or a relative clause. Those would change who says it, or which
    /// ones it is about.
    fn marks_agree(&self, skipped: &Skipped) -> bool {
        let inner = |tokens: &[Token<'_>], at: usize| {
            tokens[at].kind == Kind::Mark
                && at > 0
                && tokens[at + 1..].iter().any(|token| token.kind != Kind::Mark)
        };
        let class = |mark: &str| match mark {
            "." | "。" | "۔" => 1,
            "," | ";" | "-" | "、" | "،" | "؛" => 2,
            _ => 3,
        };
        let marks = |tokens: &[Token<'_>], list: &[usize]| -> BTreeSet<i32> {
            list.iter().filter(|at| inner(tokens, **at)).map(|at| class(&tokens[*at].key)).collect()
        };
        let moved = &marks(&self.quoted, &skipped.quoted) & &marks(&self.found, &skipped.found);
        if moved.iter().any(|class| *class < 3) {
            return false;
        }
        let surrounds = |tokens: &[Token<'_>], list: &[usize]| {
            let places = list.iter().filter(|at| inner(tokens, **at) && class(&tokens[**at].key) == 2);
            let (first, last) = (places.clone().min(), places.max());
            match (first, last) {
                (Some(first), Some(last)) if first < last => {
                    !self.words.is_listed
                        || tokens[*first..*last].iter().any(|token| self.words.is_saying(&token.key))
                }
                _ => false,
            }
        };
        // Two sentences made one, or one made two: the words between two such places change their sentence.
        let is_end = |mark: &str| class(mark) == 1;
        let resplit: Vec<_> = skipped
            .replaced
            .iter()
            .filter(|(row, column)| is_end(&self.quoted[*row].key) != is_end(&self.found[*column].key))
            .filter(|(row, _)| inner(&self.quoted, *row))
            .collect();
        let begins_clause = |tokens: &[Token<'_>], at: usize| {
            tokens.get(at + 1).is_some_and(|next| words::begins_clause(&next.key))
        };
        // *He met the soldiers, who had fled* are all of them; *not killed, because* says why not.
        let narrows = |tokens: &[Token<'_>], at: usize| {
            inner(tokens, at)
                && class(&tokens[at].key) == 2
                && tokens.get(at + 1).is_some_and(|next| {
                    words::is_relative(&next.key)
                        || words::begins_clause(&next.key)
                            && tokens[..at].iter().any(|token| words::is_negation(&token.key))
                })
        };
        resplit.len() < 2
            && !resplit.iter().any(|(row, _)| begins_clause(&self.quoted, *row))
            && !skipped.quoted.iter().any(|at| narrows(&self.quoted, *at))
            && !skipped.found.iter().any(|at| narrows(&self.found, *at))
            && !surrounds(&self.quoted, &skipped.quoted)
            && !surrounds(&self.found, &skipped.found)
    }

    /// Whether a passage, these tokens of the found text, begins and ends like the quotation. A statement is no
    /// question, exclamation or thought broken off, and a word left out at an end was not replaced by one
    /// outside of the passage.
    fn ends_agree(&self, skipped: &Skipped, passage: Range<usize>) -> bool {
        let is_word = |token: &Token<'_>| token.kind != Kind::Mark;
        let (Some(first), Some(last)) =
            (self.quoted.iter().position(is_word), self.quoted.iter().rposition(is_word))
        else {
            return true;
        };
        let inner = &self.found[passage.clone()];
        let (Some(from), Some(to)) = (inner.iter().position(is_word), inner.iter().rposition(is_word)) else {
            return false;
        };
        let (from, to) = (passage.start + from, passage.start + to);
        let before = |tokens: &[Token<'_>], at: usize| strong_marks(tokens[..at].iter().rev());
        let after = |tokens: &[Token<'_>], at: usize| strong_marks(tokens[at + 1..].iter());
        let is_replaced =
            |is_skipped: bool, beside: Option<&Token<'_>>| is_skipped && beside.is_some_and(is_word);
        before(&self.quoted, first) == before(&self.found, from)
            && after(&self.quoted, last) == after(&self.found, to)
            && !is_replaced(
                skipped.quoted.contains(&first),
                from.checked_sub(1).map(|before| &self.found[before]),
            )
            && !is_replaced(skipped.quoted.contains(&last), self.found.get(to + 1))
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
    let is_all =
        |letters: &[(char, String)]| letters.len() == 3 && letters[0].0 == 'в' && letters[1].0 == 'с';
    let all_differ = is_all(&a) && is_all(&b) && a != b;
    !all_differ && !a.iter().zip(&b).any(differ)
}

/// Whether a token begins a sentence, or a quotation within one. What is before the first is not known.
fn begins_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[..at].iter().next_back();
    before.is_none_or(|before| {
        before.kind == Kind::Mark && !matches!(before.key.as_str(), "," | "-" | "、" | "،")
    })
}

/// The tokens that an alignment left out.
#[derive(Default)]
struct Skipped {
    quoted: Vec<usize>,
    found: Vec<usize>,
    /// The marks that are aligned with each other.
    replaced: Vec<(usize, usize)>,
}
