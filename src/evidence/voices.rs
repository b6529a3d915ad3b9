//! Which actors speak as one voice, and where the account of each source began.

use std::collections::{BTreeSet, VecDeque};

use crate::kinds::words::ActorType;
use crate::kinds::{Actor, Role, Source};
use crate::link::{EntityIx, Graph, Target};

/// How far a source's account is followed back. Real chains are short; a source beyond this limit counts as
/// the beginning, which keeps the work linear in the dossier.
const MOST_STEPS: usize = 64;

/// The voices of a dossier.
#[derive(Debug)]
pub(crate) struct Voices {
    /// For each entity, the representative of its voice.
    heads: Vec<EntityIx>,
    /// For each entity, where its account comes from; empty except for sources.
    traces: Vec<Trace>,
}

/// Where a source's account comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    /// Where it began: actors, or sources that name neither a publisher nor whom they relay.
    pub roots: BTreeSet<EntityIx>,
    /// The voices of everything on the way: publishers, relayed actors and sources.
    pub touched: BTreeSet<EntityIx>,
}

impl Voices {
    /// Finds the voices of all entities.
    pub(crate) fn of(graph: &Graph) -> Voices {
        let heads = heads(graph);
        let mut voices = Voices { heads, traces: Vec::new() };
        voices.traces = graph
            .iter()
            .map(|(ix, entity)| match entity.as_kind::<Source>() {
                Some(_) => voices.follow(graph, ix),
                None => Trace::default(),
            })
            .collect();
        voices
    }

    /// The representative of an entity's voice: a spokesman, his office and his government have the same one.
    pub(crate) fn head(&self, ix: EntityIx) -> EntityIx {
        self.heads[ix.0 as usize]
    }

    /// Where a source's account comes from.
    pub(crate) fn trace(&self, source: EntityIx) -> &Trace {
        &self.traces[source.0 as usize]
    }

    fn follow(&self, graph: &Graph, source: EntityIx) -> Trace {
        let mut trace = Trace::default();
        let mut seen = BTreeSet::from([source]);
        let mut open = VecDeque::from([source]);
        while let Some(at) = open.pop_front() {
            trace.touched.insert(self.head(at));
            let publishers = targets(graph, at, Role::Publisher);
            trace.touched.extend(publishers.iter().map(|&publisher| self.head(publisher)));
            let relayed = targets(graph, at, Role::Relays);
            if relayed.is_empty() || seen.len() >= MOST_STEPS {
                match graph.entity(at).as_kind::<Source>() {
                    Some(_) if !publishers.is_empty() => trace.roots.extend(publishers),
                    _ => drop(trace.roots.insert(at)),
                }
                continue;
            }
            open.extend(relayed.into_iter().filter(|next| seen.insert(*next)));
        }
        if trace.roots.is_empty() {
            // Sources that relay each other in a cycle began somewhere in it.
            trace.roots.insert(source);
        }
        trace
    }
}

/// The entities that an entity refers to in a role, in order.
pub(crate) fn targets(graph: &Graph, ix: EntityIx, role: Role) -> Vec<EntityIx> {
    let references = graph.outgoing(ix).iter().filter(|reference| reference.role == role);
    references
        .filter_map(|reference| match reference.target {
            Target::Entity(to, _) => Some(to),
            _ => None,
        })
        .collect()
}

/// Unites actors with what they are part of. An alliance is not one voice with its members: each speaks for
/// itself.
fn heads(graph: &Graph) -> Vec<EntityIx> {
    let mut parents: Vec<usize> = (0..graph.entities.len()).collect();
    for (ix, _, actor) in graph.all::<Actor>() {
        for membership in &actor.part_of {
            let Some(whole) = graph.by_id(&membership.actor.id) else { continue };
            let is_voice = graph
                .entity(whole)
                .as_kind::<Actor>()
                .is_some_and(|actor| !matches!(actor.r#type, Some(ActorType::Alliance | ActorType::Other)));
            if is_voice {
                let (a, b) = (find(&mut parents, ix.0 as usize), find(&mut parents, whole.0 as usize));
                parents[a.max(b)] = a.min(b);
            }
        }
    }
    (0..parents.len()).map(|at| EntityIx(find(&mut parents, at) as u32)).collect()
}

/// The representative of an element's set, with path halving.
pub(super) fn find(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}
