//! An actor: whoever says, does or is said to do something.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::words::ActorType;
use super::{Common, Group, Kind, Nature, Order, Ref, Role, Spec};
use crate::base::country::Country;
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

/// A person, an organization, a state.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Actor {
    /// What it is.
    pub r#type: Option<ActorType>,
    /// Where it belongs.
    pub country: Option<Country>,
    /// What it does, in a few words.
    pub role: Option<Text>,
    /// What it is called within a sentence: `the White House`. Its title, unless given.
    pub called: Option<Text>,
    /// What it is a part or a member of.
    pub part_of: Vec<Membership>,
}

/// That an actor belongs to another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The whole.
    pub actor: Ref,
    /// As what.
    #[serde(default)]
    pub role: Option<Text>,
    /// Since when.
    #[serde(default)]
    pub from: Option<Spanned<Edtf>>,
    /// Until when.
    #[serde(default)]
    pub to: Option<Spanned<Edtf>>,
}

impl Kind for Actor {
    const SPEC: Spec = Spec {
        name: "actor",
        folder: "actors",
        about: "a person, organization, government or medium that says or does something",
        order: Order::Title,
        group: Group::Fact("type"),
        needs_referrer: true,
        template: "summary:\ntype: organization\n# country: ID\n# role: what it does, in a few words\n# aliases: [another name]\n\
                   # part_of:\n#   - actor: id-of-the-whole\n#     role: spokesperson\n#     from: 2022\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.map(|t| Value::Term(ActorType::VOCABULARY, t.word())));
        facts.add("role", self.role.as_ref().map(Value::Text));
        facts.add("country", self.country.map(|c| Value::Country(c.code())));
        facts.rows("part_of", &self.part_of, |membership, row| {
            row.refs(Role::MemberOf, std::slice::from_ref(&membership.actor));
            row.add("role", membership.role.as_ref().map(Value::Text));
            row.add("from", membership.from.as_ref().map(Value::Date));
            row.add("to", membership.to.as_ref().map(Value::Date));
        });
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.ending(common);
    }

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
