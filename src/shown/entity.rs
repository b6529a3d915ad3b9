//! The page of an entity.

use std::sync::Arc;

use serde::Serialize;

use super::{
    BacklinkGroup, Body, Cited, CitedPlace, ClaimEvidence, Crumb, Date, Download, FactRow, FactTable, Flow,
    Html, Map, Media, PageHead, Pagination, Preview, Story,
};
use crate::map::Locator;

/// The page of an entity. Articles, claims, routes, places and events have fields of their own besides these.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntityPage {
    #[serde(flatten)]
    pub head: PageHead,
    #[serde(flatten)]
    pub of_kind: KindPart,
    /// The id of the entity.
    pub id: String,
    /// The language that title and text are really in, where they are not translated.
    pub fallback: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The day before which it must not be published, where that is to come.
    pub embargo: Option<Date>,
    /// The day of its last change that matters.
    pub updated: Option<Date>,
    /// The date by which it is ordered.
    pub date: Option<Date>,
    /// What was corrected on it after publication.
    pub corrections: Vec<Correction>,
    /// That it no longer stands.
    pub withdrawn: Option<Withdrawal>,
    /// How many minutes it takes to read its text.
    pub reading_minutes: Option<usize>,
    /// The neighbour before it in the order of its kind.
    pub previous: Option<Arc<Preview>>,
    /// The neighbour after it in the order of its kind.
    pub next: Option<Arc<Preview>>,
    /// What its neighbours are ordered by: `date` or `title`. `none` on the home.
    pub order_label: Option<&'static str>,
    /// Its picture.
    pub image: Option<Picture>,
    /// The copy of a source: a recording or a document.
    pub media: Option<Media>,
    /// The places in that copy that others cite, in the order of the file.
    pub cited_places: Vec<CitedPlace>,
    /// Whether there is a video or a sound on the page, so that it needs `media.js`.
    pub plays: bool,
    /// The path of the picture that other sites show beside a link to it.
    pub poster: Option<String>,
    /// The headings of its text of levels 2 and 3; none where there are few.
    pub toc: Vec<Heading>,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What it says, as labelled values.
    pub facts: Vec<FactRow>,
    /// What it says, as tables.
    pub tables: Vec<FactTable>,
    /// Files with its data.
    pub downloads: Vec<Download>,
    /// The sources that it cites.
    pub citations: Vec<Cited>,
    /// The passages of articles that it annotates.
    pub passages: Vec<Passage>,
    /// The entities that refer to it, by kind.
    pub backlinks: Vec<BacklinkGroup>,
    /// How claims flow through an actor or a source.
    pub flow: Option<Flow>,
    /// The dates of the entities that refer to it, drawn; where there are enough.
    pub dates: Option<Html>,
    /// Which page of a long list of referrers this is.
    pub pagination: Option<Pagination>,
    /// Its text.
    #[cfg_attr(test, schemars(with = "Option<Html>"))]
    pub body: Option<Body>,
}

/// What only the pages of one kind have.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum KindPart {
    Article(Box<ArticlePart>),
    Claim(Box<ClaimPart>),
    Route(RoutePart),
    Place(PlacePart),
    Other,
}

/// What only an article's page has, besides the fields of `entity.html`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArticlePart {
    /// The names of its authors.
    pub byline: Option<String>,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// Where the claims of the dossier stand; on the home only.
    pub standing: Option<Standing>,
}

/// Where the claims of the dossier stand.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Standing {
    /// As of when, how many claims, from how many origins, in a sentence.
    pub summary: String,
    /// The claims by status, as a bar.
    pub bar: Html,
    /// The statuses that claims have, with how many have each.
    pub statuses: Vec<StatusCount>,
    /// The path of the list of claims.
    pub claims: String,
    /// The pages that say how the dossier was made.
    pub method: Vec<Arc<Preview>>,
    /// The page about words and scales.
    pub terms: Option<Crumb>,
    /// The page about corrections.
    pub corrections: Option<Crumb>,
    /// How many corrections and withdrawals there are.
    pub corrected: usize,
}

/// How many claims have a status.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatusCount {
    /// The status: a word of `t.terms.status`.
    pub status: &'static str,
    /// How many claims have it.
    pub count: usize,
}

/// What only a claim's page has, besides the fields of `entity.html`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClaimPart {
    /// How the claim reached us, and how it relates to other claims.
    pub evidence: ClaimEvidence,
}

/// What only a route's page has, besides the fields of `entity.html`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoutePart {
    /// The map of the route.
    pub map: Option<Map>,
    /// Its legs as a story.
    pub story: Option<Story>,
}

/// What only the pages of places and events have, besides the fields of `entity.html`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlacePart {
    /// Where on the Earth it is: the component `locator` draws it.
    pub(crate) locator: Option<Locator>,
}

/// A correction.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Correction {
    /// The day on which it was made.
    pub date: Date,
    /// What was wrong, and what is right.
    pub text: String,
    /// Other entities that it corrects.
    pub corrects: Vec<Arc<Preview>>,
}

/// That something published no longer stands.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Withdrawal {
    /// Since when.
    pub date: Date,
    /// The reason.
    pub why: Option<String>,
}

/// A picture.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Picture {
    /// The path of its file.
    pub src: String,
    /// What it shows, for people who do not see it.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Its width in pixels, where it is known.
    pub width: Option<usize>,
    /// Its height in pixels, where it is known.
    pub height: Option<usize>,
}

/// A heading in the table of contents.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Heading {
    /// Its level on the page: 2 or 3.
    pub level: u8,
    /// Its id, for a link to it.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// A passage of an article, quoted with what stands around it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Passage {
    /// The article.
    pub preview: Arc<Preview>,
    /// The path of the article, with the fragment of the mark.
    pub path: String,
    /// The text directive that leads to the words themselves (WICG Scroll to Text Fragment), to stand after
    /// `:~:`.
    pub words: String,
    /// The words before it in its sentence.
    pub before: String,
    /// The passage.
    pub exact: String,
    /// The words after it in its sentence.
    pub after: String,
    /// The language that it is in.
    pub lang: String,
    /// Whether that is the language in which the article was written.
    pub original: bool,
    /// The name of that language, where it is not the page's.
    pub lang_name: Option<String>,
}
