//! Draws land, lakes, borders and the graticule as paths.

use super::frame::Frame;
use super::path::PathWriter;
use crate::geo::basemap::{Border, Ring};
use crate::geo::clip::{self, Rect};
use crate::geo::{Basemap, Bounds, Detail, LonLat, RADIUS_KM};

/// Corners whose triangle is smaller than this many square pixels are removed.
const LEAST: f64 = 0.45;

/// Corners closer to the previous one than this many pixels are removed before projection.
const GRAIN: f64 = 0.5;

/// Shapes smaller than this many pixels are left out.
const SPECK: f64 = 0.9;

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
        path.d
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
        let mut last = if close { points.last().copied() } else { None };
        for &next in points {
            if let Some(last) = last {
                let parts = libm::ceil((next[0] - last[0]).abs().max((next[1] - last[1]).abs()) / EDGE);
                // The edge across the back of the map, which closes an outline around the pole, is not drawn.
                let is_turn = self.shifts().len() == 1 && (next[0] - last[0]).abs() > 300.0;
                for part in 1..if is_turn { 1 } else { parts as usize } {
                    let t = part as f64 / parts;
                    let between = [last[0] + (next[0] - last[0]) * t, last[1] + (next[1] - last[1]) * t];
                    flat.push(self.frame.pixel(self.frame.projection.forward(between)));
                }
            }
            flat.push(self.frame.pixel(self.frame.projection.forward(next)));
            last = Some(next);
        }
        flat
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
