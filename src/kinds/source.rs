//! A source: where something was read, heard or seen.

use super::keys::keys;
use super::words::{Reliability, SourceType};
use super::{Act, Common, Group, Kind, Nature, Order, Ref, Spec, Url};
use crate::base::date::Edtf;
use crate::base::id::Lang;
use crate::base::span::Spanned;

keys! {
    /// A publication, a broadcast, a document.
    #[derive(Clone, Debug, Default)]
    pub struct Source {
        /// What it is, by the item types of the
        /// [Citation Style Language](https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types):
        /// `article-newspaper`, `report`, `webpage`, `broadcast`, `speech`, `document`, …
        r#type: Option<SourceType> = "",
        /// Who wrote it: `"Healy, Nuala"`.
        authors: Vec<Spanned<String>>,
        /// Who published it.
        publisher: Vec<Ref> as Publisher = "",
        /// When it was published.
        published: Option<Spanned<Edtf>> = "",
        /// Whose words it passes on. Ten newspapers that relay one briefing are one origin.
        relays: Vec<Ref> as Relays,
        /// The first half of the Admiralty code. A is completely reliable, B usually, C fairly, D not usually,
        /// E unreliable; F cannot be judged.
        reliability: Option<Reliability>,
        /// The language it is in.
        language: Option<Lang>,
        /// Where it is on the web.
        url: Option<Spanned<Url>> = "",
        /// An archived copy on the web.
        archive: Option<Spanned<Url>>,
        /// When you read it.
        accessed: Option<Spanned<Edtf>>,
        /// The name of a file beside this one that is a copy of it.
        file: Option<Spanned<String>> => Never,
    }
}

impl Kind for Source {
    const SPEC: Spec = Spec {
        name: "source",
        folder: "sources",
        about: "a publication, document or recording that claims rest on",
        order: Order::Date,
        group: Group::Fact("type"),
        needs_referrer: true,
    };

    const ACT: Option<Act> = Some(Act::Published);

    fn date<'a>(&'a self, common: &'a Common) -> Option<&'a Spanned<Edtf>> {
        self.published.as_ref().or(common.date.as_ref())
    }

    fn nature(&self) -> Option<Nature> {
        Some(Nature::Work(self.r#type))
    }
}
