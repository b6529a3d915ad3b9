//! The pages of a site, and the address of each.

use super::special;
use crate::config::BookFormat;
use crate::kinds::KindId;
use crate::link::layout;
use crate::site::{Atlas, PageId, Route, SiteInput, SiteMap, parts, referrers};

/// Adds every page to the map. Redirects come last, because a current page takes precedence over a former
/// address.
pub(crate) fn add_pages(input: &SiteInput<'_>, map: &mut SiteMap) {
    let (graph, default) = (input.graph, input.graph.default_language());
    let mut add = |path, id| map.insert(path, Route::Page(id));
    for (number, lang) in input.languages() {
        for (ix, entity) in graph.iter() {
            let path = layout::page(graph, entity, lang);
            for part in 1..parts(referrers::count(graph, ix, lang)) {
                add(layout::part(&path, part), PageId::Referrers(ix, number, part));
            }
            add(path, PageId::Entity(ix, number));
        }
        for &kind in KindId::ALL.iter().filter(|kind| input.has_listing(**kind)) {
            let path = layout::listing(kind, lang, default);
            for part in 0..parts(graph.count(kind)) {
                add(layout::part(&path, part), PageId::Listing(kind, number, part));
            }
        }
        for id in special::all(*input) {
            add(special::path(input, id, lang), PageId::Special(id, number));
        }
        if !input.has_home_article() {
            add(layout::home(lang, default), PageId::Home(number));
        }
    }
    if input.has_map() {
        let atlas = Atlas::of(graph);
        for (number, lang) in input.languages() {
            for sheet in 0..atlas.sheets.len() {
                add(atlas.path(graph, sheet, lang), PageId::Map(number, sheet));
            }
        }
    }
    for (number, lang) in input.languages().filter(|_| input.has_book(BookFormat::Print)) {
        add(layout::print(lang, default), PageId::Print(number));
    }
    add(layout::NOT_FOUND.into(), PageId::NotFound);
    for (number, lang) in input.languages() {
        for (ix, entity) in graph.iter() {
            // An entity that got its first id back is listed under it, too.
            let others =
                entity.common().formerly.iter().filter(|former| *former.value != *entity.id.as_str());
            for former in others {
                let path = layout::former(graph, entity, former, lang);
                add(path, PageId::Redirect(ix, former.value.to_string(), number));
            }
        }
    }
    // The files in this folder change with the dossier. Reserving it ensures that no author's file is ever in
    // their way.
    for (_, lang) in input.languages() {
        let folder = layout::special_folder(lang, default);
        map.reserve(folder.trim_end_matches('/').into(), None);
    }
}
