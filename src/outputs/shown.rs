//! What a browser makes of our own HTML, as far as quoting it goes: the text of its text nodes, and where the marked
//! passages stand in it.

use std::collections::BTreeMap;
use std::ops::Range;

/// The text of a page, as `document.body.textContent` has it.
#[derive(Debug, Default)]
pub struct PageText {
    /// The text.
    pub text: String,
    /// The bytes of the element that was asked for.
    pub root: Range<usize>,
    /// The bytes of every passage, by the id of its mark.
    pub passages: BTreeMap<String, Range<usize>>,
    /// The bytes of what stands in the root and is not the author's text: the notes. In order.
    pub notes: Vec<Range<usize>>,
}

/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// An element that is open.
struct Open {
    tag: String,
    passage: Option<String>,
    /// Where its text starts.
    start: usize,
    is_root: bool,
    is_notes: bool,
}

/// Reads a page. `root` is the id of an element.
pub fn read(html: &str, root: &str) -> PageText {
    let mut page = PageText::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = html.find("<body").map_or("", |at| &html[at..]);
    while let Some(at) = rest.find('<') {
        page.say(&rest[..at], &open);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(length) = tag_length(rest) else {
            page.say(&rest[..1], &open);
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..length - 1];
        rest = &rest[length..];
        if let Some(name) = tag.strip_prefix('/') {
            let name = name.trim().to_ascii_lowercase();
            // An end closes what was left open within the element.
            if let Some(at) = open.iter().rposition(|element| element.tag == name) {
                open.drain(at..).for_each(|element| page.close(&element));
            }
            continue;
        }
        let name: String =
            tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if VOID.contains(&name.as_str()) || tag.ends_with('/') {
            continue;
        }
        let id = attribute(tag, "id");
        let passage = match name.as_str() {
            "mark" => attribute(tag, "data-of").or_else(|| id.clone()),
            _ => None,
        };
        let is_notes = name == "aside" && attribute(tag, "class").as_deref() == Some("notes");
        let is_root = id.as_deref() == Some(root);
        open.push(Open { tag: name, passage, start: page.text.len(), is_root, is_notes });
    }
    page.say(rest, &open);
    open.iter().rev().for_each(|element| page.close(element));
    page
}

impl PageText {
    fn say(&mut self, html: &str, open: &[Open]) {
        if html.is_empty() {
            return;
        }
        let start = self.text.len();
        decode(html, &mut self.text);
        let end = self.text.len();
        for name in open.iter().filter_map(|element| element.passage.as_ref()) {
            self.passages.entry(name.clone()).or_insert(start..end).end = end;
        }
    }

    fn close(&mut self, element: &Open) {
        let range = element.start..self.text.len();
        if element.is_root {
            self.root = range;
        } else if element.is_notes {
            self.notes.push(range);
        }
    }
}

/// The length of the tag at the start of `html`; `None` where there is none.
fn tag_length(html: &str) -> Option<usize> {
    let starts = html[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let mut quote = None;
    for (at, c) in html.char_indices().skip(1).take_while(|_| starts) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute in double quotes, as we write them.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let mut value = String::new();
    decode(rest.split('"').next()?, &mut value);
    Some(value)
}

/// Adds text with its character references followed: those that we and the sanitizer write.
fn decode(html: &str, text: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').and_then(|end| Some((end, character(&rest[1..end])?)));
        match reference {
            Some((end, c)) => {
                text.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_passages_are_those_of_a_browser() {
        let html = "<title>No</title><body class=\"a>b\">\n<!-- <p> --><div id=\"text\"><aside class=\"notes\"><p>Note</aside>\
                    <p>One &amp; <mark class=\"passage\" id=\"mark-a\">two <em><mark class=\"passage\" data-of=\"mark-b\">3&#x34;</mark></em>\
                    </mark><br>five <mark class=\"passage\" data-of=\"mark-a\">six</mark></p></div> < seven</body>";
        let page = read(html, "text");
        assert_eq!(page.text, "\nNoteOne & two 34five six < seven");
        assert_eq!(&page.text[page.root.clone()], "NoteOne & two 34five six");
        assert_eq!(&page.text[page.notes[0].clone()], "Note");
        assert_eq!(&page.text[page.passages["mark-a"].clone()], "two 34five six");
        assert_eq!(&page.text[page.passages["mark-b"].clone()], "34");
    }
}
