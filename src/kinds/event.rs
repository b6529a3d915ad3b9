//! An event: something that happened, on a date, somewhere.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Role, Spec};

/// A meeting, a launch, a publication.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Event {
    /// Where it happened.
    pub places: Vec<Ref>,
    /// Who took part.
    pub actors: Vec<Ref>,
}

impl Kind for Event {
    const SPEC: Spec = Spec {
        name: "event",
        folder: "events",
        about: "something that happened on a date",
        order: Order::Date,
        group: Group::Month,
        needs_referrer: true,
        template: "summary:\ndate: {today}\nplaces: []\nactors: []\nsources: []\n",
    };

    const NEEDS_DATE: bool = true;

    const ACT: Option<Act> = Some(Act::Happened);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.refs(Role::Places, &self.places);
        facts.refs(Role::Actors, &self.actors);
        facts.ending(common);
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Event)
    }
}
