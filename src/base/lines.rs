//! Converts byte offsets to lines and columns.

/// The line starts of one text.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The number of characters before each block: a line may be a megabyte, with thousands of positions.
    before: Vec<usize>,
}

/// The number of bytes of a block.
const BLOCK: usize = 1 << 10;

/// A position as people count it: line and column from 1, columns in characters.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
}

impl<'a> Lines<'a> {
    /// Finds the lines of `text`.
    pub fn new(text: &'a str) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut count = 0;
        let blocks = text.as_bytes().chunks(BLOCK);
        let count_block = |block| {
            let before = count;
            count += characters(block);
            before
        };
        let mut before: Vec<usize> = blocks.map(count_block).collect();
        before.push(count);
        Lines { text, starts, before }
    }

    /// The position of the byte at `offset`; for an offset past the end, the position of the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_char_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.characters(offset) - self.characters(start) + 1 }
    }

    /// The number of characters before the byte at `offset`.
    fn characters(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.before[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// The number of characters that start in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..0xc0)).count()
}

/// The greatest character boundary of `text` that is at most `at`.
pub(crate) fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let lines = Lines::new("a\nbéc\n");
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(5), Position { line: 2, column: 3 });
        assert_eq!(lines.position(99), Position { line: 3, column: 1 });
        let long = "é".repeat(3_000);
        let lines = Lines::new(&long);
        for at in [0, 511, 512, 513, 1_024, 2_999, 3_000] {
            assert_eq!(lines.position(2 * at), Position { line: 1, column: at + 1 });
        }
    }
}
