//! What an entity is in the real world, in terms independent of kinds, outputs and external vocabularies.

use super::words::SourceType;

/// The nature of an entity.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Nature {
    /// A text that explains.
    Story,
    /// A text about something.
    Remark,
    /// A text that asks for a change.
    Correction,
    /// Something that somebody asserts.
    Assertion,
    /// A human being.
    Person,
    /// A government, or a part of one.
    State,
    /// An organization that reports.
    Medium,
    /// Any other organization.
    Organization,
    /// A person or an organization: not specified which.
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
    /// A journey.
    Journey,
    /// Something that was published, or can be quoted.
    Work(Option<SourceType>),
}
