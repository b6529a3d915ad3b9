//! What all pages share, worked out once and taken over from one snapshot to the next.

use std::sync::Arc;

use super::documents::Documents;
use super::previews::{Orders, Previews};
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph, layout};
use crate::locale::Locale;
use crate::shown::Crumb;
use crate::site::has_listing;

/// What all pages share, by language.
#[derive(Clone)]
pub struct Index {
    pub(crate) languages: Arc<[LanguageIndex]>,
    /// One for each language: what a search finds.
    pub(crate) documents: Arc<[Documents]>,
}

/// What all pages of a language share.
#[derive(Clone)]
pub(crate) struct LanguageIndex {
    pub previews: Arc<Previews>,
    pub orders: Arc<Orders>,
    pub labels: Arc<Labels>,
}

/// The words that lead around the site, in one language.
pub(crate) struct Labels {
    pub home: Crumb,
    /// Of each kind that has a list, the list.
    listings: Vec<Option<Crumb>>,
    /// The name of each of the site's languages for itself, and its tag.
    pub languages: Vec<(String, String)>,
}

impl Index {
    /// Works it out. There is a locale for each of the graph's languages, in their order. What is still right
    /// of `before`, made for another graph and the same locales, is used again.
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

    /// The index with these entities edited; which entities there are, and of which kind, is as before.
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

/// Nothing has been looked for yet.
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
        let languages =
            locales.iter().map(|locale| (locale.language(locale.lang.as_str()), locale.lang.to_string()));
        Labels { home, listings: listings.collect(), languages: languages.collect() }
    }
}

pub(crate) fn plural(kind: KindId, locale: &Locale) -> String {
    locale.word(&format!("kinds.{}.plural", kind.name())).unwrap_or(kind.spec().folder).to_owned()
}
