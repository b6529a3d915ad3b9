//! Graph → what it comes to as evidence: how claims reached us, how many independent origins they have, where accounts
//! differ, and what changed.
//!
//! Everything here is a pure function of the [`Graph`], near-linear in it. What all pages and rules need is worked
//! out once, in [`Evidence`]; what one claim needs is worked out when it is asked for.

pub mod chain;
pub mod chronology;
pub mod consistency;
pub mod divergence;
pub mod history;
pub mod origins;
pub mod quantities;
pub mod voices;

use std::collections::HashMap;

pub use chain::Chain;
pub use chronology::Dated;
pub use divergence::Divergence;
pub use origins::{Origin, Supporter};

use crate::link::{EntityIx, Graph};
use voices::Voices;

/// What a whole dossier comes to.
#[derive(Debug)]
pub struct Evidence {
    /// Who speaks for whom.
    pub voices: Voices,
    /// Where accounts differ.
    pub divergences: Vec<Divergence>,
    /// All that has a date, in order.
    pub chronology: Vec<Dated>,
    /// How many changes there are; [`history::changes`] lists them.
    pub changes: usize,
    /// Of each claim, the divergences that it is in.
    of_claim: HashMap<EntityIx, Vec<usize>>,
}

impl Evidence {
    /// Weighs a dossier.
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
            // A claim that gives two figures may be in two of them: its name goes to the first.
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

    /// Other voices that support a claim with claims of their own.
    pub fn supporters(&self, graph: &Graph, claim: EntityIx, origins: &[Origin]) -> Vec<Supporter> {
        origins::supporters(graph, &self.voices, claim, origins)
    }

    /// How a claim reached us.
    pub fn chain(&self, graph: &Graph, claim: EntityIx, origins: &[Origin]) -> Chain {
        chain::of(graph, &self.voices, claim, origins)
    }

    /// The numbers of the divergences that a claim is in.
    pub fn divergences_of(&self, claim: EntityIx) -> &[usize] {
        self.of_claim.get(&claim).map_or(&[], Vec::as_slice)
    }
}
