//! Places and routes → a map as inline SVG: the theme's style sheet colours it, its links work, and it needs
//! no server, no script and no other site.
//!
//! 1. [`frame`] chooses the projection and the visible part of it.
//! 2. [`ground`] draws land, lakes and borders within it.
//! 3. [`lines`] draws the legs, with a pattern for each means of transport and arrows for the direction.
//! 4. [`labels`] places names; [`names`] and [`landmarks`] draw those beside the stops'.
//! 5. [`inset`] finds legs too short for the overview, and room to show them larger.
//! 6. [`svg`] combines all of this.
//!
//! The input is plain data; kinds and pages are not known here.

pub mod frame;
pub(crate) mod ground;
pub(crate) mod inset;
pub mod labels;
mod landmarks;
pub mod lines;
pub(crate) mod locator;
mod names;
mod panel;
mod path;
pub(crate) mod svg;

use std::sync::Arc;

use crate::geo::gazetteer::Tongue;
use crate::geo::{Course, Line, LonLat};

pub(crate) use locator::{Locator, locator};

/// The content of a map.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// A prefix for ids, unique in the page: letters, digits and hyphens.
    pub key: String,
    pub title: String,
    /// The description, for readers who cannot see the map.
    pub description: String,
    /// The places.
    pub stops: Vec<Stop>,
    /// The lines between stops.
    pub legs: Vec<Leg>,
    /// Whether to show legs that are too short for the map larger, in a corner of it.
    pub insets: bool,
    /// Whether stops that are far from all others and on no leg are arrows at its edge, so that the others fill it.
    pub apart: bool,
    /// Whether the keyboard skips its links, because one beside the map leads to a page where each has its stop.
    pub skipped: bool,
}

impl Spec {
    /// The attribute of a link by which the keyboard skips it, if it does.
    fn skip(&self) -> &'static str {
        if self.skipped { " tabindex=\"-1\"" } else { "" }
    }
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Where it is.
    pub at: LonLat,
    /// Its name.
    pub label: String,
    /// Its number or numbers along the route, if shown.
    pub number: Option<String>,
    /// How many places it stands for.
    pub count: usize,
    /// The address of its page.
    pub href: String,
}

/// A line on a map.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Its number in its route.
    pub number: usize,
    /// The line of the leg.
    pub line: Arc<Line>,
    /// The means of transport: a class of the style sheet, which also selects the pattern.
    pub mode: &'static str,
    /// Whether the dossier infers the leg; otherwise it is reported.
    pub inferred: bool,
    /// A description in words.
    pub title: String,
    /// The address of more information.
    pub href: Option<String>,
    /// What may stand beside it, from the longest to the shortest: as much as there is room for does.
    pub notes: Vec<String>,
}

impl Leg {
    /// What is known of the line's path, as a class of the style sheet. Of many legs only the ends are reported: the
    /// line between them is the program's, and must not look like one that somebody followed.
    pub(crate) fn path(&self) -> &'static str {
        match (self.inferred, self.line.course) {
            (true, _) => "inferred",
            (false, Course::Given) => "reported",
            (false, Course::Seaway) => "computed",
            (false, Course::Shortest | Course::NoSeaway) => "unknown",
        }
    }

    /// Whether only the ends of the line are known, so that it is drawn as a schematic arc.
    pub(crate) fn is_schematic(&self) -> bool {
        matches!(self.line.course, Course::Shortest | Course::NoSeaway)
    }
}

/// The language-dependent words of a map.
pub struct Words<'a> {
    /// The name of a country, by its code.
    pub country: &'a dyn Fn(&str) -> String,
    /// Formats a number of kilometres with its unit.
    pub kilometres: &'a dyn Fn(f64) -> String,
    /// Writes a number that counts nothing.
    pub ordinal: &'a dyn Fn(usize) -> String,
    /// The language of the names of seas and cities; without one there are none.
    pub tongue: Option<Tongue>,
}

/// The size of a map, in CSS pixels.
#[derive(Copy, Clone, Debug)]
pub struct Size {
    /// A class of the style sheet: `full`, `wide`, `narrow`, `frame`.
    pub class: &'static str,
    pub width: f64,
    /// The minimum height.
    pub low: f64,
    /// The maximum height.
    pub high: f64,
    /// The font size.
    pub font: f64,
}

impl Size {
    /// A page's own map, on a wide screen.
    pub const WIDE: Size = Size { class: "full", width: 1040.0, low: 430.0, high: 520.0, font: 15.0 };
    /// The map of one leg.
    pub const FRAME: Size = Size { class: "frame", width: 350.0, low: 180.0, high: 230.0, font: 14.0 };
    /// A map in the text, and a page's own between the two others.
    pub const COLUMN: Size = Size { class: "wide", width: 660.0, low: 330.0, high: 480.0, font: 14.0 };
    /// Any map, on a narrow screen.
    pub const NARROW: Size = Size { class: "narrow", width: 350.0, low: 270.0, high: 430.0, font: 14.0 };

    /// The space between what matters and the sides, in pixels: names have room there, and what matters is in the
    /// middle half of the picture.
    pub fn room(&self) -> [f64; 2] {
        const PART: f64 = 0.147;
        [(self.width * PART).max(self.font * 3.4), (self.high * PART).max(self.font * 2.7)]
    }
}

/// A map in several sizes.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// One `svg` element after another: the style sheet shows the one that fits. Empty if there is nothing to show.
    pub svg: String,
    /// For each size, its class and what it has no room for.
    pub keys: Vec<(&'static str, Left)>,
}

/// What a drawing has no room for.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// The numbers of the stops whose names are not in it. A stop for which that has no room either has none.
    pub stops: Vec<(String, usize)>,
    /// The legs beside which nothing or not all of what may be said stands.
    pub legs: Vec<usize>,
}

/// Draws a map in each of these sizes.
pub fn draw(spec: &Spec, words: &Words<'_>, sizes: &[Size]) -> Drawing {
    let mut drawing = Drawing::default();
    if spec.stops.is_empty() && spec.legs.is_empty() {
        return drawing;
    }
    let view = frame::View::of(spec);
    for size in sizes {
        let (svg, left) = svg::draw(spec, &view, words, size, sizes.len() == 1);
        drawing.svg.push_str(&svg);
        drawing.keys.push((size.class, left));
    }
    drawing
}
