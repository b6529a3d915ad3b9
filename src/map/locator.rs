//! Small locator maps: a cut-out of one picture of the world that all pages share.

use serde::Serialize;

use crate::geo::{Bounds, LonLat, beside};

/// The width and height, in CSS pixels.
const SIZE: [f64; 2] = [320.0, 210.0];

/// The minimum number of degrees of latitude.
const LEAST: f64 = 26.0;

/// A cut-out of the picture of the world, with dots. The picture shows 360° by 180°, north up, with 0° in the
/// middle; the template positions it by these numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Locator {
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// The left edge of the picture: two values if the area crosses the antimeridian.
    pub left: Vec<f64>,
    /// The top edge of the picture.
    pub top: f64,
    /// The width of the picture.
    pub across: f64,
    /// The height of the picture.
    pub down: f64,
    /// The dots: distance from the left and from the top.
    pub dots: Vec<[f64; 2]>,
}

/// A locator for these points. `None` if there are none.
pub(crate) fn locator(points: &[LonLat]) -> Option<Locator> {
    let first = points.first()?;
    let points: Vec<LonLat> = points.iter().map(|[lon, lat]| [beside(*lon, first[0]), *lat]).collect();
    let bounds = Bounds::of(&points);
    let centre = [(bounds.west + bounds.east) / 2.0, (bounds.south + bounds.north) / 2.0];
    // Degrees of longitude have the width that they have in the middle of the picture.
    let squeeze = libm::cos(centre[1].to_radians()).max(0.2);
    let high = ((bounds.north - bounds.south) * 1.6)
        .max((bounds.east - bounds.west) * squeeze * 1.6 * SIZE[1] / SIZE[0]);
    let degree = SIZE[1] / high.clamp(LEAST, 180.0);
    let (across, down) = (360.0 * degree * squeeze, 180.0 * degree);
    let tenth = |value: f64| libm::round(value * 10.0) / 10.0;
    // The area does not extend beyond the poles.
    let half = SIZE[1] / degree / 2.0;
    let lat = if half >= 90.0 { 0.0 } else { centre[1].clamp(half - 90.0, 90.0 - half) };
    let x = |lon: f64| tenth(SIZE[0] / 2.0 + (lon - centre[0]) * degree * squeeze);
    let y = |at: f64| tenth(SIZE[1] / 2.0 + (lat - at) * degree);
    let start = beside(-180.0, centre[0] - 180.0);
    let lefts = [-360.0, 0.0, 360.0].map(|turn| x(start + turn));
    let left = lefts.into_iter().filter(|left| *left < SIZE[0] && left + across > 0.0).collect();
    let mut dots: Vec<[f64; 2]> = points.iter().map(|[lon, lat]| [x(*lon), y(*lat)]).collect();
    dots.dedup();
    let [width, height] = SIZE;
    Some(Locator { width, height, left, top: y(90.0), across: tenth(across), down: tenth(down), dots })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dot_is_in_the_picture() {
        for (lon, lat) in (-18..=18).flat_map(|lon| (-9..=9).map(move |lat| (lon * 10, lat * 10))) {
            let point = [f64::from(lon), f64::from(lat)];
            let Some(map) = locator(&[point, [point[0] + 1.0, point[1]]]) else { panic!("{point:?}") };
            for [x, y] in &map.dots {
                assert!(
                    (0.0..=map.width).contains(x) && (0.0..=map.height).contains(y),
                    "{point:?}: {map:?}"
                );
            }
            let covered =
                map.left.iter().any(|left| *left <= map.dots[0][0] && map.dots[0][0] <= left + map.across);
            assert!(covered, "{point:?}: {map:?}");
        }
    }
}
