//! How facts are expressed in the vocabularies that other programs read: a file for each vocabulary, and in
//! it a table for each [`Nature`](crate::kinds::Nature), from the labels of facts to properties. Kinds do not
//! know vocabularies, and outputs do not know kinds.

pub mod follow_the_money;
pub mod schema_org;

use crate::kinds::Role;

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
    facts: Named,
    /// How values are converted.
    pub shape: Shape,
}

/// The facts that a term expresses.
#[derive(Debug)]
enum Named {
    Keys(&'static [&'static str]),
    Roles(&'static [Role]),
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

/// A property for the facts with these keys.
pub const fn says(property: &'static str, keys: &'static [&'static str]) -> Term {
    Term { property, facts: Named::Keys(keys), shape: Shape::Plain }
}

/// A property for the references in these roles.
pub const fn links(property: &'static str, roles: &'static [Role]) -> Term {
    Term { property, facts: Named::Roles(roles), shape: Shape::Plain }
}

impl Term {
    /// The same, with another conversion.
    pub const fn shaped(self, shape: Shape) -> Term {
        Term { shape, ..self }
    }

    /// The labels of the facts.
    pub fn labels(&self) -> impl Iterator<Item = &'static str> + use<> {
        let (keys, roles): (&[&str], &[Role]) = match self.facts {
            Named::Keys(keys) => (keys, &[]),
            Named::Roles(roles) => (&[], roles),
        };
        keys.iter().copied().chain(roles.iter().map(|role| role.word()))
    }
}
