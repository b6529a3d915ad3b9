//! Names by which readers find their way beside the places of the story: seas, capitals and other large cities.

use std::collections::BTreeSet;

use super::labels::{Placed, Side, width};
use super::panel::Panel;
use crate::base::markup::{escaped, push};
use crate::base::tenths::tenths as n;
use crate::geo::clip::Rect;
use crate::geo::gazetteer::{City, Sea, Tongue, cities, seas};
use crate::geo::{Bounds, LonLat, beside, distance};

/// A picture has a city for so many pixels of its side, a sea for so many, and at most so many.
const CITY_EVERY: f64 = 75.0;
const SEA_EVERY: f64 = 110.0;
const MOST_CITIES: usize = 8;
const MOST_SEAS: usize = 6;

/// With more stops than this, there are fewer cities: one less for each `FEWER` stops.
const STOPS: usize = 10;
const FEWER: usize = 3;

/// The radius of a city's dot, and of a capital's ring.
const TOWN: f64 = 1.9;
const CAPITAL: f64 = 2.6;

/// How near to a stop a city says nothing more than that: in pixels and in kilometres.
const SAME: (f64, f64) = (18.0, 25.0);

/// The least distance between two cities, as a part of the picture's width.
const APART: f64 = 0.13;

/// The sizes of the names of oceans, seas and smaller waters, and of cities, as parts of the map's.
const WATER: [f64; 3] = [0.98, 0.86, 0.78];
const CITY: [f64; 2] = [0.82, 0.77];

/// A name of water is in two lines if it is longer than this, in ems.
const LONG: f64 = 6.5;

/// The distance between two lines, the height of one, and of that above the baseline, in ems.
const LINE: f64 = 1.15;
const TALL: f64 = 1.25;
const BASE: f64 = 0.95;

/// A circle of water in a picture: its middle and its radius.
type Circle = ([f64; 2], f64);

impl Panel<'_> {
    /// How many of something the picture has room for, if there is one for so many pixels of its side.
    fn room(&self, every: f64, most: usize) -> usize {
        let side = libm::sqrt(self.frame.size[0] * self.frame.size[1]);
        (libm::round(side / every) as usize).clamp(1, most)
    }

    /// Draws the names of seas, where a circle of nothing but water holds them.
    pub(super) fn seas(&mut self) -> String {
        let mut svg = String::new();
        let Some(tongue) = self.words.tongue else { return svg };
        let most = self.room(SEA_EVERY, MOST_SEAS);
        let km = self.frame.km_per_pixel();
        let mut seen: Vec<(&Sea, Vec<Circle>)> = Vec::new();
        let window = self.frame.window();
        for sea in seas() {
            let near = sea.circles.iter().filter(|(at, radius)| is_near(&window, *at, *radius));
            let circles = near.map(|(at, radius)| (self.frame.place(*at), radius / km));
            let rect = self.frame.rect();
            let mut circles: Vec<Circle> = circles
                .filter(|(place, radius)| *radius > self.font && rect.grown(*radius).holds(*place))
                .collect();
            circles.sort_by(|a, b| b.1.total_cmp(&a.1));
            if !circles.is_empty() {
                seen.push((sea, circles));
            }
        }
        let widest = |circles: &[Circle]| circles.first().map_or(0.0, |circle| circle.1);
        seen.sort_by(|a, b| a.0.rank.cmp(&b.0.rank).then(widest(&b.1).total_cmp(&widest(&a.1))));
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for (sea, circles) in seen {
            let Some(name) = sea.names.of(tongue).filter(|name| !named.contains(name)) else { continue };
            if named.len() == most {
                break;
            }
            let size = self.font * WATER[usize::from(sea.rank.min(4)).div_ceil(2).min(2)];
            let variants = [wrapped(name), vec![name.to_owned()]];
            let found = variants.iter().find_map(|lines| {
                let long = lines.iter().map(|line| width(line)).fold(0.0, f64::max);
                let room = [long * size * 1.08, size * (LINE * (lines.len() - 1) as f64 + TALL)];
                let rect = circles.iter().find_map(|circle| self.within(circle, room))?;
                Some((lines, rect))
            });
            let Some((lines, rect)) = found else { continue };
            self.placer.take(rect);
            named.insert(name);
            svg.push_str("<g class=\"water\">");
            for (number, line) in lines.iter().enumerate() {
                let baseline = rect.low[1] + size * (LINE * number as f64 + BASE);
                let x = (rect.low[0] + rect.high[0]) / 2.0;
                text(&mut svg, size, [x, baseline], " text-anchor=\"middle\"", line);
            }
            svg.push_str("</g>");
        }
        svg
    }

    /// The free place for a name in a circle of water that is nearest to its middle.
    fn within(&self, (middle, radius): &Circle, room: [f64; 2]) -> Option<Rect> {
        let slack = radius * 1.05 - libm::hypot(room[0], room[1]) / 2.0;
        if slack < 0.0 {
            return None;
        }
        const STEPS: [[f64; 2]; 9] = [
            [0.0, 0.0],
            [0.0, -0.5],
            [0.0, 0.5],
            [-0.5, 0.0],
            [0.5, 0.0],
            [0.0, -1.0],
            [0.0, 1.0],
            [-1.0, 0.0],
            [1.0, 0.0],
        ];
        let near = |step: [f64; 2]| {
            let at = [0, 1].map(|axis| {
                let half = room[axis] / 2.0 + 6.0;
                let end = (self.frame.size[axis] - half).max(half);
                (middle[axis] + step[axis] * slack).clamp(half, end)
            });
            let rect = Rect {
                low: [0, 1].map(|axis| at[axis] - room[axis] / 2.0),
                high: [0, 1].map(|axis| at[axis] + room[axis] / 2.0),
            };
            let moved = libm::hypot(at[0] - middle[0], at[1] - middle[1]);
            (moved <= slack + 0.5 && self.placer.is_free(&rect) && self.placer.busy(&rect) == 0)
                .then_some(rect)
        };
        STEPS.into_iter().find_map(near)
    }

    /// Draws capitals and other large cities, where there is room beside the stops and between them: first the capitals
    /// of the countries that the story is about.
    pub(super) fn cities(&mut self, stops: &[usize], own: &BTreeSet<&str>) -> String {
        let mut svg = String::new();
        let Some(tongue) = self.words.tongue else { return svg };
        let fewer = stops.len().saturating_sub(STOPS) / FEWER;
        let most = self.room(CITY_EVERY, MOST_CITIES).saturating_sub(fewer);
        let frame = self.frame.rect().grown(-8.0);
        let mut seen: Vec<(bool, u8, &City, [f64; 2], &str)> = Vec::new();
        let window = self.frame.window();
        for city in cities().iter().filter(|city| most > 0 && is_near(&window, city.at, 0.0)) {
            let place = self.frame.place(city.at);
            if frame.holds(place)
                && let Some(name) = self.told(city, place, stops, tongue)
            {
                let is_own = own.contains(city.country);
                seen.push((!(city.is_capital && is_own), city.rank + u8::from(!is_own), city, place, name));
            }
        }
        seen.sort_by_key(|(is_less, rank, ..)| (*is_less, *rank));
        let mut chosen: Vec<[f64; 2]> = Vec::new();
        for (_, _, city, place, name) in seen {
            if chosen.len() == most {
                break;
            }
            let least = (self.frame.size[0] * APART).max(44.0);
            if chosen.iter().any(|other| libm::hypot(other[0] - place[0], other[1] - place[1]) < least) {
                continue;
            }
            let radius = if city.is_capital { CAPITAL } else { TOWN };
            let size = self.font * CITY[usize::from(!city.is_capital && city.rank > 1)];
            let dot = Rect { low: place.map(|v| v - radius - 1.0), high: place.map(|v| v + radius + 1.0) };
            if !self.placer.is_free(&dot) || self.placer.busy(&dot) > 0 {
                continue;
            }
            let Some(placed) = self.placer.beside(place, radius, [width(name) * size, size * TALL]) else {
                continue;
            };
            self.placer.take(dot);
            chosen.push(place);
            let class = if city.is_capital { "city capital" } else { "city" };
            push(
                &mut svg,
                format_args!(
                    "<g class=\"{class}\"><circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"/>",
                    n(place[0]),
                    n(place[1])
                ),
            );
            let Placed { rect: Rect { low, high }, side, .. } = placed;
            let (x, anchor) = match side {
                Side::Right => (low[0], ""),
                Side::Left => (high[0], " text-anchor=\"end\""),
                Side::Over => ((low[0] + high[0]) / 2.0, " text-anchor=\"middle\""),
            };
            text(&mut svg, size, [x, low[1] + size * BASE], anchor, name);
            svg.push_str("</g>");
        }
        svg
    }

    /// A city's name, if it says more than the stops near it.
    fn told(&self, city: &City, place: [f64; 2], stops: &[usize], tongue: Tongue) -> Option<&'static str> {
        let name = city.names.of(tongue)?;
        let is_known = stops.iter().map(|&at| &self.spec.stops[at]).any(|stop| {
            let there = self.frame.place(stop.at);
            libm::hypot(there[0] - place[0], there[1] - place[1]) < SAME.0
                || stop.label == name
                || ((stop.at[1] - city.at[1]).abs() < 1.0 && distance(stop.at, city.at) < SAME.1)
        });
        (!is_known).then_some(name)
    }
}

/// Whether something of this radius in km may be in sight: most of the Earth is not, and is not worth projecting.
fn is_near((window, round): &(Bounds, bool), at: LonLat, radius: f64) -> bool {
    let high = radius / 111.0;
    let wide = high / libm::cos(at[1].to_radians()).max(0.05);
    let lon = beside(at[0], (window.west + window.east) / 2.0);
    (window.south - high..=window.north + high).contains(&at[1])
        && (*round || (window.west - wide..=window.east + wide).contains(&lon))
}

/// A name in two lines of about the same length, if it is long and has several words.
fn wrapped(name: &str) -> Vec<String> {
    let spaces = name.match_indices(' ').map(|(at, _)| at);
    let longer = |at: usize| width(&name[..at]).max(width(&name[at + 1..]));
    let best = spaces.min_by(|a, b| longer(*a).total_cmp(&longer(*b)));
    match best.filter(|_| width(name) > LONG) {
        Some(at) => vec![name[..at].to_owned(), name[at + 1..].to_owned()],
        None => vec![name.to_owned()],
    }
}

/// Draws a text. Its size is written beside it, so that it is the same wherever the drawing is shown.
pub(super) fn text(svg: &mut String, size: f64, at: [f64; 2], more: &str, words: &str) {
    push(
        svg,
        format_args!(
            "<text font-size=\"{}\" x=\"{}\" y=\"{}\"{more}>{}</text>",
            n(size),
            n(at[0]),
            n(at[1]),
            escaped(words)
        ),
    );
}
