//! Draws one picture of a map, the overview or an inset: background, legs, stops, names and scale.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::ground::{self, Ground};
use super::labels::{Placed, Placer, Side, width};
use super::lines::Drawn;
use super::{Left, Spec, Stop, Words};
use crate::base::bidi::{Direction, isolated};
use crate::base::markup::{escaped, push};
use crate::base::tenths::tenths as n;
use crate::geo::clip::Rect;

/// The radius of a numbered stop, and of a dot.
const DISC: f64 = 9.5;
pub(super) const DOT: f64 = 4.2;

/// In maps with more legs than this, legs are not links: nobody wants to tab through them.
const LINKED_LEGS: usize = 40;

/// With more stops than this, stops are dots without links.
const LINKED_STOPS: usize = 400;

/// With more legs than this, all legs of a mode are one plain line.
const DRESSED_LEGS: usize = 60;

/// The maximum number of stops with names.
pub(super) const NAMES: usize = 150;

/// A picture being drawn: the overview, or an inset.
pub(super) struct Panel<'a> {
    pub spec: &'a Spec,
    pub frame: &'a Frame,
    pub words: &'a Words<'a>,
    pub font: f64,
    pub svg: &'a mut String,
    pub placer: Placer,
    /// What has no room.
    pub left: Left,
}

impl Panel<'_> {
    /// Draws these stops and legs. Legs in `hidden` are also in an inset, which has their links.
    pub(crate) fn draw(
        &mut self,
        stops: &[usize],
        legs: &[usize],
        lines: &[Drawn],
        hidden: &[usize],
        ties: &str,
        apart: &[usize],
    ) {
        self.ground(&ground::ground(self.frame));
        let dots = self.dots(stops);
        let scale = self.scale_bar();
        let arrows = self.arrows(apart);
        let names = self.names(&dots);
        let keys = self.keys(&dots, &names);
        let own = self.own(stops);
        // In the order of what is missed most.
        let countries = self.countries(stops, &own, false);
        let notes = self.notes(legs, lines, hidden);
        let seas = self.seas();
        let cities = self.cities(stops, &own);
        let others = self.countries(stops, &own, true);
        push(
            self.svg,
            format_args!(
                "<g class=\"landmarks\" aria-hidden=\"true\">{seas}{others}{cities}{countries}</g>{ties}<g class=\"legs\" fill=\"none\" stroke=\"currentColor\">"
            ),
        );
        match legs.len() > DRESSED_LEGS {
            true => self.bare(legs, lines),
            false => {
                for (&number, line) in legs.iter().zip(lines) {
                    self.leg(number, line, hidden.contains(&number));
                }
            }
        }
        self.svg.push_str("</g><g class=\"stops\">");
        if dots.len() > LINKED_STOPS {
            self.svg.push_str("<path class=\"dots\" stroke=\"currentColor\" stroke-width=\"6\" stroke-linecap=\"round\" d=\"");
            for [x, y] in dots.iter().map(|dot| dot.place) {
                push(self.svg, format_args!("M{} {}h0", n(x), n(y)));
            }
            self.svg.push_str("\"/>");
        }
        for (dot, name) in dots.iter().zip(&names) {
            if dots.len() <= LINKED_STOPS || name.is_some() {
                self.stop(dot, name.as_ref());
            }
        }
        self.svg.push_str(&notes);
        self.svg.push_str(&keys);
        self.svg.push_str(&arrows);
        self.svg.push_str("</g>");
        self.svg.push_str(&scale);
    }

    fn ground(&mut self, ground: &Ground) {
        let [wide, high] = self.frame.size;
        match &ground.globe {
            None => push(
                self.svg,
                format_args!(
                    "<g class=\"ground\" aria-hidden=\"true\"><rect class=\"sea\" fill=\"#eef1f2\" width=\"{}\" height=\"{}\"/><g transform=\"scale(.1)\">",
                    n(wide),
                    n(high)
                ),
            ),
            Some(globe) => push(
                self.svg,
                format_args!(
                    "<g class=\"ground\" aria-hidden=\"true\"><g transform=\"scale(.1)\"><path class=\"sea\" fill=\"#eef1f2\" d=\"{globe}\"/>"
                ),
            ),
        }
        let layers = [
            ("graticule", "none", &ground.graticule),
            ("land", "#fff", &ground.land),
            ("lake", "#eef1f2", &ground.lakes),
            ("border", "none", &ground.borders),
            ("border contested", "none", &ground.contested),
        ];
        for (class, fill, d) in layers.into_iter().filter(|(_, _, d)| !d.is_empty()) {
            push(
                self.svg,
                format_args!(
                    "<path class=\"{class}\" fill=\"{fill}\" stroke=\"#aaa\" stroke-width=\"5\" d=\"{d}\"/>"
                ),
            );
        }
        self.svg.push_str("</g></g>");
    }

    /// Draws many legs: one line for all of a mode, of whose paths as much is known.
    fn bare(&mut self, legs: &[usize], lines: &[Drawn]) {
        let mut kinds: BTreeMap<(&str, &str), String> = BTreeMap::new();
        for (&number, line) in legs.iter().zip(lines) {
            let leg = &self.spec.legs[number];
            for (class, d) in [(leg.path(), &line.d), ("inferred", &line.gaps)] {
                if !d.is_empty() {
                    kinds.entry((leg.mode, class)).or_default().push_str(d);
                }
            }
        }
        for ((mode, class), d) in kinds {
            push(
                self.svg,
                format_args!(
                    "<g class=\"leg leg-{mode} {class} bare\" aria-hidden=\"true\"><path class=\"line\" d=\"{d}\"/></g>"
                ),
            );
        }
    }

    fn leg(&mut self, number: usize, line: &Drawn, elsewhere: bool) {
        if line.parts.is_empty() {
            return;
        }
        let leg = &self.spec.legs[number];
        let mode = leg.mode;
        let class = leg.path();
        let title = escaped(&leg.title);
        let href = leg.href.as_ref().filter(|_| !elsewhere && self.spec.legs.len() <= LINKED_LEGS);
        let skip = self.spec.skip();
        match href {
            Some(href) => push(
                self.svg,
                format_args!(
                    "<a class=\"leg leg-{mode} {class}\" data-leg=\"{}\" href=\"{}\"{skip} aria-label=\"{title}\">",
                    leg.number,
                    escaped(href)
                ),
            ),
            None => push(
                self.svg,
                format_args!(
                    "<g class=\"leg leg-{mode} {class}\" data-leg=\"{}\" aria-hidden=\"true\">",
                    number + 1
                ),
            ),
        }
        let (d, gaps) = (&line.d, &line.gaps);
        push(
            self.svg,
            format_args!(
                "<title>{title}</title><path class=\"casing\" d=\"{d}{gaps}\"/><path class=\"line\" d=\"{d}\"/>"
            ),
        );
        if !gaps.is_empty() {
            push(self.svg, format_args!("<path class=\"line gap\" d=\"{gaps}\"/>"));
        }
        let pattern = match mode {
            "rail" => Some("ties"),
            "road" | "river" => Some("core"),
            "pipeline" => Some("beads"),
            _ => None,
        };
        // A track or a road is drawn where one was reported.
        if let Some(pattern) = pattern.filter(|_| class == "reported") {
            push(self.svg, format_args!("<path class=\"{pattern}\" d=\"{d}\"/>"));
        }
        for arrow in &line.arrows {
            push(self.svg, format_args!("<path class=\"arrow\" d=\"{arrow}\"/>"));
        }
        self.svg.push_str(if href.is_some() { "</a>" } else { "</g>" });
    }

    /// Draws the stops as dots. A dot whose neighbour is too near for a number is small, and its name shows
    /// the number.
    fn dots(&mut self, stops: &[usize]) -> Vec<Dot> {
        let places: Vec<[f64; 2]> =
            stops.iter().map(|&stop| self.frame.place(self.spec.stops[stop].at)).collect();
        let crowded = |at: usize| {
            let far = |other: &[f64; 2]| libm::hypot(other[0] - places[at][0], other[1] - places[at][1]);
            places.iter().enumerate().any(|(other, place)| other != at && far(place) < 2.0 * DISC + 1.0)
        };
        // With many stops, there are no numbers.
        let few = stops.len() <= LINKED_STOPS;
        let dots: Vec<Dot> = stops
            .iter()
            .enumerate()
            .map(|(at, &stop)| {
                let Stop { number, count, .. } = &self.spec.stops[stop];
                let is_short = number.as_ref().is_some_and(|number| number.chars().count() < 3);
                let radius = match count {
                    1 if few && is_short && !crowded(at) => DISC,
                    1 => DOT,
                    _ => {
                        let room = width(number.as_deref().unwrap_or_default()) * self.font * 0.45 + 3.0;
                        (DISC + libm::log(*count as f64)).max(room)
                    }
                };
                Dot { stop, place: places[at], radius }
            })
            .collect();
        for dot in &dots {
            let (r, [x, y]) = (dot.radius + 1.0, dot.place);
            self.placer.take(Rect { low: [x - r, y - r], high: [x + r, y + r] });
        }
        dots
    }

    /// Places the names: those at the ends of the route first, because they must not be missing.
    fn names(&mut self, dots: &[Dot]) -> Vec<Option<Placed>> {
        let mut order: Vec<usize> = (0..dots.len()).collect();
        if dots.len() > 2 {
            order.swap(1, dots.len() - 1);
        }
        let mut names = vec![None; dots.len()];
        for at in order.into_iter().take(NAMES) {
            let dot = &dots[at];
            let stop = &self.spec.stops[dot.stop];
            let badge = self.badge(dot).map_or(0.0, |badge| badge + 4.0);
            let size = [width(&stop.label) * self.font + badge, self.font * 1.25];
            // The dot is occupied, except for its own name, which keeps its distance anyway.
            names[at] = self.placer.place(dot.place, dot.radius, size);
        }
        names
    }

    /// The width of the number beside a small dot's name.
    fn badge(&self, dot: &Dot) -> Option<f64> {
        let number = self.spec.stops[dot.stop].number.as_ref().filter(|_| !dot.is_disc())?;
        Some((width(number) * self.font * 0.8 + 9.0).max(self.font * 1.2))
    }

    fn stop(&mut self, dot: &Dot, name: Option<&Placed>) {
        let stop = &self.spec.stops[dot.stop];
        let [x, y] = dot.place;
        let (label, number) = (escaped(&stop.label), stop.number.as_deref().unwrap_or_default());
        let is_link = self.spec.stops.len() <= LINKED_STOPS && !stop.href.is_empty();
        let skip = self.spec.skip();
        // A visible name labels the link; without one, the link has a text alternative.
        let called = if name.is_some() { String::new() } else { format!(" aria-label=\"{label}\"") };
        match is_link {
            true => push(
                self.svg,
                format_args!(
                    "<a class=\"stop\" data-stop=\"{}\" href=\"{}\"{skip}{called}>",
                    dot.stop + 1,
                    escaped(&stop.href)
                ),
            ),
            false => self.svg.push_str("<g class=\"stop\">"),
        }
        if name.is_none() {
            push(self.svg, format_args!("<title>{label}</title>"));
        }
        if let Some(name) = name.filter(|name| name.is_far) {
            let to =
                [x.clamp(name.rect.low[0], name.rect.high[0]), y.clamp(name.rect.low[1], name.rect.high[1])];
            push(
                self.svg,
                format_args!(
                    "<path class=\"leader\" stroke=\"currentColor\" d=\"M{} {}L{} {}\"/>",
                    n(x),
                    n(y),
                    n(to[0]),
                    n(to[1])
                ),
            );
        }
        push(self.svg, format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", n(x), n(y), n(dot.radius)));
        if dot.is_disc() {
            self.number(number, x, y);
        }
        if let Some(placed) = name {
            let badge = self.badge(dot);
            // A map is not turned: its directions are those of the compass.
            let name = escaped(&isolated(&stop.label, Direction::LeftToRight));
            self.name(&name, number, badge, placed);
        }
        self.svg.push_str(if is_link { "</a>" } else { "</g>" });
    }

    fn number(&mut self, number: &str, x: f64, y: f64) {
        push(
            self.svg,
            format_args!(
                "<text class=\"number\" fill=\"#fff\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>",
                n(x),
                n(y + self.font * 0.28),
                escaped(number)
            ),
        );
    }

    /// Draws a name, and its number if the dot has none.
    fn name(&mut self, label: &str, number: &str, badge: Option<f64>, placed: &Placed) {
        let Rect { low, high } = placed.rect;
        let baseline = low[1] + (high[1] - low[1]) * 0.76;
        let wide = badge.map_or(0.0, |badge| badge + 4.0);
        let (x, anchor, badge_x) = match (placed.side, badge) {
            (Side::Right, _) | (Side::Over, Some(_)) => (low[0] + wide, "start", low[0]),
            (Side::Left, _) => (high[0] - wide, "end", high[0] - wide + 4.0),
            (Side::Over, None) => ((low[0] + high[0]) / 2.0, "middle", low[0]),
        };
        if let Some(badge) = badge {
            let tall = self.font * 1.2;
            let top = (low[1] + high[1] - tall) / 2.0;
            push(
                self.svg,
                format_args!(
                    "<rect class=\"badge\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                    n(badge_x),
                    n(top),
                    n(badge),
                    n(tall),
                    n(tall / 2.0)
                ),
            );
            self.number(number, badge_x + badge / 2.0, (low[1] + high[1]) / 2.0);
        }
        let anchor = if anchor == "start" { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
        push(
            self.svg,
            format_args!("<text class=\"name\" x=\"{}\" y=\"{}\"{anchor}>{label}</text>", n(x), n(baseline)),
        );
    }

    /// Draws a scale bar of a round number of kilometres in a lower corner. A map of the world has none,
    /// because a single scale would be wrong.
    fn scale_bar(&mut self) -> String {
        if self.frame.is_world() {
            return String::new();
        }
        let [wide, high] = self.frame.size;
        let most = (wide * 0.2).min(130.0) * self.frame.km_per_pixel();
        let power = libm::exp10(libm::floor(libm::log10(most)));
        let km = [5.0, 2.0, 1.0]
            .into_iter()
            .map(|step| libm::round(step * power * 1e6) / 1e6)
            .find(|km| *km <= most)
            .unwrap_or(power);
        let length = km / self.frame.km_per_pixel();
        let text = (self.words.kilometres)(km);
        let room = length.max(width(&text) * self.font * 0.8);
        let corners =
            [[14.0, high - 14.0], [wide - 14.0 - room, high - 14.0], [14.0, 14.0 + self.font * 1.4]];
        let rect =
            |[x, y]: [f64; 2]| Rect { low: [x - 6.0, y - self.font * 1.4], high: [x + room + 6.0, y + 6.0] };
        let Some([x, y]) = corners
            .into_iter()
            .find(|at| self.placer.is_free(&rect(*at)) && self.placer.busy(&rect(*at)) == 0)
        else {
            return String::new();
        };
        self.placer.take(rect([x, y]));
        let mut svg = String::from("<g class=\"bar\" aria-hidden=\"true\">");
        push(
            &mut svg,
            format_args!(
                "<path fill=\"none\" stroke=\"currentColor\" d=\"M{} {}v4h{}v-4\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
                n(x),
                n(y - 4.0),
                n(length),
                n(x),
                n(y - 8.0),
                escaped(&text)
            ),
        );
        svg
    }
}

/// A stop in a picture.
pub(super) struct Dot {
    pub stop: usize,
    pub place: [f64; 2],
    /// In pixels.
    pub radius: f64,
}

impl Dot {
    /// Whether it is large enough to contain its number.
    pub(super) fn is_disc(&self) -> bool {
        self.radius >= DISC
    }
}
