//! An actor: anyone who says, does or is said to do something.

use super::keys::{Shape, Table, items, keys};
use super::words::ActorType;
use super::{Common, Group, Kind, Nature, Order, Ref, Spec, Value};
use crate::base::country::Country;
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

keys! {
    /// A person, an organization, a state.
    #[derive(Clone, Debug, Default)]
    pub struct Actor {
        /// What it is.
        r#type: Option<ActorType> = "",
        /// What it does, in a few words.
        role: Option<Text>,
        /// Where it belongs. The code is that of [ISO 3166-1](https://en.wikipedia.org/wiki/ISO_3166-1_alpha-2):
        /// `IE`, `PT`.
        country: Option<Spanned<Country>>,
        /// What it is a part or a member of. It may name several, each for its time.
        part_of: Vec<Membership>,
        /// What it is called within a sentence, if not by its title. For example, `{en: the Gazette}`.
        called: Option<Text> => Never,
        /// When it was founded or born.
        date of Common,
    }
}

keys! {
    /// That an actor belongs to another.
    #[derive(Clone, Debug)]
    pub struct Membership {
        /// The whole.
        actor: Ref as MemberOf,
        /// As what.
        role: Option<Text>,
        /// Since when.
        from: Option<Spanned<Edtf>>,
        /// Until when.
        to: Option<Spanned<Edtf>>,
    }
}

items! {
    Membership = Shape::Record(Membership::KEYS), |record, _| Some(Value::row(record));
}

impl Kind for Actor {
    const SPEC: Spec = Spec {
        name: "actor",
        folder: "actors",
        about: "a person, organization, government or medium that says or does something",
        order: Order::Title,
        group: Group::Fact("type"),
        needs_referrer: true,
    };

    fn nature(&self) -> Option<Nature> {
        Some(match self.r#type {
            Some(ActorType::Person) => Nature::Person,
            Some(ActorType::Government | ActorType::Agency | ActorType::Military) => Nature::State,
            Some(ActorType::Media) => Nature::Medium,
            Some(ActorType::Organization | ActorType::Alliance) => Nature::Organization,
            Some(ActorType::Other) | None => Nature::Party,
        })
    }
}
