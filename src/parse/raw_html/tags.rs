//! The tags in a text, decided on one by one before a parser of HTML sees them.
//!
//! Such a parser gets the author's tags between those that the program writes, and moves or drops in silence what does
//! not fit there: a cell outside of a table, everything after a `<textarea>`. So only tags that fit are passed on, each
//! element ends within the block in which it begins, and what is not passed on is told.

use std::collections::{BTreeSet, HashSet};

use super::{KEPT, is_svg};
use crate::base::html::{Tag, TagKind, VOID, tag};
use crate::base::nesting::{LONGEST_TAG, MOST_DEPTH, Nesting};

/// After this many marks of a piece that only look like tags, the others are text, too. It keeps the time linear.
const MOST_UNTRUE: usize = 100;

/// Elements whose end tag may be left out, because what follows ends them.
const ENDED_BY_NEXT: [&str; 17] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "option",
    "optgroup", "rt", "rp", "rtc",
];

/// Parts of a table, each with what it is directly in.
const TABLE_PARTS: [(&str, &[&str]); 9] = [
    ("caption", &["table"]),
    ("colgroup", &["table"]),
    ("col", &["colgroup", "table"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
    ("tfoot", &["table"]),
    ("tr", &["thead", "tbody", "tfoot", "table"]),
    ("td", &["tr", "thead", "tbody", "tfoot", "table"]),
    ("th", &["tr", "thead", "tbody", "tfoot", "table"]),
];

/// The elements of a text that are open, while its HTML is read piece by piece.
#[derive(Default)]
pub(crate) struct Tags {
    nesting: Nesting,
    open: Vec<Open>,
    /// Those before are open outside of the block that is read.
    outside: usize,
}

struct Open {
    name: String,
    is_kept: bool,
}

/// What is left of a piece of HTML.
pub(crate) struct Cleaned {
    pub html: String,
    /// What is not, in the words of a message, sorted.
    pub removed: Vec<String>,
    /// Whether something is left out because of how deep or how long it is.
    pub is_bounded: bool,
}

impl Tags {
    /// Passes on what of a piece of HTML fits. Comments are not told: their authors know that nobody sees them.
    pub(crate) fn clean(&mut self, html: &str) -> Cleaned {
        let mut piece =
            Piece { html: String::with_capacity(html.len()), removed: BTreeSet::new(), is_bounded: false };
        let mut done = 0;
        let mut marks = Marks::of(html);
        let mut untrue = 0;
        let mut ends = Ends { html: html.to_ascii_lowercase(), endless: Vec::new() };
        while let Some((start, end)) = marks.next() {
            self.words(&html[done..start], &mut piece);
            let Some(end) = end else {
                // A tag that does not end is text.
                piece.html.push_str("&lt;");
                done = start + 1;
                continue;
            };
            let mark = &html[start..end];
            done = end;
            match &mark[1..2] {
                "!" if mark.starts_with("<!--") => piece.html.push_str(mark),
                "!" => piece.remove("`<!…>`".to_owned()),
                "?" => piece.remove("`<?…?>`".to_owned()),
                _ if mark.len() > LONGEST_TAG => piece.is_bounded = true,
                _ => match tag(mark).filter(|_| untrue < MOST_UNTRUE) {
                    // To a browser, it is something else.
                    None => {
                        untrue += 1;
                        piece.html.push_str("&lt;");
                        (marks.at, done) = (start + 1, start + 1);
                    }
                    Some(_) if !self.nesting.keeps(mark) => piece.is_bounded = true,
                    Some(tag) if tag.kind == TagKind::EndTag => self.end(&tag, &mut piece),
                    Some(tag) => match &*tag.name {
                        // Their content is no text.
                        name @ ("script" | "style") => {
                            piece.remove(format!("`<{name}>`"));
                            self.push(name, false);
                            if let Some(end) = ends.of(name, end) {
                                (marks.at, done) = (end, end);
                            }
                        }
                        "svg" if !self.is_in_svg() && ends.of("svg", end).is_none() => {
                            piece.remove("`<svg>`".to_owned());
                            self.push("svg", false);
                        }
                        _ => self.start(&tag, mark, &mut piece),
                    },
                },
            }
        }
        self.words(&html[done..], &mut piece);
        // A drawing ends with its piece: `</svg>` may have been within an attribute.
        if let Some(at) = self.inside().position(|open| open.is_kept && open.name == "svg") {
            self.open.truncate(self.outside + at);
            piece.html.push_str("</svg>");
        }
        Cleaned {
            html: piece.html,
            removed: piece.removed.into_iter().collect(),
            is_bounded: piece.is_bounded,
        }
    }

    /// Begins a block; returns what [`Tags::leave`] needs.
    pub(crate) fn enter(&mut self) -> usize {
        std::mem::replace(&mut self.outside, self.open.len())
    }

    /// Ends a block: what is still open in it ends, with these tags.
    pub(crate) fn leave(&mut self, outer: usize) -> String {
        let mut ends = String::new();
        let outside = std::mem::replace(&mut self.outside, outer);
        while self.open.len() > outside {
            let Some(Open { name, is_kept }) = self.open.pop() else { break };
            if is_kept && !ENDED_BY_NEXT.contains(&&*name) {
                let end = format!("</{name}>");
                self.nesting.keeps(&end);
                ends.push_str(&end);
            }
        }
        ends
    }

    /// A table of the program begins. It ends one of HTML that it is in, unless it is in a cell.
    pub(crate) fn begin_table(&mut self) {
        let innermost = self.inside().rposition(|open| open.is_table() || open.is_cell());
        if let Some(at) = innermost.filter(|at| !self.open[self.outside + at].is_cell()) {
            let within = &self.open[self.outside..=self.outside + at];
            let table = within.iter().rposition(|open| open.name == "table").unwrap_or(at);
            self.open.truncate(self.outside + table);
        }
    }

    /// The elements that are open in this block.
    fn inside(&self) -> std::slice::Iter<'_, Open> {
        self.open[self.outside..].iter()
    }

    fn is_in_svg(&self) -> bool {
        self.inside().any(|open| open.is_kept && open.name == "svg")
    }

    fn words(&self, words: &str, piece: &mut Piece) {
        if self.is_in_svg() && !words.trim().is_empty() {
            let is_shown = |open: &Open| matches!(&*open.name, "text" | "tspan" | "title" | "desc");
            if !self.inside().next_back().is_some_and(is_shown) {
                piece.remove("words in `<svg>` outside of `<text>`".to_owned());
            }
        }
        // Before a tag that is left out, it would begin one with what follows.
        piece.html.push_str(&words.replace('<', "&lt;"));
    }

    fn start(&mut self, tag: &Tag, mark: &str, piece: &mut Piece) {
        let name = &*tag.name;
        let in_svg = name == "svg" || self.is_in_svg();
        let is_void = VOID.contains(&name) || (in_svg && tag.self_closing);
        let is_known = is_svg(name) == in_svg && KEPT.tags.contains(name);
        if !is_known {
            // What it would have shown can be linked to, if its address is known.
            let address = tag.attrs.iter().find(|attribute| matches!(&*attribute.name.local, "src" | "data"));
            piece.remove(
                match address.map(|address| &*address.value).filter(|address| address.contains("//")) {
                    Some(address) => format!("`<{name}>` with `{address}`"),
                    None => format!("`<{name}>`"),
                },
            );
            if !is_void {
                self.push(name, false);
            }
            return;
        }
        if name == "table" {
            self.begin_table();
        } else if let Some((_, parents)) = TABLE_PARTS.iter().find(|(part, _)| *part == name) {
            let Some(at) = self.inside().rposition(|open| open.is_kept && parents.contains(&&*open.name))
            else {
                piece.remove(format!("`<{name}>` outside of a table"));
                if !is_void {
                    self.push(name, false);
                }
                return;
            };
            self.open.truncate(self.outside + at + 1);
        } else if ENDED_BY_NEXT.contains(&name)
            && self.inside().next_back().is_some_and(|open| open.name == name)
        {
            self.open.pop();
        }
        for attribute in &tag.attrs {
            let attribute_name = &*attribute.name.local;
            if !KEPT.keeps(name, attribute_name, &attribute.value) {
                piece.remove(format!("`{attribute_name}` of `<{name}>`"));
            }
        }
        if tag.had_duplicate_attributes {
            piece.remove(format!("an attribute that `<{name}>` has twice"));
        }
        piece.html.push_str(mark);
        if !is_void {
            self.push(name, true);
        }
    }

    fn end(&mut self, tag: &Tag, piece: &mut Piece) {
        let name = &*tag.name;
        for attribute in &tag.attrs {
            piece.remove(format!("`{}` of `</{name}>`", &*attribute.name.local));
        }
        let is_part = name == "table" || TABLE_PARTS.iter().any(|(part, _)| *part == name);
        let mut reach = self.inside().enumerate().rev();
        let found = reach.find_map(|(at, open)| match open.name == name {
            true => Some(Some(at)),
            // A browser looks no further out.
            false if open.is_kept && (open.name == "svg" || open.name == "table") => Some(None),
            false if open.is_kept && open.is_cell() && !is_part => Some(None),
            false => None,
        });
        let Some(at) = found.flatten() else {
            return piece.remove(format!("`</{name}>`, which ends nothing"));
        };
        if self.open[self.outside + at].is_kept {
            piece.html.push_str(&format!("</{name}>"));
        }
        self.open.truncate(self.outside + at);
    }

    fn push(&mut self, name: &str, is_kept: bool) {
        // Elements that the next one ends have no bound of their own.
        if self.open.len() < 2 * MOST_DEPTH {
            self.open.push(Open { name: name.to_owned(), is_kept });
        }
    }
}

impl Open {
    fn is_cell(&self) -> bool {
        self.is_kept && matches!(&*self.name, "td" | "th" | "caption")
    }

    fn is_table(&self) -> bool {
        self.is_kept && self.name == "table"
    }
}

struct Piece {
    html: String,
    removed: BTreeSet<String>,
    is_bounded: bool,
}

impl Piece {
    fn remove(&mut self, what: String) {
        self.removed.insert(what);
    }
}

/// Where elements end.
struct Ends {
    /// In lower case.
    html: String,
    /// The names of elements that have no end tag from here on.
    endless: Vec<String>,
}

impl Ends {
    /// The first end tag of an element from a place on.
    fn of(&mut self, name: &str, from: usize) -> Option<usize> {
        if self.endless.iter().any(|other| other == name) {
            return None;
        }
        let found = self.html[from..].find(&format!("</{name}"));
        if found.is_none() {
            self.endless.push(name.to_owned());
        }
        found.map(|at| from + at)
    }
}

/// The tags, comments and declarations in HTML, each with its start and its end; without an end if it has none.
pub(super) struct Marks<'h> {
    html: &'h str,
    at: usize,
    /// Whether no comment that starts from here on ends.
    has_open_comment: bool,
    /// The starts of tags that a search for the end of an earlier one passed in vain, outside of quotation marks. So
    /// no text is searched more than once for each of the states inside and outside of quotation marks.
    endless: HashSet<usize>,
}

impl<'h> Marks<'h> {
    pub(super) fn of(html: &'h str) -> Marks<'h> {
        Marks { html, at: 0, has_open_comment: false, endless: HashSet::new() }
    }

    /// The end of the tag or declaration that starts at `start`. To a browser, a declaration is a comment, in which
    /// quotation marks mean nothing.
    fn end_of_tag(&mut self, start: usize, has_quotes: bool) -> Option<usize> {
        if self.endless.contains(&start) {
            return None;
        }
        let mut quote = None;
        let mut last = b'<';
        let mut passed = Vec::new();
        for (at, byte) in self.html.bytes().enumerate().skip(start) {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (None, b'<') => passed.push(at),
                // Elsewhere, they are a part of a name.
                (None, b'"' | b'\'') if has_quotes && last == b'=' => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                last = byte;
            }
        }
        self.endless.extend(passed);
        None
    }
}

impl Iterator for Marks<'_> {
    type Item = (usize, Option<usize>);

    fn next(&mut self) -> Option<(usize, Option<usize>)> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let rest = &self.html[start..];
            let end = if rest.starts_with("<!--") {
                let end = if self.has_open_comment { None } else { rest.find("-->") };
                self.has_open_comment = end.is_none();
                end.map(|end| start + end + 3)
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/?!".contains(c)) {
                self.end_of_tag(start, !rest[1..].starts_with(['?', '!']))
            } else {
                self.at = start + 1;
                continue;
            };
            self.at = end.unwrap_or(start + 1);
            return Some((start, end));
        }
    }
}
