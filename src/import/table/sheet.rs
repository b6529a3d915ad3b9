//! A table, whatever it was read from: rows of words.

use super::super::brought::{At, Remark};
use crate::base::number::letters;

/// A table as it is in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its name, if the file has several.
    pub name: Option<String>,
    /// Its rows that are not empty.
    pub rows: Vec<Row>,
    /// What was not read, or is in doubt.
    pub remarks: Vec<Remark>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Counted as a spreadsheet shows it: the first is 1.
    pub number: usize,
    pub cells: Vec<String>,
}

impl Row {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

impl Sheet {
    pub(super) fn at(&self, row: Option<usize>, column: Option<usize>, heading: Option<&str>) -> At {
        At {
            sheet: self.name.clone(),
            row,
            column: column.map(|column| letters(column).to_uppercase()),
            heading: heading.filter(|heading| !heading.is_empty()).map(str::to_owned),
            ..At::default()
        }
    }
}
