//! The priority queue of a search.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Indices ordered by cost, the cheapest first.
///
/// Cost and index share one word, because comparing is most of a heap's work: non-negative floats have the
/// same order as their bits.
#[derive(Default)]
pub(crate) struct Frontier(BinaryHeap<Reverse<u64>>);

impl Frontier {
    /// Adds an index at a cost of at least 0.
    pub(crate) fn push(&mut self, cost: f32, number: u32) {
        self.0.push(Reverse(u64::from(cost.to_bits()) << 32 | u64::from(number)));
    }

    /// Removes the cheapest index.
    pub(crate) fn pop(&mut self) -> Option<(f32, u32)> {
        self.0.pop().map(|Reverse(word)| (f32::from_bits((word >> 32) as u32), word as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_comes_first() {
        let mut frontier = Frontier::default();
        for (cost, number) in [(2.5, 1), (0.0, 7), (1e-9, 3), (1e9, u32::MAX), (2.5, 0)] {
            frontier.push(cost, number);
        }
        let order: Vec<u32> = std::iter::from_fn(|| frontier.pop()).map(|(_, number)| number).collect();
        assert_eq!(order, [7, 3, 0, 1, u32::MAX]);
    }
}
