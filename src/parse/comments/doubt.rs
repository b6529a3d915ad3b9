//! Decides whether the marks of comments can be read in one way only.

use std::ops::Range;

/// Why it is not known where a comment ends, with the mark that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Doubt<At> {
    Unclosed(At),
    Ambiguous(At),
}

impl<At> Doubt<At> {
    pub(crate) fn map<To>(self, map: impl FnOnce(At) -> To) -> Doubt<To> {
        match self {
            Doubt::Unclosed(at) => Doubt::Unclosed(map(at)),
            Doubt::Ambiguous(at) => Doubt::Ambiguous(map(at)),
        }
    }
}

/// The marks of one of Obsidian's comments, which are two percent signs or more.
pub(super) struct Pair {
    pub open: Range<usize>,
    pub close: Option<Range<usize>>,
}

/// The percent signs that begin at `start`.
pub(super) fn mark(body: &str, start: usize) -> Range<usize> {
    let length = body[start..].bytes().take_while(|byte| *byte == b'%').count();
    start..start + length
}

/// The first pair that may be read in another way, and from where on text may be private because of that.
pub(super) fn doubt(body: &str, pairs: &[Pair]) -> Option<(Doubt<usize>, usize)> {
    let mut from = None;
    for (number, pair) in pairs.iter().enumerate() {
        let start = *from.get_or_insert(pair.open.start);
        let begin = Mark::new(body, &pair.open);
        let begins = |doubt| {
            let is_end = begin.ends || begin.is_after_digit;
            (doubt, if is_end { start.min(paragraph(body, pair.open.start)) } else { start })
        };
        let Some(close) = &pair.close else {
            let at = pair.open.start;
            let is_clear = start == at && !begin.ends && !begin.is_after_digit;
            return Some(begins(if is_clear { Doubt::Unclosed(at) } else { Doubt::Ambiguous(at) }));
        };
        let end = Mark::new(body, close);
        let is_in_paragraph = is_one_paragraph(&body[pair.open.end..close.start]);
        // `100%%x` is a comment only with all that comments have.
        if begin.ends || begin.is_after_digit && !(begin.is_before_letter && end.ends && is_in_paragraph) {
            return Some(begins(Doubt::Ambiguous(pair.open.start)));
        }
        let is_cut_short = end.is_after_digit && {
            // `%%about 100%% of it%%`: the next mark may be the end.
            let next = pairs.get(number + 1).map(|next| &next.open);
            next.is_some_and(|next| {
                let is_near = is_one_paragraph(&body[close.end..next.start]);
                !Mark::new(body, next).begins && (is_near || !begin.begins)
            })
        };
        let html = &body[pair.open.end..close.start];
        let is_html_open = html.rfind("<!--") > html.rfind("-->") && {
            let next = pairs.get(number + 1).map_or(body.len(), |next| next.open.start);
            let rest = &body[close.end..next];
            rest.find("-->").is_some_and(|end| rest.find("<!--").is_none_or(|start| end < start))
        };
        if end.begins || is_cut_short || is_html_open {
            return Some((Doubt::Ambiguous(close.start), start));
        }
        // Every mark of such a comment is clear, so what is wrong further down does not concern it.
        if begin.begins && end.ends && !end.is_after_digit && is_in_paragraph {
            from = None;
        }
    }
    None
}

/// What a mark's neighbours say about it.
struct Mark {
    /// It can only begin a comment: ` %%x`.
    begins: bool,
    /// It can only end one: `x%% `.
    ends: bool,
    /// It may be a percent sign: `100%%`.
    is_after_digit: bool,
    is_before_letter: bool,
}

impl Mark {
    fn new(body: &str, mark: &Range<usize>) -> Mark {
        let (before, after) = (body[..mark.start].chars().next_back(), body[mark.end..].chars().next());
        let is_open_before = before.is_none_or(|c| c.is_whitespace() || "([{“‘«„‚「『（【《〈".contains(c));
        let is_open_after = after
            .is_none_or(|c| c.is_whitespace() || ".,;:!?)]}…”’»」』）】》〉。、，；：！？،؛؟".contains(c));
        Mark {
            begins: is_open_before && !is_open_after,
            ends: is_open_after && !is_open_before,
            is_after_digit: before.is_some_and(char::is_numeric),
            is_before_letter: after.is_some_and(char::is_alphabetic),
        }
    }
}

/// Whether no empty line is in a text, of a quotation neither.
fn is_one_paragraph(text: &str) -> bool {
    let count = text.matches('\n').count();
    // The first and the last piece are parts of lines.
    count < 2
        || !text
            .split('\n')
            .skip(1)
            .take(count - 1)
            .any(|line| line.trim_matches(['>', ' ', '\t', '\r']).is_empty())
}

/// Where the paragraph of a position begins.
fn paragraph(body: &str, at: usize) -> usize {
    let mut start = at;
    for line in body[..at].split_inclusive('\n').rev() {
        if start < at && line.trim_matches(['>', ' ', '\t', '\r', '\n']).is_empty() {
            break;
        }
        start -= line.len();
    }
    start
}
