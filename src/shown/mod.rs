//! The data that a template can read: one struct for each sort of page, all of it serialised. It contains no
//! spans and no references to the graph or the disk.
//!
//! The structs have no logic: [`pages`](crate::pages) fills them, and [`render`](crate::render) converts them
//! to template values. The reference in `docs/themes.md` is generated from these structs and their
//! comments, so write each comment for theme authors. Paths are relative to the site's root; `root` leads
//! from the page to it.

mod archived;
mod attribution;
mod bibliography;
mod body;
mod book;
mod claim;
mod corrections;
mod data;
mod date;
mod divergence;
mod entity;
mod facts;
mod head;
mod html;
mod listing;
mod map;
mod matrix;
mod media;
mod plain;
mod preview;
#[cfg(test)]
mod reference;
mod referrers;
mod site;
mod terms;
mod timeline;

use serde::Serialize;

pub use archived::Archived;
pub(crate) use archived::attributes;
pub use attribution::{AttributionPage, Flow, Node, Onward};
pub use bibliography::{BibliographyPage, Entry};
pub use body::{Body, Href, Mark, MarkNote, Note};
pub use book::{Book, Chapter, PrintPage, Section, SectionHtml};
pub use claim::{
    Account, ClaimEvidence, HistoryEntry, Origin, Peer, Relation, Step, Supporter, Way, WeakestLink, Who,
};
pub use corrections::{Change, CorrectionsPage};
pub use data::{DataFile, DataPage, SignatureShown};
pub use date::Date;
pub use divergence::{
    AccountRow, DivergenceItem, DivergencePage, DivergencesPage, Plot, PlotGroup, PlotRow, PlotSign, Wording,
};
pub use entity::{
    ArticlePart, ClaimPart, Correction, EntityPage, Heading, KindPart, Passage, Picture, PlacePart,
    RoutePart, Standing, StatusCount, Withdrawal,
};
pub use facts::{Cited, FactRow, FactTable, Value};
pub use head::{Crumb, EditionLink, PageHead, Pagination};
pub use html::{Drawn, Html};
pub use listing::{Listing, ListingGroup, ListingItem, ListingPage};
pub use map::{AccountOfLeg, DatedAccount, Download, LegFrame, Map, MapKey, MapKeyPlace, MapPage, Story};
pub use matrix::{Cell, Column, MatrixPage, MatrixRow, MatrixTable};
pub use media::{CitedPlace, Duration, Located, Media, Track};
pub use plain::{HomePage, NotFoundPage, OverviewPage, RedirectPage, SearchPage};
pub use preview::Preview;
pub use referrers::{Backlink, BacklinkGroup, ReferrersPage};
pub use site::{Language, Menu, SiteInfo, SpecialEntry};
pub use terms::{TermList, TermsPage, Verdict};
pub use timeline::{Lane, Lanes, Moment, MomentKind, Period, TimelinePage};

/// The medium that a page is rendered for.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Medium {
    /// The website: pages have margins and menus, and screens have any width.
    Site,
    /// The print edition and the EPUB, which use the templates in `book/`.
    Book,
}

/// A page of any sort. Its template sees the fields of the struct, but not the variant.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page {
    Entity(Box<EntityPage>),
    Listing(ListingPage),
    Referrers(ReferrersPage),
    Home(HomePage),
    Map(MapPage),
    Print(PrintPage),
    NotFound(NotFoundPage),
    Redirect(RedirectPage),
    Overview(OverviewPage),
    Timeline(TimelinePage),
    Divergences(DivergencesPage),
    Divergence(DivergencePage),
    Matrix(MatrixPage),
    Attribution(AttributionPage),
    Bibliography(BibliographyPage),
    Corrections(CorrectionsPage),
    Terms(TermsPage),
    Data(DataPage),
    Search(SearchPage),
}

impl Page {
    /// The data that every page has.
    pub(crate) fn head(&self) -> &PageHead {
        match self {
            Page::Entity(page) => &page.head,
            Page::Listing(page) => &page.head,
            Page::Referrers(page) => &page.head,
            Page::Home(page) => &page.head,
            Page::Map(page) => &page.head,
            Page::Print(page) => &page.head,
            Page::NotFound(page) => &page.head,
            Page::Redirect(page) => &page.head,
            Page::Overview(page) => &page.head,
            Page::Timeline(page) => &page.head,
            Page::Divergences(page) => &page.head,
            Page::Divergence(page) => &page.head,
            Page::Matrix(page) => &page.head,
            Page::Attribution(page) => &page.head,
            Page::Bibliography(page) => &page.head,
            Page::Corrections(page) => &page.head,
            Page::Terms(page) => &page.head,
            Page::Data(page) => &page.head,
            Page::Search(page) => &page.head,
        }
    }

    /// The text, if the page has one.
    pub(crate) fn body(&self) -> Option<&Body> {
        match self {
            Page::Entity(page) => page.body.as_ref(),
            _ => None,
        }
    }

    /// The language of the text, if it differs from the page's.
    pub(crate) fn fallback(&self) -> Option<&str> {
        match self {
            Page::Entity(page) => page.fallback.as_deref(),
            _ => None,
        }
    }
}
