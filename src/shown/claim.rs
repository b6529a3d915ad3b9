//! How a claim reached us, and how it relates to other claims.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, Html, Located, Preview};

/// How a claim reached us, and how it relates to other claims.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClaimEvidence {
    /// The labels of the facts that are shown with the evidence, and so are left out of the list of facts.
    pub elsewhere: Vec<&'static str>,
    /// The claims that replace it.
    pub superseded_by: Vec<Arc<Preview>>,
    /// The ways on which it reached us.
    pub paths: Vec<Way>,
    /// The ways as a tree, drawn; where there is more than one step.
    pub diagram: Option<Html>,
    /// The link of the chain that would break first.
    pub weakest: Option<WeakestLink>,
    /// Whether it is a calculation of the dossier's own, which has no origin.
    pub computed: bool,
    /// The independent origins of the claim.
    pub origins: Vec<Origin>,
    /// The independent origins of claims that support it.
    pub supporters: Vec<Supporter>,
    /// The claims that deny it.
    pub denied_by: Vec<Peer>,
    /// The claims that it denies.
    pub denies: Vec<Peer>,
    /// Its other relations to claims.
    pub relations: Vec<Relation>,
    /// The statuses that it had.
    pub history: Vec<HistoryEntry>,
    /// The divergences that it is part of.
    pub divergences: Vec<Account>,
}

/// Somebody, within a sentence.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Who {
    /// The entity.
    pub preview: Arc<Preview>,
    /// What it is called within a sentence: `the White House`.
    pub called: String,
}

/// A way on which a claim reached us.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Way {
    /// From the one who published it back to the one who asserts it.
    pub steps: Vec<Step>,
    /// The source in which it was read.
    pub source: Option<Arc<Preview>>,
    /// The places in that source as one text.
    pub locator: Option<String>,
    /// The same places, each with a link where there is one.
    pub locators: Vec<Located>,
    /// The path of the source's entry in the bibliography.
    pub entry: Option<String>,
    /// What the way leads to: `claimant`, `witness` or `material`.
    pub leads: &'static str,
}

/// A step of a way.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// How the step before has it from this one: `says`, `citing` or `on_behalf`; `t.chain[join]`.
    pub join: &'static str,
    /// The actors that speak together, or a source that names nobody.
    pub who: Vec<Who>,
}

/// The link of a chain that would break first.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WeakestLink {
    /// Why: `no_source`, `unreliable`, `bottleneck`, `only_source`, `second_hand` or `one_voice`;
    /// `t.weakest[word]`.
    pub word: &'static str,
    /// Who or what it is.
    pub who: Option<Who>,
}

/// An independent origin of a claim.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Origin {
    /// The voices that speak together.
    pub who: Vec<Who>,
    /// How many sources lead to it.
    pub sources: usize,
}

/// An independent origin of claims that support this one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Supporter {
    /// The voices that speak together.
    pub who: Vec<Who>,
    /// The claims of theirs that support this one.
    pub claims: Vec<Arc<Preview>>,
}

/// A claim beside this one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Peer {
    /// The claim.
    pub preview: Arc<Preview>,
    /// Who makes it.
    pub by: Vec<Who>,
    /// On a denial, how many days after this claim it was made, where both days are known.
    pub days_after: Option<usize>,
    /// On a denial, whether it rests on more than its speaker's word.
    pub evidence: Option<bool>,
}

/// Claims in one relation to this one.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Relation {
    /// The relation: `supports`; `t.relations[facing][role]`.
    pub role: &'static str,
    /// Whether this claim says so (`ours`) or the others do (`theirs`).
    pub facing: &'static str,
    /// The other claims.
    pub claims: Vec<Peer>,
    /// How many more there are.
    pub more: usize,
}

/// A status that a claim had.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// Since when.
    pub date: Date,
    /// The status.
    pub status: &'static str,
    /// The reason.
    pub why: Option<String>,
}

/// A divergence that a claim is part of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Account {
    /// The title of the divergence.
    pub title: String,
    /// The path of its page.
    pub path: String,
    /// How many accounts somebody gave of it.
    pub accounts: usize,
}
