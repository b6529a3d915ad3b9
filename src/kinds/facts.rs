//! What an entity says, in words that no kind and no output owns.

use super::common::{Citation, Common, Ref};
use super::{KindId, Quantity, Review};
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
    /// An entity, of one of the given kinds where there are any.
    Ref(&'a Ref, &'static [KindId]),
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

    /// Adds references to entities of the given kinds.
    pub fn refs(&mut self, label: &'static str, refs: &'a [Ref], kinds: &'static [KindId]) {
        self.add(label, refs.iter().map(|reference| Value::Ref(reference, kinds)));
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
            row.refs("corrects", &correction.corrects, &[]);
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

    /// Calls `visit` with the label and every reference, those in rows included. A row's references
    /// take the labels of the row's own facts.
    pub fn each_ref(&self, visit: &mut impl FnMut(&'static str, &'a Ref, &'static [KindId])) {
        fn walk<'a>(list: &[Fact<'a>], visit: &mut impl FnMut(&'static str, &'a Ref, &'static [KindId])) {
            for fact in list {
                for value in &fact.values {
                    match value {
                        Value::Ref(reference, kinds) => visit(fact.label, reference, kinds),
                        Value::Citation(citation) => visit(fact.label, &citation.source, &[KindId::Source]),
                        Value::Quantity(quantity) => {
                            for reference in &quantity.between {
                                visit("between", reference, &[KindId::Place, KindId::Event]);
                            }
                        }
                        Value::Row(row) => walk(row, visit),
                        _ => {}
                    }
                }
            }
        }
        walk(&self.list, visit);
    }
}
