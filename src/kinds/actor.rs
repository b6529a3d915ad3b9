//! An actor: whoever says, does or is said to do something.

use serde::Deserialize;

use super::described::{Shape, Term, says, shaped};
use super::facts::{Facts, Value};
use super::words::ActorType;
use super::{Common, Described, Group, Kind, KindId, Order, Ref, SocialCards, Spec};
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

static PERSON: Described = Described::new(
    &["Person"],
    &[
        says("jobTitle", &["role"]),
        shaped("address", &["country"], COUNTRY),
        shaped("memberOf", &["part_of"], MEMBER),
        says("sameAs", &["same_as"]),
    ],
);
static ORGANIZATION: Described = Described::new(&["Organization"], BODY);
static STATE: Described = Described::new(&["GovernmentOrganization"], BODY);
static MEDIUM: Described = Described::new(&["NewsMediaOrganization"], BODY);

const BODY: &[Term] = &[
    says("disambiguatingDescription", &["role"]),
    shaped("address", &["country"], COUNTRY),
    shaped("memberOf", &["part_of"], MEMBER),
    says("sameAs", &["same_as"]),
];
const COUNTRY: Shape = Shape::Node(&["PostalAddress"], &[says("addressCountry", &["country"])]);
const MEMBER: Shape = Shape::Node(
    &["OrganizationRole"],
    &[
        says("memberOf", &["part_of"]),
        says("roleName", &["role"]),
        says("startDate", &["from"]),
        says("endDate", &["to"]),
    ],
);

static FTM_PERSON: Described = Described::new(
    &["Person"],
    &[
        says("position", &["role"]),
        says("country", &["country"]),
        says("website", &["same_as"]),
        shaped("member", &["part_of"], FTM_MEMBER),
    ],
);
static FTM_ORGANIZATION: Described = Described::new(&["Organization"], FTM_BODY);
static FTM_STATE: Described = Described::new(&["PublicBody"], FTM_BODY);
static FTM_OTHER: Described = Described::new(&["LegalEntity"], FTM_BODY);

const FTM_BODY: &[Term] = &[
    says("description", &["role"]),
    says("country", &["country"]),
    says("website", &["same_as"]),
    shaped("member", &["part_of"], FTM_MEMBER),
];
const FTM_MEMBER: Shape = Shape::Node(
    &["Membership"],
    &[
        says("organization", &["part_of"]),
        says("role", &["role"]),
        says("startDate", &["from"]),
        says("endDate", &["to"]),
    ],
);

impl Kind for Actor {
    const SPEC: Spec = Spec {
        name: "actor",
        folder: "actors",
        about: "a person, organization, government or medium that says or does something",
        order: Order::Title,
        group: Group::Fact("type"),
        social_cards: SocialCards::All,
        needs_referrer: true,
        template: "summary:\ntype: organization\n# country: ID\n# role: what it does, in a few words\n# aliases: [another name]\n\
                   # part_of:\n#   - actor: id-of-the-whole\n#     role: spokesperson\n#     from: 2022\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("type", self.r#type.map(|t| Value::Term(ActorType::VOCABULARY, t.word())));
        facts.add("role", self.role.as_ref().map(Value::Text));
        facts.add("country", self.country.map(|c| Value::Country(c.code())));
        facts.rows("part_of", &self.part_of, |membership, row| {
            row.add("part_of", [Value::Ref(&membership.actor, &[KindId::Actor])]);
            row.add("role", membership.role.as_ref().map(Value::Text));
            row.add("from", membership.from.as_ref().map(Value::Date));
            row.add("to", membership.to.as_ref().map(Value::Date));
        });
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.ending(common);
    }

    fn schema_org(&self) -> Option<&'static Described> {
        use super::words::ActorType::*;
        Some(match self.r#type {
            Some(Person) => &PERSON,
            Some(Government | Agency | Military) => &STATE,
            Some(Media) => &MEDIUM,
            // Who acts and is no person is an organization, for want of a wider word for whoever may assert something.
            Some(Organization | Alliance | Other) | None => &ORGANIZATION,
        })
    }

    fn follow_the_money(&self) -> Option<&'static Described> {
        use super::words::ActorType::*;
        Some(match self.r#type {
            Some(Person) => &FTM_PERSON,
            Some(Government | Agency | Military) => &FTM_STATE,
            Some(Organization | Media | Alliance) => &FTM_ORGANIZATION,
            Some(Other) | None => &FTM_OTHER,
        })
    }
}
