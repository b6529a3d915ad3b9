//! A text as a tree of blocks. The tree contains no spans, which are in side tables, so moving text does not
//! change it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::foreign::Syntax;
use super::missed::Missed;
use crate::base::id::slug;
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
    /// The footnotes in the order of their first mention, numbered from 1; then those without a mention.
    pub(crate) footnotes: Vec<Vec<Block>>,
    /// The number of footnotes that are mentioned.
    pub(crate) mentioned: usize,
    /// The text that a reader sees, without markup: one line per block.
    pub plain: String,
    /// Ranges of `plain` that are the same bytes in the input, in order.
    pub segments: Vec<Segment>,
    /// The spans of blocks that contain words, code or a picture, in the order written.
    pub places: Vec<Span>,
    /// The spans of raw HTML, in the order written.
    pub html: Vec<Span>,
    /// What of the raw HTML does not get onto the page, in the words of a message, each with the span of its piece.
    pub(crate) removed: Vec<(Box<str>, Span)>,
    /// The first of the containers and HTML tags that are left out because they are nested too deep, or too long.
    pub(crate) too_deep: Option<Span>,
    /// The addresses in raw HTML: what it shows, plays and links to.
    pub(crate) html_addresses: Vec<(String, Span)>,
    /// What else a link may lead to.
    pub(crate) anchors: Vec<Anchor>,
    /// What links may lead to, by its id and by what authors call it.
    pub(crate) index: Index,
    /// What the text contains that the page does not show as its author meant it.
    pub(crate) faults: Vec<(Fault, Span)>,
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
    Quote(Vec<Block>),
    Callout(Box<Callout>),
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

/// A quotation that says what it is: a note, a warning and so on.
#[derive(Clone, Debug, Eq, PartialEq, Hash)]
pub(crate) struct Callout {
    /// One of those in `markdown::callout`; empty if it is not known.
    pub(crate) sort: &'static str,
    /// The sort, as written.
    pub(crate) name: Box<str>,
    /// Empty if it has no title of its own.
    pub(crate) title: Vec<Inline>,
    /// Whether it is open at first, if it can be folded.
    pub(crate) fold: Option<bool>,
    pub(crate) blocks: Vec<Block>,
}

/// A table.
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
    /// A picture, by its index.
    Image(u32),
    /// `![[…]]` within a line, by its index.
    Embed(u32),
    /// A footnote reference, by the index in [`Prose::footnotes`]; which reference to it this is, from 1.
    Footnote(u32, u32),
    /// The beginning of highlighted words, or `false` for their end. Both are in the same list.
    Highlight(bool),
    /// A place that links may lead to, by its index in [`Prose::anchors`].
    Anchor(u32),
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

/// A place that a link may lead to, other than a heading.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Anchor {
    /// What its author named it: `^name` for a block, the id for an element of raw HTML.
    pub(crate) name: String,
    /// Its id, unique in the text.
    pub(crate) id: String,
}

/// What the page does not show as the author of a text meant it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// A mention of a footnote that does not exist.
    FootnoteUndefined,
    /// A footnote that nothing mentions.
    FootnoteUnused,
    /// A footnote whose label belongs to an earlier one.
    FootnoteTwice,
    /// Cells of a table beyond its columns.
    CellsLost,
    /// What a heading has in braces beside its id.
    AttributesLost,
    /// What follows the language of a code block.
    InfoLost,
    /// An HTML tag, a link or a title in the description of a picture; the first of each picture.
    MarkupInDescription,
    /// The name of a callout of an unknown sort, beside its title.
    CalloutName,
    /// What follows the sort of a callout and a bar.
    CalloutSettings,
    /// `![[…]]` within the words of a link.
    EmbedInLink,
    /// A link in the name of an embed.
    LinkInEmbed,
    /// `[label]: address` that no link uses, or whose label belongs to an earlier one.
    AddressUnused,
    /// `[label]: word`, which is read as such a line, and whose word is no address.
    LabelledWords,
    /// An address with a space, without angle brackets, so it makes no link.
    AddressWithSpace,
    /// A link without words, which nobody can see or hear.
    LinkWithoutWords,
    /// A link without an address.
    LinkWithoutAddress,
    /// A picture without an address.
    PictureWithoutAddress,
    /// U+FFFD, which a program wrote in place of letters that it could not read.
    LettersLost,
    /// Letters in UTF-8 that a program read in another encoding.
    LettersMisread,
    /// An id that is taken.
    IdTaken,
    /// Syntax of another program.
    Foreign(Syntax),
    /// What was meant as Markdown and is not.
    Missed(Missed),
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
    /// Its title; a picture's caption.
    pub(crate) title: String,
    /// The width of a picture in pixels, and perhaps its height.
    pub(crate) width: Option<(u32, Option<u32>)>,
    /// The span of the whole link in the input.
    pub span: Span,
    /// The span of the address or name in the input; `None` if it is not written there unchanged.
    pub target_span: Option<Span>,
    /// The words in the plain text.
    pub words: Range<u32>,
    /// The sentence around it in the plain text.
    pub sentence: Range<u32>,
}

impl Link {
    /// Sets the alt text of a picture, which may end with its width: `What it shows|300` or `300x200`.
    pub(super) fn describe(&mut self, mut description: String) {
        let (before, last) = match description.rsplit_once('|') {
            Some((before, last)) => (before.trim_end(), last),
            None if self.usage == LinkUse::Embed => ("", description.as_str()),
            None => (description.as_str(), ""),
        };
        let pixels = |text: &str| text.trim().parse::<u32>().ok().filter(|pixels| *pixels > 0);
        self.width = match last.split_once('x') {
            Some((width, height)) => pixels(width).zip(pixels(height)).map(|(w, h)| (w, Some(h))),
            None => pixels(last).map(|width| (width, None)),
        };
        if self.width.is_some() {
            self.has_words &= !before.is_empty();
            description.truncate(before.len());
        }
        self.description = description;
    }
}

/// The headings and anchors of a text, in the order of [`Prose::fragments`], sorted by hashes: a text may have
/// thousands, and thousands of links to them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Index {
    by_id: Vec<(u64, u32)>,
    by_name: Vec<(u64, u32)>,
}

impl Index {
    pub(crate) fn over(headings: &[Heading], anchors: &[Anchor]) -> Index {
        let ids = headings.iter().map(|heading| &heading.id).chain(anchors.iter().map(|anchor| &anchor.id));
        let names = headings.iter().map(|heading| Index::hash(&slug(&heading.text)));
        let names = names.chain(anchors.iter().map(|anchor| Index::hash(&anchor.name)));
        Index { by_id: Index::sorted(ids.map(|id| Index::hash(id))), by_name: Index::sorted(names) }
    }

    fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<(u64, u32)> {
        let mut sorted: Vec<(u64, u32)> = hashes.zip(0..).collect();
        sorted.sort_unstable();
        sorted
    }

    /// What may have this name, in order.
    fn find(sorted: &[(u64, u32)], name: &str) -> impl Iterator<Item = u32> {
        let hash = Index::hash(name);
        let first = sorted.partition_point(|(other, _)| *other < hash);
        sorted[first..].iter().take_while(move |(other, _)| *other == hash).map(|(_, at)| *at)
    }

    fn hash(name: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        hasher.finish()
    }
}

impl Prose {
    /// Whether there is nothing to show. A text may be only footnotes.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.footnotes.is_empty()
    }

    /// The ids that links may lead to.
    pub(crate) fn fragments(&self) -> impl Iterator<Item = &str> {
        let headings = self.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(self.anchors.iter().map(|anchor| anchor.id.as_str()))
    }

    /// The id of a heading or anchor, in the order of [`Prose::fragments`].
    fn fragment(&self, at: u32) -> &str {
        let at = at as usize;
        self.headings
            .get(at)
            .map_or_else(|| &self.anchors[at - self.headings.len()].id, |heading| &heading.id)
    }

    /// Whether a heading or anchor has this id.
    pub(crate) fn has_fragment(&self, id: &str) -> bool {
        Index::find(&self.index.by_id, id).any(|at| self.fragment(at) == id)
    }

    /// The id of the first heading with these words, which are a [`slug`].
    pub(crate) fn heading_called(&self, words: &str) -> Option<&str> {
        let headings =
            Index::find(&self.index.by_name, words).filter_map(|at| self.headings.get(at as usize));
        headings.into_iter().find(|heading| slug(&heading.text) == words).map(|heading| heading.id.as_str())
    }

    /// The id of the first anchor that an author named so.
    pub(crate) fn anchor_named(&self, name: &str) -> Option<&str> {
        let first = self.headings.len();
        let anchors = Index::find(&self.index.by_name, name)
            .filter_map(|at| self.anchors.get((at as usize).checked_sub(first)?));
        anchors.into_iter().find(|anchor| anchor.name == name).map(|anchor| anchor.id.as_str())
    }

    /// The words at a stretch of the plain text.
    pub(crate) fn at(&self, words: &Words) -> &str {
        self.plain.get(words.start as usize..words.end as usize).unwrap_or_default()
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
