//! Spreadsheets (XLSX and ODS) → tables. Formulas are not calculated: what was kept of their results is taken.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xlsx};

use super::super::brought::{At, Remark};
use super::super::door::{self, Archive, LONGEST_CELL};
use super::sheet::{Row, Sheet};
use crate::ide::Refusal;

/// The visible tables of a spreadsheet.
///
/// # Errors
/// If it is damaged or protected, or a table is too large.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let sheets = match archive.text("content.xml") {
        Some(content) => {
            if archive.text("META-INF/manifest.xml").is_some_and(|parts| parts.contains("encryption-data")) {
                return Err(door::protected());
            }
            must_be_of_usual_size(&content)?;
            of_ods(bytes)?
        }
        None => {
            let mut sheets = of_xlsx(bytes)?;
            if let (true, Some(first)) = (archive.has("xl/vbaProject.bin"), sheets.first_mut()) {
                let why = "the program runs no macros; what they wrote into cells is taken as it stands";
                first.remarks.push(Remark::left_out("macros", why, &At::default()));
            }
            sheets
        }
    };
    Ok(sheets)
}

fn damaged(why: impl std::fmt::Display) -> Refusal {
    Refusal(format!("it cannot be read as a spreadsheet: {why}"))
}

fn of_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let metadata = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in metadata.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let name = sheet.name;
        if sheet.visible != SheetVisible::Visible {
            sheets.push(hidden(name));
            continue;
        }
        let mut grid = Grid::default();
        // A file without merged cells has no list of them.
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let at = (row as usize, column as usize);
            match cell.get_value() {
                DataRef::SharedString(text) => grid.put(at, text)?,
                DataRef::String(text) => grid.put(at, text)?,
                DataRef::Int(number) => grid.put(at, &number.to_string())?,
                DataRef::Float(number) => grid.put(at, &number.to_string())?,
                DataRef::Bool(truth) => grid.put(at, &truth.to_string())?,
                DataRef::DateTime(moment) => grid.put(at, &written(moment))?,
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => grid.put(at, text)?,
                DataRef::Error(error) => grid.put(at, &error.to_string())?,
                DataRef::Empty => {}
            }
        }
        sheets.push(grid.sheet(name, &merged));
    }
    Ok(sheets)
}

fn of_ods(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let metadata = book.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for sheet in metadata {
        let name = sheet.name;
        if sheet.visible != SheetVisible::Visible {
            sheets.push(hidden(name));
            continue;
        }
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut grid = Grid::default();
        for (row, column, value) in range.used_cells() {
            let at = (top as usize + row, left as usize + column);
            match value {
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    grid.put(at, text)?
                }
                Data::Int(number) => grid.put(at, &number.to_string())?,
                Data::Float(number) => grid.put(at, &number.to_string())?,
                Data::Bool(truth) => grid.put(at, &truth.to_string())?,
                Data::DateTime(moment) => grid.put(at, &written(moment))?,
                Data::Error(error) => grid.put(at, &error.to_string())?,
                Data::Empty => {}
            }
        }
        sheets.push(grid.sheet(name, &[]));
    }
    Ok(sheets)
}

fn hidden(name: String) -> Sheet {
    let at = At { sheet: Some(name.clone()), ..At::default() };
    let remark = Remark::left_out("the sheet", "it is hidden; show it in the spreadsheet to import it", &at);
    Sheet { name: Some(name), rows: Vec::new(), remarks: vec![remark] }
}

/// A date as we write dates; with its time only if it has one.
fn written(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

/// Cells as they come.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn put(&mut self, (row, column): (usize, usize), text: &str) -> Result<(), Refusal> {
        if text.is_empty() {
            return Ok(());
        }
        if let Some(refusal) = door::too_large(row + 1, column + 1) {
            return Err(refusal);
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        let end = text.floor_char_boundary(LONGEST_CELL);
        text[..end].clone_into(&mut cells[column]);
        Ok(())
    }

    fn get(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// The table, in which what is written once for several merged rows holds for each of them.
    fn sheet(mut self, name: String, merged: &[Dimensions]) -> Sheet {
        let mut sheet = Sheet { name: Some(name), ..Sheet::default() };
        for area in merged {
            let (top, left) = (area.start.0 as usize, area.start.1 as usize);
            let words = self.get(top, left).to_owned();
            if words.is_empty() || area.end.0 == area.start.0 {
                continue;
            }
            for row in top + 1..=(area.end.0 as usize).min(self.rows.len().saturating_sub(1)) {
                // The place was checked where the first of them was put.
                let _ = self.put((row, left), &words);
            }
            let why =
                format!("rows {} to {} are merged; it is taken for each of them", top + 1, area.end.0 + 1);
            let at = sheet.at(Some(top + 1), Some(left), None);
            sheet.remarks.push(Remark::doubtful(words, why, &at));
        }
        let rows = self.rows.into_iter().enumerate();
        let rows = rows.map(|(at, cells)| Row { number: at + 1, cells });
        sheet.rows = rows.filter(|row| !row.is_empty()).collect();
        sheet
    }
}

/// In OpenDocument, a cell or a row may say that it is there a million times. Empty ones do no harm.
fn must_be_of_usual_size(content: &str) -> Result<(), Refusal> {
    let repeats = |tag: &str, name: &str| -> usize {
        let value = tag.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1));
        value.and_then(|value| value.parse().ok()).unwrap_or(1)
    };
    let (mut row, mut next_row, mut column) = (0_usize, 0_usize, 0_usize);
    for at in memchr::memmem::find_iter(content.as_bytes(), "<table:") {
        let tag = &content[at..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        if tag.starts_with("<table:table ") {
            (row, next_row) = (0, 0);
        } else if tag.starts_with("<table:table-row") {
            row = next_row.saturating_add(repeats(tag, "number-rows-repeated"));
            (next_row, column) = (row, 0);
        } else if tag.starts_with("<table:table-cell") || tag.starts_with("<table:covered-table-cell") {
            column = column.saturating_add(repeats(tag, "number-columns-repeated"));
            if tag.contains("value-type=")
                && let Some(refusal) = door::too_large(row, column)
            {
                return Err(refusal);
            }
        }
    }
    Ok(())
}
