//! The text of an edition as its readers see it, and the mapping back to its plain text.

use std::borrow::Cow;
use std::ops::Range;

use super::entity::{Edition, Target};
use super::graph::Graph;
use crate::parse::prose::LinkUse;

/// The plain text, with the title in place of every link without words of its own, such as `[[nis]]`.
pub(crate) struct Shown<'a> {
    text: Cow<'a, str>,
    /// The replaced ranges, in order.
    titles: Vec<Title>,
}

struct Title {
    shown: Range<usize>,
    plain: Range<usize>,
}

impl<'a> Shown<'a> {
    /// The text of an edition.
    pub(crate) fn of(graph: &Graph, edition: &'a Edition) -> Shown<'a> {
        let prose = edition.prose();
        let (mut text, mut titles, mut done) = (String::new(), Vec::new(), 0);
        for (link, target) in prose.links.iter().zip(&edition.links) {
            let plain = link.words.start as usize..link.words.end as usize;
            let Target::Entity(to, _) = target else { continue };
            if link.has_words || link.usage != LinkUse::Link || plain.is_empty() || plain.start < done {
                continue;
            }
            let other = graph.entity(*to).edition_for(&edition.input.lang);
            text.push_str(&prose.plain[done..plain.start]);
            let start = text.len();
            text.push_str(other.shown_title());
            done = plain.end;
            titles.push(Title { shown: start..text.len(), plain });
        }
        if titles.is_empty() {
            return Shown { text: Cow::Borrowed(&prose.plain), titles };
        }
        text.push_str(&prose.plain[done..]);
        Shown { text: Cow::Owned(text), titles }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the plain text for a range.
    pub(crate) fn plain(&self, shown: &Range<usize>) -> Range<usize> {
        let last = self.titles.iter().rev().find(|title| title.shown.start < shown.end);
        let end = match last {
            Some(title) if shown.end < title.shown.end => title.plain.end,
            Some(title) => title.plain.end + (shown.end - title.shown.end),
            None => shown.end,
        };
        let first = self.titles.iter().rev().find(|title| title.shown.start <= shown.start);
        let start = match first {
            Some(title) if shown.start < title.shown.end => title.plain.start,
            Some(title) => title.plain.end + (shown.start - title.shown.end),
            None => shown.start,
        };
        start..end
    }

    /// The range for these bytes of the plain text.
    pub(crate) fn shown(&self, plain: &Range<usize>) -> Range<usize> {
        let map = |at: usize, inside: fn(&Range<usize>) -> usize| match self
            .titles
            .iter()
            .rev()
            .find(|title| title.plain.start <= at)
        {
            Some(title) if at > title.plain.start && at < title.plain.end => inside(&title.shown),
            Some(title) if at >= title.plain.end => title.shown.end + (at - title.plain.end),
            Some(title) => title.shown.start,
            None => at,
        };
        map(plain.start, |title| title.start)..map(plain.end, |title| title.end)
    }
}
