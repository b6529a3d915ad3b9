//! A claim: one assertion by one speaker on one date.

use super::keys::{Item, Key, Shape, Table, keys};
use super::words::{Basis, Comparator, Credibility, Likelihood, Status};
use super::{Act, Common, Facts, Group, Kind, Nature, Order, Ref, Spec, Url, Value};
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

keys! {
    /// Something that somebody asserts.
    #[derive(Clone, Debug, Default)]
    pub struct Claim {
        /// How far it is established.
        status: Option<Spanned<Status>> = "reported",
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
        /// The number.
        value: f64,
        /// How the figure relates to it.
        comparator: Option<Comparator>,
        /// What is counted or measured in: `containers`, `km`.
        unit: Option<Text>,
        /// What of.
        of: Option<Text>,
        /// The two places of a distance, or the two events of a time.
        between: Vec<Ref> as Between,
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

impl Item for Quantity {
    const SHAPE: Shape = Shape::Record(Quantity::KEYS);

    fn value(&self, _: &'static Key) -> Option<Value<'_>> {
        Some(Value::Quantity(self))
    }
}

impl Item for HistoryEntry {
    const SHAPE: Shape = Shape::Record(HistoryEntry::KEYS);

    fn value(&self, _: &'static Key) -> Option<Value<'_>> {
        Some(Value::row(self))
    }
}

impl Item for Review {
    const SHAPE: Shape = Shape::Record(Review::KEYS);

    /// The verdict, however it is given, is one fact.
    fn value(&self, _: &'static Key) -> Option<Value<'_>> {
        let is_judged = self.verdict.is_some() || self.label.is_some();
        let mut facts = Facts::default();
        facts.add("verdict", is_judged.then_some(Value::Verdict(self)));
        facts.table(self);
        Some(Value::Row(facts.list))
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
