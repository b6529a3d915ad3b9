//! Names beside those of the stops: of what has no room, of what is beyond the edge, and of countries.

use std::collections::BTreeSet;

use super::ground;
use super::labels::{Placed, width};
use super::landmarks::text;
use super::lines::{Drawn, sampled};
use super::panel::{Dot, NAMES, Panel};
use crate::base::bidi::{Direction, isolated};
use crate::base::markup::{escaped, push};
use crate::base::tenths::tenths as n;
use crate::geo::clip::Rect;
use crate::geo::territory::{country_at, is_in};
use crate::geo::{Basemap, Detail, LonLat, distance, geodesic};

/// The maximum number of countries with names.
const COUNTRIES: usize = 14;

impl Panel<'_> {
    /// Numbers the stops whose names have no room; the numbers are explained below the map.
    pub(super) fn keys(&mut self, dots: &[Dot], names: &[Option<Placed>]) -> String {
        let mut svg = String::new();
        if dots.len() > NAMES {
            return svg;
        }
        for (dot, _) in dots.iter().zip(names).filter(|(_, name)| name.is_none()) {
            let own = self.spec.stops[dot.stop].number.clone();
            let given = self.left.stops.iter().filter(|(number, _)| !number.is_empty()).count();
            let label = own.unwrap_or_else(|| (self.words.ordinal)(given + 1));
            let font = self.font * 0.74;
            let size = [width(&label) * font, font * 1.25];
            let placed = (!dot.is_disc()).then(|| self.placer.place(dot.place, dot.radius - 2.0, size));
            // Where not even that has room, the list below the map has the place without a number.
            let shown = if placed == Some(None) { String::new() } else { label.clone() };
            self.left.stops.push((shown, dot.stop));
            let Some(placed) = placed.flatten() else { continue };
            let Rect { low, high } = placed.rect;
            push(
                &mut svg,
                format_args!(
                    "<text class=\"name key\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                    n((low[0] + high[0]) / 2.0),
                    n(low[1] + size[1] * 0.76),
                    escaped(&label)
                ),
            );
        }
        svg
    }

    /// Draws beside each leg as much of what may be said of it as there is room for. Legs in `hidden` are said in their
    /// inset.
    pub(super) fn notes(&mut self, legs: &[usize], lines: &[Drawn], hidden: &[usize]) -> String {
        /// Where along the line, and how far from it.
        const ALONG: [f64; 7] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];
        const AWAY: [f64; 3] = [4.0, 9.0, 16.0];
        let mut svg = String::new();
        for (&leg, line) in legs.iter().zip(lines).filter(|(leg, _)| !hidden.contains(leg)) {
            let notes = &self.spec.legs[leg].notes;
            let font = self.font * 0.78;
            let points = sampled(&line.parts, 6.0);
            let mut found = None;
            for (number, note) in notes.iter().enumerate() {
                let size = [width(note) * font, font * 1.25];
                let spots = AWAY.into_iter().flat_map(|away| ALONG.into_iter().map(move |part| (away, part)));
                for (away, part) in spots {
                    let at = (points.len() as f64 * part) as usize;
                    let Some(&point) = points.get(at).filter(|_| found.is_none()) else { continue };
                    let placed = self.placer.beside(point, away, size);
                    found = placed.map(|placed| (number, note, placed));
                }
            }
            if found.as_ref().is_none_or(|(number, ..)| *number > 0) && !notes.is_empty() {
                self.left.legs.push(leg);
            }
            let Some((_, note, Placed { rect: Rect { low, high }, .. })) = found else { continue };
            let mode = self.spec.legs[leg].mode;
            push(&mut svg, format_args!("<g class=\"told leg-{mode}\" aria-hidden=\"true\">"));
            text(
                &mut svg,
                font,
                [(low[0] + high[0]) / 2.0, low[1] + font * 0.95],
                " text-anchor=\"middle\"",
                note,
            );
            svg.push_str("</g>");
        }
        svg
    }

    /// Draws the stops beyond the frame as arrows at its edge, each with its name and how far it is from there.
    pub(super) fn arrows(&mut self, apart: &[usize]) -> String {
        const INSET: f64 = 12.0;
        let mut svg = String::new();
        let [wide, high] = self.frame.size;
        let middle = [wide / 2.0, high / 2.0];
        for &at in apart {
            let stop = &self.spec.stops[at];
            let Some(centre) = self.frame.inverse(middle) else { continue };
            // The direction in which the way there leaves the middle.
            let way = geodesic(centre, stop.at, 50.0);
            let Some(ahead) = way.get(1) else { continue };
            let ahead = self.frame.place(*ahead);
            let d = [ahead[0] - middle[0], ahead[1] - middle[1]];
            let length = libm::hypot(d[0], d[1]).max(1e-9);
            let d = [d[0] / length, d[1] / length];
            let reach = |axis: usize| (middle[axis] - INSET) / d[axis].abs().max(1e-9);
            let reach = reach(0).min(reach(1));
            let edge = [middle[0] + d[0] * reach, middle[1] + d[1] * reach];
            let from = self.frame.inverse(edge).unwrap_or(centre);
            let km = (self.words.kilometres)(distance(from, stop.at));
            let label = isolated(&stop.label, Direction::LeftToRight);
            let words = [label.as_ref(), km.as_str()];
            let font = self.font * 0.86;
            let room = [words.iter().map(|word| width(word)).fold(0.0, f64::max) * font, font * 2.65];
            // Along the edge, the nearest place with room: a corner may be taken by another.
            let is_side = reach * d[0].abs() >= middle[0] - INSET - 1.0;
            let along = if is_side { 1 } else { 0 };
            let place = |shift: f64| {
                let mut tip = edge;
                tip[along] = (edge[along] + shift).clamp(INSET + 4.0, self.frame.size[along] - INSET - 4.0);
                let mut low = [tip[0] - room[0] / 2.0, tip[1] - room[1] / 2.0];
                match is_side {
                    true => low[0] = if d[0] > 0.0 { tip[0] - 12.0 - room[0] } else { tip[0] + 12.0 },
                    false => low[1] = if d[1] > 0.0 { tip[1] - 12.0 - room[1] } else { tip[1] + 12.0 },
                }
                for axis in 0..2 {
                    low[axis] = low[axis].clamp(5.0, (self.frame.size[axis] - 5.0 - room[axis]).max(5.0));
                }
                (tip, Rect { low, high: [low[0] + room[0], low[1] + room[1]] })
            };
            let arrow = |tip: [f64; 2]| Rect {
                low: [tip[0] - 7.0, tip[1] - 7.0],
                high: [tip[0] + 7.0, tip[1] + 7.0],
            };
            let shifts = (0..24).flat_map(|step| [f64::from(step) * 14.0, f64::from(step) * -14.0]);
            let free = shifts
                .map(place)
                .find(|(tip, rect)| self.placer.is_free(rect) && self.placer.is_free(&arrow(*tip)));
            let Some((tip, rect)) = free else {
                self.left.stops.push((String::new(), at));
                continue;
            };
            self.placer.take(rect);
            self.placer.take(arrow(tip));
            let side = [-d[1] * 5.5, d[0] * 5.5];
            let back = [tip[0] - d[0] * 7.0, tip[1] - d[1] * 7.0];
            let front = [tip[0] + d[0] * 6.0, tip[1] + d[1] * 6.0];
            let x = (rect.low[0] + rect.high[0]) / 2.0;
            push(
                &mut svg,
                format_args!(
                    "<a class=\"stop apart\" data-stop=\"{}\" href=\"{}\"{}><path class=\"arrow\" d=\"M{} {}L{} {}L{} {}z\"/><text class=\"name\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text><text class=\"far\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text></a>",
                    at + 1,
                    escaped(&stop.href),
                    self.spec.skip(),
                    n(front[0]),
                    n(front[1]),
                    n(back[0] + side[0]),
                    n(back[1] + side[1]),
                    n(back[0] - side[0]),
                    n(back[1] - side[1]),
                    n(x),
                    n(rect.low[1] + font),
                    escaped(words[0]),
                    n(x),
                    n(rect.low[1] + font * 2.3),
                    escaped(words[1])
                ),
            );
        }
        svg
    }

    /// The countries of the stops.
    pub(super) fn own(&self, stops: &[usize]) -> BTreeSet<&'static str> {
        self.some(stops).filter_map(country_at).collect()
    }

    /// Of very many places, some: enough to know which countries matter.
    fn some<'s>(&'s self, stops: &'s [usize]) -> impl Iterator<Item = LonLat> + use<'s> {
        let step = stops.len().div_ceil(NAMES).max(1);
        stops.iter().step_by(step).map(|&at| self.spec.stops[at].at)
    }

    /// Draws the names of countries where there is room left: of those that have a stop, or of the others, those near
    /// one first.
    pub(super) fn countries(&mut self, stops: &[usize], own: &BTreeSet<&str>, is_other: bool) -> String {
        let detail =
            if ground::detail(self.frame) == Detail::Coarse { Detail::Coarse } else { Detail::Medium };
        let (rect, km) = (self.frame.rect(), self.frame.km_per_pixel());
        let places: Vec<[f64; 2]> = self.some(stops).map(|at| self.frame.place(at)).collect();
        let away = |[x, y]: [f64; 2], radius: f64| {
            let near =
                places.iter().map(|place| libm::hypot(place[0] - x, place[1] - y)).fold(f64::MAX, f64::min);
            if near == f64::MAX { -radius } else { near - radius }
        };
        let mut seen: Vec<(f64, f64, [f64; 2], &str)> = Basemap::of(detail)
            .countries
            .iter()
            .filter(|country| own.contains(country.code.as_str()) != is_other)
            .map(|country| {
                let (place, radius) = (self.frame.place(country.label), country.radius / km);
                (away(place, radius), radius, place, country.code.as_str())
            })
            .filter(|(_, radius, place, code)| {
                !is_other || *radius > 15.0 && rect.holds(*place) && *code != "AQ"
            })
            .collect();
        seen.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.3.cmp(b.3)));
        let mut svg = String::new();
        let scale = if is_other { 0.78 } else { 0.82 };
        for (_, radius, place, code) in seen.into_iter().take(COUNTRIES) {
            let name = (self.words.country)(code);
            let font = self.font * scale;
            let size = [width(&name) * font * 1.12, font * 1.3];
            if is_other && size[0] > radius * 3.6 {
                continue;
            }
            let at = |[x, y]: [f64; 2]| Rect {
                low: [x - size[0] / 2.0, y - size[1] / 2.0],
                high: [x + size[0] / 2.0, y + size[1] / 2.0],
            };
            // The name of a country of the story may stand at its edge, and over its lines.
            let reach = radius.max(self.font);
            let shifts = [0.0, 0.35, -0.35, 0.8, -0.8, 1.2, -1.2];
            let tried = &shifts[..if is_other { 3 } else { shifts.len() }];
            let free = |busy: usize| {
                let rects = tried.iter().map(|part| at([place[0], place[1] + part * reach]));
                rects.into_iter().find(|rect| self.placer.is_free(rect) && self.placer.busy(rect) <= busy)
            };
            let mut found = free(0);
            if !is_other {
                let elsewhere = || {
                    let rects = self.land_of(code).into_iter().map(at);
                    rects.into_iter().find(|rect| self.placer.is_free(rect) && self.placer.busy(rect) <= 1)
                };
                found = found.or_else(elsewhere).or_else(|| free(4));
            }
            let Some(rect) = found else { continue };
            self.placer.take(rect);
            let middle =
                [(rect.low[0] + rect.high[0]) / 2.0, (rect.low[1] + rect.high[1]) / 2.0 + font * 0.3];
            let class =
                if is_other { " text-anchor=\"middle\"" } else { " class=\"own\" text-anchor=\"middle\"" };
            text(&mut svg, font, middle, class, &name);
        }
        svg
    }

    /// Points of a country's land in the picture, the farthest from all else first: its middle may be beyond the frame.
    fn land_of(&self, code: &str) -> Vec<[f64; 2]> {
        const ACROSS: usize = 16;
        const DOWN: usize = 11;
        let pixel = |col: usize, row: usize| {
            let part = |at: usize, count: usize, size: f64| (at as f64 + 0.5) / count as f64 * size;
            [part(col, ACROSS, self.frame.size[0]), part(row, DOWN, self.frame.size[1])]
        };
        let is_land = |col: usize, row: usize| {
            self.frame.inverse(pixel(col, row)).is_some_and(|point| is_in(code, point))
        };
        let land: Vec<(usize, usize)> = (0..ACROSS)
            .flat_map(|col| (0..DOWN).map(move |row| (col, row)))
            .filter(|(col, row)| is_land(*col, *row))
            .collect();
        let depth = |&(col, row): &(usize, usize)| {
            let is_whole = |depth: usize| {
                let (left, top) = (col.checked_sub(depth), row.checked_sub(depth));
                let (Some(left), Some(top)) = (left, top) else { return false };
                let cells =
                    (left..=col + depth).flat_map(|col| (top..=row + depth).map(move |row| (col, row)));
                cells.into_iter().all(|cell| land.binary_search(&cell).is_ok())
            };
            (1..DOWN).take_while(|depth| is_whole(*depth)).count()
        };
        let mut deep: Vec<(usize, (usize, usize))> = land.iter().map(|cell| (depth(cell), *cell)).collect();
        deep.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        deep.into_iter().map(|(_, (col, row))| pixel(col, row)).collect()
    }
}
