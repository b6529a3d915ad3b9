//! Links, and the positions of their addresses in the input.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::LinkType;

use super::Builder;
use crate::base::span::Span;
use crate::parse::prose::{Link, LinkStyle, LinkUse};
use crate::parse::sentence;

/// The spans of `[label]: address` lines, by label.
pub(super) fn definitions(parser: &cmark::Parser<'_>) -> BTreeMap<String, Range<usize>> {
    parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
        .collect()
}

impl Builder<'_> {
    pub(super) fn link(
        &self,
        usage: LinkUse,
        kind: LinkType,
        target: &str,
        label: &str,
        range: &Range<usize>,
    ) -> Link {
        let span = Span::new(self.start + range.start, self.start + range.end);
        let (style, has_words) = match kind {
            LinkType::WikiLink { has_pothole } => (LinkStyle::Wiki, has_pothole),
            LinkType::Autolink | LinkType::Email => (LinkStyle::Auto, false),
            _ => (LinkStyle::Markdown, true),
        };
        // A `|` is escaped within a table.
        let target = if style == LinkStyle::Wiki { target.trim_end_matches('\\').trim() } else { target };
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        let at = self.prose.plain.len() as u32;
        let target_span = self.target_span(kind, &target, label, span);
        let description = String::new();
        Link {
            style,
            usage,
            target,
            has_words,
            description,
            span,
            target_span,
            words: at..at,
            sentence: at..at,
        }
    }

    /// The span of a link's address.
    pub(super) fn target_span(&self, kind: LinkType, target: &str, label: &str, span: Span) -> Option<Span> {
        let within = match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = self.definitions.get(&label.to_lowercase())?;
                Span::new(self.start + definition.start, self.start + definition.end)
            }
            _ => span,
        };
        let slice = self.text.get(within.range())?;
        let before = match kind {
            LinkType::WikiLink { .. } => slice.find("[[")? + 2,
            LinkType::Inline => slice
                .rmatch_indices("](")
                .map(|(at, _)| at + 2)
                .find(|&at| slice[at..].trim_start().trim_start_matches('<').starts_with(target))?,
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => slice.find("]:")? + 2,
            _ => 0,
        };
        let start = within.start as usize + before + slice[before..].find(target)?;
        Some(Span::new(start, start + target.len()))
    }

    pub(super) fn find_sentences(&mut self) {
        let plain = &self.prose.plain;
        for link in &mut self.prose.links {
            let words = link.words.start as usize..link.words.end as usize;
            let found = sentence::around_in(plain, words);
            link.sentence = found.start as u32..found.end as u32;
        }
    }
}
