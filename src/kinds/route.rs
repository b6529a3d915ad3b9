//! A route: a journey in legs, each from one place to another.

use serde::Deserialize;

use super::keys::{Shape, Table, items, keys};
use super::words::{Certainty, Mode};
use super::{Act, Common, Group, Kind, Moment, Nature, Order, Ref, Spec, Value};
use crate::base::date::Edtf;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;

keys! {
    /// A way that somebody or something took.
    #[derive(Clone, Debug, Default)]
    pub struct Route {
        /// When it was travelled, where its legs do not say so.
        date of Common,
        /// Its parts, in the order travelled; each starts where the last one ended.
        legs: Vec<Leg>,
    }
}

keys! {
    /// A part of a route, by one means of transport.
    #[derive(Clone, Debug)]
    pub struct Leg {
        /// Where it starts.
        from: Ref as From,
        /// Where it ends.
        to: Ref as To,
        /// The means of transport.
        mode: Mode,
        /// When it started.
        departed: Option<Spanned<Edtf>>,
        /// When it ended.
        arrived: Option<Spanned<Edtf>>,
        /// The ship, train or company.
        carrier: Option<Text>,
        /// What was moved.
        cargo: Option<Text>,
        /// What the author says of it: a sentence or a paragraph, in the story of the route.
        text: Option<Text>,
        /// `reported`, unless given; `inferred` where nobody says so and the dossier concludes it.
        certainty: Certainty,
        /// What it rests on.
        claims: Vec<Ref> as Claims,
        /// The line it followed: points, or a GeoJSON, GPX or KML file beside this one. Points are
        /// `[[38.7, -9.1], [51.9, -8.5]]`, latitude first.
        path: Option<Path>,
    }
}

items! {
    Leg = Shape::Record(Leg::KEYS), |record, _| Some(Value::row(record));
    Path = Shape::Path;
}

/// The line that a leg followed.
#[derive(Clone, Debug)]
pub enum Path {
    /// The points between its ends, each as `[lat, lon]`.
    Points(Spanned<Vec<crate::base::point::Point>>),
    /// A GeoJSON, GPX or KML file.
    File(Spanned<String>),
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Path, D::Error> {
        struct Either(Span);

        impl<'de> serde::de::Visitor<'de> for Either {
            type Value = Path;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of points `[lat, lon]`, or the name of a GeoJSON, GPX or KML file")
            }

            fn visit_str<E: serde::de::Error>(self, file: &str) -> Result<Path, E> {
                Ok(Path::File(Spanned { value: file.to_owned(), span: self.0 }))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Path, A::Error> {
                let mut points = Vec::new();
                while let Some(point) = items.next_element()? {
                    points.push(point);
                }
                Ok(Path::Points(Spanned { value: points, span: self.0 }))
            }
        }

        crate::data::de::with_span(deserializer, None, Either)
    }
}

// In schema.org, trips have only times of day and events have dates, so a journey is both.
impl Kind for Route {
    const SPEC: Spec = Spec {
        name: "route",
        folder: "routes",
        about: "a voyage in legs, each from a place to a place",
        order: Order::Title,
        group: Group::None,
        needs_referrer: true,
    };

    fn moments(&self, common: &Common) -> Vec<Moment> {
        let travelled = |date, leg| Moment { date, act: Act::Travelled, leg };
        let legs = self.legs.iter().enumerate().filter_map(|(at, leg)| {
            let date = match (&leg.departed, &leg.arrived) {
                (Some(one), None) | (None, Some(one)) => one.value,
                (Some(from), Some(to)) => from.value.until(to.value),
                (None, None) => return None,
            };
            Some(travelled(date, Some(at + 1)))
        });
        let legs: Vec<Moment> = legs.collect();
        // The date of the whole route matters only if its legs have no dates.
        match &common.date {
            Some(date) if legs.is_empty() => vec![travelled(date.value, None)],
            _ => legs,
        }
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Journey)
    }
}
