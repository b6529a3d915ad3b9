//! The data that all pages of a language share: the name, the menus and the languages.

use super::special;
use crate::base::date::{Edtf, PartialDate};
use crate::kinds::{KindId, Page};
use crate::link::{EntityIx, layout};
use crate::load;
use crate::machine::preview_pieces;
use crate::reader::Site;
use crate::shown::{Crumb, Language, Menu, SiteInfo, SpecialEntry};
use crate::site::{LONGEST_FOOT, PageId};

impl Site<'_> {
    /// The data that all pages of a language share.
    pub(crate) fn info(&self, lang: usize) -> SiteInfo {
        let reader = self.reader(lang);
        let (locale, default) = (reader.locale, reader.graph.default_language());
        let nav = reader.listed().map(|kind| Menu {
            kind: kind.name(),
            path: layout::encoded(&reader.listing_path(kind)),
            count: reader.orders.of_kind(kind).len(),
        });
        // Documents in folders are too many for a menu; those at the top lead to them.
        let is_at_top = |ix: &&EntityIx| {
            let path = reader.graph.entity(**ix).path();
            !load::is_document(path.as_str()) || path.folder().is_empty()
        };
        let mut pages: Vec<EntityIx> =
            reader.orders.of_kind(KindId::Page).iter().filter(is_at_top).copied().collect();
        // All of many are in their list, so the foot has the first that got a position. Documents have that of the
        // links to them on the home page.
        if pages.len() > LONGEST_FOOT {
            pages.retain(|ix| {
                let entity = reader.graph.entity(*ix);
                let is_placed = entity.as_kind::<Page>().is_some_and(|page| page.order.is_some());
                is_placed || load::is_document(entity.path().as_str())
            });
            pages.truncate(LONGEST_FOOT);
        }
        let pages = pages.into_iter().map(|ix| {
            let preview = reader.preview(ix);
            Crumb { path: preview.path.clone(), title: preview.title.clone() }
        });
        let languages = self.locales().iter().map(|locale| Language {
            lang: locale.lang.to_string(),
            name: locale.own_name(),
            locale: locale.territory(),
        });
        let evidence = special::listed(reader).into_iter();
        SiteInfo {
            title: reader.title(),
            description: reader.config.dialect.shown(&reader.text(&reader.config.description), &locale.lang),
            base_url: reader.config.base_url.clone(),
            lang: locale.lang.to_string(),
            home: layout::encoded(&reader.home_path()),
            nav: nav.collect(),
            overview: special::overview(reader),
            evidence: evidence.map(|(name, path, count)| SpecialEntry { name, path, count }).collect(),
            map: self
                .at(layout::map(&[], &locale.lang, default), PageId::Map(lang, 0))
                .map(|path| layout::encoded(&path)),
            print: self.at(self.print_path(lang), PageId::Print(lang)).map(|path| layout::encoded(&path)),
            epub: self.epub(lang),
            data: special::named(reader, "data"),
            special: layout::special_folder(&locale.lang, default),
            search: special::named(reader, "search"),
            card_pieces: preview_pieces(self),
            pages: pages.collect(),
            languages: languages.collect(),
            as_of: reader.graph.as_of.map(|day| reader.date(Edtf::Date(PartialDate::of(day)))),
            generator: "Dossier",
        }
    }
}
