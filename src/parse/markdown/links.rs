//! Links, and the positions of their addresses in the input.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::LinkType;

use super::Builder;
use crate::base::span::Span;
use crate::parse::prose::{Fault, Link, LinkStyle, LinkUse};
use crate::parse::sentence;

/// The places of `[label]: address` lines, by label, and that no link uses them yet.
pub(super) fn definitions(definitions: &cmark::RefDefs<'_>) -> BTreeMap<String, (Range<usize>, bool)> {
    definitions
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), (definition.span.clone(), false)))
        .collect()
}

impl Builder<'_> {
    pub(super) fn link(
        &mut self,
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
            title: String::new(),
            width: None,
            span,
            target_span,
            words: at..at,
            sentence: at..at,
        }
    }

    /// The span of a link's address.
    pub(super) fn target_span(
        &mut self,
        kind: LinkType,
        target: &str,
        label: &str,
        span: Span,
    ) -> Option<Span> {
        let within = match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let (definition, is_used) = self.definitions.get_mut(&label.to_lowercase())?;
                *is_used = true;
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

    /// Reports the addresses of `[label]: address` lines that no link uses. One in brackets, `[//]: # (…)`, is
    /// a common way to write a comment.
    pub(super) fn find_unused_definitions(&mut self) {
        let mut starts = BTreeSet::new();
        for (label, (range, is_used)) in std::mem::take(&mut self.definitions) {
            starts.insert(range.start);
            if !is_used && !is_comment(&label) {
                self.fault(Fault::AddressUnused, &range);
            }
            self.definitions.insert(label, (range, is_used));
        }
        // The parser does not tell of a label that is defined again.
        let body = &self.text[self.start..];
        let mut again = Vec::new();
        let mut start = 0;
        for line in body.split_inclusive('\n') {
            let written = line.trim_start_matches([' ', '\t', '>']);
            let at = start + line.len() - written.len();
            start += line.len();
            let label =
                written.strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(label, _)| label);
            let Some(label) = label.map(str::to_lowercase) else { continue };
            let is_known = self.definitions.contains_key(&label) && !is_comment(&label);
            if is_known && !starts.contains(&at) && !self.is_code(at) {
                again.push(at..at + written.trim_end().len());
            }
        }
        again.iter().for_each(|range| self.fault(Fault::AddressUnused, range));
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

fn is_comment(label: &str) -> bool {
    label.starts_with("//") || matches!(label, "comment" | "#" | "_")
}
