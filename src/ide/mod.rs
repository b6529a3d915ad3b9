//! The program's operations on a dossier for its authors, as plain data: nothing here writes, prints or asks.
//!
//! Everything is computed from a [`Snapshot`](crate::session::Snapshot) and returned as edits, moves and new
//! files, which [`world::edit`](crate::world::edit) carries out, or an editor applies.

pub(crate) mod annotate;
pub(crate) mod change;
pub(crate) mod copies;
pub(crate) mod fixes;
pub(crate) mod form;
pub(crate) mod front;
pub(crate) mod rename;
pub(crate) mod scaffold;
pub(crate) mod schema;
pub(crate) mod theme;
pub(crate) mod translations;

use std::{fmt, io};

/// Why something cannot be done: one phrase that says what, where and how to fix it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

impl From<io::Error> for Refusal {
    fn from(why: io::Error) -> Refusal {
        Refusal(why.to_string())
    }
}

/// `; did you mean …?`, or an empty string.
fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    match crate::base::near::nearest(word, candidates) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    }
}
