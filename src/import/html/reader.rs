//! Goes through a page and collects its blocks, wherever they are.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::head::{self, Head};
use super::{BLOCKS, CLASSES, DEEPEST_LIST, ROLES, SKIPPED, is_unseen};
use crate::base::html::{Element, Visitor};
use crate::import::prose::{Block, Run, Style, What, is_blank, words as words_of};

/// A block, and where it is: in which article, in the main part, or in a note.
pub(super) struct Placed {
    pub(super) block: Block,
    pub(super) article: usize,
    pub(super) main: bool,
}

/// An open element, and what ends with it.
struct Open {
    style: Style,
    article: usize,
    note: Option<usize>,
    is_skipped: bool,
    is_marker: bool,
    is_main: bool,
    is_paragraph: bool,
}

/// A table that is read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Vec<Run>>>,
    /// What the cell holds so far in which the table is.
    outer: Vec<Run>,
}

#[derive(Default)]
pub(super) struct Reader {
    pub(super) head: Head,
    pub(super) blocks: Vec<Placed>,
    pub(super) notes: Vec<Vec<Run>>,
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// The title of the window, and that of a document.
    pub(super) window: String,
    pub(super) title: Option<String>,
    open: Vec<Open>,
    /// The block being read.
    current: Vec<Run>,
    style: Style,
    link: Option<String>,
    heading: Option<u8>,
    quotes: usize,
    pre: usize,
    /// Whether it is the title of a document.
    is_title: bool,
    /// The open lists: whether each is numbered, and how deep it is.
    lists: Vec<(bool, usize)>,
    /// An item of Word's, which is a paragraph: how deep it is, and the mark before it.
    item: Option<(usize, String)>,
    /// Whether a block begins an item of a list.
    begins_item: bool,
    tables: Vec<Table>,
    pub(super) articles: usize,
    article: usize,
    mains: usize,
    note: Option<usize>,
    in_title: bool,
    in_marker: bool,
    pub(super) unseen: usize,
    pub(super) left_pictures: usize,
    /// Whether the comments have begun that Google Docs writes below a text.
    in_comments: bool,
}

impl Visitor for Reader {
    fn text(&mut self, text: &str) {
        if self.in_title {
            self.window.push_str(text);
        } else if self.in_marker {
            if let Some((_, mark)) = &mut self.item {
                mark.push_str(text);
            }
        } else if !self.in_comments {
            self.add(text);
        }
    }

    fn enter(&mut self, element: &Element<'_>) -> bool {
        let was_article = self.article;
        let was_note = self.note;
        let style = self.style;
        let goes_in = self.begin(element);
        self.open.push(Open {
            style,
            article: was_article,
            note: was_note,
            is_skipped: !goes_in,
            is_marker: self.in_marker,
            is_main: goes_in && is_main(element),
            is_paragraph: element.tag == "p",
        });
        self.in_marker |= goes_in && is_list_mark(element);
        goes_in
    }

    fn leave(&mut self, tag: &str) {
        let Some(open) = self.open.pop() else { return };
        if !open.is_skipped {
            self.end(tag);
        }
        self.style = open.style;
        self.in_marker = open.is_marker;
        if open.is_main {
            self.mains = self.mains.saturating_sub(1);
        }
        // A note that begins with an anchor goes on behind it.
        if BLOCKS.contains(&tag) {
            self.article = open.article;
            self.note = open.note;
        }
    }
}

fn is_main(element: &Element<'_>) -> bool {
    element.tag == "main"
        || element.attribute("role") == Some("main")
        || element.attribute("itemprop") == Some("articleBody")
        || element.attribute("id") == Some("mw-content-text")
}

/// What Word writes before an item of a list.
fn is_list_mark(element: &Element<'_>) -> bool {
    let style: String = element.attribute("style").unwrap_or_default().split_whitespace().collect();
    style.to_ascii_lowercase().contains("mso-list:ignore")
}

impl Reader {
    pub(super) fn of(head: Head) -> Reader {
        Reader { head, ..Reader::default() }
    }

    fn begin(&mut self, element: &Element<'_>) -> bool {
        let tag = element.tag;
        let value = |name: &str| element.attribute(name).map(str::trim).unwrap_or_default();
        let href = value("href");
        // Google Docs: a mark at the words leads to `#cmnt1`, and the comment, at the end of the page, leads back.
        if href.starts_with("#cmnt_ref") {
            self.current.clear();
            self.in_comments = true;
            self.unseen += 1;
        }
        if self.in_comments || href.starts_with("#cmnt") {
            return false;
        }
        if tag == "head" {
            return true;
        }
        if is_unseen(element) {
            if BLOCKS.contains(&tag) {
                self.flush();
            }
            self.unseen += 1;
            return false;
        }
        let is_class = |class: &str| CLASSES.contains(&class);
        if SKIPPED.contains(&tag) && !is_of_note(tag, &self.head, element)
            || ROLES.contains(&value("role"))
            // What LibreOffice repeats on each page of paper.
            || tag == "div" && ["header", "footer"].contains(&value("title"))
            || value("class").split_whitespace().any(is_class)
        {
            if BLOCKS.contains(&tag) {
                self.flush();
            }
            return false;
        }
        if BLOCKS.contains(&tag) {
            self.flush();
        }
        for id in [value("id"), value("name")] {
            if let Some(number) = self.head.notes.get(id).copied() {
                self.flush();
                self.note = Some(number);
                // One that begins with an anchor in a paragraph goes on behind it.
                if let Some(open) = self.open.last_mut().filter(|open| open.is_paragraph) {
                    open.note = Some(number);
                }
            }
        }
        if let Some(target) = href.strip_prefix('#').filter(|_| tag == "a") {
            if self.note.is_none()
                && let Some(number) = self.head.notes.get(target)
            {
                let what = What::Note(*number);
                self.current.push(Run { what, ..Run::default() });
            }
            // The way back from a note, and other jumps, are for who reads in a browser.
            return self.note.is_none() && !self.head.notes.contains_key(target);
        }
        self.restyle(element);
        self.structure(element, href);
        true
    }

    fn restyle(&mut self, element: &Element<'_>) {
        match element.tag {
            "b" | "strong" => self.style.bold = true,
            "i" | "em" | "cite" | "dfn" => self.style.italic = true,
            "s" | "strike" => self.style.strike = true,
            "code" | "kbd" | "samp" | "tt" if self.pre == 0 => self.style.code = true,
            _ => {}
        }
        let own = head::look(element.attribute("style").unwrap_or_default());
        let classes = element.attribute("class").unwrap_or_default().split_whitespace();
        let looks: Vec<Style> = classes.filter_map(|class| self.head.looks.get(class)).copied().collect();
        // What a whole block looks like is its design.
        if !BLOCKS.contains(&element.tag) {
            for look in looks.into_iter().chain([own]) {
                self.style.bold |= look.bold;
                self.style.italic |= look.italic;
                self.style.strike |= look.strike;
            }
        }
        // Google Docs wraps all of a copied text into such an element.
        let style = element.attribute("style").unwrap_or_default();
        if element.tag == "b" && style.replace(' ', "").contains("font-weight:normal") {
            self.style.bold = false;
        }
    }

    fn structure(&mut self, element: &Element<'_>, href: &str) {
        let value = |name: &str| element.attribute(name).map(str::trim).unwrap_or_default();
        match element.tag {
            "title" => self.in_title = self.window.is_empty(),
            "br" => self.current.push(Run { what: What::Break, ..Run::default() }),
            "a" => self.link = web(href),
            "img" => self.picture(value("src"), value("alt")),
            "article" if self.article == 0 => {
                self.articles += 1;
                self.article = self.articles;
            }
            "blockquote" => self.quotes += 1,
            "pre" => self.pre += 1,
            "ul" | "ol" => {
                // Google Docs: each depth is a list of its own, whose class ends with it.
                let class = value("class").split_whitespace().find(|class| class.starts_with("lst-kix"));
                let depth = class.and_then(|class| class.rsplit('-').next()?.parse().ok());
                let depth: usize = depth.unwrap_or(self.lists.len());
                self.lists.push((element.tag == "ol", depth.min(DEEPEST_LIST)));
            }
            "li" => self.begins_item = true,
            "table" => {
                let outer = std::mem::take(&mut self.current);
                self.tables.push(Table { outer, rows: Vec::new() });
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "td" | "th" => self.current.clear(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = element.tag[1..].parse().ok();
                self.note = None;
            }
            "p" => {
                let classes = value("class");
                self.is_title =
                    classes.split_whitespace().any(|class| class == "title" || class == "MsoTitle");
                if let Some(depth) = depth_of_word(classes, value("style")) {
                    self.item = Some((depth, String::new()));
                }
            }
            _ => {}
        }
        if is_main(element) {
            self.mains += 1;
        }
    }

    fn end(&mut self, tag: &str) {
        match tag {
            "title" => self.in_title = false,
            "a" => self.link = None,
            "td" | "th" => {
                let cell = std::mem::take(&mut self.current);
                if let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            "table" => {
                let Table { rows, outer } = self.tables.pop().unwrap_or_default();
                self.current = outer;
                let mut rows: Vec<Vec<Vec<Run>>> = rows.into_iter().filter(|row| !row.is_empty()).collect();
                match rows.as_mut_slice() {
                    // Pages were laid out with tables of one cell.
                    [row] if row.len() == 1 => {
                        self.current.append(&mut row.pop().unwrap_or_default());
                        self.flush();
                    }
                    [] => {}
                    _ if self.tables.is_empty() => self.push(Block::Table(rows)),
                    // A table within a cell is its words.
                    _ => self.current.extend(rows.into_iter().flatten().flatten()),
                }
            }
            _ if BLOCKS.contains(&tag) => {
                self.flush();
                match tag {
                    "blockquote" => self.quotes = self.quotes.saturating_sub(1),
                    "pre" => self.pre = self.pre.saturating_sub(1),
                    "ul" | "ol" => drop(self.lists.pop()),
                    "li" => self.begins_item = false,
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" => {
                        self.heading = None;
                        self.item = None;
                        self.is_title = false;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Adds words, with one space for any white space.
    fn add(&mut self, text: &str) {
        let mut words = String::new();
        let is_at_start =
            self.current.last().is_none_or(|run| run.what == What::Break || run.text.ends_with(' '));
        let mut is_space = is_at_start;
        for c in text.chars() {
            match c.is_whitespace() && c != '\u{a0}' && self.pre == 0 {
                true if is_space => {}
                true => words.push(' '),
                false => words.push(c),
            }
            is_space = words.ends_with(' ') || words.is_empty() && is_at_start;
        }
        if !words.is_empty() {
            self.current.push(Run {
                text: words,
                style: self.style,
                link: self.link.clone(),
                what: What::Words,
            });
        }
    }

    fn picture(&mut self, address: &str, alt: &str) {
        let data = address.strip_prefix("data:image/").and_then(|data| data.split_once(";base64,"));
        let picture = data.and_then(|(kind, content)| {
            let content: String = content.split_whitespace().collect();
            Some((kind.split('+').next()?.replace("jpeg", "jpg"), BASE64_STANDARD.decode(content).ok()?))
        });
        match picture {
            Some(picture) => {
                let what = What::Picture(self.pictures.len());
                self.pictures.push(picture);
                self.current.push(Run { text: alt.to_owned(), what, ..Run::default() });
            }
            None => self.left_pictures += 1,
        }
    }

    fn push(&mut self, block: Block) {
        self.blocks.push(Placed { block, article: self.article, main: self.mains > 0 });
    }

    pub(super) fn flush(&mut self) {
        // In a cell of a table, blocks are lines.
        if !self.tables.is_empty() {
            if !is_blank(&self.current) && self.current.last().is_some_and(|run| run.what != What::Break) {
                self.current.push(Run { text: " ".to_owned(), ..Run::default() });
            }
            return;
        }
        let mut runs = std::mem::take(&mut self.current);
        if is_blank(&runs) {
            return;
        }
        let is_item = std::mem::take(&mut self.begins_item);
        if let Some(number) = self.note {
            if self.notes.len() <= number {
                self.notes.resize(number + 1, Vec::new());
            }
            if !self.notes[number].is_empty() {
                self.notes[number].push(Run { text: " ".to_owned(), ..Run::default() });
            }
            self.notes[number].append(&mut runs);
            return;
        }
        if std::mem::take(&mut self.is_title) && self.title.is_none() {
            self.title = Some(words_of(&runs));
            return;
        }
        let block = match (self.heading, &self.item) {
            (Some(level), _) => {
                // A heading is bold by itself.
                runs.iter_mut().for_each(|run| run.style.bold = false);
                Block::Heading(level, runs)
            }
            (None, Some((depth, mark))) => {
                let is_numbered = mark.trim().trim_end_matches(['.', ')']).chars().all(char::is_alphanumeric)
                    && mark.contains(['.', ')']);
                Block::Item(*depth, is_numbered, runs)
            }
            (None, None) if self.pre > 0 => Block::Code(runs.iter().map(|run| run.text.as_str()).collect()),
            (None, None) if is_item => {
                let (is_numbered, depth) = self.lists.last().copied().unwrap_or_default();
                Block::Item(depth, is_numbered, runs)
            }
            (None, None) if self.quotes > 0 => Block::Quote(runs),
            (None, None) => {
                // What two line breaks part are two paragraphs.
                for part in paragraphs(runs) {
                    self.push(Block::Paragraph(part));
                }
                return;
            }
        };
        self.push(block);
    }
}

/// Whether an element that is otherwise skipped holds notes, as a footer does.
fn is_of_note(tag: &str, head: &Head, element: &Element<'_>) -> bool {
    let class = element.attribute("class").unwrap_or_default();
    let is_named = |word: &str| class.contains(word) || element.attribute("role") == Some("doc-endnotes");
    !head.notes.is_empty()
        && ["aside", "footer"].contains(&tag)
        && (is_named("footnote") || is_named("endnote"))
}

/// How deep in a list a paragraph of Word is: `mso-list:l0 level2 lfo1`.
fn depth_of_word(classes: &str, style: &str) -> Option<usize> {
    let style = style.to_ascii_lowercase();
    let list = style.split("mso-list:").nth(1).filter(|list| !list.trim_start().starts_with("none"));
    let level = list.and_then(|list| list.split("level").nth(1));
    let level = level.and_then(|level| level.chars().next()?.to_digit(10));
    match level {
        Some(level) => Some((level as usize).saturating_sub(1)),
        None => classes.contains("MsoListBullet").then_some(0),
    }
}

/// The paragraphs in one block, without the breaks between them.
fn paragraphs(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut parts: Vec<Vec<Run>> = vec![Vec::new()];
    let mut breaks = 0;
    for run in runs {
        let is_space = run.what == What::Words && run.text.trim().is_empty();
        match run.what {
            What::Break => breaks += 1,
            _ if is_space && breaks > 0 => continue,
            _ => {
                if breaks > 1 {
                    parts.push(Vec::new());
                } else if breaks == 1
                    && let Some(part) = parts.last_mut().filter(|part| !part.is_empty())
                {
                    part.push(Run { text: " ".to_owned(), ..Run::default() });
                }
                breaks = 0;
                if let Some(part) = parts.last_mut() {
                    part.push(run);
                }
            }
        }
    }
    parts.retain(|part| !is_blank(part));
    parts
}

/// An address on the web. Google Docs lets all of them lead through Google.
fn web(href: &str) -> Option<String> {
    if !href.starts_with("http") || href.contains([' ', '<', '>']) {
        return None;
    }
    let inner = href.strip_prefix("https://www.google.com/url?q=").and_then(|rest| rest.split('&').next());
    let inner = inner.and_then(|inner| percent_encoding::percent_decode_str(inner).decode_utf8().ok());
    Some(
        inner
            .filter(|inner| inner.starts_with("http"))
            .map_or_else(|| href.to_owned(), |inner| inner.into_owned()),
    )
}
