//! A text with its links followed: what `render` needs to write its HTML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::{Archived, Map, Media, Plot, Preview};
use crate::parse::{Parsed, Prose};

/// A text, and where its links lead. It serialises as its plain text; `render` knows it by the name of this
/// struct, and writes its HTML.
#[derive(Clone, Debug)]
pub struct Body {
    parsed: Arc<Parsed>,
    /// For each of the text's links, in order.
    pub links: Vec<Href>,
    /// The maps of the routes that it embeds, by the number of the link.
    pub maps: BTreeMap<u32, Map>,
    /// The divergences that it embeds, by the number of the link.
    pub plots: BTreeMap<u32, Plot>,
    /// The passages that are annotated, in the order of their numbers.
    pub marks: Vec<Mark>,
}

impl Body {
    /// Makes the text of a file.
    pub(crate) fn new(
        parsed: Arc<Parsed>,
        links: Vec<Href>,
        maps: BTreeMap<u32, Map>,
        plots: BTreeMap<u32, Plot>,
        marks: Vec<Mark>,
    ) -> Body {
        Body { parsed, links, maps, plots, marks }
    }

    /// The parsed text. Its spans have no meaning here.
    pub(crate) fn prose(&self) -> &Prose {
        &self.parsed.prose
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("Body", &self.prose().plain)
    }
}

/// An annotated passage, and what is said of it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What distinguishes it from others in fragments: `kirby-1000-containers-1`.
    pub name: String,
    /// Where it is in the plain text, in bytes.
    pub range: Range<usize>,
    /// Its note; without one, the passage is a link to the entity.
    pub note: Option<MarkNote>,
    /// The entity that annotates it.
    pub preview: Arc<Preview>,
}

/// The note on a marked passage.
#[derive(Clone, Debug)]
pub struct MarkNote {
    /// Its number, from 1.
    pub number: usize,
    /// How many sources and independent origins the claim has; `None` if they are not counted.
    pub counts: Option<(usize, usize)>,
}

impl Mark {
    /// The data for the component `notes`, if the passage has a note.
    pub(crate) fn note(&self) -> Option<Note<'_>> {
        let Mark { name, note, preview, .. } = self;
        let MarkNote { number, counts } = note.as_ref()?;
        let (sources, origins) = counts.unzip();
        let (id, passage) = (format!("note-{name}"), format!("mark-{name}"));
        Some(Note { number: *number, id, passage, sources, origins, preview })
    }
}

/// A note on a passage, for the component `notes`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Its own id.
    pub id: String,
    /// The id of its passage.
    pub passage: String,
    /// How many sources a claim has; `none` where they are not counted.
    pub sources: Option<usize>,
    /// How many independent origins a claim has; `none` where they are not counted.
    pub origins: Option<usize>,
    /// The entity that annotates the passage.
    pub preview: &'a Preview,
}

/// Where a link leads, as a page needs it.
#[derive(Clone, Debug)]
pub enum Href {
    /// To an entity, perhaps to a heading in it.
    Entity(Arc<Preview>, Option<String>),
    /// To an entity of which the page prints a value instead of the link's words.
    Printed(Arc<Preview>, String),
    /// To a heading of the same page.
    Fragment(String),
    /// To a file of the site; a picture's size in pixels where it is known.
    Asset(String, Option<(usize, usize)>),
    /// To a recording or a document, which the page shows.
    Media(Box<Media>),
    /// To another site; the copy of that page in an archive.
    External(String, Option<Archived>),
    /// Nowhere: its words stand without a link.
    Nowhere,
}
