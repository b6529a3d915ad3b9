//! A grid of cells of water and land, and the cheapest path through the water.

use super::frontier::Frontier;
use super::{Basemap, Bounds, Detail, LonLat, RADIUS_KM, beside};

/// Canals, and straits narrower than the cells of a coarse grid: they are water in every grid.
const PASSAGES: [&[LonLat]; 20] = [
    &[[32.35, 31.7], [32.35, 30.8], [32.57, 29.9], [32.7, 29.3], [33.4, 28.2], [34.3, 27.2], [35.0, 26.4]], // Suez
    &[[-80.1, 9.7], [-79.9, 9.3], [-79.5, 8.8], [-79.4, 8.3]], // Panama
    &[[25.4, 39.9], [26.2, 40.05], [26.7, 40.4], [27.8, 40.7], [28.9, 40.9], [29.1, 41.2], [29.3, 41.6]], // Bosphorus
    &[[36.6, 44.8], [36.55, 45.2], [36.6, 45.6]], // Kerch
    &[[-6.8, 35.9], [-5.6, 35.95], [-4.6, 36.0]], // Gibraltar
    &[
        [9.0, 58.0],
        [10.8, 57.9],
        [11.4, 57.0],
        [11.0, 56.0],
        [10.9, 55.3],
        [11.0, 54.6],
        [12.2, 54.5],
        [13.2, 54.8],
    ], // the Belts
    &[[0.3, 50.4], [1.3, 50.9], [2.2, 51.4]],     // Dover
    &[[102.0, 2.0], [103.3, 1.25], [104.1, 1.25], [105.0, 1.7]], // Singapore
    &[[104.3, -6.4], [105.7, -5.95], [106.5, -5.4]], // Sunda
    &[[115.8, -7.7], [115.75, -8.5], [115.7, -9.3]], // Lombok
    &[[55.2, 26.0], [56.5, 26.6], [57.2, 25.4]],  // Hormuz
    &[[42.6, 13.6], [43.35, 12.6], [44.4, 12.0]], // Bab el-Mandeb
    &[[139.5, 41.3], [140.4, 41.25], [141.6, 41.6]], // Tsugaru
    &[[141.2, 45.8], [141.9, 45.75], [143.0, 45.8]], // La Pérouse
    &[[129.0, 34.2], [130.0, 34.6]],              // Tsushima
    &[[141.0, -10.6], [142.2, -10.5], [143.6, -10.6]], // Torres
    &[[-125.4, 48.4], [-124.2, 48.35], [-123.0, 48.25]], // Juan de Fuca
    &[[173.6, -40.6], [174.5, -41.2], [174.9, -41.8]], // Cook
    &[[-74.5, 52.0], [-57.0, 52.0], [-56.5, 51.6], [-55.3, 52.1]], // Belle Isle
    &[[15.6, 37.6], [15.65, 38.2], [15.5, 38.6]], // Messina
];

/// Whether a point is in a canal or a narrow strait, within the resolution of a grid.
pub(crate) fn is_passage(point: LonLat) -> bool {
    let near = |line: &[LonLat]| super::geodesic::nearest(point, std::iter::once(line));
    // A degree is more than 40 km at the latitude of each of them.
    let is_beside = |line: &[LonLat]| {
        let bounds = Bounds::of(line);
        let lon = beside(point[0], (bounds.west + bounds.east) / 2.0);
        lon > bounds.west - 1.0
            && lon < bounds.east + 1.0
            && point[1] > bounds.south - 1.0
            && point[1] < bounds.north + 1.0
    };
    PASSAGES.iter().any(|line| is_beside(line) && near(line).is_some_and(|(_, km)| km < 40.0))
}

/// The cost factor of a cell next to land: ships keep off the shore.
const SHORE: f64 = 1.6;

/// The cost factor of a cell in polar ice.
const ICE: f64 = 6.0;

/// Cells of water and land.
pub(crate) struct Grid {
    bounds: Bounds,
    step: f64,
    cols: usize,
    rows: usize,
    wraps: bool,
    /// The cost of each cell, times ten; 0 is land.
    cost: Vec<u8>,
}

/// The estimated distance of cells from a goal, in radians: a path by water is not shorter, or only slightly,
/// because a slightly greedy estimate saves much time.
struct Estimate {
    /// The sine and cosine of each row's latitude, multiplied by those of the goal's.
    rows: Vec<[f32; 2]>,
    /// The cosine of each column's difference in longitude.
    cols: Vec<f32>,
}

impl Estimate {
    /// How much the estimate exceeds the distance.
    const GREED: f32 = 1.12;

    fn of(grid: &Grid, goal: usize) -> Estimate {
        let target = grid.centre(goal);
        let (sin, cos) = (libm::sin(target[1].to_radians()), libm::cos(target[1].to_radians()));
        let row = |row: usize| {
            let phi = (grid.bounds.south + (row as f64 + 0.5) * grid.step).to_radians();
            [(libm::sin(phi) * sin) as f32, (libm::cos(phi) * cos) as f32]
        };
        let col = |col: usize| {
            let lon = grid.bounds.west + (col as f64 + 0.5) * grid.step;
            libm::cos((lon - target[0]).to_radians()) as f32
        };
        Estimate { rows: (0..grid.rows).map(row).collect(), cols: (0..grid.cols).map(col).collect() }
    }

    fn from(&self, row: usize, col: usize) -> f32 {
        let [sines, cosines] = self.rows[row];
        let cosine = sines + cosines * self.cols[col];
        // The arc cosine, accurate to 0.0001 (Abramowitz and Stegun, 4.4.45).
        let x = cosine.abs().min(1.0);
        let series = 1.570_728_8 + x * (-0.212_114_4 + x * (0.074_261 - x * 0.018_729_3));
        let angle = (1.0 - x).sqrt() * series;
        Self::GREED * if cosine < 0.0 { std::f32::consts::PI - angle } else { angle }
    }
}

impl Grid {
    /// The whole world, in cells of half a degree.
    pub(crate) fn world() -> Grid {
        Grid::of(Bounds { west: -180.0, south: -80.0, east: 180.0, north: 85.0 }, 0.5, Detail::Medium)
    }

    /// Part of the world, in cells of `step` degrees.
    pub(crate) fn of(bounds: Bounds, step: f64, detail: Detail) -> Grid {
        let cols = (libm::ceil((bounds.east - bounds.west) / step) as usize).max(1);
        let rows = (libm::ceil((bounds.north - bounds.south) / step) as usize).max(1);
        let wraps = cols as f64 * step >= 360.0;
        let mut grid = Grid { bounds, step, cols, rows, wraps, cost: vec![10; cols * rows] };
        grid.lay(Basemap::of(detail));
        for passage in PASSAGES {
            for pair in passage.windows(2) {
                grid.open(pair[0], pair[1]);
            }
        }
        grid.price_all();
        grid
    }

    /// Marks the land, row by row: between each odd crossing of a coast and the next.
    fn lay(&mut self, map: &Basemap) {
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); self.rows];
        let mut points = Vec::new();
        for ring in &map.land {
            for shift in [-360.0, 0.0, 360.0] {
                if !self.bounds.meets(&ring.bounds, shift) {
                    continue;
                }
                points.clear();
                ring.around(&self.bounds, shift, &mut points);
                let Some(mut last) = points.last().copied() else { continue };
                for &next in &points {
                    let row = |lat: f64| (lat - self.bounds.south) / self.step - 0.5;
                    let (low, high) = if last[1] < next[1] { (last, next) } else { (next, last) };
                    let first = libm::ceil(row(low[1])).max(0.0) as usize;
                    let mut at = first;
                    while at < self.rows && (at as f64) < row(high[1]) {
                        let lat = self.bounds.south + (at as f64 + 0.5) * self.step;
                        crossings[at].push(low[0] + (lat - low[1]) / (high[1] - low[1]) * (high[0] - low[0]));
                        at += 1;
                    }
                    last = next;
                }
            }
        }
        for (row, list) in crossings.iter_mut().enumerate() {
            list.sort_by(f64::total_cmp);
            for span in list.chunks_exact(2) {
                let col = |lon: f64| libm::ceil((lon - self.bounds.west) / self.step - 0.5).max(0.0) as usize;
                for at in col(span[0])..col(span[1]).min(self.cols) {
                    self.cost[row * self.cols + at] = 0;
                }
            }
        }
    }

    /// Turns the cells along a line into water.
    pub(crate) fn open(&mut self, a: LonLat, b: LonLat) {
        let a = self.beside(a);
        let b = [beside(b[0], a[0]), b[1]];
        let parts = libm::ceil((b[0] - a[0]).abs().max((b[1] - a[1]).abs()) / self.step * 2.0).max(1.0);
        for part in 0..=parts as usize {
            let t = part as f64 / parts;
            // In steps along one axis, so successive cells always share an edge.
            let here = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            let next = a[1] + (b[1] - a[1]) * ((part as f64 + 1.0) / parts).min(1.0);
            for lat in [here[1], next] {
                if let Some(cell) = self.cell([here[0], lat]) {
                    self.cost[cell] = self.cost[cell].max(10);
                }
            }
        }
    }

    fn price_all(&mut self) {
        let near: Vec<usize> = (0..self.cost.len())
            .filter(|&cell| self.cost[cell] > 0)
            .filter(|&cell| self.around(cell).any(|(other, ..)| self.cost[other] == 0))
            .collect();
        for cell in near {
            self.cost[cell] = (10.0 * SHORE) as u8;
        }
        for cell in 0..self.cost.len() {
            let [lon, lat] = self.centre(cell);
            let siberian = beside(lon, 100.0) > 50.0 && lat > 67.0;
            let american = beside(lon, -120.0) < -62.0 && beside(lon, -120.0) > -172.0 && lat > 67.0;
            if self.cost[cell] > 0 && (!(-62.0..=76.0).contains(&lat) || siberian || american) {
                self.cost[cell] = (10.0 * ICE) as u8;
            }
        }
    }

    fn beside(&self, [lon, lat]: LonLat) -> LonLat {
        [beside(lon, (self.bounds.west + self.bounds.east) / 2.0), lat]
    }

    /// The cell that contains a point.
    pub(crate) fn cell(&self, point: LonLat) -> Option<usize> {
        let [lon, lat] = if self.wraps { self.beside(point) } else { point };
        let col = libm::floor((lon - self.bounds.west) / self.step);
        let row = libm::floor((lat - self.bounds.south) / self.step);
        let col = if self.wraps { libm::fmin(col, self.cols as f64 - 1.0) } else { col };
        let inside = col >= 0.0 && row >= 0.0 && (col as usize) < self.cols && (row as usize) < self.rows;
        inside.then(|| row as usize * self.cols + col as usize)
    }

    pub(crate) fn centre(&self, cell: usize) -> LonLat {
        let (row, col) = (cell / self.cols, cell % self.cols);
        [
            self.bounds.west + (col as f64 + 0.5) * self.step,
            self.bounds.south + (row as f64 + 0.5) * self.step,
        ]
    }

    /// The neighbours of a cell, and the cost of the step to each.
    fn around(&self, cell: usize) -> impl Iterator<Item = (usize, i64, i64)> + '_ {
        let (row, col) = ((cell / self.cols) as i64, (cell % self.cols) as i64);
        const STEPS: [(i64, i64); 8] = [(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)];
        STEPS.iter().filter_map(move |&(dr, dc)| {
            let row = row + dr;
            let col = if self.wraps { (col + dc).rem_euclid(self.cols as i64) } else { col + dc };
            let inside = (0..self.rows as i64).contains(&row) && (0..self.cols as i64).contains(&col);
            inside.then(|| (row as usize * self.cols + col as usize, dr, dc))
        })
    }

    /// The nearest water to a point, if there is any within `km`.
    pub(crate) fn harbour(&self, point: LonLat, km: f64) -> Option<LonLat> {
        let point = self.beside(point);
        let cell_km = self.step.to_radians() * RADIUS_KM;
        let reach = libm::ceil(km / cell_km) as i64 + 1;
        let scale = libm::cos(point[1].to_radians()).max(0.05);
        let wide = libm::ceil(reach as f64 / scale) as i64;
        let mut best: Option<(f64, LonLat)> = None;
        for dr in -reach..=reach {
            for dc in -wide..=wide {
                let near = [point[0] + dc as f64 * self.step, point[1] + dr as f64 * self.step];
                let Some(cell) = self.cell(near).filter(|&cell| self.cost[cell] > 0) else { continue };
                let centre = self.centre(cell);
                let centre = [beside(centre[0], point[0]), centre[1]];
                let away =
                    libm::hypot((centre[0] - point[0]) * scale, centre[1] - point[1]) * cell_km / self.step;
                if away <= km.max(cell_km) && best.is_none_or(|(least, _)| away < least) {
                    best = Some((away, centre));
                }
            }
        }
        best.map(|(_, centre)| centre)
    }

    /// Whether the straight line on the grid stays on water.
    pub(crate) fn is_clear(&self, a: LonLat, b: LonLat) -> bool {
        let parts =
            (libm::ceil((b[0] - a[0]).abs().max((b[1] - a[1]).abs()) / self.step * 3.0) as usize).max(1);
        (0..=parts).all(|part| {
            let t = part as f64 / parts as f64;
            let point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            self.cell(point).is_some_and(|cell| self.cost[cell] > 0)
        })
    }

    /// The cheapest path by water (A*: Hart, Nilsson and Raphael, 1968), as the centres of cells without
    /// jumps in longitude.
    pub(crate) fn way(&self, from: LonLat, to: LonLat) -> Option<Vec<LonLat>> {
        self.way_within(from, to, |_| true)
    }

    /// The cheapest path within the cells that are `allowed`.
    pub(crate) fn way_within(
        &self,
        from: LonLat,
        to: LonLat,
        allowed: impl Fn(usize) -> bool,
    ) -> Option<Vec<LonLat>> {
        let (start, goal) = (self.cell(from)?, self.cell(to)?);
        let estimate = Estimate::of(self, goal);
        let lengths: Vec<[f32; 3]> = (0..self.rows).map(|row| self.lengths(row)).collect();
        let mut best = vec![f32::INFINITY; self.cost.len()];
        let mut before = vec![u32::MAX; self.cost.len()];
        let mut open = Frontier::default();
        best[start] = 0.0;
        open.push(estimate.from(start / self.cols, start % self.cols), start as u32);
        while let Some((total, cell)) = open.pop() {
            let cell = cell as usize;
            if cell == goal {
                return Some(self.traced(start, goal, &before));
            }
            let (row, col) = (cell / self.cols, cell % self.cols);
            let here = best[cell];
            // A cheaper path to this cell was found in the meantime.
            if total > here + estimate.from(row, col) {
                continue;
            }
            let west = self.column(col, -1);
            let east = self.column(col, 1);
            let mut step = |next_row: usize, next_col: Option<usize>, length: f32| {
                let Some(next_col) = next_col else { return };
                let next = next_row * self.cols + next_col;
                let price = self.cost[next];
                if price == 0 || !allowed(next) {
                    return;
                }
                let total = here + length * f32::from(price) * 0.1;
                if total < best[next] {
                    best[next] = total;
                    before[next] = cell as u32;
                    open.push(total + estimate.from(next_row, next_col), next as u32);
                }
            };
            let [across, along, slanted] = lengths[row];
            step(row, west, across);
            step(row, east, across);
            for next_row in [row.wrapping_sub(1), row + 1].into_iter().filter(|row| *row < self.rows) {
                step(next_row, Some(col), along);
                for next_col in [west, east] {
                    // Not diagonally between two cells of land that touch.
                    let is_open = |row: usize, col: Option<usize>| {
                        col.is_some_and(|col| self.cost[row * self.cols + col] > 0)
                    };
                    if is_open(row, next_col) && is_open(next_row, Some(col)) {
                        step(next_row, next_col, slanted);
                    }
                }
            }
        }
        None
    }

    /// The column at an offset from another.
    fn column(&self, col: usize, by: i64) -> Option<usize> {
        let next = col as i64 + by;
        match self.wraps {
            true => Some(next.rem_euclid(self.cols as i64) as usize),
            false => (0..self.cols as i64).contains(&next).then_some(next as usize),
        }
    }

    /// The lengths of a step along a parallel, along a meridian and diagonally, in radians.
    fn lengths(&self, row: usize) -> [f32; 3] {
        let lat = self.bounds.south + (row as f64 + 0.5) * self.step;
        let y = self.step.to_radians();
        let x = y * libm::cos(lat.to_radians()).max(0.02);
        [x as f32, y as f32, libm::sqrt(x * x + y * y) as f32]
    }

    fn traced(&self, start: usize, goal: usize, before: &[u32]) -> Vec<LonLat> {
        let mut cells = vec![goal];
        let mut at = goal;
        while at != start {
            at = before[at] as usize;
            cells.push(at);
        }
        let mut way: Vec<LonLat> = Vec::with_capacity(cells.len());
        for &cell in cells.iter().rev() {
            let [lon, lat] = self.centre(cell);
            let lon = way.last().map_or(lon, |last| beside(lon, last[0]));
            way.push([lon, lat]);
        }
        way
    }

    /// The number of columns and rows; in the grid of the world, columns wrap around.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.cols, self.rows)
    }

    /// The cost of crossing a cell, in tenths; `None` for land.
    pub(crate) fn price(&self, cell: usize) -> Option<u8> {
        Some(self.cost[cell]).filter(|price| *price > 0)
    }

    /// The side of a cell in degrees.
    pub(crate) fn step(&self) -> f64 {
        self.step
    }
}
