//! The bibliography: every source in the citation style, with the entities that cite it.
//!
//! Each page is sorted alphabetically. If the sources need several pages, each page covers a period, so that
//! the page of an entry can be found from its source alone.

use std::collections::{BTreeMap, BTreeSet};

use super::sort::Special;
use crate::base::bug::caught;
use crate::base::date::Edtf;
use crate::base::number;
use crate::base::span::Span;
use crate::citation::Reference;
use crate::exports::{Dossier, csl};
use crate::kinds::{KindId, Role, Source};
use crate::link::EntityIx;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site};
use crate::shown::{BibliographyPage, Entry, Html, Page, Pagination, attributes};
use crate::site::{LONGEST_LIST, SiteInput};

pub(crate) struct Bibliography;

/// The maximum number of citing entities shown for a source. The source's own page shows all of them.
const MOST_CITING: usize = 8;

impl Special for Bibliography {
    fn name(&self) -> &'static str {
        "bibliography"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        match input.has_bibliography {
            true => input.graph.count(KindId::Source).div_ceil(LONGEST_LIST),
            false => 0,
        }
    }

    fn count(&self, site: &Site<'_>) -> usize {
        site.graph().count(KindId::Source)
    }

    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page {
        let sources = reader.orders.of_kind(KindId::Source).iter();
        let letters = letters(reader);
        let mut entries: Vec<(Box<[u8]>, EntityIx, String)> = sources
            .skip(part * LONGEST_LIST)
            .take(LONGEST_LIST)
            .map(|&ix| {
                let Reference { html, words } = reference(reader, ix, letters.get(&ix)).unwrap_or_default();
                // Opening quotation marks do not count for the alphabetical order.
                let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
                (reader.locale.sort_key(words), ix, html)
            })
            .collect();
        entries.sort();
        let entries = entries.into_iter().map(|(_, ix, html)| entry(reader, ix, html)).collect();
        Page::Bibliography(BibliographyPage { head: head.head(reader), pagination, entries })
    }
}

fn entry(reader: Reader<'_>, ix: EntityIx, html: String) -> Entry {
    let entity = reader.graph.entity(ix);
    let citing: BTreeSet<EntityIx> = reader
        .graph
        .incoming(ix)
        .filter(|reference| reference.role == Role::Source)
        .map(|reference| reference.from)
        .collect();
    let archive = entity.as_kind::<Source>().and_then(|source| source.archive.as_ref());
    Entry {
        id: entity.id.to_string(),
        preview: reader.preview(ix).clone(),
        html: Html(html),
        archive: archive.map(|archive| archive.as_str().to_owned()),
        citing: citing.iter().take(MOST_CITING).map(|ix| reader.preview(*ix).clone()).collect(),
        more: citing.len().saturating_sub(MOST_CITING),
    }
}

/// The letters of sources that have their authors and year in common with others: `a`, `b` by date and title.
fn letters(reader: Reader<'_>) -> BTreeMap<EntityIx, String> {
    /// Dates, the keys by which titles are sorted, and the sources.
    type Alike = Vec<(Edtf, Box<[u8]>, EntityIx)>;
    let mut alike: BTreeMap<(Vec<&str>, i32), Alike> = BTreeMap::new();
    for (ix, _, source) in reader.graph.all::<Source>().filter(|(.., source)| !source.authors.is_empty()) {
        let Some((date, first)) =
            source.published.as_ref().and_then(|date| Some((date.value, date.bound()?)))
        else {
            continue;
        };
        let authors = source.authors.iter().map(|name| name.value.as_str()).collect();
        let title = reader.locale.sort_key(&reader.preview(ix).title);
        alike.entry((authors, first.earliest().year)).or_default().push((date, title, ix));
    }
    let mut letters = BTreeMap::new();
    for mut group in alike.into_values().filter(|group| group.len() > 1) {
        group.sort();
        letters.extend(group.into_iter().enumerate().map(|(at, (.., ix))| (ix, number::letters(at))));
    }
    letters
}

/// A source, formatted in the site's citation style.
fn reference(reader: Reader<'_>, ix: EntityIx, letter: Option<&String>) -> Option<Reference> {
    let (entity, locale) = (reader.graph.entity(ix), reader.locale);
    let source = entity.as_kind::<Source>()?;
    let mut item = String::new();
    let dossier = Dossier { graph: reader.graph, config: reader.config };
    csl::item(dossier, entity, source, (&locale.lang, &reader.preview(ix).title), &mut item);
    let tag = locale.territory().map_or_else(|| locale.lang.to_string(), |tag| tag.replace('_', "-"));
    let link = |address: &str, html: &mut String| attributes(address, reader.site.archived(address), html);
    let citer = reader.site.citer()?;
    let what = || format!("`{}` cannot be formatted in the citation style", entity.path());
    match caught(what, || citer.reference(&item, letter.map_or("", String::as_str), &tag, &link)) {
        Ok(reference) => reference,
        Err(bug) => {
            reader.site.met(bug.at(entity.path(), Span::empty(0), ""));
            None
        }
    }
}
