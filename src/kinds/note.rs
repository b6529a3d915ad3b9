//! A note: an annotation that belongs to no entity, such as context, a definition or a correction.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::words::Motivation;
use super::{Common, Group, Kind, Nature, Order, Ref, Role, Spec};

/// An annotation of its own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// Why it was made.
    pub motivation: Option<Motivation>,
    /// What it is about.
    pub about: Vec<Ref>,
}

impl Kind for Note {
    const SPEC: Spec = Spec {
        name: "note",
        folder: "notes",
        about: "context, a definition, a question: an annotation that belongs to no entity",
        order: Order::Title,
        group: Group::Fact("motivation"),
        needs_referrer: false,
        template: "summary:\nmotivation: commenting   # describing, questioning, assessing, …\nabout: []\n# targets:\n#   - source: article\n#     exact: words of the article\n",
    };

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("motivation", self.motivation.map(|m| Value::Term(Motivation::VOCABULARY, m.word())));
        facts.add("date", common.date.as_ref().map(Value::Date));
        facts.refs(Role::About, &self.about);
        facts.ending(common);
    }

    fn nature(&self) -> Option<Nature> {
        Some(match self.motivation {
            Some(Motivation::Editing) => Nature::Correction,
            _ => Nature::Remark,
        })
    }
}
