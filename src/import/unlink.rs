//! A link → its words.

use crate::parse::prose::{Link, LinkStyle, LinkUse};

/// The changes of a text, by bytes, after which only the words of a link are there, and nothing of a picture.
pub(super) fn edits(text: &str, link: &Link) -> Vec<(usize, usize, String)> {
    let span = link.span.range();
    let slice = &text[span.clone()];
    if link.usage != LinkUse::Link {
        return vec![(span.start, span.end, String::new())];
    }
    match link.style {
        LinkStyle::Wiki => {
            let inner = slice.trim_start_matches("[[").trim_end_matches("]]");
            let words = match inner.split_once('|') {
                Some((_, words)) => words,
                None => inner.trim_start_matches('#'),
            };
            vec![(span.start, span.end, words.to_owned())]
        }
        LinkStyle::Auto => Vec::new(),
        LinkStyle::Markdown => {
            let target = link.target_span.map(|target| target.range().start).filter(|at| span.contains(at));
            let end = match target {
                Some(target) => text[span.start..target].rfind("](").map(|at| span.start + at),
                None => slice.find(']').map(|at| span.start + at),
            };
            match end {
                Some(end) if slice.starts_with('[') => {
                    vec![(span.start, span.start + 1, String::new()), (end, span.end, String::new())]
                }
                _ => Vec::new(),
            }
        }
    }
}
