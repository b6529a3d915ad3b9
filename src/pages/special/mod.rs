//! The special pages, which belong to no entity and list no kind: they show the dossier's evidence. Each has
//! its own file, and one table lists them all.
//!
//! A special page has any number of parts. The first is at `evidence/NAME.html`, and the page itself defines
//! the addresses of the others. Each part has a maximum size, so that the pages of even the largest dossier
//! load. To add a special page, add its struct in `shown`, its file, its `mod` line, its line in
//! [`SPECIALS`], `templates/NAME.html`, and its strings, `special.NAME` in the string tables.

mod accounts;
mod attribution;
mod bibliography;
mod corrections;
mod data;
mod divergence;
pub(super) mod flow;
mod matrix;
mod overview;
pub(super) mod plot;
mod search;
mod sort;
mod terms;
mod timeline;
mod ways;

pub(crate) use divergence::divergence_links;
use sort::Special;

use super::head::{HeadParts, pagination_of};
use crate::base::id::Lang;
use crate::base::path::SitePath;
use crate::link::layout;
use crate::reader::documents::{Document, What};
use crate::reader::{Reader, Site};
use crate::shown::{Crumb, Page, Pagination};
use crate::site::{PageId, SiteInput, SpecialId};

/// Every special page: first the index, then the others in the order of the index.
static SPECIALS: [&dyn Special; 10] = [
    &overview::Overview,
    &timeline::Timeline,
    &divergence::Divergences,
    &matrix::Matrix,
    &attribution::Attribution,
    &bibliography::Bibliography,
    &corrections::Corrections,
    &terms::Terms,
    &data::Data,
    &search::Search,
];

/// The value that special pages use where entities' pages have a kind.
const KIND: &str = "evidence";

/// Every part of every special page.
pub(crate) fn all(input: SiteInput<'_>) -> impl Iterator<Item = SpecialId> {
    SPECIALS.iter().enumerate().flat_map(move |(number, special)| {
        (0..special.parts(&input)).map(move |part| SpecialId { number, part })
    })
}

/// The special pages that books also contain, with their names there.
pub(crate) fn bound(site: &Site<'_>) -> Vec<(SpecialId, String)> {
    let bound = all(site.input()).filter(|id| SPECIALS[id.number].is_bound(id.part));
    let named = bound.map(|id| {
        let name = SPECIALS[id.number].name();
        (id, if id.part == 0 { name.to_owned() } else { format!("{name}-{}", id.part) })
    });
    named.collect()
}

/// The path of a part of a special page.
pub(crate) fn path(input: &SiteInput<'_>, id: SpecialId, lang: &Lang) -> SitePath {
    let special = SPECIALS[id.number];
    let path = |file: &str| layout::special(file, lang, input.graph.default_language());
    match special.file(input, id.part) {
        Some(file) => path(&file),
        None => layout::part(&path(special.name()), id.part),
    }
}

fn path_for(reader: Reader<'_>, id: SpecialId) -> SitePath {
    path(&reader.site.input(), id, &reader.locale.lang)
}

/// The address of the first part of a special page, if it exists.
fn first_part(reader: Reader<'_>, number: usize) -> Option<String> {
    let id = SpecialId { number, part: 0 };
    let path = reader.site.at(path_for(reader, id), PageId::Special(id, reader.lang))?;
    Some(layout::encoded(&path))
}

/// The entries of the index: name, path and number of items.
pub(crate) fn listed(reader: Reader<'_>) -> Vec<(&'static str, String, usize)> {
    let listed = SPECIALS.iter().enumerate().skip(1).filter(|(_, special)| special.is_listed());
    let entry = |(number, special): (usize, &&dyn Special)| {
        Some((special.name(), first_part(reader, number)?, special.count(reader.site)))
    };
    listed.filter_map(entry).collect()
}

/// A link to the index, if there is one.
pub(crate) fn overview(reader: Reader<'_>) -> Option<Crumb> {
    let path = first_part(reader, 0)?;
    let title = reader.locale.word("special.overview.title").unwrap_or("evidence").to_owned();
    Some(Crumb { path, title })
}

/// A link to the special page with this name, if there is one.
pub(crate) fn named(reader: Reader<'_>, name: &str) -> Option<Crumb> {
    let number = SPECIALS.iter().position(|special| special.name() == name)?;
    let path = first_part(reader, number)?;
    let title = reader.locale.word(&format!("special.{name}.title")).unwrap_or(name).to_owned();
    Some(Crumb { path, title })
}

/// The pages that search can find in addition to those of entities: lists, and the pages about the evidence.
pub(crate) fn documents(reader: Reader<'_>) -> Vec<Document> {
    let locale = reader.locale;
    let word = |key: String| locale.word(&key).map(str::to_owned);
    let lists = reader.listed().filter_map(|kind| {
        let list = reader.labels.listing(kind)?.clone();
        Some((list.path, list.title, word(format!("kinds.{}.about", kind.name()))))
    });
    let specials = listed(reader).into_iter().filter_map(|(name, path, _)| {
        Some((path, word(format!("special.{name}.title"))?, word(format!("special.{name}.about"))))
    });
    let kind = locale.word("search.overview").unwrap_or_default();
    let document =
        |(path, title, about)| Document { path, what: What::Other { kind: kind.to_owned(), title, about } };
    lists.chain(specials).map(document).collect()
}

pub(crate) fn page(reader: Reader<'_>, id: SpecialId) -> Page {
    let special = SPECIALS[id.number];
    let first = path_for(reader, SpecialId { part: 0, ..id });
    let mut crumbs = vec![reader.labels.home.clone()];
    crumbs.extend(overview(reader).filter(|_| id.number > 0 && special.is_listed()));
    if id.part > 0 {
        crumbs.push(Crumb { path: layout::encoded(&first), title: title(reader, special) });
    }
    let input = reader.site.input();
    let count = special.parts(&input);
    let is_list = count > 1 && special.file(&input, count - 1).is_none();
    let pagination = if is_list { pagination_of(&first, id.part, count) } else { None };
    part(reader, id, crumbs, pagination)
}

/// Builds a special page for a book, without the site's navigation.
pub(crate) fn bound_page(reader: Reader<'_>, id: SpecialId) -> Page {
    part(reader, id, Vec::new(), None)
}

fn part(reader: Reader<'_>, id: SpecialId, crumbs: Vec<Crumb>, pagination: Option<Pagination>) -> Page {
    let special = SPECIALS[id.number];
    let about = reader.locale.word(&format!("special.{}.about", special.name()));
    let edition = |lang: usize| Some(path_for(reader.in_language(lang), id));
    let (template, title) = (format!("{}.html", special.name()), title(reader, special));
    let head = HeadParts {
        summary: about.map(str::to_owned),
        kind: Some(KIND).filter(|_| special.is_listed()),
        crumbs,
        ..HeadParts::new(template, path_for(reader, id), title, &edition)
    };
    special.page(reader, id.part, head, pagination)
}

fn title(reader: Reader<'_>, special: &dyn Special) -> String {
    let title = reader.locale.word(&format!("special.{}.title", special.name()));
    title.unwrap_or(special.name()).to_owned()
}
