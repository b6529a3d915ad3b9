//! The cells of a table in plain text, each with its place.

use std::ops::Range;

/// A table. The first row has the names of the columns.
#[derive(Debug)]
pub(super) struct Sheet {
    pub separator: u8,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
pub(super) struct Cell {
    /// With its quotation marks.
    pub span: Range<usize>,
    pub words: String,
}

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What begins a file that some programs of Windows write.
const MARK: &str = "\u{feff}";

impl Sheet {
    /// The cells of a text.
    ///
    /// # Errors
    /// Where a quotation mark is that nothing closes.
    pub(super) fn read(text: &str) -> Result<Sheet, usize> {
        let mut at = if text.starts_with(MARK) { MARK.len() } else { 0 };
        let head = text[at..].lines().next().unwrap_or_default();
        let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
        // Of equally many, the first.
        let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',');
        let bytes = text.as_bytes();
        let mut sheet = Sheet { separator, rows: Vec::new() };
        while at < bytes.len() {
            let mut row = Vec::new();
            loop {
                let cell = cell(text, at, separator)?;
                at = cell.span.end;
                row.push(cell);
                match bytes.get(at) {
                    Some(byte) if *byte == separator => at += 1,
                    _ => break,
                }
            }
            at += if bytes[at..].starts_with(b"\r\n") { 2 } else { usize::from(at < bytes.len()) };
            sheet.rows.push(row);
        }
        Ok(sheet)
    }

    /// Words as a cell.
    pub(super) fn written(&self, words: &str) -> String {
        let is_plain = !words.contains(['"', '\n', '\r', char::from(self.separator)])
            && !words.starts_with(' ')
            && !words.ends_with(' ');
        if is_plain { words.to_owned() } else { format!("\"{}\"", words.replace('"', "\"\"")) }
    }
}

fn cell(text: &str, start: usize, separator: u8) -> Result<Cell, usize> {
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| *byte == separator || matches!(byte, b'\n' | b'\r');
    let to_end =
        |from: usize| bytes[from..].iter().position(is_end).map_or(bytes.len(), |length| from + length);
    if bytes.get(start) != Some(&b'"') {
        let end = to_end(start);
        return Ok(Cell { span: start..end, words: text[start..end].trim().to_owned() });
    }
    let mut words = String::new();
    let mut at = start + 1;
    loop {
        let quote = text[at..].find('"').map(|length| at + length).ok_or(start)?;
        words.push_str(&text[at..quote]);
        at = quote + 1;
        if bytes.get(at) != Some(&b'"') {
            // What follows the mark belongs to the cell, too.
            let end = to_end(at);
            words.push_str(text[at..end].trim_end());
            return Ok(Cell { span: start..end, words });
        }
        words.push('"');
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_places() {
        let text = "\u{feff}id;title;by\r\na;\"x; \"\"y\"\"\nz\";nis\n\nb;t";
        let sheet = Sheet::read(text).unwrap();
        let words: Vec<Vec<&str>> =
            sheet.rows.iter().map(|row| row.iter().map(|cell| cell.words.as_str()).collect()).collect();
        assert_eq!(
            words,
            [vec!["id", "title", "by"], vec!["a", "x; \"y\"\nz", "nis"], vec![""], vec!["b", "t"]]
        );
        for cell in sheet.rows.iter().flatten() {
            assert_eq!(
                Sheet::read(&text[cell.span.clone()]).unwrap().rows.first().map_or("", |row| &row[0].words),
                { if cell.words.contains(';') { &cell.words } else { &*cell.words } }
            );
        }
        assert_eq!(sheet.written("x; \"y\""), "\"x; \"\"y\"\"\"");
        assert_eq!(sheet.written("x, y"), "x, y");
        assert_eq!(Sheet::read("id,title\na,\"b\n").unwrap_err(), 11);
    }
}
