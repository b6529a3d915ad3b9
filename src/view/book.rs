//! The dossier as a book: which of its pages are bound into one, in what order, and under which numbers. `render` draws and
//! binds them, for the print edition and for the EPUB.

use std::collections::{BTreeSet, VecDeque};

use super::Site;
use super::page::{DateText, Page};
use super::special::{self, SPECIALS};
use crate::base::date::{Day, Edtf, PartialDate};
use crate::base::path::SitePath;
use crate::config::BookFormat;
use crate::kinds::{Article, KindId};
use crate::link::{Entity, EntityIx, Target, layout};
use crate::site::{PageId, SpecialId};

/// The kinds in the order of their chapters. What the evidence comes to stands before the sources.
const ORDER: [KindId; 9] = [
    KindId::Article,
    KindId::Claim,
    KindId::Event,
    KindId::Route,
    KindId::Actor,
    KindId::Place,
    KindId::Note,
    KindId::Source,
    KindId::Page,
];

/// A book.
#[derive(Debug)]
pub struct Book {
    /// Its parts, in order.
    pub chapters: Vec<Chapter>,
    /// How many entities are not in it.
    pub left_out: usize,
    /// The last day on which the dossier changed.
    pub day: Option<Day>,
    /// The same, in words.
    pub date: Option<DateText>,
    /// Who wrote the article.
    pub byline: Option<String>,
    /// The address of the site, where it is known.
    pub address: Option<String>,
    /// Where the same is an EPUB.
    pub epub: Option<String>,
    /// The formats in which it is handed over, and how the root of the site is addressed in each: not at all if empty.
    pub formats: Vec<(BookFormat, String)>,
}

/// A part of a book.
#[derive(Debug)]
pub struct Chapter {
    /// What it is known by in addresses: `actors`.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// Its pages.
    pub sections: Vec<Section>,
}

/// A page in a book.
#[derive(Debug)]
pub struct Section {
    /// What it is known by in addresses: `actor-nis`.
    pub name: String,
    /// By which the book refers to it: `3.4`.
    pub number: String,
    /// The page, without what only leads around a site.
    pub page: Page,
}

impl Site<'_> {
    /// Where the print edition is.
    pub fn print_path(&self, lang: usize) -> SitePath {
        layout::print(&self.locales[lang].lang, self.graph.default_language())
    }

    /// The address of the EPUB, where there is one.
    pub(super) fn epub(&self, lang: usize) -> Option<String> {
        let path = layout::epub(&self.locales[lang].lang, self.graph.default_language());
        self.map.find(&path).map(|_| layout::encoded(&path))
    }

    /// The page of the print edition.
    pub(super) fn print_page(&self, lang: usize) -> Page {
        let title = self.locales[lang].word("book.print").unwrap_or("print").to_owned();
        let mut page = self.blank(self.print_path(lang), lang, title, |number| Some(self.print_path(number)));
        page.template = "print.html".into();
        page.book = Some(Box::new(self.book(lang)));
        page
    }

    /// The dossier as a book.
    pub fn book(&self, lang: usize) -> Book {
        let chosen = self.chosen();
        let locale = &self.locales[lang];
        let word = |key: &str| locale.word(&format!("book.{key}")).unwrap_or(key).to_owned();
        let mut chapters = Vec::new();
        let mut add = |name, title, pages: Vec<(String, Page)>| {
            let number = chapters.len() + 1;
            let section = |(at, (name, page)): (usize, (String, Page))| Section {
                name,
                number: format!("{number}.{}", at + 1),
                page,
            };
            let sections: Vec<Section> = pages.into_iter().enumerate().map(section).collect();
            if !sections.is_empty() {
                chapters.push(Chapter { name, title, sections });
            }
        };
        for kind in ORDER {
            if kind == KindId::Source {
                add("evidence", word("evidence"), self.evidence_sections(lang));
            }
            let of_kind = self.shelves[lang].orders.of_kind(kind).iter().filter(|ix| chosen.contains(ix));
            let section = |ix: &EntityIx| {
                (format!("{}-{}", kind.name(), self.graph.entity(*ix).id), self.bound_page(*ix, lang))
            };
            let title = word(kind.spec().folder);
            add(kind.spec().folder, title, of_kind.map(section).collect());
        }
        let day = self.last_change();
        let root = |format: &BookFormat| match format {
            BookFormat::Print => (*format, self.print_path(lang).to_root()),
            BookFormat::Epub if self.config.is_hosted() => (*format, self.config.base_url.to_string()),
            BookFormat::Epub => (*format, String::new()),
        };
        let home = self.home_article().and_then(|entity| entity.as_kind::<Article>());
        Book {
            chapters,
            left_out: self.graph.entities.len() - chosen.len(),
            day,
            date: day.map(|day| DateText::of(Edtf::Date(PartialDate::of(day)), locale)),
            byline: home.and_then(|article| article.byline.as_ref()).map(|byline| self.text(byline, lang)),
            address: self
                .config
                .is_hosted()
                .then(|| format!("{}{}", self.config.base_url, layout::address(&self.home(lang)))),
            epub: self.epub(lang),
            formats: self.config.books.formats(self.graph.entities.len()).iter().map(root).collect(),
        }
    }

    /// What is in the book: all, or as much as it may hold of what the articles lead to, the nearest first; then of the rest.
    fn chosen(&self) -> BTreeSet<EntityIx> {
        let most = self.config.books.most;
        if self.graph.entities.len() <= most {
            return self.graph.iter().map(|(ix, _)| ix).collect();
        }
        let articles = self.graph.all::<Article>().map(|(ix, ..)| ix);
        let pages = self.shelves[0].orders.of_kind(KindId::Page).iter().copied();
        let mut chosen = BTreeSet::new();
        let mut queue: VecDeque<EntityIx> = articles.chain(pages).collect();
        let mut rest = self.graph.iter().map(|(ix, _)| ix);
        while chosen.len() < most {
            let Some(ix) = queue.pop_front().or_else(|| rest.next()) else { break };
            if chosen.insert(ix) {
                let targets = self.graph.outgoing(ix).iter().map(|reference| &reference.target);
                queue.extend(targets.filter_map(|target| match target {
                    Target::Entity(to, _) => Some(*to),
                    _ => None,
                }));
            }
        }
        chosen
    }

    /// The page of an entity, without what only leads around a site.
    fn bound_page(&self, ix: EntityIx, lang: usize) -> Page {
        let mut page = self.shown(&PageId::Entity(ix, lang));
        page.crumbs.clear();
        page.toc.clear();
        page.downloads.clear();
        page.passages.clear();
        page.backlinks.clear();
        page.dates = None;
        (page.previous, page.next, page.part) = (None, None, None);
        page
    }

    fn evidence_sections(&self, lang: usize) -> Vec<(String, Page)> {
        let bound = special::all(self.input()).filter(|id| SPECIALS[id.number].is_bound(id.part));
        let section = |id: SpecialId| {
            let mut page = self.special_page(id, lang);
            let name = SPECIALS[id.number].name();
            let name = if id.part == 0 { name.to_owned() } else { format!("{name}-{}", id.part) };
            page.crumbs.clear();
            page.part = None;
            (format!("evidence-{name}"), page)
        };
        bound.map(section).collect()
    }

    /// The last day of which the dossier says that it changed; never the day of the build.
    fn last_change(&self) -> Option<Day> {
        let of = |entity: &Entity| {
            let common = entity.common();
            let corrections = common.corrections.iter().map(|correction| &correction.date);
            let published = entity.as_kind::<Article>().and_then(|article| article.published.as_ref());
            let dates = common.updated.iter().chain(corrections).chain(published);
            dates.filter_map(|date| date.latest()).max()
        };
        self.graph.iter().filter_map(|(_, entity)| of(entity)).max()
    }
}
