//! Marks in a body: the passages that are annotated, each with a way to its note.
//!
//! The text is written once. Where passages overlap, each piece of text lies in one `mark` of each of them; a
//! `mark` ends where an element does and goes on in the next. After a passage comes a link to its note, never
//! within another link. The link has a name for those who hear it, and its number comes from the style sheet:
//! so the text of the page is the article's, and anyone who quotes, copies or searches it finds the author's
//! words alone. In a book the number is written, and the notes stand behind the text.

use std::fmt::Write;
use std::ops::Range;

use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::shown::{Body, Mark, Medium};

/// Draws the notes on some passages.
pub(crate) type DrawNotes<'a> = &'a dyn Fn(&[&Mark]) -> Result<String, Diagnostic>;

/// The passages of a body, and how far they are written.
pub(crate) struct Marks<'a> {
    body: &'a Body,
    /// The name of a link to a note, with places for `{number}` and `{title}`.
    label: &'a str,
    medium: Medium,
    /// Of each mark.
    states: Vec<State>,
    /// The end of the text written so far.
    reached: usize,
    groups: Vec<Group>,
    /// Within how many elements no link may stand.
    closed: usize,
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum State {
    Ahead,
    /// Its first piece is written.
    Open,
    /// Its last piece is written; the link to its note is not.
    Ended,
    /// The link is written; the note is not.
    Linked,
    Done,
}

/// Blocks that go together, and the notes on the passages that end in them.
struct Group {
    /// Where they end in the HTML.
    end: usize,
    notes: Vec<usize>,
}

impl<'a> Marks<'a> {
    /// Nothing is written yet.
    pub(crate) fn of(body: &'a Body, label: &'a str, medium: Medium) -> Marks<'a> {
        let states = vec![State::Ahead; body.marks.len()];
        Marks { body, label, medium, states, reached: 0, groups: Vec::new(), closed: 0 }
    }

    /// Writes words of the plain text, with their marks. `title` is shown instead of them where there is one.
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
        // The longer passage lies around the shorter one.
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

    /// Goes past code, which is drawn without marks.
    pub(crate) fn pass(&mut self, code: &str) {
        let plain = self.body.prose().plain.get(self.reached..).unwrap_or_default();
        if let Some(at) = plain.find(code).filter(|_| !self.body.marks.is_empty()) {
            self.reached += at + code.len();
        }
    }

    /// Begins an element in which no link may stand.
    pub(crate) fn close(&mut self) {
        self.closed += 1;
    }

    /// Ends such an element, and writes the links that had to wait.
    pub(crate) fn open(&mut self, html: &mut String) {
        self.closed -= 1;
        self.link_notes(html);
    }

    /// Writes the links to the notes on passages that have ended, where links may stand.
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

    /// Ends a block, and with it a group of blocks, unless a passage goes on in the next one: nothing is to
    /// stand between the parts of a passage.
    pub(crate) fn margin(&mut self, is_last: bool, html: &mut String) {
        let marks = &self.body.marks;
        if marks.is_empty() {
            return;
        }
        let lost = |at: &usize| {
            let is_passed = is_last || marks[*at].range.end <= self.reached;
            matches!(self.states[*at], State::Ahead | State::Open) && is_passed
        };
        // What is drawn without marks, such as code, is followed by the links to its notes.
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

    /// Sets the notes beside their blocks: before them, as what floats in the margin must be. In a book they
    /// all stand behind the text. `lang` is the language of the notes, where that is not the text's.
    ///
    /// # Errors
    /// Where the notes cannot be drawn.
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
