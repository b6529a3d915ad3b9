//! The line of one leg of a route.

use std::ops::Range;

use super::geodesic::{geodesic, length};
use super::seaway::seaway;
use super::track::Track;
use super::{LonLat, beside, distance};

/// The maximum distance between the points of a drawn line, in km.
const STEP_KM: f64 = 60.0;

/// How far apart two parts of a path may be to count as one, in km.
const GAP_KM: f64 = 1.0;

/// Where a line comes from.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Course {
    /// The author gave it.
    Given,
    /// A sea route that the program calculated.
    Seaway,
    /// The shortest line over the Earth.
    Shortest,
    /// The shortest line, because there is no route by water.
    NoSeaway,
}

/// A line over the Earth, from stop to stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Without jumps in longitude.
    pub points: Vec<LonLat>,
    /// Where the line comes from.
    pub(crate) course: Course,
    /// The distance between its ends, in km.
    pub direct_km: f64,
    /// The length of the line in km.
    pub km: f64,
    /// The stretches of [`points`](Line::points) that a given path leaves out, each with the points at both of its
    /// ends: straight lines that nobody reported.
    pub(crate) gaps: Vec<Range<usize>>,
}

impl Line {
    /// The line from `a` to `b`: by water if `by_sea`, otherwise the shortest.
    pub fn between(a: LonLat, b: LonLat, by_sea: bool) -> Line {
        let (corners, course) = match by_sea.then(|| seaway(a, b)) {
            Some(Some(way)) => (way, Course::Seaway),
            Some(None) => (vec![a, b], Course::NoSeaway),
            None => (vec![a, b], Course::Shortest),
        };
        Line::through(&corners, &[], course)
    }

    /// The line from `a` to `b` through the points that an author wrote.
    pub(crate) fn via(a: LonLat, b: LonLat, points: &Track) -> Line {
        let (corners, _) = along(a, b, points);
        Line::through(&corners, &[], Course::Given)
    }

    /// The line from `a` to `b` along a recorded path, with gaps where it has none.
    pub(crate) fn along(a: LonLat, b: LonLat, path: &Track) -> Line {
        let (corners, gaps) = along(a, b, path);
        Line::through(&corners, &gaps, Course::Given)
    }

    /// `gaps` has the corners before gaps.
    fn through(corners: &[LonLat], gaps: &[usize], course: Course) -> Line {
        let (a, b) = (corners[0], corners[corners.len() - 1]);
        let direct_km = distance(a, b);
        let km = if corners.len() == 2 { direct_km } else { length(corners) };
        let step = (km / 90.0).clamp(2.0, STEP_KM);
        let mut points: Vec<LonLat> = vec![a];
        let mut ranges = Vec::new();
        for (at, pair) in corners.windows(2).enumerate() {
            let part = geodesic(pair[0], pair[1], step);
            let start = points.len() - 1;
            let shift = beside(part[0][0], points[start][0]) - part[0][0];
            points.extend(part.into_iter().skip(1).map(|[lon, lat]| [lon + shift, lat]));
            if gaps.contains(&at) {
                ranges.push(start..points.len());
            }
        }
        Line { points, course, direct_km, km, gaps: ranges }
    }

    /// The stretches that are known, and those that are gaps, each in the order of travel.
    pub(crate) fn stretches(&self) -> [Vec<&[LonLat]>; 2] {
        let starts = [0].into_iter().chain(self.gaps.iter().map(|gap| gap.end - 1));
        let ends = self.gaps.iter().map(|gap| gap.start + 1).chain([self.points.len()]);
        let known = starts.zip(ends).map(|(start, end)| &self.points[start..end]);
        let gaps = self.gaps.iter().map(|gap| &self.points[gap.clone()]);
        // Between two gaps, or before the first one, there may be nothing.
        let is_line = |stretch: &&[LonLat]| stretch.len() > 1 || self.gaps.is_empty();
        [known.filter(is_line).collect(), gaps.collect()]
    }
}

/// Whether a path leads from `b` to `a`.
pub(crate) fn is_backward(a: LonLat, b: LonLat, path: &Track) -> bool {
    let (Some(first), Some(last)) = (path.points().next(), path.points().next_back()) else { return false };
    distance(first, a) + distance(last, b) > distance(first, b) + distance(last, a)
}

/// The path's points between the two stops, in the direction of travel, and the numbers of those after which there is
/// a gap. A stop at the path's own end is not repeated.
fn along(a: LonLat, b: LonLat, path: &Track) -> (Vec<LonLat>, Vec<usize>) {
    let mut parts = path.parts.clone();
    if is_backward(a, b, path) {
        parts.reverse();
        parts.iter_mut().for_each(|part| part.reverse());
    }
    let parts = [vec![a]].into_iter().chain(parts).chain([vec![b]]);
    let mut corners: Vec<LonLat> = Vec::new();
    let mut gaps = Vec::new();
    for part in parts {
        for (at, point) in part.into_iter().enumerate() {
            let Some(&last) = corners.last() else {
                corners.push(point);
                continue;
            };
            let km = distance(last, point);
            if km < 0.05 {
                continue;
            }
            if at == 0 && km > GAP_KM {
                gaps.push(corners.len() - 1);
            }
            corners.push(point);
        }
    }
    if corners.len() == 1 {
        corners.push(b);
    }
    (corners, gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_leaves_out_is_a_gap() {
        let parts = vec![vec![[0.1, 0.0], [1.0, 0.0]], vec![[2.0, 0.0], [3.0, 0.0]]];
        let track = Track { parts, times: None };
        let line = Line::along([0.0, 0.0], [3.0, 0.0], &track);
        let ends = |stretch: &&[LonLat]| [stretch[0][0], stretch[stretch.len() - 1][0]];
        let [known, gaps] = line.stretches().map(|all| all.iter().map(ends).collect::<Vec<_>>());
        assert_eq!(known, [[0.1, 1.0], [2.0, 3.0]]);
        assert_eq!(gaps, [[0.0, 0.1], [1.0, 2.0]]);
        // The other way round, from a stop at the end of the path.
        let back = Line::along([3.0, 0.0], [0.1, 0.0], &track);
        let [known, gaps] = back.stretches().map(|all| all.iter().map(ends).collect::<Vec<_>>());
        assert_eq!((known, gaps), (vec![[3.0, 2.0], [1.0, 0.1]], vec![[2.0, 1.0]]));
        let written = Line::via([0.0, 0.0], [3.0, 0.0], &Track::of(vec![[1.5, 1.0]]));
        assert_eq!((written.stretches()[0].len(), written.stretches()[1].len()), (1, 0));
    }
}
