//! Archived copies that sources do not name yet, and the fix that adds them.

use std::collections::BTreeMap;

use url::Url;

use super::front::FrontMatter;
use crate::base::diagnostic::{Diagnostic, Fix};
use crate::base::span::Span;
use crate::external::FOUND;
use crate::kinds::Source;
use crate::link::Entity;
use crate::session::Snapshot;

/// The pages of sources without an `archive`.
pub(crate) fn wanted(snapshot: &Snapshot) -> Vec<Url> {
    let mut pages: Vec<Url> = sources(snapshot).map(|(page, _)| page).collect();
    pages.sort();
    pages.dedup();
    pages
}

/// A finding for each source without an `archive` whose page has a copy.
pub(crate) fn findings(snapshot: &Snapshot, copies: &BTreeMap<Url, String>) -> Vec<Diagnostic> {
    let found = sources(snapshot).filter_map(|(page, (entity, span))| {
        let copy = copies.get(&page)?;
        let found = FOUND
            .found(format!("the source `{}` has no `archive`, and there is a copy of its page", entity.id))
            .at(entity.path(), span, "")
            .help(format!("open {copy}, and add it if it says the same"));
        let front = FrontMatter::of(&**snapshot.world(), entity.original());
        let edits = front.and_then(|front| front.set("archive", copy));
        let fix = edits.map(|edits| Fix::new(format!("add `archive: {copy}`"), edits));
        Some(Diagnostic { fix, ..found })
    });
    found.collect()
}

/// The sources without an `archive`, each with its page and where the address is written.
fn sources(snapshot: &Snapshot) -> impl Iterator<Item = (Url, (&Entity, Span))> {
    snapshot.graph.all::<Source>().filter_map(|(_, entity, source)| {
        let written =
            source.url.as_ref().filter(|_| source.archive.is_none() && entity.has_read("archive"))?;
        let mut page =
            Url::parse(written.as_str()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        page.set_fragment(None);
        Some((page, (entity, written.span)))
    })
}
