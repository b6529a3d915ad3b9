//! Approximate search: finds where a text is similar to a pattern, by edit distance.
//!
//! Gene Myers' bit-parallel algorithm (1999) in Heikki Hyyrö's form for patterns of any length (2003): a
//! column of the table of distances is a few machine words. No maintained crate does this for Unicode text
//! with patterns longer than a word: `strsim` and `rapidfuzz` compare whole texts, `triple_accel` has had no
//! release since 2020 and handles only bytes, `bio` and `sassy` are made for genomes and have many
//! dependencies.

/// A text with numbered characters, so a pattern's table is small.
#[derive(Clone, Debug, Default)]
pub(crate) struct Symbols {
    /// Every distinct character of the text, sorted; its index is its number.
    alphabet: Vec<char>,
    /// The text.
    symbols: Vec<u16>,
}

impl Symbols {
    /// Numbers the characters of `text`.
    pub(crate) fn of(text: impl Iterator<Item = char> + Clone) -> Symbols {
        let mut alphabet: Vec<char> = text.clone().collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        // No real text has more distinct characters than there are numbers; if one does, the rest share a
        // number.
        alphabet.truncate(usize::from(u16::MAX));
        let number = |c: char| alphabet.binary_search(&c).map_or(u16::MAX, |at| at as u16);
        let symbols = text.map(number).collect();
        Symbols { alphabet, symbols }
    }

    /// The length of the text in characters.
    pub(crate) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// For each position, the minimum number of edits between `pattern` and any range of the text that ends
    /// there.
    pub(crate) fn search(&self, pattern: &[char]) -> Vec<u32> {
        let mut scan = Scan::new(pattern, &self.alphabet, 0);
        self.symbols.iter().map(|symbol| scan.step(*symbol)).collect()
    }

    /// The length of the range before `end` that is most similar to `pattern`, and its edit distance.
    pub(crate) fn before(&self, end: usize, pattern: &[char]) -> (usize, u32) {
        let from = end.saturating_sub(2 * pattern.len());
        let reversed: Vec<char> = pattern.iter().rev().copied().collect();
        self.anchored(self.symbols[from..end].iter().rev(), &reversed)
    }

    /// The length of the range from `start` that is most similar to `pattern`, and its edit distance.
    pub(crate) fn after(&self, start: usize, pattern: &[char]) -> (usize, u32) {
        let to = self.len().min(start + 2 * pattern.len());
        self.anchored(self.symbols[start..to].iter(), pattern)
    }

    fn anchored<'a>(&self, symbols: impl Iterator<Item = &'a u16>, pattern: &[char]) -> (usize, u32) {
        let mut scan = Scan::new(pattern, &self.alphabet, 1);
        let length = pattern.len();
        let mut best = (0_usize, length as u32);
        for (at, symbol) in symbols.enumerate() {
            let (edits, end) = (scan.step(*symbol), at + 1);
            // Among equally similar ranges, the one with the pattern's own length.
            if edits < best.1 || edits == best.1 && end.abs_diff(length) < best.0.abs_diff(length) {
                best = (end, edits);
            }
        }
        best
    }
}

/// The distances of one column: vertical differences, 64 rows per word.
#[derive(Copy, Clone)]
struct Block {
    plus: u64,
    minus: u64,
}

struct Scan {
    blocks: Vec<Block>,
    /// For each symbol and block, the rows of the pattern with that symbol; the last symbol is not in the
    /// text.
    rows: Vec<u64>,
    symbols: usize,
    /// The last row of the last block.
    last: u64,
    distance: u32,
    /// 0 if a range may start anywhere, 1 if it must start at the start.
    edge: i8,
}

impl Scan {
    fn new(pattern: &[char], alphabet: &[char], edge: i8) -> Scan {
        let count = pattern.len().div_ceil(64).max(1);
        let symbols = alphabet.len() + 1;
        let mut rows = vec![0; symbols * count];
        for (at, c) in pattern.iter().enumerate() {
            if let Ok(symbol) = alphabet.binary_search(c) {
                rows[symbol * count + at / 64] |= 1 << (at % 64);
            }
        }
        let last = 1 << ((pattern.len().max(1) - 1) % 64);
        let blocks = vec![Block { plus: !0, minus: 0 }; count];
        Scan { blocks, rows, symbols, last, distance: pattern.len() as u32, edge }
    }

    /// Consumes the next character of the text; returns the distance in the last row.
    fn step(&mut self, symbol: u16) -> u32 {
        let count = self.blocks.len();
        let symbol = usize::from(symbol).min(self.symbols - 1);
        let mut carry = self.edge;
        for (at, block) in self.blocks.iter_mut().enumerate() {
            let end = if at + 1 == count { self.last } else { 1 << 63 };
            carry = block.step(self.rows[symbol * count + at], carry, end);
        }
        self.distance = self.distance.saturating_add_signed(i32::from(carry));
        self.distance
    }
}

impl Block {
    /// Advances by one column; `carry` is the horizontal difference above, and the result is that of the row
    /// `end`.
    fn step(&mut self, rows: u64, carry: i8, end: u64) -> i8 {
        let Block { plus, minus } = *self;
        let down = u64::from(carry < 0);
        let equal = rows | down;
        let vertical = rows | minus;
        let horizontal = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
        let mut up = minus | !(horizontal | plus);
        let mut off = plus & horizontal;
        let out = i8::from(up & end != 0) - i8::from(off & end != 0);
        up = up << 1 | u64::from(carry > 0);
        off = off << 1 | down;
        *self = Block { plus: off | !(vertical | up), minus: up & vertical };
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The table in full, as Sellers has it.
    fn table(pattern: &[char], text: &[char], edge: usize) -> Vec<u32> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last = Vec::new();
        for (at, c) in text.iter().enumerate() {
            let mut next = vec![edge * (at + 1)];
            for (row, p) in pattern.iter().enumerate() {
                let best = (column[row] + usize::from(p != c)).min(column[row + 1] + 1).min(next[row] + 1);
                next.push(best);
            }
            column = next;
            last.push(column[pattern.len()] as u32);
        }
        last
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_full_table(pattern in "[abé]{1,150}", text in "[abcé]{0,200}") {
            let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            let symbols = Symbols::of(text.iter().copied());
            prop_assert_eq!(symbols.search(&pattern), table(&pattern, &text, 0));
            let mut scan = Scan::new(&pattern, &symbols.alphabet, 1);
            let anchored: Vec<u32> = symbols.symbols.iter().map(|symbol| scan.step(*symbol)).collect();
            prop_assert_eq!(anchored, table(&pattern, &text, 1));
        }
    }

    #[test]
    fn stretches_are_cut_where_they_fit_best() {
        let text: Vec<char> = "one two three four".chars().collect();
        let symbols = Symbols::of(text.iter().copied());
        let pattern: Vec<char> = "two thre".chars().collect();
        assert_eq!(symbols.after(4, &pattern), (8, 0));
        assert_eq!(symbols.before(12, &pattern), (8, 0));
        assert_eq!(symbols.before(0, &pattern), (0, 8));
    }
}
