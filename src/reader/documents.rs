//! The pages that search can find, in numerical order. `machine::search` builds the list when it is first
//! needed.

use std::sync::OnceLock;

use crate::link::EntityIx;
use crate::search::index;

/// The search documents of one language. They contain full texts, so they are rebuilt for each snapshot and
/// not reused.
#[derive(Default)]
pub(crate) struct Documents {
    /// The pages.
    pub list: OnceLock<DocumentList>,
    /// The index of all their words.
    pub index: OnceLock<index::Index>,
    /// What distinguishes this edition of the pieces from others.
    pub hashes: OnceLock<Hashes>,
}

/// The first digits of the hash of each piece's file, as their names contain them.
pub(crate) struct Hashes {
    pub words: Vec<String>,
    pub texts: Vec<String>,
    pub cards: Vec<String>,
}

/// The pages, sorted by piece and then by path.
pub(crate) struct DocumentList {
    /// The pages.
    pub documents: Vec<Document>,
    /// The index of the first page of each piece, and then the total number of pages.
    pub starts: Vec<usize>,
}

/// A page that search can find.
pub(crate) struct Document {
    pub path: String,
    pub what: What,
}

/// What sort of page it is.
pub(crate) enum What {
    /// The page of an entity.
    Entity(EntityIx),
    /// Another page.
    Other {
        /// The label shown above its title.
        kind: String,
        title: String,
        about: Option<String>,
    },
}
