//! Whether two wordings make the same assertion.
//!
//! Texts are compared token by token. A difference is harmless only if a rule here says so: typography, a slip
//! of spelling, a repeated word, a function word that adds nothing. Any other difference (a name, a figure, a
//! day, a negation, a verb) makes another assertion. So a word that no list has is never taken for harmless.

mod alike;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::marks::{is_quote, may_be_left_out, strong_marks};
use super::token::{Kind, Token, tokens};
use super::words::{self, Words};
use crate::base::script::is_dense;

/// The maximum number of cells of the table that a comparison visits, for each token: passages that can be
/// aligned in very many ways are not the same unless they are equal.
const CELLS_PER_TOKEN: usize = 32;

/// How many tokens of the text on each side of a range may belong to the passage.
const SLACK: usize = 3;

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
        // A comma or a full stop before the closing quotation mark, or behind it.
        if let ([a, b, ..], [c, d, ..]) = (quoted, found)
            && a.key == d.key
            && b.key == c.key
            && [a, b].iter().all(|mark| mark.kind == Kind::Mark)
            && (is_quote(&a.key) && matches!(b.key.as_str(), "," | ".")
                || is_quote(&b.key) && matches!(a.key.as_str(), "," | "."))
        {
            steps.push(Step { quoted: 2, found: 2, cost: 0 });
        }
        for (one, other, is_turned) in [(quoted, found, false), (found, quoted, true)] {
            if let Some(count) = self.words.saying(one, other) {
                let (long, short) = (count + 2, count + 1);
                let (quoted, found) = if is_turned { (long, short) } else { (short, long) };
                steps.push(Step { quoted, found, cost: 1 });
            }
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

    /// The cost of leaving out a token that adds nothing.
    fn needless(&self, tokens: &[Token<'_>], at: usize) -> Option<u32> {
        let token = tokens.get(at)?;
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(at + 1);
        match token.kind {
            Kind::Mark => may_be_left_out(tokens, at).then_some(0),
            Kind::Number => None,
            // *В 1974-м году* is *в 1974 году*.
            Kind::Word
                if self.words.lang == "ru"
                    && token.follows_hyphen
                    && before.is_some_and(|before| before.kind == Kind::Number) =>
            {
                matches!(token.key.as_str(), "м" | "й" | "го" | "му" | "е" | "ый" | "ом").then_some(1)
            }
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
                                || self.is_slip(before, token, false))
                };
                // *kapal-kapal* is several ships, *Duran Duran* is a band.
                let is_repeated = !token.follows_hyphen
                    && !token.text.starts_with(char::is_uppercase)
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

/// The tokens that an alignment left out.
#[derive(Default)]
struct Skipped {
    quoted: Vec<usize>,
    found: Vec<usize>,
    /// The marks that are aligned with each other.
    replaced: Vec<(usize, usize)>,
}
