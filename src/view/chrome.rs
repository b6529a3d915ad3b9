//! What the pages of a language share: the name, the menus, the languages.

use serde::Serialize;

use super::Site;
use super::page::{Crumb, DateText};
use crate::base::date::{Edtf, PartialDate};
use crate::base::typography::curled;
use crate::kinds::KindId;
use crate::link::layout;
use crate::site::PageId;

/// What all pages of a language share: the name, the menu, the languages.
#[derive(Debug, Serialize)]
pub struct Chrome {
    /// The site's name.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Where it is published, with a slash at the end.
    pub base_url: String,
    /// The language.
    pub lang: String,
    /// Its home.
    pub home: String,
    /// The listings.
    pub nav: Vec<NavEntry>,
    /// The index of the pages on the evidence.
    pub overview: Option<Crumb>,
    /// The pages of what the evidence comes to.
    pub evidence: Vec<SpecialEntry>,
    /// The map of everything, where there is one.
    pub map: Option<String>,
    /// The print edition, where there is one.
    pub print: Option<String>,
    /// The EPUB, where there is one.
    pub epub: Option<String>,
    /// The page on the data.
    pub data: Option<Crumb>,
    /// The folder of the pages on the evidence, and of what scripts read, with a slash at the end.
    pub special: String,
    /// The page of the search.
    pub search: Option<Crumb>,
    /// The number of pieces that the cards of links are cut into.
    pub card_pieces: usize,
    /// The free pages.
    pub pages: Vec<Crumb>,
    /// The site's languages.
    pub languages: Vec<LanguageName>,
    /// The day as of which it is shown, where that is not now.
    pub as_of: Option<DateText>,
    /// The program.
    pub generator: &'static str,
}

/// A page of what the evidence comes to.
#[derive(Debug, Serialize)]
pub struct SpecialEntry {
    /// Its name, a key of the string tables.
    pub name: &'static str,
    /// Where it is.
    pub path: String,
    /// How many things it shows.
    pub count: usize,
}

/// A listing in the menu.
#[derive(Debug, Serialize)]
pub struct NavEntry {
    /// The kind.
    pub kind: &'static str,
    /// The page.
    pub path: String,
    /// How many it lists.
    pub count: usize,
}

/// A language and its own name for itself.
#[derive(Debug, Serialize)]
pub struct LanguageName {
    /// The tag.
    pub lang: String,
    /// The name.
    pub name: String,
    /// With its country, as Open Graph has it: `en_GB`.
    pub locale: Option<String>,
}

impl Site<'_> {
    /// The path part of `base_url`: `/` or `/dossiers/najin/`.
    pub(super) fn base_path(&self) -> String {
        let rest = self.config.base_url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("/", |at| &rest[at..]).to_owned()
    }

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
            locale: locale.territory().map(str::to_owned),
        });
        Chrome {
            title: curled(&self.text(&self.config.title, lang), &locale.lang),
            description: curled(&self.text(&self.config.description, lang), &locale.lang),
            base_url: self.config.base_url.clone(),
            lang: locale.lang.to_string(),
            home: layout::encoded(&self.home(lang)),
            nav: nav.collect(),
            overview: self.special_overview(lang),
            evidence: self
                .special_index(lang)
                .into_iter()
                .map(|(name, path, count)| SpecialEntry { name, path, count })
                .collect(),
            map: self.at(self.map_path(lang), PageId::Map(lang)).map(|path| layout::encoded(&path)),
            print: self.at(self.print_path(lang), PageId::Print(lang)).map(|path| layout::encoded(&path)),
            epub: self.epub(lang),
            data: self.data(lang),
            special: layout::special_folder(&locale.lang, default),
            search: self.search_page(lang),
            card_pieces: self.card_pieces(),
            pages: pages.collect(),
            languages: languages.collect(),
            as_of: self.graph.as_of.map(|day| DateText::of(Edtf::Date(PartialDate::of(day)), locale)),
            generator: "Dossier",
        }
    }
}
