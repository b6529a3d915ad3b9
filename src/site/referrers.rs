//! Counts the entities that refer to an entity, as readers of one language see them. The count decides how
//! many pages the list of referrers needs.

use std::collections::BTreeSet;

use super::{LONGEST_LIST, parts};
use crate::base::id::Lang;
use crate::kinds::Role;
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target};

/// Counts the entities that refer to an entity, for readers of a language. If the references fit on one page,
/// returns their number instead: it is faster to compute, and the number of pages is the same.
pub(crate) fn count(graph: &Graph, ix: EntityIx, lang: &Lang) -> usize {
    let incoming = graph.incoming(ix);
    if incoming.len() <= LONGEST_LIST {
        return incoming.len();
    }
    let (mut count, mut last) = (0, None);
    // References are sorted by the entity that makes them.
    for reference in incoming.filter(|reference| reference.from != ix) {
        let from = graph.entity(reference.from);
        if last != Some(reference.from) && is_shown(from, from.edition_for(lang), reference) {
            last = Some(reference.from);
            count += 1;
        }
    }
    count
}

/// Whether readers of an edition of `from` see a reference. A reference in a body is visible only in that
/// body's edition.
pub(crate) fn is_shown(from: &Entity, edition: &Edition, reference: &Reference) -> bool {
    let own = &from.editions[reference.edition as usize];
    let in_words = reference.link.is_some() || reference.role == Role::Target;
    !in_words || own.input.lang == edition.input.lang
}

/// Whether every list of referrers has the same number of pages after these entities were edited. Both graphs
/// have the same entities.
pub(crate) fn same_pages(before: &Graph, after: &Graph, edited: &[EntityIx]) -> bool {
    let same_list = |from: EntityIx, to: EntityIx, lang: &Lang| {
        // Counting a long list on every keystroke would be slow, and most edits add or remove no referrer.
        refers(before, from, to, lang) == refers(after, from, to, lang)
            || parts(count(before, to, lang)) == parts(count(after, to, lang))
    };
    edited.iter().all(|from| {
        let targets: BTreeSet<EntityIx> =
            targets(before, *from).chain(targets(after, *from)).map(|(to, _)| to).collect();
        targets.into_iter().all(|to| before.languages.iter().all(|lang| same_list(*from, to, lang)))
    })
}

/// Whether readers of a language see a reference from one entity to another.
fn refers(graph: &Graph, from: EntityIx, to: EntityIx, lang: &Lang) -> bool {
    let entity = graph.entity(from);
    let edition = entity.edition_for(lang);
    targets(graph, from).any(|(target, reference)| target == to && is_shown(entity, edition, reference))
}

fn targets(graph: &Graph, from: EntityIx) -> impl Iterator<Item = (EntityIx, &Reference)> {
    graph.outgoing(from).iter().filter_map(|reference| match reference.target {
        Target::Entity(to, _) => Some((to, reference)),
        _ => None,
    })
}
