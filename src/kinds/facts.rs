//! What an entity says, in words that no kind and no output owns.

use super::common::{Citation, Common, Ref};
use super::{Quantity, Review, Role};
use crate::base::date::Edtf;
use crate::base::point::Point;
use crate::base::span::Spanned;
use crate::base::text::Text;

/// The facts of one entity, in order.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// In the order in which a reader wants them.
    pub list: Vec<Fact<'a>>,
}

/// A labelled fact. The label is a key of the theme's string tables and, where its values refer to
/// entities, the role that this entity plays for them.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// Such as `by`, `legs`, `published`.
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
    /// A word of a closed list, with the list's name.
    Term(&'static str, &'a str),
    /// An entity, and what it is to the one that refers to it.
    Ref(&'a Ref, Role),
    /// A source and the place in it.
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
    /// Facts that belong together: one leg, one entry of a history.
    Row(Vec<Fact<'a>>),
}

impl<'a> Facts<'a> {
    /// Adds a fact, unless it has no value.
    pub fn add(&mut self, label: &'static str, values: impl IntoIterator<Item = Value<'a>>) {
        let values: Vec<Value<'a>> = values.into_iter().collect();
        if !values.is_empty() {
            self.list.push(Fact { label, values });
        }
    }

    /// Adds references in a role.
    pub fn refs(&mut self, role: Role, refs: &'a [Ref]) {
        self.add(role.word(), refs.iter().map(|reference| Value::Ref(reference, role)));
    }

    /// Adds rows: one group of facts each.
    pub fn rows<T>(&mut self, label: &'static str, rows: &'a [T], fill: impl Fn(&'a T, &mut Facts<'a>)) {
        let row = |item| {
            let mut facts = Facts::default();
            fill(item, &mut facts);
            Value::Row(facts.list)
        };
        self.add(label, rows.iter().map(row));
    }

    /// Adds what every kind ends with: its addresses elsewhere, and what became of it.
    pub fn ending(&mut self, common: &'a Common) {
        self.add("same_as", common.same_as.iter().map(Value::Url));
        self.rows("corrections", &common.corrections, |correction, row| {
            row.add("date", [Value::Date(&correction.date)]);
            row.add("text", [Value::Text(&correction.text)]);
            row.refs(Role::Corrects, &correction.corrects);
        });
        self.rows("withdrawn", common.withdrawn.as_slice(), |withdrawal, row| {
            row.add("date", [Value::Date(&withdrawal.date)]);
            row.add("why", withdrawal.why.as_ref().map(Value::Text));
        });
    }

    /// Adds what is not shown among the facts, and is said of every kind in other vocabularies.
    pub fn unshown(&mut self, common: &'a Common) {
        self.add("updated", common.updated.as_ref().map(Value::Date));
        self.add("sources", common.sources.iter().map(Value::Citation));
    }

    /// Calls `visit` with every reference and its role, those in rows and figures included.
    pub fn each_ref(&self, visit: &mut impl FnMut(Role, &'a Ref)) {
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
