//! A route: a voyage in legs, each from a place to a place.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::words::{Certainty, Mode};
use super::{Act, Common, Group, Kind, Moment, Nature, Order, Ref, Role, Spec};
use crate::base::date::Edtf;
use crate::base::span::{Span, Spanned};
use crate::base::text::Text;

/// A way that somebody or something took.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Route {
    /// In the order travelled.
    pub legs: Vec<Leg>,
}

/// A part of a route, by one means of transport.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// The place where it starts.
    pub from: Ref,
    /// The place where it ends.
    pub to: Ref,
    /// The means of transport.
    pub mode: Mode,
    /// The ship, train or company.
    #[serde(default)]
    pub carrier: Option<Text>,
    /// What was moved.
    #[serde(default)]
    pub cargo: Option<Text>,
    /// When it started.
    #[serde(default)]
    pub departed: Option<Spanned<Edtf>>,
    /// When it ended.
    #[serde(default)]
    pub arrived: Option<Spanned<Edtf>>,
    /// Whether a source says so, or the dossier infers it.
    #[serde(default = "reported")]
    pub certainty: Certainty,
    /// The line it followed: points, or a file beside this one.
    #[serde(default)]
    pub path: Option<Path>,
    /// The claims that it rests on.
    #[serde(default)]
    pub claims: Vec<Ref>,
}

fn reported() -> Certainty {
    Certainty::Reported
}

/// The line that a leg followed.
#[derive(Clone, Debug)]
pub enum Path {
    /// Points between its ends, `[lat, lon]` each.
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

        crate::data::de::with_span(deserializer, Either)
    }
}

// schema.org's trips have times of day only, its events have dates; a journey is both.
impl Kind for Route {
    const SPEC: Spec = Spec {
        name: "route",
        folder: "routes",
        about: "a voyage in legs, each from a place to a place",
        order: Order::Title,
        group: Group::None,
        needs_referrer: true,
        template: "summary:\nlegs: []\n#  - from: id-of-a-place\n#    to: id-of-a-place\n#    mode: sea              # sea, rail, road, air, river, pipeline\n\
                   #    departed: 2023-09-01\n#    arrived: 2023-10-01\n#    certainty: reported    # or inferred\n\
                   #    claims: [id-of-a-claim]\nsources: []\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.rows("legs", &self.legs, |leg, row| {
            row.refs(Role::From, std::slice::from_ref(&leg.from));
            row.refs(Role::To, std::slice::from_ref(&leg.to));
            row.add("mode", [Value::Term(Mode::VOCABULARY, leg.mode.word())]);
            row.add("departed", leg.departed.as_ref().map(Value::Date));
            row.add("arrived", leg.arrived.as_ref().map(Value::Date));
            row.add("carrier", leg.carrier.as_ref().map(Value::Text));
            row.add("cargo", leg.cargo.as_ref().map(Value::Text));
            row.add("certainty", [Value::Term(Certainty::VOCABULARY, leg.certainty.word())]);
            row.refs(Role::Claims, &leg.claims);
        });
        facts.ending(common);
    }

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
        // The date of the whole says something only where its legs do not.
        match &common.date {
            Some(date) if legs.is_empty() => vec![travelled(date.value, None)],
            _ => legs,
        }
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Journey)
    }
}
