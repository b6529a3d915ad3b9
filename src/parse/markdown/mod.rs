//! Markdown → [`Prose`], from the events of pulldown-cmark.

mod addresses;
mod anchors;
pub(crate) mod callout;
mod emphasis;
mod events;
mod faults;
mod footnotes;
mod highlight;
mod inlines;
mod links;
mod media;
mod quotes;

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::missed;
use super::prose::{
    Alignment, Block, Callout, Definition, Fault, Heading, Index, Inline, Prose, Table, count_words,
};
use crate::base::id::Lang;
use crate::base::nesting::Nesting;
use crate::base::shrink::shrunk;
use crate::base::span::Span;
use crate::config::{Dialect, RawHtml};
use crate::parse::raw_html::Tags;
use callout::Marker;
pub(super) use events::{parser, readable};
use footnotes::Footnote;

/// Parses the body of `text`, which starts at `start`.
pub fn parse(text: &str, start: usize, lang: &Lang, dialect: Dialect) -> Prose {
    let body = &text[start..];
    let readable = readable(body);
    let readable = emphasis::readable(&readable);
    let parser = parser(&readable, dialect.typography);
    let definitions = links::definitions(parser.reference_definitions());
    let events = events::restored(parser, &readable, body);
    let (highlights, quotes) = (highlight::marks(body, &events), quotes::marks(body, &events, lang));
    let mut events = events::events(events, body);
    let mut builder = Builder {
        text,
        start,
        html: dialect.html,
        quotes,
        definitions,
        highlights,
        // The text is usually shorter than its markup.
        prose: Prose { plain: String::with_capacity(body.len()), ..Prose::default() },
        footnotes: BTreeMap::new(),
        unmentioned: Vec::new(),
        mentions: BTreeMap::new(),
        explicit_ids: BTreeMap::new(),
        html_ids: Vec::new(),
        block_name: None,
        description: None,
        title_start: 0,
        code: Vec::new(),
        tags: Tags::default(),
        nesting: Nesting::default(),
        no_drawing_before: 0,
        unlinkable: 0,
    };
    builder.prose.blocks = builder.blocks(&mut events, None);
    if let Some(range) = events.too_deep {
        builder.leave_out(&range);
    }
    builder.code.sort_by_key(|range| range.start);
    builder.find_undefined_footnotes();
    builder.finish_footnotes();
    builder.find_unused_definitions();
    builder.find_addresses_with_spaces();
    builder.find_empty_links();
    builder.finish_ids();
    builder.find_foreign_and_garbled();
    builder.find_sentences();
    let prose = builder.prose;
    Prose {
        index: Index::over(&prose.headings, &prose.anchors),
        links: shrunk(prose.links),
        headings: shrunk(prose.headings),
        words: count_words(&prose.plain),
        plain: prose.plain.as_str().to_owned(),
        segments: shrunk(prose.segments),
        places: shrunk(prose.places),
        html: shrunk(prose.html),
        removed: shrunk(prose.removed),
        html_addresses: shrunk(prose.html_addresses),
        anchors: shrunk(prose.anchors),
        faults: shrunk(prose.faults),
        ..prose
    }
}

struct Builder<'t> {
    text: &'t str,
    start: usize,
    html: RawHtml,
    /// What the straight quotation marks in the body become; see [`quotes::marks`].
    quotes: Vec<(usize, &'static str)>,
    /// The places of `[label]: address` lines, by label, and whether a link uses each.
    definitions: BTreeMap<String, (Range<usize>, bool)>,
    /// The marks of highlights in the body; see [`highlight::marks`].
    highlights: Vec<(usize, bool)>,
    prose: Prose,
    /// Footnotes by label.
    footnotes: BTreeMap<String, Footnote>,
    /// The content of footnotes that nothing can mention, because their label belongs to an earlier one.
    unmentioned: Vec<Vec<Block>>,
    mentions: BTreeMap<u32, u32>,
    /// The ids that authors chose for headings, each with its place, by the heading's index.
    explicit_ids: BTreeMap<usize, (String, Range<usize>)>,
    html_ids: Vec<(String, Span)>,
    /// The name with which the last block ended, such as `name` of `^name`.
    block_name: Option<String>,
    /// Within a picture: its description so far, which is not part of the plain text.
    description: Option<String>,
    /// Where the words of a callout's title start: what is before is its marker.
    title_start: usize,
    /// The ranges of code in the body.
    code: Vec<Range<usize>>,
    /// The author's HTML in the whole body, if it is cleaned; otherwise only how deep it is.
    tags: Tags,
    nesting: Nesting,
    /// Where a drawing that is in one line may start again.
    no_drawing_before: usize,
    /// Above zero while words must not become links.
    unlinkable: u32,
}

type Events<'e, 'a> = &'e mut dyn Iterator<Item = (Event<'a>, Range<usize>)>;

impl Builder<'_> {
    /// Parses blocks until `end`, or to the end of the body.
    fn blocks<'a>(&mut self, events: Events<'_, 'a>, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let outer = self.tags.enter();
        // Tight lists contain words without a paragraph.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some((event, range)) = events.next() {
            if matches!(&event, Event::End(tag) if Some(*tag) == end) {
                break;
            }
            if starts_block(&event) {
                // The words before a nested list are a line of their own in the plain text.
                self.flush(&mut loose, &mut blocks);
            }
            if let Some(block) = self.block(event, range, events, &mut loose) {
                self.add(block, &mut blocks);
            }
        }
        self.flush(&mut loose, &mut blocks);
        self.end_elements(outer, &mut blocks, Block::Html);
        shrunk(blocks)
    }

    fn flush(&mut self, loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        if !loose.is_empty() {
            let mut inlines = std::mem::take(loose);
            self.take_block_name(&mut inlines);
            self.end_line();
            self.add(block_of(inlines, Block::Plain), blocks);
        }
    }

    /// Parses the block that `event` starts; inline content outside a block goes to `loose`.
    fn block<'a>(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        events: Events<'_, 'a>,
        loose: &mut Vec<Inline>,
    ) -> Option<Block> {
        let holds_blocks = matches!(
            &event,
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList | Tag::FootnoteDefinition(_)
            )
        );
        // For words without a paragraph, the place of the first run represents all.
        if !holds_blocks && (starts_block(&event) || loose.is_empty()) {
            self.place(&range);
        }
        Some(match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => {
                    if let Some(recording) = self.recording(&self.text[self.start..][range.clone()], &range) {
                        // Its words are for browsers that play nothing.
                        events
                            .take_while(|(event, _)| *event != Event::End(TagEnd::Paragraph))
                            .for_each(drop);
                        return Some(recording);
                    }
                    self.paragraph(events)
                }
                Tag::Heading { level, id, .. } => self.heading(level, id.as_deref(), &range, events),
                Tag::BlockQuote(kind) => self.quote(TagEnd::BlockQuote(kind), events),
                Tag::CodeBlock(kind) => self.code(&kind, &range, events),
                Tag::List(first) => Block::List(first, self.items(events, first.is_some())),
                Tag::Table(alignments) => self.table(&alignments, events),
                Tag::DefinitionList => self.definition_list(events),
                Tag::HtmlBlock => self.html(&range, events),
                Tag::FootnoteDefinition(label) => {
                    self.footnote(&label, range, events);
                    return None;
                }
                tag => {
                    self.inline(Event::Start(tag), range, events, loose);
                    return None;
                }
            },
            Event::Rule => Block::Rule,
            event => {
                self.inline(event, range, events, loose);
                return None;
            }
        })
    }

    fn paragraph(&mut self, events: Events<'_, '_>) -> Block {
        let mut inlines = self.inlines(events, TagEnd::Paragraph);
        self.take_block_name(&mut inlines);
        self.end_line();
        block_of(inlines, Block::Paragraph)
    }

    fn heading(
        &mut self,
        level: cmark::HeadingLevel,
        id: Option<&str>,
        range: &Range<usize>,
        events: Events<'_, '_>,
    ) -> Block {
        let from = self.prose.plain.len();
        let index = self.prose.headings.len();
        let level = level as u8;
        self.prose.headings.push(Heading { level, id: String::new(), text: String::new() });
        self.unlinkable += 1;
        let mut inlines = self.closed_inlines(events, TagEnd::Heading(heading_level(level)));
        self.unlinkable -= 1;
        self.take_block_name(&mut inlines);
        self.prose.headings[index].text = self.prose.plain[from..].trim().to_owned();
        self.find_lost_attributes(range);
        if let Some(id) = id {
            self.explicit_ids.insert(index, (id.to_owned(), range.clone()));
        }
        self.end_line();
        Block::Heading(index as u32, inlines)
    }

    /// A quotation, or a callout.
    fn quote<'a>(&mut self, end: TagEnd, events: Events<'_, 'a>) -> Block {
        let Some((first, range)) = events.next() else { return Block::Quote(Vec::new()) };
        let text = self.text;
        let marker = match first {
            Event::Start(Tag::Paragraph) => Marker::of(&text[self.start + range.start..]),
            _ => None,
        };
        let Some(marker) = marker else {
            return Block::Quote(self.blocks(&mut iter::once((first, range)).chain(&mut *events), Some(end)));
        };
        self.place(&range);
        self.title_start = range.start + marker.length;
        let outer = self.tags.enter();
        let (title, rest) = self.first_line(events);
        self.end_line();
        // For a known sort, its sign stands on the page; of another, the name is the title if there is no other.
        if marker.sort.is_empty() && !title.is_empty() {
            self.fault(Fault::CalloutName, &(range.start..range.start + "[!".len() + marker.name.len() + 1));
        }
        if !marker.settings.is_empty() {
            let from = range.start + self.text[self.start + range.start..].find('|').map_or(0, |bar| bar + 1);
            self.fault(Fault::CalloutSettings, &(from..from + marker.settings.len()));
        }
        let mut blocks = Vec::new();
        if !rest {
            let first_line = self.paragraph(events);
            self.add(first_line, &mut blocks);
        }
        blocks.extend(self.blocks(events, Some(end)));
        self.end_elements(outer, &mut blocks, Block::Html);
        let Marker { name, sort, fold, .. } = marker;
        Block::Callout(Box::new(Callout { sort, name: name.into(), title, fold, blocks }))
    }

    /// The inline content of a paragraph's first line, and whether the paragraph ends there.
    fn first_line<'a>(&mut self, events: Events<'_, 'a>) -> (Vec<Inline>, bool) {
        let outer = self.tags.enter();
        let mut inlines = Vec::new();
        let mut is_last = true;
        while let Some((event, range)) = events.next() {
            match event {
                Event::SoftBreak | Event::HardBreak => {
                    is_last = false;
                    break;
                }
                Event::End(TagEnd::Paragraph) => break,
                event => self.inline(event, range, events, &mut inlines),
            }
        }
        self.end_elements(outer, &mut inlines, Inline::Html);
        (inlines, is_last)
    }

    fn code(
        &mut self,
        kind: &cmark::CodeBlockKind<'_>,
        range: &Range<usize>,
        events: Events<'_, '_>,
    ) -> Block {
        self.code.push(range.clone());
        let language = match kind {
            cmark::CodeBlockKind::Fenced(info) => {
                if missed::is_open(&self.text[self.start + range.start..self.start + range.end]) {
                    self.fault(Fault::Missed(missed::Missed::Fence), &(range.start..range.start + 3));
                }
                if info.trim().contains([' ', ',', '\t']) {
                    let line = self.text[self.start + range.start..].lines().next().unwrap_or_default();
                    self.fault(Fault::InfoLost, &(range.start..range.start + line.len()));
                }
                info.split([' ', ',']).next().unwrap_or_default().to_owned()
            }
            cmark::CodeBlockKind::Indented => String::new(),
        };
        let mut code = String::new();
        for (event, _) in events {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.prose.plain.push_str(&code);
        self.end_line();
        Block::Code(language.into(), code.into())
    }

    fn items(&mut self, events: Events<'_, '_>, ordered: bool) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks(events, Some(TagEnd::Item))),
                Event::End(TagEnd::List(end)) if end == ordered => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, alignments: &[cmark::Alignment], events: Events<'_, '_>) -> Block {
        self.tags.begin_table();
        let alignments = alignments.iter().map(|alignment| match alignment {
            cmark::Alignment::None => Alignment::None,
            cmark::Alignment::Left => Alignment::Start,
            cmark::Alignment::Center => Alignment::Center,
            cmark::Alignment::Right => Alignment::End,
        });
        let mut table = Table { alignments: alignments.collect(), head: Vec::new(), rows: Vec::new() };
        let mut row = Vec::new();
        let mut last_cell = 0;
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    last_cell = range.end;
                    row.push(self.closed_inlines(events, TagEnd::TableCell));
                    self.end_line();
                }
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => {
                    self.find_lost_cells(last_cell.max(range.start).min(range.end)..range.end);
                    table.rows.push(std::mem::take(&mut row));
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table(Box::new(table))
    }

    fn definition_list(&mut self, events: Events<'_, '_>) -> Block {
        let mut parts = Vec::new();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    self.place(&range);
                    parts.push(Definition::Term(self.closed_inlines(events, TagEnd::DefinitionListTitle)));
                    self.end_line();
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let end = Some(TagEnd::DefinitionListDefinition);
                    parts.push(Definition::Details(self.blocks(events, end)));
                }
                Event::End(TagEnd::DefinitionList) => break,
                _ => {}
            }
        }
        Block::Definitions(parts)
    }

    fn html(&mut self, range: &Range<usize>, events: Events<'_, '_>) -> Block {
        let mut html = String::new();
        for (event, _) in events {
            match event {
                Event::Html(text) | Event::Text(text) => html.push_str(&text),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        match self.recording(&html, range) {
            Some(recording) => recording,
            None => Block::Html(self.raw_html(&html, range)),
        }
    }

    /// Whether a byte of the body is code. Their ranges are in order once all are known.
    fn is_code(&self, at: usize) -> bool {
        let next = self.code.partition_point(|range| range.end <= at);
        self.code.get(next).is_some_and(|range| range.start <= at)
    }

    fn fault(&mut self, fault: Fault, range: &Range<usize>) {
        self.prose.faults.push((fault, Span::new(self.start + range.start, self.start + range.end)));
    }

    /// Records the first place of what is left out because of how deep it is.
    fn leave_out(&mut self, range: &Range<usize>) {
        let here = Span::new(self.start + range.start, self.start + range.end);
        let first = self.prose.too_deep.get_or_insert(here);
        if here.start < first.start {
            *first = here;
        }
    }

    /// Records where a block is in the input.
    fn place(&mut self, range: &Range<usize>) {
        self.prose.places.push(Span::new(self.start + range.start, self.start + range.end));
    }

    /// Ends a line of the plain text after a block.
    fn end_line(&mut self) {
        if !self.prose.plain.is_empty() && !self.prose.plain.ends_with('\n') {
            self.prose.plain.push('\n');
        }
    }
}

/// The block that `wrap` makes of inline content, or an embed if that is the only content.
fn block_of(inlines: Vec<Inline>, wrap: impl FnOnce(Vec<Inline>) -> Block) -> Block {
    match inlines.as_slice() {
        [Inline::Embed(index)] => Block::Embed(*index),
        _ => wrap(inlines),
    }
}

fn starts_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::DefinitionList
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_)
        ) | Event::Rule
    )
}

fn heading_level(level: u8) -> cmark::HeadingLevel {
    cmark::HeadingLevel::try_from(usize::from(level)).unwrap_or(cmark::HeadingLevel::H6)
}
