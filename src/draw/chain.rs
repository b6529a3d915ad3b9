//! Draws the chains by which a claim reached us, as a tree from the origins to the sources we read.

use super::diagram::{Drawing, wrapped};
use crate::base::bidi::Direction;

/// The width of a step, of which a telephone has room for three; the height of a row without its labels, the font size
/// and the height of a line, in pixels.
const STEP: f64 = 117.0;
const ROW: f64 = 28.8;
const LETTERS: f64 = 13.0;
const LINE: f64 = LETTERS * 1.2;

/// The most lines of a label. Longer ones end in an ellipsis.
const MOST_LINES: usize = 6;

/// A node on a chain. Chains that begin with equal keys share those nodes.
pub struct Stop<K> {
    /// The key that identifies it.
    pub key: K,
    /// The name of the person or body.
    pub label: String,
    /// Whether all chains pass through it.
    pub is_weak: bool,
    /// Whether it is a source that we read.
    pub is_read: bool,
}

/// Draws the tree of these chains, each starting at its origin, in the direction in which its language is read.
/// `None` if there is at most one step.
pub(crate) fn tree<K: PartialEq>(ways: Vec<Vec<Stop<K>>>, direction: Direction) -> Option<String> {
    let mut roots: Vec<Knot<K>> = Vec::new();
    for way in ways {
        let mut level = &mut roots;
        for stop in way {
            let at = match level.iter().position(|knot| knot.stop.key == stop.key) {
                Some(at) => {
                    level[at].stop.is_read |= stop.is_read;
                    at
                }
                None => {
                    let label = wrapped(&stop.label, LETTERS, STEP - 14.0, MOST_LINES);
                    level.push(Knot { stop, label, next: Vec::new() });
                    level.len() - 1
                }
            };
            level = &mut level[at].next;
        }
    }
    let depth = roots.iter().map(Knot::depth).max()?;
    if depth < 2 {
        return None;
    }
    let mut drawing = Drawing::new(depth as f64 * STEP, direction);
    let mut below = 0.0;
    for root in &roots {
        root.draw(0, 0, &mut below, &mut drawing);
    }
    drawing.reach(below - 8.0);
    Some(drawing.finish("chain-diagram", "aria-hidden=\"true\" focusable=\"false\""))
}

/// A node of the tree, with the lines of its label and its children.
struct Knot<K> {
    stop: Stop<K>,
    label: Vec<String>,
    next: Vec<Knot<K>>,
}

impl<K> Knot<K> {
    fn depth(&self) -> usize {
        1 + self.next.iter().map(Knot::depth).max().unwrap_or(0)
    }

    /// Draws the node and its subtree `below` what is drawn, and returns its vertical position. `lines` is the number
    /// of lines of the longest label before it in its row.
    fn draw(&self, depth: usize, lines: usize, below: &mut f64, drawing: &mut Drawing) -> f64 {
        let x = depth as f64 * STEP + 9.0;
        let lines = lines.max(self.label.len());
        let mut heights: Vec<f64> = Vec::with_capacity(self.next.len());
        for (number, next) in self.next.iter().enumerate() {
            let before = if number == 0 { lines } else { 0 };
            heights.push(next.draw(depth + 1, before, below, drawing));
        }
        let y = match heights.first() {
            // Align with the first child, so that a single chain is a straight line.
            Some(first) => *first,
            None => {
                *below += ROW + lines as f64 * LINE;
                *below - 20.0
            }
        };
        for height in heights {
            drawing.curve((x + 8.0, y), (x + STEP - 8.0, height));
        }
        let class = match (depth, self.stop.is_read) {
            _ if self.stop.is_weak => "weak",
            (0, _) => "origin",
            (_, true) => "read",
            _ => "relay",
        };
        drawing.dot(class, (x, y), 5.0);
        // Above the dot, where no other line passes.
        let above = self.label.len().saturating_sub(1) as f64 * LINE;
        drawing.text(class, (x - 5.0, y - 12.0 - above), &self.label);
        y
    }
}
