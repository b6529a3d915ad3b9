//! What a text embeds: entities, recordings and documents.

use crate::base::diagnostic::Diagnostic;
use crate::base::markup::escaped;
use crate::shown::{Map, Media, Plot, Preview};

/// What a text embeds and a component of the theme draws.
pub(crate) enum Embedded<'a> {
    /// An entity; the map of a route; the accounts of a divergence.
    Entity { preview: &'a Preview, map: Option<&'a Map>, plot: Option<&'a Plot>, at: Place<'a> },
    /// A recording or a document, and its caption.
    Media(&'a Media, &'a str),
}

/// What of an entity its author embeds, as in `![[id#Heading|words]]`. Each may be empty.
pub(crate) struct Place<'a> {
    /// With its `#`.
    pub fragment: String,
    /// The heading, as written.
    pub heading: &'a str,
    pub words: &'a str,
}

/// Renders what a text embeds.
pub(crate) type Embed<'a> = &'a dyn Fn(Embedded<'_>) -> Result<String, Diagnostic>;

/// A link to a recording or a document within a line, with these further attributes.
pub(crate) fn link(root: &str, media: &Media, comma: &str, attributes: &str) -> String {
    let (title, format) = (escaped(&media.title), escaped(&media.format));
    let length =
        media.duration.as_ref().map(|duration| format!("{comma}{}", duration.text)).unwrap_or_default();
    format!(
        "<a class=\"media-link\" href=\"{}\"{attributes}>{title}</a> ({format}{length})",
        address(root, media)
    )
}

/// The address of a recording or a document at its place, from a page with this root.
pub(crate) fn address(root: &str, media: &Media) -> String {
    format!("{root}{}{}", escaped(&media.path), media.fragment)
}
