//! Builds pages from the graph. For each sort of page, a pure function takes a
//! [`Reader`](crate::reader::Reader) and returns the struct that the template reads.
//!
//! Pages are built on request, so a preview builds only the page being viewed, and a build does not need to
//! keep all of them in memory.

mod backlinks;
mod body;
mod book;
mod claim;
mod entity;
mod head;
mod legs;
mod listing;
mod maps;
pub(crate) mod passages;
mod plain;
mod poster;
mod site;
mod special;
mod standing;
mod story;
mod table;

pub(crate) use body::media_on;
pub(crate) use poster::has_card;
pub(crate) use table::add_pages;

use crate::machine::Search;
use crate::reader::Site;
use crate::shown::{Crumb, Page};
use crate::site::PageId;

impl Site<'_> {
    /// Builds a page.
    pub fn page(&self, id: &PageId) -> Page {
        match id {
            PageId::Entity(ix, lang) => Page::Entity(Box::new(entity::page(self.reader(*lang), *ix))),
            PageId::Listing(kind, lang, part) => {
                Page::Listing(listing::page(self.reader(*lang), *kind, *part))
            }
            PageId::Referrers(ix, lang, part) => {
                Page::Referrers(backlinks::page(self.reader(*lang), *ix, *part))
            }
            PageId::Special(id, lang) => special::page(self.reader(*lang), *id),
            PageId::Home(lang) => Page::Home(plain::home(self.reader(*lang))),
            PageId::Map(lang, number) => Page::Map(maps::page(self.reader(*lang), *number)),
            PageId::Print(lang) => Page::Print(book::page(self.reader(*lang))),
            PageId::NotFound => Page::NotFound(plain::not_found(self.reader(0))),
            PageId::Redirect(ix, former, lang) => {
                Page::Redirect(plain::redirect(self.reader(*lang), *ix, former))
            }
        }
    }

    /// The search documents of a language.
    pub(crate) fn search(&self, lang: usize) -> Search<'_> {
        let reader = self.reader(lang);
        Search::of(reader, || special::documents(reader))
    }

    /// A link to the page of corrections, if there is one.
    pub(crate) fn corrections(&self, lang: usize) -> Option<Crumb> {
        special::named(self.reader(lang), "corrections")
    }
}
