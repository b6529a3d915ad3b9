//! The evidence matrix: claims by sources and by actors, split into pages.

use std::collections::BTreeMap;

use super::sort::Special;
use crate::evidence::voices::targets;
use crate::kinds::{KindId, Role};
use crate::link::EntityIx;
use crate::pages::head::HeadParts;
use crate::reader::{Reader, Site, capital};
use crate::shown::{Cell, Column, MatrixPage, MatrixRow, MatrixTable, Page, Pagination};
use crate::site::SiteInput;

pub(crate) struct Matrix;

/// The maximum number of claims on a page, and of columns in a table.
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
        site.graph().count(KindId::Claim)
    }

    fn page(
        &self,
        reader: Reader<'_>,
        part: usize,
        head: HeadParts<'_>,
        pagination: Option<Pagination>,
    ) -> Page {
        let all = reader.orders.of_kind(KindId::Claim);
        let start = part * ROWS;
        let shown = &all[start.min(all.len())..(start + ROWS).min(all.len())];
        Page::Matrix(MatrixPage {
            head: head.head(reader),
            pagination,
            from: start + 1,
            to: start + shown.len(),
            total: all.len(),
            sources: by_source(reader, shown),
            actors: by_actor(reader, shown),
        })
    }
}

/// The cells of each row, by column.
type Cells = Vec<BTreeMap<EntityIx, Cell>>;

fn by_source(reader: Reader<'_>, claims: &[EntityIx]) -> MatrixTable {
    let cells: Cells = claims
        .iter()
        .map(|claim| {
            let mut locators: BTreeMap<EntityIx, Vec<&str>> = BTreeMap::new();
            for citation in &reader.graph.entity(*claim).common().sources {
                if let Some(source) = reader.graph.by_id(&citation.source.id) {
                    locators.entry(source).or_default().extend(citation.locator.as_deref());
                }
            }
            locators
                .into_iter()
                .map(|(source, list)| (source, Cell(list.join(reader.locale.comma()))))
                .collect()
        })
        .collect();
    table(reader, claims, &cells)
}

fn by_actor(reader: Reader<'_>, claims: &[EntityIx]) -> MatrixTable {
    let cells: Cells = claims
        .iter()
        .map(|claim| {
            let mut parts: BTreeMap<EntityIx, Cell> = BTreeMap::new();
            // The most informative role comes first.
            for (role, word) in [(Role::By, "says"), (Role::Via, "relays"), (Role::About, "subject")] {
                for actor in targets(reader.graph, *claim, role) {
                    if reader.graph.entity(actor).kind == KindId::Actor {
                        parts.entry(actor).or_insert_with(|| Cell(word.to_owned()));
                    }
                }
            }
            parts
        })
        .collect();
    table(reader, claims, &cells)
}

/// The heading of a column: for a source, its publisher and date; for an actor, its name.
fn short(reader: Reader<'_>, ix: EntityIx) -> String {
    let publisher = targets(reader.graph, ix, Role::Publisher).first().map(|actor| reader.called(*actor));
    let date = reader.preview(ix).date.as_ref().map(|date| date.text.as_str());
    capital(&match (publisher, date) {
        (Some(publisher), Some(date)) => format!("{publisher}, {date}"),
        (Some(publisher), None) => publisher,
        _ => reader.called(ix),
    })
}

/// A table of the columns with the most cells, in order of first appearance.
fn table(reader: Reader<'_>, claims: &[EntityIx], cells: &Cells) -> MatrixTable {
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
    let head = columns.iter().map(|column| Column {
        preview: reader.preview(*column).clone(),
        called: short(reader, *column),
        count: counts[column],
    });
    let rows = claims.iter().zip(cells).map(|(claim, row)| MatrixRow {
        preview: reader.preview(*claim).clone(),
        cells: columns.iter().map(|column| row.get(column).cloned()).collect(),
        others: row.keys().filter(|column| !columns.contains(column)).count(),
    });
    MatrixTable { columns: head.collect(), rows: rows.collect(), trimmed, most: COLUMNS }
}
