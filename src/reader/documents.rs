//! The pages that a search finds, in the order of their numbers. `machine::search` makes the list when it is
//! first asked for.

use std::sync::OnceLock;

use crate::link::EntityIx;
use crate::search::index;

/// What a search finds in one language. It holds texts, so it is never taken over from one snapshot to the
/// next.
#[derive(Default)]
pub(crate) struct Documents {
    /// The pages.
    pub list: OnceLock<DocumentList>,
    /// The index of all their words.
    pub index: OnceLock<index::Index>,
}

/// Pages by piece, then by path.
pub(crate) struct DocumentList {
    /// The pages.
    pub documents: Vec<Document>,
    /// The number of the first page of each piece, and the number of all.
    pub starts: Vec<usize>,
}

/// A page that can be found.
pub(crate) struct Document {
    pub path: String,
    pub what: What,
}

/// What a page that can be found is.
pub(crate) enum What {
    /// The page of an entity.
    Entity(EntityIx),
    /// Another page.
    Other {
        /// The word that stands above its title.
        kind: String,
        title: String,
        about: Option<String>,
    },
}
