//! How a claim reached us: from where we read it back to who asserts it, and which link is the weakest.

use std::collections::{BTreeSet, VecDeque};

use super::origins::{Origin, Speech, distinct};
use super::voices::{Voices, targets};
use crate::kinds::words::{ActorType, Reliability};
use crate::kinds::{Actor, Role, Source};
use crate::link::{EntityIx, Graph};

/// The maximum number of steps on a path; real chains are far shorter.
const MOST_STEPS: usize = 16;

/// How far memberships are followed to find out on whose behalf somebody speaks.
const MOST_WHOLES: usize = 64;

/// All paths on which a claim reached us.
#[derive(Clone, Debug)]
pub struct Chain {
    /// One for each source; one without a source if none is cited.
    pub paths: Vec<Path>,
    /// Where the chain would break first. `None` if no single link is essential.
    pub weakest: Option<Weakest>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Path {
    /// Where the claim was read.
    pub source: Option<EntityIx>,
    /// From the publisher back to the claimant. Empty only for a calculation of the dossier's own.
    pub steps: Vec<Step>,
    /// Where the path leads.
    pub leads: Leads,
}

/// Where a path leads.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Leads {
    ToClaimant,
    /// To a witness independent of the claimant.
    ToWitness,
    /// To the material of an analysis: its author is the only step.
    ToMaterial,
}

/// One step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step {
    /// How the previous step knows it from this one.
    pub join: Join,
    /// The actors who speak together, or a source that names nobody.
    pub who: Vec<EntityIx>,
}

/// How one step knows it from the next.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Join {
    /// The first step: says it.
    Says,
    /// The previous step cites this one.
    Citing,
    /// The previous step speaks on behalf of this one.
    OnBehalf,
}

/// Where a chain would break first.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Weakest {
    /// Nothing is cited.
    NoSource,
    /// Even the best source is not usually reliable.
    Unreliable(EntityIx),
    /// Everything that was read came through this entity.
    Bottleneck(EntityIx),
    /// Only one source was read, and it is not the claimant's own.
    OnlySource(EntityIx),
    /// Nothing was read from the claimant directly.
    SecondHand(EntityIx),
    /// The claim was read first-hand, and rests on one voice.
    OneVoice(EntityIx),
}

/// How a claim reached us.
pub(crate) fn of(graph: &Graph, voices: &Voices, ix: EntityIx, origins: &[Origin]) -> Chain {
    let speech = Speech::of(graph, voices, ix);
    let sources = distinct(targets(graph, ix, Role::Source));
    if speech.is_computed {
        let path = |source| Path { source: Some(source), steps: Vec::new(), leads: Leads::ToMaterial };
        return Chain { paths: sources.into_iter().map(path).collect(), weakest: None };
    }
    let published: BTreeSet<EntityIx> =
        sources.iter().flat_map(|source| targets(graph, *source, Role::Publisher)).collect();
    let tracer = Tracer { graph, voices, speech: &speech, published: &published };
    let mut paths: Vec<Path> = sources.iter().map(|source| tracer.path(*source)).collect();
    if paths.is_empty() && !(speech.by.is_empty() && speech.via.is_empty()) {
        paths.extend(tracer.unread());
    }
    let weakest = weakest(graph, &speech, &sources, &paths, origins);
    Chain { paths, weakest }
}

struct Tracer<'a> {
    graph: &'a Graph,
    voices: &'a Voices,
    speech: &'a Speech,
    /// The publishers of the cited sources.
    published: &'a BTreeSet<EntityIx>,
}

impl Tracer<'_> {
    /// The path back from a source.
    fn path(&self, source: EntityIx) -> Path {
        let Speech { by, via, .. } = self.speech;
        let mut publishers = targets(self.graph, source, Role::Publisher);
        if publishers.is_empty() {
            publishers.push(source);
        }
        let own = publishers.iter().any(|publisher| by.contains(publisher));
        let trace = self.voices.trace(source);
        let mut steps = vec![Step { join: Join::Says, who: publishers.clone() }];
        if !by.is_empty() && own {
            return Path { source: Some(source), steps, leads: Leads::ToClaimant };
        }
        if self.is_material(source) {
            steps = vec![Step { join: Join::Says, who: by.clone() }];
            return Path { source: Some(source), steps, leads: Leads::ToMaterial };
        }
        let relayed = self.relayed(source);
        if by.is_empty() || !self.speech.witnesses(self.graph, trace).is_empty() {
            self.follow(source, &mut steps);
            let leads = if by.is_empty() { Leads::ToClaimant } else { Leads::ToWitness };
            return Path { source: Some(source), steps, leads };
        }
        let place = |actor: &EntityIx| via.iter().position(|other| other == actor);
        let own_place = publishers.iter().filter_map(place).min().unwrap_or(via.len());
        let mut at = relayed.iter().filter_map(place).filter(|at| *at < own_place).max();
        let speaker = relayed.iter().find(|actor| {
            !publishers.contains(actor) && by.iter().any(|by| acts_for(self.graph, **actor, *by))
        });
        match (at, speaker) {
            (None, Some(speaker)) if !relayed.iter().any(|actor| by.contains(actor)) => {
                steps.push(Step { join: Join::Citing, who: vec![*speaker] });
            }
            // If it does not name its source, it is assumed to be the previous actor in `via`.
            (None, None) => at = self.before(own_place.min(via.len())).filter(|_| own_place < via.len()),
            _ => {}
        }
        while let Some(place) = at.filter(|_| steps.len() < MOST_STEPS) {
            steps.push(Step { join: self.join(&steps, via[place]), who: vec![via[place]] });
            at = self.before(place);
        }
        self.end(&mut steps);
        Path { source: Some(source), steps, leads: Leads::ToClaimant }
    }

    /// Whether a source is the material of an analysis, not a report of the claim: it names neither the
    /// claimant nor an actor who passes the claim on, and no news medium published it.
    fn is_material(&self, source: EntityIx) -> bool {
        let is_media = |actor: &EntityIx| {
            let actor = self.graph.entity(*actor).as_kind::<Actor>();
            actor.is_some_and(|actor| actor.r#type == Some(ActorType::Media))
        };
        self.speech.is_analysis
            && !self.speech.by.is_empty()
            && self.voices.trace(source).touched.is_disjoint(&self.speech.chain)
            && !targets(self.graph, source, Role::Publisher).iter().any(is_media)
    }

    /// The path if no source is cited.
    fn unread(&self) -> Option<Path> {
        let mut steps: Vec<Step> = Vec::new();
        for actor in self.speech.via.iter().rev().take(MOST_STEPS) {
            let join = if steps.is_empty() { Join::Says } else { self.join(&steps, *actor) };
            steps.push(Step { join, who: vec![*actor] });
        }
        self.end(&mut steps);
        (!steps.is_empty()).then_some(Path { source: None, steps, leads: Leads::ToClaimant })
    }

    /// Ends a path with the claimant.
    fn end(&self, steps: &mut Vec<Step>) {
        let Some(first) = self.speech.by.first() else { return };
        let join = if steps.is_empty() { Join::Says } else { self.join(steps, *first) };
        steps.push(Step { join, who: self.speech.by.clone() });
    }

    fn join(&self, steps: &[Step], next: EntityIx) -> Join {
        let last = steps.last().and_then(|step| step.who.first());
        match last.is_some_and(|last| acts_for(self.graph, *last, next)) {
            true => Join::OnBehalf,
            false => Join::Citing,
        }
    }

    /// The position in `via` before `place`, skipping actors whose own publication is cited, because they
    /// start another path.
    fn before(&self, place: usize) -> Option<usize> {
        let before = place.checked_sub(1)?;
        (!self.published.contains(self.speech.via.get(before)?)).then_some(before)
    }

    /// The actors that a source relays; for a relayed source, its publishers.
    fn relayed(&self, source: EntityIx) -> Vec<EntityIx> {
        let mut actors = Vec::new();
        for relayed in targets(self.graph, source, Role::Relays) {
            match self.graph.entity(relayed).as_kind::<Source>() {
                Some(_) => actors.extend(targets(self.graph, relayed, Role::Publisher)),
                None => actors.push(relayed),
            }
        }
        distinct(actors)
    }

    /// Follows a source with knowledge of its own back to the beginning of that knowledge.
    fn follow(&self, source: EntityIx, steps: &mut Vec<Step>) {
        let trace = self.voices.trace(source);
        let mut roots = self.speech.witnesses(self.graph, trace);
        if roots.is_empty() {
            roots.extend(&trace.roots);
        }
        let known = &steps[0].who;
        let rest: Vec<EntityIx> = roots.into_iter().filter(|root| !known.contains(root)).collect();
        if !rest.is_empty() {
            steps.push(Step { join: Join::Citing, who: rest });
        }
    }
}

/// Whether an actor is part of another, and may speak on its behalf.
fn acts_for(graph: &Graph, actor: EntityIx, whole: EntityIx) -> bool {
    let mut seen = BTreeSet::from([actor]);
    let mut open = VecDeque::from([actor]);
    while let Some(at) = open.pop_front() {
        let Some(data) = graph.entity(at).as_kind::<Actor>() else { continue };
        for membership in &data.part_of {
            let Some(next) = graph.by_id(&membership.actor.id) else { continue };
            if next == whole {
                return true;
            }
            if seen.len() < MOST_WHOLES && seen.insert(next) {
                open.push_back(next);
            }
        }
    }
    false
}

fn weakest(
    graph: &Graph,
    speech: &Speech,
    sources: &[EntityIx],
    paths: &[Path],
    origins: &[Origin],
) -> Option<Weakest> {
    let Some(first) = sources.first() else { return Some(Weakest::NoSource) };
    if origins.len() > 1 {
        return None;
    }
    let reliability =
        |source: &EntityIx| graph.entity(*source).as_kind::<Source>().and_then(|source| source.reliability);
    let best = sources.iter().min_by_key(|source| rank(reliability(source))).unwrap_or(first);
    if matches!(reliability(best), Some(Reliability::D | Reliability::E)) {
        return Some(Weakest::Unreliable(*best));
    }
    let claimant = speech.by.first().copied();
    let Some(claimant) = claimant else {
        return (sources.len() == 1).then_some(Weakest::OnlySource(*first));
    };
    let told: Vec<&Path> = paths.iter().filter(|path| path.leads != Leads::ToWitness).collect();
    // An actor who speaks on behalf of the claimant counts as the claimant.
    let is_own = |path: &Path| match path.steps.as_slice() {
        [_] => true,
        [_, last] => last.join == Join::OnBehalf,
        _ => false,
    };
    if told.iter().any(|path| is_own(path)) {
        return Some(Weakest::OneVoice(claimant));
    }
    // An actor between publisher and claimant on every path; the one nearest to the claimant.
    let shortest = told.iter().min_by_key(|path| path.steps.len())?;
    let between = shortest.steps.get(1..shortest.steps.len() - 1)?;
    let on_all = between
        .iter()
        .rev()
        .flat_map(|step| step.who.iter().copied())
        .find(|actor| told.iter().all(|path| path.steps.iter().any(|step| step.who.contains(actor))));
    match on_all {
        Some(actor) => Some(Weakest::Bottleneck(actor)),
        None if sources.len() == 1 => Some(Weakest::OnlySource(*first)),
        None => Some(Weakest::SecondHand(claimant)),
    }
}

/// The more reliable, the lower the rank; sources that cannot be judged rank in the middle.
fn rank(reliability: Option<Reliability>) -> u8 {
    match reliability {
        Some(Reliability::A) => 0,
        Some(Reliability::B) => 1,
        Some(Reliability::C) => 2,
        None | Some(Reliability::F) => 3,
        Some(Reliability::D) => 4,
        Some(Reliability::E) => 5,
    }
}
