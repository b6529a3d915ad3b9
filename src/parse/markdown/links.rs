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
                let written = &self.text[self.start + range.start..self.start + range.end];
                let address = written.split_once("]:").map_or("", |(_, address)| address.trim());
                // `[Siti]: crying`, a line of a transcript
                let is_address = address.contains(['/', '.', '#', ':', '<']);
                self.fault(if is_address { Fault::AddressUnused } else { Fault::LabelledWords }, &range);
            }
            self.definitions.insert(label, (range, is_used));
        }
        if self.definitions.is_empty() {
            return;
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

    /// Reports `[words](an address.md)`, which is text, because an address ends at the first space.
    pub(super) fn find_addresses_with_spaces(&mut self) {
        let body = &self.text[self.start..];
        let mut found = Vec::new();
        for (at, mark) in body.match_indices("](") {
            let start = at + mark.len();
            if let Some(length) = address_with_space(&body[start..])
                && !body[..at].ends_with('\\')
                && !self.is_code(at)
            {
                found.push(start..start + length);
            }
        }
        found.iter().for_each(|range| self.fault(Fault::AddressWithSpace, range));
    }

    /// Reports links without words or without an address, and pictures without one.
    pub(super) fn find_empty_links(&mut self) {
        let of_text = |link: &&Link| link.usage != LinkUse::Embed && link.style != LinkStyle::Auto;
        let found = self.prose.links.iter().filter(of_text).filter_map(|link| {
            if link.usage == LinkUse::Image {
                return link.target.trim().is_empty().then_some((Fault::PictureWithoutAddress, link.span));
            }
            let words = self.prose.plain.get(link.words.start as usize..link.words.end as usize)?;
            let written = self.text.get(link.span.range())?;
            // A picture has its description as its words, and a rule of its own if it has none.
            let has_words = !words.trim().is_empty() || written.contains("![") || written.contains("<img");
            match (has_words || !link.has_words, link.target.trim().is_empty()) {
                (false, _) => Some((Fault::LinkWithoutWords, link.span)),
                (true, true) => Some((Fault::LinkWithoutAddress, link.span)),
                (true, false) => None,
            }
        });
        let found: Vec<(Fault, Span)> = found.collect();
        self.prose.faults.extend(found);
    }

    pub(super) fn find_sentences(&mut self) {
        let plain = &self.prose.plain;
        // Of many links in a sentence, only the first has to look for it.
        let mut last = 0..0;
        for link in &mut self.prose.links {
            let words = link.words.start as usize..link.words.end as usize;
            if words.is_empty() || words.start < last.start || words.end > last.end {
                last = sentence::around_in(plain, words);
            }
            link.sentence = last.start as u32..last.end as u32;
        }
        self.narrow_sentences();
    }

    /// Of a sentence with very many links, the words around each of them: every entity that is linked from it quotes
    /// it.
    fn narrow_sentences(&mut self) {
        let words: Vec<Range<u32>> = self.prose.links.iter().map(|link| link.words.clone()).collect();
        for (at, link) in self.prose.links.iter_mut().enumerate() {
            let before = at.checked_sub(MOST_BESIDE).map_or(0, |first| words[first].start);
            let after = words.get(at + MOST_BESIDE).map_or(u32::MAX, |last| last.end);
            let Range { start, end } = link.sentence;
            let narrowed = start.max(before.min(link.words.start))..end.min(after.max(link.words.end));
            if !link.words.is_empty() && narrowed.start < narrowed.end {
                link.sentence = narrowed;
            }
        }
    }
}

/// The number of links on each side of a link that are quoted with it.
const MOST_BESIDE: usize = 12;

fn is_comment(label: &str) -> bool {
    label.starts_with("//") || matches!(label, "comment" | "#" | "_")
}

/// The longest address that is looked for, in bytes.
const LONGEST: usize = 300;

/// The length of an address with a space up to its closing bracket, if it looks like one. A title may
/// follow it.
fn address_with_space(rest: &str) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let mut depth = 0;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0 || matches!(c, '\n' | '<' | '>' | '[' | ']' | '"' | '`' | '{')
    })?;
    // `my file.pdf "A title")`
    let title = rest[end..].strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let has_title = title.is_some_and(|(title, rest)| !title.contains('\n') && rest.starts_with(')'));
    let end = if has_title { rest[..end].trim_end().len() } else { end };
    let address = &rest[..end];
    let is_file = address.rsplit_once('.').is_some_and(|(name, ending)| {
        let ending = ending.split('#').next().unwrap_or_default();
        !name.is_empty() && (1..=6).contains(&ending.len()) && !ending.contains(' ')
    });
    // `https://example.org (A title)`
    let is_titled = address.split_once(' ').is_some_and(|(address, title)| {
        address.contains("://") && title.starts_with('(') && title.ends_with(')')
    });
    let is_curly = address.contains(' ') && address.ends_with(['”', '“', '’', '»']);
    let is_curly = is_curly && [" “", " „", " ‘", " «"].iter().any(|open| address.contains(open));
    let is_file = is_file && !is_titled || is_curly;
    let has_space = address.contains(' ') && address.trim() == address && !address.contains(" '");
    ((has_title || rest[end..].starts_with(')'))
        && has_space
        && (is_file || address.contains("://") && !is_titled))
        .then_some(end)
}
