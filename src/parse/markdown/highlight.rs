//! Finds `==highlighted words==`, as Obsidian writes them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

const MARK: &str = "==";

/// The places of the marks in the body, in order, each with whether words begin there. They come in pairs,
/// and between the two of a pair no container ends that began outside.
pub(super) fn marks(body: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<(usize, bool)> {
    let mut marks = Vec::new();
    if !body.contains(MARK) {
        return marks;
    }
    // For each open container, the mark that is not closed yet.
    let mut open: Vec<Option<usize>> = vec![None];
    let mut in_code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_code = false,
            Event::Start(_) => open.push(None),
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if !in_code && body.get(range.clone()) == Some(&**text) => {
                let Some(open) = open.last_mut() else { continue };
                for (at, _) in text.match_indices(MARK) {
                    let at = range.start + at;
                    let before = body[..at].chars().next_back().unwrap_or(' ');
                    let after = body[at + MARK.len()..].chars().next().unwrap_or(' ');
                    if before == '=' || after == '=' || before == '\\' {
                        continue;
                    }
                    match open.take() {
                        Some(start) if !before.is_whitespace() => {
                            marks.extend([(start, true), (at, false)]);
                        }
                        start => *open = Some(at).filter(|_| !after.is_whitespace()).or(start),
                    }
                }
            }
            _ => {}
        }
    }
    marks.sort_unstable();
    marks
}
