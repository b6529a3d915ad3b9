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
    /// How many accounts it has.
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
    /// How many voices there are behind all the accounts.
    pub origins: usize,
    /// The accounts on one scale, drawn.
    pub diagram: Option<Html>,
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
