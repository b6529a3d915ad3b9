//! `<video>` and `<audio>` that stand alone: they become what `![[clip.mp4]]` is.

use std::ops::Range;

use super::Builder;
use crate::base::span::Span;
use crate::parse::prose::{Block, Link, LinkStyle, LinkUse};
use crate::parse::raw_html;

impl Builder<'_> {
    /// The recording that a piece of HTML is, if it is one and nothing else.
    pub(super) fn recording(&mut self, html: &str, range: &Range<usize>) -> Option<Block> {
        let raw_html::Recording { source, title, has_words } = raw_html::recording(html)?;
        let span = Span::new(self.start + range.start, self.start + range.end);
        if has_words {
            self.prose.removed.push(("words for browsers that play no recordings".into(), span));
        }
        let written = self.text.get(span.range()).and_then(|text| text.find(&source));
        let target_span = written.map(|at| Span::new(0, source.len()).shifted(span.start as usize + at));
        let at = self.prose.plain.len() as u32;
        self.prose.links.push(Link {
            style: LinkStyle::Markdown,
            usage: LinkUse::Embed,
            target: source,
            has_words: title.is_some(),
            description: title.unwrap_or_default(),
            title: String::new(),
            width: None,
            span,
            target_span,
            words: at..at,
            sentence: at..at,
        });
        Some(Block::Embed(self.prose.links.len() as u32 - 1))
    }
}
