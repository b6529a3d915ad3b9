//! The entities that refer to another.

use std::sync::Arc;

use serde::Serialize;

use super::{PageHead, Pagination, Preview};

/// A further page of the entities that refer to one with very many.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReferrersPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// The entities that refer to it, by kind.
    pub backlinks: Vec<BacklinkGroup>,
    /// Which page of the list this is.
    pub pagination: Option<Pagination>,
}

/// The referrers of one kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BacklinkGroup {
    /// The kind.
    pub kind: &'static str,
    /// How many there are, on all pages of a long list.
    pub total: usize,
    /// The referrers, in the order of the kind.
    pub items: Vec<Backlink>,
}

/// An entity that refers to this page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Backlink {
    /// The entity.
    pub preview: Arc<Preview>,
    /// What this page is to it, in words.
    pub role: String,
    /// The sentence in which it names this page.
    pub sentence: Option<String>,
    /// The language of the sentence.
    pub sentence_lang: Option<String>,
}
