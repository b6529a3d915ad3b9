//! Every source as a citation style writes it, with those who cite it.
//!
//! The sources of a page stand by the alphabet. Where there are more than one page holds, each holds those of a time, so that a citation
//! knows its entry's page without the others.

use std::collections::BTreeSet;

use super::super::datum::Datum;
use super::super::page::Page;
use super::super::{Site, archived};
use super::Special;
use crate::citation::Reference;
use crate::exports::{Dossier, csl};
use crate::kinds::{KindId, Role, Source};
use crate::link::{EntityIx, layout};
use crate::site::{LONGEST_LIST, SiteInput};

/// See the module.
pub struct Bibliography;

const NAME: &str = "bibliography";

/// The most of those who cite a source that are named: its own page has all.
const MOST_CITING: usize = 8;

impl Special for Bibliography {
    fn name(&self) -> &'static str {
        NAME
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        match input.has_bibliography {
            true => input.graph.count(KindId::Source).div_ceil(LONGEST_LIST),
            false => 0,
        }
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.shelves.first().map_or(0, |shelf| shelf.orders.of_kind(KindId::Source).len())
    }

    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page) {
        let sources = site.shelves[lang].orders.of_kind(KindId::Source).iter();
        let mut entries: Vec<(Box<[u8]>, EntityIx, String)> = sources
            .skip(part * LONGEST_LIST)
            .take(LONGEST_LIST)
            .map(|&ix| {
                let Reference { html, words } = site.reference(ix, lang).unwrap_or_default();
                // What opens a quotation has no place in the alphabet.
                let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
                (site.locales[lang].sort_key(words), ix, html)
            })
            .collect();
        entries.sort();
        page.special = Datum::list(entries, |(_, ix, html)| entry(site, ix, html, lang));
    }
}

fn entry(site: &Site<'_>, ix: EntityIx, html: String, lang: usize) -> Datum {
    let entity = site.graph.entity(ix);
    let citing: BTreeSet<EntityIx> = site
        .graph
        .incoming(ix)
        .filter(|reference| reference.role == Role::Source)
        .map(|reference| reference.from)
        .collect();
    let archive = entity.as_kind::<Source>().and_then(|source| source.archive.as_ref());
    Datum::record([
        ("id", entity.id.to_string().into()),
        ("card", site.card(ix, lang).into()),
        ("html", Datum::Html(html)),
        ("archive", Datum::maybe(archive, |archive| archive.as_str().to_owned().into())),
        ("citing", Datum::list(citing.iter().take(MOST_CITING), |ix| site.card(*ix, lang).into())),
        ("more", citing.len().saturating_sub(MOST_CITING).into()),
    ])
}

impl Site<'_> {
    /// A source as the site's citation style writes it.
    fn reference(&self, ix: EntityIx, lang: usize) -> Option<Reference> {
        let (entity, locale) = (self.graph.entity(ix), &self.locales[lang]);
        let source = entity.as_kind::<Source>()?;
        let mut item = String::new();
        let dossier = Dossier { graph: self.graph, config: self.config };
        csl::item(dossier, entity, source, (&locale.lang, &self.card(ix, lang).title), &mut item);
        let tag = locale.territory().unwrap_or(locale.lang.as_str()).replace('_', "-");
        let attributes = |address: &str, html: &mut String| {
            archived::attributes(address, self.archived(address), html);
        };
        self.citer?.reference(&item, &tag, &attributes)
    }

    /// Where a source's entry in the bibliography is.
    pub(in crate::view) fn entry(&self, ix: EntityIx, lang: usize) -> Option<String> {
        self.citer?;
        let (lang_of, default) = (&self.locales[lang].lang, self.graph.default_language());
        let part = self.shelves[lang].orders.position(ix) as usize / LONGEST_LIST;
        let page = layout::part(&layout::special(NAME, lang_of, default), part);
        Some(format!("{}#source-{}", layout::encoded(&page), self.graph.entity(ix).id))
    }
}
