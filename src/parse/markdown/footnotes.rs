//! Footnotes: their numbers, and those that miss a text or a mention.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::{Builder, Events};
use crate::parse::prose::{Block, Fault, Inline};

/// A footnote: its number, once mentioned, and its blocks and their place, once read.
#[derive(Default)]
pub(super) struct Footnote {
    pub number: Option<u32>,
    pub blocks: Option<(Vec<Block>, Range<usize>)>,
}

impl Builder<'_> {
    /// Reads a footnote. Its words follow the body's in the plain text, as they do for a reader.
    pub(super) fn footnote(&mut self, label: &str, range: Range<usize>, events: Events<'_, '_>) {
        let blocks = self.blocks(events, Some(TagEnd::FootnoteDefinition));
        let footnote = self.footnotes.entry(label.to_lowercase()).or_default();
        if footnote.blocks.is_none() {
            footnote.blocks = Some((blocks, range));
            return;
        }
        self.unmentioned.push(blocks);
        self.fault(Fault::FootnoteTwice, &range);
    }

    /// A footnote reference. Numbers are assigned in the order of first mention.
    pub(super) fn mention(&mut self, label: &str) -> Inline {
        let next = self.mentions.len() as u32;
        let number = *self.footnotes.entry(label.to_lowercase()).or_default().number.get_or_insert(next);
        let count = self.mentions.entry(number).or_insert(0);
        *count += 1;
        Inline::Footnote(number, *count)
    }

    /// Sorts the footnotes by first mention. Those that nothing mentions come last.
    pub(super) fn finish_footnotes(&mut self) {
        let mut numbered = Vec::new();
        for footnote in std::mem::take(&mut self.footnotes).into_values() {
            // One that is mentioned and has no text is text for the parser.
            let Some((blocks, range)) = footnote.blocks else { continue };
            if footnote.number.is_none() {
                self.fault(Fault::FootnoteUnused, &range);
            }
            numbered.push((footnote.number.unwrap_or(u32::MAX), range.start, blocks));
        }
        numbered.sort_by_key(|(number, at, _)| (*number, *at));
        let footnotes = numbered.into_iter().map(|(_, _, blocks)| blocks);
        self.prose.footnotes = footnotes.chain(std::mem::take(&mut self.unmentioned)).collect();
        self.prose.mentioned = self.mentions.len();
    }

    /// Reports mentions of footnotes that do not exist, which are text.
    pub(super) fn find_undefined_footnotes(&mut self) {
        let body = &self.text[self.start..];
        let mut undefined = Vec::new();
        for (at, mark) in body.match_indices("[^") {
            let rest = &body[at + mark.len()..];
            let is_label = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
            let Some(length) = rest.find(|c| !is_label(c)).filter(|length| *length > 0) else { continue };
            let label = rest[..length].to_lowercase();
            let is_defined = || self.footnotes.get(&label).is_some_and(|footnote| footnote.blocks.is_some());
            if rest[length..].starts_with(']')
                && !body[..at].ends_with('\\')
                && !is_defined()
                && !self.is_code(at)
            {
                undefined.push(at..at + mark.len() + length + 1);
            }
        }
        undefined.iter().for_each(|range| self.fault(Fault::FootnoteUndefined, range));
    }
}
