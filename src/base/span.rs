//! Byte ranges in an input, and values with their range.

use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one input's text, the front matter included.
///
/// A span does not name its file; its holder knows the input that it came from. So parse results stay valid
/// when the file is moved.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes. Inputs are smaller than 4 GiB (see `load`).
    pub fn new(start: usize, end: usize) -> Span {
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: at(start), end: at(end.max(start)) }
    }

    pub(crate) fn empty(at: usize) -> Span {
        Span::new(at, at)
    }

    /// The same range as `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the span is empty.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span moved by `by` bytes towards the end of the text.
    pub(crate) fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A value and the span it was read from.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Spanned<T> {
    pub value: T,
    /// Where the value is written.
    pub span: Span,
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
