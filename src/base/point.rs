//! Points on the Earth.

/// A point in WGS 84, in degrees.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Point {
    /// Latitude, -90 to 90, north positive.
    pub lat: f64,
    /// Longitude, -180 to 180, east positive.
    pub lon: f64,
}
