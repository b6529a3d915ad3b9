//! The evidence matrix.

use std::sync::Arc;

use serde::Serialize;

use super::{PageHead, Pagination, Preview};

/// The evidence matrix: claims by sources and by actors.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixPage {
    #[serde(flatten)]
    pub head: PageHead,
    /// Which page of a long matrix this is.
    pub pagination: Option<Pagination>,
    /// The number of the first claim on this page, from 1.
    pub from: usize,
    /// The number of the last one.
    pub to: usize,
    /// How many claims there are, on all pages.
    pub total: usize,
    /// Claims by sources.
    pub sources: MatrixTable,
    /// Claims by actors.
    pub actors: MatrixTable,
}

/// A table of claims by other entities.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixTable {
    /// The columns.
    pub columns: Vec<Column>,
    /// A row for each claim.
    pub rows: Vec<MatrixRow>,
    /// Whether columns were left out.
    pub trimmed: bool,
    /// The most columns that a table has.
    pub most: usize,
}

/// A column.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Column {
    /// The entity.
    pub preview: Arc<Preview>,
    /// What heads the column: the name of an actor, or who published a source and when.
    pub called: String,
    /// How many of the rows have a cell in it.
    pub count: usize,
}

/// A row.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixRow {
    /// The claim.
    pub preview: Arc<Preview>,
    /// Its cells, one for each column; `none` where it has nothing to do with the column.
    pub cells: Vec<Option<Cell>>,
    /// How many of its cells are in columns that were left out.
    pub others: usize,
}

/// A cell: by sources the places that are cited, in one string; by actors `says`, `relays` or `subject`.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cell(pub String);
