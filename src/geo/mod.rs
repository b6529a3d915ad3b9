//! The Earth's geometry: distances, lines over its surface, land and water, projections. Plain numbers in and
//! out; [`map`](crate::map) draws.
//!
//! Distances and lines are on the WGS 84 ellipsoid (Karney 2013, by `geographiclib-rs`); projections use the
//! sphere of equal area, which makes no visible difference in a map of a page's size. Trigonometric functions
//! are from `libm`, so every machine draws the same bytes.

pub(crate) mod antimeridian;
pub(crate) mod basemap;
pub(crate) mod cells;
pub(crate) mod clip;
mod frontier;
pub mod gazetteer;
pub(crate) mod geodesic;
pub(crate) mod grid;
pub(crate) mod leg;
pub(crate) mod ocean;
pub(crate) mod projection;
pub(crate) mod seaway;
pub(crate) mod territory;
pub(crate) mod track;

pub(crate) use basemap::{Basemap, Detail};
pub(crate) use geodesic::{distance, geodesic};
pub(crate) use leg::Course;
pub use leg::Line;
pub(crate) use projection::Projection;

/// Longitude and latitude in degrees, in this order, as in GeoJSON. The longitude of a line that crosses the
/// antimeridian may exceed -180 to 180.
pub(crate) type LonLat = [f64; 2];

/// The radius in km of the sphere with the Earth's surface area.
pub(crate) const RADIUS_KM: f64 = 6_371.007_2;

/// The equivalent longitude within 180° of another.
#[inline]
pub fn beside(lon: f64, other: f64) -> f64 {
    let apart = other - lon;
    // Nearly always, and this runs for each point of each outline.
    if apart.abs() < 180.0 {
        return lon;
    }
    lon + 360.0 * libm::round(apart / 360.0)
}

/// A rectangle in degrees.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Bounds {
    /// The minimum longitude.
    pub west: f64,
    /// The minimum latitude.
    pub south: f64,
    /// The maximum longitude.
    pub east: f64,
    /// The maximum latitude.
    pub north: f64,
}

impl Bounds {
    /// The bounding box of all points; without points, an empty one.
    pub(crate) fn of(points: &[LonLat]) -> Bounds {
        let nothing = Bounds { west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };
        points.iter().fold(nothing, |b, p| Bounds {
            west: b.west.min(p[0]),
            south: b.south.min(p[1]),
            east: b.east.max(p[0]),
            north: b.north.max(p[1]),
        })
    }

    /// Whether the two overlap, the second moved eastward by `shift` degrees.
    pub(crate) fn meets(&self, other: &Bounds, shift: f64) -> bool {
        self.west <= other.east + shift
            && other.west + shift <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether a point is inside.
    pub(crate) fn holds(&self, [lon, lat]: LonLat) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}
