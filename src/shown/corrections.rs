//! What changed in the dossier.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, PageHead, Pagination, Preview};

/// What changed in the dossier: corrections, withdrawals and statuses of claims, the latest first.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CorrectionsPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// Which page of a long list this is.
    pub pagination: Option<Pagination>,
    /// The changes.
    pub items: Vec<Change>,
}

/// A change.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// When it was made.
    pub date: Date,
    /// What it is: `correction`, `withdrawal`, `status` or `note`; `t.special.corrections[what]`.
    pub what: &'static str,
    /// What was changed.
    pub preview: Arc<Preview>,
    /// The fragment of that page where the change is told, with its `#`; empty where there is none.
    pub fragment: String,
    /// What was wrong and is right, or why it changed.
    pub text: Option<String>,
    /// The status before.
    pub from: Option<&'static str>,
    /// The status after.
    pub to: Option<&'static str>,
    /// Other entities that it corrects.
    pub corrects: Vec<Arc<Preview>>,
}
