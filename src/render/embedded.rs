//! What a text embeds: entities, recordings and documents.

use crate::base::diagnostic::Diagnostic;
use crate::base::markup::escaped;
use crate::shown::{Map, Media, Preview};

/// What a text embeds and a component of the theme draws.
pub(crate) enum Embedded<'a> {
    /// An entity; the map of a route.
    Entity(&'a Preview, Option<&'a Map>),
    /// A recording or a document, and its caption.
    Media(&'a Media, &'a str),
}

/// Renders what a text embeds.
pub(crate) type Embed<'a> = &'a dyn Fn(Embedded<'_>) -> Result<String, Diagnostic>;

/// A link to a recording or a document within a line.
pub(crate) fn link(root: &str, media: &Media) -> String {
    let (title, format) = (escaped(&media.title), escaped(&media.format));
    let length = media.duration.as_ref().map(|duration| format!(", {}", duration.text)).unwrap_or_default();
    format!("<a class=\"media-link\" href=\"{}\">{title}</a> ({format}{length})", address(root, media))
}

/// The address of a recording or a document at its place, from a page with this root.
pub(crate) fn address(root: &str, media: &Media) -> String {
    format!("{root}{}{}", escaped(&media.path), media.fragment)
}
