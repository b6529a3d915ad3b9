//! Recordings and documents that pages show, for the rules about them.

use super::Context;
use crate::base::media::{Format, format_of, picture};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::kinds::Source;
use crate::link::{Target, file_beside};
use crate::metadata::Copied;
use crate::parse::prose::LinkUse;

/// A file that a page shows as a player or a card, and where it is named.
pub(crate) struct Shown<'a> {
    /// The text that names it.
    pub by: &'a InputPath,
    pub span: Span,
    pub path: &'a InputPath,
    pub format: &'static Format,
    pub copied: &'a Copied,
}

/// Every player and every card of a known format, in the order of the texts.
pub(crate) fn shown<'a>(context: &Context<'a>) -> Vec<Shown<'a>> {
    let (graph, copied) = (context.graph, context.copied);
    let of = |by: &'a InputPath, span: Span, path: &InputPath| {
        let (path, copied) = copied.get_key_value(path)?;
        let format = format_of(path.extension()).filter(|_| picture(path.extension()).is_none())?;
        graph.files.published.contains(path).then_some(Shown { by, span, path, format, copied })
    };
    let mut shown = Vec::new();
    for entity in &graph.entities {
        if let Some(file) = entity.as_kind::<Source>().and_then(|source| source.file.as_ref())
            && let Target::Asset(path) = file_beside(graph, entity.path(), file)
        {
            shown.extend(of(entity.path(), file.span, &path));
        }
        for edition in &entity.editions {
            for (link, target) in edition.prose().links.iter().zip(&edition.links) {
                if let Target::Asset(path) = target
                    && link.usage != LinkUse::Link
                {
                    shown.extend(of(&edition.input.path, link.span, path));
                }
            }
        }
    }
    shown
}
