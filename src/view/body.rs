//! A body with its links followed: what `render` needs to write its HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::archived::Archived;
use super::page::{Card, MapView};
use crate::parse::{Parsed, Prose};

/// A text and where its links lead.
#[derive(Clone, Debug)]
pub struct Body {
    pub(super) parsed: Arc<Parsed>,
    /// For each of the text's links, in order.
    pub links: Vec<Href>,
    /// The maps of what is embedded, by the number of the link.
    pub maps: BTreeMap<u32, MapView>,
    /// The passages that are annotated, in the order of their numbers.
    pub marks: Vec<Mark>,
}

/// An annotated passage, and what is said of it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What tells it from others in fragments: `kirby-1000-containers-1`.
    pub name: String,
    /// Where it is in the plain text.
    pub range: Range<usize>,
    /// From 1.
    pub number: usize,
    /// Who annotates it.
    pub card: Arc<Card>,
}

impl Body {
    /// The text. Its spans mean nothing here.
    pub fn prose(&self) -> &Prose {
        &self.parsed.prose
    }
}

/// Where a link leads, as a page needs it.
#[derive(Clone, Debug)]
pub enum Href {
    /// To an entity, perhaps to a heading in it.
    Entity(Arc<Card>, Option<String>),
    /// To a heading of the same page.
    Fragment(String),
    /// To a file of the site; a picture's size in pixels where it is known.
    Asset(String, Option<(usize, usize)>),
    /// To another site; where that page is archived.
    External(String, Option<Archived>),
    /// Nowhere: its words stand without a link.
    Nowhere,
}
