//! The line of one leg of a route.

use super::geodesic::{geodesic, length};
use super::seaway::seaway;
use super::{LonLat, beside, distance};

/// How far apart the points of a drawn line are at most, in km.
const STEP_KM: f64 = 60.0;

/// How a line was found.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Course {
    /// The author gives it.
    Given,
    /// A way by water that the program found.
    Seaway,
    /// The shortest line over the Earth.
    Shortest,
    /// The shortest line, for there was no way by water.
    NoSeaway,
}

/// A line over the Earth, from stop to stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Without jumps in longitude.
    pub points: Vec<LonLat>,
    /// How it was found.
    pub course: Course,
    /// The distance of its ends in km.
    pub direct_km: f64,
    /// Its own length in km.
    pub km: f64,
}

impl Line {
    /// The line from `a` to `b`: along `path` where it is given, by water where it is `by_sea`, else the
    /// shortest.
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

/// The author's points between the two stops, in the order of the voyage. A stop that the path begins or ends
/// with is not visited twice.
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
