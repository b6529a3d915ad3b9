//! A graph in which some bodies are other ones: what most edits come to, and so made without linking all anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::File;
use super::graph::{Edition, Entity, EntityIx, Graph};
use super::resolve;
use crate::parse::Parsed;

impl Graph {
    /// The graph with these files in place of those of the same paths. `None` where one of them says something that
    /// others depend on: then all must be linked anew.
    pub fn with(&self, files: &[File]) -> Option<Graph> {
        let mut graph = self.clone();
        for file in files {
            let ix = graph.by_id(file.input.id.as_str())?;
            let entity = graph.entity(ix);
            let at = entity.editions.iter().position(|edition| edition.input.path == file.input.path)?;
            if !same_to_others(&entity.editions[at].parsed, &file.parsed) {
                return None;
            }
            let mut edited = entity.clone();
            let (input, parsed) = (file.input.clone(), file.parsed.clone());
            edited.editions[at] = Edition { input, parsed, links: Vec::new() };
            graph.replace(ix, resolve::of_entity(&graph, ix, &edited));
        }
        Some(graph)
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

/// Whether what links of others may lead to, names and headings, is the same, and whether it is shown at all.
fn same_to_others(before: &Parsed, after: &Parsed) -> bool {
    let (a, b) = (&before.head.common, &after.head.common);
    let title = |parsed: &Parsed| parsed.head.common.title.as_ref().map(|title| title.value.clone());
    let aliases = |parsed: &Parsed| {
        parsed.head.common.aliases.iter().map(|alias| alias.value.clone()).collect::<Vec<String>>()
    };
    let release = |parsed: &Parsed| {
        let data = parsed.head.data.as_ref();
        data.and_then(|data| data.release(&parsed.head.common)).map(|date| date.value)
    };
    let headings = |parsed: &Parsed| {
        parsed.prose.headings.iter().map(|heading| heading.id.clone()).collect::<Vec<String>>()
    };
    a.draft == b.draft
        && title(before) == title(after)
        && aliases(before) == aliases(after)
        && release(before) == release(after)
        && headings(before) == headings(after)
}
