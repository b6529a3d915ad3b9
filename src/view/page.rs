//! What a template may read, and nothing else: no spans, no graph, no disk.
//!
//! Every path in a [`Page`] leads from the site's root; `root` leads there from the page.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::archived::Archived;
use super::body::Body;
use super::book::Book;
use super::datum::Datum;
use super::passages::Passage;
use crate::base::date::{Edtf, PartialDate};
use crate::base::path::SitePath;
use crate::locale::Locale;
use crate::map::Locator;

/// One page of the site. What holds cards is not serialised: `render` puts it together from cards made once.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The file of `templates/` that draws it.
    pub template: Cow<'static, str>,
    /// Its address below the site's root.
    #[serde(serialize_with = "encoded")]
    pub path: SitePath,
    /// From here to the root: `../`. Absolute on the page for addresses that lead nowhere.
    pub root: String,
    /// The address by which it wants to be known.
    pub canonical: String,
    /// Its language.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is, in a sentence or two.
    pub summary: Option<String>,
    /// The kind of its entity, or the kind that it lists.
    pub kind: Option<&'static str>,
    /// The id of its entity.
    pub id: Option<String>,
    /// From the home down to its parent.
    pub crumbs: Vec<Crumb>,
    /// One for each language of the site.
    pub editions: Vec<EditionLink>,
    /// The language that the text is really in, where it is not translated.
    pub fallback: Option<String>,
    /// Not to be published yet.
    pub draft: bool,
    /// Not to be published before that date, which is still to come.
    pub embargo: Option<DateText>,
    /// When it was last changed in a way that matters.
    pub updated: Option<DateText>,
    /// When it was, or was made.
    pub date: Option<DateText>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<DateText>,
    /// What was corrected after publication.
    #[serde(skip)]
    pub corrections: Vec<CorrectionText>,
    /// That it no longer stands, and why.
    pub withdrawn: Option<WithdrawalText>,
    /// How long it takes to read.
    pub reading_minutes: Option<usize>,
    /// The neighbour before.
    #[serde(skip)]
    pub previous: Option<Arc<Card>>,
    /// The neighbour after.
    #[serde(skip)]
    pub next: Option<Arc<Card>>,
    /// What neighbours are ordered by: `date` or `title`.
    pub order_label: Option<&'static str>,
    /// Its picture.
    pub image: Option<Picture>,
    /// Its headings of levels 2 and 3, where there are enough to choose from.
    pub toc: Vec<TocEntry>,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it says, as labelled values.
    #[serde(skip)]
    pub facts: Vec<FactRow>,
    /// What it says, as tables.
    #[serde(skip)]
    pub tables: Vec<FactTable>,
    /// The dates of what refers to it, drawn.
    pub dates: Option<String>,
    /// The picture that other sites show beside a link to it.
    pub poster: Option<String>,
    /// Whether there is a map on it, in its text or beside it.
    pub draws: bool,
    /// The map of it.
    pub map: Option<MapView>,
    /// Where it is.
    pub locator: Option<Locator>,
    /// Its data, to take away.
    pub downloads: Vec<Download>,
    /// What it rests on.
    #[serde(skip)]
    pub citations: Vec<Cited>,
    /// The passages of articles that it annotates.
    #[serde(skip)]
    pub passages: Vec<Passage>,
    /// Who refers to it.
    #[serde(skip)]
    pub backlinks: Vec<BacklinkGroup>,
    /// What it lists.
    #[serde(skip)]
    pub listing: Option<Listing>,
    /// How a claim reached us and how it sits beside others.
    #[serde(skip)]
    pub evidence: Datum,
    /// What a page that is no entity's holds: its template says what that is.
    #[serde(skip)]
    pub special: Datum,
    /// The pages that are bound into it.
    #[serde(skip)]
    pub book: Option<Box<Book>>,
    /// Which page of a long list this is.
    pub part: Option<Part>,
    /// Where a page that moved went.
    pub redirect_to: Option<String>,
    /// The feed that tells what is new on it.
    pub feed: Option<String>,
    /// JSON-LD that can stand in HTML as it is.
    #[serde(skip)]
    pub linked: String,
    /// The text; `render` puts its HTML into the field `body`.
    #[serde(skip)]
    pub text: Option<Body>,
}

fn encoded<S: serde::Serializer>(path: &SitePath, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::link::layout::encoded(path))
}

/// What others show of an entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The entity's number.
    #[serde(skip)]
    pub number: u32,
    /// The id.
    pub id: String,
    /// What it is ordered by.
    #[serde(skip)]
    pub rank: Rank,
    /// The kind.
    pub kind: &'static str,
    /// The page.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub summary: Option<String>,
    /// The date that orders it.
    pub date: Option<DateText>,
    /// A claim's status.
    pub status: Option<&'static str>,
    /// The language of its words.
    pub lang: String,
    /// Whether that is another than the page's.
    #[serde(skip)]
    pub foreign: bool,
    /// Not to be published yet.
    pub draft: bool,
}

/// What entities are ordered by.
#[derive(Clone, Debug, PartialEq)]
pub struct Rank {
    /// The date.
    pub date: Option<Edtf>,
    /// The `order` of a free page.
    pub given: i32,
    /// The title, as its language sorts it.
    pub title: Box<[u8]>,
}

/// A page above this one.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// Where it is.
    pub path: String,
    /// What it is called.
    pub title: String,
}

/// The same page in a language.
#[derive(Debug, Serialize)]
pub struct EditionLink {
    /// The tag.
    pub lang: String,
    /// The language's own name.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether its text is in that language.
    pub translated: bool,
}

/// A date for machines and for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateText {
    /// EDTF.
    pub iso: String,
    /// What HTML's `datetime` can say of it: the day, month or year that it is or begins with.
    pub datetime: String,
    /// In the page's language.
    pub text: String,
}

impl DateText {
    /// The date as a language writes it.
    pub fn of(date: Edtf, locale: &Locale) -> DateText {
        let datetime = date.bound().map(PartialDate::iso);
        DateText { iso: date.to_string(), datetime: datetime.unwrap_or_default(), text: locale.date(date) }
    }
}

/// A correction.
#[derive(Debug, Serialize)]
pub struct CorrectionText {
    /// When it was made.
    pub date: DateText,
    /// What was wrong, and what is right.
    pub text: String,
    /// What else it corrects.
    #[serde(skip)]
    pub corrects: Vec<Arc<Card>>,
}

/// That something published no longer stands.
#[derive(Debug, Serialize)]
pub struct WithdrawalText {
    /// Since when.
    pub date: DateText,
    /// The reason.
    pub why: Option<String>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// The file.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// A line below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// In pixels.
    pub width: Option<usize>,
    /// In pixels.
    pub height: Option<usize>,
}

/// A heading in the table of contents.
#[derive(Debug, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// The fragment.
    pub id: String,
    /// The words.
    pub title: String,
}

/// A labelled fact.
#[derive(Debug, Serialize)]
pub struct FactRow {
    /// A key of the string tables.
    pub label: &'static str,
    /// One or more.
    pub values: Vec<Value>,
}

/// Facts that stand side by side.
#[derive(Debug, Serialize)]
pub struct FactTable {
    /// A key of the string tables.
    pub label: &'static str,
    /// Keys of the string tables.
    pub columns: Vec<&'static str>,
    /// Of each row, the values of each column.
    pub rows: Vec<Vec<Vec<Value>>>,
}

/// A value of a fact.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Value {
    /// Words, and the language they are in where it is known.
    Text {
        /// The words.
        text: String,
        /// Their language.
        lang: Option<String>,
    },
    /// A date.
    Date(DateText),
    /// A word of a closed list.
    Term {
        /// The list.
        vocabulary: &'static str,
        /// The word.
        word: String,
    },
    /// An entity.
    Link {
        /// What is shown of it.
        card: Arc<Card>,
        /// In what role, since when.
        note: Option<String>,
    },
    /// An address on the web.
    Url {
        /// The address.
        href: String,
        /// The address as people read it.
        text: String,
        /// Where it is archived.
        #[serde(skip)]
        archived: Option<Archived>,
    },
    /// A point on the Earth.
    Point {
        /// In degrees.
        lat: f64,
        /// In degrees.
        lon: f64,
        /// As people read it.
        text: String,
    },
    /// A source.
    Cite(Cited),
    /// A figure.
    Quantity {
        /// With comparator and unit.
        text: String,
    },
    /// A country.
    Country {
        /// ISO 3166-1 alpha-2.
        code: String,
        /// Its name.
        text: String,
    },
    /// A language.
    Language {
        /// BCP 47.
        code: String,
        /// Its name.
        text: String,
    },
}

/// A source and the place in it.
#[derive(Debug, Serialize)]
pub struct Cited {
    /// The source.
    pub card: Arc<Card>,
    /// The place.
    pub locator: Option<String>,
    /// Its entry in the bibliography.
    pub entry: Option<String>,
    /// A copy of it in an archive.
    pub archive: Option<String>,
}

/// A page of a list that goes over several.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The last page.
    pub last: String,
}

/// The referrers of one kind.
#[derive(Debug, Serialize)]
pub struct BacklinkGroup {
    /// The kind.
    pub kind: &'static str,
    /// How many there are, on all pages of a long list.
    pub total: usize,
    /// In the kind's order.
    pub items: Vec<Backlink>,
}

/// Somebody who refers to this page.
#[derive(Debug, Serialize)]
pub struct Backlink {
    /// Who.
    pub card: Arc<Card>,
    /// What this page is to them, in words.
    pub role: String,
    /// The sentence that names it.
    pub sentence: Option<String>,
    /// The language of the sentence.
    pub sentence_lang: Option<String>,
}

/// The entities of a kind.
#[derive(Debug, Serialize)]
pub struct Listing {
    /// The kind.
    pub kind: &'static str,
    /// In their order.
    pub groups: Vec<ListingGroup>,
    /// How many there are.
    pub total: usize,
}

/// A part of a listing.
#[derive(Debug, Serialize)]
pub struct ListingGroup {
    /// What its entries have in common.
    pub heading: Option<String>,
    /// The fact that they are grouped by.
    pub label: Option<&'static str>,
    /// How many there are, on all pages of a long list.
    pub total: usize,
    /// The entries.
    pub items: Vec<ListingItem>,
}

/// An entry of a listing.
#[derive(Debug, Serialize)]
pub struct ListingItem {
    /// What is shown of it.
    pub card: Arc<Card>,
    /// A line instead of the summary.
    pub note: Option<String>,
}
/// A drawn map, and what its key has to explain.
#[derive(Clone, Debug, Serialize)]
pub struct MapView {
    /// The drawing: `svg` elements, one for each width of the screen.
    pub svg: String,
    /// The means of transport on it, each once.
    pub modes: Vec<&'static str>,
    /// Whether some of it is reported.
    pub reported: bool,
    /// Whether some of it is inferred.
    pub inferred: bool,
    /// Whether a way by water was found by the program, and is not reported.
    pub by_water: bool,
    /// Whether a line is only the shortest between its ends.
    pub shortest: bool,
}

/// A file with the page's data.
#[derive(Clone, Debug, Serialize)]
pub struct Download {
    /// Where it is.
    pub path: String,
    /// Its format, as people call it.
    pub format: &'static str,
}
