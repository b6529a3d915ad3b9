//! The content of a block: words, emphasis, links, and the plain text that they make.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Builder, Events};
use crate::base::character::allowed;
use crate::base::shrink::shrunk;
use crate::base::span::Span;
use crate::parse::prose::{Inline, LinkUse, Segment, Words};

impl Builder<'_> {
    /// Reads inline content until `end`.
    pub(super) fn inlines<'a>(&mut self, events: Events<'_, 'a>, end: TagEnd) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = events.next() {
            if event == Event::End(end) {
                break;
            }
            match (self.inline(event, range, events), inlines.last_mut()) {
                // Smart punctuation splits text; one run is easier for every consumer of the tree.
                (Some(Inline::Text(more)), Some(Inline::Text(text))) if text.end == more.start => {
                    text.end = more.end;
                }
                (inline, _) => inlines.extend(inline),
            }
        }
        shrunk(inlines)
    }

    pub(super) fn inline<'a>(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        events: Events<'_, 'a>,
    ) -> Option<Inline> {
        Some(match event {
            Event::Text(text) => {
                // A reference such as `&#12;` may name a character that no output may hold.
                let text = allowed(self.quoted(&text, &range)).into_owned();
                Inline::Text(self.say(&text, &range))
            }
            Event::Code(code) => Inline::Code(self.say_literally(&code, &range)),
            Event::InlineMath(math) => Inline::Math(self.say_literally(&math, &range), false),
            Event::DisplayMath(math) => Inline::Math(self.say_literally(&math, &range), true),
            Event::InlineHtml(html) | Event::Html(html) => Inline::Html(self.raw_html(&html, &range)),
            // The end of a line in the input means nothing to a reader.
            Event::SoftBreak => Inline::Text(self.say("\u{20}", &range)),
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
                let outer = self.description.replace(String::new());
                self.inlines(events, TagEnd::Image);
                let description = std::mem::replace(&mut self.description, outer);
                self.prose.links[index as usize].description = description.unwrap_or_default();
                match wiki {
                    true => Inline::Embed(index),
                    false => Inline::Image(index, allowed(&title).into()),
                }
            }
            // The content of other containers is read without the container.
            _ => return None,
        })
    }

    /// A footnote reference. Numbers are assigned in the order of first mention.
    pub(super) fn mention(&mut self, label: &str) -> Inline {
        let next = self.mentions.len() as u32;
        let number = *self.footnotes.entry(label.to_owned()).or_default().0.get_or_insert(next);
        let count = self.mentions.entry(number).or_insert(0);
        *count += 1;
        Inline::Footnote(number, *count)
    }

    /// Replaces the parser's English quotation marks by those of the language.
    fn quoted<'a>(&self, text: &'a str, range: &Range<usize>) -> &'a str {
        if range.len() != 1 {
            return text;
        }
        let written = self.text.get(self.start + range.start..self.start + range.end);
        match (written, text) {
            (Some("\""), "“") => self.quotes[0],
            (Some("\""), "”") => self.quotes[1],
            (Some("'"), "‘") => self.quotes[2],
            // A single closing mark is most often an apostrophe.
            _ => text,
        }
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
