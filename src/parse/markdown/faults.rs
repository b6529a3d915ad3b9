//! What a text has that its page does not show as its author meant it, found in the text itself.

use std::ops::Range;

use super::Builder;
use crate::parse::prose::Fault;
use crate::parse::{foreign, garbled, missed};

impl Builder<'_> {
    /// Reports what a row of a table has after its last column, which GitHub's rules ignore.
    pub(super) fn find_lost_cells(&mut self, after: Range<usize>) {
        let text = &self.text[self.start + after.start..self.start + after.end];
        let lost = text.trim().trim_start_matches('|').trim_end_matches('|').trim();
        if !lost.is_empty() {
            let start = after.start + (lost.as_ptr() as usize - text.as_ptr() as usize);
            self.fault(Fault::CellsLost, &(start..start + lost.len()));
        }
    }

    pub(super) fn find_foreign_and_garbled(&mut self) {
        let found = foreign::find(&self.text[self.start..], |at| self.is_code(at));
        self.prose.faults.extend(
            found.into_iter().map(|(syntax, span)| (Fault::Foreign(syntax), span.shifted(self.start))),
        );
        let found = garbled::find(&self.text[self.start..], |at| self.is_code(at));
        self.prose.faults.extend(found.into_iter().map(|(fault, span)| (fault, span.shifted(self.start))));
        let found = missed::find(&self.text[self.start..], |at| self.is_code(at));
        found.into_iter().for_each(|(missed, range)| self.fault(Fault::Missed(missed), &range));
        self.prose.faults.sort_by_key(|(_, span)| *span);
    }
}
