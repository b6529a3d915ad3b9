//! The text of an entity, with its links resolved.

use std::collections::BTreeSet;

use super::special::plot;
use super::{maps, passages};
use crate::link::{Edition, Entity, EntityIx, Target};
use crate::parse::prose::{Link, LinkUse};
use crate::reader::{Reader, is_media, with_fragment};
use crate::shown::{Body, Href, Media, Medium};

/// The text of an edition. `root` is the relative path from the page to the site's root.
pub(crate) fn body(reader: Reader<'_>, ix: EntityIx, edition: &Edition, root: &str) -> Body {
    let links = edition.prose().links.iter().zip(&edition.links);
    let links = links.map(|(link, target)| href(reader, ix, edition, link, target)).collect();
    let marks = passages::marks(reader, ix, edition);
    let (maps, plots) = (maps::embedded(reader, edition, root), plot::embedded(reader, ix, edition));
    Body::new(edition.parsed.clone(), links, maps, plots, marks)
}

/// The recordings and documents on the page of an entity, each once: the copy of a source, and what its original
/// text shows.
pub(crate) fn media_on(reader: Reader<'_>, entity: &Entity) -> Vec<Media> {
    let edition = entity.original();
    let links = edition.prose().links.iter().zip(&edition.links);
    let copy = reader.graph.by_id(entity.id.as_str()).and_then(|ix| reader.source_media(ix));
    let mut media: Vec<Media> = copy
        .into_iter()
        .chain(links.filter_map(|(link, target)| shown_media(reader, link, target)))
        .collect();
    let mut seen = BTreeSet::new();
    media.retain(|media| seen.insert(media.path.clone()));
    media
}

fn shown_media(reader: Reader<'_>, link: &Link, target: &Target) -> Option<Media> {
    let Target::Asset(path) = target else { return None };
    let words = Some(link.description.trim()).filter(|words| !words.is_empty());
    let words = words.filter(|_| link.usage == LinkUse::Image || link.has_words);
    (link.usage != LinkUse::Link && is_media(path))
        .then(|| reader.media(path, words, fragment(link)))
        .flatten()
}

fn fragment(link: &Link) -> Option<&str> {
    link.target.split_once('#').map(|(_, fragment)| fragment)
}

fn href(reader: Reader<'_>, own: EntityIx, edition: &Edition, link: &Link, target: &Target) -> Href {
    if let Some((of, value)) = reader.printed(own, edition, link, target) {
        return Href::Printed(reader.preview(of).clone(), value);
    }
    if let Some(media) = shown_media(reader, link, target) {
        return Href::Media(Box::new(media));
    }
    // What is shown of it is no place in its text.
    if let Some((of, _)) = target.printed(own).filter(|_| link.usage == LinkUse::Embed) {
        return Href::Entity(reader.preview(of).clone(), None);
    }
    match target {
        Target::Entity(ix, fragment) => Href::Entity(reader.preview(*ix).clone(), fragment.clone()),
        Target::Fragment(fragment) => Href::Fragment(fragment.clone()),
        // A reader of EPUBs may refuse the whole book for it.
        Target::Asset(path)
            if reader.medium == Medium::Book
                && link.usage != LinkUse::Link
                && reader.site.is_broken(path) =>
        {
            Href::Nowhere
        }
        Target::Asset(path) => {
            let fragment = fragment(link).filter(|_| link.usage == LinkUse::Link);
            Href::Asset(with_fragment(path, fragment), reader.site.size(path))
        }
        Target::External(address) => Href::External(address.clone(), reader.site.archived(address).cloned()),
        Target::Unresolved(_) => Href::Nowhere,
    }
}
