//! An event: something that happened on a date, somewhere.

use super::keys::keys;
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Spec};

keys! {
    /// A meeting, a launch, a publication.
    #[derive(Clone, Debug, Default)]
    pub struct Event {
        /// When it happened.
        date of Common = "",
        /// Where it happened.
        places: Vec<Ref> as Places = "",
        /// Who took part.
        actors: Vec<Ref> as Actors = "",
    }
}

impl Kind for Event {
    const SPEC: Spec = Spec {
        name: "event",
        folder: "events",
        about: "something that happened on a date",
        order: Order::Date,
        group: Group::Month,
        needs_referrer: true,
    };

    const NEEDS_DATE: bool = true;

    const ACT: Option<Act> = Some(Act::Happened);

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Event)
    }
}
