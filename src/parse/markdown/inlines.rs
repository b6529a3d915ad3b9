//! The content of a block: words, emphasis, links, and the plain text that they make.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Builder, Events};
use crate::base::character::allowed;
use crate::base::markup::escape;
use crate::base::shrink::shrunk;
use crate::base::span::Span;
use crate::config::RawHtml;
use crate::parse::prose::{Fault, Inline, Link, LinkUse, Segment, Words};
use crate::parse::raw_html::{self, Cleaned};

/// The longest drawing within a paragraph, in bytes. It keeps the time linear.
const LONGEST_DRAWING: usize = 16 << 10;

impl Builder<'_> {
    /// Reads inline content until `end`.
    pub(super) fn inlines<'a>(&mut self, events: Events<'_, 'a>, end: TagEnd) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = events.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline(event, range, events, &mut inlines);
        }
        shrunk(inlines)
    }

    /// Reads the inline content that starts with `event`, and appends it.
    pub(super) fn inline<'a>(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        events: Events<'_, 'a>,
        inlines: &mut Vec<Inline>,
    ) {
        let inline = match event {
            Event::Text(text) => return self.text(&text, &range, inlines),
            Event::Code(code) => {
                self.code.push(range.clone());
                Inline::Code(self.say_literally(&code, &range))
            }
            Event::InlineMath(math) if !math.contains(['\\', '^', '_', '=', '{']) => {
                // More likely two prices. As text, the dollar signs stay; a link would not be read as one there.
                self.unlinkable += 1;
                self.text(&format!("${math}$"), &range, inlines);
                self.unlinkable -= 1;
                return;
            }
            Event::InlineMath(math) => Inline::Math(self.say_literally(&math, &range), false),
            Event::DisplayMath(math) => Inline::Math(self.say_literally(&math, &range), true),
            // A description is words without markup.
            Event::InlineHtml(_) | Event::Html(_) if self.description.is_some() => {
                return self.fault(Fault::MarkupInDescription, &range);
            }
            Event::InlineHtml(html) if let Some(end) = self.end_of_drawing(range.start) => {
                // In one piece: the words in it are no words of the text.
                let mut drawing = html.into_string();
                let mut reach = range.end;
                for (event, part) in events {
                    match event {
                        Event::InlineHtml(html) => drawing.push_str(&html),
                        Event::Text(words) => escape(&words, &mut drawing),
                        _ => drawing.push(' '),
                    }
                    reach = part.end;
                    if reach >= end {
                        break;
                    }
                }
                Inline::Html(self.raw_html(&drawing, &(range.start..reach)))
            }
            Event::InlineHtml(html) | Event::Html(html) => Inline::Html(self.raw_html(&html, &range)),
            // The end of a line in the input means nothing to a reader.
            Event::SoftBreak => return self.words("\u{20}", &range, inlines),
            Event::HardBreak => {
                self.say("\u{20}", &range);
                Inline::HardBreak
            }
            Event::TaskListMarker(done) => Inline::Task(done),
            Event::FootnoteReference(label) => self.mention(&label),
            Event::Start(tag) => match self.container(tag, range, events) {
                Some(container) => container,
                // Its content is read without it.
                None => return,
            },
            Event::End(_) | Event::Rule => return,
        };
        inlines.push(inline);
    }

    /// Appends text, and the beginnings and ends of highlights in it.
    fn text(&mut self, text: &str, range: &Range<usize>, inlines: &mut Vec<Inline>) {
        if range.end <= self.title_start {
            return;
        }
        let is_unchanged = self.text.get(self.start + range.start..self.start + range.end) == Some(text);
        if !is_unchanged {
            // A reference such as `&#12;` may name a character that no output may hold.
            let text = allowed(self.quoted(text, range)).into_owned();
            return self.words(&text, range, inlines);
        }
        let mut at = range.start.max(self.title_start);
        let first = self.highlights.partition_point(|(mark, _)| *mark < at);
        let last = self.highlights.partition_point(|(mark, _)| *mark < range.end);
        for number in first..last {
            let (mark, begins) = self.highlights[number];
            self.words(&text[at - range.start..mark - range.start], &(at..mark), inlines);
            inlines.push(Inline::Highlight(begins));
            at = mark + "==".len();
        }
        let rest = &text[at - range.start..];
        self.words(rest, &(at..range.end), inlines);
    }

    /// Appends words. One run is easier for every consumer of the tree than many.
    fn words(&mut self, words: &str, range: &Range<usize>, inlines: &mut Vec<Inline>) {
        let more = self.say(words, range);
        match inlines.last_mut() {
            Some(Inline::Text(text)) if text.end == more.start => text.end = more.end,
            _ if more.is_empty() => {}
            _ => inlines.push(Inline::Text(more)),
        }
    }

    /// The end of the `<svg>` that starts here within a line, if only words and tags are in it.
    fn end_of_drawing(&mut self, start: usize) -> Option<usize> {
        let rest = &self.text[self.start + start..];
        let is_svg = rest.get(..4).is_some_and(|tag| tag.eq_ignore_ascii_case("<svg"))
            && rest[4..].starts_with([' ', '\t', '\n', '>']);
        if !is_svg || start < self.no_drawing_before {
            return None;
        }
        let rest = &rest[..rest.floor_char_boundary(LONGEST_DRAWING)];
        let end = rest.find("</svg>").map(|at| at + "</svg>".len());
        let mut is_tag = false;
        let markup = rest[..end.unwrap_or(rest.len())].find(|c| {
            is_tag = (is_tag || c == '<') && c != '>';
            c == '\n' || (!is_tag && matches!(c, '*' | '_' | '~' | '`' | '[' | ']' | '$' | '|' | '\\'))
        });
        match (end, markup) {
            (Some(end), None) => Some(start + end),
            // Nor does one that starts before that.
            (_, reach) => {
                self.no_drawing_before = start + reach.unwrap_or(rest.len());
                None
            }
        }
    }

    /// Reads a piece of raw HTML.
    pub(super) fn raw_html(&mut self, html: &str, range: &Range<usize>) -> Box<str> {
        let span = Span::new(self.start + range.start, self.start + range.end);
        self.prose.html.push(span);
        let (html, is_bounded) = match self.html {
            RawHtml::Sanitize => {
                let Cleaned { html, removed, is_bounded } = self.tags.clean(html);
                self.prose.removed.extend(removed.into_iter().map(|what| (what.into(), span)));
                (html, is_bounded)
            }
            RawHtml::Allow => {
                let bounded = self.nesting.bounded(html);
                let is_bounded = bounded.len() < html.len();
                (bounded, is_bounded)
            }
        };
        if is_bounded {
            self.leave_out(range);
        }
        let addresses = raw_html::addresses(&html, self.html == RawHtml::Sanitize).into_iter();
        self.prose.html_addresses.extend(addresses.map(|address| (address, span)));
        self.html_ids.extend(raw_html::ids(&html).into_iter().map(|id| (id, span)));
        html.into()
    }

    /// Reads the inline content of a block until `end`, and ends the elements of HTML that are open there.
    pub(super) fn closed_inlines(&mut self, events: Events<'_, '_>, end: TagEnd) -> Vec<Inline> {
        let outer = self.tags.enter();
        let mut inlines = self.inlines(events, end);
        self.end_elements(outer, &mut inlines, Inline::Html);
        inlines
    }

    /// Ends the elements of HTML that are open in a block.
    pub(super) fn end_elements<T>(
        &mut self,
        outer: usize,
        content: &mut Vec<T>,
        html: impl FnOnce(Box<str>) -> T,
    ) {
        let ends = self.tags.leave(outer);
        if !ends.is_empty() {
            content.push(html(ends.into()));
        }
    }

    pub(super) fn container<'a>(
        &mut self,
        tag: Tag<'a>,
        range: Range<usize>,
        events: Events<'_, 'a>,
    ) -> Option<Inline> {
        Some(match tag {
            Tag::Emphasis => Inline::Emphasis(self.inlines(events, TagEnd::Emphasis)),
            Tag::Strong => Inline::Strong(self.inlines(events, TagEnd::Strong)),
            Tag::Strikethrough => Inline::Strike(self.inlines(events, TagEnd::Strikethrough)),
            Tag::Link { link_type, dest_url, title, id } => {
                if self.description.is_some() {
                    self.fault(Fault::MarkupInDescription, &range);
                }
                let link = self.link(LinkUse::Link, link_type, &allowed(&dest_url), &id, &range);
                self.words_of_link(link, &title, events, TagEnd::Link)
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let wiki = matches!(link_type, LinkType::WikiLink { .. });
                // The parser drops links at the start of a name.
                let name = &self.text[self.start..][range.clone()];
                if wiki && let Some(at) = name.find(&*dest_url).filter(|at| name[..*at].contains("](")) {
                    self.fault(Fault::LinkInEmbed, &(range.start..range.start + at));
                }
                // `[![[map.png|A map]](address)`: to the parser, the name is a part of a description. As the words of
                // a link, it is on the page.
                if !wiki
                    && name.starts_with("![[")
                    && let Some(end) = name.find("]]")
                {
                    self.fault(Fault::EmbedInLink, &(range.start..range.start + end + 2));
                    let link = self.link(LinkUse::Link, link_type, &allowed(&dest_url), &id, &range);
                    return Some(self.words_of_link(link, &title, events, TagEnd::Image));
                }
                if self.description.is_some() && !title.is_empty() {
                    self.fault(Fault::MarkupInDescription, &range);
                }
                let usage = if wiki { LinkUse::Embed } else { LinkUse::Image };
                let mut link = self.link(usage, link_type, &allowed(&dest_url), &id, &range);
                link.title = allowed(&title).into_owned();
                let index = self.prose.links.len();
                self.prose.links.push(link);
                let outer = self.description.replace(String::new());
                let before = self.prose.faults.len();
                self.inlines(events, TagEnd::Image);
                self.keep_first_in_description(before);
                let description = self.description.take().unwrap_or_default();
                self.description = outer.map(|outer| outer + &description);
                self.prose.links[index].describe(description);
                match wiki {
                    true => Inline::Embed(index as u32),
                    false => Inline::Image(index as u32),
                }
            }
            // The content of other containers is read without the container.
            _ => return None,
        })
    }

    /// Reads the words of a link until `end`.
    fn words_of_link(&mut self, mut link: Link, title: &str, events: Events<'_, '_>, end: TagEnd) -> Inline {
        link.has_words &= self.description.is_none();
        link.title = allowed(title).into_owned();
        let index = self.prose.links.len();
        self.prose.links.push(link);
        self.unlinkable += 1;
        let inlines = self.inlines(events, end);
        self.unlinkable -= 1;
        self.prose.links[index].words.end = self.prose.plain.len() as u32;
        Inline::Link(index as u32, inlines)
    }

    /// Of the findings of a description, from this one on, keeps the first on its markup: one says it for all.
    fn keep_first_in_description(&mut self, from: usize) {
        let mut is_first = true;
        let found = self.prose.faults.split_off(from);
        let kept = found
            .into_iter()
            .filter(|(fault, _)| *fault != Fault::MarkupInDescription || std::mem::take(&mut is_first));
        self.prose.faults.extend(kept);
    }

    /// Replaces the parser's English quotation marks by those of the language, or by what was written.
    fn quoted<'a>(&self, text: &'a str, range: &Range<usize>) -> &'a str
    where
        Self: 'a,
    {
        let written = self.text.get(self.start + range.start..self.start + range.end);
        let Some(written @ ("\"" | "'")) = written else { return text };
        let found = self.quotes.binary_search_by_key(&range.start, |(at, _)| *at);
        found.map_or(written, |number| self.quotes[number].1)
    }

    /// Appends words to the plain text that must not become links.
    fn say_literally(&mut self, words: &str, range: &Range<usize>) -> Words {
        self.unlinkable += 1;
        let words = self.say(words, range);
        self.unlinkable -= 1;
        words
    }

    /// Appends words to the plain text, and records their source if they are written there unchanged.
    fn say(&mut self, words: &str, range: &Range<usize>) -> Words {
        let plain = self.prose.plain.len() as u32;
        if let Some(description) = &mut self.description {
            description.push_str(words);
            return plain..plain;
        }
        let outer = Span::new(self.start + range.start, self.start + range.end);
        let slice = &self.text[outer.range()];
        // Code is between its backticks.
        let offset = if slice == words { Some(0) } else { slice.find(words) };
        if let Some(offset) = offset {
            let source = Span::new(0, words.len()).shifted(outer.start as usize + offset);
            self.prose.segments.push(Segment { plain, source, linkable: self.unlinkable == 0 });
        }
        self.prose.plain.push_str(words);
        plain..self.prose.plain.len() as u32
    }
}
