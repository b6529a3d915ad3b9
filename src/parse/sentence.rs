//! Finds sentences, well enough to quote the one that contains a reference.

use std::ops::Range;

/// Abbreviations whose full stop does not end a sentence, in the languages shipped.
const ABBREVIATIONS: [&str; 24] = [
    "art", "capt", "col", "dr", "drs", "e.g", "etc", "gen", "hlm", "i.e", "ir", "jl", "lt", "mr", "mrs",
    "ms", "no", "nos", "p", "pp", "prof", "sgt", "st", "vs",
];

/// How many bytes are looked at before and after a passage. Only this keeps a text of many links and no line
/// break from taking time, and pages, that grow with its square; hardly any sentence is so long.
const REACH: usize = 600;

/// How many closing marks may follow a full stop, and how many bytes before it are looked at: a line of nothing
/// but full stops has as many as it has bytes.
const MOST_CLOSING: usize = 16;
const LONGEST_WORD: usize = 64;

/// The sentence of `text` around `within`, on the same line, as a range of `text`.
pub(crate) fn around_in(text: &str, within: Range<usize>) -> Range<usize> {
    let first = text.floor_char_boundary(within.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(within.end.saturating_add(REACH));
    // No word is cut.
    let (before, after) = (&text[first..within.start], &text[within.end..last]);
    let first = if first == 0 { 0 } else { first + before.find(' ').map_or(0, |space| space + 1) };
    let last = if last == text.len() { last } else { within.end + after.rfind(' ').unwrap_or(after.len()) };
    let from = text[first..within.start].rfind('\n').map_or(first, |at| first + at + 1);
    let to = text[within.end..last].find('\n').map_or(last, |at| within.end + at);
    let found = around(&text[from..to], within.start - from..within.end - from);
    from + found.start..from + found.end
}

/// The sentence of `line` around `within`, as a range of `line`.
///
/// A sentence ends after `.`, `!`, `?` or `…` (and closing quotation marks) if white space and no lower-case
/// letter follow, unless the full stop belongs to an initial or an abbreviation; and after the full stops of
/// scripts without spaces.
pub fn around(line: &str, within: Range<usize>) -> Range<usize> {
    let mut start = 0;
    for (at, byte) in line.bytes().enumerate() {
        // Few bytes can end a sentence; the others are not decoded.
        if !matches!(byte, b'.' | b'!' | b'?' | 0xc0..) || at < start {
            continue;
        }
        let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let end = at + c.len_utf8();
        let Some(stop) = ends_at(line, at, c, end) else { continue };
        if stop >= within.end {
            return start..stop;
        }
        if stop <= within.start {
            let next = stop + (line[stop..].len() - line[stop..].trim_start().len());
            // `within` may be the white space between two sentences.
            start = next.min(within.start);
        }
    }
    start.min(within.start)..line.len()
}

/// The sentences of `line`, in order.
pub(crate) fn all(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = line.get(from..)?;
        let start = from + (rest.len() - rest.trim_start().len());
        let end = start + line.get(start..)?.chars().next()?.len_utf8();
        let sentence = around(&line[start..], 0..end - start);
        from = (start + sentence.end).max(end);
        Some(start..from)
    })
}

/// The end of the sentence that `c` at `at` ends, if it ends one.
fn ends_at(line: &str, at: usize, c: char, end: usize) -> Option<usize> {
    if matches!(c, '。' | '！' | '？' | '।' | '။') {
        return Some(end);
    }
    if !matches!(c, '.' | '!' | '?' | '…' | '؟') {
        return None;
    }
    let rest = &line[end..];
    let is_closing = |c: &char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '.' | '!' | '?' | '…');
    let closing = rest.chars().take_while(is_closing).take(MOST_CLOSING);
    let closed = &rest[closing.map(char::len_utf8).sum::<usize>()..];
    let stop = line.len() - closed.len();
    let after = closed.trim_start();
    if !after.is_empty() && (after.len() == closed.len() || after.starts_with(char::is_lowercase)) {
        return None;
    }
    let near = line.ceil_char_boundary(at.saturating_sub(LONGEST_WORD));
    let before = line[near..at].rsplit([' ', '(', '"', '“', '\u{a0}']).next().unwrap_or_default();
    let initial = before.chars().count() == 1 && before.chars().all(char::is_alphabetic);
    // `Sept. 7`, `Art. 3`
    let counted = after.starts_with(|c: char| c.is_ascii_digit()) && before.chars().count() <= 4;
    let known = ABBREVIATIONS.contains(&before.to_lowercase().as_str());
    let short = c == '.' && (initial || counted || known);
    (!short || after.is_empty()).then_some(stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, word: &str, sentence: &str) {
        let at = line.find(word).unwrap();
        assert_eq!(&line[around(line, at..at + word.len())], sentence);
    }

    #[test]
    fn a_sentence_is_quoted_whole_and_alone() {
        let line =
            "It sailed on Sept. 7. Mr. Kirby said “more.” The NIS, e.g. in Nov. 2023, did not! 終わり。次";
        check(line, "sailed", "It sailed on Sept. 7.");
        check(line, "Kirby", "Mr. Kirby said “more.”");
        check(line, "NIS", "The NIS, e.g. in Nov. 2023, did not!");
        check(line, "次", "次");
        let sentences: Vec<&str> = all(line).map(|range| &line[range]).collect();
        assert_eq!(sentences.len(), 5);
        assert_eq!(sentences[1], "Mr. Kirby said “more.”");
        assert_eq!(all(" \n").count() + all("").count(), 0);
        check("no full stop", "full", "no full stop");
        check("1.000 kontainer dikirim. Lalu", "kontainer", "1.000 kontainer dikirim.");
    }
}
