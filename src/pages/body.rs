//! The text of an entity, with its links resolved.

use super::{maps, passages};
use crate::link::{Edition, EntityIx, Target, layout};
use crate::reader::Reader;
use crate::shown::{Body, Href};

/// The text of an edition. `root` is the relative path from the page to the site's root.
pub(crate) fn body(reader: Reader<'_>, ix: EntityIx, edition: &Edition, root: &str) -> Body {
    let links = edition.links.iter().map(|target| href(reader, target)).collect();
    let marks = passages::marks(reader, ix, edition);
    Body::new(edition.parsed.clone(), links, maps::embedded(reader, edition, root), marks)
}

fn href(reader: Reader<'_>, target: &Target) -> Href {
    match target {
        Target::Entity(ix, fragment) => Href::Entity(reader.preview(*ix).clone(), fragment.clone()),
        Target::Fragment(fragment) => Href::Fragment(fragment.clone()),
        Target::Asset(path) => Href::Asset(layout::encoded(&layout::asset(path)), reader.site.size(path)),
        Target::External(address) => Href::External(address.clone(), reader.site.archived(address).cloned()),
        Target::Unresolved(_) => Href::Nowhere,
    }
}
