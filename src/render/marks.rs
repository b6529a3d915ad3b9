//! Marks the annotated passages of a body, and writes a note after the sentence of each.
//!
//! The text is written once. Where passages overlap, each piece of text is inside one element per passage; an element
//! ends where one of the text ends, and continues in the next. A passage without a note is a link, where links are
//! allowed. Of one with a note, only a figure near its end or its last words are in a `mark`, so that passages may be
//! as long as their authors like and the page stays calm; after it comes a link to the note, with a label for screen
//! readers. The style sheet adds its number, so that the page's text contains only the author's words: quoting, copying
//! and searching work as expected. In a book the number is part of the text, and all notes come at its end.

mod marked;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use self::marked::marked;
use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::locale::Locale;
use crate::parse::sentence;
use crate::shown::{Body, Mark, Medium};

// An article may have thousands of passages and of pieces of text, so no step here looks through all of
// either.

/// Renders the notes on some passages.
pub(crate) type DrawNotes<'a> = &'a dyn Fn(&[&Mark]) -> Result<String, Diagnostic>;

/// The passages of a body, and the progress in writing them.
pub(crate) struct Marks<'a> {
    body: &'a Body,
    /// The relative path from the page to the site's root.
    root: &'a str,
    locale: &'a Locale,
    /// The label of a link to a note, with the placeholders `{number}` and `{title}`.
    label: &'a str,
    medium: Medium,
    states: Vec<State>,
    /// What is in the `mark` of each passage.
    cores: Vec<Range<usize>>,
    /// Where the sentence of each passage ends.
    ends: Vec<usize>,
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
    /// The last end of the sentences of those that are `Linked`.
    latest: usize,
    /// Where in the HTML notes come.
    groups: Vec<Group>,
    /// The number of open elements in which links are not allowed.
    closed: usize,
    /// Whether a paragraph is being written, and how many elements are open in it. Notes come between these.
    in_paragraph: bool,
    nested: usize,
}

/// The plain text, cut where a passage starts or ends.
struct Pieces {
    /// Where it is cut, in order.
    cuts: Vec<usize>,
    /// The marks from each cut to the next, the longer passage before the shorter one, which it encloses.
    marks: Vec<Vec<usize>>,
}

impl Pieces {
    /// The pieces for marks with these ranges, also cut where their cores and sentences end.
    fn of(ranges: &[Range<usize>], cores: &[Range<usize>], ends: &[usize]) -> Pieces {
        let all = ranges.iter().chain(cores).flat_map(|range| [range.start, range.end]);
        let mut cuts: Vec<usize> = all.chain(ends.iter().copied()).collect();
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

/// Notes, and where they come.
struct Group {
    /// The position in the HTML.
    at: usize,
    notes: Vec<usize>,
    /// Whether the position is between blocks.
    is_apart: bool,
}

impl<'a> Marks<'a> {
    /// The marks of a body, with nothing written yet.
    pub(crate) fn of(
        body: &'a Body,
        root: &'a str,
        locale: &'a Locale,
        label: &'a str,
        medium: Medium,
    ) -> Marks<'a> {
        let text = &body.prose().plain;
        let ranges: Vec<Range<usize>> = body.marks.iter().map(|mark| mark.range.clone()).collect();
        let bounds = |mark: &Mark| match mark.note {
            Some(_) => (marked(text, &mark.range), sentence::around_in(text, mark.range.clone()).end),
            None => (mark.range.clone(), mark.range.end),
        };
        let (cores, ends): (Vec<Range<usize>>, Vec<usize>) = body.marks.iter().map(bounds).unzip();
        Marks {
            body,
            root,
            locale,
            label,
            medium,
            states: vec![State::Ahead; body.marks.len()],
            pieces: Pieces::of(&ranges, &cores, &ends),
            cores,
            ends,
            reached: 0,
            passed: 0,
            open: 0,
            ended: BTreeSet::new(),
            linked: BTreeSet::new(),
            latest: 0,
            groups: Vec::new(),
            closed: 0,
            in_paragraph: false,
            nested: 0,
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

    /// Whether words lie within a passage whose note leads to the page at `path`.
    pub(crate) fn is_noted(&self, words: &Range<u32>, path: &str) -> bool {
        let words = words.start as usize..words.end as usize;
        self.pieces.marks(&words).iter().map(|at| &self.body.marks[*at]).any(|mark| {
            let is_within = mark.range.start <= words.start && words.end <= mark.range.end;
            is_within && mark.note.is_some() && mark.preview.path == path
        })
    }

    fn piece(&mut self, range: Range<usize>, words: &str, html: &mut String) {
        self.write_notes(range.start, html);
        let within = self.pieces.marks(&range);
        let mut ends: Vec<&str> = Vec::with_capacity(within.len());
        let mut is_linked = self.closed > 0;
        for &at in &within {
            let mark = &self.body.marks[at];
            let is_first = self.states[at] == State::Ahead;
            let attribute = if is_first { "id" } else { "data-of" };
            let name = escaped(&mark.name);
            let (kind, status) = (mark.preview.kind, mark.preview.status.unwrap_or("none"));
            // Writing to a string cannot fail.
            ends.push(match &mark.note {
                // A link that shows a title or a value is not cut.
                Some(_) if range.start < self.cores[at].end && self.cores[at].start < range.end => {
                    let _ = write!(html, "<mark class=\"passage status-{status}\" {attribute}=\"mark-{name}\">");
                    "</mark>"
                }
                None if !is_linked && !words.trim().is_empty() => {
                    is_linked = true;
                    let (root, path) = (self.root, escaped(&mark.preview.path));
                    // One stop of the keyboard a passage is enough.
                    let skip = if is_first { "" } else { " tabindex=\"-1\"" };
                    let _ = write!(
                        html,
                        "<a class=\"passage ref ref-{kind}\" {attribute}=\"mark-{name}\" href=\"{root}{path}\"{skip}>"
                    );
                    "</a>"
                }
                _ => {
                    let _ = write!(html, "<span class=\"passage\" {attribute}=\"mark-{name}\">");
                    "</span>"
                }
            });
            if is_first {
                self.set(at, State::Open);
            }
        }
        escape(words, html);
        ends.iter().rev().for_each(|end| html.push_str(end));
        for at in within {
            if self.body.marks[at].range.end <= range.end {
                self.set(at, if self.body.marks[at].note.is_some() { State::Ended } else { State::Done });
            }
        }
        self.link_notes(html);
    }

    fn set(&mut self, at: usize, state: State) {
        match std::mem::replace(&mut self.states[at], state) {
            State::Open => self.open -= 1,
            State::Ended => _ = self.ended.remove(&at),
            State::Linked => {
                self.linked.remove(&at);
                if self.linked.is_empty() {
                    self.latest = 0;
                }
            }
            State::Ahead | State::Done => {}
        }
        match state {
            State::Open => self.open += 1,
            State::Ended => _ = self.ended.insert(at),
            State::Linked => {
                self.linked.insert(at);
                self.latest = self.latest.max(self.ends[at]);
            }
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
        let (name, title) = (escaped(&mark.name), self.locale.isolated(&mark.preview.title));
        let id = if is_mark { format!(" id=\"mark-{name}\"") } else { String::new() };
        // Writing to a string cannot fail.
        let Some(note) = &mark.note else {
            let (root, path) = (self.root, escaped(&mark.preview.path));
            let _ = write!(html, "<a class=\"ref\"{id} href=\"{root}{path}\">{}</a>", escaped(&title));
            return;
        };
        let number = self.locale.ordinal(note.number);
        let label = escaped(&self.label.replace("{number}", &number).replace("{title}", &title));
        let written = match self.medium {
            Medium::Site => "",
            Medium::Book => number.as_str(),
        };
        let _ = write!(
            html,
            "<a class=\"noteref\"{id} href=\"#note-{name}\" role=\"doc-noteref\" aria-label=\"{label}\" data-number=\"{number}\">{written}</a>"
        );
    }

    /// Starts a paragraph, in which notes may come.
    pub(crate) fn start_paragraph(&mut self) {
        self.in_paragraph = true;
    }

    /// Ends it, and writes the notes on its passages.
    pub(crate) fn end_paragraph(&mut self, html: &mut str) {
        self.write_notes(usize::MAX, html);
        self.in_paragraph = false;
    }

    /// Starts an element in a paragraph, such as emphasis, or ends it.
    pub(crate) fn nest(&mut self, starts: bool) {
        self.nested = if starts { self.nested + 1 } else { self.nested.saturating_sub(1) };
    }

    /// Writes the notes on the passages whose sentences end before `position`, if notes may come here and all of
    /// these sentences have ended.
    fn write_notes(&mut self, position: usize, html: &str) {
        let may_come = self.in_paragraph && self.nested == 0 && self.closed == 0 && !self.linked.is_empty();
        if may_come && self.latest <= position && self.is_between_sentences(position) {
            self.group(self.linked.iter().copied().collect(), false, html);
        }
    }

    /// Whether no sentence has begun at `position` that goes on after it: an element may begin in one and end in the
    /// next.
    fn is_between_sentences(&self, position: usize) -> bool {
        let text = &self.body.prose().plain;
        let Some(after) = text.get(position..) else { return true };
        let next = position + after.len() - after.trim_start().len();
        next == text.len() || sentence::around_in(text, next..next).start >= position
    }

    /// Nothing may come between the pieces of a passage.
    fn group(&mut self, notes: Vec<usize>, is_apart: bool, html: &str) {
        if self.open > 0 || notes.is_empty() {
            return;
        }
        notes.iter().for_each(|at| self.set(*at, State::Done));
        self.groups.push(Group { at: html.len(), notes, is_apart });
    }

    /// Ends a block of the top level. What a paragraph could not hold comes after the block: the links to notes
    /// on passages in code, and the notes on passages in headings and tables.
    pub(crate) fn end_block(&mut self, is_last: bool, html: &mut String) {
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
        let lost: Vec<usize> = (first..self.passed).filter(lost).collect();
        if !lost.is_empty() {
            html.push_str("\n<p class=\"noterefs\">");
            for at in lost {
                self.link_note(at, self.states[at] == State::Ahead, html);
                self.set(at, if marks[at].note.is_some() { State::Linked } else { State::Done });
            }
            html.push_str("</p>");
        }
        self.group(self.linked.iter().copied().collect(), true, html);
    }

    /// Inserts the notes. In a book all of them come after the text.
    ///
    /// # Errors
    /// If the notes cannot be rendered.
    pub(crate) fn with_notes(self, text: String, draw: DrawNotes<'_>) -> Result<String, Diagnostic> {
        if self.groups.is_empty() {
            return Ok(text);
        }
        let marks = &self.body.marks;
        if self.medium == Medium::Book {
            let notes = draw(&marks.iter().filter(|mark| mark.note.is_some()).collect::<Vec<&Mark>>())?;
            return Ok(text + "\n" + notes.trim());
        }
        let mut html = String::with_capacity(text.len() * 2);
        let mut done = 0;
        for Group { at, notes, is_apart } in self.groups {
            html.push_str(&text[done..at]);
            done = at;
            let notes = draw(&notes.iter().map(|at| &marks[*at]).collect::<Vec<&Mark>>())?;
            match is_apart {
                true => html.extend(["\n<p class=\"noterefs\">", notes.trim(), "</p>"]),
                false => html.push_str(notes.trim_end()),
            }
        }
        html.push_str(&text[done..]);
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
            let pieces = Pieces::of(&ranges, &[], &[]);
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
