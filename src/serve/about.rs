//! The panel in the browser about a page: its files, what it refers to, and what refers to it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::site_path;
use crate::base::id::Lang;
use crate::base::lines::Lines;
use crate::link::{EntityIx, Reference, Target, layout};
use crate::load;
use crate::session::Snapshot;
use crate::site::{PageId, Route};

/// The maximum length of each list.
const MOST: usize = 200;

/// The panel.
#[derive(Debug, Serialize)]
pub(crate) struct About {
    /// The page's own files.
    files: Vec<String>,
    /// The references from the page.
    uses: Vec<Tie>,
    uses_total: usize,
    /// The references to the page.
    used_by: Vec<Tie>,
    used_by_total: usize,
}

/// A reference, seen from either end.
#[derive(Debug, Serialize)]
struct Tie {
    title: String,
    kind: &'static str,
    /// Its page.
    address: String,
    roles: Vec<&'static str>,
    /// The file that contains the reference.
    path: String,
    line: usize,
}

/// The panel for the page at `address`; `None` if it is not an entity's page.
pub(crate) fn about(snapshot: &Snapshot, address: &str) -> Option<About> {
    let Some(Route::Page(PageId::Entity(ix, lang))) = snapshot.map().find(&site_path(address)) else {
        return None;
    };
    let (ix, graph) = (*ix, &snapshot.graph);
    let lang = graph.languages.get(*lang)?;
    let entity = graph.entity(ix);
    let (mut uses, mut used_by) = (Ends::new(), Ends::new());
    for reference in graph.outgoing(ix) {
        if let Target::Entity(to, _) = reference.target {
            uses.entry(to).or_default().push(reference);
        }
    }
    for reference in graph.incoming(ix) {
        used_by.entry(reference.from).or_default().push(reference);
    }
    let assets =
        entity.editions.iter().flat_map(|edition| &edition.links).filter_map(|target| match target {
            Target::Asset(path) => Some(path.to_string()),
            _ => None,
        });
    let files = entity.editions.iter().map(|edition| edition.input.path.to_string()).chain(assets);
    let ties = |ends: &Ends<'_>| {
        ends.iter()
            .take(MOST)
            .filter_map(|(other, references)| tie(snapshot, lang, *other, references))
            .collect()
    };
    Some(About {
        files: files.collect(),
        uses_total: uses.len(),
        uses: ties(&uses),
        used_by_total: used_by.len(),
        used_by: ties(&used_by),
    })
}

/// References, grouped by the entity at their other end.
type Ends<'a> = BTreeMap<EntityIx, Vec<&'a Reference>>;

fn tie(snapshot: &Snapshot, lang: &Lang, other: EntityIx, references: &[&Reference]) -> Option<Tie> {
    let graph = &snapshot.graph;
    let (entity, first) = (graph.entity(other), references.first()?);
    let edition = graph.entity(first.from).editions.get(first.edition as usize)?;
    let mut roles: Vec<&'static str> = Vec::new();
    for role in references.iter().map(|reference| reference.role.word()) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    let text = load::text(&**snapshot.world(), &edition.input);
    Some(Tie {
        title: entity.edition_for(lang).title().to_owned(),
        kind: entity.kind.name(),
        address: format!("/{}", layout::encoded(&layout::page(graph, entity, lang))),
        roles,
        path: edition.input.path.to_string(),
        line: Lines::new(&text).position(first.span.start as usize).line,
    })
}
