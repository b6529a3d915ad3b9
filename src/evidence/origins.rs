//! How many independent origins a claim has: where the knowledge entered, not how often it was passed on.

use std::collections::BTreeSet;

use super::voices::{Trace, Voices, targets};
use crate::kinds::words::{ActorType, Basis, Status};
use crate::kinds::{Actor, Claim, Role};
use crate::link::{EntityIx, Graph};

/// A place where the knowledge entered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Origin {
    /// Who knew: actors, or a source that names nobody.
    pub voices: Vec<EntityIx>,
    /// The sources of the claim that lead to them.
    pub sources: Vec<EntityIx>,
}

/// The independent origins of a claim, whoever asserts it first.
///
/// 1. Who asserts a claim (`by`) is one origin, however many pass it on (`via`), and whoever relays any of them.
/// 2. A source is another where its words began (`relays`, followed to the end, or else its publisher) with a voice
///    that is not in the claim's chain and is no news medium: media pass on, unless a claim is their own.
///    The sources of an analysis are what it is drawn from, so they are no second voice.
/// 3. Where nobody asserts it, each source stands for where its words began.
///
/// Of sources that share where their words began, one counts: as many as share nothing with each other are
/// found greedily, those with the fewest beginnings first.
pub fn of(graph: &Graph, voices: &Voices, ix: EntityIx) -> Vec<Origin> {
    let speech = Speech::of(graph, voices, ix);
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
            // It leads to whoever asserts the claim; so, for all that is known, does what says nothing.
            (true, Some(first)) => first.sources.push(source),
            _ => found.add(voices, roots, source),
        }
    }
    found.list
}

/// Those who support a claim with claims of their own, each with the claims: voices that are not among its origins. A claim
/// that was refuted or withdrawn supports nothing.
pub fn supporters(graph: &Graph, voices: &Voices, ix: EntityIx, origins: &[Origin]) -> Vec<Supporter> {
    let known: BTreeSet<EntityIx> =
        origins.iter().flat_map(|origin| &origin.voices).map(|voice| voices.head(*voice)).collect();
    let mut found: Vec<Supporter> = Vec::new();
    for reference in graph.incoming(ix).filter(|reference| reference.role.supports()) {
        let stands = graph.entity(reference.from).as_kind::<Claim>().is_some_and(|claim| {
            let status = claim.status.as_ref().map(|status| status.value);
            !matches!(status, Some(Status::Refuted | Status::Withdrawn))
        });
        let by = distinct(targets(graph, reference.from, Role::By));
        let Some(first) = by.first().map(|actor| voices.head(*actor)) else { continue };
        if !stands || by.iter().any(|actor| known.contains(&voices.head(*actor))) {
            continue;
        }
        match found.iter_mut().find(|supporter| supporter.head == first) {
            Some(supporter) => supporter.claims.push(reference.from),
            None => found.push(Supporter { head: first, voices: by, claims: vec![reference.from] }),
        }
    }
    found
}

/// Somebody who supports a claim with claims of their own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Supporter {
    head: EntityIx,
    /// Who.
    pub voices: Vec<EntityIx>,
    /// The claims.
    pub claims: Vec<EntityIx>,
}

/// Who asserts a claim and who passes it on.
pub(super) struct Speech {
    /// Who asserts it.
    pub by: Vec<EntityIx>,
    /// Who passes it on, in order.
    pub via: Vec<EntityIx>,
    /// The voices of both.
    pub chain: BTreeSet<EntityIx>,
    /// Whether it is reasoning over other evidence.
    pub is_analysis: bool,
}

impl Speech {
    pub fn of(graph: &Graph, voices: &Voices, ix: EntityIx) -> Speech {
        let (by, via) = (distinct(targets(graph, ix, Role::By)), distinct(targets(graph, ix, Role::Via)));
        let chain = by.iter().chain(&via).map(|actor| voices.head(*actor)).collect();
        let claim = graph.entity(ix).as_kind::<Claim>();
        let is_analysis = claim.is_some_and(|claim| claim.basis == Some(Basis::Analysis));
        Speech { by, via, chain, is_analysis }
    }

    /// Where the words of a source began, if that is outside of the chain and knowledge of its own.
    ///
    /// A news medium that does not say whom it relays most likely relays whoever asserts the claim; a source without
    /// a publisher says nothing.
    pub fn witnesses(&self, graph: &Graph, trace: &Trace) -> Vec<EntityIx> {
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
    /// Adds an origin, or adds to the one that it shares a voice with.
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

/// Each once, in the order of the first.
pub fn distinct(list: Vec<EntityIx>) -> Vec<EntityIx> {
    let mut seen = BTreeSet::new();
    list.into_iter().filter(|ix| seen.insert(*ix)).collect()
}
