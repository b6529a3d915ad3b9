//! How many independent origins a claim has: where the knowledge entered, not how often it was passed on.

use std::collections::BTreeSet;

use super::voices::{Voices, targets};
use crate::kinds::words::{ActorType, Basis, Status};
use crate::kinds::{Actor, Claim};
use crate::link::{EntityIx, Graph};

/// A place where the knowledge entered.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
    /// Who knew: actors, or a source that names nobody.
    pub voices: Vec<EntityIx>,
    /// The sources of the claim that lead to them.
    pub sources: Vec<EntityIx>,
    /// The claims that support this one on their word.
    pub claims: Vec<EntityIx>,
}

/// The independent origins of a claim, whoever made it first.
///
/// 1. Who asserts a claim (`by`) is one origin, however many pass it on (`via`), and whoever relays any of them.
/// 2. A source is another where its words began (`relays`, followed to the end, or else its publisher) with a voice
///    that is not in the claim's chain and is no news medium: media pass on, unless a claim is their own.
///    The sources of an analysis are what it is drawn from, so they are no second voice.
/// 3. A claim that `supports` this one on the word of another voice is another, unless it was refuted or withdrawn.
/// 4. Where nobody asserts it, each source stands for where its words began.
///
/// Of sources that share where their words began, one counts: the most that share nothing with each other are
/// found greedily, those with the fewest beginnings first.
pub fn of(graph: &Graph, voices: &Voices, ix: EntityIx) -> Vec<Origin> {
    let Some(claim) = graph.entity(ix).as_kind::<Claim>() else { return Vec::new() };
    let by = targets(graph, ix, "by");
    let chain: BTreeSet<EntityIx> =
        by.iter().copied().chain(targets(graph, ix, "via")).map(|actor| voices.head(actor)).collect();
    let mut origins = Vec::new();
    let mut taken: BTreeSet<EntityIx> = chain.clone();
    if !by.is_empty() {
        origins.push(Origin { voices: by.clone(), sources: Vec::new(), claims: Vec::new() });
    }
    let mut sources = distinct(targets(graph, ix, "source"));
    sources.sort_by_key(|source| voices.trace(*source).roots.len());
    for source in sources {
        let trace = voices.trace(source);
        let heads: BTreeSet<EntityIx> = trace.roots.iter().map(|root| voices.head(*root)).collect();
        if by.is_empty() {
            add(&mut origins, &mut taken, heads, &trace.roots, |origin| origin.sources.push(source));
            continue;
        }
        let foreign = claim.basis != Some(Basis::Analysis)
            && trace.touched.is_disjoint(&chain)
            && trace.roots.iter().any(|root| is_witness(graph, *root));
        if foreign {
            let roots = trace.roots.iter().copied().filter(|root| is_witness(graph, *root)).collect();
            add(&mut origins, &mut taken, heads, &roots, |origin| origin.sources.push(source));
        } else if let Some(first) = origins.first_mut() {
            // What touches the chain leads to whoever asserts it; so, for all that is known, does the rest.
            first.sources.push(source);
        }
    }
    for reference in graph.incoming(ix).filter(|reference| reference.role == "supports") {
        let supporter = reference.from;
        let is_good = graph.entity(supporter).as_kind::<Claim>().is_some_and(|claim| {
            let status = claim.status.as_ref().map(|status| status.value);
            !matches!(status, Some(Status::Refuted | Status::Withdrawn))
        });
        let who: BTreeSet<EntityIx> = targets(graph, supporter, "by").into_iter().collect();
        if is_good && !who.is_empty() {
            let heads = who.iter().map(|actor| voices.head(*actor)).collect();
            add(&mut origins, &mut taken, heads, &who, |origin| origin.claims.push(supporter));
        }
    }
    origins
}

/// Adds an origin, or adds to the one that it is.
fn add(
    origins: &mut Vec<Origin>,
    taken: &mut BTreeSet<EntityIx>,
    heads: BTreeSet<EntityIx>,
    roots: &BTreeSet<EntityIx>,
    fill: impl FnOnce(&mut Origin),
) {
    if heads.is_disjoint(taken) {
        let mut origin =
            Origin { voices: roots.iter().copied().collect(), sources: Vec::new(), claims: Vec::new() };
        fill(&mut origin);
        origins.push(origin);
        taken.extend(heads);
        return;
    }
    // It stands with the first that it shares a voice with, if that is not the chain's.
    if let Some(same) = origins.iter_mut().find(|origin| origin.voices.iter().any(|v| roots.contains(v))) {
        fill(same);
    }
}

/// Whether words that began there are knowledge of its own. A news medium that does not say whom it relays most likely
/// relays whoever asserts the claim; a source without a publisher says nothing.
fn is_witness(graph: &Graph, root: EntityIx) -> bool {
    let actor = graph.entity(root).as_kind::<Actor>();
    actor.is_some_and(|actor| actor.r#type != Some(ActorType::Media))
}

/// Each once, in the order of the first.
pub(super) fn distinct(list: Vec<EntityIx>) -> Vec<EntityIx> {
    let mut seen = BTreeSet::new();
    list.into_iter().filter(|ix| seen.insert(*ix)).collect()
}
