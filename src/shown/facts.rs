//! What an entity says, as labelled values.

use std::sync::Arc;

use serde::Serialize;

use super::{Archived, Date, Drawn, Located, Preview};

/// A labelled fact.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactRow {
    /// Its label: `t.facts[label]` has the words.
    pub label: &'static str,
    /// Its values, one or more.
    pub values: Vec<Value>,
}

/// Facts that stand side by side.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactTable {
    /// Its label: `t.facts[label]` has the words.
    pub label: &'static str,
    /// The labels of its columns: `t.facts[column]` has the words.
    pub columns: Vec<&'static str>,
    /// Its rows: of each row, the values in each column.
    pub rows: Vec<Vec<Vec<Value>>>,
}

/// A value of a fact. `type` says which fields it has; `html`, which all have, is the value ready to be
/// shown.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Value {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Their language, where it is known.
        lang: Option<String>,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A date.
    Date(Date),
    /// A word of a closed list.
    Term {
        /// The list: `t.terms[vocabulary]`.
        vocabulary: &'static str,
        /// The word: `t.terms[vocabulary][word]` has `label` and `about`.
        word: String,
        /// The value, as the component `term` draws it.
        html: Drawn,
    },
    /// An entity.
    Link {
        /// The entity.
        preview: Arc<Preview>,
        /// In what role, since when.
        note: Option<String>,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// An address on the web.
    Url {
        /// The address.
        href: String,
        /// The address as people read it.
        text: String,
        /// The copy of what is there in an archive.
        archived: Option<Archived>,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A point on the Earth.
    Point {
        /// Its latitude in degrees.
        lat: f64,
        /// Its longitude in degrees.
        lon: f64,
        /// Both as people read them.
        text: String,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A source.
    Cite {
        /// The source.
        preview: Arc<Preview>,
        /// The place in it: a page, a minute.
        locator: Option<Located>,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A figure.
    Quantity {
        /// The figure with comparator and unit.
        text: String,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A country.
    Country {
        /// Its code in ISO 3166-1 alpha-2.
        code: String,
        /// Its name.
        text: String,
        /// The value, ready to be shown.
        html: Drawn,
    },
    /// A language.
    Language {
        /// Its tag in BCP 47.
        code: String,
        /// Its name.
        text: String,
        /// The value, ready to be shown.
        html: Drawn,
    },
}

impl Value {
    /// A text in the page's language.
    pub(crate) fn text(text: String) -> Value {
        Value::Text { text, lang: None, html: Drawn }
    }

    /// A link to an entity, without a note.
    pub(crate) fn link(preview: Arc<Preview>) -> Value {
        Value::Link { preview, note: None, html: Drawn }
    }
}

/// A source and the place in it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cited {
    /// The source.
    pub preview: Arc<Preview>,
    /// The places in it as one text: pages, minutes.
    pub locator: Option<String>,
    /// The same places, each with a link where there is one.
    pub locators: Vec<Located>,
    /// The path of its entry in the bibliography.
    pub entry: Option<String>,
    /// The address of a copy of it in an archive.
    pub archive: Option<String>,
}
