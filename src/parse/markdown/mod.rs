//! Markdown → [`Prose`], from the events of pulldown-cmark.

mod inlines;
mod links;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::prose::{Alignment, Block, Definition, Heading, Inline, Prose, Table, count_words};
use super::raw_html;
use crate::base::id::{Lang, slug};
use crate::base::nesting::Nesting;
use crate::base::shrink::shrunk;
use crate::base::span::Span;
use crate::base::typography::quotes;

/// Containers nested deeper than this are ignored, and their content is read.
const MOST_DEPTH: usize = 48;

/// Parses the body of `text`, which starts at `start`.
pub fn parse(text: &str, start: usize, lang: &Lang) -> Prose {
    let body = &text[start..];
    let parser = cmark::Parser::new_ext(body, options(body));
    let definitions = links::definitions(&parser);
    let mut builder = Builder {
        text,
        start,
        quotes: quotes(lang),
        definitions,
        // The text is usually shorter than its markup.
        prose: Prose { plain: String::with_capacity(body.len()), ..Prose::default() },
        footnotes: BTreeMap::new(),
        mentions: BTreeMap::new(),
        slugs: BTreeMap::new(),
        description: None,
        nesting: Nesting::default(),
        unlinkable: 0,
    };
    let mut events = Shallow { events: parser.into_offset_iter(), kept: Vec::new() };
    builder.prose.blocks = builder.blocks(&mut events, None);
    builder.finish_footnotes();
    builder.find_sentences();
    let prose = builder.prose;
    let mut headings_by_id: Vec<u32> = (0..prose.headings.len() as u32).collect();
    headings_by_id.sort_by_key(|index| prose.headings[*index as usize].id.as_str());
    Prose {
        headings_by_id,
        links: shrunk(prose.links),
        headings: shrunk(prose.headings),
        words: count_words(&prose.plain),
        plain: prose.plain.as_str().to_owned(),
        segments: shrunk(prose.segments),
        places: shrunk(prose.places),
        html: shrunk(prose.html),
        html_addresses: shrunk(prose.html_addresses),
        ..prose
    }
}

pub(super) fn options(body: &str) -> cmark::Options {
    use cmark::Options;
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    // Dollar signs are more often prices than formulas, so math is read only if a body contains something
    // that no price has.
    if body.contains("$$") || body.contains("$\\") {
        options |= Options::ENABLE_MATH;
    }
    options
}

/// Events without containers that are nested too deep, which limits recursion.
struct Shallow<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> {
    events: I,
    /// For each open container, whether it was passed on.
    kept: Vec<bool>,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Shallow<'a, I> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        loop {
            let (event, range) = self.events.next()?;
            match &event {
                Event::Start(_) => {
                    let keep = self.kept.len() < MOST_DEPTH;
                    self.kept.push(keep);
                    if !keep {
                        continue;
                    }
                }
                Event::End(_) if !self.kept.pop().unwrap_or(true) => continue,
                _ => {}
            }
            return Some((event, range));
        }
    }
}

struct Builder<'t> {
    text: &'t str,
    start: usize,
    quotes: [&'static str; 4],
    definitions: BTreeMap<String, Range<usize>>,
    prose: Prose,
    /// Footnotes by label: their number, once mentioned, and their blocks, once read.
    footnotes: BTreeMap<String, (Option<u32>, Vec<Block>)>,
    mentions: BTreeMap<u32, u32>,
    /// For each fragment, the number with which to look for the next one that is free.
    slugs: BTreeMap<String, u32>,
    /// Within a picture: its description so far, which is not part of the plain text.
    description: Option<String>,
    /// Of the author's HTML in the whole body.
    nesting: Nesting,
    /// Above zero while words must not become links.
    unlinkable: u32,
}

type Events<'e, 'a> = &'e mut dyn Iterator<Item = (Event<'a>, Range<usize>)>;

impl Builder<'_> {
    /// Parses blocks until `end`, or to the end of the body.
    fn blocks<'a>(&mut self, events: Events<'_, 'a>, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Tight lists contain words without a paragraph.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some((event, range)) = events.next() {
            if matches!(&event, Event::End(tag) if Some(*tag) == end) {
                break;
            }
            match self.block(event, range, events, &mut loose) {
                Some(block) => {
                    self.flush(&mut loose, &mut blocks);
                    blocks.push(block);
                }
                None => continue,
            }
        }
        self.flush(&mut loose, &mut blocks);
        shrunk(blocks)
    }

    fn flush(&mut self, loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        if !loose.is_empty() {
            self.end_line();
            blocks.push(block_of(std::mem::take(loose), Block::Plain));
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
        let starts_block = matches!(
            &event,
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
        );
        if starts_block && !loose.is_empty() {
            // The words before a nested list are a line of their own in the plain text.
            self.end_line();
        }
        let holds_blocks = matches!(
            &event,
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList | Tag::FootnoteDefinition(_)
            )
        );
        // For words without a paragraph, the place of the first run represents all.
        if !holds_blocks && (starts_block || loose.is_empty()) {
            self.place(&range);
        }
        Some(match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => {
                    let inlines = self.inlines(events, TagEnd::Paragraph);
                    self.end_line();
                    block_of(inlines, Block::Paragraph)
                }
                Tag::Heading { level, id, .. } => self.heading(level, id.as_deref(), events),
                Tag::BlockQuote(kind) => {
                    Block::Quote(kind.map(alert), self.blocks(events, Some(TagEnd::BlockQuote(kind))))
                }
                Tag::CodeBlock(kind) => self.code(&kind, events),
                Tag::List(first) => Block::List(first, self.items(events, first.is_some())),
                Tag::Table(alignments) => self.table(&alignments, events),
                Tag::DefinitionList => self.definition_list(events),
                Tag::HtmlBlock => self.html(&range, events),
                Tag::FootnoteDefinition(label) => {
                    // Its words follow the body's in the plain text, as they do for a reader.
                    let blocks = self.blocks(events, Some(TagEnd::FootnoteDefinition));
                    self.footnotes.entry(label.to_string()).or_default().1 = blocks;
                    return None;
                }
                tag => {
                    loose.extend(self.inline(Event::Start(tag), range, events));
                    return None;
                }
            },
            Event::Rule => Block::Rule,
            event => {
                loose.extend(self.inline(event, range, events));
                return None;
            }
        })
    }

    fn heading(&mut self, level: cmark::HeadingLevel, id: Option<&str>, events: Events<'_, '_>) -> Block {
        let from = self.prose.plain.len();
        let index = self.prose.headings.len() as u32;
        let level = level as u8;
        self.prose.headings.push(Heading { level, id: String::new(), text: String::new() });
        self.unlinkable += 1;
        let inlines = self.inlines(events, TagEnd::Heading(heading_level(level)));
        self.unlinkable -= 1;
        let text = self.prose.plain[from..].trim().to_owned();
        let wanted = id.map_or_else(|| slug(&text), str::to_owned);
        let id = self.unique(if wanted.is_empty() { "section".to_owned() } else { wanted });
        self.prose.headings[index as usize] = Heading { level, id, text };
        self.end_line();
        Block::Heading(index, inlines)
    }

    /// The fragment, with a number appended if it is taken, as on GitHub.
    fn unique(&mut self, wanted: String) -> String {
        let Some(mut number) = self.slugs.get(&wanted).copied() else {
            self.slugs.insert(wanted.clone(), 1);
            return wanted;
        };
        let mut candidate = format!("{wanted}-{number}");
        while self.slugs.contains_key(&candidate) {
            number += 1;
            candidate = format!("{wanted}-{number}");
        }
        self.slugs.insert(candidate.clone(), 1);
        self.slugs.insert(wanted, number + 1);
        candidate
    }

    fn code(&mut self, kind: &cmark::CodeBlockKind<'_>, events: Events<'_, '_>) -> Block {
        let language = match kind {
            cmark::CodeBlockKind::Fenced(info) => {
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
        let alignments = alignments.iter().map(|alignment| match alignment {
            cmark::Alignment::None => Alignment::None,
            cmark::Alignment::Left => Alignment::Start,
            cmark::Alignment::Center => Alignment::Center,
            cmark::Alignment::Right => Alignment::End,
        });
        let mut table = Table { alignments: alignments.collect(), head: Vec::new(), rows: Vec::new() };
        let mut row = Vec::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    row.push(self.inlines(events, TagEnd::TableCell));
                    self.end_line();
                }
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
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
                    parts.push(Definition::Term(self.inlines(events, TagEnd::DefinitionListTitle)));
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
        self.prose.html.push(Span::new(self.start + range.start, self.start + range.end));
        let html = self.nesting.bounded(&html);
        self.prose.html_addresses.extend(raw_html::addresses(&html));
        Block::Html(html.into())
    }

    /// Sorts the footnotes by first mention, and removes those that nothing mentions.
    fn finish_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes).into_values();
        let mut numbered: Vec<(u32, Vec<Block>)> =
            footnotes.filter_map(|(number, blocks)| Some((number?, blocks))).collect();
        numbered.sort_by_key(|(number, _)| *number);
        self.prose.footnotes = numbered.into_iter().map(|(_, blocks)| blocks).collect();
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

fn alert(kind: cmark::BlockQuoteKind) -> &'static str {
    match kind {
        cmark::BlockQuoteKind::Note => "note",
        cmark::BlockQuoteKind::Tip => "tip",
        cmark::BlockQuoteKind::Important => "important",
        cmark::BlockQuoteKind::Warning => "warning",
        cmark::BlockQuoteKind::Caution => "caution",
    }
}

fn heading_level(level: u8) -> cmark::HeadingLevel {
    cmark::HeadingLevel::try_from(usize::from(level)).unwrap_or(cmark::HeadingLevel::H6)
}
