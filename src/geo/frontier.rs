//! What a search takes up next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Numbers in the order of what they cost, the least first.
///
/// Cost and number share one word, for comparing is most of what a heap does: floats that are not negative
/// are ordered as their bits are.
#[derive(Default)]
pub struct Frontier(BinaryHeap<Reverse<u64>>);

impl Frontier {
    /// Adds a number, at a cost of no less than 0.
    pub fn push(&mut self, cost: f32, number: u32) {
        self.0.push(Reverse(u64::from(cost.to_bits()) << 32 | u64::from(number)));
    }

    /// Takes out the cheapest.
    pub fn pop(&mut self) -> Option<(f32, u32)> {
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
