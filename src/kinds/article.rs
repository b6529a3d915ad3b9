//! An article: what the dossier explains, and the home of the site.

use serde::Deserialize;

use super::described::{CORRECTION, says, shaped};
use super::facts::{Facts, Value};
use super::{Act, Common, Described, Group, Kind, KindId, Order, Ref, SocialCards, Spec};
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

static SCHEMA: Described = Described {
    types: &["BackgroundNewsArticle"],
    per_edition: true,
    terms: &[
        says("creditText", &["byline"]),
        says("datePublished", &["published"]),
        says("dateModified", &["updated"]),
        says("isBasedOn", &["based_on"]),
        says("backstory", &["backstory"]),
        says("citation", &["sources"]),
        shaped("correction", &["corrections"], CORRECTION),
        says("sameAs", &["same_as"]),
    ],
};

impl Kind for Article {
    const SPEC: Spec = Spec {
        name: "article",
        folder: "articles",
        about: "an explainer article; `content/article.md` is the home of the site",
        order: Order::Date,
        group: Group::None,
        social_cards: SocialCards::Main,
        needs_referrer: false,
        template: "summary:\npublished: {today}\nbyline:\n# based_on: [id-of-a-source]\n",
    };

    const ACT: Option<Act> = Some(Act::Published);

    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>) {
        facts.add("byline", self.byline.as_ref().map(Value::Text));
        facts.add("published", self.published.as_ref().map(Value::Date));
        facts.refs("based_on", &self.based_on, &[KindId::Source]);
        facts.refs("backstory", &self.backstory, &[KindId::Page]);
        facts.ending(common);
    }

    fn date<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        self.published.as_ref().or(common.date.as_ref())
    }

    fn release<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        common.embargo.as_ref().or(self.published.as_ref())
    }

    fn schema_org(&self) -> Option<&'static Described> {
        Some(&SCHEMA)
    }
}
