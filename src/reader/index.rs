//! Data shared by all pages. It is computed once and reused from one snapshot to the next.

use std::sync::Arc;

use super::documents::Documents;
use super::previews::{Orders, Previews};
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph, layout};
use crate::locale::Locale;
use crate::shown::Crumb;
use crate::site::has_listing;

/// Data shared by all pages, by language.
#[derive(Clone)]
pub struct Index {
    pub(crate) languages: Arc<[LanguageIndex]>,
    /// The search documents, one entry per language.
    pub(crate) documents: Arc<[Documents]>,
}

/// Data shared by all pages of one language.
#[derive(Clone)]
pub(crate) struct LanguageIndex {
    pub previews: Arc<Previews>,
    pub orders: Arc<Orders>,
    pub labels: Arc<Labels>,
}

/// The navigation labels of one language.
pub(crate) struct Labels {
    pub home: Crumb,
    /// A link to the list of each kind, if it has one.
    listings: Vec<Option<Crumb>>,
    /// The site's languages: each one's own name, and its tag.
    pub languages: Vec<(String, String)>,
}

impl Index {
    /// Computes the index. `locales` has one locale per language of the graph, in the same order. Reuses the
    /// parts of `before` that are still valid; `before` was made for another graph and the same locales.
    pub fn of(graph: &Graph, locales: &[Arc<Locale>], before: Option<(&Graph, &Index)>) -> Index {
        let language = |(lang, locale): (usize, &Arc<Locale>)| {
            let before = before.map(|(graph, index)| (graph, &*index.languages[lang].previews));
            let previews = Previews::of(graph, locale, before);
            let orders = Orders::of(graph, &previews);
            let labels = Labels::of(graph, locales, lang);
            LanguageIndex { previews: Arc::new(previews), orders: Arc::new(orders), labels: Arc::new(labels) }
        };
        Index { languages: locales.iter().enumerate().map(language).collect(), documents: none_yet(locales) }
    }

    /// Updates the index after these entities were edited. The set of entities and their kinds must be
    /// unchanged.
    pub(crate) fn with(&self, graph: &Graph, locales: &[Arc<Locale>], changed: &[EntityIx]) -> Index {
        let language = |(before, locale): (&LanguageIndex, &Arc<Locale>)| {
            let Some((previews, kinds)) = before.previews.with(graph, locale, changed) else {
                return before.clone();
            };
            let orders = before.orders.with(&kinds, &previews);
            LanguageIndex {
                previews: Arc::new(previews),
                orders: Arc::new(orders),
                labels: before.labels.clone(),
            }
        };
        let languages = self.languages.iter().zip(locales).map(language).collect();
        Index { languages, documents: none_yet(locales) }
    }
}

/// Empty search documents, one entry per language.
fn none_yet(locales: &[Arc<Locale>]) -> Arc<[Documents]> {
    locales.iter().map(|_| Documents::default()).collect()
}

impl Labels {
    pub(crate) fn listing(&self, kind: KindId) -> Option<&Crumb> {
        self.listings[kind as usize].as_ref()
    }

    fn of(graph: &Graph, locales: &[Arc<Locale>], lang: usize) -> Labels {
        let (locale, default) = (&locales[lang], graph.default_language());
        let home = Crumb {
            path: layout::encoded(&layout::home(&locale.lang, default)),
            title: locale.word("nav.home").unwrap_or("Home").to_owned(),
        };
        let listing = |kind: KindId| Crumb {
            path: layout::encoded(&layout::listing(kind, &locale.lang, default)),
            title: plural(kind, locale),
        };
        let listings = KindId::ALL.iter().map(|&kind| has_listing(graph, kind).then(|| listing(kind)));
        let languages = locales.iter().map(|locale| (locale.own_name(), locale.lang.to_string()));
        Labels { home, listings: listings.collect(), languages: languages.collect() }
    }
}

pub(crate) fn plural(kind: KindId, locale: &Locale) -> String {
    locale.word(&format!("kinds.{}.plural", kind.name())).unwrap_or(kind.spec().folder).to_owned()
}
