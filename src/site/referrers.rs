//! How many refer to an entity, as its readers see it: that decides how many pages its list of referrers goes
//! over.

use std::collections::BTreeSet;

use super::{LONGEST_LIST, parts};
use crate::base::id::Lang;
use crate::kinds::Role;
use crate::link::{Edition, Entity, EntityIx, Graph, Reference, Target};

/// The number of those who refer to an entity, for readers of a language. Where it is no more than a page
/// holds, references are counted instead, which is quicker and tells the same: that one page will do.
pub(crate) fn count(graph: &Graph, ix: EntityIx, lang: &Lang) -> usize {
    let incoming = graph.incoming(ix);
    if incoming.len() <= LONGEST_LIST {
        return incoming.len();
    }
    let (mut count, mut last) = (0, None);
    // References come in the order of those who make them.
    for reference in incoming.filter(|reference| reference.from != ix) {
        let from = graph.entity(reference.from);
        if last != Some(reference.from) && is_shown(from, from.edition_for(lang), reference) {
            last = Some(reference.from);
            count += 1;
        }
    }
    count
}

/// Whether a reader of an edition of `from` meets a reference: one in a body only in that body.
pub(crate) fn is_shown(from: &Entity, edition: &Edition, reference: &Reference) -> bool {
    let own = &from.editions[reference.edition as usize];
    let in_words = reference.link.is_some() || reference.role == Role::Target;
    !in_words || own.input.lang == edition.input.lang
}

/// Whether every list of referrers goes over as many pages after these entities were edited as before. Which
/// entities there are is the same in both graphs.
pub(crate) fn same_pages(before: &Graph, after: &Graph, edited: &[EntityIx]) -> bool {
    let same_list = |from: EntityIx, to: EntityIx, lang: &Lang| {
        // To count a long list at each key would be slow, and most edits bring and take no referrer.
        refers(before, from, to, lang) == refers(after, from, to, lang)
            || parts(count(before, to, lang)) == parts(count(after, to, lang))
    };
    edited.iter().all(|from| {
        let targets: BTreeSet<EntityIx> =
            targets(before, *from).chain(targets(after, *from)).map(|(to, _)| to).collect();
        targets.into_iter().all(|to| before.languages.iter().all(|lang| same_list(*from, to, lang)))
    })
}

/// Whether readers of a language meet a reference from one entity to another.
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
