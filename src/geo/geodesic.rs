//! Shortest lines over the Earth (Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013).

use std::sync::LazyLock;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use super::{LonLat, beside};

static EARTH: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Beyond this latitude, longitudes are meaningless.
const POLE: f64 = 89.999;

/// The distance in km.
pub(crate) fn distance(a: LonLat, b: LonLat) -> f64 {
    let metres: f64 = EARTH.inverse(a[1], a[0], b[1], b[0]);
    metres / 1000.0
}

/// The shortest line, including both ends, with points at most `step` km apart. Longitudes do not jump.
pub(crate) fn geodesic(a: LonLat, b: LonLat, step: f64) -> Vec<LonLat> {
    let (metres, azimuth, _, _): (f64, f64, f64, f64) = EARTH.inverse(a[1], a[0], b[1], b[0]);
    let parts = libm::ceil(metres / 1000.0 / step).clamp(1.0, 2000.0);
    let mut line = vec![a];
    for part in 1..parts as usize {
        let (lat, lon): (f64, f64) = EARTH.direct(a[1], a[0], azimuth, metres * part as f64 / parts);
        let lon = beside(lon, line.last().map_or(lon, |last| last[0]));
        line.push([lon, lat]);
    }
    line.push([beside(b[0], line[line.len() - 1][0]), b[1]]);
    // A pole has any longitude; use that of the preceding point.
    let last = line.len() - 1;
    if last > 0 && b[1].abs() > POLE {
        line[last][0] = line[last - 1][0];
    }
    if last > 0 && a[1].abs() > POLE {
        line[0][0] = line[1][0];
    }
    line
}

/// The length of a line in km.
pub(crate) fn length(line: &[LonLat]) -> f64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// The angle between two points in radians, on the sphere: fast, for comparisons.
pub(crate) fn angle(a: LonLat, b: LonLat) -> f64 {
    let (phi, other) = (a[1].to_radians(), b[1].to_radians());
    let (dphi, dlambda) = ((other - phi) / 2.0, (b[0] - a[0]).to_radians() / 2.0);
    let (s, t) = (libm::sin(dphi), libm::sin(dlambda));
    2.0 * libm::asin(libm::sqrt((s * s + libm::cos(phi) * libm::cos(other) * t * t).min(1.0)))
}

/// A point as a vector of the unit sphere.
pub(crate) fn unit([lon, lat]: LonLat) -> [f64; 3] {
    let (lambda, phi) = (lon.to_radians(), lat.to_radians());
    let c = libm::cos(phi);
    [c * libm::cos(lambda), c * libm::sin(lambda), libm::sin(phi)]
}

/// The point on the lines that is nearest to `point`, and its distance in km.
pub(crate) fn nearest<'a>(point: LonLat, lines: impl Iterator<Item = &'a [LonLat]>) -> Option<(LonLat, f64)> {
    let scale = libm::cos(point[1].to_radians()).max(0.01);
    let flat = |p: LonLat| [(beside(p[0], point[0]) - point[0]) * scale, p[1] - point[1]];
    let mut best: Option<(f64, LonLat)> = None;
    for pair in lines.flat_map(|line| line.windows(2)) {
        let (a, b) = (flat(pair[0]), flat(pair[1]));
        let d = [b[0] - a[0], b[1] - a[1]];
        let square = d[0] * d[0] + d[1] * d[1];
        let t = if square > 0.0 { (-(a[0] * d[0] + a[1] * d[1]) / square).clamp(0.0, 1.0) } else { 0.0 };
        let near = [a[0] + d[0] * t, a[1] + d[1] * t];
        let far = near[0] * near[0] + near[1] * near[1];
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, [near[0] / scale + point[0], near[1] + point[1]]));
        }
    }
    best.map(|(_, near)| (near, distance(point, near)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        // Najin to Dunay, Dunay to Tikhoretsk, and half around the Earth.
        assert_eq!(distance([130.29, 42.25], [132.338, 42.88]).round(), 182.0);
        assert_eq!(distance([132.338, 42.88], [40.125, 45.855]).round(), 6919.0);
        assert_eq!(distance([0.0, 90.0], [0.0, -90.0]).round(), 20004.0);
    }

    #[test]
    fn a_line_over_the_antimeridian_does_not_jump() {
        let line = geodesic([170.0, 10.0], [-170.0, 20.0], 100.0);
        assert!(line.windows(2).all(|pair| (pair[1][0] - pair[0][0]).abs() < 2.0));
        assert_eq!(line[line.len() - 1], [190.0, 20.0]);
    }
}
