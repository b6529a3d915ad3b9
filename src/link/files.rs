//! The files of `content/` that are not texts: which of them are published, and why the others are not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::path::InputPath;
use crate::config::Pattern;

/// What decides about files besides the texts.
#[derive(Debug, Default)]
pub struct Publishing {
    /// The patterns of `publish_files`.
    pub patterns: Vec<Pattern>,
    /// The files that are programs, each with what it is.
    pub active: BTreeMap<InputPath, String>,
    /// All text of the site's own theme.
    pub theme: String,
}

/// The files of `content/` that are not texts.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Those that are published.
    pub published: BTreeSet<InputPath>,
    /// The others, and why.
    pub(crate) held: BTreeMap<InputPath, Held>,
    pub(super) publishing: Arc<Publishing>,
}

/// Why a file is not published.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Held {
    /// Nothing that is published refers to it.
    Unused,
    /// Only a text that is left out refers to it: this one.
    With(InputPath),
    /// It could run code in a reader's browser or change how the host behaves.
    Active {
        /// What it is.
        what: String,
        /// A published text that refers to it.
        wanted_by: Option<InputPath>,
    },
}
