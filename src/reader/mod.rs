//! A dossier in one language: the strings, names, orders and facts from which all its pages are made.
//!
//! A [`Site`] is the whole dossier with everything computed from it. A [`Reader`] is the site in one
//! language. Pages are made from a `Reader`, which is cheap to copy.

mod archived;
pub(crate) mod documents;
mod facts;
mod groups;
pub(crate) mod index;
mod media;
mod names;
pub(crate) mod previews;
mod printed;
mod referrers;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub(crate) use facts::{figure_text, joined};
pub use index::Index;
pub(crate) use index::{Labels, plural};
pub(crate) use media::{is_media, with_fragment};
pub(crate) use names::capital;
pub(crate) use previews::{Orders, Previews};
pub(crate) use referrers::Referrer;

use crate::base::diagnostic::Diagnostic;
use crate::base::media::format_of;
use crate::base::path::{InputPath, SitePath};
use crate::citation::Citer;
use crate::config::Config;
use crate::course::Courses;
use crate::evidence::Evidence;
use crate::exports::Exports;
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph, layout};
use crate::locale::Locale;
use crate::metadata::Copied;
use crate::shown::Medium;
use crate::site::{Atlas, PageId, Route, SiteInput, SiteMap};
use archived::Archives;
use groups::Groups;
use index::LanguageIndex;
use media::Originals;
use referrers::Referrers;

/// What the rendering of a site depends on: settings, strings and citation style.
#[derive(Copy, Clone)]
pub struct Style<'a> {
    /// The settings.
    pub config: &'a Config,
    /// One locale per language, in order.
    pub locales: &'a [Arc<Locale>],
    /// Formats references to sources; `None` if there is no bibliography.
    pub citer: Option<&'a Citer>,
}

/// A dossier, with the data that all its pages share.
pub struct Site<'a> {
    graph: &'a Graph,
    config: &'a Config,
    locales: &'a [Arc<Locale>],
    citer: Option<&'a Citer>,
    archives: OnceLock<Archives>,
    atlas: OnceLock<Atlas>,
    originals: OnceLock<Originals>,
    /// What is known of the files that may be copied.
    copied: &'a BTreeMap<InputPath, Copied>,
    courses: &'a Courses,
    index: &'a Index,
    evidence: &'a Evidence,
    exports: Exports<'a>,
    map: &'a SiteMap,
    /// A cache of the long lists of referrers, by entity and language.
    referrers: Mutex<HashMap<(EntityIx, usize), Referrers>>,
    /// A cache of the grouped lists, by kind and language.
    groups: Mutex<HashMap<(KindId, usize), Arc<Groups>>>,
    /// Bugs that cost a part of a page, once each.
    bugs: Mutex<Vec<Diagnostic>>,
}

impl<'a> Site<'a> {
    /// Makes the site of a graph.
    pub fn new(
        graph: &'a Graph,
        style: Style<'a>,
        copied: &'a BTreeMap<InputPath, Copied>,
        courses: &'a Courses,
        index: &'a Index,
        evidence: &'a Evidence,
        map: &'a SiteMap,
    ) -> Site<'a> {
        let Style { config, locales, citer } = style;
        Site {
            graph,
            config,
            locales,
            citer,
            archives: OnceLock::new(),
            atlas: OnceLock::new(),
            originals: OnceLock::new(),
            copied,
            courses,
            index,
            evidence,
            exports: Exports::of(graph, config),
            map,
            referrers: Mutex::default(),
            groups: Mutex::default(),
            bugs: Mutex::default(),
        }
    }

    /// The locales, in the order of the site's languages.
    pub(crate) fn locales(&self) -> &'a [Arc<Locale>] {
        self.locales
    }

    pub(crate) fn config(&self) -> &'a Config {
        self.config
    }

    /// The data exports.
    pub(crate) fn exports(&self) -> &Exports<'a> {
        &self.exports
    }

    /// The graph that the pages show.
    pub(crate) fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// The evidence computed from the graph.
    pub(crate) fn evidence(&self) -> &'a Evidence {
        self.evidence
    }

    /// How the places are spread over maps.
    pub(crate) fn atlas(&self) -> &Atlas {
        self.atlas.get_or_init(|| Atlas::of(self.graph))
    }

    /// The computed lines of the routes.
    pub(crate) fn courses(&self) -> &'a Courses {
        self.courses
    }

    /// Data shared by all pages, by language.
    pub(crate) fn index(&self) -> &'a Index {
        self.index
    }

    /// Whether a file is no picture that a book could contain, although its name says so.
    pub(crate) fn is_broken(&self, path: &InputPath) -> bool {
        let format = format_of(path.extension());
        let fault = |copied: &Copied| copied.fault(format?);
        self.copied(path).is_some_and(|copied| fault(copied).is_some())
    }

    /// What is known of a file that may be copied.
    pub(crate) fn copied(&self, path: &InputPath) -> Option<&'a Copied> {
        self.copied.get(path)
    }

    /// The size of a picture in pixels, if known.
    pub(crate) fn size(&self, path: &InputPath) -> Option<(usize, usize)> {
        self.copied(path)?.extent.pixels
    }

    /// Formats references to sources; `None` if there is no bibliography.
    pub(crate) fn citer(&self) -> Option<&'a Citer> {
        self.citer
    }

    /// Reports a bug that costs a part of a page.
    pub(crate) fn met(&self, bug: Diagnostic) {
        // The lock can be used after a panic: a thread adds a whole finding or none.
        let mut bugs = self.bugs.lock().unwrap_or_else(PoisonError::into_inner);
        if !bugs.contains(&bug) {
            bugs.push(bug);
        }
    }

    /// The bugs reported so far.
    pub(crate) fn bugs(&self) -> Vec<Diagnostic> {
        let mut bugs = self.bugs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        bugs.sort_by(|a, b| a.order().cmp(&b.order()));
        bugs
    }

    /// The site map.
    pub fn map(&self) -> &'a SiteMap {
        self.map
    }

    /// The inputs that decide which files the site has.
    pub(crate) fn input(&self) -> SiteInput<'a> {
        let (graph, config, evidence) = (self.graph, self.config, self.evidence);
        SiteInput { graph, config, evidence, has_bibliography: self.citer.is_some() }
    }

    /// Returns the path if it leads to the page with this id.
    pub(crate) fn at(&self, path: SitePath, id: PageId) -> Option<SitePath> {
        (self.map.find(&path) == Some(&Route::Page(id))).then_some(path)
    }

    pub(crate) fn home_article(&self) -> Option<EntityIx> {
        self.graph.by_id("article").filter(|ix| layout::is_home(self.graph.entity(*ix)))
    }

    /// The site in the language with this index.
    pub(crate) fn reader(&self, lang: usize) -> Reader<'_> {
        let LanguageIndex { previews, orders, labels } = &self.index.languages[lang];
        Reader {
            site: self,
            lang,
            graph: self.graph,
            config: self.config,
            locale: &self.locales[lang],
            previews,
            orders,
            labels,
            medium: Medium::Site,
        }
    }
}

/// A site in one language.
#[derive(Copy, Clone)]
pub(crate) struct Reader<'a> {
    pub site: &'a Site<'a>,
    /// The index of the language.
    pub lang: usize,
    /// The graph that the pages show.
    pub graph: &'a Graph,
    pub config: &'a Config,
    /// The strings, dates and numbers of the language.
    pub locale: &'a Locale,
    /// The previews of entities.
    pub previews: &'a Previews,
    /// The order of each kind's entities.
    pub orders: &'a Orders,
    /// The navigation labels.
    pub labels: &'a Labels,
    /// The medium that the pages are rendered for.
    pub medium: Medium,
}
