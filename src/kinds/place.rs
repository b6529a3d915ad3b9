//! A place: where something is or happened.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::{Common, Group, Kind, Nature, Order, Ref, Role, Spec};
use crate::base::country::Country;
use crate::base::point::Point;

/// A town, a port, a border.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// Where it is.
    pub coordinates: Option<Point>,
    /// What it is: `port`, `city`, or any other word; the theme translates those it knows.
    pub r#type: Option<String>,
    /// The country it is in.
    pub country: Option<Country>,
    /// The place that it is a part of.
    pub within: Vec<Ref>,
}

impl Kind for Place {
    const SPEC: Spec = Spec {
        name: "place",
        folder: "places",
        about: "a town, port, depot, border: anything with coordinates",
        order: Order::Title,
        group: Group::Fact("country"),
        needs_referrer: true,
        template: "summary:\ncoordinates: [0.0, 0.0]   # latitude, longitude\ntype: city\n# country: ID\n# within: id-of-a-larger-place\n# aliases: [another spelling]\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.as_deref().map(|t| Value::Term("place-type", t)));
        facts.add("country", self.country.map(|c| Value::Country(c.code())));
        facts.refs(Role::Within, &self.within);
        facts.add("coordinates", self.coordinates.map(Value::Point));
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.ending(common);
    }

    fn nature(&self) -> Option<Nature> {
        Some(match self.r#type.as_deref() {
            Some("city" | "town" | "village") => Nature::City,
            Some("country") => Nature::Country,
            Some("airport") => Nature::Airport,
            _ => Nature::Place,
        })
    }
}
