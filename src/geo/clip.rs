//! Clips shapes to a rectangle of degrees or of pixels.

use super::LonLat;
use super::frontier::Frontier;

/// A rectangle: minimum and maximum of the first coordinate, then of the second.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Rect {
    /// The minimum.
    pub low: [f64; 2],
    /// The maximum.
    pub high: [f64; 2],
}

impl Rect {
    /// Whether a point is inside.
    pub(crate) fn holds(&self, p: [f64; 2]) -> bool {
        (0..2).all(|axis| self.low[axis] <= p[axis] && p[axis] <= self.high[axis])
    }

    /// Whether two rectangles overlap.
    pub(crate) fn meets(&self, other: &Rect) -> bool {
        (0..2).all(|axis| self.low[axis] < other.high[axis] && other.low[axis] < self.high[axis])
    }

    /// The rectangle enlarged on each side.
    pub(crate) fn grown(&self, by: f64) -> Rect {
        Rect { low: self.low.map(|v| v - by), high: self.high.map(|v| v + by) }
    }
}

/// The part of a polygon within the rectangle (Sutherland and Hodgman, 1974). If it falls apart, edges along
/// the rectangle's sides connect its parts.
pub(crate) fn polygon(points: Vec<[f64; 2]>, rect: &Rect) -> Vec<[f64; 2]> {
    let mut points = points;
    for axis in 0..2 {
        points = half(points, axis, rect.low[axis], 1.0);
        points = half(points, axis, rect.high[axis], -1.0);
    }
    points
}

/// The part on one side of an axis-parallel line.
fn half(points: Vec<[f64; 2]>, axis: usize, bound: f64, side: f64) -> Vec<[f64; 2]> {
    let inside = |p: [f64; 2]| (p[axis] - bound) * side >= 0.0;
    if points.iter().all(|p| inside(*p)) {
        return points;
    }
    let mut out = Vec::with_capacity(points.len());
    let Some(mut last) = points.last().copied() else { return out };
    for next in points {
        if inside(last) != inside(next) {
            let t = (bound - last[axis]) / (next[axis] - last[axis]);
            let mut cut = [last[0] + (next[0] - last[0]) * t, last[1] + (next[1] - last[1]) * t];
            cut[axis] = bound;
            out.push(cut);
        }
        if inside(next) {
            out.push(next);
        }
        last = next;
    }
    out
}

/// The parts of a line within the rectangle (Liang and Barsky, 1984, for each of its segments).
pub(crate) fn line(points: &[[f64; 2]], rect: &Rect) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((start, end)) = segment(pair[0], pair[1], rect) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open => part.push(end),
            _ => parts.push(vec![start, end]),
        }
        open = end == pair[1];
    }
    parts
}

/// The part of a segment within the rectangle.
pub(crate) fn segment(a: [f64; 2], b: [f64; 2], rect: &Rect) -> Option<([f64; 2], [f64; 2])> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let d = b[axis] - a[axis];
        let (low, high) = (rect.low[axis] - a[axis], rect.high[axis] - a[axis]);
        if d == 0.0 {
            if low > 0.0 || high < 0.0 {
                return None;
            }
            continue;
        }
        let (enter, leave) = if d > 0.0 { (low / d, high / d) } else { (high / d, low / d) };
        from = from.max(enter);
        to = to.min(leave);
    }
    let at = |t: f64| match t {
        0.0 => a,
        1.0 => b,
        _ => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
    };
    (from <= to).then(|| (at(from), at(to)))
}

/// Simplifies a line or ring: removes points whose triangle with their neighbours is smaller than `least`,
/// the smallest first (Visvalingam and Whyatt, 1993). Keeps the ends.
pub(crate) fn simplified(points: &[[f64; 2]], least: f64) -> Vec<[f64; 2]> {
    /// The area that marks a removed point.
    const GONE: f32 = -1.0;
    let count = points.len();
    if count < 3 {
        return points.to_vec();
    }
    let least = least as f32;
    let area = |a: u32, b: u32, c: u32| {
        let (a, b, c) = (points[a as usize], points[b as usize], points[c as usize]);
        (((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0) as f32
    };
    let last = count as u32 - 1;
    let mut areas = vec![f32::INFINITY; count];
    let mut small = Frontier::default();
    for at in 1..last {
        let size = area(at - 1, at, at + 1);
        areas[at as usize] = size;
        if size < least {
            small.push(size, at);
        }
    }
    let mut links: Vec<[u32; 2]> = (0..=last).map(|at| [at.saturating_sub(1), at + 1]).collect();
    while let Some((size, at)) = small.pop() {
        if areas[at as usize] != size {
            continue;
        }
        areas[at as usize] = GONE;
        let [before, after] = links[at as usize];
        links[before as usize][1] = after;
        links[after as usize][0] = before;
        for neighbour in [before, after].into_iter().filter(|at| (1..last).contains(at)) {
            let [a, c] = links[neighbour as usize];
            let size = area(a, neighbour, c).max(size);
            areas[neighbour as usize] = size;
            if size < least {
                small.push(size, neighbour);
            }
        }
    }
    points.iter().zip(&areas).filter(|(_, area)| **area != GONE).map(|(point, _)| *point).collect()
}

/// Removes points that are closer to the last kept one than `grain` degrees of latitude, too close to be
/// distinguished. Keeps the first and the last.
pub(crate) fn thin(points: &mut Vec<LonLat>, grain: f64) {
    let Some((&first, &last)) = points.first().zip(points.last()) else { return };
    let mut kept = first;
    points.retain(|&point| {
        // The cosine of the latitude, or slightly more.
        let shrink = 1.0 - point[1] * point[1] / 8100.0;
        let (dx, dy) = ((point[0] - kept[0]) * shrink, point[1] - kept[1]);
        let stays = dx * dx + dy * dy >= grain * grain || point == first || point == last;
        if stays {
            kept = point;
        }
        stays
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { low: [0.0, 0.0], high: [1.0, 1.0] };

    #[test]
    fn a_polygon_around_the_rectangle_fills_it() {
        let cut = polygon(vec![[-1.0, -1.0], [2.0, -1.0], [2.0, 2.0], [-1.0, 2.0]], &UNIT);
        assert_eq!(cut.len(), 4);
        assert!(cut.iter().all(|p| UNIT.holds(*p)));
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two() {
        let parts = line(&[[0.5, 0.5], [2.0, 0.5], [2.0, 0.8], [0.5, 0.8]], &UNIT);
        assert_eq!(parts, [vec![[0.5, 0.5], [1.0, 0.5]], vec![[1.0, 0.8], [0.5, 0.8]]]);
    }

    #[test]
    fn points_close_together_are_one() {
        let mut coast =
            vec![[0.0, 60.0], [0.15, 60.0], [0.3, 60.0], [0.3, 60.05], [0.3, 60.12], [0.31, 60.12]];
        thin(&mut coast, 0.1);
        assert_eq!(coast, [[0.0, 60.0], [0.3, 60.0], [0.3, 60.12], [0.31, 60.12]]);
    }

    #[test]
    fn small_corners_go() {
        let line = [[0.0, 0.0], [1.0, 0.01], [2.0, 0.0], [3.0, 5.0], [4.0, 0.0]];
        assert_eq!(simplified(&line, 0.5).len(), 4);
    }
}
