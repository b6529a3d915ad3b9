//! The pages that are no entity's and no listing: what the dossier's evidence comes to. One file each, and the one
//! table of them.
//!
//! A special page is made of any number of parts: the first is at `evidence/NAME.html`, the others say where they are. How
//! much a part holds is bounded, so that the largest dossier has pages that open. To add one: its file, its `mod` line,
//! its line in [`SPECIALS`], `templates/NAME.html`, and its words, `special.NAME` in the string tables.

mod attribution;
mod bibliography;
mod corrections;
mod data;
pub mod divergence;
mod matrix;
mod overview;
mod search;
mod terms;
mod timeline;

use super::Site;
use super::page::{Crumb, Page};
use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::site::{PageId, SiteInput, SpecialId};

/// A page that is no entity's.
pub trait Special: Sync {
    /// The name of its template and of its words, and the file of its first part.
    fn name(&self) -> &'static str;

    /// How many parts there are; none where there is nothing to show.
    fn parts(&self, input: &SiteInput<'_>) -> usize;

    /// How many things it shows, for the index.
    fn count(&self, site: &Site<'_>) -> usize;

    /// The name of a part's file, without `.html`, below `evidence/`; `None` for those of a list over several pages.
    fn file(&self, _input: &SiteInput<'_>, _part: usize) -> Option<String> {
        None
    }

    /// Whether the index lists it.
    fn is_listed(&self) -> bool {
        true
    }

    /// Whether a part is in the dossier's books too.
    fn is_bound(&self, _part: usize) -> bool {
        false
    }

    /// Fills in a part: its title, its summary where that differs, and what its template reads.
    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page);
}

/// Every special page: the index, and the others in its order.
pub static SPECIALS: [&dyn Special; 10] = [
    &overview::Overview,
    &timeline::Timeline,
    &divergence::Divergences,
    &matrix::Matrix,
    &attribution::Attribution,
    &bibliography::Bibliography,
    &corrections::Corrections,
    &terms::Terms,
    &data::Data,
    &search::Search,
];

/// What special pages are, where entities' pages have a kind.
const KIND: &str = "evidence";

/// Every part of every special page.
pub(super) fn all(input: SiteInput<'_>) -> impl Iterator<Item = SpecialId> {
    SPECIALS.iter().enumerate().flat_map(move |(number, special)| {
        (0..special.parts(&input)).map(move |part| SpecialId { number, part })
    })
}

/// Where a part of a special page is.
pub(super) fn path(input: &SiteInput<'_>, id: SpecialId, lang: &Lang) -> SitePath {
    let special = SPECIALS[id.number];
    let path = |file: &str| layout::special(file, lang, input.graph.default_language());
    match special.file(input, id.part) {
        Some(file) => path(&file),
        None => layout::part(&path(special.name()), id.part),
    }
}

impl<'a> Site<'a> {
    /// Where a special page is.
    pub(super) fn special_path(&self, id: SpecialId, lang: usize) -> SitePath {
        path(&self.input(), id, &self.locales[lang].lang)
    }

    /// The first part of a special page, if it is there: its address.
    fn first_part(&self, number: usize, lang: usize) -> Option<String> {
        let id = SpecialId { number, part: 0 };
        let path = self.at(self.special_path(id, lang), PageId::Special(id, lang))?;
        Some(layout::encoded(&path))
    }

    /// The first parts, for the index: name, path, how many things.
    pub(super) fn special_index(&self, lang: usize) -> Vec<(&'static str, String, usize)> {
        let listed = SPECIALS.iter().enumerate().skip(1).filter(|(_, special)| special.is_listed());
        let entry = |(number, special): (usize, &&dyn Special)| {
            Some((special.name(), self.first_part(number, lang)?, special.count(self)))
        };
        listed.filter_map(entry).collect()
    }

    /// The index itself, where there is one.
    pub(super) fn special_overview(&self, lang: usize) -> Option<Crumb> {
        let path = self.first_part(0, lang)?;
        let title = self.locales[lang].word("special.overview.title").unwrap_or("evidence").to_owned();
        Some(Crumb { path, title })
    }

    /// The page on the data, where there is one.
    pub(super) fn data(&self, lang: usize) -> Option<Crumb> {
        self.named("data", lang)
    }

    /// The page of the search, where there is one.
    pub fn search_page(&self, lang: usize) -> Option<Crumb> {
        self.named("search", lang)
    }

    /// The page on corrections, where there is one.
    pub fn corrections(&self, lang: usize) -> Option<Crumb> {
        self.named("corrections", lang)
    }

    fn named(&self, name: &str, lang: usize) -> Option<Crumb> {
        let number = SPECIALS.iter().position(|special| special.name() == name)?;
        let path = self.first_part(number, lang)?;
        let title = self.locales[lang].word(&format!("special.{name}.title")).unwrap_or(name).to_owned();
        Some(Crumb { path, title })
    }

    /// Makes a special page.
    pub(super) fn special_page(&self, id: SpecialId, lang: usize) -> Page {
        let special = SPECIALS[id.number];
        let word = |key: &str| self.locales[lang].word(&format!("special.{}.{key}", special.name()));
        let title = word("title").unwrap_or(special.name()).to_owned();
        let translated = |number: usize| Some(self.special_path(id, number));
        let mut page = self.blank(self.special_path(id, lang), lang, title.clone(), translated);
        page.template = format!("{}.html", special.name()).into();
        page.summary = word("about").map(str::to_owned);
        page.kind = Some(KIND).filter(|_| special.is_listed());
        page.crumbs = vec![self.shelves[lang].signs.home.clone()];
        page.crumbs.extend(self.special_overview(lang).filter(|_| id.number > 0 && special.is_listed()));
        if id.part > 0 {
            let first = self.special_path(SpecialId { part: 0, ..id }, lang);
            page.crumbs.push(Crumb { path: layout::encoded(&first), title });
        }
        let input = self.input();
        let (first, count) = (self.special_path(SpecialId { part: 0, ..id }, lang), special.parts(&input));
        if count > 1 && special.file(&input, count - 1).is_none() {
            page.part = self.part_of(&first, id.part, count);
        }
        special.fill(self, id.part, lang, &mut page);
        page
    }
}
