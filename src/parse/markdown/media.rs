//! `<video>` and `<audio>` that stand alone: they become what `![[clip.mp4]]` is.

use std::ops::Range;

use super::Builder;
use crate::base::span::Span;
use crate::parse::prose::{Block, Inline, Link, LinkStyle, LinkUse};
use crate::parse::raw_html;

/// How far a text is parsed, to go back to.
pub(super) struct Mark {
    plain: usize,
    segments: usize,
    html: usize,
}

impl Builder<'_> {
    pub(super) fn mark(&self) -> Mark {
        let prose = &self.prose;
        Mark { plain: prose.plain.len(), segments: prose.segments.len(), html: prose.html.len() }
    }

    /// The recording that a paragraph since `mark` is, if it is one and nothing else. Its words are for browsers
    /// that play nothing, so they are not part of the text.
    pub(super) fn recording_of(
        &mut self,
        inlines: &[Inline],
        mark: &Mark,
        range: &Range<usize>,
    ) -> Option<Block> {
        let starts = |html: &str| {
            ["<video", "<audio"]
                .iter()
                .any(|tag| html.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
        };
        if !matches!(inlines.first(), Some(Inline::Html(html)) if starts(html)) {
            return None;
        }
        let mut html = String::new();
        for inline in inlines {
            match inline {
                Inline::Html(part) => html.push_str(part),
                Inline::Text(words) => html.push_str(self.prose.at(words)),
                _ => return None,
            }
        }
        let block = self.recording(&html, range)?;
        self.prose.plain.truncate(mark.plain);
        self.prose.segments.truncate(mark.segments);
        self.prose.html.truncate(mark.html);
        let at = mark.plain as u32;
        if let Some(link) = self.prose.links.last_mut() {
            (link.words, link.sentence) = (at..at, at..at);
        }
        Some(block)
    }

    /// The recording that a piece of HTML is, if it is one and nothing else.
    pub(super) fn recording(&mut self, html: &str, range: &Range<usize>) -> Option<Block> {
        let raw_html::Recording { source, title } = raw_html::recording(html)?;
        let span = Span::new(self.start + range.start, self.start + range.end);
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
