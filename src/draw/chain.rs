//! Draws the chains by which a claim reached us, as a tree from the origins to the sources we read.

use super::diagram::{Drawing, wrapped};

/// The width of a step, the height of a row and the font size, in pixels.
const STEP: f64 = 152.0;
const WAY: f64 = 60.0;
const LETTERS: f64 = 13.0;

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

/// Draws the tree of these chains, each starting at its origin. `None` if there is at most one step.
pub(crate) fn tree<K: PartialEq>(ways: Vec<Vec<Stop<K>>>) -> Option<String> {
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
                    level.push(Knot { stop, next: Vec::new() });
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
    let mut drawing = Drawing::new();
    let mut row = 0.0;
    for root in &roots {
        root.draw(0, &mut row, &mut drawing);
    }
    drawing.reach(depth as f64 * STEP, row * WAY - 8.0);
    Some(drawing.finish("chain-diagram", "aria-hidden=\"true\" focusable=\"false\""))
}

/// A node of the tree, with its children.
struct Knot<K> {
    stop: Stop<K>,
    next: Vec<Knot<K>>,
}

impl<K> Knot<K> {
    fn depth(&self) -> usize {
        1 + self.next.iter().map(Knot::depth).max().unwrap_or(0)
    }

    /// Draws the node and its subtree, and returns its vertical position.
    fn draw(&self, depth: usize, row: &mut f64, drawing: &mut Drawing) -> f64 {
        let x = depth as f64 * STEP + 9.0;
        let heights: Vec<f64> = self.next.iter().map(|next| next.draw(depth + 1, row, drawing)).collect();
        let y = match heights.first() {
            // Align with the first child, so that a single chain is a straight line.
            Some(first) => *first,
            None => {
                *row += 1.0;
                (*row - 1.0) * WAY + 40.0
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
        drawing.add(format_args!("<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\"/>"));
        // Above the dot, where no other line passes.
        let lines = wrapped(&self.stop.label, LETTERS, STEP - 14.0, 2);
        let above = lines.len().saturating_sub(1) as f64 * LETTERS * 1.2;
        drawing.text(class, (x - 5.0, y - 12.0 - above), &lines);
        y
    }
}
