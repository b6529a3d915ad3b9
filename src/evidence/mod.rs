//! Graph → evidence: how claims reached us, how many independent origins they have, where accounts differ,
//! and what changed.
//!
//! Everything here is a pure function of the [`Graph`], near-linear in its size. What all pages and rules
//! need is computed once, in [`Evidence`]; what one claim needs is computed on request.

pub mod chain;
pub(crate) mod chronology;
pub(crate) mod consistency;
pub(crate) mod divergence;
pub(crate) mod history;
pub(crate) mod origins;
pub(crate) mod quantities;
pub(crate) mod status;
pub(crate) mod voices;
pub(crate) mod wording;

use std::collections::HashMap;

pub(crate) use chain::Chain;
pub(crate) use chronology::Dated;
pub(crate) use divergence::Divergence;
pub(crate) use origins::{Origin, Supporter};

use crate::kinds::Claim;
use crate::kinds::words::Status;
use crate::link::{EntityIx, Graph};
use status::Standing;
use voices::Voices;

/// The evidence of a whole dossier.
#[derive(Debug)]
pub struct Evidence {
    /// Which actors speak as one voice.
    pub(crate) voices: Voices,
    /// Where accounts differ.
    pub divergences: Vec<Divergence>,
    /// The status of every claim: the one that its author wrote, otherwise the one that follows.
    pub(crate) statuses: Vec<(EntityIx, Option<Status>)>,
    /// Everything with a date, in order.
    pub(crate) chronology: Vec<Dated>,
    /// The number of changes; [`history::changes`] lists them.
    pub changes: usize,
    /// For each claim that is told differently, another telling.
    told: HashMap<EntityIx, EntityIx>,
    /// For each claim, the divergences that it is in.
    of_claim: HashMap<EntityIx, Vec<usize>>,
}

impl Evidence {
    /// Evaluates a dossier.
    pub fn of(graph: &Graph) -> Evidence {
        let voices = Voices::of(graph);
        let mut divergences = divergence::of(graph, &voices);
        let mut of_claim: HashMap<EntityIx, Vec<usize>> = HashMap::new();
        for (number, divergence) in divergences.iter().enumerate() {
            for account in &divergence.accounts {
                let numbers = of_claim.entry(account.claim).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        for (number, divergence) in divergences.iter_mut().enumerate() {
            // A claim with two figures may be in two divergences: it identifies the first.
            let free =
                |claim: &EntityIx| of_claim.get(claim).and_then(|numbers| numbers.first()) == Some(&number);
            let claims = divergence.accounts.iter().map(|account| account.claim);
            divergence.name = claims.filter(free).min().unwrap_or(divergence.name);
        }
        let told = status::tellings(graph, &voices, &divergences);
        let chronology = chronology::of(graph);
        let changes = history::changes(graph).len();
        let statuses = status::of_all(graph, &voices, &told);
        Evidence { voices, told, divergences, statuses, chronology, changes, of_claim }
    }

    /// The independent origins of a claim.
    pub fn origins(&self, graph: &Graph, claim: EntityIx) -> Vec<Origin> {
        origins::of(graph, &self.voices, claim)
    }

    /// Other voices whose claims support a claim.
    pub fn supporters(&self, graph: &Graph, claim: EntityIx, origins: &[Origin]) -> Vec<Supporter> {
        origins::supporters(graph, &self.voices, claim, origins)
    }

    /// How a claim reached us.
    pub fn chain(&self, graph: &Graph, claim: EntityIx, origins: &[Origin]) -> Chain {
        chain::of(graph, &self.voices, claim, origins)
    }

    /// What the dossier says about a claim.
    pub(crate) fn standing(&self, graph: &Graph, ix: EntityIx, claim: &Claim) -> Standing {
        Standing::of(graph, &self.voices, self.told.get(&ix).copied(), ix, claim)
    }

    /// The numbers of the divergences that a claim is in.
    pub(crate) fn divergences_of(&self, claim: EntityIx) -> &[usize] {
        self.of_claim.get(&claim).map_or(&[], Vec::as_slice)
    }
}
