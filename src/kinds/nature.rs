//! What an entity is in the world, in words that no kind, no output and no vocabulary of others owns.

use super::words::SourceType;

/// What an entity is.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Nature {
    /// A text that explains.
    Story,
    /// A text about something.
    Remark,
    /// A text that asks for a change.
    Correction,
    /// Something that somebody says is so.
    Assertion,
    /// A human being.
    Person,
    /// A government, or a part of one.
    State,
    /// An organization that reports.
    Medium,
    /// Any other organization.
    Organization,
    /// Somebody, or some body: nobody said which.
    Party,
    /// A city, a town, a village.
    City,
    /// A country.
    Country,
    /// An airport.
    Airport,
    /// Any other place.
    Place,
    /// Something that happened.
    Event,
    /// A way that was taken.
    Journey,
    /// Something that was published, or can be quoted.
    Work(Option<SourceType>),
}
