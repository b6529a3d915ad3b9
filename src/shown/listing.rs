//! The list of all entities of a kind.

use std::sync::Arc;

use serde::Serialize;

use super::{PageHead, Pagination, Preview};

/// The list of all entities of a kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListingPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// What it lists.
    pub listing: Listing,
    /// Which page of a long list this is.
    pub pagination: Option<Pagination>,
    /// The path of the Atom feed of the kind, where it has one.
    pub feed: Option<String>,
}

/// The entities of a kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Listing {
    /// The kind.
    pub kind: &'static str,
    /// The groups, in their order.
    pub groups: Vec<ListingGroup>,
    /// How many entities there are, on all pages of a long list.
    pub total: usize,
}

/// A group of a listing.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListingGroup {
    /// What its entries have in common, in words.
    pub heading: Option<String>,
    /// The label of the fact by which they are grouped.
    pub label: Option<&'static str>,
    /// How many there are, on all pages of a long list.
    pub total: usize,
    /// Its entries.
    pub items: Vec<ListingItem>,
}

/// An entry of a listing.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListingItem {
    /// The entity.
    pub preview: Arc<Preview>,
}
