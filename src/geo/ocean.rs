//! The water of the whole world, in two layers: a fine grid, and above it a graph of areas of water, so
//! finding a route around a continent takes a millisecond and not a tenth of a second.
//!
//! An area is the connected water of one block of the grid, so the graph respects every isthmus of the grid.
//! A route is first found in the graph, then through the cells along it (mainly after Botea, Müller and
//! Schaeffer, "Near optimal hierarchical path-finding", 2004).

use std::sync::OnceLock;

use super::frontier::Frontier;
use super::geodesic::{angle, unit};
use super::grid::Grid;
use super::{LonLat, RADIUS_KM};

/// The number of cells along each side of a block.
const BLOCK: usize = 4;

/// Marks land, which belongs to no area.
const LAND: u32 = u32::MAX;

/// The water of the world.
pub(crate) struct Ocean {
    /// The grid of cells.
    pub grid: Grid,
    /// The area of each cell.
    stretch: Vec<u32>,
    nodes: Vec<Node>,
}

/// An area of connected water.
struct Node {
    /// The centre.
    at: LonLat,
    /// The centre as a vector of the unit sphere.
    vector: [f32; 3],
    /// The cost of crossing it, in tenths.
    price: f64,
    /// The number of its sea; there is no route between two seas.
    sea: u32,
    /// The neighbours, and the cost of getting there.
    beside: Vec<(u32, f32)>,
}

impl Ocean {
    /// The ocean, made on first use.
    pub(crate) fn world() -> &'static Ocean {
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
                // Diagonally only if both neighbours are water too, as in the grid.
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

    /// Gives all connected areas the same sea number.
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

    /// Adds the areas of a block.
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

    /// The cheapest route between two points of water.
    pub(crate) fn way(&self, from: LonLat, to: LonLat) -> Option<Vec<LonLat>> {
        let stretch = |point| self.grid.cell(point).map(|cell| self.stretch[cell]).filter(|s| *s != LAND);
        let route = self.route(stretch(from)?, stretch(to)?)?;
        // The areas along the route, and their neighbours.
        let mut allowed = vec![false; self.nodes.len()];
        for &node in &route {
            allowed[node as usize] = true;
            for (near, _) in &self.nodes[node as usize].beside {
                allowed[*near as usize] = true;
            }
        }
        self.grid.way_within(from, to, |cell| allowed[self.stretch[cell] as usize])
    }

    /// The nearest water to a point that is at most `km` from the sea, plus the size of a cell, which may
    /// hide that much of a coast.
    pub(crate) fn harbour(&self, point: LonLat, km: f64) -> Option<LonLat> {
        self.grid.harbour(point, km + self.grid.step().to_radians() * RADIUS_KM)
    }

    /// Whether there is a route between the harbours of two points.
    pub(crate) fn joins(&self, a: LonLat, b: LonLat, km: f64) -> bool {
        let sea = |point| {
            let harbour = self.harbour(point, km)?;
            self.grid.cell(harbour).map(|cell| self.nodes[self.stretch[cell] as usize].sea)
        };
        sea(a).is_some_and(|of_a| sea(b) == Some(of_a))
    }

    /// The cheapest route through the graph of areas.
    fn route(&self, start: u32, goal: u32) -> Option<Vec<u32>> {
        if self.nodes[start as usize].sea != self.nodes[goal as usize].sea {
            return None;
        }
        let target = self.nodes[goal as usize].vector;
        // A chord is shorter than its arc, and fast to compute.
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
            // A cheaper route to this area was found in the meantime.
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
