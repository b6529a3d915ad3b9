//! A saved page → the text of its article, without menus and scripts: one Markdown paragraph per line.

use std::ops::Range;

use crate::base::html::{self, Element, Visitor};
use crate::base::nesting::Nesting;

use super::plain_within;

/// The article in a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its first heading of level 1, or otherwise the title of the page.
    pub title: Option<String>,
    /// Its headings, paragraphs, items and quotations, in Markdown.
    pub blocks: Vec<String>,
    /// How many comments, deletions and hidden parts were left out.
    pub unseen: usize,
}

/// Elements whose text does not belong to an article.
const SKIPPED: [&str; 15] = [
    "aside",
    "button",
    "dialog",
    "figcaption",
    "footer",
    "form",
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

/// Those of them that separate blocks.
const SKIPPED_BLOCKS: [&str; 6] = ["aside", "dialog", "figcaption", "footer", "form", "nav"];

/// Elements that begin and end a block.
const BLOCKS: [&str; 27] = [
    "address",
    "article",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Extracts the article from a page.
pub(crate) fn read(page: &str) -> Page {
    let mut reader = Reader::default();
    html::visit(&html::page(&Nesting::default().bounded(page)).document, &mut reader);
    reader.flush();
    reader.page()
}

/// The text of a piece of a page as Markdown.
pub(crate) fn markdown(html: &str) -> String {
    read(html).blocks.join("\n\n")
}

/// The words of a piece of a page, without any markup.
pub(crate) fn words(html: &str) -> String {
    struct Words(String);

    impl Visitor for Words {
        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }

        fn enter(&mut self, element: &Element<'_>) -> bool {
            if BLOCKS.contains(&element.tag) || element.tag == "br" {
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

/// A block, and whether it is in an `article` or `main` element.
struct Block {
    level: Option<u8>,
    text: String,
    article: bool,
    main: bool,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block being read: text, and links in Markdown.
    current: String,
    window: String,
    /// How many elements of this type are open.
    articles: usize,
    mains: usize,
    quotes: usize,
    lists: usize,
    in_title: bool,
    heading: Option<u8>,
    /// The address of the open link, and where its words start.
    link: Option<(String, usize)>,
    /// Links of the current block: the ranges of their words, and their addresses.
    links: Vec<(Range<usize>, String)>,
    /// Whether a line break was the last thing read.
    broken: bool,
    unseen: usize,
    /// Whether the comments have begun that Google Docs writes below a text.
    in_comments: bool,
}

impl Visitor for Reader {
    fn text(&mut self, text: &str) {
        if self.in_title {
            self.window.push_str(text);
            return;
        }
        if self.in_comments {
            return;
        }
        self.broken &= text.trim().is_empty();
        for c in text.chars() {
            match c.is_whitespace() && c != '\u{a0}' {
                true if self.current.is_empty() || self.current.ends_with(' ') => {}
                true => self.current.push(' '),
                false => self.current.push(c),
            }
        }
    }

    fn enter(&mut self, element: &Element<'_>) -> bool {
        let name = element.tag;
        // Google Docs: a mark at the words leads to `#cmnt1`, and the comment, at the end of the page, leads back.
        let href = element.attribute("href").unwrap_or_default();
        if href.starts_with("#cmnt_ref") {
            self.current.clear();
            self.in_comments = true;
            self.unseen += 1;
        }
        if self.in_comments || href.starts_with("#cmnt") {
            return false;
        }
        if is_unseen(element) {
            if BLOCKS.contains(&name) {
                self.flush();
            }
            self.unseen += 1;
            return false;
        }
        if SKIPPED.contains(&name) {
            if SKIPPED_BLOCKS.contains(&name) {
                self.flush();
            }
            return false;
        }
        match name {
            "title" => self.in_title = self.window.is_empty(),
            "br" if self.broken => self.flush(),
            "br" => {
                self.text(" ");
                self.broken = true;
            }
            "a" => {
                let web = element.attribute("href").map(str::trim).filter(|href| href.starts_with("http"));
                self.link = web
                    .filter(|href| !href.contains([' ', '(', ')', '<', '>']))
                    .map(|href| (href.to_owned(), self.current.len()));
            }
            _ if BLOCKS.contains(&name) => {
                self.flush();
                match name {
                    "article" => self.articles += 1,
                    "main" => self.mains += 1,
                    "blockquote" => self.quotes += 1,
                    "ul" | "ol" => self.lists += 1,
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name[1..].parse().ok(),
                    _ => {}
                }
            }
            _ => {}
        }
        true
    }

    fn leave(&mut self, name: &str) {
        match name {
            "title" => self.in_title = false,
            "a" => {
                if let Some((href, start)) = self.link.take() {
                    let words = &self.current[start..];
                    let start = start + words.len() - words.trim_start().len();
                    let end = self.current.trim_end().len();
                    if start < end {
                        self.links.push((start..end, href));
                    }
                }
            }
            _ if BLOCKS.contains(&name) => {
                self.flush();
                match name {
                    "article" => self.articles = self.articles.saturating_sub(1),
                    "main" => self.mains = self.mains.saturating_sub(1),
                    "blockquote" => self.quotes = self.quotes.saturating_sub(1),
                    "ul" | "ol" => self.lists = self.lists.saturating_sub(1),
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

impl Reader {
    fn flush(&mut self) {
        self.broken = false;
        self.link = None;
        let text = std::mem::take(&mut self.current);
        let links = std::mem::take(&mut self.links);
        if text.trim().is_empty() {
            return;
        }
        let level = self.heading;
        let before = match level {
            Some(level) => format!("{} ", "#".repeat(usize::from(level.clamp(2, 6)))),
            None if self.quotes > 0 => "> ".to_owned(),
            None if self.lists > 0 => "- ".to_owned(),
            None => String::new(),
        };
        let text = match level {
            Some(1) => text.trim().to_owned(),
            _ => before + &linked(&text, &links),
        };
        self.blocks.push(Block { level, text, article: self.articles > 0, main: self.mains > 0 });
    }

    fn page(self) -> Page {
        let (article, main) =
            (self.blocks.iter().any(|block| block.article), self.blocks.iter().any(|block| block.main));
        let mut page = Page { unseen: self.unseen, ..Page::default() };
        let within = |block: &Block| if article { block.article } else { !main || block.main };
        let headings = self.blocks.iter().filter(|block| block.level == Some(1));
        let window = self.window.split_whitespace().collect::<Vec<&str>>().join(" ");
        page.title = headings
            .map(|block| block.text.clone())
            .next()
            .or(Some(window).filter(|title| !title.is_empty()));
        let text = self.blocks.into_iter().filter(|block| within(block) && block.level != Some(1));
        page.blocks = text.map(|block| block.text).collect();
        page
    }
}

/// The text of a block as Markdown, with its links.
fn linked(text: &str, links: &[(Range<usize>, String)]) -> String {
    let text = text.trim_end();
    let mut markdown = String::new();
    let mut done = text.len() - text.trim_start().len();
    for (words, href) in links {
        markdown.push_str(&plain_within(&text[done..words.start], markdown.is_empty()));
        markdown.push_str(&format!("[{}]({href})", plain_within(&text[words.clone()], false)));
        done = words.end;
    }
    markdown.push_str(&plain_within(&text[done..], markdown.is_empty()));
    markdown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_among_what_is_around_it() {
        let page = read(
            "<!doctype html><title>T &amp; site</title><style>p{}</style><nav><p>Menu</nav><div>Ad</div><article><h1>Ten <i>ships</i></h1>\
             <p>One &mdash; two<br>lines. <a href='https://a.org/x'>A *link*</a>.<p>Second<script>var x = '<p>';</script> paragraph.\
             <ul><li>- item</ul><blockquote>Said.</blockquote><h3>More</h3>a<br><br>b<aside>No</aside></article><footer>No</footer>",
        );
        assert_eq!(page.title.as_deref(), Some("Ten ships"));
        assert_eq!(
            page.blocks,
            [
                "One — two lines. [A \\*link\\*](https://a.org/x).",
                "Second paragraph.",
                "- \\- item",
                "> Said.",
                "### More",
                "a",
                "b"
            ]
        );
    }

    #[test]
    fn links_are_found_by_where_they_stand() {
        let page = read(
            "<h1><a href='https://a.org/1'>Title</a></h1><p>&nbsp;a\u{1}b\u{2}c\u{3} <a href='https://a.org/2'> one </a>\
             and<a href='https://a.org/3'> </a> <a href='https://a.org/4'>\u{1}two</a>&nbsp;<p>- <a href='https://a.org/5'>three</a>",
        );
        assert_eq!(page.title.as_deref(), Some("Title"));
        let linked = "a\u{1}b\u{2}c\u{3} [one](https://a.org/2) and [\u{1}two](https://a.org/4)";
        assert_eq!(page.blocks, [linked, "\\- [three](https://a.org/5)"]);
    }

    #[test]
    fn a_page_without_an_article_is_read_whole() {
        let page = read("<title> A  title </title><p>Text");
        assert_eq!(
            (page.title.as_deref(), page.blocks.as_slice()),
            (Some("A title"), &["Text".to_owned()][..])
        );
    }
}
