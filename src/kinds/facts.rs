//! The facts of an entity, in terms independent of kinds and outputs.

use super::common::{Citation, Common, Ref};
use super::keys::{Key, Said, Says, Table};
use super::{Quantity, Review, Role};
use crate::base::date::Edtf;
use crate::base::point::Point;
use crate::base::span::Spanned;
use crate::base::text::Text;

/// The facts of one entity, in order.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// In display order.
    pub list: Vec<Fact<'a>>,
}

/// A labelled fact. The label is a key of the theme's string tables and, where its values refer to
/// entities, the role that this entity plays for them.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// For example `by`, `legs` or `published`.
    pub label: &'static str,
    /// One or more.
    pub values: Vec<Value<'a>>,
}

/// A value of a fact.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// Words.
    Text(&'a Text),
    /// Words that are the same in every language: a person's name.
    Name(&'a str),
    /// A date or an interval.
    Date(&'a Spanned<Edtf>),
    /// A word of a closed list, with the name of the list.
    Term(&'static str, &'a str),
    /// An entity, and its role for the entity that refers to it.
    Ref(&'a Ref, Role),
    /// A source with a locator.
    Citation(&'a Citation),
    /// An address on the web.
    Url(&'a Spanned<super::Url>),
    /// A point on the Earth.
    Point(Point),
    /// A fact-checker's verdict.
    Verdict(&'a Review),
    /// A figure.
    Quantity(&'a Quantity),
    /// An ISO 3166-1 alpha-2 code.
    Country(&'a str),
    /// A BCP 47 tag.
    Language(&'a str),
    /// Facts that belong together: one leg, or one entry of a history.
    Row(Vec<Fact<'a>>),
}

impl<'a> Value<'a> {
    /// The facts of a record.
    pub(crate) fn row(record: &'a impl Table) -> Value<'a> {
        let mut facts = Facts::default();
        facts.table(record);
        Value::Row(facts.list)
    }
}

impl<'a> Facts<'a> {
    /// Adds a fact, unless it has no value.
    pub(crate) fn add(&mut self, label: &'static str, values: impl IntoIterator<Item = Value<'a>>) {
        let values: Vec<Value<'a>> = values.into_iter().collect();
        if !values.is_empty() {
            self.list.push(Fact { label, values });
        }
    }

    /// Sets a fact that follows from what others say, in place of what its author wrote.
    pub(crate) fn settle(&mut self, label: &'static str, value: Value<'a>) {
        match self.list.iter_mut().find(|fact| fact.label == label) {
            Some(fact) => fact.values = vec![value],
            None => self.list.insert(0, Fact { label, values: vec![value] }),
        }
    }

    /// Adds the facts of a table of keys, in the order of the keys.
    pub(crate) fn table(&mut self, table: &'a impl Table) {
        self.all_said(table, Said::InOrder);
    }

    /// Adds the facts of an entity: those of its kind, its external addresses, and its corrections and
    /// withdrawal.
    pub(crate) fn entity(&mut self, data: &'a impl Table, common: &'a Common) {
        data.each_value(&mut |key, value| match value {
            Some(value) => self.say(key, value, Said::InOrder),
            None => common.each_value(&mut |other, value| {
                if let Some(value) = value.filter(|_| other.name == key.name) {
                    self.say(key, value, Said::InOrder);
                }
            }),
        });
        self.ending(common);
    }

    /// Adds the facts that every kind ends with: external addresses, corrections and withdrawal.
    pub(crate) fn ending(&mut self, common: &'a Common) {
        self.all_said(common, Said::Last);
    }

    /// Adds the facts that pages do not show among the others, but other vocabularies express for every kind.
    pub(crate) fn unshown(&mut self, common: &'a Common) {
        self.all_said(common, Said::InData);
    }

    fn all_said(&mut self, table: &'a impl Table, said: Said) {
        table.each_value(&mut |key, value| {
            if let Some(value) = value {
                self.say(key, value, said);
            }
        });
    }

    fn say(&mut self, key: &'static Key, value: &'a dyn Says, said: Said) {
        if key.said != said {
            return;
        }
        let values = value.values(key);
        let label = match values.first() {
            Some(Value::Ref(_, role)) => role.word(),
            _ => key.name,
        };
        self.add(label, values);
    }

    /// Calls `visit` with every reference and its role, including references in rows and figures.
    pub(crate) fn each_ref(&self, visit: &mut impl FnMut(Role, &'a Ref)) {
        fn walk<'a>(list: &[Fact<'a>], visit: &mut impl FnMut(Role, &'a Ref)) {
            for value in list.iter().flat_map(|fact| &fact.values) {
                match value {
                    Value::Ref(reference, role) => visit(*role, reference),
                    Value::Citation(citation) => visit(Role::Source, &citation.source),
                    Value::Quantity(quantity) => {
                        quantity.between.iter().for_each(|end| visit(Role::Between, end));
                    }
                    Value::Row(row) => walk(row, visit),
                    _ => {}
                }
            }
        }
        walk(&self.list, visit);
    }
}
