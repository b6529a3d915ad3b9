//! The bibliography.

use std::sync::Arc;

use serde::Serialize;

use super::{Html, PageHead, Pagination, Preview};

/// The bibliography: every source as a citation style writes it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BibliographyPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// Which page of a long bibliography this is.
    pub pagination: Option<Pagination>,
    /// The sources of this page, by the alphabet.
    pub entries: Vec<Entry>,
}

/// A source.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entry {
    /// The id of the source; its entry has the id `source-…`, to which citations link.
    pub id: String,
    /// The source.
    pub preview: Arc<Preview>,
    /// The reference.
    pub html: Html,
    /// The address of a copy of it in an archive.
    pub archive: Option<String>,
    /// The entities that cite it.
    pub citing: Vec<Arc<Preview>>,
    /// How many more cite it.
    pub more: usize,
}
