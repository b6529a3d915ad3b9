//! Projections of the sphere, in units of its radius: x to the right, y up (Snyder, "Map Projections: A
//! Working Manual", USGS Professional Paper 1395, 1987; Šavrič, Patterson and Jenny, "The Equal Earth map
//! projection", 2018).

use super::{LonLat, beside};

/// A projection of a part of the Earth.
#[derive(Clone, Debug, PartialEq)]
pub enum Projection {
    /// Equidistant conic (Snyder, p. 111): for areas wider than high, in middle latitudes.
    Conic {
        /// The central meridian.
        middle: f64,
        /// The cone constant.
        n: f64,
        /// The radius of the equator on the cone.
        g: f64,
    },
    /// Equidistant cylindrical (Snyder, p. 90): instead of the conic near the equator, where the cone has no
    /// apex.
    Cylinder {
        /// The central meridian.
        middle: f64,
        /// The cosine of the standard parallel's latitude.
        scale: f64,
    },
    /// Lambert azimuthal equal-area (Snyder, p. 182): for round areas, and around the poles.
    Azimuthal {
        centre: LonLat,
        /// The sine and the cosine of the centre's latitude.
        turn: [f64; 2],
    },
    /// Equal Earth: for the whole world.
    EqualEarth {
        /// The central meridian.
        middle: f64,
    },
}

const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
const HALF_ROOT_3: f64 = 0.866_025_403_784_438_6;

impl Projection {
    /// The conic projection whose standard parallels are a sixth of the way in from both latitudes.
    pub(crate) fn conic(middle: f64, south: f64, north: f64) -> Projection {
        let inset = (north - south) / 6.0;
        let (low, high) = ((south + inset).to_radians(), (north - inset).to_radians());
        let n = match high - low {
            d if d < 1e-6 => libm::sin(low),
            d => (libm::cos(low) - libm::cos(high)) / d,
        };
        match n.abs() < 0.02 {
            true => Projection::Cylinder { middle, scale: libm::cos((low + high) / 2.0) },
            false => Projection::Conic { middle, n, g: libm::cos(low) / n + low },
        }
    }

    /// The azimuthal projection around a centre.
    pub(crate) fn azimuthal(centre: LonLat) -> Projection {
        let phi = centre[1].to_radians();
        Projection::Azimuthal { centre, turn: [libm::sin(phi), libm::cos(phi)] }
    }

    /// The central meridian.
    pub(crate) fn middle(&self) -> f64 {
        match self {
            Projection::Conic { middle, .. }
            | Projection::Cylinder { middle, .. }
            | Projection::EqualEarth { middle } => *middle,
            Projection::Azimuthal { centre, .. } => centre[0],
        }
    }

    /// Whether the map is cut along the meridian opposite to its [middle](Projection::middle).
    pub(crate) fn has_seam(&self) -> bool {
        !matches!(self, Projection::Azimuthal { .. })
    }

    /// Projects a point. The longitude is not normalised: a point more than 180° from the middle is beyond
    /// the seam.
    pub(crate) fn forward(&self, [lon, lat]: LonLat) -> [f64; 2] {
        let phi = lat.to_radians();
        let lambda = (lon - self.middle()).to_radians();
        match self {
            Projection::Conic { n, g, .. } => {
                let (rho, theta) = (g - phi, n * lambda);
                let (sin, cos) = libm::sincos(theta);
                [rho * sin, g - rho * cos]
            }
            Projection::Cylinder { scale, .. } => [lambda * scale, phi],
            Projection::Azimuthal { turn: [sin, cos], .. } => {
                let ((s, c), (sl, cl)) = (libm::sincos(phi), libm::sincos(lambda));
                let k = libm::sqrt(2.0 / (1.0 + sin * s + cos * c * cl).max(1e-9));
                [k * c * sl, k * (cos * s - sin * c * cl)]
            }
            Projection::EqualEarth { .. } => {
                let theta = libm::asin(HALF_ROOT_3 * libm::sin(phi));
                let (t2, slope) = (theta * theta, slope(theta));
                let t6 = t2 * t2 * t2;
                let y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
                [2.0 * HALF_ROOT_3 * 2.0 / 3.0 * lambda * libm::cos(theta) / slope, y]
            }
        }
    }

    /// The point at a position; `None` if there is none.
    pub(crate) fn inverse(&self, [x, y]: [f64; 2]) -> Option<LonLat> {
        let (lambda, phi) = match self {
            Projection::Conic { n, g, .. } => {
                let rho = libm::copysign(libm::hypot(x, g - y), *n);
                let theta = libm::atan2(libm::copysign(1.0, *n) * x, libm::copysign(1.0, *n) * (g - y));
                (theta / n, g - rho)
            }
            Projection::Cylinder { scale, .. } => (x / scale, y),
            Projection::Azimuthal { turn: [sin, cos], .. } => {
                let rho = libm::hypot(x, y);
                if rho > 2.0 {
                    return None;
                }
                if rho < 1e-12 {
                    return Some([self.middle(), libm::asin(*sin).to_degrees()]);
                }
                let c = 2.0 * libm::asin(rho / 2.0);
                let (sc, cc) = (libm::sin(c), libm::cos(c));
                let phi = libm::asin((cc * sin + y * sc * cos / rho).clamp(-1.0, 1.0));
                (libm::atan2(x * sc, rho * cos * cc - y * sin * sc), phi)
            }
            Projection::EqualEarth { .. } => {
                let mut theta = y / A[0];
                for _ in 0..12 {
                    let t2 = theta * theta;
                    let t6 = t2 * t2 * t2;
                    let excess = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) - y;
                    theta -= excess / slope(theta);
                }
                let sine = libm::sin(theta) / HALF_ROOT_3;
                if sine.abs() > 1.0 {
                    return None;
                }
                let lambda = x * slope(theta) / (libm::cos(theta) * 4.0 * HALF_ROOT_3 / 3.0);
                (lambda, libm::asin(sine))
            }
        };
        let (lon, lat) = (lambda.to_degrees(), phi.to_degrees());
        (lon.abs() <= 180.0 + 1e-9 && lat.abs() <= 90.0 + 1e-9).then(|| [lon + self.middle(), lat])
    }

    /// The point with its longitude as near to the middle as possible.
    pub(crate) fn unrolled(&self, [lon, lat]: LonLat) -> LonLat {
        [beside(lon, self.middle()), lat]
    }
}

/// The derivative of y by theta, on the Equal Earth.
fn slope(theta: f64) -> f64 {
    let t2 = theta * theta;
    let t6 = t2 * t2 * t2;
    A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let all = [
            Projection::conic(100.0, 40.0, 60.0),
            Projection::conic(-60.0, -50.0, -20.0),
            Projection::conic(175.0, -10.0, 10.0),
            Projection::azimuthal([130.0, 42.0]),
            Projection::azimuthal([0.0, 90.0]),
            Projection::azimuthal([-20.0, -89.0]),
            Projection::EqualEarth { middle: 150.0 },
        ];
        for projection in all {
            for (lon, lat) in (-8..=8).flat_map(|lon| (-8..=8).map(move |lat| (lon * 10, lat * 10))) {
                let point = [projection.middle() + f64::from(lon), f64::from(lat)];
                let Some(back) = projection.inverse(projection.forward(point)) else {
                    panic!("{projection:?} loses {point:?}")
                };
                let near =
                    (beside(back[0], point[0]) - point[0]).abs() < 1e-6 && (back[1] - point[1]).abs() < 1e-6;
                assert!(near, "{projection:?}: {point:?} comes back as {back:?}");
            }
        }
    }
}
