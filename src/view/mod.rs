//! Graph → pages, each holding all that its template may read.
//!
//! A [`Site`] knows which pages there are, and makes each when it is asked for: so a preview makes the one
//! that is looked at, and a build need not hold all of them at once.

pub mod archived;
mod backlinks;
mod body;
pub mod book;
mod cards;
pub mod chrome;
mod claim;
mod datum;
mod diagram;
mod facts;
mod hand;
mod index;
mod linked;
mod listing;
mod maps;
pub mod page;
pub mod passages;
pub mod poster;
mod search;
mod special;
mod strip;
pub mod survey;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

pub use body::{Body, Href, Mark};
pub use book::Book;
pub use chrome::Chrome;
pub use datum::Datum;
pub use hand::Hand;
pub use index::Index;
pub use page::{Card, Page};
pub use table::add_pages;

use crate::base::id::Lang;
use crate::base::path::{InputPath, SitePath};
use crate::citation::Citer;
use crate::config::Config;
use crate::course::Courses;
use crate::evidence::Evidence;
use crate::exports::Exports;
use crate::kinds::{Article, KindId, Order, Ref};
use crate::link::{Entity, EntityIx, Graph, Target, file_beside, layout};
use crate::locale::Locale;
use crate::site::{PageId, Route, SiteInput, SiteMap, parts};
use archived::Archives;
use backlinks::Referrers;
use index::Shelf;
use listing::Groups;
use page::{CorrectionText, Crumb, DateText, EditionLink, Part, Picture, TocEntry, WithdrawalText};
use search::Finds;

/// How many words are read in a minute.
const WORDS_A_MINUTE: usize = 200;

/// The fewest headings that deserve a table of contents.
const TOC_FROM: usize = 3;

/// The pages of a dossier.
pub struct Site<'a> {
    graph: &'a Graph,
    config: &'a Config,
    locales: &'a [Arc<Locale>],
    citer: Option<&'a Citer>,
    archives: OnceLock<Archives>,
    /// The size of pictures, in pixels.
    sizes: &'a BTreeMap<InputPath, (usize, usize)>,
    courses: &'a Courses,
    shelves: &'a [Shelf],
    finds: &'a [Finds],
    evidence: &'a Evidence,
    exports: Exports<'a>,
    map: &'a SiteMap,
    /// The long lists of referrers that were made already, by entity and language.
    referrers: Mutex<HashMap<(EntityIx, usize), Referrers>>,
    /// The lists that were put into groups already, by kind and language.
    groups: Mutex<HashMap<(KindId, usize), Arc<Groups>>>,
}

impl<'a> Site<'a> {
    /// The site of a graph.
    pub fn new(
        graph: &'a Graph,
        hand: Hand<'a>,
        sizes: &'a BTreeMap<InputPath, (usize, usize)>,
        courses: &'a Courses,
        index: &'a Index,
        evidence: &'a Evidence,
        map: &'a SiteMap,
    ) -> Site<'a> {
        let Hand { config, locales, citer } = hand;
        Site {
            graph,
            config,
            locales,
            citer,
            archives: OnceLock::new(),
            sizes,
            courses,
            shelves: &index.languages,
            finds: &index.finds,
            evidence,
            exports: Exports::of(graph, config),
            map,
            referrers: Mutex::default(),
            groups: Mutex::default(),
        }
    }

    /// The locales, in the order of the site's languages.
    pub fn locales(&self) -> &'a [Arc<Locale>] {
        self.locales
    }

    /// The settings.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// The files of data.
    pub fn exports(&self) -> &Exports<'a> {
        &self.exports
    }

    /// The graph that the pages show.
    pub fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// What is where.
    pub fn map(&self) -> &'a SiteMap {
        self.map
    }

    /// What decided that.
    pub(crate) fn input(&self) -> SiteInput<'a> {
        let (graph, config, evidence) = (self.graph, self.config, self.evidence);
        SiteInput { graph, config, evidence, has_bibliography: self.citer.is_some() }
    }

    /// The path, where a page of that name is there.
    fn at(&self, path: SitePath, id: PageId) -> Option<SitePath> {
        (self.map.find(&path) == Some(&Route::Page(id))).then_some(path)
    }

    /// The article that is the home.
    fn home_article(&self) -> Option<&Entity> {
        self.graph.by_id("article").map(|ix| self.graph.entity(ix)).filter(|entity| layout::is_home(entity))
    }

    /// The kinds that have a listing: those of which there is something to list.
    fn listed(&self, lang: usize) -> impl Iterator<Item = KindId> {
        let listings = &self.shelves[lang].signs.listings;
        KindId::ALL.iter().copied().filter(|&kind| listings[kind as usize].is_some())
    }

    /// The listing of a kind in the language of a number, where it has one.
    pub fn listing(&self, kind: KindId, lang: usize) -> Option<Crumb> {
        self.shelves[lang].signs.listings[kind as usize].clone()
    }

    /// Makes a page.
    pub fn page(&self, id: &PageId) -> Page {
        let mut page = self.shown(id);
        page.linked = self.linked(id, &page);
        page
    }

    /// What people see of it.
    fn shown(&self, id: &PageId) -> Page {
        match id {
            PageId::Entity(ix, lang) => self.entity_page(*ix, *lang),
            PageId::Listing(kind, lang, part) => self.listing_page(*kind, *lang, *part),
            PageId::Referrers(ix, lang, part) => self.referrers_page(*ix, *lang, *part),
            PageId::Special(id, lang) => self.special_page(*id, *lang),
            PageId::Home(lang) => {
                let path = self.home(*lang);
                let title = self.text(&self.config.title, *lang);
                let translated = |number| Some(self.home(number));
                Page {
                    template: "article.html".into(),
                    kind: Some("article"),
                    ..self.blank(path, *lang, title, translated)
                }
            }
            PageId::Map(lang) => self.map_page(*lang),
            PageId::Print(lang) => self.print_page(*lang),
            PageId::NotFound => {
                let locale = &self.locales[0];
                let title = locale.word("notfound.title").unwrap_or("404").to_owned();
                let root = self.base_path();
                Page {
                    template: "404.html".into(),
                    root,
                    ..self.blank("404.html".into(), 0, title, |_| None)
                }
            }
            PageId::Redirect(ix, former, lang) => {
                let (entity, locale) = (self.graph.entity(*ix), &self.locales[*lang]);
                let path = layout::former(self.graph, entity, former, &locale.lang);
                let card = self.shelves[*lang].cards.get(*ix);
                let page = self.blank(path, *lang, card.title.clone(), |_| None);
                let canonical = format!("{}{}", self.config.base_url, card.path);
                Page {
                    template: "redirect.html".into(),
                    canonical,
                    redirect_to: Some(card.path.clone()),
                    ..page
                }
            }
        }
    }

    fn entity_page(&self, ix: EntityIx, lang: usize) -> Page {
        let (entity, locale) = (self.graph.entity(ix), &self.locales[lang]);
        let edition = entity.edition_for(&locale.lang);
        let original = &entity.original().input.lang;
        let fallback = (edition.input.lang != locale.lang).then(|| edition.input.lang.to_string());
        let path = layout::page(self.graph, entity, &locale.lang);
        let translated = |number: usize| {
            let lang: &Lang = &self.locales[number].lang;
            Some(layout::page(self.graph, entity, lang))
        };
        let card = self.shelves[lang].cards.get(ix).clone();
        let mut page = self.blank(path, lang, card.title.clone(), translated);
        for (link, locale) in page.editions.iter_mut().zip(self.locales) {
            link.translated = entity.edition(&locale.lang).is_some();
        }
        if fallback.is_some() {
            // The text is the original's, so that is where it wants to be found.
            let canonical = layout::encoded(&layout::page(self.graph, entity, original));
            page.canonical = format!("{}{canonical}", self.config.base_url);
        }
        let common = entity.common();
        let date = |date: &crate::base::date::Edtf| DateText::of(*date, locale);
        // The theme's `entity.html` stands in where it has none of that name.
        page.template = format!("{}.html", entity.kind.name()).into();
        page.summary = card.summary.clone();
        page.kind = Some(entity.kind.name());
        page.id = Some(entity.id.to_string());
        page.crumbs = self.crumbs(entity, lang);
        page.fallback = fallback;
        page.draft = common.draft;
        page.embargo = entity.embargo.map(|date| DateText::of(date, locale));
        page.updated = common.updated.as_ref().map(|d| date(d));
        page.date = card.date.clone();
        page.aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.value.clone()).collect();
        page.image = self.picture(entity, edition);
        if let Some(article) = entity.as_kind::<Article>() {
            page.byline = article.byline.as_ref().map(|byline| self.text(byline, lang));
            page.published = article.published.as_ref().map(|d| date(d));
        }
        page.corrections = common
            .corrections
            .iter()
            .map(|correction| CorrectionText {
                date: date(&correction.date),
                text: self.text(&correction.text, lang),
                corrects: self.cards(correction.corrects.iter(), lang),
            })
            .collect();
        page.withdrawn = common.withdrawn.as_ref().map(|withdrawal| WithdrawalText {
            date: date(&withdrawal.date),
            why: withdrawal.why.as_ref().map(|why| self.text(why, lang)),
        });
        page.evidence = claim::of(self, ix, lang);
        if !layout::is_home(entity) {
            let order = &self.shelves[lang].orders;
            let card = |ix: EntityIx| self.shelves[lang].cards.get(ix).clone();
            let (previous, next) = order.neighbours(ix, entity.kind);
            (page.previous, page.next) = (previous.map(card), next.map(card));
            page.order_label = Some(match entity.kind.spec().order {
                Order::Date => "date",
                Order::Title | Order::Given => "title",
            });
        }
        (page.facts, page.tables) = facts::of(self, entity, lang);
        self.add_maps(ix, lang, &mut page);
        page.citations = self.citations(entity, lang);
        page.passages = passages::of(self, ix, lang);
        page.backlinks = backlinks::groups(self, ix, lang, 0);
        page.dates = strip::of(self, ix, lang);
        page.poster = self.social_card(ix, lang).map(|path| layout::encoded(&path));
        page.part = self.part(&page.path, 0, self.referrer_count(ix, lang));
        let prose = edition.prose();
        let shift = u8::from(prose.headings.iter().any(|heading| heading.level == 1));
        let headings = prose.headings.iter().filter(|heading| heading.level + shift <= 3);
        page.toc = headings
            .map(|h| TocEntry { level: h.level + shift, id: h.id.clone(), title: h.text.clone() })
            .collect();
        if page.toc.len() < TOC_FROM {
            page.toc.clear();
        }
        if !prose.blocks.is_empty() {
            page.reading_minutes = Some(prose.words.div_ceil(WORDS_A_MINUTE).max(1));
            let links = edition.links.iter().map(|target| self.href(target, lang)).collect();
            let marks = passages::marks(self, ix, edition, lang);
            let maps = self.embedded_maps(edition, lang, &page.root);
            page.draws |= !maps.is_empty();
            page.text = Some(Body { parsed: edition.parsed.clone(), links, maps, marks });
        }
        page
    }

    fn referrer_count(&self, ix: EntityIx, lang: usize) -> usize {
        crate::site::referrers::count(self.graph, ix, &self.locales[lang].lang)
    }

    /// A further page of those who refer to an entity.
    fn referrers_page(&self, ix: EntityIx, lang: usize, part: usize) -> Page {
        let entity = self.graph.entity(ix);
        let first = |number: usize| layout::page(self.graph, entity, &self.locales[number].lang);
        let card = self.shelves[lang].cards.get(ix);
        let translated = |number: usize| {
            (part < parts(self.referrer_count(ix, number))).then(|| layout::part(&first(number), part))
        };
        let mut page = self.blank(layout::part(&first(lang), part), lang, card.title.clone(), translated);
        page.template = "referrers.html".into();
        page.kind = Some(entity.kind.name());
        page.crumbs = self.crumbs(entity, lang);
        page.crumbs.push(Crumb { path: card.path.clone(), title: card.title.clone() });
        page.backlinks = backlinks::groups(self, ix, lang, part);
        page.part = self.part(&first(lang), part, self.referrer_count(ix, lang));
        page
    }

    /// Which page of a list this is, where there are several.
    fn part(&self, first: &SitePath, number: usize, entries: usize) -> Option<Part> {
        self.part_of(first, number, parts(entries))
    }

    /// Which of `count` pages of a list this is, where there are several.
    fn part_of(&self, first: &SitePath, number: usize, count: usize) -> Option<Part> {
        let path = |number: usize| layout::encoded(&layout::part(first, number));
        (count > 1).then(|| Part {
            number: number + 1,
            count,
            previous: number.checked_sub(1).map(path),
            next: Some(number + 1).filter(|next| *next < count).map(path),
            last: path(count - 1),
        })
    }

    /// A page with nothing on it. `edition` gives the same page in the language of a number.
    fn blank(
        &self,
        path: SitePath,
        lang: usize,
        title: String,
        edition: impl Fn(usize) -> Option<SitePath>,
    ) -> Page {
        let locale = &self.locales[lang];
        let languages = &self.shelves[lang].signs.languages;
        let editions = languages.iter().enumerate().filter_map(|(number, (name, tag))| {
            Some(EditionLink {
                lang: tag.clone(),
                name: name.clone(),
                path: layout::encoded(&edition(number)?),
                current: number == lang,
                translated: true,
            })
        });
        Page {
            template: "page.html".into(),
            root: path.to_root(),
            canonical: format!("{}{}", self.config.base_url, layout::address(&path)),
            lang: locale.lang.to_string(),
            dir: locale.lang.direction(),
            title,
            editions: editions.collect(),
            path,
            summary: None,
            kind: None,
            id: None,
            crumbs: Vec::new(),
            fallback: None,
            draft: false,
            embargo: None,
            updated: None,
            date: None,
            byline: None,
            published: None,
            corrections: Vec::new(),
            withdrawn: None,
            reading_minutes: None,
            previous: None,
            next: None,
            order_label: None,
            image: None,
            toc: Vec::new(),
            aliases: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            dates: None,
            poster: None,
            draws: false,
            map: None,
            locator: None,
            downloads: Vec::new(),
            citations: Vec::new(),
            passages: Vec::new(),
            backlinks: Vec::new(),
            listing: None,
            evidence: Datum::None,
            special: Datum::None,
            book: None,
            part: None,
            redirect_to: None,
            feed: None,
            linked: String::new(),
            text: None,
        }
    }

    fn crumbs(&self, entity: &Entity, lang: usize) -> Vec<Crumb> {
        if layout::is_home(entity) {
            return Vec::new();
        }
        let signs = &self.shelves[lang].signs;
        let mut crumbs = Vec::with_capacity(2);
        crumbs.push(signs.home.clone());
        crumbs.extend(signs.listings[entity.kind as usize].clone());
        crumbs
    }

    fn home(&self, lang: usize) -> SitePath {
        layout::home(&self.locales[lang].lang, self.graph.default_language())
    }

    /// The cards of what is referred to.
    fn cards<'r>(&self, refs: impl Iterator<Item = &'r Ref>, lang: usize) -> Vec<Arc<Card>> {
        let card = |reference: &Ref| Some(self.card(self.graph.by_id(&reference.id)?, lang).clone());
        refs.filter_map(card).collect()
    }

    fn card(&self, ix: EntityIx, lang: usize) -> &'a Arc<Card> {
        self.shelves[lang].cards.get(ix)
    }

    fn text(&self, text: &crate::base::text::Text, lang: usize) -> String {
        text.get(&self.locales[lang].lang, self.graph.default_language()).0.to_owned()
    }

    fn picture(&self, entity: &Entity, edition: &crate::link::Edition) -> Option<Picture> {
        let image = entity.common().image.as_ref()?;
        let words = edition.parsed.head.common.image.as_ref().unwrap_or(image);
        let src = image.src.as_ref()?;
        let Target::Asset(path) = file_beside(self.graph, entity.path(), src) else { return None };
        let size = self.sizes.get(&path);
        Some(Picture {
            src: layout::encoded(&layout::asset(&path)),
            alt: words.alt.clone().or_else(|| image.alt.clone()).unwrap_or_default(),
            caption: words.caption.clone().or_else(|| image.caption.clone()),
            credit: image.credit.clone(),
            width: size.map(|size| size.0),
            height: size.map(|size| size.1),
        })
    }

    fn href(&self, target: &Target, lang: usize) -> Href {
        match target {
            Target::Entity(ix, fragment) => {
                Href::Entity(self.shelves[lang].cards.get(*ix).clone(), fragment.clone())
            }
            Target::Fragment(fragment) => Href::Fragment(fragment.clone()),
            Target::Asset(path) => {
                let size = self.sizes.get(path).copied();
                Href::Asset(layout::encoded(&layout::asset(path)), size)
            }
            Target::External(address) => Href::External(address.clone(), self.archived(address).cloned()),
            Target::Unresolved(_) => Href::Nowhere,
        }
    }
}
