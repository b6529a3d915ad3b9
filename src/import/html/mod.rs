//! A saved page, or one of Word and Google Docs → its article, without menus and scripts: headings, paragraphs, lists,
//! tables, emphasis, links, notes and pictures.

mod head;
mod reader;
#[cfg(test)]
mod tests;

use super::brought::{At, Remark};
use super::prose::{Block, Document, Run, words as words_of};
use crate::base::html::{self, Element, Visitor};
use crate::base::nesting::Nesting;
use reader::{Placed, Reader};

/// The article in a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub document: Document,
    /// The language that it says it is in.
    pub language: Option<String>,
    /// How many comments, deletions and hidden parts were left out.
    pub unseen: usize,
}

/// How deep lists may be.
const DEEPEST_LIST: usize = 8;

/// Elements whose text does not belong to an article.
const SKIPPED: [&str; 16] = [
    "aside",
    "button",
    "dialog",
    "figcaption",
    "footer",
    "form",
    "head",
    "iframe",
    "nav",
    "noscript",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
];

/// What the parts of a page are for that do not belong to an article.
const ROLES: [&str; 6] = ["navigation", "complementary", "banner", "contentinfo", "search", "dialog"];

/// Classes of such parts, of the programs that most pages are made with.
const CLASSES: [&str; 10] = [
    "mw-editsection",
    "navbox",
    "printfooter",
    "catlinks",
    "sharedaddy",
    "jp-relatedposts",
    "share-buttons",
    "related-posts",
    "advertisement",
    "comments-area",
];

/// Elements that begin and end a block.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "form",
    "dialog",
    "ul",
];

/// Extracts the article from a page.
pub(crate) fn read(page: &str) -> Page {
    let tree = html::page(&Nesting::default().bounded(page));
    let head = head::read(&tree.document);
    let mut reader = Reader::of(head);
    html::visit(&tree.document, &mut reader);
    reader.flush();
    reader.page()
}

/// The text of a piece of a page as Markdown.
pub(crate) fn markdown(html: &str) -> String {
    let mut document = read(html).document;
    // Of a piece, all headings belong to it, and no picture.
    document.pictures.iter_mut().for_each(|(_, content)| content.clear());
    let title = document.title.take().filter(|_| html.contains("<h1"));
    let title = title.map(|title| Block::Heading(1, vec![Run { text: title, ..Run::default() }]));
    document.blocks.splice(0..0, title);
    document.markdown()
}

/// The words of a piece of a page, without any markup.
pub(crate) fn words(html: &str) -> String {
    struct Words(String);

    impl Visitor for Words {
        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }

        fn enter(&mut self, element: &Element<'_>) -> bool {
            if BLOCKS.contains(&element.tag) || ["br", "td", "th"].contains(&element.tag) {
                self.0.push(' ');
            }
            !SKIPPED.contains(&element.tag)
        }

        fn leave(&mut self, _: &str) {}
    }

    let mut words = Words(String::new());
    html::visit(&html::page(&Nesting::default().bounded(html)).document, &mut words);
    words.0.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// Whether an element is something that a reader of the page does not see, or was not meant to: deleted words, what is
/// hidden, and the comments of Word.
fn is_unseen(element: &Element<'_>) -> bool {
    let style: String = element.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.split_whitespace().collect();
    let hides = [
        "display:none",
        "visibility:hidden",
        "mso-hide:all",
        "mso-element:comment",
        "left:-9",
        "indent:-9",
        "font-size:0",
        "opacity:0;",
    ];
    let is_comment = |class: &str| class.split_whitespace().any(|class| class.starts_with("MsoComment"));
    element.tag == "del"
        || element.attribute("hidden").is_some()
        || element.attribute("aria-hidden") == Some("true")
        || element.attribute("class").is_some_and(is_comment)
        || hides.iter().any(|word| style.contains(word))
}

impl Reader {
    /// The article among what was read.
    fn page(mut self) -> Page {
        let length = |placed: &Placed| match &placed.block {
            Block::Paragraph(runs) | Block::Quote(runs) | Block::Item(_, _, runs) => words_of(runs).len(),
            _ => 0,
        };
        let mut lengths = vec![0; self.articles + 1];
        for placed in &self.blocks {
            lengths[placed.article] += length(placed) + 1;
        }
        // Of several, such as teasers, the longest.
        let there = (1..=self.articles).filter(|number| lengths[*number] > 0);
        let article = there.max_by_key(|number| (lengths[*number], std::cmp::Reverse(*number)));
        let has_main = self.blocks.iter().any(|block| block.main);
        let is_in = |of: usize, main: bool| match article {
            Some(number) => of == number,
            None => !has_main || main,
        };
        let heading = |placed: &Placed| match &placed.block {
            Block::Heading(1, runs) => Some(words_of(runs)),
            _ => None,
        };
        let window = self.window.split_whitespace().collect::<Vec<&str>>().join(" ");
        let window = Some(window).filter(|title| !title.is_empty());
        // A heading above the article may be the name of the site.
        let elsewhere = self.blocks.iter().find_map(heading);
        let mut blocks: Vec<Placed> =
            self.blocks.into_iter().filter(|block| is_in(block.article, block.main)).collect();
        let said = |placed: &Placed| match &placed.block {
            Block::Paragraph(runs) => Some(words_of(runs)),
            _ => None,
        };
        // Word processors write the title, the author and the date as paragraphs, too.
        let named = [&window, &self.head.title]
            .into_iter()
            .flatten()
            .any(|name| blocks.first().and_then(said).is_some_and(|words| words == *name));
        let first = named.then(|| said(&blocks.remove(0))).flatten();
        self.title = self.title.or(first);
        let own = blocks.iter().position(|placed| heading(placed).is_some()).filter(|_| self.title.is_none());
        let own = own.and_then(|at| heading(&blocks.remove(at)));
        for _ in 0..2 {
            let known = [&self.head.authors, &self.head.date];
            let is_known = |words: String| known.into_iter().flatten().any(|known| *known == words);
            if blocks.first().and_then(said).is_some_and(is_known) {
                blocks.remove(0);
            }
        }
        let title = self.title.or(own).or(elsewhere).or(self.head.title).or(window);
        let mut notes = self.notes;
        notes.resize(self.head.notes.len(), Vec::new());
        let mut document = Document {
            title,
            byline: self.head.authors,
            date: self.head.date,
            blocks: blocks.into_iter().map(|placed| placed.block).collect(),
            notes,
            pictures: self.pictures,
            remarks: Vec::new(),
        };
        document.drop_empty_notes();
        if self.left_pictures > 0 {
            let what = format!("pictures ({})", self.left_pictures);
            let why = "they are not in the page itself; add the files that you may use";
            document.remarks.push(Remark::left_out(what, why, &At::default()));
        }
        Page { document, language: self.head.language, unseen: self.unseen }
    }
}
