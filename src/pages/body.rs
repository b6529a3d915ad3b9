//! The text of an entity, with its links resolved.

use super::{maps, passages};
use crate::link::{Edition, EntityIx, Target};
use crate::parse::prose::{Link, LinkUse};
use crate::reader::{Reader, is_media, with_fragment};
use crate::shown::{Body, Href, Media};

/// The text of an edition. `root` is the relative path from the page to the site's root.
pub(crate) fn body(reader: Reader<'_>, ix: EntityIx, edition: &Edition, root: &str) -> Body {
    let links = edition.prose().links.iter().zip(&edition.links);
    let links = links.map(|(link, target)| href(reader, link, target)).collect();
    let marks = passages::marks(reader, ix, edition);
    Body::new(edition.parsed.clone(), links, maps::embedded(reader, edition, root), marks)
}

/// The recordings and documents that a text shows.
pub(crate) fn media(reader: Reader<'_>, edition: &Edition) -> Vec<Media> {
    let links = edition.prose().links.iter().zip(&edition.links);
    links.filter_map(|(link, target)| shown_media(reader, link, target)).collect()
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

fn href(reader: Reader<'_>, link: &Link, target: &Target) -> Href {
    if let Some(media) = shown_media(reader, link, target) {
        return Href::Media(Box::new(media));
    }
    match target {
        Target::Entity(ix, fragment) => Href::Entity(reader.preview(*ix).clone(), fragment.clone()),
        Target::Fragment(fragment) => Href::Fragment(fragment.clone()),
        Target::Asset(path) => {
            let fragment = fragment(link).filter(|_| link.usage == LinkUse::Link);
            Href::Asset(with_fragment(path, fragment), reader.site.size(path))
        }
        Target::External(address) => Href::External(address.clone(), reader.site.archived(address).cloned()),
        Target::Unresolved(_) => Href::Nowhere,
    }
}
