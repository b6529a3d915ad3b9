//! A text as a tree of blocks. The tree contains no spans, which are in side tables, so moving text does not
//! change it.

use std::ops::Range;

use crate::base::script::is_dense;
use crate::base::span::Span;

/// A parsed body.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The tree.
    pub(crate) blocks: Vec<Block>,
    /// Every link, picture and embed, in the order written; the tree contains their indices.
    pub links: Vec<Link>,
    /// Every heading, in the order written.
    pub headings: Vec<Heading>,
    /// The indices of the headings, sorted by their ids.
    pub(crate) headings_by_id: Vec<u32>,
    /// The footnotes in the order of their first mention, numbered from 1.
    pub(crate) footnotes: Vec<Vec<Block>>,
    /// The text that a reader sees, without markup: one line per block.
    pub plain: String,
    /// Ranges of `plain` that are the same bytes in the input, in order.
    pub segments: Vec<Segment>,
    /// The spans of blocks that contain words, code or a picture, in the order written.
    pub places: Vec<Span>,
    /// The spans of raw HTML, in the order written.
    pub html: Vec<Span>,
    /// The addresses in raw HTML: what it shows, plays and links to.
    pub(crate) html_addresses: Vec<String>,
    /// The number of words: runs of letters, with each letter of a script without spaces counted as half.
    pub words: usize,
}

/// A range of plain text that is unchanged in the input.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Segment {
    /// The offset of its first byte in [`Prose::plain`].
    pub plain: u32,
    /// Its bytes in the input.
    pub source: Span,
    /// Whether it may become a link: it is not inside a link, a heading or code.
    pub linkable: bool,
}

#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// Words without a paragraph, as in a tight list.
    Plain(Vec<Inline>),
    /// A heading, by its index in [`Prose::headings`].
    Heading(u32, Vec<Inline>),
    /// A quotation, or a GitHub alert such as `note`.
    Quote(Option<&'static str>, Vec<Block>),
    /// Code, and its language.
    Code(Box<str>, Box<str>),
    /// A list; with its first number if it is ordered.
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Box<Table>),
    /// Terms and their definitions.
    Definitions(Vec<Definition>),
    /// A thematic break.
    Rule,
    /// Raw HTML.
    Html(Box<str>),
    /// `![[…]]` on a line of its own, by its index in [`Prose::links`].
    Embed(u32),
}

#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub struct Table {
    /// One per column.
    pub(crate) alignments: Vec<Alignment>,
    /// The cells of the first row.
    pub(crate) head: Vec<Vec<Inline>>,
    /// The cells of the other rows.
    pub(crate) rows: Vec<Vec<Vec<Inline>>>,
}

/// The alignment of a table column.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) enum Alignment {
    /// The default of the language.
    None,
    /// To the start of the line.
    Start,
    /// In the middle.
    Center,
    /// To the end of the line.
    End,
}

/// A part of a definition list.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) enum Definition {
    /// What is defined.
    Term(Vec<Inline>),
    /// What it means.
    Details(Vec<Block>),
}

/// Inline content of a block.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) enum Inline {
    Text(Words),
    Code(Words),
    /// A formula, as written; `true` if it is displayed as a block.
    Math(Words, bool),
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// A link, by its index in [`Prose::links`].
    Link(u32, Vec<Inline>),
    /// A picture, by its index; its caption.
    Image(u32, Box<str>),
    /// `![[…]]` within a line, by its index.
    Embed(u32),
    /// A footnote reference, by the index in [`Prose::footnotes`]; which reference to it this is, from 1.
    Footnote(u32, u32),
    /// The checkbox of a task: whether it is checked.
    Task(bool),
    /// A line break.
    HardBreak,
    /// Raw HTML.
    Html(Box<str>),
}

/// A range of [`Prose::plain`].
pub type Words = Range<u32>;

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// The anchor of the heading, unique in the text.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// The syntax of a link.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum LinkStyle {
    /// `[text](address)`, in any of its forms.
    Markdown,
    /// `[[id]]` or `[[id|text]]`.
    Wiki,
    /// `<https://…>`
    Auto,
}

/// The purpose of a link.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum LinkUse {
    /// Links to the target.
    Link,
    /// Shows the target: a picture.
    Image,
    /// Shows the target: an entity's card, or a picture, by `![[…]]`.
    Embed,
}

/// A link, picture or embed.
#[derive(Clone, Debug)]
pub struct Link {
    /// The syntax.
    pub(crate) style: LinkStyle,
    /// The purpose.
    pub usage: LinkUse,
    /// The address or name, as written.
    pub target: String,
    /// Whether it has words of its own, in addition to the name.
    pub has_words: bool,
    /// For a picture or an embed: its alt text.
    pub description: String,
    /// The span of the whole link in the input.
    pub span: Span,
    /// The span of the address or name in the input; `None` if it is not written there unchanged.
    pub target_span: Option<Span>,
    /// The words in the plain text.
    pub words: Range<u32>,
    /// The sentence around it in the plain text.
    pub sentence: Range<u32>,
}

impl Prose {
    /// The words at a stretch of the plain text.
    pub(crate) fn at(&self, words: &Words) -> &str {
        self.plain.get(words.start as usize..words.end as usize).unwrap_or_default()
    }

    /// Whether a heading has this id.
    pub(crate) fn has_heading(&self, id: &str) -> bool {
        let id_of = |index: &u32| self.headings[*index as usize].id.as_str();
        self.headings_by_id.binary_search_by_key(&id, id_of).is_ok()
    }

    /// The sentence around a link.
    pub fn sentence(&self, link: &Link) -> &str {
        self.plain.get(link.sentence.start as usize..link.sentence.end as usize).unwrap_or_default().trim()
    }

    /// The bytes of the input for `plain[range]`, if they are the same.
    pub(crate) fn source_of(&self, range: Range<usize>) -> Option<Span> {
        let at =
            self.segments.partition_point(|segment| segment.plain as usize <= range.start).checked_sub(1)?;
        let segment = self.segments[at];
        let offset = range.start - segment.plain as usize;
        let fits = offset + range.len() <= segment.source.range().len();
        let start = segment.source.start as usize + offset;
        fits.then(|| Span::new(start, start + range.len()))
    }
}

pub(super) fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        // The common case, by byte.
        let mut before = b' ';
        let mut count = 0;
        for &byte in text.as_bytes() {
            count += usize::from(before.is_ascii_whitespace() && !byte.is_ascii_whitespace());
            before = byte;
        }
        return count;
    }
    text.split_whitespace().count() + text.chars().filter(|c| is_dense(*c)).count() / 2
}
