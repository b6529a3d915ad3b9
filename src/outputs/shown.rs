//! Extracts the text of our own HTML as a browser would for quoting: the text of its text nodes, and the
//! positions of the marked passages in it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::html::{self, Element};

/// The text of a page, as in `document.body.textContent`.
#[derive(Debug, Default)]
pub(crate) struct PageText {
    pub text: String,
    /// The byte range of the requested element, if the page has it.
    pub root: Option<Range<usize>>,
    /// The byte range of each passage, by the id of its mark.
    pub passages: BTreeMap<String, Range<usize>>,
    /// The byte ranges of the notes, in order. They are in the root but are not the author's text.
    pub notes: Vec<Range<usize>>,
}

/// Reads a page. `root` is the id of an element.
pub(crate) fn read(page: &str, root: &str) -> PageText {
    let mut reader = Reader { page: PageText::default(), root, open: Vec::new(), in_body: false };
    html::visit(&html::page(page).document, &mut reader);
    reader.page
}

struct Reader<'a> {
    page: PageText,
    root: &'a str,
    open: Vec<Open>,
    in_body: bool,
}

/// An open element.
struct Open {
    passage: Option<String>,
    /// The start of its text.
    start: usize,
    is_root: bool,
    is_notes: bool,
}

impl html::Visitor for Reader<'_> {
    fn text(&mut self, text: &str) {
        if !self.in_body || text.is_empty() {
            return;
        }
        let start = self.page.text.len();
        self.page.text.push_str(text);
        let end = self.page.text.len();
        for name in self.open.iter().filter_map(|element| element.passage.as_ref()) {
            self.page.passages.entry(name.clone()).or_insert(start..end).end = end;
        }
    }

    fn enter(&mut self, element: &Element<'_>) -> bool {
        self.in_body |= element.tag == "body";
        let id = element.attribute("id");
        let has_class = |name: &str| {
            element.attribute("class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == name))
        };
        let passage = has_class("passage").then(|| element.attribute("data-of").or(id).map(str::to_owned));
        self.open.push(Open {
            passage: passage.flatten(),
            start: self.page.text.len(),
            is_root: id == Some(self.root),
            is_notes: has_class("noted"),
        });
        true
    }

    fn leave(&mut self, tag: &str) {
        self.in_body &= tag != "body";
        let Some(element) = self.open.pop() else { return };
        let range = element.start..self.page.text.len();
        if element.is_root {
            self.page.root = Some(range);
        } else if element.is_notes {
            self.page.notes.push(range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_passages_are_those_of_a_browser() {
        let html = "<title>No</title><body class=\"a>b\">\n<!-- <p> --><div id=\"text\"><span class=\"noted a\">Note</span>\
                    <p>One &amp; <mark class=\"passage\" id=\"mark-a\">two <em><mark class=\"passage\" data-of=\"mark-b\">3&#x34;</mark></em>\
                    </mark><br>five <mark class=\"passage\" data-of=\"mark-a\">six</mark></p></div> < seven</body>";
        let page = read(html, "text");
        assert_eq!(page.text, "\nNoteOne & two 34five six < seven");
        assert_eq!(&page.text[page.root.clone().unwrap()], "NoteOne & two 34five six");
        assert_eq!(&page.text[page.notes[0].clone()], "Note");
        assert_eq!(&page.text[page.passages["mark-a"].clone()], "two 34five six");
        assert_eq!(&page.text[page.passages["mark-b"].clone()], "34");
    }
}
