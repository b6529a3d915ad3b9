//! How deep HTML may be nested: parsers of HTML look through all open elements at many a tag, so the time that
//! they take grows with the square of the depth.

use std::collections::HashMap;

/// Elements nested deeper than this are left out, and their content stays.
pub(crate) const MOST_DEPTH: usize = 128;

/// The longest tag, in bytes. Every attribute is compared with those before it.
pub(crate) const LONGEST_TAG: usize = 16 << 10;

/// How many elements of a text may be where only parts of a table can be. Parsers put each of them before the table,
/// and look for that place through all that is there already.
const MOST_MISPLACED: usize = 1_000;

/// Parts of a table that hold no content, and those that do.
const PARTS: [&str; 7] = ["tr", "tbody", "thead", "tfoot", "colgroup", "col", "table"];
const CELLS: [&str; 3] = ["td", "th", "caption"];

/// Elements without content, and those whose next sibling ends them, so that they need no end tag.
const NOT_OPEN: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
    "option", "optgroup", "rt", "rp",
];

/// The elements that are open in a text that is read piece by piece.
#[derive(Default)]
pub(crate) struct Nesting {
    /// How often each element is open, by its name in lower case.
    open: HashMap<String, usize>,
    depth: usize,
    /// For tags that were left out, their end tags are left out, too.
    left_out: HashMap<String, usize>,
    /// For each open table, whether a cell of it is open.
    tables: Vec<bool>,
    misplaced: usize,
}

impl Nesting {
    /// The next piece, without the tags of elements that are nested too deep, and without tags that are too
    /// long. A tag must not be cut by the end of a piece.
    pub(crate) fn bounded(&mut self, html: &str) -> String {
        let mut bounded = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            bounded.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = tag_length(rest);
            let tag = &rest[..length];
            if self.keeps(tag) {
                bounded.push_str(tag);
            }
            rest = &rest[length..];
        }
        bounded.push_str(rest);
        bounded
    }

    /// Whether the next tag is kept. It must be whole.
    pub(crate) fn keeps(&mut self, tag: &str) -> bool {
        let (name, is_end) = match tag[1..].strip_prefix('/') {
            Some(name) => (name, true),
            None => (&tag[1..], false),
        };
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return true;
        }
        if tag.len() > LONGEST_TAG {
            return false;
        }
        let end = name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if self.is_misplaced(&name, is_end) {
            self.misplaced += 1;
            if self.misplaced > MOST_MISPLACED {
                return false;
            }
        }
        if NOT_OPEN.contains(&name.as_str()) {
            return true;
        }
        if !is_end {
            let keeps = self.depth < MOST_DEPTH;
            self.depth += usize::from(keeps);
            *if keeps { &mut self.open } else { &mut self.left_out }.entry(name).or_default() += 1;
            return keeps;
        }
        // The innermost elements end first, and those are the ones that were left out.
        if let Some(count) = self.left_out.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            return false;
        }
        if let Some(count) = self.open.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            self.depth -= 1;
        }
        true
    }
}

impl Nesting {
    /// Whether an element begins directly in a table, where only its parts can be.
    fn is_misplaced(&mut self, name: &str, is_end: bool) -> bool {
        match (name, self.tables.last_mut()) {
            ("table", _) if is_end => drop(self.tables.pop()),
            // A table directly in a table ends that one.
            ("table", Some(false)) => {}
            ("table", _) => self.tables.push(false),
            (name, Some(is_in_cell)) if CELLS.contains(&name) => *is_in_cell = !is_end,
            (name, Some(is_in_cell)) if PARTS.contains(&name) => *is_in_cell = false,
            (_, table) => return !is_end && table == Some(&mut false),
        }
        false
    }
}

/// The length of the tag or comment that a text starts with; of its first character, if it starts with none.
pub(crate) fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |end| end + 3);
    }
    if !html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(html: &str) -> String {
        Nesting::default().bounded(html)
    }

    #[test]
    fn elements_that_are_nested_too_deep_are_left_out_and_their_words_stay() {
        let deep = format!("{}words{}", "<div>".repeat(300), "</div>".repeat(300));
        let wanted = format!("{}words{}", "<div>".repeat(MOST_DEPTH), "</div>".repeat(MOST_DEPTH));
        assert_eq!(bounded(&deep), wanted);
        // An end tag of something that is not open ends nothing.
        assert_eq!(bounded(&"<div></x>".repeat(300)).matches("<div>").count(), MOST_DEPTH);
        assert_eq!(bounded(&format!("<b {}>x</b>", "a=b ".repeat(9_000))), "x</b>");
    }

    #[test]
    fn elements_that_a_table_cannot_hold_are_counted() {
        let (often, most) = (3_000, MOST_MISPLACED);
        assert_eq!(bounded(&"<p><table>".repeat(often)).matches("<p>").count(), most + 1);
        assert_eq!(bounded(&"<table><i>z".repeat(often)).matches('z').count(), often);
        let row = "<tr><td><p>a</p><b>c</b></td></tr>".repeat(often);
        let table = format!("<table>{row}</table><p>d");
        assert_eq!(bounded(&table), table);
        let nested = format!("<table><tr><td>{table}</td></tr></table>");
        assert_eq!(bounded(&nested), nested);
    }

    #[test]
    fn what_is_not_deep_stays_as_it_is() {
        for html in [
            &"<p>a<li>b<br><img src='>' alt=\"<div>\">".repeat(300),
            &"<div class=a>b</DIV>".repeat(300),
            &"<!-- <div> -->".repeat(300),
            "a < b <3 <",
            "</",
            "é<é",
            "<b title='",
            "<!--",
        ] {
            assert_eq!(bounded(html), *html);
        }
    }
}
