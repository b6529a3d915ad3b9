//! An article: what the dossier explains, and the home of the site.

use super::keys::keys;
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Spec};
use crate::base::date::Edtf;
use crate::base::span::Spanned;
use crate::base::text::Text;

keys! {
    /// An explainer article.
    #[derive(Clone, Debug, Default)]
    pub struct Article {
        /// Who wrote it.
        byline: Option<Text> = "",
        /// When it was published or written, without leaving it out until then.
        date of Common,
        /// When it was published. Until that day it is left out.
        published: Option<Spanned<Edtf>> = "",
        /// The sources that it explains or retells.
        based_on: Vec<Ref> as BasedOn,
        /// The pages that say how and why it was made.
        backstory: Vec<Ref> as Backstory,
    }
}

impl Kind for Article {
    const SPEC: Spec = Spec {
        name: "article",
        folder: "articles",
        about: "an explainer article; `content/article.md` is the home of the site",
        order: Order::Date,
        group: Group::None,
        needs_referrer: false,
    };

    const ACT: Option<Act> = Some(Act::Published);

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
