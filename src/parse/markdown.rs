//! Markdown → [`Prose`], from the events of pulldown-cmark.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark as cmark;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::prose::{
    Alignment, Block, Definition, Heading, Inline, Link, LinkStyle, LinkUse, Prose, Segment, Table,
};
use super::sentence;
use crate::base::id::{Lang, slug};
use crate::base::span::Span;
use crate::base::typography::quotes;

/// Containers nested deeper than this are read as if they were not there.
const MOST_DEPTH: usize = 48;

/// Reads the body of `text`, which starts at `start`.
pub fn parse(text: &str, start: usize, lang: &Lang) -> Prose {
    let body = &text[start..];
    let parser = cmark::Parser::new_ext(body, options(body));
    let definitions = definitions(&parser);
    let mut builder = Builder {
        text,
        start,
        quotes: quotes(lang),
        definitions,
        prose: Prose::default(),
        footnotes: BTreeMap::new(),
        mentions: BTreeMap::new(),
        slugs: BTreeMap::new(),
        describing: 0,
        unlinkable: 0,
    };
    let mut events = Shallow { events: parser.into_offset_iter(), kept: Vec::new() };
    builder.prose.blocks = builder.blocks(&mut events, None);
    builder.finish_footnotes();
    builder.find_sentences();
    builder.prose
}

fn options(body: &str) -> cmark::Options {
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
    // Dollar signs are prices more often than formulas: they are read as math only where a body has
    // something that no price has.
    if body.contains("$$") || body.contains("$\\") {
        options |= Options::ENABLE_MATH;
    }
    options
}

/// The spans of `[label]: address` lines, by label.
fn definitions(parser: &cmark::Parser<'_>) -> BTreeMap<String, Range<usize>> {
    parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
        .collect()
}

/// Events without the containers that are nested too deep, so that recursion stays shallow.
struct Shallow<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> {
    events: I,
    /// For each open container, whether it was let through.
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
    slugs: BTreeMap<String, u32>,
    /// Above zero within the description of a picture, which is not part of the plain text.
    describing: u32,
    /// Above zero where words must not become links.
    unlinkable: u32,
}

type Events<'e, 'a> = &'e mut dyn Iterator<Item = (Event<'a>, Range<usize>)>;

impl Builder<'_> {
    /// Reads blocks until `end`, or to the end of the body.
    fn blocks<'a>(&mut self, events: Events<'_, 'a>, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Tight lists hold words without a paragraph around them.
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
        blocks
    }

    fn flush(&mut self, loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        if !loose.is_empty() {
            self.end_line();
            blocks.push(block_of(std::mem::take(loose), Block::Plain));
        }
    }

    /// Reads the block that `event` starts; a run that stands outside of one goes to `loose`.
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
                Tag::HtmlBlock => self.html(events),
                Tag::FootnoteDefinition(label) => {
                    // Its words come after the body's, where a reader finds them.
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

    /// The fragment, numbered where it is taken, as GitHub does it.
    fn unique(&mut self, wanted: String) -> String {
        let mut candidate = wanted.clone();
        let count = self.slugs.entry(wanted.clone()).or_insert(0);
        let mut number = *count;
        *count += 1;
        while number > 0 {
            candidate = format!("{wanted}-{number}");
            if !self.slugs.contains_key(&candidate) {
                self.slugs.insert(candidate.clone(), 1);
                break;
            }
            number += 1;
        }
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
        Block::Code(language, code)
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
        Block::Table(table)
    }

    fn definition_list(&mut self, events: Events<'_, '_>) -> Block {
        let mut parts = Vec::new();
        while let Some((event, _)) = events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
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

    fn html(&mut self, events: Events<'_, '_>) -> Block {
        let mut html = String::new();
        for (event, _) in events {
            match event {
                Event::Html(text) | Event::Text(text) => html.push_str(&text),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        self.prose.has_html = true;
        Block::Html(html)
    }

    /// Reads runs until `end`.
    fn inlines<'a>(&mut self, events: Events<'_, 'a>, end: TagEnd) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = events.next() {
            if event == Event::End(end) {
                break;
            }
            match self.inline(event, range, events) {
                // Smart punctuation splits text; one run is easier on everyone who reads the tree.
                Some(Inline::Text(more)) if matches!(inlines.last(), Some(Inline::Text(_))) => {
                    if let Some(Inline::Text(text)) = inlines.last_mut() {
                        text.push_str(&more);
                    }
                }
                inline => inlines.extend(inline),
            }
        }
        inlines
    }

    fn inline<'a>(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        events: Events<'_, 'a>,
    ) -> Option<Inline> {
        Some(match event {
            Event::Text(text) => {
                let text = self.quoted(&text, &range);
                self.say(&text, &range);
                Inline::Text(text)
            }
            Event::Code(code) => {
                self.unlinkable += 1;
                self.say(&code, &range);
                self.unlinkable -= 1;
                Inline::Code(code.into_string())
            }
            Event::InlineMath(math) => {
                self.say(&math, &range);
                Inline::Math(math.into_string(), false)
            }
            Event::DisplayMath(math) => {
                self.say(&math, &range);
                Inline::Math(math.into_string(), true)
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                self.prose.has_html = true;
                Inline::Html(html.into_string())
            }
            Event::SoftBreak => {
                self.say("\u{20}", &range);
                Inline::SoftBreak
            }
            Event::HardBreak => {
                self.say("\u{20}", &range);
                Inline::HardBreak
            }
            Event::TaskListMarker(done) => Inline::Task(done),
            Event::FootnoteReference(label) => self.mention(&label),
            Event::Start(tag) => return self.container(tag, range, events),
            Event::End(_) | Event::Rule => return None,
        })
    }

    fn container<'a>(&mut self, tag: Tag<'a>, range: Range<usize>, events: Events<'_, 'a>) -> Option<Inline> {
        Some(match tag {
            Tag::Emphasis => Inline::Emphasis(self.inlines(events, TagEnd::Emphasis)),
            Tag::Strong => Inline::Strong(self.inlines(events, TagEnd::Strong)),
            Tag::Strikethrough => Inline::Strike(self.inlines(events, TagEnd::Strikethrough)),
            Tag::Link { link_type, dest_url, id, .. } => {
                let link = self.link(LinkUse::Link, link_type, &dest_url, &id, &range);
                let index = self.prose.links.len();
                self.prose.links.push(link);
                self.unlinkable += 1;
                let inlines = self.inlines(events, TagEnd::Link);
                self.unlinkable -= 1;
                self.prose.links[index].words.end = self.prose.plain.len() as u32;
                Inline::Link(index as u32, inlines)
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                let usage = if wiki { LinkUse::Embed } else { LinkUse::Image };
                let link = self.link(usage, link_type, &dest_url, &id, &range);
                let index = self.prose.links.len() as u32;
                self.prose.links.push(link);
                self.describing += 1;
                let description = self.inlines(events, TagEnd::Image);
                self.describing -= 1;
                let description = plain(&description);
                self.prose.links[index as usize].description = description.clone();
                match wiki {
                    true => Inline::Embed(index),
                    false => Inline::Image(index, description, title.into_string()),
                }
            }
            // What else may hold runs is read as the runs alone.
            _ => return None,
        })
    }

    fn link(&self, usage: LinkUse, kind: LinkType, target: &str, label: &str, range: &Range<usize>) -> Link {
        let span = Span::new(self.start + range.start, self.start + range.end);
        let (style, has_words) = match kind {
            LinkType::WikiLink { has_pothole } => (LinkStyle::Wiki, has_pothole),
            LinkType::Autolink | LinkType::Email => (LinkStyle::Auto, false),
            _ => (LinkStyle::Markdown, true),
        };
        // A `|` is escaped within a table.
        let target = if style == LinkStyle::Wiki { target.trim_end_matches('\\').trim() } else { target };
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        let at = self.prose.plain.len() as u32;
        let target_span = self.target_span(kind, &target, label, span);
        let description = String::new();
        Link {
            style,
            usage,
            target,
            has_words,
            description,
            span,
            target_span,
            words: at..at,
            sentence: at..at,
        }
    }

    /// Where the address of a link is written.
    fn target_span(&self, kind: LinkType, target: &str, label: &str, span: Span) -> Option<Span> {
        let within = match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = self.definitions.get(&label.to_lowercase())?;
                Span::new(self.start + definition.start, self.start + definition.end)
            }
            _ => span,
        };
        let slice = self.text.get(within.range())?;
        let before = match kind {
            LinkType::WikiLink { .. } => slice.find("[[")? + 2,
            LinkType::Inline => slice
                .rmatch_indices("](")
                .map(|(at, _)| at + 2)
                .find(|&at| slice[at..].trim_start().trim_start_matches('<').starts_with(target))?,
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => slice.find("]:")? + 2,
            _ => 0,
        };
        let start = within.start as usize + before + slice[before..].find(target)?;
        Some(Span::new(start, start + target.len()))
    }

    /// A mention of a footnote. Numbers are given in the order of mentions.
    fn mention(&mut self, label: &str) -> Inline {
        let next = self.mentions.len() as u32;
        let number = *self.footnotes.entry(label.to_owned()).or_default().0.get_or_insert(next);
        let count = self.mentions.entry(number).or_insert(0);
        *count += 1;
        Inline::Footnote(number, *count)
    }

    /// Puts the footnotes into their order. Those that nothing mentions are left out.
    fn finish_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes).into_values();
        let mut numbered: Vec<(u32, Vec<Block>)> =
            footnotes.filter_map(|(number, blocks)| Some((number?, blocks))).collect();
        numbered.sort_by_key(|(number, _)| *number);
        self.prose.footnotes = numbered.into_iter().map(|(_, blocks)| blocks).collect();
    }

    /// Straight quotation marks that the parser has curled become those of the language.
    fn quoted(&self, text: &str, range: &Range<usize>) -> String {
        let written = self.text.get(self.start + range.start..self.start + range.end);
        let mark = match (written, text) {
            (Some("\""), "“") => self.quotes[0],
            (Some("\""), "”") => self.quotes[1],
            (Some("'"), "‘") => self.quotes[2],
            // A single closing mark is an apostrophe more often than not.
            _ => text,
        };
        mark.to_owned()
    }

    /// Adds to the plain text, and remembers where it stands if it stands there as it is.
    fn say(&mut self, words: &str, range: &Range<usize>) {
        if self.describing > 0 {
            return;
        }
        let outer = Span::new(self.start + range.start, self.start + range.end);
        let slice = &self.text[outer.range()];
        // Code stands between its backticks.
        if let Some(offset) = slice.find(words) {
            let source = Span::new(0, words.len()).shifted(outer.start as usize + offset);
            let plain = self.prose.plain.len() as u32;
            self.prose.segments.push(Segment { plain, source, linkable: self.unlinkable == 0 });
        }
        self.prose.plain.push_str(words);
    }

    /// A block ends a line of the plain text.
    fn end_line(&mut self) {
        if !self.prose.plain.is_empty() && !self.prose.plain.ends_with('\n') {
            self.prose.plain.push('\n');
        }
    }

    fn find_sentences(&mut self) {
        let plain = &self.prose.plain;
        for link in &mut self.prose.links {
            let words = link.words.start as usize..link.words.end as usize;
            let from = plain[..words.start].rfind('\n').map_or(0, |at| at + 1);
            let to = plain[words.end..].find('\n').map_or(plain.len(), |at| words.end + at);
            let found = match words.end >= from && words.end <= to {
                true => sentence::around(&plain[from..to], words.start - from..words.end - from),
                false => 0..to - from,
            };
            link.sentence = (from + found.start) as u32..(from + found.end) as u32;
        }
    }
}

/// What `wrap` makes of some runs, or the embed that is all they hold.
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

/// The words of some runs.
pub fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Math(text, _) => words.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => {
                words.push_str(&plain(inner));
            }
            Inline::SoftBreak | Inline::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
