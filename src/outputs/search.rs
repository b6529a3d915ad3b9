//! The files that the search and the link previews load: `search/` has the overview, the words and the texts,
//! and `cards/` has the previews.

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::link::{Graph, layout};
use crate::search::{pieces, script};
use crate::site::{FileKey, SiteInput};

pub(crate) struct Search;

/// The content of a piece, as its [`FileKey::sort`].
const OVERVIEW: u8 = 0;
const WORDS: u8 = 1;
const TEXTS: u8 = 2;
const CARDS: u8 = 3;

/// The name by which a browser requests a piece: its path without the extension.
fn name(key: FileKey) -> String {
    let number = key.number;
    match key.sort {
        OVERVIEW => "search/index".to_owned(),
        WORDS => format!("search/words-{number}"),
        TEXTS => format!("search/texts-{number}"),
        _ => format!("cards/{number}"),
    }
}

fn file(graph: &Graph, lang: usize, sort: u8, number: usize) -> (SitePath, FileKey) {
    let key = FileKey { lang, sort, ..FileKey::numbered(number) };
    let folder = layout::special_folder(&graph.languages[lang], graph.default_language());
    (format!("{folder}{}.js", name(key)).into(), key)
}

impl Output for Search {
    fn name(&self) -> &'static str {
        "search piece"
    }

    fn routes(&self, input: &SiteInput<'_>, routes: &mut Routes<'_>) {
        let graph = input.graph;
        let pieces = pieces(graph.entities.len());
        for (lang, tag) in input.languages() {
            let mut add = |sort, number| {
                let (path, key) = file(graph, lang, sort, number);
                routes.add(path, key);
            };
            (0..pieces).for_each(|number| add(CARDS, number));
            if input.config.search {
                add(OVERVIEW, 0);
                (0..pieces).for_each(|number| add(TEXTS, number));
                // The number of pieces for the words is known only after all texts have been read.
                let folder = layout::special_folder(tag, graph.default_language());
                routes.reserve(format!("{folder}search").into());
            }
        }
    }

    fn members(&self, builder: &SiteBuilder<'_>) -> Vec<(SitePath, FileKey)> {
        let site = &builder.site;
        let words = |lang| {
            let pieces = site.search(lang).words().pieces.len();
            (0..pieces).map(move |number| file(site.graph(), lang, WORDS, number))
        };
        (0..site.locales().len()).flat_map(words).collect()
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let (site, FileKey { lang, number, .. }) = (&builder.site, key);
        let data = match key.sort {
            OVERVIEW => site.search(lang).overview(),
            WORDS => {
                let piece = site.search(lang).words().pieces.get(number);
                piece.map(|(_, piece)| piece.clone()).unwrap_or_default()
            }
            TEXTS => site.search(lang).texts(number),
            _ => site.search(lang).previews(number),
        };
        Ok(script(&name(key), &data))
    }
}
