//! Where accounts differ.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, Html, PageHead, Preview, Who};

/// The list of divergences: where accounts of the same thing do not agree.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DivergencesPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The divergences.
    pub items: Vec<DivergenceItem>,
    /// How many more there are.
    pub more: usize,
}

/// A divergence in the list.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DivergenceItem {
    /// Its title.
    pub title: String,
    /// The path of its page.
    pub path: String,
    /// How many accounts somebody gave of it.
    pub accounts: usize,
    /// What some of the accounts say, each once.
    pub said: Vec<String>,
}

/// One divergence: who gave which figure or date, through whom and when.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DivergencePage {
    #[serde(flatten)]
    pub head: PageHead,
    /// What the accounts differ in: `figure`, `when` or `words`.
    pub on: &'static str,
    /// The accounts.
    pub rows: Vec<AccountRow>,
    /// How many more there are.
    pub more: usize,
    /// How many accounts somebody gave.
    pub accounts: usize,
    /// How many of the accounts are our own computations.
    pub computed: usize,
    /// How many voices there are behind all the accounts.
    pub origins: usize,
    /// The accounts on one scale, or their wordings side by side.
    pub plot: Plot,
}

/// The accounts of one divergence as a picture: on one scale, or their wordings side by side.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Plot {
    /// What the accounts differ in: `figure`, `when` or `words`.
    pub on: &'static str,
    /// The title of the divergence.
    pub subject: String,
    /// The path of its page.
    pub path: String,
    /// What the picture shows, in a sentence.
    pub title: String,
    /// What the numbers of the scale count or measure.
    pub unit: Option<String>,
    /// The numbers or dates of the scale, drawn; without one, the accounts are words.
    pub axis: Option<Html>,
    /// Whether the scale is one of figures and does not begin at zero.
    pub cut: bool,
    /// The accounts, those of one origin together, in the order of the scale.
    pub groups: Vec<PlotGroup>,
    /// How many more accounts there are.
    pub more: usize,
    /// The signs in the drawing.
    pub signs: Vec<PlotSign>,
    /// Where the accounts were read.
    pub sources: Vec<Arc<Preview>>,
    /// How many more sources there are.
    pub more_sources: usize,
}

/// Accounts in a picture that have one origin.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlotGroup {
    /// Their origin, if there are several accounts.
    pub origin: Option<Who>,
    /// The accounts. Several that say the same are one.
    pub rows: Vec<PlotRow>,
}

/// An account in a picture.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlotRow {
    /// What it says: its figure or its date; a wording in pieces.
    pub said: Vec<Wording>,
    /// The places or events that the figure lies between.
    pub between: Option<String>,
    /// The claim.
    pub preview: Arc<Preview>,
    /// Who told it, whom they cite, and when; the claim's title if nobody said it.
    pub who: String,
    /// How many more claims of the same origin say the same.
    pub more: usize,
    /// The account on the scale, drawn.
    pub track: Option<Html>,
}

/// A piece of what an account says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Wording {
    /// Its words.
    pub text: String,
    /// Whether not all accounts have it.
    pub differs: bool,
}

/// A sign in a picture.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlotSign {
    /// What it means: `range`, `about`, `open`, `without` or `computed`; `t.special.divergence.signs[word]`.
    pub word: &'static str,
    /// The sign.
    pub drawing: Html,
}

/// One account.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AccountRow {
    /// The claim.
    pub preview: Arc<Preview>,
    /// What it says: its figure, its date or its title.
    pub said: String,
    /// The places or events that the figure lies between.
    pub between: Option<String>,
    /// Who says it.
    pub by: Vec<Who>,
    /// Who relays it.
    pub via: Vec<Who>,
    /// Its sources.
    pub sources: Vec<Arc<Preview>>,
    /// When it was said.
    pub date: Option<Date>,
    /// When what it speaks of happened.
    pub when: Option<Date>,
    /// What the program calculates from the dossier's own places and dates, where the account differs from
    /// that, in words.
    pub computed: Option<String>,
}
