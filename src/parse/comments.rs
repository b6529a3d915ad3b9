//! Takes comments out of a body before anything reads it: Obsidian's `%%…%%`, and the content of
//! `<!-- … -->`. So no later stage can publish one.
//!
//! Obsidian's comments may be within a line or over many, and end at the next `%%`, whatever is between. As in
//! Obsidian, code keeps its `%%`. An HTML comment stays as `<!---->`, because it separates blocks of Markdown.
//!
//! Marks do not say whether they open or close, so one too many, as in `100%% of it. %%secret%%`, would make every
//! comment after it public. Where the marks leave a doubt, it is an error, and all that may be private is cut.

mod doubt;
mod marks;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use doubt::{Doubt, Pair, doubt, mark};
use marks::{FOREIGN, has_marks, unmarked};

use super::markdown;
use super::prose::{Prose, Segment};
use crate::base::diagnostic::{Code, Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;

/// A comment that does not end.
pub(crate) static UNCLOSED_COMMENT: Code = Code {
    name: "unclosed-comment",
    level: Severity::Error,
    docs: "\
A comment that begins, with `%%` or `<!--`, and does not end. Everything from there to the end of the text
is left out, because publishing a private remark would be worse than to miss some text.

```md
Public words. %%ask R. before noon          wrong
Public words. %%ask R. before noon%%        right
```

How to fix: close the comment, with another `%%` or with `-->`. If you mean two percent signs, write them as code:
`` `%%` ``, or as `\\%\\%`.",
};

/// A mark of a comment that may be something else.
pub(crate) static AMBIGUOUS_COMMENT: Code = Code {
    name: "ambiguous-comment",
    level: Severity::Error,
    docs: "\
A `%%` of which it is not clear whether it begins a comment, ends one, or is a percent sign. One `%%` too many turns
all comments after it inside out: Obsidian hides what is between them, and shows what you meant to hide. So everything
that may be private is left out: the text from there on, with the beginning of the paragraph.

```md
100%% of the cargo. %%Anna told us.%%        wrong: hides the words between, and shows Anna
100% of the cargo. %%Anna told us.%%         right
```

A mark after a word or number, and before a space, ends a comment; one after a space, and before a word, begins one.
One with a space on both sides may be either, and after a number also a percent sign: `100 %% of it`.

How to fix: for a percent sign, write one `%`. For two, write them as code: `` `%%` ``, or as `\\%\\%`. For a comment,
put a space before its first `%%`, none after it, and write another `%%` at its end.",
};

/// Cutting a comment can change what is code after it, so the text is read again. After this many times, code
/// is no longer looked at: text is rather missing than published.
const MOST_ROUNDS: usize = 16;

/// A text without its comments.
pub(super) struct Clean<'a> {
    pub text: Cow<'a, str>,
    /// What was taken out: the position in the clean text, and the number of bytes. Sorted.
    cuts: Vec<(usize, usize)>,
    /// Why the rest of the text is cut, with a span of the original text.
    pub doubt: Option<Doubt<Span>>,
}

impl Doubt<Span> {
    pub(super) fn diagnostic(self, path: &InputPath) -> Diagnostic {
        let (found, span, label, help) = match self {
            Doubt::Unclosed(span) => (
                UNCLOSED_COMMENT.found("a comment begins here and does not end"),
                span,
                "not closed",
                "close it: until then, everything after it is left out",
            ),
            Doubt::Ambiguous(span) => (
                AMBIGUOUS_COMMENT.found("`%%` here is either a comment's mark or a percent sign"),
                span,
                "not clear",
                "write one `%` for a percent sign; a comment has a space before its first `%%` and another `%%` at \
                 its end. Until then, the text from here on is left out",
            ),
        };
        found.at(path, span, label).help(help)
    }
}

/// The text without the comments of the body, which starts at `start`.
pub(super) fn clean(text: &str, start: usize) -> Clean<'_> {
    let mut clean = Clean { text: Cow::Borrowed(text), cuts: Vec::new(), doubt: None };
    for round in 0..=MOST_ROUNDS {
        let body = &clean.text[start..];
        if !has_marks(body) {
            break;
        }
        let code = if round < MOST_ROUNDS { code(body) } else { Vec::new() };
        let Found { cuts, doubt } = find(body, &code);
        if cuts.is_empty() {
            break;
        }
        let original = |at: usize| clean.original(at + start);
        let doubt = doubt.map(|doubt| doubt.map(|at| Span::new(original(at), original(at) + 2)));
        clean.doubt = clean.doubt.or(doubt);
        clean.cut(start, &cuts);
    }
    clean
}

/// The words of each comment of a body, which starts at `start`.
pub(super) fn of(text: &str, start: usize) -> Vec<String> {
    let clean = clean(text, start);
    let mut gone = 0;
    let mut found = Vec::new();
    for (place, length) in &clean.cuts {
        let from = place + gone;
        found.extend(text.get(from..from + length).map(|cut| unmarked(cut).to_owned()));
        gone += length;
    }
    found
}

/// A value of front matter without its comments, and why more of it may be missing.
pub(super) fn without(text: &str) -> (Cow<'_, str>, Option<Doubt<()>>) {
    if !has_marks(text) {
        return (Cow::Borrowed(text), None);
    }
    let Found { cuts, doubt } = find(text, &[]);
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for cut in &cuts {
        rest.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    rest.push_str(&text[at..]);
    (Cow::Owned(rest.replace("<!---->", "").trim().to_owned()), doubt.map(|doubt| doubt.map(drop)))
}

impl Clean<'_> {
    fn cut(&mut self, start: usize, cuts: &[Range<usize>]) {
        let mut text = String::with_capacity(self.text.len());
        let (mut at, mut all, mut old) = (0, Vec::new(), self.cuts.iter().peekable());
        let mut gone = 0;
        for cut in cuts {
            let (from, to) = (cut.start + start, cut.end + start);
            text.push_str(&self.text[at..from]);
            at = to;
            while let Some(&(place, length)) = old.next_if(|(place, _)| *place < from) {
                all.push((place - gone, length));
            }
            let mut length = to - from;
            while let Some((_, more)) = old.next_if(|(place, _)| *place <= to) {
                length += more;
            }
            all.push((from - gone, length));
            gone += to - from;
        }
        all.extend(old.map(|(place, length)| (place - gone, *length)));
        text.push_str(&self.text[at..]);
        self.text = Cow::Owned(text);
        self.cuts = all;
    }

    /// The position in the original text of a byte of the clean one.
    fn original(&self, at: usize) -> usize {
        let count = self.cuts.partition_point(|(place, _)| *place <= at);
        at + self.cuts[..count].iter().map(|(_, length)| length).sum::<usize>()
    }

    /// Changes the spans of what was read from the clean text to those of the original.
    pub(super) fn restore(&self, prose: &mut Prose) {
        if self.cuts.is_empty() {
            return;
        }
        // The number of bytes taken out up to each cut, to look up many positions quickly.
        let mut sum = 0;
        let sums: Vec<(usize, usize)> = self
            .cuts
            .iter()
            .map(|(place, length)| {
                sum += length;
                (*place, sum)
            })
            .collect();
        let shift = |count: usize| count.checked_sub(1).map_or(0, |last| sums[last].1);
        let span = |span: Span| {
            let Range { start, end } = span.range();
            let first = start + shift(sums.partition_point(|(place, _)| *place <= start));
            let last = end + shift(sums.partition_point(|(place, _)| *place < end));
            Span::new(first, last.max(first))
        };
        for link in &mut prose.links {
            link.span = span(link.span);
            // A name with a comment in it is not written there unchanged.
            let unchanged = |&(clean, original): &(Span, Span)| clean.range().len() == original.range().len();
            let pair = link.target_span.map(|clean| (clean, span(clean)));
            link.target_span = pair.filter(unchanged).map(|(_, original)| original);
        }
        let faults = prose.faults.iter_mut().map(|(_, place)| place);
        let removed = prose.removed.iter_mut().map(|(_, place)| place);
        let places = prose.places.iter_mut().chain(&mut prose.html).chain(&mut prose.too_deep);
        let places = places.chain(removed).chain(faults);
        places.for_each(|place| *place = span(*place));
        let mut segments = Vec::with_capacity(prose.segments.len());
        for segment in &prose.segments {
            // Words around a comment are not together in the original.
            let source = segment.source.range();
            let from = sums.partition_point(|(place, _)| *place <= source.start);
            let to = sums.partition_point(|(place, _)| *place < source.end);
            let mut at = source.start;
            for end in sums[from..to.max(from)].iter().map(|(place, _)| *place).chain([source.end]) {
                if end > at || source.is_empty() {
                    let plain = segment.plain + (at - source.start) as u32;
                    segments.push(Segment { plain, source: span(Span::new(at, end)), ..*segment });
                }
                at = end;
            }
        }
        prose.segments = segments;
    }
}

/// The ranges of code, in order.
pub(super) fn code(body: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    let readable = markdown::readable(body);
    for (event, range) in markdown::parser(&readable, true).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Tag::CodeBlock(_)) => start = Some(range.start),
            Event::End(TagEnd::CodeBlock) => ranges.push(start.take().unwrap_or(range.start)..range.end),
            _ => {}
        }
    }
    // Footnotes are read after what follows them.
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// What is to be cut, in order. If there is a doubt, with the position of its mark, the last cut goes to the end.
struct Found {
    cuts: Vec<Range<usize>>,
    doubt: Option<Doubt<usize>>,
}

fn find(body: &str, code: &[Range<usize>]) -> Found {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut pairs = Vec::new();
    let mut unclosed = None;
    let mut code = code.iter().peekable();
    let mut at = 0;
    // Whether the end of each of the other programs' comments may still come.
    let mut may_end = [true; FOREIGN.len()];
    while let Some(next) = body[at..].find(['%', '<', '{', '\\']).map(|next| at + next) {
        // What seems to be code from within a comment on is none.
        let after = cuts.last().map_or(0, |cut: &Range<usize>| cut.end);
        while code.next_if(|range| range.end <= next || range.start < after).is_some() {}
        if let Some(range) = code.peek().filter(|range| range.start <= next) {
            at = range.end;
            continue;
        }
        let rest = &body[next..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            at = next + 1 + escaped.chars().next().map_or(0, char::len_utf8);
        } else if let Some(inner) = rest.strip_prefix("<!--") {
            let start = next + "<!--".len();
            // `<!-->` and `<!--->` are whole comments of HTML.
            let is_whole = inner.starts_with('>') || inner.starts_with("->");
            let Some(length) = is_whole.then_some(0).or_else(|| inner.find("-->")) else {
                unclosed = Some(next);
                break;
            };
            if length > 0 {
                cuts.push(start..start + length);
            }
            at = start + length;
        } else if let Some(length) = foreign(rest, &mut may_end) {
            at = next + length;
            cuts.push(whole_lines(body, next..at));
        } else if rest.starts_with("%%") {
            let open = mark(body, next);
            let close = body[open.end..].find("%%").map(|length| mark(body, open.end + length));
            at = close.as_ref().map_or(body.len(), |close| close.end);
            cuts.push(whole_lines(body, next..at));
            pairs.push(Pair { open, close });
        } else {
            at = next + 1;
        }
    }
    let ambiguous = doubt(body, &pairs);
    let from = [unclosed, ambiguous.as_ref().map(|(_, from)| *from)].into_iter().flatten().min();
    if let Some(from) = from {
        let kept = cuts.partition_point(|cut| cut.end <= from);
        let from = cuts.get(kept).map_or(from, |cut| cut.start.min(from));
        cuts.truncate(kept);
        cuts.push(from..body.len());
    }
    Found { cuts, doubt: ambiguous.map(|(doubt, _)| doubt).or(unclosed.map(Doubt::Unclosed)) }
}

/// The length of the comment of another program that a text begins with. Of several that begin alike, the first that
/// ends; `may_end` says for each whether it may.
fn foreign(text: &str, may_end: &mut [bool; FOREIGN.len()]) -> Option<usize> {
    FOREIGN.iter().zip(may_end).filter(|(_, may_end)| **may_end).find_map(|(form, may_end)| {
        let open = (form.open)(text)?;
        let end = (form.close)(&text[open..]);
        *may_end = end.is_some();
        Some(open + end?.end)
    })
}

/// A comment with the line ends that would be left of it: an empty line would make a list loose, or end a
/// table.
fn whole_lines(body: &str, comment: Range<usize>) -> Range<usize> {
    // Looks back no further than blanks go: a line may hold thousands of comments.
    let before = body[..comment.start].trim_end_matches([' ', '\t']);
    let is_alone = before.is_empty() || before.ends_with('\n');
    let rest = &body[comment.end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    match is_alone && rest[blank..].starts_with('\n') {
        true => before.len()..comment.end + blank + 1,
        false => comment,
    }
}

#[cfg(test)]
mod tests;
