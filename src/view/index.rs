//! What all pages share, worked out once and taken over from one snapshot to the next.

use std::sync::Arc;

use super::cards::{Cards, Orders};
use super::page::Crumb;
use super::search::Finds;
use crate::kinds::KindId;
use crate::link::{EntityIx, Graph, layout};
use crate::locale::Locale;
use crate::site::has_listing;

/// What all pages share.
#[derive(Clone)]
pub struct Index {
    /// One for each language.
    pub(super) languages: Arc<[Shelf]>,
    /// One for each language: what a search finds. It holds texts, so it is never taken over.
    pub(super) finds: Arc<[Finds]>,
}

/// What all pages of a language share.
#[derive(Clone)]
pub(super) struct Shelf {
    pub cards: Arc<Cards>,
    pub orders: Arc<Orders>,
    pub signs: Arc<Signs>,
}

/// What leads around the site, in one language.
pub(super) struct Signs {
    /// The home.
    pub home: Crumb,
    /// Of each kind that has a listing, the listing.
    pub listings: Vec<Option<Crumb>>,
    /// The name of each of the site's languages for itself, and its tag.
    pub languages: Vec<(String, String)>,
}

impl Index {
    /// Works it out. There is a locale for each of the graph's languages, in their order. What is still right of
    /// `before`, made for another graph and the same locales, is used again.
    pub fn of(graph: &Graph, locales: &[Arc<Locale>], before: Option<(&Graph, &Index)>) -> Index {
        let shelf = |(lang, locale): (usize, &Arc<Locale>)| {
            let before = before.map(|(graph, index)| (graph, &*index.languages[lang].cards));
            let cards = Cards::of(graph, locale, before);
            let orders = Orders::of(graph, &cards);
            let signs = Signs::of(graph, locales, lang);
            Shelf { cards: Arc::new(cards), orders: Arc::new(orders), signs: Arc::new(signs) }
        };
        Index { languages: locales.iter().enumerate().map(shelf).collect(), finds: no_finds(locales) }
    }

    /// The index with these entities edited; which entities there are, and of which kind, is as before.
    pub fn with(&self, graph: &Graph, locales: &[Arc<Locale>], changed: &[EntityIx]) -> Index {
        let shelf = |(shelf, locale): (&Shelf, &Arc<Locale>)| match shelf.cards.with(graph, locale, changed) {
            None => shelf.clone(),
            Some((cards, kinds)) => {
                let orders = shelf.orders.with(&kinds, &cards);
                Shelf { cards: Arc::new(cards), orders: Arc::new(orders), signs: shelf.signs.clone() }
            }
        };
        Index { languages: self.languages.iter().zip(locales).map(shelf).collect(), finds: no_finds(locales) }
    }
}

/// Nothing has been looked for yet.
fn no_finds(locales: &[Arc<Locale>]) -> Arc<[Finds]> {
    locales.iter().map(|_| Finds::default()).collect()
}

impl Signs {
    fn of(graph: &Graph, locales: &[Arc<Locale>], lang: usize) -> Signs {
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
        Signs { home, listings: listings.collect(), languages: languages.collect() }
    }
}

/// The plural of a kind's name.
pub(super) fn plural(kind: KindId, locale: &Locale) -> String {
    locale.word(&format!("kinds.{}.plural", kind.name())).unwrap_or(kind.spec().folder).to_owned()
}
