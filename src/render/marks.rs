//! Marks the annotated passages of a body, and links each to its note.
//!
//! The text is written once. Where passages overlap, each piece of text is inside one `mark` per passage. A
//! `mark` ends where an element ends and continues in the next one. After each passage comes a link to its
//! note, but never inside another link. The link has a label for screen readers, and the style sheet adds its
//! number, so the page's text contains only the author's words: quoting, copying and searching work as
//! expected. In a book the number is part of the text, and the notes come after it.

use std::fmt::Write;
use std::ops::Range;

use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::shown::{Body, Mark, Medium};

/// Renders the notes on some passages.
pub(crate) type DrawNotes<'a> = &'a dyn Fn(&[&Mark]) -> Result<String, Diagnostic>;

/// The passages of a body, and the progress in writing them.
pub(crate) struct Marks<'a> {
    body: &'a Body,
    /// The label of a link to a note, with the placeholders `{number}` and `{title}`.
    label: &'a str,
    medium: Medium,
    states: Vec<State>,
    /// The position in the text up to which everything is written.
    reached: usize,
    groups: Vec<Group>,
    /// The number of open elements in which links are not allowed.
    closed: usize,
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
    pub(crate) fn of(body: &'a Body, label: &'a str, medium: Medium) -> Marks<'a> {
        let states = vec![State::Ahead; body.marks.len()];
        Marks { body, label, medium, states, reached: 0, groups: Vec::new(), closed: 0 }
    }

    /// Writes a range of the plain text with its marks. If there is a `title`, it is shown instead of the
    /// text.
    pub(crate) fn text(&mut self, words: &Range<u32>, title: Option<&str>, html: &mut String) {
        let (start, end) = (words.start as usize, words.end as usize);
        let body = self.body;
        let text = |range: &Range<u32>| body.prose().at(range);
        if body.marks.is_empty() {
            return escape(title.unwrap_or_else(|| text(words)), html);
        }
        let touches = |mark: &&Mark| mark.range.start < end && mark.range.end > start;
        let mut cuts: Vec<usize> = vec![start, end];
        if title.is_none() {
            let ends = body.marks.iter().filter(touches).flat_map(|mark| [mark.range.start, mark.range.end]);
            cuts.extend(ends.filter(|cut| (start..end).contains(cut)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        for piece in cuts.windows(2) {
            let words = title.unwrap_or_else(|| text(&(piece[0] as u32..piece[1] as u32)));
            self.piece(piece[0], piece[1], words, html);
        }
        self.reached = self.reached.max(end);
    }

    fn piece(&mut self, start: usize, end: usize, words: &str, html: &mut String) {
        let marks = &self.body.marks;
        let mut within: Vec<usize> = (0..marks.len())
            .filter(|at| marks[*at].range.start < end && marks[*at].range.end > start)
            .collect();
        // The longer passage encloses the shorter one.
        within.sort_by_key(|at| (marks[*at].range.start, usize::MAX - marks[*at].range.end));
        for &at in &within {
            let is_first = self.states[at] == State::Ahead;
            if is_first {
                self.states[at] = State::Open;
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
            if marks[at].range.end <= end {
                self.states[at] = State::Ended;
            }
        }
        self.link_notes(html);
    }

    /// Skips code, which is rendered without marks.
    pub(crate) fn pass(&mut self, code: &str) {
        let plain = self.body.prose().plain.get(self.reached..).unwrap_or_default();
        if let Some(at) = plain.find(code).filter(|_| !self.body.marks.is_empty()) {
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
        for at in 0..self.states.len() {
            if self.states[at] == State::Ended {
                self.link_note(at, false, html);
                self.states[at] = State::Linked;
            }
        }
    }

    fn link_note(&self, at: usize, is_mark: bool, html: &mut String) {
        let mark = &self.body.marks[at];
        let (name, number) = (escaped(&mark.name), mark.number);
        let label =
            self.label.replace("{number}", &number.to_string()).replace("{title}", &mark.preview.title);
        let id = if is_mark { format!(" id=\"mark-{name}\"") } else { String::new() };
        let label = escaped(&label);
        let written = match self.medium {
            Medium::Site => String::new(),
            Medium::Book => number.to_string(),
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
        let lost = |at: &usize| {
            let is_passed = is_last || marks[*at].range.end <= self.reached;
            matches!(self.states[*at], State::Ahead | State::Open) && is_passed
        };
        // A passage rendered without marks, such as code, gets the links to its notes after it.
        let lost: Vec<usize> = (0..marks.len()).filter(lost).collect();
        if !lost.is_empty() {
            html.push_str("\n<p class=\"noterefs\">");
            for at in lost {
                self.link_note(at, self.states[at] == State::Ahead, html);
                self.states[at] = State::Linked;
            }
            html.push_str("</p>");
        }
        if !is_last && self.states.contains(&State::Open) {
            return;
        }
        let linked = |at: &usize| self.states[*at] == State::Linked;
        let notes: Vec<usize> = (0..marks.len()).filter(linked).collect();
        notes.iter().for_each(|at| self.states[*at] = State::Done);
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
            let lang = lang.map_or(String::new(), |lang| format!(" lang=\"{}\"", escaped(lang)));
            // Writing to a string cannot fail.
            let _ = write!(
                html,
                "\n<div class=\"noted\"><aside class=\"notes\"{lang}>{notes}</aside>\n{blocks}</div>"
            );
        }
        Ok(html)
    }
}
