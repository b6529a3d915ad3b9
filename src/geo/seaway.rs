//! Sea routes between two places, for legs whose course is not known: short ones over a fine grid of their
//! own, long ones over a grid of the whole world.
//!
//! The result is an illustration, not a course: it avoids land and long detours, and claims no more.

use super::geodesic::{angle, geodesic, length};
use super::grid::{Grid, is_passage};
use super::ocean::Ocean;
use super::{Basemap, Bounds, Detail, LonLat, RADIUS_KM, beside};

/// The maximum distance of a port from the sea, in km: up a river, or because its coordinates are
/// approximate.
const INLAND_KM: f64 = 40.0;

/// Legs longer than this many degrees use the grid of the world.
const LONG: f64 = 25.0;

/// Legs shorter than this many degrees may use channels that are too narrow for the grid of the world.
const CHANNEL: f64 = 3.0;

/// The number of cells along a short leg.
const CELLS: f64 = 90.0;

/// The sampling distance along a line, in km.
const PROBE_KM: f64 = 4.0;

/// A route from `a` to `b` by water, including both ends. `None` if there is none, or one end is far from the
/// sea.
pub(crate) fn seaway(a: LonLat, b: LonLat) -> Option<Vec<LonLat>> {
    let b = [beside(b[0], a[0]), b[1]];
    let degrees = angle(a, b).to_degrees();
    if degrees < 1e-3 {
        return Some(vec![a, b]);
    }
    if degrees > LONG {
        let direct = geodesic(a, b, 100.0);
        let grid = &Ocean::world().grid;
        return match direct.windows(2).all(|pair| grid.is_clear(pair[0], pair[1])) {
            true => Some(direct),
            false => over(a, b),
        };
    }
    if degrees > CHANNEL && !Ocean::world().joins(a, b, INLAND_KM) {
        return None;
    }
    for room in [0.3, 1.2] {
        let scale = libm::cos(((a[1] + b[1]) / 2.0).to_radians()).max(0.1);
        let margin = (degrees * room).max(0.3);
        let bounds = Bounds {
            west: a[0].min(b[0]) - margin / scale,
            south: (a[1].min(b[1]) - margin).max(-89.0),
            east: a[0].max(b[0]) + margin / scale,
            north: (a[1].max(b[1]) + margin).min(89.0),
        };
        let step = (degrees / CELLS).max(0.004) * if room < 1.0 { 1.0 } else { 2.0 };
        let detail = if step < 0.06 { Detail::Fine } else { Detail::Medium };
        let mut grid = Grid::of(bounds, step, detail);
        // The port itself, and the water before it, belong to the route.
        let harbours = [a, b].map(|end| grid.harbour(end, INLAND_KM));
        let [Some(from), Some(to)] = harbours else { return None };
        grid.open(a, from);
        grid.open(b, to);
        if let Some(way) = grid.way(a, b) {
            return Some(drawn(&grid, way, a, b));
        }
    }
    over(a, b)
}

/// A route through the ocean of the whole world.
fn over(a: LonLat, b: LonLat) -> Option<Vec<LonLat>> {
    let ocean = Ocean::world();
    let (from, to) = (ocean.harbour(a, INLAND_KM)?, ocean.harbour(b, INLAND_KM)?);
    let way = ocean.way(from, to)?;
    Some(drawn(&ocean.grid, way, a, b))
}

/// Whether the shortest line between two points stays on water.
fn is_clear(grid: &Grid, a: LonLat, b: LonLat) -> bool {
    match (b[0] - a[0]).abs().max((b[1] - a[1]).abs()) < 3.0 {
        true => grid.is_clear(a, b),
        false => geodesic(a, b, 150.0).windows(2).all(|pair| grid.is_clear(pair[0], pair[1])),
    }
}

/// Turns a path over cells into a line that a ship could take: pulled straight, its corners rounded.
fn drawn(grid: &Grid, way: Vec<LonLat>, a: LonLat, b: LonLat) -> Vec<LonLat> {
    let mut taut = vec![way[0]];
    let mut at = 0;
    while at + 1 < way.len() {
        // The farthest visible point, with growing steps.
        let mut next = at + 1;
        let mut leap = 1;
        while leap > 0 {
            let farther = (next + leap).min(way.len() - 1);
            if farther > next && is_clear(grid, way[at], way[farther]) {
                next = farther;
                leap *= 2;
            } else {
                leap /= 2;
            }
        }
        taut.push(way[next]);
        at = next;
    }
    // The cells of the ends contain or adjoin them.
    taut[0] = a;
    match taut.len() {
        1 => taut.push(b),
        count => taut[count - 1] = b,
    }
    for _ in 0..3 {
        taut = rounded(grid, &taut);
    }
    let mut unrolled: Vec<LonLat> = Vec::with_capacity(taut.len());
    for point in taut {
        let lon = unrolled.last().map_or(point[0], |last| beside(point[0], last[0]));
        unrolled.push([lon, point[1]]);
    }
    unrolled
}

/// The line with its corners cut (Chaikin, 1974), where the cut stays on water.
fn rounded(grid: &Grid, line: &[LonLat]) -> Vec<LonLat> {
    let mut round = vec![line[0]];
    for corner in line.windows(3) {
        let towards = |a: LonLat, b: LonLat| [b[0] + (a[0] - b[0]) * 0.25, b[1] + (a[1] - b[1]) * 0.25];
        let (before, after) = (towards(corner[0], corner[1]), towards(corner[2], corner[1]));
        match is_clear(grid, before, after) {
            true => round.extend([before, after]),
            false => round.push(corner[1]),
        }
    }
    round.push(line[line.len() - 1]);
    round
}

/// The longest stretch of a line over land, in km, and where it begins. Land within `near` km of the ends is
/// ignored, because ports are on land.
pub(crate) fn longest_over_land(line: &[LonLat], near: f64) -> Option<(f64, LonLat)> {
    let (first, last) = (*line.first()?, *line.last()?);
    let detail = if length(line) < 3000.0 { Detail::Fine } else { Detail::Medium };
    let map = Basemap::of(detail);
    let away = |p: LonLat, q: LonLat| angle(p, q) * RADIUS_KM;
    let mut longest: Option<(f64, LonLat)> = None;
    let mut run: Option<(f64, LonLat)> = None;
    for pair in line.windows(2) {
        let km = away(pair[0], pair[1]);
        let parts = libm::ceil(km / PROBE_KM).clamp(1.0, 5000.0);
        for part in 1..=parts as usize {
            let t = part as f64 / parts;
            let point =
                [pair[0][0] + (pair[1][0] - pair[0][0]) * t, pair[0][1] + (pair[1][1] - pair[0][1]) * t];
            let on_land = map.is_land(point)
                && away(point, first) > near
                && away(point, last) > near
                && !is_passage(point);
            run = on_land.then(|| run.map_or((km / parts, point), |(sum, start)| (sum + km / parts, start)));
            if let Some(run) = run.filter(|run| longest.is_none_or(|longest| run.0 > longest.0)) {
                longest = Some(run);
            }
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: LonLat, b: LonLat, km: std::ops::Range<f64>) {
        let way = seaway(a, b).unwrap_or_else(|| panic!("no way from {a:?} to {b:?}"));
        let length = length(&way);
        assert!(km.contains(&length), "{length} km from {a:?} to {b:?}: {way:?}");
        let land = longest_over_land(&way, 45.0).map_or(0.0, |(km, _)| km);
        // The grid of the world knows no headlands of less than half a degree.
        assert!(land < 90.0, "{land} km over land from {a:?} to {b:?}: {way:?}");
    }

    #[test]
    fn ways_around_the_land() {
        check([130.29, 42.25], [132.338, 42.88], 180.0..260.0); // Najin to Dunay
        check([106.9, -6.1], [103.8, 1.25], 850.0..1100.0); // Jakarta to Singapore
        check([4.1, 51.95], [103.8, 1.25], 15000.0..17500.0); // Rotterdam to Singapore, by Suez
        check([139.8, 35.4], [-79.5, 8.9], 13000.0..15500.0); // Tokyo to Balboa, over the antimeridian
        check([28.9, 41.0], [30.75, 46.45], 600.0..800.0); // Istanbul to Odesa
        check([-74.0, 40.5], [-118.2, 33.7], 8500.0..10500.0); // New York to Los Angeles, by Panama
    }

    #[test]
    fn there_is_no_way_inland() {
        assert_eq!(seaway([40.125, 45.855], [132.338, 42.88]), None);
        assert_eq!(seaway([104.0, 52.0], [92.0, 56.0]), None);
    }
}
