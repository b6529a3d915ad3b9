//! Chooses the part of the Earth that a map shows, and its projection.

use super::{Size, Spec};
use crate::geo::clip::Rect;
use crate::geo::geodesic::unit;
use crate::geo::{Bounds, LonLat, Projection, RADIUS_KM, beside};

/// Maps with points farther than this from their centre, in degrees, show the whole world.
const WORLD: f64 = 62.0;

/// The limit for maps around a pole, in degrees from the centre, beyond which they show the whole world.
const POLAR: f64 = 92.0;

/// South of this are outlines around the pole.
const ANTARCTIC: f64 = -60.0;

/// The margin between the edge of the world and that of the picture, if both are visible.
const EDGE: f64 = 12.0;

/// Half the width and half the height of the world, on the Equal Earth.
const EQUAL_EARTH: [f64; 2] = [2.706_63, 1.317_36];

/// The minimum width of a map, in km: of one place, and of several.
const LEAST_KM: [f64; 2] = [420.0, 40.0];

/// A projection, and the area to show.
pub struct View {
    pub(crate) projection: Projection,
    /// The stops that are far from what is shown.
    pub(crate) apart: Vec<usize>,
    /// The area to show.
    bounds: Rect,
    least: f64,
}

/// A part of a projection, as a picture.
#[derive(Clone, Debug)]
pub struct Frame {
    pub projection: Projection,
    /// The projected point in the middle of the picture.
    centre: [f64; 2],
    /// Pixels per radius of the Earth.
    scale: f64,
    /// The size of the picture in pixels.
    pub size: [f64; 2],
}

impl View {
    /// The view of a whole map.
    pub fn of(spec: &Spec) -> View {
        let apart = if spec.apart { apart(spec) } else { Vec::new() };
        let stops = spec.stops.iter().enumerate().filter(|(at, _)| !apart.contains(at));
        let mut points: Vec<LonLat> = stops.map(|(_, stop)| stop.at).collect();
        points.extend(spec.legs.iter().flat_map(|leg| leg.line.points.iter().copied()));
        View { apart, ..View::around(&points) }
    }

    /// A view of these points.
    pub(crate) fn around(points: &[LonLat]) -> View {
        // Lines have so many points that a sample is enough to find the middle.
        const ENOUGH: usize = 120;
        let few: Vec<LonLat> = points.iter().copied().step_by(points.len().div_ceil(ENOUGH).max(1)).collect();
        let (centre, radius) = cap(&few);
        let projection = chosen(points, centre, radius);
        let mut bounds = Rect { low: [f64::MAX; 2], high: [f64::MIN; 2] };
        for point in points {
            let place = projection.forward(projection.unrolled(*point));
            bounds.low = [bounds.low[0].min(place[0]), bounds.low[1].min(place[1])];
            bounds.high = [bounds.high[0].max(place[0]), bounds.high[1].max(place[1])];
        }
        let least = LEAST_KM[usize::from(radius > 1e-4)] / RADIUS_KM;
        View { projection, apart: Vec::new(), bounds, least }
    }

    /// The picture of this size that shows the whole view, `room` pixels from its sides.
    pub fn fit(&self, size: &Size, room: [f64; 2]) -> Frame {
        let extent = [0, 1].map(|axis| (self.bounds.high[axis] - self.bounds.low[axis]).max(1e-9));
        let free = [size.width - 2.0 * room[0], size.high - 2.0 * room[1]];
        let scale = (free[0] / extent[0].max(self.least)).min(free[1] / extent[1].max(self.least * 0.6));
        let height = (extent[1] * scale + 2.0 * room[1]).clamp(size.low, size.high);
        let mut centre = [0, 1].map(|axis| (self.bounds.high[axis] + self.bounds.low[axis]) / 2.0);
        let mut height = height;
        if matches!(self.projection, Projection::EqualEarth { .. }) {
            // No more than the world, and nothing beyond its edge.
            let wanted = extent[1] * scale + 2.0 * room[1] + size.width * 0.18;
            let most = size.high.min(2.0 * (EQUAL_EARTH[1] * scale + EDGE));
            height = libm::round(wanted.min(most).max(size.width * 0.4));
            let half = [size.width / scale / 2.0, height / scale / 2.0];
            for axis in 0..2 {
                let free = (EQUAL_EARTH[axis] + EDGE / scale - half[axis]).max(0.0);
                centre[axis] = centre[axis].clamp(-free, free);
            }
        }
        Frame { projection: self.projection.clone(), centre, scale, size: [size.width, libm::round(height)] }
    }
}

impl Frame {
    /// The pixel of a projected point.
    pub(crate) fn pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [width, height] = self.size;
        [(x - self.centre[0]) * self.scale + width / 2.0, height / 2.0 - (y - self.centre[1]) * self.scale]
    }

    /// The pixel of a point.
    pub fn place(&self, point: LonLat) -> [f64; 2] {
        self.pixel(self.projection.forward(self.projection.unrolled(point)))
    }

    /// The point at a pixel.
    pub(crate) fn inverse(&self, [x, y]: [f64; 2]) -> Option<LonLat> {
        let [width, height] = self.size;
        self.projection.inverse([
            (x - width / 2.0) / self.scale + self.centre[0],
            (height / 2.0 - y) / self.scale + self.centre[1],
        ])
    }

    /// Kilometres per pixel, in the middle.
    pub(crate) fn km_per_pixel(&self) -> f64 {
        RADIUS_KM / self.scale
    }

    /// The rectangle of the picture.
    pub(crate) fn rect(&self) -> Rect {
        Rect { low: [0.0; 2], high: self.size }
    }

    /// Whether it shows a large part of the world, so a single scale would be wrong.
    pub(crate) fn is_world(&self) -> bool {
        matches!(self.projection, Projection::EqualEarth { .. })
    }

    /// A line over the Earth, in pixels, split where the map is cut.
    pub fn line(&self, points: &[LonLat]) -> Vec<Vec<[f64; 2]>> {
        let middle = self.projection.middle();
        let mut parts: Vec<Vec<[f64; 2]>> = vec![Vec::new()];
        let mut last: Option<LonLat> = None;
        for &point in points {
            let point = self.projection.unrolled(point);
            if let Some(before) = last.filter(|before| (before[0] - point[0]).abs() > 180.0) {
                let side = if before[0] > middle { 180.0 } else { -180.0 };
                let beyond = beside(point[0], before[0]);
                let t = ((middle + side - before[0]) / (beyond - before[0])).clamp(0.0, 1.0);
                let lat = before[1] + (point[1] - before[1]) * t;
                if self.projection.has_seam() {
                    let edge =
                        |side: f64| self.pixel(self.projection.forward([middle + side * 0.999_999, lat]));
                    if let Some(part) = parts.last_mut() {
                        part.push(edge(side));
                    }
                    parts.push(vec![edge(-side)]);
                }
            }
            if let Some(part) = parts.last_mut() {
                part.push(self.pixel(self.projection.forward(point)));
            }
            last = Some(point);
        }
        parts.retain(|part| part.len() > 1);
        parts
    }

    /// The visible area, in degrees around the projection's middle, and whether it includes all longitudes.
    pub(crate) fn window(&self) -> (Bounds, bool) {
        const ACROSS: usize = 16;
        let middle = self.projection.middle();
        let (mut seen, mut lost) = (Vec::new(), false);
        for (col, row) in (0..=ACROSS).flat_map(|col| (0..=ACROSS).map(move |row| (col, row))) {
            let part = |at: usize, size: f64| size * at as f64 / ACROSS as f64;
            match self.inverse([part(col, self.size[0]), part(row, self.size[1])]) {
                Some(point) => seen.push(point),
                None => lost = true,
            }
        }
        let mut window = Bounds::of(&seen);
        let margin = ((window.north - window.south).max(window.east - window.west) / ACROSS as f64).max(0.2);
        window.south -= margin;
        window.north += margin;
        let mut round = lost || window.east - window.west > 300.0;
        for pole in [-90.0, 90.0] {
            if self.rect().grown(20.0).holds(self.place([middle, pole])) {
                window.south = window.south.min(pole);
                window.north = window.north.max(pole);
                round |= !self.projection.has_seam();
            }
        }
        if lost && self.projection.has_seam() {
            (window.south, window.north) = (-90.0, 90.0);
        }
        if round && !self.projection.has_seam() && window.south < ANTARCTIC {
            // An outline around the pole has an inside only as a whole.
            window.south = -90.0;
        }
        window.south = window.south.max(-90.0);
        window.north = window.north.min(90.0);
        (window.west, window.east) = match round {
            true => (middle - 180.0, middle + 180.0),
            // Meridians converge towards the poles: the visible area is wider there than at the picture's
            // edge.
            false => ((window.west - margin).max(middle - 180.0), (window.east + margin).min(middle + 180.0)),
        };
        (window, round)
    }
}

/// How many of the stops may be left out of the frame, as a part of all, and how many at most.
const APART: (f64, usize) = (0.25, 8);

/// With more stops than this, there is no telling which of them matter.
const MANY: usize = 400;

/// How small what is shown must become for more stops to be left out, as a part of its radius.
const SMALLER: f64 = 0.8;

/// The stops that are so far from the legs and the other stops that these would be small in a frame with all of them.
fn apart(spec: &Spec) -> Vec<usize> {
    const ENOUGH: usize = 120;
    let line: Vec<LonLat> = spec.legs.iter().flat_map(|leg| leg.line.points.iter().copied()).collect();
    let line: Vec<LonLat> = line.iter().copied().step_by(line.len().div_ceil(ENOUGH).max(1)).collect();
    // Every stop is compared with every other, so on the sphere.
    let km = |a: &[f64; 3], b: &[f64; 3]| {
        let dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        libm::acos(dot.clamp(-1.0, 1.0)) * RADIUS_KM
    };
    let stops: Vec<[f64; 3]> = spec.stops.iter().map(|stop| unit(stop.at)).collect();
    let along: Vec<[f64; 3]> = line.iter().map(|point| unit(*point)).collect();
    let ends = spec.legs.iter().flat_map(|leg| [leg.line.points.first(), leg.line.points.last()]);
    let ends: Vec<[f64; 3]> = ends.flatten().map(|end| unit(*end)).collect();
    let is_on_leg = |at: usize| ends.iter().any(|end| km(end, &stops[at]) < 1.0);
    let most = ((spec.stops.len() as f64 * APART.0) as usize).min(APART.1);
    if most == 0 || spec.stops.len() > MANY {
        return Vec::new();
    }
    let mut kept: Vec<usize> = (0..spec.stops.len()).collect();
    let radius = |kept: &[usize]| {
        let stops = kept.iter().map(|&at| spec.stops[at].at);
        cap(&stops.chain(line.iter().copied()).collect::<Vec<LonLat>>())
    };
    let (_, all) = radius(&kept);
    let mut gone: Vec<usize> = Vec::new();
    let mut best = (all, 0);
    for count in 1..=most {
        // The one that is farthest from the others: its nearest neighbour among them is farthest away.
        let lonely = |at: usize| {
            let others = kept.iter().filter(|&&other| other != at).map(|&other| &stops[other]);
            others.chain(&along).map(|other| km(other, &stops[at])).fold(f64::MAX, f64::min)
        };
        // A pair far away has a neighbour, so what counts beside that is how far from the middle it is.
        let middle = unit(radius(&kept).0);
        let far = |at: usize| lonely(at).min(1e5) * 0.25 + km(&middle, &stops[at]);
        let candidates = kept.iter().copied().filter(|at| !is_on_leg(*at)).map(|at| (far(at), at));
        let Some((_, next)) = candidates.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
        kept.retain(|at| *at != next);
        gone.push(next);
        let (_, reach) = radius(&kept);
        if reach < best.0 * SMALLER {
            best = (reach, count);
        }
    }
    gone.truncate(best.1);
    gone.sort_unstable();
    gone
}

/// A suitable projection (Snyder, p. 33): Equal Earth for the whole world, a conic for wide areas in middle
/// latitudes, an azimuthal one for all others.
fn chosen(points: &[LonLat], centre: LonLat, radius: f64) -> Projection {
    // All meridians meet at a pole, so a map that is cut would show it in several places.
    let polar = points.iter().any(|point| point[1].abs() > 84.0) && radius.to_degrees() < POLAR;
    if radius.to_degrees() > WORLD && !polar {
        return Projection::EqualEarth { middle: libm::round(middle_of(points)) };
    }
    let near: Vec<LonLat> = points.iter().map(|[lon, lat]| [beside(*lon, centre[0]), *lat]).collect();
    let b = Bounds::of(&near);
    let (wide, high) = (b.east - b.west, b.north - b.south);
    // Around a pole, but without points near it: readers expect the world with north at the top.
    if !polar && arc_of(points) > 125.0 && b.north < 70.0 && b.south > -70.0 {
        return Projection::EqualEarth { middle: libm::round(middle_of(points)) };
    }
    let lat = (b.north + b.south) / 2.0;
    let ratio = wide * libm::cos(lat.to_radians()) / high.max(0.01);
    let is_middle = lat.abs() > 8.0 && lat.abs() < 66.0 && b.north < 76.0 && b.south > -76.0;
    match is_middle && wide > 14.0 && wide < 140.0 && ratio > 1.15 {
        true => {
            let middle = (b.west + b.east) / 2.0;
            let spread = high.max(wide * 0.25) / 2.0;
            Projection::conic(beside(middle, 0.0), (lat - spread).max(-84.0), (lat + spread).min(84.0))
        }
        false => Projection::azimuthal([beside(centre[0], 0.0), centre[1]]),
    }
}

/// The meridian opposite to the widest gap between the points.
fn middle_of(points: &[LonLat]) -> f64 {
    widest_gap(points).map_or(0.0, |gap| beside((gap[0] + gap[1]) / 2.0 + 180.0, 0.0))
}

/// The number of degrees of longitude that the points span.
fn arc_of(points: &[LonLat]) -> f64 {
    widest_gap(points).map_or(0.0, |gap| 360.0 - (gap[1] - gap[0]))
}

/// The widest gap between the longitudes of the points.
fn widest_gap(points: &[LonLat]) -> Option<[f64; 2]> {
    let mut lons: Vec<f64> = points.iter().map(|point| beside(point[0], 0.0)).collect();
    lons.sort_by(f64::total_cmp);
    let first = lons.first().copied()?;
    lons.push(first + 360.0);
    let gaps = lons.windows(2).map(|pair| [pair[0], pair[1]]);
    gaps.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))
}

/// The smallest circle around all points, approximately: its centre and radius (Bădoiu and Clarkson, 2003).
fn cap(points: &[LonLat]) -> (LonLat, f64) {
    let vectors: Vec<[f64; 3]> = points.iter().map(|point| unit(*point)).collect();
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let Some(mut centre) = vectors.first().copied() else { return ([0.0; 2], 0.0) };
    let farthest =
        |centre| vectors.iter().copied().min_by(|a, b| dot(*a, centre).total_cmp(&dot(*b, centre)));
    for turn in 1..40 {
        let Some(far) = farthest(centre) else { break };
        let step = 1.0 / f64::from(turn + 1);
        let moved = [0, 1, 2].map(|axis| centre[axis] + (far[axis] - centre[axis]) * step);
        let length = libm::sqrt(dot(moved, moved));
        if length < 1e-6 {
            break;
        }
        centre = moved.map(|v| v / length);
    }
    let radius = farthest(centre).map_or(0.0, |far| libm::acos(dot(centre, far).clamp(-1.0, 1.0)));
    let lat = libm::asin(centre[2].clamp(-1.0, 1.0)).to_degrees();
    ([libm::atan2(centre[1], centre[0]).to_degrees(), lat], radius)
}
