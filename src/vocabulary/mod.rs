//! Maps facts to the vocabularies that other programs read. Each vocabulary has a file, with a table for each
//! [`Nature`](crate::kinds::Nature) that maps the labels of facts to properties. Kinds know nothing about
//! vocabularies, and outputs know nothing about kinds.

pub(crate) mod follow_the_money;
pub(crate) mod schema_org;

use crate::kinds::Role;

/// The type of an entity in a vocabulary, and the properties for its facts.
#[derive(Debug)]
pub(crate) struct Described {
    pub types: &'static [&'static str],
    /// Its properties, in order.
    pub terms: &'static [Term],
    /// Whether each translation is a separate work.
    pub per_edition: bool,
}

/// A property and the facts that it expresses.
#[derive(Debug)]
pub(crate) struct Term {
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
pub(crate) enum Shape {
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
    pub(crate) const fn new(types: &'static [&'static str], terms: &'static [Term]) -> Described {
        Described { types, terms, per_edition: false }
    }
}

/// A property for the facts with these keys.
pub(crate) const fn says(property: &'static str, keys: &'static [&'static str]) -> Term {
    Term { property, facts: Named::Keys(keys), shape: Shape::Plain }
}

/// A property for the references in these roles.
pub(crate) const fn links(property: &'static str, roles: &'static [Role]) -> Term {
    Term { property, facts: Named::Roles(roles), shape: Shape::Plain }
}

impl Term {
    /// The same term with another conversion.
    pub(crate) const fn shaped(self, shape: Shape) -> Term {
        Term { shape, ..self }
    }

    /// The labels of the facts.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &'static str> + use<> {
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
