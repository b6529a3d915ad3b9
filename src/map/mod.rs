//! Places and routes → a drawn map, as SVG that stands in the page: the theme's style sheet colours it, its
//! links work, and it needs no server, no script and no other site.
//!
//! 1. [`frame`] chooses the projection and what part of it is seen.
//! 2. [`ground`] draws land, lakes and borders within it.
//! 3. [`lines`] draws the legs, with a pattern for each means of transport and arrows for the direction.
//! 4. [`labels`] finds room for names.
//! 5. [`inset`] finds legs too short for the overview, and room to show them larger.
//! 6. [`svg`] puts it all together.
//!
//! What is drawn is plain data; no kind and no page is known here.

pub mod frame;
pub mod ground;
pub mod inset;
pub mod labels;
pub mod lines;
pub mod locator;
mod panel;
mod path;
pub mod svg;

use std::sync::Arc;

use crate::geo::{Line, LonLat};

pub use locator::{Locator, locator};

/// What a map shows.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// A name for it that no other map of the page has, for the ids within: letters, digits and hyphens.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// Where something is.
    pub stops: Vec<Stop>,
    /// The lines between stops.
    pub legs: Vec<Leg>,
    /// Whether legs too short for the map are shown larger in a corner of it.
    pub insets: bool,
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Where it is.
    pub at: LonLat,
    /// Its name.
    pub label: String,
    /// Its number or numbers on the way, where they are shown.
    pub number: Option<String>,
    /// Its page.
    pub href: String,
}

/// A line on a map.
#[derive(Clone, Debug)]
pub struct Leg {
    /// Its course.
    pub line: Arc<Line>,
    /// The means of transport: a class of the style sheet, and the choice of the pattern.
    pub mode: &'static str,
    /// Whether the dossier infers it; else it is reported.
    pub inferred: bool,
    /// What it is, in words.
    pub title: String,
    /// Where more is said of it.
    pub href: Option<String>,
}

/// What a map needs of a language.
pub struct Words<'a> {
    /// The name of a country, by its code.
    pub country: &'a dyn Fn(&str) -> String,
    /// A number of kilometres with its unit.
    pub kilometres: &'a dyn Fn(f64) -> String,
}

/// How large a map is drawn, in CSS pixels.
#[derive(Copy, Clone, Debug)]
pub struct Size {
    /// A class of the style sheet: `wide`, `narrow`.
    pub class: &'static str,
    /// Its width.
    pub width: f64,
    /// The least height.
    pub low: f64,
    /// The greatest height.
    pub high: f64,
    /// The size of the letters.
    pub font: f64,
}

impl Size {
    /// A page's own map, on a wide screen.
    pub const WIDE: Size = Size { class: "wide", width: 960.0, low: 430.0, high: 620.0, font: 15.0 };
    /// A map in a running text.
    pub const COLUMN: Size = Size { class: "wide", width: 660.0, low: 330.0, high: 480.0, font: 14.0 };
    /// Any map, on a narrow screen.
    pub const NARROW: Size = Size { class: "narrow", width: 350.0, low: 270.0, high: 430.0, font: 14.0 };
}

/// Draws a map in each of these sizes, one `svg` element after another: the style sheet shows the one that
/// fits. Empty where there is nothing to show.
pub fn draw(spec: &Spec, words: &Words<'_>, sizes: &[Size]) -> String {
    if spec.stops.is_empty() && spec.legs.is_empty() {
        return String::new();
    }
    let view = frame::View::of(spec);
    sizes.iter().map(|size| svg::draw(spec, &view, words, size)).collect()
}
