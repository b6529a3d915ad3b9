//! Tables in plain text (CSV, TSV): any separator, any usual encoding.

use csv::{ReaderBuilder, Trim};

use super::super::door::{self, LONGEST_CELL};
use super::sheet::{Row, Sheet};
use crate::ide::Refusal;

/// What can separate cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows tell which one does.
const SAMPLE: usize = 20;

/// The separator of a table, and the text without the line in which Excel names it. `None` if it is no table.
pub(super) fn separator(text: &str) -> Option<(u8, &str)> {
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(named) = first.trim_end().strip_prefix("sep=")
        && let [separator] = *if named.is_empty() { b"\t".as_slice() } else { named.as_bytes() }
    {
        return Some((separator, rest));
    }
    let columns = |separator: u8| {
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader.records().take(SAMPLE).map_while(Result::ok);
        let widths: Vec<usize> = rows.map(|row| row.len()).filter(|width| *width > 0).collect();
        let widest = widths.iter().copied().max().unwrap_or_default();
        // Of a table, most rows have as many cells as the widest one.
        let as_wide = widths.iter().filter(|width| **width == widest).count();
        (widest > 1 && 2 * as_wide >= widths.len()).then_some((as_wide * widest, widest))
    };
    let scored = SEPARATORS.iter().rev().filter_map(|separator| Some((columns(*separator)?, *separator)));
    scored.max_by_key(|(score, _)| *score).map(|(_, separator)| (separator, text))
}

/// The rows of a table whose cells are separated so.
///
/// # Errors
/// If it is too large.
pub(super) fn read(text: &str, separator: u8) -> Result<Sheet, Refusal> {
    let reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    // As a spreadsheet counts them: empty lines, which the reader passes over, are rows, too.
    let mut number = 0;
    for record in reader.into_records() {
        let record = record.map_err(|why| Refusal(format!("it cannot be read as a table: {why}")))?;
        number += 1 + record.position().map_or(0, |position| empty_lines(text, position.byte() as usize));
        if let Some(refusal) = door::too_large(number, record.len()) {
            return Err(refusal);
        }
        let cells = record.iter().map(|cell| own(&cell[..cell.floor_char_boundary(LONGEST_CELL)]).to_owned());
        let row = Row { number, cells: cells.collect() };
        if !row.is_empty() {
            sheet.rows.push(row);
        }
    }
    Ok(sheet)
}

/// The number of empty lines from a place on, where a row may have ended between the two characters of a line end.
fn empty_lines(text: &str, from: usize) -> usize {
    let (before, rest) = (&text.as_bytes()[..from], &text.as_bytes()[from..]);
    let rest = if before.ends_with(b"\r") { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n').count()
}

/// A cell without the apostrophe that keeps a spreadsheet from calculating it, as our export writes it.
fn own(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_makes_a_table() {
        for (text, expected) in [
            ("id,title\na,\"x; y; z\"\nb,y\n", b','),
            ("id;title\na;1,5\nb;2,5\n", b';'),
            ("id\ttitle\na\tx, y\n", b'\t'),
            ("id|title\na|x, y\n", b'|'),
            ("sep=;\nid;title\n", b';'),
        ] {
            assert_eq!(separator(text).map(|(separator, _)| separator), Some(expected), "{text}");
        }
        assert_eq!(separator("One line.\nAnother line, longer.\n\nA third.\nA fourth.\n"), None);
    }

    #[test]
    fn cells_are_as_they_were_before_they_were_kept_from_being_calculated() {
        let sheet = read("a,b\n\"'=1+1\",\"'tis\"\n,\n\n\"x\ny\",\n\nz,\n", b',').unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<usize>>(), [1, 2, 5, 7]);
        assert_eq!(sheet.rows[1].cells, ["=1+1", "'tis"]);
        let sheet = read("a,b\r\nc,d\r\n\r\ne,f\r\n", b',').unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<usize>>(), [1, 2, 4]);
    }

    #[test]
    fn encodings_are_those_of_spreadsheets() {
        let wide: Vec<u8> = "\u{feff}Olé".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, doubtful) in [(&wide[..], false), ("Olé".as_bytes(), false), (b"Ol\xe9", true)] {
            let (text, remark) = crate::import::decode::guessed(bytes);
            assert_eq!((text.as_str(), remark.is_some()), ("Olé", doubtful));
        }
    }
}
