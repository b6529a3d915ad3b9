//! What all pages of a language share, for templates.

use super::Site;
use super::page::{Chrome, Crumb, LanguageName, NavEntry};
use crate::base::typography::curled;
use crate::kinds::KindId;
use crate::link::layout;

impl Site<'_> {
    /// What the pages of a language share.
    pub fn chrome(&self, lang: usize) -> Chrome {
        let locale = &self.locales[lang];
        let default = self.graph.default_language();
        let nav = self.listed(lang).map(|kind| NavEntry {
            kind: kind.name(),
            path: layout::encoded(&layout::listing(kind, &locale.lang, default)),
            count: self.shelves[lang].orders.of_kind(kind).len(),
        });
        let pages = self.shelves[lang].orders.of_kind(KindId::Page).iter().map(|&ix| {
            let card = self.shelves[lang].cards.get(ix);
            Crumb { path: card.path.clone(), title: card.title.clone() }
        });
        let languages = self.locales.iter().map(|locale| LanguageName {
            lang: locale.lang.to_string(),
            name: locale.language(locale.lang.as_str()),
        });
        Chrome {
            title: curled(&self.text(&self.config.title, lang), &locale.lang),
            description: curled(&self.text(&self.config.description, lang), &locale.lang),
            base_url: self.config.base_url.clone(),
            lang: locale.lang.to_string(),
            home: layout::encoded(&self.home(lang)),
            nav: nav.collect(),
            map: self.has_map().then(|| layout::encoded(&self.map_path(lang))),
            pages: pages.collect(),
            languages: languages.collect(),
            generator: "Dossier",
        }
    }
}
