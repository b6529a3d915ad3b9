//! Tables → items: CSV and spreadsheets, with a row for each.

mod archiver;
mod cell;
mod columns;
mod delimited;
mod knight;
mod sheet;
#[cfg(feature = "spreadsheets")]
mod workbook;
#[cfg(not(feature = "spreadsheets"))]
#[path = "absent.rs"]
mod workbook;

use std::collections::BTreeSet;

use super::brought::{Brought, Fact, Item, Remark};
use super::mapping::Mapping;
use crate::base::free::FreeNames;
use crate::base::id::Lang;
use crate::data::write::Given;
use crate::ide::Refusal;
use crate::kinds::KindId;
use columns::Column;
pub(super) use columns::kind_named;
use sheet::{Row, Sheet};

/// How many rows may stand above the names of the columns, such as a title.
const MOST_ABOVE: usize = 10;

/// How tables are to be read.
pub(super) struct How<'a> {
    pub mapping: &'a Mapping,
    /// The site's languages, the default first.
    pub languages: &'a [Lang],
}

/// The items of a spreadsheet.
///
/// # Errors
/// If it is damaged, protected or too large, or it is not known what the rows of any table are.
pub(super) fn of_workbook(name: &str, bytes: &[u8], how: &How<'_>) -> Result<Brought, Refusal> {
    brought(name, "a spreadsheet", workbook::read(bytes)?, how)
}

/// The items of a table in plain text; `None` if it is none.
///
/// # Errors
/// If it is too large, or it is not known what its rows are.
pub(super) fn of_text(name: &str, text: &str, how: &How<'_>) -> Result<Option<Brought>, Refusal> {
    let Some((separator, text)) = delimited::separator(text) else { return Ok(None) };
    let is_named_so = [".csv", ".tsv", ".tab"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let sheet = delimited::read(text, separator)?;
    if !is_named_so && !has_known_columns(&sheet, how) {
        return Ok(None);
    }
    brought(name, "a table", vec![sheet], how).map(Some)
}

/// Whether a text that may be a table has columns of names that the program knows.
fn has_known_columns(sheet: &Sheet, how: &How<'_>) -> bool {
    let rows = || sheet.rows.iter().take(MOST_ABOVE);
    let best = rows().flat_map(|row| {
        KindId::ALL.iter().map(|kind| columns::score(&row.cells, *kind, how.mapping, how.languages).1)
    });
    best.max().is_some_and(|known| known > 1) || special(&mut sheet.clone()).is_some()
}

/// The items of a sheet of another program, known by its columns.
fn special(sheet: &mut Sheet) -> Option<(&'static str, Vec<Item>)> {
    knight::read(sheet).or_else(|| archiver::read(sheet))
}

/// The items of the tables of a file.
///
/// # Errors
/// If it is not known what the rows of any table are.
fn brought(name: &str, what: &'static str, sheets: Vec<Sheet>, how: &How<'_>) -> Result<Brought, Refusal> {
    let mut brought = Brought { name: name.to_owned(), what, ..Brought::default() };
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.split('.').next().unwrap_or(stem);
    let are_several = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).count() > 1;
    let mut unclear = Vec::new();
    for mut sheet in sheets {
        if let Some((what, items)) = special(&mut sheet) {
            brought.what = what;
            brought.items.extend(items);
        } else if !sheet.rows.is_empty() {
            match kind_of(&sheet, if are_several { "" } else { stem }, how) {
                Ok((kind, header)) => items(&mut sheet, kind, header, how, &mut brought),
                Err(why) => unclear.push((sheet.at(None, None, None), why)),
            }
        }
        brought.remarks.append(&mut sheet.remarks);
    }
    if let (true, Some((_, why))) = (brought.items.is_empty(), unclear.first()) {
        return Err(Refusal(why.clone()));
    }
    let unclear = unclear.into_iter().map(|(at, why)| Remark::left_out("the sheet", why, &at));
    brought.remarks.extend(unclear);
    Ok(brought)
}

/// What the rows of a table are, and the number of the row that names its columns.
fn kind_of(sheet: &Sheet, stem: &str, how: &How<'_>) -> Result<(KindId, usize), String> {
    let name = sheet.name.as_deref().unwrap_or(stem);
    let header = |kinds: &[KindId]| {
        let rows = sheet.rows.iter().take(MOST_ABOVE).map(|row| row.cells.as_slice());
        columns::header_of(rows, kinds, how.mapping, how.languages)
    };
    let no_header =
        || "no row of it names its columns; write names such as `title`, `date`, `by` above them".to_owned();
    let said =
        how.mapping.kind(name).or_else(|| how.mapping.kind(stem)).or_else(|| columns::kind_named(name));
    if let Some(kind) = said.or_else(|| columns::kind_named(stem)) {
        return header(&[kind]).map(|header| (kind, header)).ok_or_else(no_header);
    }
    let at = header(KindId::ALL).ok_or_else(no_header)?;
    let score = |kind: &KindId| columns::score(&sheet.rows[at].cells, *kind, how.mapping, how.languages);
    let best = KindId::ALL.iter().map(score).max().unwrap_or_default();
    let kinds: Vec<KindId> = KindId::ALL.iter().copied().filter(|kind| score(kind) == best).collect();
    match kinds.as_slice() {
        [kind] if best.0 > 0 => Ok((*kind, at)),
        kinds => {
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{}`", kind.name())).collect();
            let kinds = kinds.join(", ");
            Err(format!("its rows may be of several kinds ({kinds}); say which with `--kind`"))
        }
    }
}

fn items(sheet: &mut Sheet, kind: KindId, header: usize, how: &How<'_>, brought: &mut Brought) {
    let names: Vec<String> = sheet.rows[header].cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let columns = columns::columns(&names, kind, how.mapping, how.languages);
    let mut remarks = Vec::new();
    let has_words = |column: usize| sheet.rows[header + 1..].iter().any(|row| !row.cell(column).is_empty());
    for (at, column) in columns.iter().enumerate() {
        if matches!(column, Column::Unknown) && has_words(at) {
            let why = format!(
                "its name is not a key of a {}; `--column \"{}=KEY\"` says which it is",
                kind.name(),
                names[at]
            );
            remarks.push(Remark::left_out("the column", why, &sheet.at(None, Some(at), Some(&names[at]))));
        }
    }
    for at in header + 1..sheet.rows.len() {
        for (column, name) in names.iter().enumerate() {
            if let Some(error) = take_error(&mut sheet.rows[at], column) {
                let at = sheet.at(Some(sheet.rows[at].number), Some(column), Some(name));
                remarks.push(Remark::left_out(error, "the formula in this cell has no result", &at));
            }
        }
    }
    let (mut known, mut free) = (BTreeSet::new(), FreeNames::default());
    for row in &sheet.rows[header + 1..] {
        let table = Table { sheet, names: &names, columns: &columns, kind, languages: how.languages };
        match table.item(row) {
            Ok(mut item) => {
                let numbered = |number| format!("{} #{number}", item.title);
                item.key = free.name(&item.key, numbered, |key| !known.contains(key));
                known.insert(item.key.clone());
                brought.items.push(item);
            }
            Err(remark) => remarks.push(remark),
        }
        let beyond = row.cells.iter().enumerate().skip(columns.len());
        for (at, cell) in beyond.filter(|(_, cell)| !cell.trim().is_empty()) {
            let at = sheet.at(Some(row.number), Some(at), None);
            remarks.push(Remark::left_out(cell.trim(), "no column is named here", &at));
        }
    }
    sheet.remarks.extend(remarks);
}

/// A title is one line.
fn one_line(words: &str) -> String {
    match words.contains(['\n', '\r']) {
        true => words.split_whitespace().collect::<Vec<&str>>().join(" "),
        false => words.to_owned(),
    }
}

/// What spreadsheets show of a formula without a result.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"];

/// Empties a cell that shows only an error.
fn take_error(row: &mut Row, column: usize) -> Option<String> {
    let cell = row.cells.get_mut(column)?;
    let is_error = ERRORS.contains(&cell.trim()) || cell.starts_with("Err:5");
    is_error.then(|| std::mem::take(cell))
}

struct Table<'a> {
    sheet: &'a Sheet,
    names: &'a [String],
    columns: &'a [Column<'a>],
    kind: KindId,
    languages: &'a [Lang],
}

impl Table<'_> {
    fn item(&self, row: &Row) -> Result<Item, Remark> {
        let at = self.sheet.at(Some(row.number), None, None);
        let mut item = Item::titled(self.kind, "", at.clone());
        let mut point = [None, None];
        for (number, column) in self.columns.iter().enumerate() {
            let words = row.cell(number);
            let at = self.sheet.at(Some(row.number), Some(number), Some(&self.names[number]));
            if words.is_empty() {
                continue;
            }
            match column {
                Column::Id => item.id = Some(words.to_owned()),
                Column::Title => item.title = one_line(words),
                Column::Body => words.clone_into(&mut item.text),
                Column::Latitude => point[0] = Some((words, at)),
                Column::Longitude => point[1] = Some((words, at)),
                Column::Key(key) => {
                    let value = cell::given(words, key.shape);
                    item.facts.extend(value.map(|value| Fact { key: key.name, value, at }));
                }
                Column::Translated(key, lang) => {
                    let fact = Fact { key, value: Given::Words(one_line(words)), at };
                    item.words.push(((*lang).clone(), fact));
                }
                Column::Derived | Column::Dropped | Column::Unknown => {}
            }
        }
        if let [Some((latitude, at)), Some((longitude, _))] = point {
            let value =
                Given::List([latitude, longitude].map(|number| Given::Bare(number.to_owned())).into());
            item.facts.push(Fact { key: "coordinates", value, at });
        }
        if item.title.is_empty() {
            self.find_title(&mut item);
        }
        if item.title.is_empty() {
            let what = row.cells.iter().find(|cell| !cell.trim().is_empty()).cloned().unwrap_or_default();
            return Err(Remark::left_out(what.trim(), "it has no title and no id", &at));
        }
        let address = ["url", "same_as"].iter().find_map(|key| match &item.fact(key)?.value {
            Given::Words(address) => Some(address.clone()),
            _ => None,
        });
        let named = item.id.clone().or(address).unwrap_or_else(|| item.title.clone());
        item.key = format!("{} {named}", self.kind.name());
        Ok(item)
    }

    /// What is only translated is called by its translation.
    fn find_title(&self, item: &mut Item) {
        let translated =
            item.words.iter().find(|(lang, fact)| fact.key == "title" && self.languages.contains(lang));
        let words = translated.map(|(_, fact)| fact.value.clone());
        item.title = match (words, &item.id) {
            (Some(Given::Words(words)), _) => words,
            (_, Some(id)) => id.clone(),
            _ => String::new(),
        };
    }
}
