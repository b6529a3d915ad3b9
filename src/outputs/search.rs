//! The files that the search and the link previews load: `search/` has the overview, the words and the texts,
//! and `cards/` has the previews.

use super::{Output, Routes, SiteBuilder};
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::link::{Graph, layout};
use crate::search::{self, pieces};
use crate::site::{FileKey, SiteInput};

pub(crate) struct Search;

/// The content of a piece, as its [`FileKey::sort`].
const OVERVIEW: u8 = 0;
const WORDS: u8 = 1;
const TEXTS: u8 = 2;
const CARDS: u8 = 3;
const STEMMER: u8 = 4;

/// The file of a piece. The names of words and texts contain the `hash` of their bytes: a browser may have an overview
/// from before an edit in its cache, which must never load pieces from after it.
fn file(graph: &Graph, lang: usize, sort: u8, number: usize, hash: &str) -> (SitePath, FileKey) {
    let folder = layout::special_folder(&graph.languages[lang], graph.default_language());
    let name = match sort {
        OVERVIEW => search::OVERVIEW.to_owned(),
        WORDS => format!("search/words-{number}.{hash}.js"),
        TEXTS => format!("search/texts-{number}.{hash}.js"),
        STEMMER => format!("search/stem-{number}.{hash}.js"),
        _ => format!("cards/{number}.js"),
    };
    (format!("{folder}{name}").into(), FileKey { lang, sort, ..FileKey::numbered(number) })
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
                let (path, key) = file(graph, lang, sort, number, "");
                routes.add(path, key);
            };
            (0..pieces).for_each(|number| add(CARDS, number));
            if input.config.search {
                add(OVERVIEW, 0);
                // The names of the other pieces are known only after all texts have been read.
                let folder = layout::special_folder(tag, graph.default_language());
                routes.reserve(format!("{folder}search").into());
            }
        }
    }

    fn members(&self, builder: &SiteBuilder<'_>) -> Vec<(SitePath, FileKey)> {
        let site = &builder.site;
        let of = |lang| {
            let search = site.search(lang);
            let hashes = search.hashes();
            let stemmer = search.stemmer_hash();
            let pieces = [(WORDS, &hashes.words), (TEXTS, &hashes.texts)].into_iter().flat_map(
                move |(sort, hashes)| {
                    let named = hashes.iter().enumerate();
                    named.map(move |(number, hash)| file(site.graph(), lang, sort, number, hash))
                },
            );
            pieces.chain(stemmer.map(|hash| file(site.graph(), lang, STEMMER, 0, &hash)))
        };
        (0..site.locales().len()).flat_map(of).collect()
    }

    fn bytes(&self, builder: &SiteBuilder<'_>, _: &SitePath, key: FileKey) -> Result<Vec<u8>, Diagnostic> {
        let (site, FileKey { lang, number, .. }) = (&builder.site, key);
        let search = site.search(lang);
        Ok(match key.sort {
            OVERVIEW => search.overview(),
            WORDS => search.words_piece(number),
            TEXTS => search.texts(number),
            STEMMER => search.stemmer().unwrap_or_default().into(),
            _ => search.previews(number),
        })
    }
}
