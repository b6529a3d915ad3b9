//! Takes comments out of a body before anything reads it: Obsidian's `%%…%%`, and the content of
//! `<!-- … -->`. So no later stage can publish one.
//!
//! Obsidian's comments may be within a line or over many, and end at the next `%%`, whatever is between. As in
//! Obsidian, code keeps its `%%`, and so does text where nothing closes it, such as `100%%`. An HTML comment
//! stays as `<!---->`, because it separates blocks of Markdown.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown;
use super::prose::{Prose, Segment};
use crate::base::diagnostic::{Code, Severity};
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

/// Cutting a comment can change what is code after it, so the text is read again. After this many times, code
/// is no longer looked at: text is rather missing than published.
const MOST_ROUNDS: usize = 16;

/// A text without its comments.
pub(super) struct Clean<'a> {
    pub text: Cow<'a, str>,
    /// What was taken out: the position in the clean text, and the number of bytes. Sorted.
    cuts: Vec<(usize, usize)>,
    /// The comment that does not end, in the original text.
    pub unclosed: Option<Span>,
}

/// The text without the comments of the body, which starts at `start`.
pub(super) fn clean(text: &str, start: usize) -> Clean<'_> {
    let mut clean = Clean { text: Cow::Borrowed(text), cuts: Vec::new(), unclosed: None };
    for round in 0..=MOST_ROUNDS {
        let body = &clean.text[start..];
        if !body.contains("%%") && !body.contains("<!--") {
            break;
        }
        let code = if round < MOST_ROUNDS { code(body) } else { Vec::new() };
        let found = find(body, &code);
        if clean.unclosed.is_none() && found.is_unclosed {
            let at = found.cuts.last().map_or(0, |cut| cut.start) + start;
            let at = clean.original(at);
            clean.unclosed = Some(Span::new(at, at + 2));
        }
        if found.cuts.is_empty() {
            break;
        }
        clean.cut(start, &found.cuts);
    }
    clean
}

/// A value of front matter without its comments. A mark that nothing closes is text here.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    let has_comments = text.contains("%%") || text.contains("<!--");
    if !has_comments || text.contains("://") {
        return Cow::Borrowed(text);
    }
    let Found { mut cuts, is_unclosed } = find(text, &[]);
    if is_unclosed {
        cuts.pop();
    }
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for cut in &cuts {
        rest.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    rest.push_str(&text[at..]);
    Cow::Owned(rest.replace("<!---->", "").trim().to_owned())
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
        let places = prose.places.iter_mut().chain(&mut prose.html).chain(faults);
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
fn code(body: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    let readable = markdown::readable(body);
    for (event, range) in markdown::parser(&readable).into_offset_iter() {
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

/// What is to be cut, in order.
struct Found {
    cuts: Vec<Range<usize>>,
    /// Whether the last comment does not end.
    is_unclosed: bool,
}

fn find(body: &str, code: &[Range<usize>]) -> Found {
    let mut cuts = Vec::new();
    let mut code = code.iter().peekable();
    let mut at = 0;
    // Where the paragraph ends that was looked through last, and whether it has no second `%%` from here on: a
    // paragraph may hold thousands of comments.
    let (mut paragraph_end, mut alone_until) = (0, 0);
    while let Some(next) = body[at..].find(['%', '<', '\\']).map(|next| at + next) {
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
            continue;
        }
        if let Some(inner) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments of HTML.
            let start = next + "<!--".len();
            if inner.starts_with('>') || inner.starts_with("->") {
                at = start;
                continue;
            }
            match inner.find("-->") {
                Some(0) => {}
                Some(length) => cuts.push(start..start + length),
                None => {
                    cuts.push(next..body.len());
                    return Found { cuts, is_unclosed: true };
                }
            }
            at = start + inner.find("-->").unwrap_or(inner.len());
            continue;
        }
        let Some(inner) = rest.strip_prefix("%%") else {
            at = next + 1;
            continue;
        };
        let start = next + "%%".len();
        // `100%%` needs its partner in the same paragraph; a `%%` before or between words begins a comment.
        let is_glued = body[..next].ends_with(|c: char| c.is_alphanumeric() || c == '%' || c == '/');
        if is_glued && start > paragraph_end {
            let is_empty_line = |at: &usize| {
                let line = &inner[at + 1..];
                line.starts_with('\n') || line.starts_with("\r\n")
            };
            let length = inner.match_indices('\n').map(|(at, _)| at).find(is_empty_line);
            paragraph_end = start + length.unwrap_or(inner.len());
        }
        let within = match is_glued {
            true if next < alone_until => "",
            true => &body[start..paragraph_end],
            false => inner,
        };
        match within.find("%%") {
            Some(length) => {
                let end = start + length + "%%".len();
                cuts.push(whole_lines(body, next..end));
                at = end;
            }
            None if is_glued => {
                alone_until = paragraph_end;
                at = start;
            }
            None => {
                cuts.push(next..body.len());
                return Found { cuts, is_unclosed: true };
            }
        }
    }
    Found { cuts, is_unclosed: false }
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
mod tests {
    use super::*;
    use crate::base::id::Lang;
    use crate::config::RawHtml;

    fn cleaned(text: &str) -> String {
        clean(text, 0).text.into_owned()
    }

    #[test]
    fn comments_are_taken_out_and_code_is_not() {
        for (text, left) in [
            ("a %%b%% c", "a  c"),
            ("mid%%x%%word", "midword"),
            ("a\n\n%%\nb\n\nc\n%%\n\nd", "a\n\n\nd"),
            ("- a\n  %% b\n  c %%\n- d", "- a\n- d"),
            ("> a %%b%%\n> %%\n> c\n> %%\n> d", "> a \n> \n> d"),
            ("| a %%b|c%% | d |\n|--|--|\n%%x%%\n| e | f |", "| a  | d |\n|--|--|\n| e | f |"),
            ("`%%a%%` %%b%% `c`", "`%%a%%`  `c`"),
            ("```\n%%a%%\n```\n%%b%%", "```\n%%a%%\n```\n%%b%%".trim_end_matches("%%b%%")),
            ("    %%a%%\n\nb", "    %%a%%\n\nb"),
            ("100%% of it", "100%% of it"),
            ("100%% of it\n\nand %%b%%", "100%% of it\n\nand "),
            ("\\%%a%%b", "\\%%a%%b"),
            ("%% ` %% and %%`%% `%%c%%`", " and  `%%c%%`"),
            ("%%\n```\n%%\n\na %%b%%", "\na "),
            ("> ```\n> a\n\n%% b %%\nc", "> ```\n> a\n\nc"),
            ("a <!-- b %% --> c %%d%%", "a <!----> c "),
            ("a\n<!-- b\n\nc -->\nd", "a\n<!---->\nd"),
            ("a <!-- b", "a "),
            ("a %% b", "a "),
            ("a <!--> b <!-- c --> d", "a <!--> b <!----> d"),
            ("%%a", ""),
        ] {
            assert_eq!(cleaned(text), left, "{text:?}");
        }
    }

    #[test]
    fn spans_lead_to_the_original_text() {
        let text = "---\n---\nSay %%s%%**this** and %%t%%that %%u%% [here %%v%%now](a%%w%%.md) %%x%%.\n\n%%\ny\n%%\n\nEnd.";
        let clean = clean(text, 8);
        let mut prose =
            super::super::markdown::parse(&clean.text, 8, &Lang::parse("en").unwrap(), RawHtml::Sanitize);
        clean.restore(&mut prose);
        assert!(prose.segments.len() > 5);
        for segment in &prose.segments {
            let source = &text[segment.source.range()];
            assert!(prose.plain[segment.plain as usize..].starts_with(source), "{source:?}");
            assert!(!source.contains('%'), "{source:?}");
        }
        assert_eq!(&text[prose.links[0].span.range()], "[here %%v%%now](a%%w%%.md)");
        assert_eq!(&text[prose.places[1].range()], "End.");
    }
}
