//! A body as a tree of blocks. The tree holds no spans: those stand in side tables, so that text which
//! only moved is the same tree.

use std::ops::Range;

use crate::base::script::is_dense;
use crate::base::span::Span;

/// A parsed body.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// The tree.
    pub blocks: Vec<Block>,
    /// Every link, picture and embed, in the order written; the tree holds their indices.
    pub links: Vec<Link>,
    /// Every heading, in the order written.
    pub headings: Vec<Heading>,
    /// The footnotes in the order of their first mention, which is how they are numbered from 1.
    pub footnotes: Vec<Vec<Block>>,
    /// What a reader sees, without any markup: one line a block.
    pub plain: String,
    /// Where the stretches of `plain` stand in the input, in order, where they are the same bytes.
    pub segments: Vec<Segment>,
    /// Where each block that holds words, code or a picture stands in the input, in the order written.
    pub places: Vec<Span>,
    /// Whether there is raw HTML in it.
    pub has_html: bool,
    /// The number of words: runs of letters, with each letter of a script that has no spaces counted as half.
    pub words: usize,
}

/// A stretch of plain text that stands in the input as it is.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Segment {
    /// Its first byte in [`Prose::plain`].
    pub plain: u32,
    /// Its bytes in the input.
    pub source: Span,
    /// Whether it may become a link: it is not in a link, a heading or code already.
    pub linkable: bool,
}

/// A block.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Words without a paragraph around them, as in a tight list.
    Plain(Vec<Inline>),
    /// A heading, by its index in [`Prose::headings`].
    Heading(u32, Vec<Inline>),
    /// A quotation, or an alert of GitHub's such as `note`.
    Quote(Option<&'static str>, Vec<Block>),
    /// Code, and the language it says it is in.
    Code(Box<str>, Box<str>),
    /// A list; its first number where it is ordered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table.
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

/// A table.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub struct Table {
    /// One a column.
    pub alignments: Vec<Alignment>,
    /// The cells of the first row.
    pub head: Vec<Vec<Inline>>,
    /// The cells of the others.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a column of a table is set.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Alignment {
    /// As the language runs.
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
pub enum Definition {
    /// What is defined.
    Term(Vec<Inline>),
    /// What it means.
    Details(Vec<Block>),
}

/// A run within a block.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub enum Inline {
    /// Words.
    Text(Words),
    /// Code.
    Code(Words),
    /// A formula, left as written; `true` where it stands apart.
    Math(Words, bool),
    /// Emphasis.
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
    /// A mention of a footnote, by its index in [`Prose::footnotes`]; which mention of it this is, from 1.
    Footnote(u32, u32),
    /// The box of a task: whether it is ticked.
    Task(bool),
    /// A line break.
    HardBreak,
    /// Raw HTML.
    Html(Box<str>),
}

/// A stretch of [`Prose::plain`].
pub type Words = Range<u32>;

/// A heading.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// The fragment that leads to it, unique in the body.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// What a link was written as.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum LinkStyle {
    /// `[text](address)`, in any of its forms.
    Markdown,
    /// `[[id]]` or `[[id|text]]`.
    Wiki,
    /// `<https://…>`
    Auto,
}

/// What a link does with its target.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum LinkUse {
    /// Leads to it.
    Link,
    /// Shows it: a picture.
    Image,
    /// Shows it: an entity's card, or a picture, by `![[…]]`.
    Embed,
}

/// A link, picture or embed.
#[derive(Clone, Debug)]
pub struct Link {
    /// As it was written.
    pub style: LinkStyle,
    /// What it does.
    pub usage: LinkUse,
    /// The address or name, as written.
    pub target: String,
    /// Whether it has words of its own, besides the name.
    pub has_words: bool,
    /// Of a picture or an embed: what it shows, in words.
    pub description: String,
    /// All of it in the input.
    pub span: Span,
    /// The address or name in the input; `None` where it is not written there as such.
    pub target_span: Option<Span>,
    /// The words in the plain text.
    pub words: Range<u32>,
    /// The sentence around it in the plain text.
    pub sentence: Range<u32>,
}

impl Prose {
    /// The words at a stretch of the plain text.
    pub fn at(&self, words: &Words) -> &str {
        self.plain.get(words.start as usize..words.end as usize).unwrap_or_default()
    }

    /// The sentence around a link.
    pub fn sentence(&self, link: &Link) -> &str {
        self.plain.get(link.sentence.start as usize..link.sentence.end as usize).unwrap_or_default().trim()
    }

    /// The bytes of the input that `plain[range]` stands for, where it stands there as it is.
    pub fn source_of(&self, range: Range<usize>) -> Option<Span> {
        let at =
            self.segments.partition_point(|segment| segment.plain as usize <= range.start).checked_sub(1)?;
        let segment = self.segments[at];
        let offset = range.start - segment.plain as usize;
        let fits = offset + range.len() <= segment.source.range().len();
        let start = segment.source.start as usize + offset;
        fits.then(|| Span::new(start, start + range.len()))
    }
}

/// Counts the words of a text.
pub(super) fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        // The common case, by the byte.
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
