//! The Earth's geometry: distances, lines over its surface, land and water, projections. Plain numbers in and
//! out; drawing is [`map`](crate::map)'s.
//!
//! Distances and lines are those of the WGS 84 ellipsoid (Karney 2013, by `geographiclib-rs`); projections
//! are of the sphere of the same surface, which no map of a page's size tells apart. Trigonometry is
//! `libm`'s, so that every machine draws the same bytes.

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

/// A longitude and a latitude in degrees, in this order, as GeoJSON has them. Where lines cross the
/// antimeridian the longitude may leave -180 to 180.
pub type LonLat = [f64; 2];

/// The radius in km of the sphere that has the Earth's surface.
pub const RADIUS_KM: f64 = 6_371.007_2;

/// A longitude brought within 180° of another.
pub fn beside(lon: f64, other: f64) -> f64 {
    lon + 360.0 * libm::round((other - lon) / 360.0)
}

/// A rectangle in degrees.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Bounds {
    /// The least longitude.
    pub west: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// The smallest that holds all points. Without any, one that holds nothing.
    pub fn of(points: &[LonLat]) -> Bounds {
        let nothing = Bounds { west: f64::MAX, south: f64::MAX, east: f64::MIN, north: f64::MIN };
        points.iter().fold(nothing, |b, p| Bounds {
            west: b.west.min(p[0]),
            south: b.south.min(p[1]),
            east: b.east.max(p[0]),
            north: b.north.max(p[1]),
        })
    }

    /// Whether the two have something in common, the second moved eastward by `shift` degrees.
    pub fn meets(&self, other: &Bounds, shift: f64) -> bool {
        self.west <= other.east + shift
            && other.west + shift <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether a point is in it.
    pub fn holds(&self, [lon, lat]: LonLat) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }
}
