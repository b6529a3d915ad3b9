//! Draws land, lakes, borders and the graticule as paths.

use super::frame::Frame;
use super::path::PathWriter;
use crate::geo::basemap::{Border, Ring, is_within};
use crate::geo::clip::{self, Rect};
use crate::geo::{Basemap, Bounds, Detail, LonLat, Projection, RADIUS_KM};

/// Corners whose triangle is smaller than this many square pixels are removed.
const LEAST: f64 = 0.45;

/// Corners closer to the previous one than this many pixels are removed before projection.
const GRAIN: f64 = 0.5;

/// Shapes smaller than this many pixels are left out.
const SPECK: f64 = 0.9;

/// The distance of the point opposite to the centre of an azimuthal map, in units of the projection.
const FARTHEST: f64 = 2.0;

/// The longest edge, in degrees, drawn without intermediate points.
const EDGE: f64 = 2.5;

/// The background of a map, as the `d` of paths in tenths of a pixel.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// The edge of the world, if visible.
    pub globe: Option<String>,
    pub graticule: String,
    pub land: String,
    pub lakes: String,
    pub borders: String,
    /// Contested borders.
    pub contested: String,
}

/// The level of detail for a scale.
pub(crate) fn detail(frame: &Frame) -> Detail {
    match frame.km_per_pixel() {
        km if km < 2.2 => Detail::Fine,
        km if km < 15.0 => Detail::Medium,
        _ => Detail::Coarse,
    }
}

/// The background of a picture.
pub(crate) fn ground(frame: &Frame) -> Ground {
    let map = Basemap::of(detail(frame));
    let (window, round) = frame.window();
    let pixel = (frame.km_per_pixel() / RADIUS_KM).to_degrees();
    let painter = Painter { frame, window, round, edge: frame.rect().grown(4.0), pixel };
    let paths = |contested: bool| {
        let mut path = PathWriter::tenths();
        for border in map.borders.iter().filter(|border| border.contested == contested) {
            painter.border(border, &mut path);
        }
        path.d
    };
    let (borders, contested) = (paths(false), paths(true));
    Ground {
        globe: frame.is_world().then(|| painter.globe()),
        graticule: painter.graticule(),
        land: painter.rings(&map.land),
        lakes: painter.rings(&map.lakes),
        borders,
        contested,
    }
}

struct Painter<'a> {
    frame: &'a Frame,
    /// The visible area, in degrees.
    window: Bounds,
    /// Whether all longitudes are visible.
    round: bool,
    /// The drawn area in pixels: the picture and a margin.
    edge: Rect,
    /// Degrees of latitude per pixel, in the middle.
    pixel: f64,
}

impl Painter<'_> {
    /// The shifts in longitude at which a shape may be visible.
    fn shifts(&self) -> &'static [f64] {
        match self.round && !self.frame.projection.has_seam() {
            // Around a pole, where all longitudes meet, each shape is visible only once.
            true => &[0.0],
            false => &[-360.0, 0.0, 360.0],
        }
    }

    fn degrees(&self) -> Rect {
        let Bounds { west, south, east, north } = self.window;
        let (west, east) = if self.shifts().len() == 1 { (-1e4, 1e4) } else { (west, east) };
        Rect { low: [west, south], high: [east, north] }
    }

    fn rings(&self, rings: &[Ring]) -> String {
        let mut path = PathWriter::tenths();
        let degrees = self.degrees();
        let is_single = self.shifts().len() == 1;
        let window = Bounds { west: degrees.low[0], east: degrees.high[0], ..self.window };
        // No projection here enlarges anything to more than twice its size in the middle.
        let speck = SPECK * self.pixel / 2.0;
        let is_seen = |b: &Bounds| b.east - b.west > speck || b.north - b.south > speck;
        let mut points = Vec::new();
        for ring in rings.iter().filter(|ring| is_seen(&ring.bounds)) {
            for &shift in self.shifts() {
                if !window.meets(&ring.bounds, shift) {
                    continue;
                }
                points.clear();
                ring.around(&window, shift, &mut points);
                if is_single {
                    // The edges along the pole that close an outline around it are not coast.
                    points.retain(|point| point[1].abs() < 90.0);
                }
                clip::thin(&mut points, GRAIN * self.pixel);
                let seen = clip::polygon(std::mem::take(&mut points), &degrees);
                let flat = self.flat(&seen, true);
                let seen = clip::polygon(flat, &self.edge);
                self.write(&seen, &mut path);
            }
        }
        if let Projection::Azimuthal { centre, .. } = self.frame.projection
            && is_single
            && (degrees.low[1]..=degrees.high[1]).contains(&-centre[1])
            && is_within(rings, [centre[0] + 180.0, -centre[1]])
        {
            // The point opposite to the centre is all of the map's edge, so an outline around it that was not cut off
            // above has its inside out. The edge, drawn in the direction of an outline, turns it back.
            self.write(&clip::polygon(self.rim(), &self.edge), &mut path);
        }
        path.d
    }

    /// The edge of an azimuthal map of all the Earth, in the direction in which outlines of land run.
    fn rim(&self) -> Vec<[f64; 2]> {
        const CORNERS: u32 = 180;
        let corner = |at: u32| {
            let (sin, cos) = libm::sincos(f64::from(at) / f64::from(CORNERS) * std::f64::consts::TAU);
            self.frame.pixel([FARTHEST * sin, FARTHEST * cos])
        };
        (0..CORNERS).map(corner).collect()
    }

    fn write(&self, ring: &[[f64; 2]], path: &mut PathWriter) {
        if ring.len() < 3 {
            return;
        }
        let bounds = ring.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, p| {
            [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
        });
        if bounds[2] - bounds[0] < SPECK && bounds[3] - bounds[1] < SPECK {
            return;
        }
        let ring = clip::simplified(ring, LEAST);
        if ring.len() > 2 {
            path.ring(&ring);
        }
    }

    fn border(&self, border: &Border, path: &mut PathWriter) {
        let degrees = self.degrees();
        for &shift in self.shifts() {
            let window = Bounds { west: degrees.low[0], east: degrees.high[0], ..self.window };
            if !window.meets(&border.bounds, shift) {
                continue;
            }
            let mut moved: Vec<LonLat> = border.points.iter().map(|[lon, lat]| [lon + shift, *lat]).collect();
            clip::thin(&mut moved, GRAIN * self.pixel);
            for part in clip::line(&moved, &degrees) {
                self.line(&part, path);
            }
        }
    }

    fn line(&self, points: &[LonLat], path: &mut PathWriter) {
        for part in clip::line(&self.flat(points, false), &self.edge) {
            path.line(&clip::simplified(&part, LEAST));
        }
    }

    /// A line or ring of degrees in pixels, with points added to long edges so they follow the projection.
    fn flat(&self, points: &[LonLat], close: bool) -> Vec<[f64; 2]> {
        let mut flat = Vec::with_capacity(points.len());
        let mut before: Option<[f64; 2]> = None;
        let mut add = |point: LonLat| {
            let place = self.frame.projection.forward(point);
            let way = before.map_or_else(Vec::new, |before| self.around(before, place));
            flat.extend(way.into_iter().chain([place]).map(|place| self.frame.pixel(place)));
            before = Some(place);
        };
        let mut last = if close { points.last().copied() } else { None };
        for &next in points {
            if let Some(last) = last {
                let parts = libm::ceil((next[0] - last[0]).abs().max((next[1] - last[1]).abs()) / EDGE);
                // The edge across the back of the map, which closes an outline around the pole, is not drawn.
                let is_turn = self.shifts().len() == 1 && (next[0] - last[0]).abs() > 300.0;
                for part in 1..if is_turn { 1 } else { parts as usize } {
                    let t = part as f64 / parts;
                    let between = [last[0] + (next[0] - last[0]) * t, last[1] + (next[1] - last[1]) * t];
                    add(between);
                }
            }
            add(next);
            last = Some(next);
        }
        flat
    }

    /// The way along the edge of an azimuthal map between two points near it: a straight line would cross the map.
    /// Empty if the points are not such ones. In units of the projection.
    fn around(&self, from: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
        const STEP: f64 = 0.2;
        let is_far = |[x, y]: [f64; 2]| libm::hypot(x, y) > 0.95 * FARTHEST;
        if !matches!(self.frame.projection, Projection::Azimuthal { .. }) || !is_far(from) || !is_far(to) {
            return Vec::new();
        }
        let turn = libm::atan2(from[0] * to[1] - from[1] * to[0], from[0] * to[0] + from[1] * to[1]);
        let start = libm::atan2(from[1], from[0]);
        let steps = libm::ceil(turn.abs() / STEP) as u32;
        let corner = |at: u32| {
            let (sin, cos) = libm::sincos(start + turn * f64::from(at) / f64::from(steps));
            [FARTHEST * cos, FARTHEST * sin]
        };
        (1..steps).map(corner).collect()
    }

    fn graticule(&self) -> String {
        let Bounds { west, south, east, north } = self.window;
        let span = (east - west).min((north - south) * 2.0);
        let step = match span {
            s if s > 120.0 => 30.0,
            s if s > 60.0 => 20.0,
            s if s > 25.0 => 10.0,
            s if s > 12.0 => 5.0,
            s if s > 5.0 => 2.0,
            s if s > 2.0 => 1.0,
            _ => 0.5,
        };
        let mut path = PathWriter::tenths();
        let multiples = |low: f64, high: f64| {
            let (first, last) = (libm::ceil(low / step) as i64, libm::floor(high / step) as i64);
            (first..=last.min(first + 200)).map(move |at| at as f64 * step)
        };
        let (low, high) = (south.max(-89.9), north.min(89.9));
        for lon in multiples(west, east) {
            self.line(&[[lon, low], [lon, high]], &mut path);
        }
        for lat in multiples(south.max(-89.0), north.min(89.0)) {
            self.line(&[[west, lat], [east, lat]], &mut path);
        }
        path.d
    }

    /// The outline of the world.
    fn globe(&self) -> String {
        let middle = self.frame.projection.middle();
        let corners = [[-180.0, -90.0], [-180.0, 90.0], [180.0, 90.0], [180.0, -90.0]];
        let corners = corners.map(|[lon, lat]| [middle + lon, lat]);
        let mut path = PathWriter::tenths();
        let outline = clip::polygon(self.flat(&corners, true), &self.edge);
        path.ring(&clip::simplified(&outline, LEAST));
        path.d
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Size;
    use crate::map::frame::View;

    /// Whether a pixel is within a path of rings: the winding number, as SVG fills by default.
    fn is_filled(d: &str, [x, y]: [f64; 2]) -> bool {
        let mut winding = 0;
        for ring in d.split('M').filter(|ring| !ring.is_empty()) {
            let numbers = ring.trim_end_matches('z').replace('-', " -").replace('l', " ");
            let numbers: Vec<f64> =
                numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
            let mut at = [0.0; 2];
            let corners: Vec<[f64; 2]> = numbers
                .chunks(2)
                .map(|step| {
                    at = [at[0] + step[0], at[1] + step[1]];
                    at
                })
                .collect();
            for (number, b) in corners.iter().enumerate() {
                let a = corners[(number + corners.len() - 1) % corners.len()];
                let side = (b[0] - a[0]) * (y * 10.0 - a[1]) - (x * 10.0 - a[0]) * (b[1] - a[1]);
                match (a[1] <= y * 10.0, b[1] <= y * 10.0) {
                    (true, false) if side > 0.0 => winding += 1,
                    (false, true) if side < 0.0 => winding -= 1,
                    _ => {}
                }
            }
        }
        winding != 0
    }

    /// The share of pixels, of those not near a coast, where a map has land and sea right.
    fn right(points: &[LonLat], size: &Size) -> (f64, String) {
        let frame = View::around(points).fit(size, [40.0, 30.0]);
        let land = ground(&frame).land;
        let map = Basemap::of(detail(&frame));
        let (mut right, mut all) = (0, 0);
        for (col, row) in (0..24).flat_map(|col| (0..16).map(move |row| (f64::from(col), f64::from(row)))) {
            let pixel = [(col + 0.47) / 24.0 * frame.size[0], (row + 0.53) / 16.0 * frame.size[1]];
            let Some(point) = frame.inverse(pixel) else { continue };
            let near = [[3.0, 0.0], [-3.0, 0.0], [0.0, 3.0], [0.0, -3.0]];
            let near = near.map(|[x, y]| frame.inverse([pixel[0] + x, pixel[1] + y]));
            let is_land = map.is_land(point);
            if near.iter().any(|near| near.is_none_or(|near| map.is_land(near) != is_land)) {
                continue;
            }
            all += 1;
            right += usize::from(is_filled(&land, pixel) == is_land);
        }
        (if all == 0 { 1.0 } else { right as f64 / all as f64 }, format!("{:?}", frame.projection))
    }

    #[test]
    fn land_and_sea_never_change_places() {
        // How many random routes; tests/long/maps asks for more.
        let count = std::env::var("MAP_ROUTES").ok().and_then(|count| count.parse().ok()).unwrap_or(20);
        let mut state = 20_231_013_u64;
        let mut random = |low: f64, high: f64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            low + (high - low) * (state % 1_000_003) as f64 / 1_000_003.0
        };
        let fixed: [Vec<LonLat>; 8] = [
            vec![[31.0, -17.8], [-147.7, 64.8], [-47.9, -15.8]],
            vec![[0.0, 90.0], [0.0, -90.0]],
            vec![[0.0, 90.0], [120.0, 20.0], [-60.0, 15.0]],
            vec![[0.0, -90.0], [166.7, -77.8], [18.4, -33.9]],
            vec![[0.0, -90.0], [-68.3, -54.8], [147.3, -42.9], [18.4, -33.9]],
            vec![[179.5, -17.0], [-179.5, -16.0]],
            vec![[-179.9, 71.0], [179.9, 65.0], [0.0, 89.0]],
            vec![[15.6, 78.2], [-62.3, 82.5], [104.3, 77.7]],
        ];
        let mut wrong = Vec::new();
        for number in 0..count {
            let route = fixed.get(number).cloned().unwrap_or_else(|| {
                let (lon, lat) = (random(-180.0, 180.0), random(-90.0, 90.0));
                let spread = [0.5, 5.0, 40.0, 90.0, 180.0][number % 5];
                let stops = 2 + number % 4;
                (0..stops)
                    .map(|_| {
                        let lat = lat + random(-spread, spread) / 2.0;
                        [crate::geo::beside(lon + random(-spread, spread), 0.0), lat.clamp(-90.0, 90.0)]
                    })
                    .collect()
            });
            let mut line: Vec<LonLat> = Vec::new();
            for pair in route.windows(2) {
                line.extend(crate::geo::geodesic(pair[0], pair[1], 100.0));
            }
            for size in [Size::WIDE, Size::NARROW] {
                let (share, projection) = right(&line, &size);
                if share < 0.985 {
                    wrong.push(format!(
                        "{number}: {:.0} % right on {route:?}, {}, {projection}",
                        share * 100.0,
                        size.class
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    }
}
