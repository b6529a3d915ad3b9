//! The dated moments of an entity, in terms independent of kinds and outputs.

use crate::base::date::Edtf;

/// The meaning of a date.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(crate) enum Act {
    /// Something happened.
    Happened,
    /// Something was said.
    Said,
    /// Something was published.
    Published,
    /// Somebody or something travelled.
    Travelled,
}

impl Act {
    pub(crate) const ALL: [Act; 4] = [Act::Happened, Act::Said, Act::Published, Act::Travelled];

    /// The key of its label in the string tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Act::Happened => "happened",
            Act::Said => "said",
            Act::Published => "published",
            Act::Travelled => "travelled",
        }
    }
}

/// A dated moment.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Moment {
    /// The date.
    pub date: Edtf,
    /// What happened on it.
    pub act: Act,
    /// The number of the leg, starting at 1, if the moment is a leg of a route.
    pub leg: Option<usize>,
}
