//! Marks: which of them may differ in two wordings of the same assertion.

use std::collections::BTreeSet;

use super::token::{Kind, Token};
use super::words;

/// The marks up to the next word that make more of a sentence than a statement.
pub(super) fn strong_marks<'t, 'a: 't>(tokens: impl Iterator<Item = &'t Token<'a>>) -> BTreeSet<String> {
    let marks =
        tokens.take_while(|token| token.kind == Kind::Mark || !token.key.contains(char::is_alphanumeric));
    marks.map(|token| token.key.clone()).filter(|mark| is_strong(mark)).collect()
}

/// Whether a mark makes a question, an exclamation or a thought broken off.
fn is_strong(mark: &str) -> bool {
    mark == "…"
        || mark.contains(|c| {
            matches!(
                c,
                '?' | '!'
                    | '؟'
                    | '¿'
                    | '¡'
                    | '‽'
                    | '⸘'
                    | '⁇'
                    | '⁈'
                    | '⁉'
                    | '‼'
                    // In Greek, a question: NFC makes its mark a semicolon.
                    | ';'
                    | '՞'
                    | '՜'
                    | '፧'
            )
        })
}

fn is_bracket(mark: &str) -> bool {
    matches!(mark, "(" | ")" | "[" | "]" | "{" | "}" | "【" | "】" | "〔" | "〕")
}

pub(super) fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "," | ";" | "-" | "。" | "、" | "،" | "؛")
}

pub(super) fn is_quote(mark: &str) -> bool {
    // All others are apostrophes in a normalised text.
    matches!(mark, "'" | "「" | "」" | "『" | "』" | "《" | "》")
}

/// Whether a mark may be added or left out. At the ends of a passage, any may.
pub(super) fn may_be_left_out(tokens: &[Token<'_>], at: usize) -> bool {
    let mark = tokens[at].key.as_str();
    let is_word = |token: &Token<'_>| token.kind != Kind::Mark;
    let is_inner = tokens[..at].iter().any(is_word) && tokens[at + 1..].iter().any(is_word);
    let is_attached = at > 0 && tokens[at - 1].range.end == tokens[at].range.start;
    if !is_inner {
        // Without its quotation marks, what somebody said is what the article says.
        return !is_strong(mark) && (!is_quote(mark) || mark == "'" && is_attached);
    }
    let before = &tokens[at - 1];
    match mark {
        // The name before the words of a speaker.
        ":" => false,
        _ if is_strong(mark) || is_bracket(mark) => false,
        // `workers' rights`. Other quotation marks say whose words they are.
        "'" => is_attached && before.key.ends_with('s'),
        _ if is_quote(mark) => false,
        // An abbreviation. Without its end, a sentence may become a part of the next one.
        "." => {
            let is_last = tokens[at + 1].range.start > tokens[at].range.end;
            let next = tokens[at + 1].text.chars().next();
            let goes_on = next.is_some_and(|c| c.is_lowercase() || c.is_numeric());
            let is_short = before.key.chars().count() <= 4 && !is_loaded(tokens, at);
            is_attached && is_last && (is_short || goes_on && words::is_abbreviation(&before.key))
        }
        "。" | "۔" => false,
        // Two hyphens are a dash.
        "-" => before.key == "-",
        "," | "、" | "،" => !is_loaded(tokens, at) && is_needless_comma(tokens, at),
        _ => false,
    }
}

/// Whether a comma may be left out: after a date or an adverb that begins a sentence, before the end of a list. Others
/// say who does what: *police shot, the suspect ran*.
fn is_needless_comma(tokens: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (&tokens[at - 1], &tokens[at + 1]);
    let is_first = at == 1 || tokens[at - 2].kind == Kind::Mark;
    match before.kind {
        Kind::Number => true,
        Kind::Mark => is_quote(&before.key),
        // *Finally seized ships were sold*: those that were seized at last.
        Kind::Word if words::is_opening(&before.key) && is_first => {
            !before.key.ends_with("ly") || !["ed", "en", "ing"].iter().any(|end| after.key.ends_with(end))
        }
        Kind::Word if words::is_connective(&before.key) || words::is_connective(&after.key) => true,
        Kind::Word if words::is_particle(&before.key) => true,
        Kind::Word => words::takes_comma(&after.key) || words::is_and(&after.key) && ends_list(tokens, at),
    }
}

/// Whether a comma is before the last item of a list of three or more. In *his parents, the king and the queen*, and
/// in *my brother, Omar, and his wife*, two may be meant.
fn ends_list(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(other) = tokens[..at].iter().rposition(|token| token.kind == Kind::Mark) else { return false };
    let Some(item) = tokens.get(other + 1) else { return false };
    tokens[other].key == tokens[at].key
        && !item.text.starts_with(char::is_uppercase)
        && !words::is_article(&item.key)
}

/// Whether a mark may turn the meaning round: next to a negation, or between two numbers.
pub(super) fn is_loaded(tokens: &[Token<'_>], at: usize) -> bool {
    let is_word = |token: &&Token<'_>| token.kind != Kind::Mark;
    let before = tokens[..at].iter().rev().find(is_word);
    let after = tokens[at + 1..].iter().find(is_word);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_no = |token: &Token<'_>| words::is_negation(&token.key);
    // October 13, 2023.
    let is_date = before.key.len() <= 2 && after.key.len() == 4;
    let is_comma = is_date && tokens[at].key == "," && tokens[at].range.end < after.range.start;
    let are_numbers = before.kind == Kind::Number && after.kind == Kind::Number;
    is_no(before) || is_no(after) || are_numbers && !is_comma
}
