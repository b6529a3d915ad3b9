//! How many independent origins a claim has: where the knowledge entered, not how often it was passed on.

use std::collections::BTreeSet;

use super::voices::{Trace, Voices, targets};
use crate::kinds::words::{ActorType, Basis, Status};
use crate::kinds::{Actor, Claim, Role};
use crate::link::{EntityIx, Graph};

/// A point at which the knowledge entered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Origin {
    /// Who knew: actors, or a source that names nobody.
    pub voices: Vec<EntityIx>,
    /// The claim's sources that lead to them.
    pub sources: Vec<EntityIx>,
}

/// The independent origins of a claim, the claimant's first.
///
/// 1. The actor who asserts a claim (`by`) is one origin, together with everybody who passes it on (`via`)
///    and every source that relays any of them.
/// 2. A source is another origin if its account began (`relays`, followed to the end, or otherwise its
///    publisher) with a voice that is neither in the claim's chain nor a news medium: media pass on, unless a
///    claim is their own. The sources of an analysis are its material, so they are not a second voice.
/// 3. If nobody asserts the claim, each source counts with the beginning of its account.
///
/// Sources that share a beginning count once: a maximal set of sources without shared beginnings is found
/// greedily, those with the fewest beginnings first.
pub(crate) fn of(graph: &Graph, voices: &Voices, ix: EntityIx) -> Vec<Origin> {
    let speech = Speech::of(graph, voices, ix);
    // What the desk calculated is nobody's word.
    if speech.is_computed {
        return Vec::new();
    }
    let mut found = Origins { list: Vec::new(), taken: BTreeSet::new() };
    if !speech.by.is_empty() {
        found.list.push(Origin { voices: speech.by.clone(), ..Origin::default() });
        found.taken.clone_from(&speech.chain);
    }
    let mut sources = distinct(targets(graph, ix, Role::Source));
    sources.sort_by_key(|source| voices.trace(*source).roots.len());
    for source in sources {
        let trace = voices.trace(source);
        let roots: Vec<EntityIx> = match speech.by.is_empty() {
            true => trace.roots.iter().copied().collect(),
            false => speech.witnesses(graph, trace),
        };
        match (roots.is_empty(), found.list.first_mut()) {
            // It leads to the claimant; a source that says nothing about its own is assumed to do so too.
            (true, Some(first)) => first.sources.push(source),
            _ => found.add(voices, roots, source),
        }
    }
    found.list
}

/// The voice that a claim began with: its claimant's, otherwise that of its only origin.
pub(crate) fn first(graph: &Graph, voices: &Voices, ix: EntityIx) -> Option<EntityIx> {
    if let Some(claimant) = targets(graph, ix, Role::By).first() {
        return Some(voices.head(*claimant));
    }
    match of(graph, voices, ix).as_slice() {
        [only] => only.voices.first().map(|voice| voices.head(*voice)),
        _ => None,
    }
}

/// Whether a claim still speaks for others or against them: a refuted or withdrawn one does not.
pub(super) fn is_upheld(graph: &Graph, ix: EntityIx) -> bool {
    let entity = graph.entity(ix);
    let status = entity.as_kind::<Claim>().and_then(Claim::written_status);
    let is_rejected = |status: Status| matches!(status, Status::Refuted | Status::Withdrawn);
    entity.common().withdrawn.is_none() && !status.is_some_and(|status| is_rejected(status.value))
}

/// Voices that support a claim with claims of their own and are not among its origins, each with those
/// claims. A refuted or withdrawn claim supports nothing.
pub(crate) fn supporters(graph: &Graph, voices: &Voices, ix: EntityIx, origins: &[Origin]) -> Vec<Supporter> {
    let known: BTreeSet<EntityIx> =
        origins.iter().flat_map(|origin| &origin.voices).map(|voice| voices.head(*voice)).collect();
    let mut found: Vec<Supporter> = Vec::new();
    let supporting = graph.incoming(ix).filter(|reference| reference.role.supports());
    for from in distinct(supporting.map(|reference| reference.from).collect()) {
        let by = distinct(targets(graph, from, Role::By));
        let Some(first) = by.first().map(|actor| voices.head(*actor)) else { continue };
        if !is_upheld(graph, from) || by.iter().any(|actor| known.contains(&voices.head(*actor))) {
            continue;
        }
        match found.iter_mut().find(|supporter| supporter.head == first) {
            Some(supporter) => supporter.claims.push(from),
            None => found.push(Supporter { head: first, voices: by, claims: vec![from] }),
        }
    }
    found
}

/// A voice that supports a claim with claims of its own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Supporter {
    head: EntityIx,
    /// The voice's actors.
    pub voices: Vec<EntityIx>,
    pub claims: Vec<EntityIx>,
}

/// The actors who assert a claim and those who pass it on.
pub(super) struct Speech {
    /// The actors who assert it.
    pub by: Vec<EntityIx>,
    /// The actors who pass it on, in order.
    pub via: Vec<EntityIx>,
    /// The voices of both.
    pub chain: BTreeSet<EntityIx>,
    /// Whether the claim is an analysis or a calculation, so that its sources are its material.
    pub is_analysis: bool,
    /// Whether the dossier's own desk calculated it.
    pub is_computed: bool,
}

impl Speech {
    pub(crate) fn of(graph: &Graph, voices: &Voices, ix: EntityIx) -> Speech {
        let (by, via) = (distinct(targets(graph, ix, Role::By)), distinct(targets(graph, ix, Role::Via)));
        let chain = by.iter().chain(&via).map(|actor| voices.head(*actor)).collect();
        let claim = graph.entity(ix).as_kind::<Claim>();
        let is_analysis =
            claim.is_some_and(|claim| claim.is_computed() || claim.basis == Some(Basis::Analysis));
        let is_computed = claim.is_some_and(Claim::is_computed);
        Speech { by, via, chain, is_analysis, is_computed }
    }

    /// The beginnings of a source's account that are outside the chain and have knowledge of their own.
    ///
    /// A news medium that does not say whom it relays most likely relays the claimant; a source without a
    /// publisher says nothing.
    pub(crate) fn witnesses(&self, graph: &Graph, trace: &Trace) -> Vec<EntityIx> {
        if self.is_analysis || !trace.touched.is_disjoint(&self.chain) {
            return Vec::new();
        }
        let is_witness = |root: &EntityIx| {
            let actor = graph.entity(*root).as_kind::<Actor>();
            actor.is_some_and(|actor| actor.r#type != Some(ActorType::Media))
        };
        trace.roots.iter().copied().filter(is_witness).collect()
    }
}

/// The origins found so far.
struct Origins {
    list: Vec<Origin>,
    /// Their voices.
    taken: BTreeSet<EntityIx>,
}

impl Origins {
    /// Adds an origin, or merges it into one that shares a voice with it.
    fn add(&mut self, voices: &Voices, roots: Vec<EntityIx>, source: EntityIx) {
        let heads: BTreeSet<EntityIx> = roots.iter().map(|root| voices.head(*root)).collect();
        if heads.is_disjoint(&self.taken) {
            self.list.push(Origin { voices: roots, sources: vec![source] });
            self.taken.extend(heads);
            return;
        }
        let shares = |origin: &Origin| origin.voices.iter().any(|voice| heads.contains(&voices.head(*voice)));
        let at = self.list.iter().position(shares).unwrap_or(0);
        if let Some(origin) = self.list.get_mut(at) {
            origin.sources.push(source);
        }
    }
}

/// The list without repetitions, in the order of first occurrence.
pub(crate) fn distinct(list: Vec<EntityIx>) -> Vec<EntityIx> {
    let mut seen = BTreeSet::new();
    list.into_iter().filter(|ix| seen.insert(*ix)).collect()
}
