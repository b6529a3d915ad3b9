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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::keys::{Key, Shape as Written};
    use crate::kinds::words::SourceType;
    use crate::kinds::{KindId, Nature};

    fn names(keys: impl Iterator<Item = &'static Key>, names: &mut Vec<&'static str>) {
        for key in keys {
            names.push(key.name);
            if let Written::Record(keys) | Written::List(&Written::Record(keys)) = key.shape {
                self::names(keys.iter(), names);
            }
        }
    }

    fn assert_known(terms: &[Term], known: &[&str]) {
        for term in terms {
            if let Named::Keys(keys) = term.facts {
                assert!(keys.iter().all(|key| known.contains(key)), "{term:?}");
            }
            if let Shape::Node(_, terms) = term.shape {
                assert_known(terms, known);
            }
        }
    }

    #[test]
    fn tables_name_keys_that_there_are() {
        use Nature::*;
        let natures = [
            Story,
            Remark,
            Correction,
            Assertion,
            Person,
            State,
            Medium,
            Organization,
            Party,
            City,
            Country,
            Airport,
            Place,
            Event,
            Journey,
            Work(None),
            Work(Some(SourceType::Article)),
        ];
        let mut known = Vec::new();
        KindId::ALL.iter().for_each(|kind| names(kind.keys(), &mut known));
        for nature in natures {
            assert_known(schema_org::of(nature).terms, &known);
            assert_known(follow_the_money::of(nature).map_or(&[], |described| described.terms), &known);
        }
    }
}
