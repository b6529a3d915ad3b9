//! The water of the whole world, in two layers: a fine grid, and over it a net of stretches of water, so that
//! a way around a continent takes a millisecond to find and not a tenth of a second.
//!
//! A stretch is the connected water of one block of the grid, so that the net knows every isthmus that the
//! grid knows. A way is first found through the net, then through the cells along it (Botea, Müller and
//! Schaeffer, "Near optimal hierarchical path-finding", 2004, in the main).

use std::sync::OnceLock;

use super::frontier::Frontier;
use super::geodesic::{angle, unit};
use super::grid::Grid;
use super::{LonLat, RADIUS_KM};

/// How many cells a block has along each side.
const BLOCK: usize = 4;

/// No stretch: land.
const LAND: u32 = u32::MAX;

/// The water of the world.
pub struct Ocean {
    /// Its cells.
    pub grid: Grid,
    /// The stretch that each cell belongs to.
    stretch: Vec<u32>,
    nodes: Vec<Node>,
}

/// A stretch of water.
struct Node {
    /// Its middle.
    at: LonLat,
    /// The same as a point of the unit sphere.
    vector: [f32; 3],
    /// What it costs to cross, in tenths.
    price: f64,
    /// The number of the sea that it is a part of: between two seas there is no way.
    sea: u32,
    /// Those beside it, and what it costs to get there.
    beside: Vec<(u32, f32)>,
}

impl Ocean {
    /// The one ocean, made when it is first asked for.
    pub fn world() -> &'static Ocean {
        static WORLD: OnceLock<Ocean> = OnceLock::new();
        WORLD.get_or_init(|| Ocean::over(Grid::world()))
    }

    fn over(grid: Grid) -> Ocean {
        let (cols, rows) = grid.size();
        let mut ocean = Ocean { grid, stretch: vec![LAND; cols * rows], nodes: Vec::new() };
        for block_row in (0..rows).step_by(BLOCK) {
            for block_col in (0..cols).step_by(BLOCK) {
                ocean.add_block(block_row, block_col);
            }
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for row in 0..rows {
            for col in 0..cols {
                let here = ocean.stretch[row * cols + col];
                let east = ocean.stretch[row * cols + (col + 1) % cols];
                if here == LAND || row + 1 == rows {
                    continue;
                }
                let north = ocean.stretch[(row + 1) * cols + col];
                pairs.extend([(here, east), (here, north)].into_iter().filter(|(a, b)| *b != LAND && a != b));
                // Diagonally only where both ways round are water too, as in the grid.
                let slanted = ocean.stretch[(row + 1) * cols + (col + 1) % cols];
                if slanted != LAND && slanted != here && east != LAND && north != LAND {
                    pairs.push((here, slanted));
                }
            }
        }
        for pair in &mut pairs {
            *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
        }
        pairs.sort_unstable();
        pairs.dedup();
        for (a, b) in pairs {
            let (x, y) = (&ocean.nodes[a as usize], &ocean.nodes[b as usize]);
            let cost = (angle(x.at, y.at) * (x.price + y.price) / 20.0) as f32;
            ocean.nodes[a as usize].beside.push((b, cost));
            ocean.nodes[b as usize].beside.push((a, cost));
        }
        ocean.number_seas();
        ocean
    }

    /// Gives all stretches that hang together one number.
    fn number_seas(&mut self) {
        for first in 0..self.nodes.len() as u32 {
            let mut open = vec![first];
            while let Some(at) = open.pop() {
                let node = &mut self.nodes[at as usize];
                if node.sea == LAND {
                    node.sea = first;
                    open.extend(node.beside.iter().map(|(next, _)| next));
                }
            }
        }
    }

    /// Adds the stretches of a block.
    fn add_block(&mut self, row: usize, col: usize) {
        let (cols, rows) = self.grid.size();
        let (top, right) = ((row + BLOCK).min(rows), (col + BLOCK).min(cols));
        for start in (row..top).flat_map(|r| (col..right).map(move |c| r * cols + c)) {
            if self.stretch[start] != LAND || self.grid.price(start).is_none() {
                continue;
            }
            let number = self.nodes.len() as u32;
            self.stretch[start] = number;
            let (mut open, mut cells) = (vec![start], Vec::new());
            while let Some(cell) = open.pop() {
                cells.push(cell);
                let (r, c) = (cell / cols, cell % cols);
                let near = [(r.wrapping_sub(1), c), (r + 1, c), (r, c.wrapping_sub(1)), (r, c + 1)];
                for (r, c) in
                    near.into_iter().filter(|(r, c)| (row..top).contains(r) && (col..right).contains(c))
                {
                    let next = r * cols + c;
                    if self.stretch[next] == LAND && self.grid.price(next).is_some() {
                        self.stretch[next] = number;
                        open.push(next);
                    }
                }
            }
            let count = cells.len() as f64;
            let sum = cells.iter().fold([0.0; 3], |sum, &cell| {
                let [lon, lat] = self.grid.centre(cell);
                [sum[0] + lon, sum[1] + lat, sum[2] + f64::from(self.grid.price(cell).unwrap_or_default())]
            });
            let [lon, lat, price] = sum.map(|sum| sum / count);
            let vector = unit([lon, lat]).map(|v| v as f32);
            self.nodes.push(Node { at: [lon, lat], vector, price, sea: LAND, beside: Vec::new() });
        }
    }

    /// The best way between two points of water.
    pub fn way(&self, from: LonLat, to: LonLat) -> Option<Vec<LonLat>> {
        let stretch = |point| self.grid.cell(point).map(|cell| self.stretch[cell]).filter(|s| *s != LAND);
        let route = self.route(stretch(from)?, stretch(to)?)?;
        // What lies along it, and what lies beside that.
        let mut allowed = vec![false; self.nodes.len()];
        for &node in &route {
            allowed[node as usize] = true;
            for (near, _) in &self.nodes[node as usize].beside {
                allowed[*near as usize] = true;
            }
        }
        self.grid.way_within(from, to, |cell| allowed[self.stretch[cell] as usize])
    }

    /// The water nearest to a point that is no farther from the sea than `km`; a cell may hide that much of a
    /// coast besides.
    pub fn harbour(&self, point: LonLat, km: f64) -> Option<LonLat> {
        self.grid.harbour(point, km + self.grid.step().to_radians() * RADIUS_KM)
    }

    /// Whether there is a way between the harbours of two points.
    pub fn joins(&self, a: LonLat, b: LonLat, km: f64) -> bool {
        let sea = |point| {
            let harbour = self.harbour(point, km)?;
            self.grid.cell(harbour).map(|cell| self.nodes[self.stretch[cell] as usize].sea)
        };
        sea(a).is_some_and(|of_a| sea(b) == Some(of_a))
    }

    /// The best way through the net.
    fn route(&self, start: u32, goal: u32) -> Option<Vec<u32>> {
        if self.nodes[start as usize].sea != self.nodes[goal as usize].sea {
            return None;
        }
        let target = self.nodes[goal as usize].vector;
        // A chord is shorter than its arc, and quick to measure.
        let estimate = |node: u32| {
            let at = self.nodes[node as usize].vector;
            let d = [0, 1, 2].map(|axis| at[axis] - target[axis]);
            (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt()
        };
        let mut best = vec![f32::INFINITY; self.nodes.len()];
        let mut before = vec![LAND; self.nodes.len()];
        let mut open = Frontier::default();
        best[start as usize] = 0.0;
        open.push(estimate(start), start);
        while let Some((total, node)) = open.pop() {
            if node == goal {
                let mut route = vec![goal];
                while let Some(&last) = route.last().filter(|last| **last != start) {
                    route.push(before[last as usize]);
                }
                return Some(route);
            }
            let here = best[node as usize];
            // A better way there was found since.
            if total > here + estimate(node) {
                continue;
            }
            for &(next, cost) in &self.nodes[node as usize].beside {
                let total = here + cost;
                if total < best[next as usize] {
                    best[next as usize] = total;
                    before[next as usize] = node;
                    open.push(total + estimate(next), next);
                }
            }
        }
        None
    }
}
