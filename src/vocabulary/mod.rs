//! How facts are said in the vocabularies that other programs read: a file for each vocabulary, and in it a table for each
//! [`Nature`](crate::kinds::Nature), from the labels of facts to properties. Kinds know of no vocabulary, and outputs of no kind.

pub mod follow_the_money;
pub mod schema_org;

use crate::kinds::Role;

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
    facts: Named,
    /// What becomes of a value.
    pub shape: Shape,
}

/// How facts are named.
#[derive(Debug)]
enum Named {
    Keys(&'static [&'static str]),
    Roles(&'static [Role]),
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
    /// It becomes a thing of these types, which says what the row holds; a value that is no row is one of a single fact.
    Node(&'static [&'static str], &'static [Term]),
}

impl Described {
    /// Something of that type with these properties.
    pub const fn new(types: &'static [&'static str], terms: &'static [Term]) -> Described {
        Described { types, terms, per_edition: false }
    }
}

/// The facts of these keys are said with that property.
pub const fn says(property: &'static str, keys: &'static [&'static str]) -> Term {
    Term { property, facts: Named::Keys(keys), shape: Shape::Plain }
}

/// The references in these roles are said with that property.
pub const fn links(property: &'static str, roles: &'static [Role]) -> Term {
    Term { property, facts: Named::Roles(roles), shape: Shape::Plain }
}

impl Term {
    /// The same in another shape.
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
