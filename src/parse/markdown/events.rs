//! The events of pulldown-cmark for a body, after what it reads differently from what authors mean.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::{CowStr, Event, Tag};

use super::addresses::Addresses;

/// Containers nested deeper than this are ignored, and their content is read.
const MOST_DEPTH: usize = 48;

/// Written for a colon that begins no definition: as long as one, so that no position changes. No text that
/// is parsed contains it.
const COLON: char = '\u{1}';

/// The body as the parser may read it: for the parser, every line that starts with a colon is a definition,
/// but `:)` and `:smile:` are words. The events
/// have the colons again: [`restored`].
pub(in crate::parse) fn readable(body: &str) -> Cow<'_, str> {
    let begins_words = |&at: &usize| {
        let before = body[..at].trim_end_matches([' ', '\t', '>']);
        let rest = &body[at + 1..];
        let starts_line = before.is_empty() || before.ends_with('\n');
        starts_line && !rest.starts_with([' ', '\t']) && !is_delimiter_row(rest)
    };
    let colons: Vec<usize> = memchr::memchr_iter(b':', body.as_bytes()).filter(begins_words).collect();
    if colons.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut readable = String::with_capacity(body.len());
    let mut done = 0;
    for at in colons {
        readable.push_str(&body[done..at]);
        readable.push(COLON);
        done = at + 1;
    }
    readable.push_str(&body[done..]);
    Cow::Owned(readable)
}

/// Whether the rest of a line that starts with a colon says how the columns of a table are aligned.
fn is_delimiter_row(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    line.contains('-') && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

/// A parser of what [`readable`] returned.
pub(in crate::parse) fn parser(readable: &str, typography: bool) -> cmark::Parser<'_> {
    cmark::Parser::new_ext(readable, options(readable, typography))
}

fn options(body: &str, typography: bool) -> cmark::Options {
    use cmark::Options;
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, typography);
    // Dollar signs are more often prices than formulas, so math is read only if a body contains something
    // that no price has.
    if body.contains("$$") || body.contains("$\\") {
        options |= Options::ENABLE_MATH;
    }
    options
}

/// The events of a parser of `readable`, as if it had read `body`.
pub(super) fn restored<'a>(
    parser: cmark::Parser<'a>,
    readable: &'a str,
    body: &'a str,
) -> Vec<(Event<'a>, Range<usize>)> {
    let restored = |(event, range): (Event<'a>, Range<usize>)| {
        let event = match event {
            Event::Text(text) if readable[range.clone()] == *text => Event::Text(body[range.clone()].into()),
            // A reference such as `&#1;` is no colon.
            event if body[range.clone()].starts_with('&') => event,
            event => with_colons(event),
        };
        (event, range)
    };
    parser.into_offset_iter().map(restored).collect()
}

/// The events with bare addresses as links, and without containers that are nested too deep.
pub(super) fn events<'a>(
    events: Vec<(Event<'a>, Range<usize>)>,
    body: &'a str,
) -> Shallow<impl Iterator<Item = (Event<'a>, Range<usize>)>> {
    let events = Addresses::new(events.into_iter(), body);
    Shallow { events, open: Vec::new(), depth: 0, too_deep: None }
}

fn with_colons(event: Event<'_>) -> Event<'_> {
    fn text(text: CowStr<'_>) -> CowStr<'_> {
        match text.contains(COLON) {
            true => CowStr::from(text.replace(COLON, ":")),
            false => text,
        }
    }
    match event {
        Event::Text(words) => Event::Text(text(words)),
        Event::Code(words) => Event::Code(text(words)),
        Event::InlineMath(words) => Event::InlineMath(text(words)),
        Event::DisplayMath(words) => Event::DisplayMath(text(words)),
        Event::Html(words) => Event::Html(text(words)),
        Event::InlineHtml(words) => Event::InlineHtml(text(words)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: text(dest_url), title: text(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: text(dest_url), title: text(title), id })
        }
        event => event,
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Superscript
            | Tag::Subscript
    )
}

/// Events without containers that are nested too deep, which limits recursion.
pub(super) struct Shallow<I> {
    events: I,
    /// For each open container, whether it was passed on, and by how much it is deeper than what it is in.
    open: Vec<(bool, usize)>,
    depth: usize,
    /// The first container that was not.
    pub too_deep: Option<Range<usize>>,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Shallow<I> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        loop {
            let (event, range) = self.events.next()?;
            match &event {
                Event::Start(tag) => {
                    // An item is as deep as its list.
                    let level = usize::from(!matches!(tag, Tag::Item));
                    let is_inline = is_inline(tag);
                    let keep = self.depth < MOST_DEPTH
                        || level == 0 && self.open.last().is_some_and(|(kept, _)| *kept);
                    self.open.push((keep, level));
                    self.depth += level;
                    if !keep {
                        self.too_deep.get_or_insert(range.clone());
                        // Its words must not run into those before.
                        match is_inline {
                            true => continue,
                            false => return Some((Event::SoftBreak, range.start..range.start)),
                        }
                    }
                }
                Event::End(_) => {
                    let (kept, level) = self.open.pop().unwrap_or((true, 0));
                    self.depth -= level;
                    if !kept {
                        continue;
                    }
                }
                _ => {}
            }
            return Some((event, range));
        }
    }
}
