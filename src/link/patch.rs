//! Patches a graph after some files changed, which is enough for most edits and avoids linking everything
//! again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::File;
use super::annotations::Annotations;
use super::entity::{Edition, Entity, EntityIx};
use super::graph::Graph;
use super::names::{names_of, normalized};
use super::publication;
use super::resolve;
use crate::parse::Parsed;
use crate::parse::prose::LinkStyle;

impl Graph {
    /// The graph with these files replacing those with the same paths. `None` if one of them changes possible
    /// link targets, or which entities are shown: then everything must be linked again.
    pub(crate) fn with(&self, files: &[File]) -> Option<Graph> {
        let mut graph = self.clone();
        let (mut annotated, mut same_files) = (false, true);
        for file in files {
            let ix = graph.by_id(file.input.id.as_str())?;
            let before = graph.entities[ix.0 as usize].clone();
            let at = before.editions.iter().position(|edition| edition.input.path == file.input.path)?;
            if !same_to_others(&before.editions[at].parsed, &file.parsed) {
                return None;
            }
            let files = resolve::files_of(&graph, &before.editions[at]);
            let mut after = Entity::clone(&before);
            let (input, parsed) = (file.input.clone(), file.parsed.clone());
            after.editions[at] = Edition { input, parsed, links: Vec::new() };
            let renamed = graph.rename(ix, &before, &after);
            graph.replace(ix, resolve::of_entity(&graph, ix, &after));
            same_files = same_files && files == resolve::files_of(&graph, &graph.entity(ix).editions[at]);
            annotated = annotated || self.annotations.depend_on(ix, &before, &after, &graph);
            for other in renamed {
                graph.replace(other, resolve::of_entity(&graph, other, graph.entity(other)));
            }
        }
        if annotated {
            graph.annotations = Arc::new(Annotations::of(&graph));
        }
        if !same_files {
            let publishing = graph.files.publishing.clone();
            graph.files = Arc::new(publication::files(&graph, publishing));
        }
        Some(graph)
    }

    /// Records the new names of an entity. Returns the entities that link by one of its old or new names.
    fn rename(&mut self, ix: EntityIx, before: &Entity, after: &Entity) -> Vec<EntityIx> {
        let names = |entity: &Entity| names_of(entity).collect::<BTreeSet<_>>();
        let (old, new) = (names(before), names(after));
        if old == new {
            return Vec::new();
        }
        self.names = Arc::new(self.names.with(ix, before, after));
        let changed: BTreeSet<&str> = old.symmetric_difference(&new).map(|(name, _)| name.as_str()).collect();
        let concerned = |entity: &Entity| {
            let links = entity.editions.iter().flat_map(|edition| &edition.prose().links);
            links.filter(|link| link.style == LinkStyle::Wiki).any(|link| {
                let name = link.target.split('#').next().unwrap_or_default();
                changed.contains(normalized(name.trim_end_matches(".md")).as_str())
            })
        };
        self.iter()
            .filter(|(other, entity)| *other != ix && concerned(entity))
            .map(|(other, _)| other)
            .collect()
    }

    fn replace(&mut self, ix: EntityIx, entity: Arc<Entity>) {
        let before = std::mem::replace(&mut self.entities[ix.0 as usize], entity);
        let after = self.entities[ix.0 as usize].clone();
        let touched = resolve::targets(&before).chain(resolve::targets(&after)).map(|(_, to)| to);
        for to in touched.collect::<BTreeSet<EntityIx>>() {
            let own = resolve::targets(&after).filter(|(_, target)| *target == to).map(|(at, _)| (ix, at));
            let incoming = &self.incoming[to.0 as usize];
            let others = incoming.iter().copied().filter(|(from, _)| *from != ix);
            let mut incoming: Vec<(EntityIx, u32)> = others.chain(own).collect();
            incoming.sort_unstable();
            self.incoming[to.0 as usize] = incoming.into();
        }
    }
}

/// Whether possible link targets, and whether it is shown, are the same.
fn same_to_others(before: &Parsed, after: &Parsed) -> bool {
    let release = |parsed: &Parsed| {
        let data = parsed.head.data.as_ref();
        data.and_then(|data| data.release(&parsed.head.common)).map(|date| date.value)
    };
    // What waits with the articles that it is about.
    let about = |parsed: &Parsed| {
        parsed.head.common.targets.iter().map(|target| target.source.id.clone()).collect::<Vec<_>>()
    };
    let fragments = |parsed: &Parsed| {
        // What links lead to by its words or name, and where that is.
        let headings = parsed.prose.headings.iter().map(|heading| (heading.text.clone(), heading.id.clone()));
        let anchors = parsed.prose.anchors.iter().map(|anchor| (anchor.name.clone(), anchor.id.clone()));
        headings.chain(anchors).collect::<Vec<(String, String)>>()
    };
    before.head.is_draft() == after.head.is_draft()
        && release(before) == release(after)
        && about(before) == about(after)
        && fragments(before) == fragments(after)
}
