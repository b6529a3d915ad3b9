//! Which pages there are, and which is at a path, without a list of all.

use super::id::{PageId, SpecialId};
use super::special;
use crate::base::path::SitePath;
use crate::config::BookFormat;
use crate::link::layout;
use crate::reader::{Site, page_count};

impl Site<'_> {
    /// Every page there is, and where.
    pub fn pages(&self) -> Vec<(SitePath, PageId)> {
        let mut pages = Vec::with_capacity(self.graph().entities.len() * self.locales().len() + 32);
        for (number, locale) in self.locales().iter().enumerate() {
            let lang = &locale.lang;
            for (ix, entity) in self.graph().iter() {
                let path = layout::page(self.graph(), entity, lang);
                for part in 1..page_count(self.reader(number).referrer_count(ix)) {
                    pages.push((layout::part(&path, part), PageId::Referrers(ix, number, part)));
                }
                pages.push((path, PageId::Entity(ix, number)));
                for former in &entity.common().formerly {
                    let path = layout::former(self.graph(), entity, former, lang);
                    pages.push((path, PageId::Redirect(ix, former.value.to_string(), number)));
                }
            }
            for kind in self.reader(number).listed() {
                let path = layout::listing(kind, lang, self.graph().default_language());
                let count = self.reader(number).orders.of_kind(kind).len();
                for part in 0..page_count(count) {
                    pages.push((layout::part(&path, part), PageId::Listing(kind, number, part)));
                }
            }
            for id in special::all(self) {
                pages.push((special::path(self.reader(number), id), PageId::Special(id, number)));
            }
            if self.home_article().is_none() {
                pages.push((layout::home(lang, self.graph().default_language()), PageId::Home(number)));
            }
        }
        if self.has_map() {
            pages.extend((0..self.locales().len()).map(|lang| (self.map_path(lang), PageId::Map(lang))));
        }
        if self.has_book(BookFormat::Print) {
            pages.extend((0..self.locales().len()).map(|lang| (self.print_path(lang), PageId::Print(lang))));
        }
        pages.push(("404.html".into(), PageId::NotFound));
        pages
    }

    /// The page at that path, as [`Site::pages`] has it.
    pub fn find(&self, path: &SitePath) -> Option<PageId> {
        let further = || {
            let (first, part) = layout::first_of(path)?;
            let (id, count) = match self.first(&first)? {
                PageId::Entity(ix, lang) => {
                    (PageId::Referrers(ix, lang, part), self.reader(lang).referrer_count(ix))
                }
                PageId::Listing(kind, lang, _) => {
                    (PageId::Listing(kind, lang, part), self.reader(lang).orders.of_kind(kind).len())
                }
                _ => return None,
            };
            (part < page_count(count)).then_some(id)
        };
        self.first(path).or_else(further)
    }

    /// The page at that path, if it is not a further one of a list.
    fn first(&self, path: &SitePath) -> Option<PageId> {
        let name = path.as_str().strip_suffix(".html")?;
        let in_language =
            |is_there: &dyn Fn(usize) -> bool| (0..self.locales().len()).find(|&lang| is_there(lang));
        let default = self.graph().default_language();
        let lang_of = |number: usize| &self.locales()[number].lang;
        let id = match name.strip_suffix("/index").unwrap_or(name).rsplit('/').next()? {
            "index" => "article",
            id => id,
        };
        // An article's page is its folder's, so that its id may be a language's tag too.
        for ix in [self.graph().by_id(id), self.graph().by_id("article")].into_iter().flatten() {
            let entity = self.graph().entity(ix);
            if let Some(lang) =
                in_language(&|lang| layout::page(self.graph(), entity, lang_of(lang)) == *path)
            {
                return Some(PageId::Entity(ix, lang));
            }
        }
        if name == "404" {
            return Some(PageId::NotFound);
        }
        for lang in 0..self.locales().len() {
            if let Some(kind) = self
                .reader(lang)
                .listed()
                .find(|&kind| layout::listing(kind, lang_of(lang), default) == *path)
            {
                return Some(PageId::Listing(kind, lang, 0));
            }
            if self.home_article().is_none() && layout::home(lang_of(lang), default) == *path {
                return Some(PageId::Home(lang));
            }
        }
        if let Some(lang) = in_language(&|lang| self.map_path(lang) == *path).filter(|_| self.has_map()) {
            return Some(PageId::Map(lang));
        }
        let is_print = |lang| self.print_path(lang) == *path;
        if let Some(lang) = in_language(&is_print).filter(|_| self.has_book(BookFormat::Print)) {
            return Some(PageId::Print(lang));
        }
        let specials = special::all(self);
        let at = |(id, lang): &(SpecialId, usize)| special::path(self.reader(*lang), *id) == *path;
        let all = specials.iter().flat_map(|id| (0..self.locales().len()).map(|lang| (*id, lang)));
        if let Some((id, lang)) = all.clone().find(at) {
            return Some(PageId::Special(id, lang));
        }
        self.graph().iter().find_map(|(ix, entity)| {
            entity.common().formerly.iter().find_map(|former| {
                let at = |lang| layout::former(self.graph(), entity, former, lang_of(lang)) == *path;
                Some(PageId::Redirect(ix, former.value.to_string(), in_language(&at)?))
            })
        })
    }
}
