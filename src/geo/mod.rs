//! The Earth's geometry: distances, lines over its surface, land and water, projections. Plain numbers in and
//! out; [`map`](crate::map) draws.
//!
//! Distances and lines are on the WGS 84 ellipsoid (Karney 2013, by `geographiclib-rs`); projections use the
//! sphere of equal area, which makes no visible difference in a map of a page's size. Trigonometric functions
//! are from `libm`, so every machine draws the same bytes.

pub mod antimeridian;
pub mod basemap;
pub mod clip;
mod frontier;
pub mod geodesic;
pub mod grid;
pub mod leg;
pub mod ocean;
pub mod projection;
pub mod seaway;
pub mod track;

pub use basemap::{Basemap, Detail};
pub use geodesic::{distance, geodesic};
pub use leg::{Course, Line};
pub use projection::Projection;

/// Longitude and latitude in degrees, in this order, as in GeoJSON. The longitude of a line that crosses the
/// antimeridian may exceed -180 to 180.
pub type LonLat = [f64; 2];

/// The radius in km of the sphere with the Earth's surface area.
pub const RADIUS_KM: f64 = 6_371.007_2;

/// The equivalent longitude within 180° of another.
pub fn beside(lon: f64, other: f64) -> f64 {
    lon + 360.0 * libm::round((other - lon) / 360.0)
}

/// A rectangle in degrees.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Bounds {
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
    pub fn of(points: &[LonLat]) -> Bounds {
        let nothing = Bounds { west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };
        points.iter().fold(nothing, |b, p| Bounds {
            west: b.west.min(p[0]),
            south: b.south.min(p[1]),
            east: b.east.max(p[0]),
            north: b.north.max(p[1]),
        })
    }

    /// Whether the two overlap, the second moved eastward by `shift` degrees.
    pub fn meets(&self, other: &Bounds, shift: f64) -> bool {
        self.west <= other.east + shift
            && other.west + shift <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether a point is inside.
    pub fn holds(&self, [lon, lat]: LonLat) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}
