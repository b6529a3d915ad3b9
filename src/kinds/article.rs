//! An article: what the dossier explains, and the home of the site.

use serde::Deserialize;

use super::facts::{Facts, Value};
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Role, Spec};
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

/// An explainer article.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Article {
    /// Who wrote it.
    pub byline: Option<Text>,
    /// When it was published.
    pub published: Option<Spanned<Edtf>>,
    /// The sources that it explains or retells.
    pub based_on: Vec<Ref>,
    /// The pages that say how and why it was made.
    pub backstory: Vec<Ref>,
}

impl Kind for Article {
    const SPEC: Spec = Spec {
        name: "article",
        folder: "articles",
        about: "an explainer article; `content/article.md` is the home of the site",
        order: Order::Date,
        group: Group::None,
        needs_referrer: false,
        template: "summary:\npublished: {today}\nbyline:\n# based_on: [id-of-a-source]\n",
    };

    const ACT: Option<Act> = Some(Act::Published);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("byline", self.byline.as_ref().map(Value::Text));
        facts.add("published", self.published.as_ref().map(Value::Date));
        facts.refs(Role::BasedOn, &self.based_on);
        facts.refs(Role::Backstory, &self.backstory);
        facts.ending(common);
    }

    fn date<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        self.published.as_ref().or(common.date.as_ref())
    }

    fn release<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        common.embargo.as_ref().or(self.published.as_ref())
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Story)
    }
}
