//! The status of a claim, as it follows from what the dossier says about it.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::divergence::{Account, Divergence, differ};
use super::origins::{self, is_upheld};
use super::voices::{Voices, find, targets};
use crate::base::date::Edtf;
use crate::kinds::words::{Basis, Status};
use crate::kinds::{Claim, Role};
use crate::link::{Entity, EntityIx, Graph};

/// What the dossier's other claims and its sources say about a claim.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Standing {
    /// The claims that cannot be true if this one is.
    pub contradictions: Vec<EntityIx>,
    /// The claims that deny it.
    pub denials: Vec<Denial>,
    /// A claim that has it from the same origin, with other figures, dates or words.
    pub told: Option<EntityIx>,
    /// The number of its independent origins.
    pub origins: usize,
    pub is_computed: bool,
    pub is_withdrawn: bool,
    /// Whether a fact-checker has judged it, or another claim replaces it.
    pub is_judged: bool,
}

/// A claim that denies another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Denial {
    pub claim: EntityIx,
    /// Whether it rests on more than its speaker's word.
    pub has_evidence: bool,
}

impl Standing {
    pub(crate) fn of(
        graph: &Graph,
        voices: &Voices,
        told: Option<EntityIx>,
        ix: EntityIx,
        claim: &Claim,
    ) -> Standing {
        let incoming = |role: Role| {
            let references = graph.incoming(ix).filter(move |reference| reference.role == role);
            references.map(|reference| reference.from).filter(|from| *from != ix && is_upheld(graph, *from))
        };
        let mut contradictions: Vec<EntityIx> = targets(graph, ix, Role::Contradicts);
        contradictions.retain(|other| *other != ix && is_upheld(graph, *other));
        contradictions.extend(incoming(Role::Contradicts));
        contradictions.sort_unstable();
        contradictions.dedup();
        let mut denials: Vec<EntityIx> = incoming(Role::Denies).collect();
        denials.dedup();
        let denial = |claim| Denial { claim, has_evidence: has_evidence(graph, claim) };
        Standing {
            contradictions,
            denials: denials.into_iter().map(denial).collect(),
            told,
            origins: origins::of(graph, voices, ix).len(),
            is_computed: claim.is_computed(),
            is_withdrawn: graph.entity(ix).common().withdrawn.is_some(),
            is_judged: claim.review.is_some() || incoming(Role::Supersedes).next().is_some(),
        }
    }

    /// The status that follows, if somebody says so: of what nobody says, none does.
    ///
    /// A bare denial does not outweigh two independent origins: anyone who is accused can say no.
    pub(crate) fn status(&self) -> Status {
        let is_corroborated = self.origins > 1;
        if self.is_withdrawn {
            Status::Withdrawn
        } else if self.is_computed {
            Status::Computed
        } else if !self.contradictions.is_empty() {
            Status::Contradicted
        } else if self.denials.iter().any(|denial| denial.has_evidence || !is_corroborated) {
            Status::Denied
        } else if self.told.is_some() {
            Status::ToldDifferently
        } else if is_corroborated {
            Status::Corroborated
        } else {
            Status::Reported
        }
    }

    /// Whether an author may write `status`: the one that follows, or one that says less for the claim without
    /// hiding a conflict. How many origins a corroborated claim needs is for `single-source-corroboration`.
    pub(crate) fn allows(&self, status: Status) -> bool {
        let follows = self.status();
        match status {
            Status::Confirmed | Status::Corroborated => {
                matches!(follows, Status::Corroborated | Status::Reported)
                    || (follows == Status::ToldDifferently && self.origins > 1)
            }
            Status::Reported => matches!(follows, Status::Reported | Status::Corroborated),
            Status::Computed => self.is_computed,
            Status::Unverified => {
                !matches!(follows, Status::Denied | Status::Contradicted | Status::Computed)
            }
            Status::ToldDifferently => {
                matches!(follows, Status::ToldDifferently | Status::Corroborated) && self.told.is_some()
            }
            Status::Denied => self.contradictions.is_empty() && !self.denials.is_empty(),
            Status::Contradicted => !self.contradictions.is_empty(),
            Status::Disputed => false,
            Status::Refuted => self.is_judged || !(self.contradictions.is_empty() && self.denials.is_empty()),
            Status::Withdrawn => true,
        }
    }
}

/// Whether a claim rests on more than its speaker's word, or another claim supports it.
pub(crate) fn has_evidence(graph: &Graph, ix: EntityIx) -> bool {
    let basis = graph.entity(ix).as_kind::<Claim>().and_then(|claim| claim.basis);
    basis.is_some_and(|basis| basis != Basis::Statement)
        || graph.incoming(ix).any(|reference| reference.role.supports() && is_upheld(graph, reference.from))
}

/// For each claim that is told differently, a claim that has it from the same origin in other figures, dates or
/// words.
pub(super) fn tellings(
    graph: &Graph,
    voices: &Voices,
    divergences: &[Divergence],
) -> HashMap<EntityIx, EntityIx> {
    let mut found = HashMap::new();
    for divergence in divergences {
        let mut by_origin: BTreeMap<EntityIx, Vec<&Account>> = BTreeMap::new();
        for account in divergence.accounts.iter().filter(|account| is_upheld(graph, account.claim)) {
            if let Some(origin) = origins::first(graph, voices, account.claim) {
                by_origin.entry(origin).or_default().push(account);
            }
        }
        for accounts in by_origin.into_values().flat_map(|accounts| statements(graph, accounts)) {
            let differs = |one: &Account, other: &Account| {
                one.claim != other.claim && differ(graph, divergence.on, one, other)
            };
            // Whatever an account says, it differs from one of two that differ.
            let Some(first) = accounts.first() else { continue };
            let Some(second) = accounts.iter().find(|account| differs(first, account)) else { continue };
            for account in &accounts {
                let other = [first, second].into_iter().find(|other| differs(account, other));
                found.extend(other.map(|other| (account.claim, other.claim)));
            }
        }
    }
    found
}

/// Accounts of one origin by the statement that they tell: made on one date, or one `restates` the other. What
/// somebody says on another day is another statement.
fn statements<'a>(graph: &Graph, accounts: Vec<&'a Account>) -> Vec<Vec<&'a Account>> {
    let numbers: HashMap<EntityIx, usize> =
        accounts.iter().enumerate().map(|(number, account)| (account.claim, number)).collect();
    let mut parents: Vec<usize> = (0..accounts.len()).collect();
    let mut unite = |a: usize, b: usize| {
        let (a, b) = (find(&mut parents, a), find(&mut parents, b));
        parents[a.max(b)] = a.min(b);
    };
    let mut dated: HashMap<Edtf, usize> = HashMap::new();
    for (number, account) in accounts.iter().enumerate() {
        unite(number, numbers[&account.claim]);
        if let Some(date) = graph.entity(account.claim).date() {
            unite(number, *dated.entry(date.value).or_insert(number));
        }
        for other in targets(graph, account.claim, Role::Restates) {
            numbers.get(&other).into_iter().for_each(|other| unite(number, *other));
        }
    }
    let mut statements: BTreeMap<usize, Vec<&Account>> = BTreeMap::new();
    for (number, account) in accounts.into_iter().enumerate() {
        statements.entry(find(&mut parents, number)).or_default().push(account);
    }
    statements.into_values().collect()
}

/// Whether all that a claim's status follows from could be read.
pub(crate) fn has_read(entity: &Entity) -> bool {
    let keys = ["status", "history", "basis", "sources", "quantities", "when"];
    keys.iter().all(|key| entity.has_read(key))
        && Role::relations().chain([Role::By]).all(|role| entity.has_read(role.word()))
}

/// The status of every claim: the one that its author wrote, otherwise the one that follows.
pub(super) fn of_all(
    graph: &Graph,
    voices: &Voices,
    told: &HashMap<EntityIx, EntityIx>,
) -> Vec<(EntityIx, Option<Status>)> {
    let status = |(ix, entity, claim): (EntityIx, &Entity, &Claim)| {
        let written = claim.written_status().map(|status| status.value);
        // Nothing follows from what could not be read, or if nobody says so.
        let is_said = !claim.by.is_empty() || !entity.common().sources.is_empty() || claim.basis.is_some();
        let standing = || Standing::of(graph, voices, told.get(&ix).copied(), ix, claim);
        let follows = || (has_read(entity) && is_said).then(|| standing().status());
        let status = match written {
            // It does not say which conflict; what follows may.
            Some(Status::Disputed) => follows().filter(|status| status.acknowledges_conflict()).or(written),
            // Nobody has reported what the desk has computed.
            Some(Status::Reported | Status::Corroborated) if claim.is_computed() => Some(Status::Computed),
            Some(_) => written,
            None => follows(),
        };
        (ix, status)
    };
    let claims: Vec<(EntityIx, &Entity, &Claim)> = graph.all::<Claim>().collect();
    claims.into_par_iter().map(status).collect()
}

impl Entity {
    /// Whether the status that its author wrote admits a conflict, or none is written, so that it follows.
    pub(crate) fn admits_conflict(&self) -> bool {
        let status = self.as_kind::<Claim>().and_then(Claim::written_status);
        status.is_none_or(|status| status.acknowledges_conflict()) || !self.has_read("status")
    }
}
