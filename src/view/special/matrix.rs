//! The evidence matrix: claims by sources and by actors, so many claims to a page.

use std::collections::BTreeMap;

use super::super::claim::{called, capital};
use super::super::datum::Datum;
use super::super::page::Page;
use super::Special;
use crate::evidence::voices::targets;
use crate::kinds::{KindId, Role};
use crate::link::EntityIx;
use crate::site::SiteInput;
use crate::view::Site;

/// See the module.
pub struct Matrix;

/// The most claims on a page, and the most columns of a table.
const ROWS: usize = 50;
const COLUMNS: usize = 24;

impl Special for Matrix {
    fn name(&self) -> &'static str {
        "matrix"
    }

    fn parts(&self, input: &SiteInput<'_>) -> usize {
        input.graph.count(KindId::Claim).div_ceil(ROWS)
    }

    fn count(&self, site: &Site<'_>) -> usize {
        claims(site, 0).len()
    }

    fn fill(&self, site: &Site<'_>, part: usize, lang: usize, page: &mut Page) {
        let all = claims(site, lang);
        let start = part * ROWS;
        let shown = &all[start.min(all.len())..(start + ROWS).min(all.len())];
        page.special = Datum::record([
            ("from", (start + 1).into()),
            ("to", (start + shown.len()).into()),
            ("total", all.len().into()),
            ("sources", by_source(site, shown, lang)),
            ("actors", by_actor(site, shown, lang)),
        ]);
    }
}

fn claims<'a>(site: &Site<'a>, lang: usize) -> &'a [EntityIx] {
    site.shelves[lang].orders.of_kind(KindId::Claim)
}

/// A cell of each row that has one, by its column.
type Cells = Vec<BTreeMap<EntityIx, Datum>>;

fn by_source(site: &Site<'_>, claims: &[EntityIx], lang: usize) -> Datum {
    let cells: Cells = claims
        .iter()
        .map(|claim| {
            let mut locators: BTreeMap<EntityIx, Vec<&str>> = BTreeMap::new();
            for citation in &site.graph.entity(*claim).common().sources {
                if let Some(source) = site.graph.by_id(&citation.source.id) {
                    locators.entry(source).or_default().extend(citation.locator.as_deref());
                }
            }
            locators.into_iter().map(|(source, list)| (source, Datum::Text(list.join(", ")))).collect()
        })
        .collect();
    table(site, claims, &cells, lang)
}

fn by_actor(site: &Site<'_>, claims: &[EntityIx], lang: usize) -> Datum {
    let cells: Cells = claims
        .iter()
        .map(|claim| {
            let mut parts: BTreeMap<EntityIx, Datum> = BTreeMap::new();
            // What says most about an actor's part comes first.
            for (role, word) in [(Role::By, "says"), (Role::Via, "relays"), (Role::About, "subject")] {
                for actor in targets(site.graph, *claim, role) {
                    if site.graph.entity(actor).kind == KindId::Actor {
                        parts.entry(actor).or_insert(word.into());
                    }
                }
            }
            parts
        })
        .collect();
    table(site, claims, &cells, lang)
}

/// What a column is headed by: of a source, who published it and when; of an actor, its name.
fn short(site: &Site<'_>, ix: EntityIx, lang: usize) -> String {
    let publisher = targets(site.graph, ix, Role::Publisher).first().map(|actor| called(site, *actor, lang));
    let date = site.card(ix, lang).date.as_ref().map(|date| date.text.as_str());
    capital(&match (publisher, date) {
        (Some(publisher), Some(date)) => format!("{publisher}, {date}"),
        (Some(publisher), None) => publisher,
        _ => called(site, ix, lang),
    })
}

/// A table of the columns that come up most, in the order in which they come up first.
fn table(site: &Site<'_>, claims: &[EntityIx], cells: &Cells, lang: usize) -> Datum {
    let mut counts: BTreeMap<EntityIx, usize> = BTreeMap::new();
    let mut order: Vec<EntityIx> = Vec::new();
    for row in cells {
        for column in row.keys() {
            let count = counts.entry(*column).or_default();
            if *count == 0 {
                order.push(*column);
            }
            *count += 1;
        }
    }
    let mut columns = order;
    columns.sort_by_key(|column| (std::cmp::Reverse(counts[column]), *column));
    let trimmed = columns.len() > COLUMNS;
    columns.truncate(COLUMNS);
    let head = Datum::list(&columns, |column| {
        Datum::record([
            ("card", site.card(*column, lang).into()),
            ("called", short(site, *column, lang).into()),
            ("count", counts[column].into()),
        ])
    });
    let rows = claims.iter().zip(cells).map(|(claim, row)| {
        let left_out = row.keys().filter(|column| !columns.contains(column)).count();
        Datum::record([
            ("card", site.card(*claim, lang).into()),
            ("cells", Datum::list(&columns, |column| row.get(column).cloned().unwrap_or_default())),
            ("others", left_out.into()),
        ])
    });
    Datum::record([
        ("columns", head),
        ("rows", Datum::List(rows.collect())),
        ("trimmed", trimmed.into()),
        ("most", COLUMNS.into()),
    ])
}
