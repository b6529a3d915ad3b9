//! How facts are expressed in the vocabularies that other programs read: a file for each vocabulary, and in
//! it a table for each [`Nature`](crate::kinds::Nature), from the labels of facts to properties. Kinds do not
//! know vocabularies, and outputs do not know kinds.

pub mod follow_the_money;
pub mod schema_org;

/// The type of an entity in a vocabulary, and the properties for its facts.
#[derive(Debug)]
pub struct Described {
    /// Its types.
    pub types: &'static [&'static str],
    /// Its properties, in order.
    pub terms: &'static [Term],
    /// Whether each translation is a work of its own.
    pub per_edition: bool,
}

/// A property and the facts that it expresses.
#[derive(Debug)]
pub struct Term {
    /// The property.
    pub property: &'static str,
    /// The labels of the facts.
    pub labels: &'static [&'static str],
    /// How values are converted.
    pub shape: Shape,
}

/// How a value is converted.
#[derive(Debug)]
pub enum Shape {
    /// Unchanged; an interval becomes its start.
    Plain,
    /// An interval becomes its end; a single date is left out.
    End,
    /// An interval becomes both ends.
    Span,
    /// An object of these types, whose properties are the values of the row; a value that is not a row is
    /// treated as a row with one fact.
    Node(&'static [&'static str], &'static [Term]),
}

impl Described {
    /// A description with these types and properties.
    pub const fn new(types: &'static [&'static str], terms: &'static [Term]) -> Described {
        Described { types, terms, per_edition: false }
    }
}

/// A property for these facts.
pub const fn says(property: &'static str, labels: &'static [&'static str]) -> Term {
    Term { property, labels, shape: Shape::Plain }
}

/// The same, with a conversion.
pub const fn shaped(property: &'static str, labels: &'static [&'static str], shape: Shape) -> Term {
    Term { property, labels, shape }
}
