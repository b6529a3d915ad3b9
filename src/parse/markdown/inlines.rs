//! What stands within a block: words, emphasis, links, and the plain text that they make.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Builder, Events};
use crate::base::span::Span;
use crate::parse::prose::{Inline, LinkUse, Segment};

impl Builder<'_> {
    /// Reads runs until `end`.
    pub(super) fn inlines<'a>(&mut self, events: Events<'_, 'a>, end: TagEnd) -> Vec<Inline> {
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

    pub(super) fn inline<'a>(
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
                self.unlinkable += 1;
                self.say(&math, &range);
                self.unlinkable -= 1;
                Inline::Math(math.into_string(), false)
            }
            Event::DisplayMath(math) => {
                self.unlinkable += 1;
                self.say(&math, &range);
                self.unlinkable -= 1;
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

    /// A mention of a footnote. Numbers are given in the order of mentions.
    pub(super) fn mention(&mut self, label: &str) -> Inline {
        let next = self.mentions.len() as u32;
        let number = *self.footnotes.entry(label.to_owned()).or_default().0.get_or_insert(next);
        let count = self.mentions.entry(number).or_insert(0);
        *count += 1;
        Inline::Footnote(number, *count)
    }

    /// Straight quotation marks that the parser has curled become those of the language.
    pub(super) fn quoted(&self, text: &str, range: &Range<usize>) -> String {
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
    pub(super) fn say(&mut self, words: &str, range: &Range<usize>) {
        if self.describing > 0 {
            return;
        }
        let outer = Span::new(self.start + range.start, self.start + range.end);
        let slice = &self.text[outer.range()];
        // Code stands between its backticks.
        let offset = if slice == words { Some(0) } else { slice.find(words) };
        if let Some(offset) = offset {
            let source = Span::new(0, words.len()).shifted(outer.start as usize + offset);
            let plain = self.prose.plain.len() as u32;
            self.prose.segments.push(Segment { plain, source, linkable: self.unlinkable == 0 });
        }
        self.prose.plain.push_str(words);
    }
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
