//! A claim: one assertion by one speaker on one date.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::words::{Basis, Comparator, Credibility, Likelihood, Status};
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Role, Spec, Url};
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

/// Something that somebody asserts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Claim {
    /// When what it asserts happened; the common `date` is when it was asserted.
    pub when: Option<Spanned<Edtf>>,
    /// Who asserts it.
    pub by: Vec<Ref>,
    /// Who passes it on.
    pub via: Vec<Ref>,
    /// What it is about.
    pub about: Vec<Ref>,
    /// How far it is established.
    pub status: Option<Spanned<Status>>,
    /// The Admiralty code's second half.
    pub credibility: Option<Credibility>,
    /// How likely its speaker says it is.
    pub likelihood: Option<Likelihood>,
    /// The figures in it.
    pub quantities: Vec<Quantity>,
    /// What it is based on.
    pub basis: Option<Basis>,
    /// The claims that it makes more likely.
    pub supports: Vec<Ref>,
    /// The claims that cannot be true if it is.
    pub contradicts: Vec<Ref>,
    /// The claims that it rejects.
    pub denies: Vec<Ref>,
    /// The claims that it says more exactly.
    pub narrows: Vec<Ref>,
    /// The claims that it repeats.
    pub restates: Vec<Ref>,
    /// The claims that it replaces.
    pub supersedes: Vec<Ref>,
    /// The claims that it is a part of.
    pub part_of: Vec<Ref>,
    /// What it was held to be, and when.
    pub history: Vec<HistoryEntry>,
    /// A fact-checker's verdict.
    pub review: Option<Review>,
}

/// A figure in a claim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// How the figure relates to it.
    #[serde(default)]
    pub comparator: Option<Comparator>,
    /// What is counted or measured in: `containers`, `km`.
    #[serde(default)]
    pub unit: Option<Text>,
    /// What of.
    #[serde(default)]
    pub of: Option<Text>,
    /// The places between which a distance is stated, or the events between which a time is.
    #[serde(default)]
    pub between: Vec<Ref>,
}

/// A change of a claim's status.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryEntry {
    /// When.
    pub date: Spanned<Edtf>,
    /// To what.
    pub status: Spanned<Status>,
    /// The reason.
    #[serde(default)]
    pub why: Option<Text>,
}

/// A verdict, as schema.org's ClaimReview has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// A verdict of the scale in `dossier.toml`. Instead of `rating` and `label`.
    #[serde(default)]
    pub verdict: Option<Spanned<String>>,
    /// On the scale from `worst` to `best`.
    #[serde(default)]
    pub rating: Option<Spanned<f64>>,
    /// The verdict in a few words.
    #[serde(default)]
    pub label: Option<Text>,
    /// The lower end of the scale.
    #[serde(default)]
    pub worst: Option<f64>,
    /// The upper end of the scale.
    #[serde(default)]
    pub best: Option<f64>,
    /// Who judged.
    #[serde(default)]
    pub by: Vec<Ref>,
    /// When.
    #[serde(default)]
    pub date: Option<Spanned<Edtf>>,
    /// Where the verdict was published.
    #[serde(default)]
    pub url: Option<Spanned<Url>>,
}

impl Kind for Claim {
    const SPEC: Spec = Spec {
        name: "claim",
        folder: "claims",
        about: "one assertion by one speaker on one date",
        order: Order::Date,
        group: Group::Fact("status"),
        needs_referrer: false,
        template: "summary:\ndate: {today}            # when it was made\n# when: 2023-09          # when what it asserts happened\n\
                   by: []                  # who asserts it: ids of actors\n# via: []               # who passes it on\n\
                   # about: []             # what it is about\nstatus: reported        # unverified, reported, disputed, corroborated, confirmed, refuted, withdrawn\n\
                   # basis: statement      # statement, imagery, document, testimony, analysis\n\
                   # quantities:\n#   - {value: 1000, comparator: more-than, unit: containers}\n# contradicts: []\n\
                   sources: []             # ids of sources, or {source: id, locator: \"p. 3\"}\n",
    };

    const ACT: Option<Act> = Some(Act::Said);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        let status = self.status.as_ref().map(|s| Value::Term(Status::VOCABULARY, s.word()));
        facts.add("status", status);
        facts.refs(Role::By, &self.by);
        facts.refs(Role::Via, &self.via);
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.add("when", self.when.as_ref().map(Value::Date));
        facts.add("quantities", self.quantities.iter().map(Value::Quantity));
        facts.add("basis", self.basis.map(|b| Value::Term(Basis::VOCABULARY, b.word())));
        facts.add("credibility", self.credibility.map(|c| Value::Term(Credibility::VOCABULARY, c.word())));
        facts.add("likelihood", self.likelihood.map(|l| Value::Term(Likelihood::VOCABULARY, l.word())));
        facts.refs(Role::About, &self.about);
        facts.refs(Role::Supports, &self.supports);
        facts.refs(Role::Contradicts, &self.contradicts);
        facts.refs(Role::Denies, &self.denies);
        facts.refs(Role::Narrows, &self.narrows);
        facts.refs(Role::Restates, &self.restates);
        facts.refs(Role::Supersedes, &self.supersedes);
        facts.refs(Role::PartOf, &self.part_of);
        facts.rows("history", &self.history, |entry, row| {
            row.add("date", [Value::Date(&entry.date)]);
            row.add("status", [Value::Term(Status::VOCABULARY, entry.status.word())]);
            row.add("why", entry.why.as_ref().map(Value::Text));
        });
        facts.rows("review", self.review.as_slice(), |review, row| {
            let judged = review.verdict.is_some() || review.label.is_some();
            row.add("verdict", judged.then_some(Value::Verdict(review)));
            row.refs(Role::By, &review.by);
            row.add("date", review.date.as_ref().map(Value::Date));
            row.add("url", review.url.as_ref().map(Value::Url));
        });
        facts.ending(common);
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Assertion)
    }
}
