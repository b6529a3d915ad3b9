//! A document to change, and the places in its text.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;
use crate::data::node::{Key, Node, Value};
use crate::data::write::{Given, Syntax};

/// A step from a table or a list to a value in it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    /// An item of a list, from 0. A single value counts as a list of one.
    Item(usize),
    /// An entry of a table.
    Key(String),
}

/// A change of a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Patch {
    /// Replaces the value, or adds it with what leads to it.
    Set(Given),
    /// Adds an item to a list: before the item with that number, or at the end.
    Insert(usize, Given),
    /// Removes an entry of a table, or an item of a list.
    Remove,
    /// Moves an item of a list to another place in it.
    Move(usize),
}

/// Texts for spans of the document, which do not overlap.
pub(crate) type Replacements = Vec<(Span, String)>;

/// A document that parses.
pub(crate) struct Editable<'a> {
    pub(super) text: &'a str,
    pub(super) syntax: Syntax,
    pub(super) root: Node,
}

/// How far a path could be followed.
pub(super) struct Found<'p> {
    /// The deepest value on the path.
    pub(super) node: &'p Node,
    /// The tables and lists that it is in, each with the number of the entry or item.
    pub(super) inside: Vec<(&'p Node, usize)>,
    /// The steps to what is not there.
    pub(super) missing: &'p [Step],
}

impl Editable<'_> {
    pub(super) fn follow<'p>(&'p self, at: &'p [Step]) -> Found<'p> {
        let mut place = Found { node: &self.root, inside: Vec::new(), missing: at };
        while let [step, rest @ ..] = place.missing {
            let next = match (step, &place.node.value) {
                (Step::Key(key), Value::Table(entries)) => {
                    entries.iter().position(|(name, _)| *name.name == **key).map(|at| (at, &entries[at].1))
                }
                (Step::Item(at), Value::List(items)) => items.get(*at).map(|item| (*at, item)),
                // A single value is a list of one.
                (Step::Item(0), Value::Scalar(_) | Value::Table(_)) => {
                    place.missing = rest;
                    continue;
                }
                _ => None,
            };
            let Some((at, node)) = next else { break };
            place.inside.push((place.node, at));
            (place.node, place.missing) = (node, rest);
        }
        place
    }

    /// Whether a value stands between brackets or braces.
    pub(super) fn is_inside(&self, place: &Found<'_>) -> bool {
        place.inside.iter().any(|(container, _)| self.holds_inside(container))
    }

    pub(super) fn holds_inside(&self, container: &Node) -> bool {
        let text = &self.text[container.span.range()];
        let text = match text.strip_prefix('&') {
            Some(named) => named.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start()),
            None => text,
        };
        text.starts_with(['[', '{']) && !self.is_section(container)
    }

    /// Whether a value of TOML is a `[section]`, or the list of its `[[sections]]`.
    pub(super) fn is_section(&self, node: &Node) -> bool {
        let header = |node: &Node| {
            let (start, end) = (node.span.start as usize, node.span.end as usize);
            self.text[start..end].starts_with('[')
                && self.text[self.line_start(start)..start].trim().is_empty()
                && matches!(node.value, Value::Table(_))
        };
        self.syntax == Syntax::Toml
            && match &node.value {
                Value::List(items) => !items.is_empty() && items.iter().all(header),
                _ => header(node),
            }
    }

    /// Where a section ends: at the header of the next one that is not within it, or at the end.
    pub(super) fn section_end(&self, section: &Node) -> usize {
        let inner = last_byte(section).max(section.span.end as usize);
        let mut headers = Vec::new();
        self.headers(&self.root, &mut headers);
        headers.into_iter().filter(|start| *start > inner).min().unwrap_or(self.text.len())
    }

    /// Where the text of a section ends, without the blank lines and comments before the next.
    pub(super) fn section_text_end(&self, section: &Node) -> usize {
        self.line_end(last_byte(section).max(section.span.end as usize))
    }

    fn headers(&self, node: &Node, found: &mut Vec<usize>) {
        let children: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            Value::Table(entries) => entries.iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        };
        for child in children {
            if self.is_section(child) {
                found.push(self.line_start(child.span.start as usize));
            }
            self.headers(child, found);
        }
    }

    /// Where an entry ends.
    pub(super) fn entry_end(&self, key: &Key, value: &Node) -> usize {
        match value.span.is_empty() {
            true => self.after_sign(key),
            false => value.span.end as usize,
        }
    }

    pub(super) fn item_end(&self, item: &Node) -> usize {
        match item.span.is_empty() {
            true => dash(self.text, item).map_or(item.span.end as usize, |(_, after)| after),
            false => item.span.end as usize,
        }
    }

    /// The lines of an item with a hyphen, without the last line's end.
    pub(super) fn item_lines(&self, item: &Node) -> Option<Span> {
        let (dash, _) = dash(self.text, item)?;
        Some(Span::new(dash, self.line_end(self.item_end(item))))
    }

    pub(super) fn after_sign(&self, key: &Key) -> usize {
        after_sign(self.text, self.syntax, key)
    }

    /// The end of the line, if nothing but a comment follows; else `at`.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let line = rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r');
        let is_comment = line.starts_with([' ', '\t']) && line.trim_start().starts_with('#')
            || self.syntax == Syntax::Toml && line.starts_with('#');
        match line.trim().is_empty() || is_comment {
            true => at + line.trim_end().len(),
            false => at,
        }
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        line_start(self.text, at)
    }

    /// The place after the white space and the line end at `at`.
    pub(super) fn after_newline(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        match rest.find('\n').filter(|end| rest[..*end].trim().is_empty()) {
            Some(end) => at + end + 1,
            None => at,
        }
    }

    /// The column of a place: in characters, from 0.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    /// A line below the one that ends at `at`; the first line, if that is the beginning.
    pub(super) fn line_after(&self, at: usize, line: &str) -> Replacements {
        let newline = self.newline();
        match at == 0 {
            true => vec![(Span::empty(0), format!("{line}{newline}"))],
            false => vec![(Span::empty(at), format!("{newline}{line}"))],
        }
    }

    /// `lines`, which begin a line when they are put at `at`.
    pub(super) fn on_new_line(&self, at: usize, lines: &str) -> String {
        let begins = at == 0 || self.text[..at].ends_with('\n');
        if begins { lines.to_owned() } else { format!("{}{lines}", self.newline()) }
    }

    pub(super) fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn after_sign(text: &str, syntax: Syntax, key: &Key) -> usize {
    let end = key.span.end as usize;
    let sign = syntax.sign().trim();
    text[end..].find(sign).map_or(end, |at| end + at + sign.len())
}

/// The hyphen of an item of YAML, and the place after it.
pub(super) fn dash(text: &str, item: &Node) -> Option<(usize, usize)> {
    let mut before = &text[..item.span.start as usize];
    // An anchor, the header of a block and comments can stand between the two.
    loop {
        let start = line_start(before, before.trim_end().len());
        let line = before[start..].trim_end();
        let hyphens = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        let own = line[..hyphens]
            .rfind('-')
            .filter(|at| line[at + 1..].starts_with([' ', '\t']) || line.len() == at + 1);
        match own {
            Some(at) => return Some((start + at, start + at + 1)),
            None if start == 0 => return None,
            None => before = &before[..start],
        }
    }
}

/// Gives lists and tables the span from their first part to their last, or to their closing bracket: the parser's
/// extend to what follows them, and those of lists that are not indented begin and end within the first item.
pub(super) fn tighten(text: &str, node: &mut Node) {
    let own = node.span.range();
    // The parts of an alias are elsewhere.
    if text[own.clone()].starts_with('*') {
        return;
    }
    let (start, end) = match &mut node.value {
        Value::Null | Value::Scalar(_) => return,
        Value::List(items) => {
            items.iter_mut().for_each(|item| tighten(text, item));
            let [first, ..] = &items[..] else { return close(text, node) };
            let start = match first.span.range().start == own.start {
                true => dash(text, first).map_or(own.start, |(at, _)| at),
                false => own.start,
            };
            let last = &items[items.len() - 1];
            let end = match last.span.is_empty() {
                true => dash(text, last).map_or(own.end, |(_, after)| after),
                false => last.span.range().end,
            };
            (start, end)
        }
        Value::Table(entries) => {
            entries.iter_mut().for_each(|(_, value)| tighten(text, value));
            let Some((key, value)) = entries.last() else { return close(text, node) };
            let end = match value.span.is_empty() {
                true => after_sign(text, Syntax::Yaml, key),
                false => value.span.range().end,
            };
            (own.start, end)
        }
    };
    let opening = text[own.clone()]
        .find(['[', '{'])
        .filter(|_| start == own.start && text[own.clone()].starts_with(['[', '{', '&', '!']));
    let end = match opening {
        Some(_) => closing(text, end).unwrap_or(own.end),
        None => end,
    };
    node.span = Span::new(start, end);
}

/// Ends what is empty at its closing bracket.
fn close(text: &str, node: &mut Node) {
    let own = node.span.range();
    let inner = text[own.clone()].find(['[', '{']).map(|open| own.start + open + 1);
    if let Some(end) = inner.and_then(|inner| closing(text, inner)) {
        node.span = Span::new(own.start, end);
    }
}

/// The place after the bracket or brace that closes after `at`, past commas and comments.
fn closing(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text[at..].find(|c: char| !c.is_whitespace() && c != ',')?;
        match text[at..].chars().next()? {
            ']' | '}' => return Some(at + 1),
            '#' => at += text[at..].find('\n')?,
            _ => return None,
        }
    }
}

fn last_byte(node: &Node) -> usize {
    let inner = match &node.value {
        Value::List(items) => items.iter().map(last_byte).max(),
        Value::Table(entries) => {
            entries.iter().map(|(key, value)| last_byte(value).max(key.span.end as usize)).max()
        }
        _ => None,
    };
    inner.unwrap_or(0).max(node.span.end as usize)
}
