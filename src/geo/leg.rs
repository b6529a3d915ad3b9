//! The line of one leg of a route.

use super::geodesic::{geodesic, length};
use super::seaway::seaway;
use super::{LonLat, beside, distance};

/// The maximum distance between the points of a drawn line, in km.
const STEP_KM: f64 = 60.0;

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
}

impl Line {
    /// The line from `a` to `b`: along `path` if given, by water if `by_sea`, otherwise the shortest.
    pub fn between(a: LonLat, b: LonLat, path: Option<&[LonLat]>, by_sea: bool) -> Line {
        let direct_km = distance(a, b);
        let (corners, course) = match path {
            Some(path) if !path.is_empty() => (along(a, b, path), Course::Given),
            _ if by_sea => match seaway(a, b) {
                Some(way) => (way, Course::Seaway),
                None => (vec![a, b], Course::NoSeaway),
            },
            _ => (vec![a, b], Course::Shortest),
        };
        let km = if corners.len() == 2 { direct_km } else { length(&corners) };
        let step = (km / 90.0).clamp(2.0, STEP_KM);
        let mut points: Vec<LonLat> = vec![corners[0]];
        for pair in corners.windows(2) {
            let part = geodesic(pair[0], pair[1], step);
            let start = points[points.len() - 1][0];
            let shift = beside(part[0][0], start) - part[0][0];
            points.extend(part.into_iter().skip(1).map(|[lon, lat]| [lon + shift, lat]));
        }
        Line { points, course, direct_km, km }
    }
}

/// The author's points between the two stops, in the direction of travel. A stop at the path's own end is not
/// repeated.
fn along(a: LonLat, b: LonLat, path: &[LonLat]) -> Vec<LonLat> {
    let (first, last) = (path[0], path[path.len() - 1]);
    let is_backward = distance(first, a) + distance(last, b) > distance(first, b) + distance(last, a);
    let mut path = path.to_vec();
    if is_backward {
        path.reverse();
    }
    let mut corners = vec![a];
    corners.extend(path);
    corners.push(b);
    corners.dedup_by(|next, last| distance(*next, *last) < 0.05);
    if corners.len() == 1 {
        corners.push(b);
    }
    corners
}
