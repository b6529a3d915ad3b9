//! Marks in a body: the passages that are annotated, each with a way to its note.
//!
//! The text is written once. Where passages overlap, each piece of text lies in one `mark` of each of them; a `mark` ends
//! where an element does and goes on in the next. After a passage comes a link to its note, never within another link. The
//! link has a name for those who hear it, and its number comes from the style sheet: so the text of the page is the
//! article's, and whoever quotes, copies or searches it finds the author's words alone.

use super::blocks::BodyWriter;
use crate::base::diagnostic::Diagnostic;
use crate::base::markup::{escape, escaped};
use crate::view::Mark;

/// Draws the notes on some passages.
pub type Notes<'a> = &'a dyn Fn(&[&Mark]) -> Result<String, Diagnostic>;

/// How far the passages of a body are written.
#[derive(Default)]
pub struct Progress {
    /// Of each mark.
    states: Vec<State>,
    /// The end of the text written so far.
    reached: usize,
    groups: Vec<Group>,
    /// Within how many elements no link may stand.
    pub closed: usize,
}

#[derive(Copy, Clone, Default, Eq, PartialEq)]
enum State {
    #[default]
    Ahead,
    /// Its first piece is written.
    Open,
    /// Its last piece is written; the link to its note is not.
    Ended,
    /// The link is written; the note is not.
    Linked,
    Done,
}

impl Progress {
    /// Nothing is written yet.
    pub fn of(marks: &[Mark]) -> Progress {
        Progress { states: vec![State::Ahead; marks.len()], ..Progress::default() }
    }
}

impl BodyWriter<'_> {
    /// Writes words of the plain text, with their marks. `title` is shown instead of them where there is one.
    pub(super) fn text(&mut self, words: &std::ops::Range<u32>, title: Option<&str>) {
        let (start, end) = (words.start as usize, words.end as usize);
        let body = self.body;
        let text = |range: &std::ops::Range<u32>| body.prose().at(range);
        if body.marks.is_empty() {
            return escape(title.unwrap_or_else(|| text(words)), &mut self.html);
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
            self.piece(piece[0], piece[1], words);
        }
        self.progress.reached = self.progress.reached.max(end);
    }

    fn piece(&mut self, start: usize, end: usize, words: &str) {
        let body = self.body;
        let mut within: Vec<usize> = (0..body.marks.len())
            .filter(|at| body.marks[*at].range.start < end && body.marks[*at].range.end > start)
            .collect();
        // The longer passage lies around the shorter one.
        within.sort_by_key(|at| (body.marks[*at].range.start, usize::MAX - body.marks[*at].range.end));
        for &at in &within {
            let is_first = self.progress.states[at] == State::Ahead;
            if is_first {
                self.progress.states[at] = State::Open;
                self.html.push_str("<mark class=\"passage\" id=\"mark-");
                escape(&body.marks[at].name, &mut self.html);
                self.html.push_str("\">");
            } else {
                self.html.push_str("<mark class=\"passage\" data-of=\"mark-");
                escape(&body.marks[at].name, &mut self.html);
                self.html.push_str("\">");
            }
        }
        escape(words, &mut self.html);
        within.iter().for_each(|_| self.html.push_str("</mark>"));
        for at in within {
            if body.marks[at].range.end <= end {
                self.progress.states[at] = State::Ended;
            }
        }
        self.link_notes();
    }

    /// Writes the links to the notes on passages that have ended, where links may stand.
    pub(super) fn link_notes(&mut self) {
        if self.progress.closed > 0 {
            return;
        }
        let body = self.body;
        for (at, mark) in body.marks.iter().enumerate() {
            if self.progress.states[at] == State::Ended {
                self.link_note(mark, false);
                self.progress.states[at] = State::Linked;
            }
        }
    }

    fn link_note(&mut self, mark: &Mark, is_mark: bool) {
        let (name, number) = (escaped(&mark.name), mark.number);
        let label =
            self.words.note.replace("{number}", &number.to_string()).replace("{title}", &mark.card.title);
        let id = if is_mark { format!(" id=\"mark-{name}\"") } else { String::new() };
        let label = escaped(&label);
        self.push(format_args!(
            "<a class=\"noteref\"{id} href=\"#note-{name}\" role=\"doc-noteref\" aria-label=\"{label}\" data-number=\"{number}\"></a>"
        ));
    }

    /// Ends a block, and with it a group of blocks, unless a passage goes on in the next one: nothing is to stand between
    /// the parts of a passage.
    pub(super) fn margin(&mut self, is_last: bool) {
        let body = self.body;
        if body.marks.is_empty() {
            return;
        }
        let lost = |writer: &Self, at: usize| {
            let is_passed = is_last || body.marks[at].range.end <= writer.progress.reached;
            matches!(writer.progress.states[at], State::Ahead | State::Open) && is_passed
        };
        // What is drawn without marks, such as code, is followed by the links to its notes.
        let lost: Vec<usize> = (0..body.marks.len()).filter(|at| lost(self, *at)).collect();
        if !lost.is_empty() {
            self.html.push_str("\n<p class=\"noterefs\">");
            for at in lost {
                self.link_note(&body.marks[at], self.progress.states[at] == State::Ahead);
                self.progress.states[at] = State::Linked;
            }
            self.html.push_str("</p>");
        }
        if !is_last && self.progress.states.contains(&State::Open) {
            return;
        }
        let linked = |at: &usize| self.progress.states[*at] == State::Linked;
        let notes: Vec<usize> = (0..body.marks.len()).filter(linked).collect();
        notes.iter().for_each(|at| self.progress.states[*at] = State::Done);
        self.progress.groups.push(Group { end: self.html.len(), notes });
    }

    /// Sets the notes beside their blocks: before them, as what floats in the margin must be.
    pub(super) fn with_notes(&mut self) {
        let groups = std::mem::take(&mut self.progress.groups);
        if groups.iter().all(|group| group.notes.is_empty()) {
            return;
        }
        let text = std::mem::take(&mut self.html);
        let mut done = 0;
        for Group { end, notes } in groups {
            let blocks = &text[done..end];
            done = end;
            if notes.is_empty() {
                self.html.push_str(blocks);
                continue;
            }
            let marks: Vec<&Mark> = notes.iter().map(|at| &self.body.marks[*at]).collect();
            let notes = (self.notes)(&marks).unwrap_or_else(|error| {
                self.error = Some(error);
                String::new()
            });
            let (notes, blocks) = (notes.trim(), blocks.trim());
            self.push(format_args!(
                "\n<div class=\"noted\"><aside class=\"notes\">{notes}</aside>\n{blocks}</div>"
            ));
        }
    }
}

/// Blocks that go together, and the notes on the passages that end in them.
struct Group {
    /// Where they end in the HTML.
    end: usize,
    notes: Vec<usize>,
}
