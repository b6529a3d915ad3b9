//! Marks the annotated passages of a body, and links each to its note.
//!
//! The text is written once. Where passages overlap, each piece of text is inside one `mark` per passage. A
//! `mark` ends where an element ends and continues in the next one. After each passage comes a link to its
//! note, but never inside another link. The link has a label for screen readers, and the style sheet adds its
//! number, so the page's text contains only the author's words: quoting, copying and searching work as
//! expected. In a book the number is part of the text, and the notes come after it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use crate::base::bidi::Direction;
use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::locale::Locale;
use crate::shown::{Body, Mark, Medium};

// An article may have thousands of passages and of pieces of text, so no step here looks through all of
// either.

/// Renders the notes on some passages.
pub(crate) type DrawNotes<'a> = &'a dyn Fn(&[&Mark]) -> Result<String, Diagnostic>;

/// The passages of a body, and the progress in writing them.
pub(crate) struct Marks<'a> {
    body: &'a Body,
    locale: &'a Locale,
    /// The label of a link to a note, with the placeholders `{number}` and `{title}`.
    label: &'a str,
    medium: Medium,
    states: Vec<State>,
    pieces: Pieces,
    /// The position in the text up to which everything is written.
    reached: usize,
    /// The number of marks, in the order of their ends, that end before `reached` and have been looked at.
    passed: usize,
    /// The number of marks that are `Open`.
    open: usize,
    /// The marks that are `Ended`, and those that are `Linked`.
    ended: BTreeSet<usize>,
    linked: BTreeSet<usize>,
    groups: Vec<Group>,
    /// The number of open elements in which links are not allowed.
    closed: usize,
}

/// The plain text, cut where a passage starts or ends.
struct Pieces {
    /// Where it is cut, in order.
    cuts: Vec<usize>,
    /// The marks from each cut to the next, the longer passage before the shorter one, which it encloses.
    marks: Vec<Vec<usize>>,
}

impl Pieces {
    /// The pieces for marks with these ranges.
    fn of(ranges: &[Range<usize>]) -> Pieces {
        let mut cuts: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut order: Vec<usize> = (0..ranges.len()).collect();
        order.sort_by_key(|at| (ranges[*at].start, Reverse(ranges[*at].end)));
        let mut within = vec![Vec::new(); cuts.len()];
        for at in order {
            let Range { start, end } = ranges[at];
            let first = cuts.partition_point(|cut| *cut < start);
            let last = cuts.partition_point(|cut| *cut < end);
            within[first..last].iter_mut().for_each(|marks| marks.push(at));
        }
        Pieces { cuts, marks: within }
    }

    /// The cuts within a range, without its bounds.
    fn cuts(&self, range: &Range<usize>) -> &[usize] {
        let first = self.cuts.partition_point(|cut| *cut <= range.start);
        let last = self.cuts.partition_point(|cut| *cut < range.end);
        &self.cuts[first..last.max(first)]
    }

    /// The marks that a range touches, in the order of their first pieces.
    fn marks(&self, range: &Range<usize>) -> Vec<usize> {
        let first = self.cuts.partition_point(|cut| *cut <= range.start).saturating_sub(1);
        let last = self.cuts.partition_point(|cut| *cut < range.end);
        let mut seen = BTreeSet::new();
        let touched = self.marks[first..last.max(first)].iter().flatten();
        touched.copied().filter(|at| seen.insert(*at)).collect()
    }
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum State {
    Ahead,
    /// Its first piece has been written.
    Open,
    /// Its last piece has been written, but not the link to its note.
    Ended,
    /// The link has been written, but not the note.
    Linked,
    Done,
}

/// A group of blocks, and the notes on the passages that end in it.
struct Group {
    /// The position in the HTML where the group ends.
    end: usize,
    notes: Vec<usize>,
}

impl<'a> Marks<'a> {
    /// The marks of a body, with nothing written yet.
    pub(crate) fn of(body: &'a Body, locale: &'a Locale, label: &'a str, medium: Medium) -> Marks<'a> {
        let ranges: Vec<Range<usize>> = body.marks.iter().map(|mark| mark.range.clone()).collect();
        Marks {
            body,
            locale,
            label,
            medium,
            states: vec![State::Ahead; body.marks.len()],
            pieces: Pieces::of(&ranges),
            reached: 0,
            passed: 0,
            open: 0,
            ended: BTreeSet::new(),
            linked: BTreeSet::new(),
            groups: Vec::new(),
            closed: 0,
        }
    }

    /// Writes a range of the plain text with its marks. If there is a `title`, it is shown instead of the
    /// text.
    pub(crate) fn text(&mut self, words: &Range<u32>, title: Option<&str>, html: &mut String) {
        let range = words.start as usize..words.end as usize;
        let body = self.body;
        let text = |range: &Range<u32>| body.prose().at(range);
        if body.marks.is_empty() {
            return escape(title.unwrap_or_else(|| text(words)), html);
        }
        let mut cuts = vec![range.start];
        if title.is_none() {
            cuts.extend(self.pieces.cuts(&range));
        }
        cuts.push(range.end);
        cuts.dedup();
        for piece in cuts.windows(2) {
            let words = title.unwrap_or_else(|| text(&(piece[0] as u32..piece[1] as u32)));
            self.piece(piece[0]..piece[1], words, html);
        }
        self.reached = self.reached.max(range.end);
    }

    fn piece(&mut self, range: Range<usize>, words: &str, html: &mut String) {
        let marks = &self.body.marks;
        let within = self.pieces.marks(&range);
        for &at in &within {
            let is_first = self.states[at] == State::Ahead;
            if is_first {
                self.set(at, State::Open);
                html.push_str("<mark class=\"passage\" id=\"mark-");
            } else {
                html.push_str("<mark class=\"passage\" data-of=\"mark-");
            }
            escape(&marks[at].name, html);
            html.push_str("\">");
        }
        escape(words, html);
        within.iter().for_each(|_| html.push_str("</mark>"));
        for at in within {
            if marks[at].range.end <= range.end {
                self.set(at, State::Ended);
            }
        }
        self.link_notes(html);
    }

    fn set(&mut self, at: usize, state: State) {
        match std::mem::replace(&mut self.states[at], state) {
            State::Open => self.open -= 1,
            State::Ended => _ = self.ended.remove(&at),
            State::Linked => _ = self.linked.remove(&at),
            State::Ahead | State::Done => {}
        }
        match state {
            State::Open => self.open += 1,
            State::Ended => _ = self.ended.insert(at),
            State::Linked => _ = self.linked.insert(at),
            State::Ahead | State::Done => {}
        }
    }

    /// Skips code, which is rendered without marks.
    pub(crate) fn pass(&mut self, code: &str) {
        if self.body.marks.is_empty() {
            return;
        }
        let plain = self.body.prose().plain.get(self.reached..).unwrap_or_default();
        if let Some(at) = plain.find(code) {
            self.reached += at + code.len();
        }
    }

    /// Starts an element in which links are not allowed.
    pub(crate) fn close(&mut self) {
        self.closed += 1;
    }

    /// Ends such an element, and writes the pending links.
    pub(crate) fn open(&mut self, html: &mut String) {
        self.closed -= 1;
        self.link_notes(html);
    }

    /// Writes the links to the notes on passages that have ended, if links are allowed here.
    fn link_notes(&mut self, html: &mut String) {
        if self.closed > 0 {
            return;
        }
        while let Some(&at) = self.ended.first() {
            self.link_note(at, false, html);
            self.set(at, State::Linked);
        }
    }

    fn link_note(&self, at: usize, is_mark: bool, html: &mut String) {
        let mark = &self.body.marks[at];
        let (name, number) = (escaped(&mark.name), self.locale.ordinal(mark.number));
        let title = self.locale.isolated(&mark.preview.title);
        let label = self.label.replace("{number}", &number).replace("{title}", &title);
        let id = if is_mark { format!(" id=\"mark-{name}\"") } else { String::new() };
        let label = escaped(&label);
        let written = match self.medium {
            Medium::Site => "",
            Medium::Book => number.as_str(),
        };
        // Writing to a string cannot fail.
        let _ = write!(
            html,
            "<a class=\"noteref\"{id} href=\"#note-{name}\" role=\"doc-noteref\" aria-label=\"{label}\" data-number=\"{number}\">{written}</a>"
        );
    }

    /// Ends a block. Also ends the group of blocks, unless a passage continues in the next block, because
    /// nothing may come between the pieces of a passage.
    pub(crate) fn margin(&mut self, is_last: bool, html: &mut String) {
        let marks = &self.body.marks;
        if marks.is_empty() {
            return;
        }
        // Marks are in the order of their ends.
        let first = self.passed;
        while self.passed < marks.len() && (is_last || marks[self.passed].range.end <= self.reached) {
            self.passed += 1;
        }
        let lost = |at: &usize| matches!(self.states[*at], State::Ahead | State::Open);
        // A passage rendered without marks, such as code, gets the links to its notes after it.
        let lost: Vec<usize> = (first..self.passed).filter(lost).collect();
        if !lost.is_empty() {
            html.push_str("\n<p class=\"noterefs\">");
            for at in lost {
                self.link_note(at, self.states[at] == State::Ahead, html);
                self.set(at, State::Linked);
            }
            html.push_str("</p>");
        }
        if !is_last && self.open > 0 {
            return;
        }
        let notes: Vec<usize> = self.linked.iter().copied().collect();
        notes.iter().for_each(|at| self.set(*at, State::Done));
        self.groups.push(Group { end: html.len(), notes });
    }

    /// Inserts the notes before their blocks, because they float in the margin. In a book all notes come
    /// after the text. `lang` is the language of the notes, if it differs from the text's.
    ///
    /// # Errors
    /// If the notes cannot be rendered.
    pub(crate) fn with_notes(
        self,
        text: String,
        draw: DrawNotes<'_>,
        lang: Option<&str>,
    ) -> Result<String, Diagnostic> {
        if self.groups.iter().all(|group| group.notes.is_empty()) {
            return Ok(text);
        }
        if self.medium == Medium::Book {
            let notes = draw(&self.body.marks.iter().collect::<Vec<&Mark>>())?;
            return Ok(text + "\n" + notes.trim());
        }
        let mut html = String::with_capacity(text.len() * 2);
        let mut done = 0;
        for Group { end, notes } in self.groups {
            let blocks = &text[done..end];
            done = end;
            if notes.is_empty() {
                html.push_str(blocks);
                continue;
            }
            let marks: Vec<&Mark> = notes.iter().map(|at| &self.body.marks[*at]).collect();
            let notes = draw(&marks)?;
            let (notes, blocks) = (notes.trim(), blocks.trim());
            let lang = lang.map_or(String::new(), |lang| {
                format!(" lang=\"{}\" dir=\"{}\"", escaped(lang), Direction::of(lang).word())
            });
            // Writing to a string cannot fail.
            let _ = write!(
                html,
                "\n<div class=\"noted\"><aside class=\"notes\"{lang}>{notes}</aside>\n{blocks}</div>"
            );
        }
        Ok(html)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};

    use super::*;

    fn range() -> impl Strategy<Value = Range<usize>> {
        (0..30_usize, 1..10_usize).prop_map(|(start, length)| start..start + length)
    }

    proptest! {
        #[test]
        fn pieces_are_what_lies_between_the_ends_of_passages(ranges in collection::vec(range(), 0..8), asked in range()) {
            let pieces = Pieces::of(&ranges);
            let ends: BTreeSet<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
            let inside = |cut: &usize| asked.start < *cut && *cut < asked.end;
            prop_assert_eq!(pieces.cuts(&asked), ends.into_iter().filter(inside).collect::<Vec<_>>());
            let touches = |at: &usize| ranges[*at].start < asked.end && asked.start < ranges[*at].end;
            let mut touched: Vec<usize> = (0..ranges.len()).filter(touches).collect();
            touched.sort_by_key(|at| (ranges[*at].start, Reverse(ranges[*at].end)));
            prop_assert_eq!(pieces.marks(&asked), touched);
        }
    }
}
