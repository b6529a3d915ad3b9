//! What an entity says that has a date, in words that no kind and no output owns.

use crate::base::date::Edtf;

/// What a date is the date of.
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
    /// All of them.
    pub(crate) const ALL: [Act; 4] = [Act::Happened, Act::Said, Act::Published, Act::Travelled];

    /// A key of the string tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Act::Happened => "happened",
            Act::Said => "said",
            Act::Published => "published",
            Act::Travelled => "travelled",
        }
    }
}

/// Something with a date.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Moment {
    /// When.
    pub date: Edtf,
    /// What.
    pub act: Act,
    /// The number of the leg, from 1, where it is a leg of a route.
    pub leg: Option<usize>,
}
