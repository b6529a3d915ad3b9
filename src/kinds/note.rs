//! A note: an annotation that belongs to no entity, such as context, a definition or a correction.

use serde::Deserialize;

use super::described::{CORRECTION, Term, says, shaped};
use super::facts::{Facts, Value};
use super::words::Motivation;
use super::{Common, Described, Group, Kind, Order, Ref, SocialCards, Spec};

/// An annotation of its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Why it was made.
    pub motivation: Option<Motivation>,
    /// What it is about.
    pub about: Vec<Ref>,
}

static COMMENT: Described = Described { types: &["Comment"], per_edition: true, terms: TERMS };
static EDITING: Described = Described { types: &["CorrectionComment"], per_edition: true, terms: TERMS };

const TERMS: &[Term] = &[
    says("dateCreated", &["date"]),
    says("dateModified", &["updated"]),
    says("about", &["about"]),
    says("citation", &["sources"]),
    shaped("correction", &["corrections"], CORRECTION),
    says("sameAs", &["same_as"]),
];

impl Kind for Note {
    const SPEC: Spec = Spec {
        name: "note",
        folder: "notes",
        about: "context, a definition, a question: an annotation that belongs to no entity",
        order: Order::Title,
        group: Group::Fact("motivation"),
        social_cards: SocialCards::All,
        needs_referrer: false,
        template: "summary:\nmotivation: commenting   # describing, questioning, assessing, …\nabout: []\n# targets:\n#   - source: article\n#     exact: words of the article\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("motivation", self.motivation.map(|m| Value::Term(Motivation::VOCABULARY, m.word())));
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.refs("about", &self.about, &[]);
        facts.ending(common);
    }

    fn schema_org(&self) -> Option<&'static Described> {
        Some(match self.motivation {
            Some(Motivation::Editing) => &EDITING,
            _ => &COMMENT,
        })
    }
}
