//! What all pages of a language share.

use serde::Serialize;

use super::{Crumb, Date};

/// What all pages of a language share: the name, the menus, the languages.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiteInfo {
    /// The name of the site.
    pub title: String,
    /// What it is about; empty where nothing is said.
    pub description: String,
    /// Where it is published, with a slash at the end.
    pub base_url: String,
    /// The language.
    pub lang: String,
    /// The path of the home.
    pub home: String,
    /// The listings.
    pub nav: Vec<Menu>,
    /// The index of the pages about the evidence.
    pub overview: Option<Crumb>,
    /// The pages about the evidence.
    pub evidence: Vec<SpecialEntry>,
    /// The path of the map of everything, where there is one.
    pub map: Option<String>,
    /// The path of the print edition, where there is one.
    pub print: Option<String>,
    /// The path of the EPUB, where there is one.
    pub epub: Option<String>,
    /// The page about the data.
    pub data: Option<Crumb>,
    /// The folder of the pages about the evidence, and of what scripts read, with a slash at the end.
    pub special: String,
    /// The page of the search.
    pub search: Option<Crumb>,
    /// How many pieces the previews of links are cut into, for `cards.js`.
    pub card_pieces: usize,
    /// The free pages, or, if there are many, the first that have a position.
    pub pages: Vec<Crumb>,
    /// The site's languages.
    pub languages: Vec<Language>,
    /// The day as of which the dossier is shown, where that is not now.
    pub as_of: Option<Date>,
    /// The name of the program.
    pub generator: &'static str,
}

impl SiteInfo {
    /// The paths in the menus.
    pub(crate) fn menu_paths(&self) -> Vec<&String> {
        let menus = self.nav.iter().map(|entry| &entry.path).chain(self.pages.iter().map(|link| &link.path));
        let crumbs = self.overview.iter().chain(&self.data).map(|crumb| &crumb.path);
        let others = [&self.home].into_iter().chain(&self.print).chain(&self.map);
        menus.chain(crumbs).chain(others).collect()
    }
}

/// A page about the evidence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SpecialEntry {
    /// Its name: `t.special[name]` has `title` and `about`.
    pub name: &'static str,
    /// Its path.
    pub path: String,
    /// How many things it shows.
    pub count: usize,
}

/// A listing in the menu.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Menu {
    /// The kind that it lists.
    pub kind: &'static str,
    /// The path of the listing.
    pub path: String,
    /// How many entities it lists.
    pub count: usize,
}

/// A language of the site.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Language {
    /// Its tag, as BCP 47 has it.
    pub lang: String,
    /// Its name in that language.
    pub name: String,
    /// The language with its country, as Open Graph has it: `en_GB`.
    pub locale: Option<String>,
}
