//! Lets emphasis begin and end beside Chinese, Japanese and Korean.
//!
//! CommonMark tells by the spaces and punctuation around asterisks whether they begin or end emphasis, so the second
//! pair in `**「重要」**です` does neither: these scripts have no space after a mark
//! ([commonmark-spec#650](https://github.com/commonmark/commonmark-spec/issues/650)). The [CJK-friendly
//! amendments](https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md) let a character of these
//! scripts count as a letter or as punctuation, whichever lets the asterisks do both. The parser does not know them, so
//! it reads another character of the same length in its place.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::parser;
use crate::base::id::is_mark;
use crate::base::script::is_cjk;

/// The body as the parser may read it. It has the same length, and differs only in words.
pub(super) fn readable(body: &str) -> Cow<'_, str> {
    let mut changes = changes(body);
    if changes.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut is_word = vec![false; changes.len()];
    for range in words(body) {
        let first = changes.partition_point(|(at, _)| *at < range.start);
        let last = changes.partition_point(|(at, _)| *at < range.end);
        is_word[first..last].fill(true);
    }
    let mut is_word = is_word.into_iter();
    changes.retain(|_| is_word.next().unwrap_or(false));
    let mut readable = String::with_capacity(body.len());
    for (at, other) in changes {
        readable.push_str(&body[readable.len()..at]);
        readable.push(other);
    }
    readable.push_str(&body[readable.len()..]);
    Cow::Owned(readable)
}

/// What the parser must read beside asterisks and tildes, by its place.
fn changes(body: &str) -> Vec<(usize, char)> {
    let mut changes = Vec::new();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'*', b'~', body.as_bytes()) {
        if at < done {
            continue;
        }
        let run = body[at..].len() - body[at..].trim_start_matches(&body[at..=at]).len();
        done = at + run;
        let before = body[..at].char_indices().next_back();
        let after = body[done..].chars().next().map(|c| (done, c));
        let (Some(before), Some(after)) = (before, after) else { continue };
        let base = body[..at].chars().rev().find(|c| !is_variation(*c)).unwrap_or(before.1);
        changes.extend(change(before, base, after.1));
        changes.extend(change(after, after.1, base));
    }
    changes.sort_by_key(|(at, _)| *at);
    changes.dedup_by_key(|(at, _)| *at);
    changes
}

/// What the parser must read in place of `c`, which `base` is without variation selectors, if `other` is on the other
/// side.
fn change((at, c): (usize, char), base: char, other: char) -> Option<(usize, char)> {
    if !is_cjk(base) {
        return None;
    }
    let wanted = is_punctuation(other) && !is_cjk(other);
    let other = match (wanted, c.len_utf8()) {
        _ if wanted == is_punctuation(base) || other.is_whitespace() => return None,
        (true, 3) => '、',
        (true, 4) => '\u{10100}',
        (false, 3) => '一',
        (false, 4) => '\u{20000}',
        _ => return None,
    };
    Some((at, other))
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !is_mark(c)
}

/// Whether a character only says how the one before it looks.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The words of a body. Code and addresses are none, and neither are names by which a link finds its address.
fn words(body: &str) -> Vec<Range<usize>> {
    let (mut words, mut closed) = (Vec::new(), 0);
    for (event, range) in parser(body, false).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::CodeBlock) => closed -= 1,
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. })
                if is_named(link_type) =>
            {
                closed += 1
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) if closed > 0 => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image) if closed > 0 => closed -= 1,
            Event::Text(_) if closed == 0 => words.push(range),
            _ => {}
        }
    }
    words
}

fn is_named(link: LinkType) -> bool {
    use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown, WikiLink};
    matches!(link, Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown | WikiLink { .. })
}
