//! A place: where something is or happened.

use serde::Deserialize;

use super::keys::{Shape, items, keys};
use super::{Common, Group, Kind, Nature, Order, Ref, Spec, Value};
use crate::base::country::Country;
use crate::base::point::Point;
use crate::base::span::Spanned;

keys! {
    /// A town, a port, a border.
    #[derive(Clone, Debug, Default)]
    pub struct Place {
        /// What it is. The site shows `country`, `region`, `city`, `town`, `village`, `port`, `airport`, `station`,
        /// `depot`, `base`, `factory`, `building`, `spaceport`, `border`, `sea` and `strait` in each language, and any
        /// other word as it is.
        r#type: Option<PlaceType> = "",
        /// The country it is in.
        country: Option<Spanned<Country>>,
        /// The place that it is a part of.
        within: Vec<Ref> as Within,
        /// Where it is, in degrees; north and east are positive.
        coordinates: Option<Spanned<Point>> = "",
        /// When it was founded or opened.
        date of Common,
    }
}

/// The type of a place: any word. The theme translates the words that it knows.
#[derive(Clone, Debug, Deserialize)]
pub struct PlaceType(String);

impl Place {
    /// Where it is.
    pub(crate) fn point(&self) -> Option<Point> {
        self.coordinates.as_ref().map(|point| point.value)
    }
}

impl PlaceType {
    pub(crate) fn word(&self) -> &str {
        &self.0
    }
}

items! {
    PlaceType = Shape::Words, |word, _| Some(Value::Term("place-type", &word.0));
}

impl Kind for Place {
    const SPEC: Spec = Spec {
        name: "place",
        folder: "places",
        about: "a town, port, depot, border: anything with coordinates",
        order: Order::Title,
        group: Group::Fact("country"),
        needs_referrer: true,
    };

    fn nature(&self) -> Option<Nature> {
        Some(match self.r#type.as_ref().map(|word| word.0.as_str()) {
            Some("city" | "town" | "village") => Nature::City,
            Some("country") => Nature::Country,
            Some("airport") => Nature::Airport,
            _ => Nature::Place,
        })
    }
}
