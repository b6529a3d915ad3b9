//! Pictures, recordings, documents and previews of entities within a text.

use super::super::embedded::{self, Embedded, Place};
use super::{BodyWriter, titled};
use crate::base::markup::{escape, escaped};
use crate::link::PRINTED;
use crate::shown::Href;

/// The most previews on one page; further embeds are links. Each preview is drawn from a template.
const MOST_EMBEDS: usize = 1_000;

impl BodyWriter<'_> {
    pub(super) fn image(&mut self, index: u32, alt: &str, title: &str) {
        let body = self.body;
        let (source, size) = match &body.links[index as usize] {
            Href::Asset(path, size) => (format!("{}{path}", self.root), *size),
            // A page loads nothing from another host, so it links to the picture.
            Href::External(address, archived) if !self.is_in_link => {
                self.external(address, archived.as_ref(), &titled(title));
                let words = if alt.is_empty() { address } else { alt };
                return self.closed(|writer| escape(words, &mut writer.html), "</a>");
            }
            Href::Media(media) if !self.is_in_link => {
                return self.html.push_str(&embedded::link(
                    self.root,
                    media,
                    self.words.comma(),
                    &titled(title),
                ));
            }
            // A link without words leads nobody anywhere.
            Href::External(address, _) if alt.is_empty() => return escape(address, &mut self.html),
            _ if title.is_empty() => return escape(alt, &mut self.html),
            _ => {
                let (title, alt) = (titled(title), escaped(alt));
                return self.push(format_args!("<span{title}>{alt}</span>"));
            }
        };
        let (source, alt) = (escaped(&source), escaped(alt));
        self.push(format_args!("<img src=\"{source}\" alt=\"{alt}\""));
        match (body.prose().links[index as usize].width, size) {
            (None, None) => {}
            (None, Some((width, height))) => {
                self.push(format_args!(" width=\"{width}\" height=\"{height}\""));
            }
            (Some((width, None)), None) => self.push(format_args!(" width=\"{width}\"")),
            (Some((width, None)), Some((wide, high))) => {
                let height = (width as usize * high / wide.max(1)).max(1);
                self.push(format_args!(" width=\"{width}\" height=\"{height}\""));
            }
            (Some((width, Some(height))), _) => {
                self.push(format_args!(" width=\"{width}\" height=\"{height}\""));
            }
        }
        self.html.push_str(&titled(title));
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Writes what a component draws, on its own line.
    pub(super) fn drawn(&mut self, embedded: Embedded<'_>) {
        match (self.embed)(embedded) {
            Ok(html) => self.html.push_str(html.trim()),
            Err(error) => self.error = Some(error),
        }
    }

    /// Writes a picture in its own paragraph. Its title is the caption.
    pub(super) fn figure(&mut self, index: u32, alt: &str, caption: &str) {
        let body = self.body;
        if let Href::Media(media) = &body.links[index as usize] {
            return self.drawn(Embedded::Media(media, caption));
        }
        self.html.push_str("<figure>");
        self.image(index, alt, "");
        if !caption.is_empty() {
            let caption = escaped(caption);
            self.push(format_args!("<figcaption>{caption}</figcaption>"));
        }
        self.html.push_str("</figure>");
    }

    /// Writes `![[…]]` on its own line: a preview, or a picture.
    pub(super) fn embedded(&mut self, index: u32) {
        let body = self.body;
        self.embeds += 1;
        match &body.links[index as usize] {
            Href::Entity(..) if self.embeds > MOST_EMBEDS => {
                self.html.push_str("<p>");
                self.embedded_within(index);
                self.html.push_str("</p>");
            }
            Href::Entity(preview, fragment) => {
                let link = &body.prose().links[index as usize];
                let heading = link.target.split_once('#').map_or("", |(_, heading)| heading);
                let at = Place {
                    fragment: fragment.as_ref().map_or_else(String::new, |id| format!("#{id}")),
                    // The name of a block or of a value is no words.
                    heading: if heading.starts_with(['^', PRINTED]) { "" } else { heading.trim() },
                    words: if link.has_words { &link.description } else { "" },
                };
                let (map, plot) = (body.maps.get(&index), body.plots.get(&index));
                self.drawn(Embedded::Entity { preview, map, plot, at });
            }
            Href::Media(media) => {
                let sized = body.prose().links[index as usize].width.map(|width| media.sized(width));
                self.drawn(Embedded::Media(sized.as_ref().unwrap_or(media), ""));
            }
            Href::Asset(..) | Href::External(..) => self.figure(index, &self.embed_words(index), ""),
            Href::Printed(..) | Href::Fragment(_) | Href::Nowhere => {
                self.html.push_str("<p>");
                self.embedded_within(index);
                self.html.push_str("</p>");
            }
        }
    }

    /// Writes `![[…]]` within a line: a link, or a picture.
    pub(super) fn embedded_within(&mut self, index: u32) {
        let body = self.body;
        match &body.links[index as usize] {
            Href::Entity(preview, fragment) => {
                let link = &body.prose().links[index as usize];
                let words = escaped(if link.has_words { &link.description } else { &preview.title });
                let fragment = fragment.as_ref().map(|f| format!("#{}", escaped(f))).unwrap_or_default();
                let (root, kind, path) = (self.root, preview.kind, escaped(&preview.path));
                self.push(format_args!(
                    "<a class=\"ref ref-{kind}\" href=\"{root}{path}{fragment}\">{words}</a>"
                ));
            }
            Href::Asset(..) | Href::Media(_) | Href::External(..) => {
                self.image(index, &self.embed_words(index), "");
            }
            // What cannot be shown leaves its words.
            Href::Printed(..) | Href::Fragment(_) | Href::Nowhere => {
                escape(&body.prose().links[index as usize].description, &mut self.html);
            }
        }
    }

    /// `![[picture.png|What it shows]]`
    pub(super) fn embed_words(&self, index: u32) -> String {
        let link = &self.body.prose().links[index as usize];
        if link.has_words { link.description.clone() } else { String::new() }
    }
}
