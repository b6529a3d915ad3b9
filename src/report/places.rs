//! Converts spans to lines and columns.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::lines::{Lines, Position, floor_char_boundary};
use crate::base::path::InputPath;
use crate::base::span::Span;

/// The texts that a report refers to, with their line starts computed once.
pub(crate) struct Places<'a> {
    files: BTreeMap<&'a InputPath, (&'a str, Lines<'a>)>,
    prefix: &'a str,
}

/// A place in a report.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// In bytes, within the text.
    pub bytes: Range<usize>,
    pub start: Position,
    /// Where it ends: the position after its last character.
    pub end: Position,
}

/// How much of a line is shown before and after a span, in bytes. A line may be a megabyte, with thousands of findings.
const AROUND: usize = 400;

/// The lines around some spans of a text: complete, unless they are very long.
pub(crate) struct Excerpt<'a> {
    /// The lines.
    pub text: &'a str,
    /// Whether it starts within a line.
    pub is_cut: bool,
    /// The number of the first line, from 1.
    pub line: usize,
    /// The offset at which they start in the text.
    pub start: usize,
}

impl<'a> Places<'a> {
    /// Finds the lines of `texts`.
    pub(crate) fn new(texts: &'a BTreeMap<InputPath, Arc<str>>, prefix: &'a str) -> Places<'a> {
        let files = texts.iter().map(|(path, text)| (path, (&**text, Lines::new(text))));
        Places { files: files.collect(), prefix }
    }

    /// The path as shown to the reader.
    pub(crate) fn shown(&self, path: &InputPath) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The position of a span; `None` if the text is not known.
    pub(crate) fn place(&self, path: &InputPath, span: Span) -> Option<Place> {
        let (text, lines) = self.files.get(path)?;
        let bytes = clamped(text, span);
        let (start, end) = (lines.position(bytes.start), lines.position(bytes.end));
        Some(Place { bytes, start, end })
    }

    /// The lines around `spans`, of which there must be at least one.
    pub(crate) fn excerpt(&self, path: &InputPath, spans: impl Iterator<Item = Span>) -> Option<Excerpt<'a>> {
        let (text, lines) = self.files.get(path)?;
        let ranges = spans.map(|span| clamped(text, span));
        let range = ranges.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))?;
        let least = floor_char_boundary(text, range.start.saturating_sub(AROUND));
        let most = floor_char_boundary(text, range.end.saturating_add(AROUND).min(text.len()));
        let line_start = text[least..range.start].rfind('\n').map(|at| least + at + 1);
        let start = line_start.unwrap_or(least);
        let end = text[range.end..most].find('\n').map_or(most, |at| range.end + at + 1);
        let is_cut = line_start.is_none() && least > 0;
        Some(Excerpt { text: &text[start..end], is_cut, line: lines.position(start).line, start })
    }
}

impl Excerpt<'_> {
    /// A span of the text as bytes of the excerpt.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        let at = |at: u32| floor_char_boundary(self.text, (at as usize).saturating_sub(self.start));
        let start = at(span.start);
        start..at(span.end).max(start)
    }
}

/// The bytes of a span, clamped to `text` and to character boundaries.
fn clamped(text: &str, span: Span) -> Range<usize> {
    let start = floor_char_boundary(text, span.start as usize);
    start..floor_char_boundary(text, span.end as usize).max(start)
}
