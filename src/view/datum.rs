//! A value for templates, of any shape: what pages hold that are made for one purpose each.

use std::sync::Arc;

use super::page::{Card, DateText};

/// A value.
#[derive(Clone, Debug, Default)]
pub enum Datum {
    /// Nothing.
    #[default]
    None,
    /// Yes or no.
    Flag(bool),
    /// A number of things.
    Count(usize),
    /// Words.
    Text(String),
    /// A key of the string tables, or another word of the program's.
    Word(&'static str),
    /// HTML that the program wrote.
    Html(String),
    /// A date.
    Date(DateText),
    /// An entity.
    Card(Arc<Card>),
    /// Any number of values.
    List(Vec<Datum>),
    /// Named values.
    Record(Vec<(&'static str, Datum)>),
}

impl Datum {
    /// Named values.
    pub fn record<const N: usize>(fields: [(&'static str, Datum); N]) -> Datum {
        Datum::Record(fields.into())
    }

    /// A value for each item.
    pub fn list<T>(items: impl IntoIterator<Item = T>, value: impl FnMut(T) -> Datum) -> Datum {
        Datum::List(items.into_iter().map(value).collect())
    }

    /// A value, or nothing.
    pub fn maybe<T>(item: Option<T>, value: impl FnOnce(T) -> Datum) -> Datum {
        item.map_or(Datum::None, value)
    }

    /// Whether it is nothing.
    pub fn is_none(&self) -> bool {
        matches!(self, Datum::None)
    }
}

impl From<&Arc<Card>> for Datum {
    fn from(card: &Arc<Card>) -> Datum {
        Datum::Card(card.clone())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Datum {
        Datum::Text(text)
    }
}

impl From<&'static str> for Datum {
    fn from(word: &'static str) -> Datum {
        Datum::Word(word)
    }
}

impl From<usize> for Datum {
    fn from(count: usize) -> Datum {
        Datum::Count(count)
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Datum {
        Datum::Flag(flag)
    }
}

impl From<DateText> for Datum {
    fn from(date: DateText) -> Datum {
        Datum::Date(date)
    }
}
