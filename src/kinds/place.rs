//! A place: where something is or happened.

use serde::Deserialize;

use super::described::{Shape, Term, says, shaped};
use super::facts::{Facts, Value};
use super::{Common, Described, Group, Kind, KindId, Order, Ref, SocialCards, Spec};
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

static PLACE: Described = Described::new(&["Place"], TERMS);
static CITY: Described = Described::new(&["City"], TERMS);
static COUNTRY: Described = Described::new(&["Country"], TERMS);
static AIRPORT: Described = Described::new(&["Airport"], TERMS);

const TERMS: &[Term] = &[
    says("geo", &["coordinates"]),
    shaped("address", &["country"], Shape::Node(&["PostalAddress"], &[says("addressCountry", &["country"])])),
    says("containedInPlace", &["within"]),
    says("sameAs", &["same_as"]),
];

static FTM: Described = Described::new(
    &["Address"],
    &[says("latitude", &["coordinates"]), says("country", &["country"]), says("remarks", &["type"])],
);

impl Kind for Place {
    const SPEC: Spec = Spec {
        name: "place",
        folder: "places",
        about: "a town, port, depot, border: anything with coordinates",
        order: Order::Title,
        group: Group::Fact("country"),
        social_cards: SocialCards::All,
        needs_referrer: true,
        template: "summary:\ncoordinates: [0.0, 0.0]   # latitude, longitude\ntype: city\n# country: ID\n# within: id-of-a-larger-place\n# aliases: [another spelling]\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.as_deref().map(|t| Value::Term("place-type", t)));
        facts.add("country", self.country.map(|c| Value::Country(c.code())));
        facts.refs("within", &self.within, &[KindId::Place]);
        facts.add("coordinates", self.coordinates.map(Value::Point));
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.ending(common);
    }

    fn schema_org(&self) -> Option<&'static Described> {
        Some(match self.r#type.as_deref() {
            Some("city" | "town" | "village") => &CITY,
            Some("country") => &COUNTRY,
            Some("airport") => &AIRPORT,
            _ => &PLACE,
        })
    }

    fn follow_the_money(&self) -> Option<&'static Described> {
        Some(&FTM)
    }
}
