//! A claim: one assertion by one speaker on one date.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::keys::{Item, Key, Shape, Table, items, keys};
use super::words::{Basis, Comparator, Credibility, Likelihood, Status};
use super::{Act, Common, Facts, Group, Kind, Nature, Order, Ref, Spec, Url, Value};
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;
use crate::data::de::{number, wanting};
use crate::data::reading::{self, Sort};

keys! {
    /// Something that somebody asserts.
    #[derive(Clone, Debug, Default)]
    pub struct Claim {
        /// How far it is established. Without it, the status follows from other claims and the sources.
        status: Option<Spanned<Status>> = "",
        /// Who asserts it.
        by: Vec<Ref> as By = "",
        /// Who passes it on.
        via: Vec<Ref> as Via,
        /// When it was asserted.
        date of Common = "",
        /// When what it asserts happened.
        when: Option<Spanned<Edtf>>,
        /// The figures in it.
        quantities: Vec<Quantity>,
        /// What it is based on.
        basis: Option<Basis>,
        /// The second half of the Admiralty code. 1 is confirmed by other sources, 2 probably true, 3 possibly true,
        /// 4 doubtful, 5 improbable; 6 cannot be judged.
        credibility: Option<Credibility>,
        /// How likely its speaker says it is, in the words of US intelligence (ICD 203).
        likelihood: Option<Likelihood>,
        /// What it is about.
        about: Vec<Ref> as About,
        /// Those that it makes more likely.
        supports: Vec<Ref> as Supports,
        /// Those that cannot be true if it is.
        contradicts: Vec<Ref> as Contradicts,
        /// Those that it rejects.
        denies: Vec<Ref> as Denies,
        /// Those that it says more exactly.
        narrows: Vec<Ref> as Narrows,
        /// Those that it repeats.
        restates: Vec<Ref> as Restates,
        /// Those that it replaces.
        supersedes: Vec<Ref> as Supersedes,
        /// Those that it is a part of.
        part_of: Vec<Ref> as PartOf,
        /// What it was held to be, and when.
        history: Vec<HistoryEntry>,
        /// A fact-checker's verdict. It is a word of the [scale](configuration.md#verdicts) in `dossier.toml`, or a
        /// number from `worst` to `best` and the verdict in words.
        review: Option<Review>,
    }
}

keys! {
    /// A figure in a claim.
    #[derive(Clone, Debug)]
    pub struct Quantity {
        /// The number, or the range that it lies in. For example, "hundreds" is `{from: 200, to: 999}`.
        value: Number,
        /// How the figure relates to it.
        comparator: Option<Comparator>,
        /// What is counted or measured in: `containers`, `km`.
        unit: Option<Text>,
        /// What of.
        of: Option<Text>,
        /// The two places of a distance, or the two events of a time.
        between: Vec<Ref> as Between,
        /// What its speaker said in place of a number: `hundreds of`. Pages show these words, and compare the `value`.
        wording: Option<Text>,
    }
}

/// A number, or a range.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Number {
    /// The lower bound.
    pub from: f64,
    /// The upper bound.
    pub to: f64,
}

keys! {
    /// A range of numbers, as it is written.
    pub(crate) struct Bounds {
        /// The least number.
        from: Amount,
        /// The greatest number.
        to: Amount,
    }
}

/// A number that is no range, of which it is clear where its decimals begin.
#[derive(Copy, Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Amount(f64);

items! {
    Amount = Shape::Number;
    Number = Shape::Either(&Shape::Number, &Shape::Record(Bounds::KEYS));
}

impl From<f64> for Number {
    fn from(number: f64) -> Number {
        Number { from: number, to: number }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from == self.to {
            true => write!(f, "{}", self.from),
            false => write!(f, "{}–{}", self.from, self.to),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        struct Plain;

        impl Visitor<'_> for Plain {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_str<E: de::Error>(self, written: &str) -> Result<Amount, E> {
                amount(written, &self).map(Amount)
            }
        }

        wanting(deserializer, Sort::Number, Plain)
    }
}

/// The number that is `written`, if its point is one of decimals: before three digits, it separates thousands in half
/// of the world.
fn amount<E: de::Error>(written: &str, expected: &dyn de::Expected) -> Result<f64, E> {
    if let [_, _, ..] = reading::number::read(written, "").as_slice() {
        let why = format!("`{written}` may be a number of thousands, or one with three decimals");
        return Err(E::custom(why));
    }
    number(written).ok_or_else(|| E::invalid_type(de::Unexpected::Str(written), expected))
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a range such as `{from: 200, to: 999}`")
            }

            fn visit_str<E: de::Error>(self, written: &str) -> Result<Number, E> {
                amount(written, &self).map(Number::from)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Number, A::Error> {
                let Bounds { from: Amount(from), to: Amount(to) } =
                    Bounds::deserialize(MapAccessDeserializer::new(map))?;
                match from <= to {
                    true => Ok(Number { from, to }),
                    false => {
                        Err(de::Error::custom(format!("`from` is {from}, which is more than `to`, {to}")))
                    }
                }
            }
        }

        wanting(deserializer, Sort::Figure, Either)
    }
}

keys! {
    /// A change of a claim's status.
    #[derive(Clone, Debug)]
    pub struct HistoryEntry {
        /// When it changed.
        date: Spanned<Edtf>,
        /// What it changed to.
        status: Spanned<Status>,
        /// The reason.
        why: Option<Text>,
    }
}

keys! {
    /// A verdict, as schema.org's ClaimReview has it.
    #[derive(Clone, Debug)]
    pub struct Review {
        /// A verdict of the scale in `dossier.toml`, instead of `rating` and `label`.
        verdict: Option<Spanned<String>> => Never,
        /// A number on the scale from `worst` to `best`.
        rating: Option<Spanned<f64>> => Never,
        /// The verdict in a few words.
        label: Option<Text> => Never,
        /// The lower end of the scale.
        worst: Option<f64> => Never,
        /// The upper end of the scale.
        best: Option<f64> => Never,
        /// Who judged.
        by: Vec<Ref> as By,
        /// When.
        date: Option<Spanned<Edtf>>,
        /// Where the verdict was published.
        url: Option<Spanned<Url>>,
    }
}

items! {
    Quantity = Shape::Record(Quantity::KEYS), |quantity, _| Some(Value::Quantity(quantity));
    HistoryEntry = Shape::Record(HistoryEntry::KEYS), |record, _| Some(Value::row(record));
}

impl Item for Review {
    const SHAPE: Shape = Shape::Record(Review::KEYS);

    /// The verdict is one fact, however it is written.
    fn value(&self, _: &'static Key) -> Option<Value<'_>> {
        let is_judged = self.verdict.is_some() || self.label.is_some();
        let mut facts = Facts::default();
        facts.add("verdict", is_judged.then_some(Value::Verdict(self)));
        facts.table(self);
        Some(Value::Row(facts.list))
    }
}

impl Claim {
    /// The status that the author wrote: under `status`, otherwise the last of the history.
    pub(crate) fn written_status(&self) -> Option<&Spanned<Status>> {
        self.status.as_ref().or_else(|| self.history.last().map(|entry| &entry.status))
    }

    /// Whether the desk has computed it, so that nobody has said it.
    pub(crate) fn is_computed(&self) -> bool {
        self.basis == Some(Basis::Computation)
    }
}

impl Kind for Claim {
    const SPEC: Spec = Spec {
        name: "claim",
        folder: "claims",
        about: "one assertion by one speaker on one date",
        order: Order::Date,
        group: Group::Fact("status"),
        needs_referrer: false,
    };

    const ACT: Option<Act> = Some(Act::Said);

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Assertion)
    }
}
