//! Land, lakes and borders from Natural Earth 4.1.0, at three levels of detail; `data/README.md` says how the
//! data was made.

use std::sync::OnceLock;

use super::{Bounds, LonLat, beside};

/// The format is described in `data/README.md`.
static DATA: &[u8] = include_bytes!("data/world.bin");

/// The number of points of a ring per bounding box.
const BLOCK: usize = 64;

/// A level of detail.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Detail {
    /// 1:110 million: the world.
    Coarse,
    /// 1:50 million: continents and large countries.
    Medium,
    /// 1:10 million: regions.
    Fine,
}

/// Land, lakes and borders.
#[derive(Debug, Default)]
pub(crate) struct Basemap {
    /// The outlines of land, including islands and inland seas: a point within an odd number of them is on
    /// land.
    pub land: Vec<Ring>,
    /// The outlines of lakes.
    pub lakes: Vec<Ring>,
    /// The borders between countries.
    pub borders: Vec<Border>,
    /// The countries, by code.
    pub countries: Vec<Country>,
    lines: Vec<Vec<LonLat>>,
    /// For each degree of latitude from -90 on, the rings of land that reach into it, by index, each with the numbers
    /// of its blocks that do.
    bands: Vec<Vec<(u32, Vec<u32>)>>,
}

/// A closed line. It is unwrapped: longitudes may exceed -180 to 180, and never jump. The first point is not
/// repeated, and an outline around a pole runs along it.
#[derive(Debug)]
pub(crate) struct Ring {
    pub points: Vec<LonLat>,
    /// The bounding box of all points.
    pub bounds: Bounds,
    /// The bounding box of each [`BLOCK`] of points.
    blocks: Vec<Bounds>,
    /// The bounding box of the edges that lead to the points of each block.
    edges: Vec<Bounds>,
}

/// A border between two countries, or a part of one.
#[derive(Debug)]
pub(crate) struct Border {
    pub points: Vec<LonLat>,
    /// The bounding box of all points.
    pub bounds: Bounds,
    /// Whether the border is contested, or bounds a territory with a contested status.
    pub contested: bool,
}

/// A country as Natural Earth draws it.
#[derive(Debug)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// The position of the label: the point farthest from the edge of the largest part.
    pub label: LonLat,
    /// The distance of the label from that edge, in km.
    pub radius: f64,
    /// The indices of the lines around it.
    lines: Vec<u32>,
}

impl Basemap {
    /// The map of a level, decoded on first use.
    pub(crate) fn of(detail: Detail) -> &'static Basemap {
        static LEVELS: [OnceLock<Basemap>; 3] = [const { OnceLock::new() }; 3];
        let level = detail as usize;
        LEVELS[level].get_or_init(|| {
            let mut reader = Reader { bytes: DATA, at: MAGIC.len() };
            (0..level).for_each(|_| drop(reader.level(true)));
            reader.level(false)
        })
    }

    /// A country's outline, as lines.
    pub(crate) fn outline(&self, code: &str) -> impl Iterator<Item = &[LonLat]> {
        let country = self.countries.iter().find(|country| country.code == code);
        let lines = country.map_or(&[][..], |country| &country.lines);
        lines.iter().filter_map(|&number| self.lines.get(number as usize).map(Vec::as_slice))
    }

    /// Whether a point is on land; lakes count as land.
    pub(crate) fn is_land(&self, point: LonLat) -> bool {
        let near = self.bands.get(band(point[1])).into_iter().flatten();
        let holds = |(number, blocks): &&(u32, Vec<u32>)| {
            let ring = self.land.get(*number as usize);
            ring.is_some_and(|ring| ring.holds_by(blocks.iter().map(|block| *block as usize), point))
        };
        near.filter(holds).count() % 2 == 1
    }
}

/// Whether a point is within an odd number of rings.
pub(crate) fn is_within<'a>(rings: impl IntoIterator<Item = &'a Ring>, point: LonLat) -> bool {
    let inside = |ring: &&Ring| ring.holds_by(0..ring.edges.len(), point);
    rings.into_iter().filter(inside).count() % 2 == 1
}

/// The degree of latitude that a point is in, from -90 on.
fn band(lat: f64) -> usize {
    (lat + 90.0).clamp(0.0, 180.0) as usize
}

fn bands(land: &[Ring]) -> Vec<Vec<(u32, Vec<u32>)>> {
    let mut bands: Vec<Vec<(u32, Vec<u32>)>> = vec![Vec::new(); 181];
    for (number, ring) in land.iter().enumerate() {
        for (block, edges) in ring.edges.iter().enumerate() {
            for near in &mut bands[band(edges.south)..=band(edges.north)] {
                match near.last_mut() {
                    Some((last, blocks)) if *last == number as u32 => blocks.push(block as u32),
                    _ => near.push((number as u32, vec![block as u32])),
                }
            }
        }
    }
    bands
}

impl Ring {
    /// A ring through these points.
    pub(crate) fn new(points: Vec<LonLat>) -> Ring {
        let bounds = Bounds::of(&points);
        let blocks: Vec<Bounds> = points.chunks(BLOCK).map(Bounds::of).collect();
        let edges = |(number, block): (usize, &Bounds)| {
            let before = points[(number * BLOCK).checked_sub(1).unwrap_or(points.len() - 1)];
            Bounds {
                west: block.west.min(before[0]),
                south: block.south.min(before[1]),
                east: block.east.max(before[0]),
                north: block.north.max(before[1]),
            }
        };
        let edges = blocks.iter().enumerate().map(edges).collect();
        Ring { points, bounds, blocks, edges }
    }

    /// Whether a point, whose longitude may be any, is inside the ring, by these blocks: those whose latitudes include
    /// the point's. A ray to the west crosses it an odd number of times.
    fn holds_by(&self, blocks: impl Iterator<Item = usize>, point: LonLat) -> bool {
        let middle = (self.bounds.west + self.bounds.east) / 2.0;
        let point = [beside(point[0], middle), point[1]];
        if !self.bounds.holds(point) {
            return false;
        }
        let mut inside = false;
        for number in blocks {
            let bounds = &self.edges[number];
            if bounds.north < point[1] || bounds.south > point[1] || bounds.west > point[0] {
                continue;
            }
            let (start, end) = (number * BLOCK, ((number + 1) * BLOCK).min(self.points.len()));
            let before = start.checked_sub(1).unwrap_or(self.points.len() - 1);
            if bounds.east < point[0] {
                // All of it is to the west: only its ends matter.
                inside ^= (self.points[before][1] > point[1]) != (self.points[end - 1][1] > point[1]);
                continue;
            }
            let mut before = self.points[before];
            for at in &self.points[start..end] {
                inside ^= crosses(before, *at, point);
                before = *at;
            }
        }
        inside
    }

    /// Appends the points, moved eastward by `shift`, without those that make no difference within `window`:
    /// of a run of points beyond one side, only the first and the last are kept.
    pub(crate) fn around(&self, window: &Bounds, shift: f64, out: &mut Vec<LonLat>) {
        for (block, bounds) in self.points.chunks(BLOCK).zip(&self.blocks) {
            let beyond = bounds.east + shift < window.west
                || bounds.west + shift > window.east
                || bounds.north < window.south
                || bounds.south > window.north;
            match (beyond, block) {
                (true, [first, .., last]) => {
                    out.extend([[first[0] + shift, first[1]], [last[0] + shift, last[1]]])
                }
                _ => out.extend(block.iter().map(|[lon, lat]| [lon + shift, *lat])),
            }
        }
    }
}

fn crosses(a: LonLat, b: LonLat, point: LonLat) -> bool {
    (a[1] > point[1]) != (b[1] > point[1])
        && point[0] > a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
}

const MAGIC: &[u8] = b"DMAP1";

/// Reads the embedded data, which `data/make.py` wrote. Reading past the end yields zeros.
struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes.get(self.at - 1).copied().unwrap_or_default()
    }

    fn varint(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return number;
            }
        }
    }

    fn signed(&mut self) -> i64 {
        let number = self.varint() as i64;
        (number >> 1) ^ -(number & 1)
    }

    fn line(&mut self, steps: f64) -> Vec<LonLat> {
        let (mut x, mut y) = (0, 0);
        let count = self.varint();
        let point = |_| {
            x += self.signed();
            y += self.signed();
            [x as f64 / steps, y as f64 / steps]
        };
        (0..count).map(point).collect()
    }

    /// Reads a level, or skips over it with `pass`.
    fn level(&mut self, pass: bool) -> Basemap {
        let steps = self.varint() as f64;
        let count = self.varint();
        let lines: Vec<Vec<LonLat>> = (0..count).map(|_| self.line(steps)).collect();
        let count = self.varint();
        let mut land = Vec::with_capacity(count);
        for _ in 0..count {
            let count = self.varint();
            let refs: Vec<i64> = (0..count).map(|_| self.signed()).collect();
            if !pass {
                land.push(Ring::new(joined(&lines, &refs)));
            }
        }
        let count = self.varint();
        let mut borders = Vec::with_capacity(count);
        for _ in 0..count {
            let number = self.varint();
            let points = if pass { Vec::new() } else { lines.get(number >> 1).cloned().unwrap_or_default() };
            borders.push(Border { bounds: Bounds::of(&points), points, contested: number & 1 == 1 });
        }
        let count = self.varint();
        let countries = (0..count).map(|_| self.country()).collect();
        let count = self.varint();
        for _ in 0..count {
            let points = self.line(steps);
            borders.push(Border { bounds: Bounds::of(&points), points, contested: true });
        }
        let count = self.varint();
        let lakes = (0..count).map(|_| Ring::new(self.line(steps))).collect();
        Basemap { bands: bands(&land), land, lakes, borders, countries, lines }
    }

    fn country(&mut self) -> Country {
        let code = [self.byte(), self.byte()].map(char::from).iter().collect();
        let label = [self.signed() as f64 / 100.0, self.signed() as f64 / 100.0];
        let radius = self.varint() as f64;
        let count = self.varint();
        let mut number = 0;
        let line = |_| {
            number += self.varint() as u32;
            number
        };
        Country { code, label, radius, lines: (0..count).map(line).collect() }
    }
}

/// The ring that lines make: each starts where the previous one ended, perhaps offset by 360°.
fn joined(lines: &[Vec<LonLat>], refs: &[i64]) -> Vec<LonLat> {
    let mut ring: Vec<LonLat> = Vec::new();
    for &number in refs {
        let empty = Vec::new();
        let line = lines.get(if number < 0 { !number } else { number } as usize).unwrap_or(&empty);
        let (first, last) = (line.first(), line.last());
        let Some(start) = (if number < 0 { last } else { first }) else { continue };
        let shift = ring.last().map_or(0.0, |end| beside(start[0], end[0]) - start[0]);
        let skip = usize::from(!ring.is_empty());
        let moved = |point: &LonLat| [point[0] + shift, point[1]];
        match number < 0 {
            true => ring.extend(line.iter().rev().skip(skip).map(moved)),
            false => ring.extend(line.iter().skip(skip).map(moved)),
        }
    }
    if let [first, .., last] = *ring.as_slice() {
        match (last[0] - first[0]).abs() > 180.0 {
            // The ring encloses a pole.
            true => {
                let pole = if first[1] < 0.0 { -90.0 } else { 90.0 };
                ring.extend([[last[0], pole], [first[0], pole]]);
            }
            false => {
                ring.pop();
            }
        }
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn land_is_where_it_is() {
        for detail in [Detail::Coarse, Detail::Medium, Detail::Fine] {
            let map = Basemap::of(detail);
            let land = [
                [40.125, 45.855],
                [100.0, 65.0],
                [-172.0, 66.3],
                [0.0, -85.0],
                [179.0, 68.0],
                [-179.3, 68.1],
            ];
            let water =
                [[0.0, 0.0], [132.0, 41.0], [51.0, 42.0], [-30.0, 50.0], [180.0, 0.0], [-165.0, 60.0]];
            assert_eq!(land.map(|point| map.is_land(point)), [true; 6], "{detail:?}");
            assert_eq!(water.map(|point| map.is_land(point)), [false; 6], "{detail:?}");
        }
    }

    #[test]
    fn nothing_is_left_of_the_data() {
        let mut reader = Reader { bytes: DATA, at: MAGIC.len() };
        assert!(DATA.starts_with(MAGIC));
        let points: Vec<usize> =
            (0..3).map(|_| reader.level(false).land.iter().map(|ring| ring.points.len()).sum()).collect();
        assert_eq!(reader.at, DATA.len());
        assert!(points[0] > 4_000 && points[1] > 40_000 && points[2] > 200_000, "{points:?}");
    }

    #[test]
    fn countries_have_codes_and_outlines() {
        let map = Basemap::of(Detail::Fine);
        for code in ["UA", "RU", "KP", "ID", "FR", "NO"] {
            assert!(map.outline(code).count() > 0, "{code}");
        }
    }
}
