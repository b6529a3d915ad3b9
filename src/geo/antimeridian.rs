//! Cuts lines at the antimeridian, as RFC 7946 (section 3.1.9) requires.

use super::{LonLat, beside};

/// The parts of a line, each with longitudes within -180 to 180. The line's longitudes must not jump.
pub(crate) fn cut(line: &[LonLat]) -> Vec<Vec<LonLat>> {
    let turn = |lon: f64| libm::floor((lon + 180.0) / 360.0);
    let mut parts: Vec<Vec<LonLat>> = Vec::new();
    let mut part: Vec<LonLat> = Vec::new();
    let mut last: Option<(LonLat, f64)> = None;
    for &point in line {
        let at = turn(point[0]);
        if let Some((before, turned)) = last.filter(|(_, turned)| *turned != at) {
            let edge = 360.0 * turned.max(at) - 180.0;
            let t = (edge - before[0]) / (point[0] - before[0]);
            let lat = before[1] + (point[1] - before[1]) * t;
            let side = if at > turned { 180.0 } else { -180.0 };
            part.push([side, lat]);
            parts.push(std::mem::take(&mut part));
            part.push([-side, lat]);
        }
        part.push([point[0] - 360.0 * at, point[1]]);
        last = Some((point, at));
    }
    parts.push(part);
    for part in &mut parts {
        part.dedup();
    }
    // A line that only touches the antimeridian leaves a part with one point.
    parts.retain(|part| part.len() > 1);
    parts
}

/// The longitude within -180 to 180, on the same side of the antimeridian.
pub(crate) fn within(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { beside(lon, 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_over_the_pacific_is_two() {
        let parts = cut(&[[170.0, 0.0], [190.0, 10.0], [200.0, 10.0]]);
        assert_eq!(
            parts,
            [vec![[170.0, 0.0], [180.0, 5.0]], vec![[-180.0, 5.0], [-170.0, 10.0], [-160.0, 10.0]]]
        );
        let back = cut(&[[-170.0, 0.0], [-190.0, 10.0]]);
        assert_eq!(back, [vec![[-170.0, 0.0], [-180.0, 5.0]], vec![[180.0, 5.0], [170.0, 10.0]]]);
    }

    #[test]
    fn all_others_are_one() {
        assert_eq!(cut(&[[-10.0, 0.0], [10.0, 10.0]]).len(), 1);
        assert_eq!(cut(&[[170.0, 0.0], [180.0, 0.0]]).len(), 1);
    }
}
