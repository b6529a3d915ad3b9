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
pub(crate) mod voices;

use std::collections::HashMap;

pub(crate) use chain::Chain;
pub(crate) use chronology::Dated;
pub(crate) use divergence::Divergence;
pub(crate) use origins::{Origin, Supporter};

use crate::link::{EntityIx, Graph};
use voices::Voices;

/// The evidence of a whole dossier.
#[derive(Debug)]
pub struct Evidence {
    /// Which actors speak as one voice.
    pub(crate) voices: Voices,
    /// Where accounts differ.
    pub divergences: Vec<Divergence>,
    /// Everything with a date, in order.
    pub(crate) chronology: Vec<Dated>,
    /// The number of changes; [`history::changes`] lists them.
    pub changes: usize,
    /// For each claim, the divergences that it is in.
    of_claim: HashMap<EntityIx, Vec<usize>>,
}

impl Evidence {
    /// Evaluates a dossier.
    pub fn of(graph: &Graph) -> Evidence {
        let mut divergences = divergence::of(graph);
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
        Evidence {
            voices: Voices::of(graph),
            divergences,
            chronology: chronology::of(graph),
            changes: history::changes(graph).len(),
            of_claim,
        }
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

    /// The numbers of the divergences that a claim is in.
    pub(crate) fn divergences_of(&self, claim: EntityIx) -> &[usize] {
        self.of_claim.get(&claim).map_or(&[], Vec::as_slice)
    }
}
