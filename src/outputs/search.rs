//! What the search and the cards of links read, beside the page of the search: `search/` holds the overview, the words and the
//! texts, `cards/` what is shown of a page.

use super::{Bundle, Content, Output, Press};
use crate::base::path::SitePath;
use crate::link::layout;
use crate::machine::preview_pieces;
use crate::search::script;

/// See the module.
pub struct Search;

/// A file of the search in the language of a number.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// What a browser has to know first.
    Overview,
    /// Words.
    Words(usize),
    /// Running texts.
    Texts(usize),
    /// What is shown of pages.
    Cards(usize),
}

impl Piece {
    /// Its name, by which the browser asks for it: where it is, without the extension.
    fn name(self) -> String {
        match self {
            Piece::Overview => "search/index".to_owned(),
            Piece::Words(number) => format!("search/words-{number}"),
            Piece::Texts(number) => format!("search/texts-{number}"),
            Piece::Cards(number) => format!("cards/{number}"),
        }
    }

    fn named(name: &str) -> Option<Piece> {
        let (kind, number) = name.rsplit_once(['/', '-'])?;
        let piece = match (kind, number.parse()) {
            ("search", _) => Piece::Overview,
            ("search/words", Ok(number)) => Piece::Words(number),
            ("search/texts", Ok(number)) => Piece::Texts(number),
            ("cards", Ok(number)) => Piece::Cards(number),
            _ => return None,
        };
        (piece.name() == name).then_some(piece)
    }

    /// What it holds; nothing where there is no such piece.
    pub fn bytes(self, press: &Press<'_>, lang: usize) -> Vec<u8> {
        let site = &press.site;
        let data = match self {
            Piece::Overview => site.search(lang).overview(),
            Piece::Words(number) => site
                .search(lang)
                .words()
                .pieces
                .get(number)
                .map(|(_, piece)| piece.clone())
                .unwrap_or_default(),
            Piece::Texts(number) => site.search(lang).texts(number),
            Piece::Cards(number) => site.search(lang).previews(number),
        };
        script(&self.name(), &data)
    }
}

/// The folder of a language's pieces.
fn folder(press: &Press<'_>, lang: usize) -> String {
    let site = &press.site;
    layout::special_folder(&site.locales()[lang].lang, site.graph().default_language())
}

impl Output for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn fill(&self, press: &Press<'_>, bundle: &mut Bundle) {
        let has_search = press.site.config().search;
        for lang in 0..press.site.locales().len() {
            let folder = folder(press, lang);
            let mut add = |piece: Piece| {
                bundle.add(format!("{folder}{}.js", piece.name()).into(), Content::Search(piece, lang));
            };
            let pieces = preview_pieces(&press.site);
            (0..pieces).for_each(|number| add(Piece::Cards(number)));
            if has_search {
                add(Piece::Overview);
                (0..pieces).for_each(|number| add(Piece::Texts(number)));
                let words = press.site.search(lang).words().pieces.len();
                (0..words).for_each(|number| add(Piece::Words(number)));
            }
        }
    }

    fn find(&self, press: &Press<'_>, path: &SitePath) -> Option<Content> {
        let name = path.as_str().strip_suffix(".js")?;
        (0..press.site.locales().len()).find_map(|lang| {
            let piece = Piece::named(name.strip_prefix(&folder(press, lang))?)?;
            let (site, has_search) = (&press.site, press.site.config().search);
            let is_there = match piece {
                Piece::Cards(number) => number < preview_pieces(site),
                Piece::Overview => has_search,
                Piece::Texts(number) => has_search && number < preview_pieces(site),
                Piece::Words(number) => has_search && number < site.search(lang).words().pieces.len(),
            };
            is_there.then_some(Content::Search(piece, lang))
        })
    }
}
