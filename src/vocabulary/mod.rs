//! How facts are said in the vocabularies that other programs read: a file for each vocabulary, and in it a
//! table for each [`Nature`](crate::kinds::Nature), from the labels of facts to properties. Kinds know of no
//! vocabulary, and outputs of no kind.

pub mod follow_the_money;
pub mod schema_org;

/// What an entity is in a vocabulary, and which of its facts are said with which property.
#[derive(Debug)]
pub struct Described {
    /// What it is.
    pub types: &'static [&'static str],
    /// What is said of it, in order.
    pub terms: &'static [Term],
    /// Whether each of its translations is a work of its own.
    pub per_edition: bool,
}

/// A property and the facts that it says.
#[derive(Debug)]
pub struct Term {
    /// The property.
    pub property: &'static str,
    /// The labels of the facts.
    pub labels: &'static [&'static str],
    /// What becomes of a value.
    pub shape: Shape,
}

/// What becomes of a value.
#[derive(Debug)]
pub enum Shape {
    /// It stands as it is; of an interval, its start does.
    Plain,
    /// Of an interval, its end stands; a single date does not.
    End,
    /// Of an interval, both ends stand.
    Span,
    /// It becomes a thing of these types, which says what the row holds; a value that is no row is one of a
    /// single fact.
    Node(&'static [&'static str], &'static [Term]),
}

impl Described {
    /// Something of that type with these properties.
    pub const fn new(types: &'static [&'static str], terms: &'static [Term]) -> Described {
        Described { types, terms, per_edition: false }
    }
}

/// These facts are said with that property.
pub const fn says(property: &'static str, labels: &'static [&'static str]) -> Term {
    Term { property, labels, shape: Shape::Plain }
}

/// As [`says`], in a shape.
pub const fn shaped(property: &'static str, labels: &'static [&'static str], shape: Shape) -> Term {
    Term { property, labels, shape }
}
