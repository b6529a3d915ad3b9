//! What exists: one file a kind, and one list of them.
//!
//! A kind is a table of [keys], from which its struct, its reader and its [facts](facts::Facts) follow.
//! Everything after this module speaks of facts: a kind never mentions an output, and an output never matches
//! on a kind. To add one: its file, its `mod` line and its line in `kinds!` below.

pub(crate) mod common;
pub(crate) mod facts;
pub mod keys;
pub(crate) mod moments;
pub(crate) mod nature;
pub(crate) mod role;
pub(crate) mod words;

mod actor;
mod article;
mod claim;
mod event;
mod note;
mod page;
mod place;
mod route;
mod source;

pub(crate) use crate::base::url::Url;
pub(crate) use actor::{Actor, Membership};
pub(crate) use article::Article;
pub use claim::Claim;
pub(crate) use claim::{HistoryEntry, Quantity, Review};
pub use common::{Citation, Common, Ref};
pub(crate) use common::{Correction, Image, Target};
pub(crate) use event::Event;
pub(crate) use facts::Facts;
pub use facts::{Fact, Value};
pub(crate) use moments::{Act, Moment};
pub(crate) use nature::Nature;
pub(crate) use note::Note;
pub(crate) use page::Page;
pub(crate) use place::Place;
pub use role::Role;
pub(crate) use route::Path as LegPath;
pub(crate) use route::{Leg, Route};
pub(crate) use source::Source;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::data::Node;
use keys::{Key, Presence, Table};

/// What is known of a kind before any file of it is read.
#[derive(Debug)]
pub struct Spec {
    /// The singular, as in `dossier new actor`.
    pub name: &'static str,
    /// The folder of `content/` that holds its files, and the folder of the site that holds its pages.
    pub folder: &'static str,
    /// What it is, for `dossier new --help` and the guide.
    pub about: &'static str,
    /// How its listing page is ordered.
    pub(crate) order: Order,
    /// How its listing page is grouped.
    pub(crate) group: Group,
    /// Whether it must be referred to by something, or else is an orphan.
    pub needs_referrer: bool,
}

/// The order of a listing page, and of "previous" and "next".
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Order {
    /// By date, the undated last; then by title.
    Date,
    /// By title, in the order of the page's language.
    Title,
    /// By the `order` key, then by title.
    Given,
}

/// What the entries of a listing page are grouped by.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Group {
    /// Not at all.
    None,
    /// The value of the fact of this label: a type, a status, a country.
    Fact(&'static str),
    /// The month of the date.
    Month,
}

/// A kind of entity: its front matter, and what it says.
pub(crate) trait Kind: Table + serde::de::DeserializeOwned + Default + Send + Sync + 'static {
    /// What is known of it beforehand.
    const SPEC: Spec;

    /// The date that orders it, where that is not the common `date`.
    fn date<'a>(
        &'a self,
        common: &'a Common,
    ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
        common.date.as_ref()
    }

    /// What of it has a date and belongs on a timeline.
    fn moments(&self, common: &Common) -> Vec<Moment> {
        let moment = |act| Some(Moment { date: self.date(common)?.value, act, leg: None });
        Self::ACT.and_then(moment).into_iter().collect()
    }

    /// The date before which it is not to be published.
    fn release<'a>(
        &'a self,
        common: &'a Common,
    ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
        common.embargo.as_ref()
    }

    /// What it is; `None` where its page is all there is.
    fn nature(&self) -> Option<Nature> {
        None
    }

    /// Whether `date` must be given.
    const NEEDS_DATE: bool = false;

    /// What its date is the date of, where it belongs on a timeline.
    const ACT: Option<Act> = None;
}

macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        /// A kind, as a value.
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
        pub enum KindId {
            $(#[doc = concat!("See [`", stringify!($kind), "`].")] $kind),+
        }

        /// An entity's own front matter.
        #[derive(Clone, Debug)]
        pub enum Data {
            $(#[doc = concat!("Of an entity of kind [`", stringify!($kind), "`].")] $kind(Box<$kind>)),+
        }

        impl KindId {
            /// Every kind, in the order in which a site lists them.
            pub const ALL: &'static [KindId] = &[$(KindId::$kind),+];

            /// What is known of it beforehand.
            pub fn spec(self) -> &'static Spec {
                match self { $(KindId::$kind => const { &$kind::SPEC }),+ }
            }

            /// The keys of its own, and what those of the common part mean for it.
            pub fn own_keys(self) -> &'static [Key] {
                match self { $(KindId::$kind => $kind::KEYS),+ }
            }

            /// Whether a `date` must be given.
            pub(crate) fn needs_date(self) -> bool {
                match self { $(KindId::$kind => $kind::NEEDS_DATE),+ }
            }

            /// Reads its own part of a front matter; `also` are the keys of the common part.
            pub(crate) fn decode(
                self, node: Node, path: &InputPath, also: &[&'static str], diagnostics: &mut Vec<Diagnostic>,
            ) -> Data {
                match self {
                    $(KindId::$kind => {
                        Data::$kind(Box::new(crate::data::decode::decode(node, path, also, diagnostics)))
                    })+
                }
            }
        }

        impl Data {
            /// What the entity says.
            pub(crate) fn facts<'a>(&'a self, common: &'a Common) -> Facts<'a> {
                let mut facts = Facts::default();
                match self { $(Data::$kind(data) => facts.entity(&**data, common)),+ }
                facts
            }

            /// What the entity is; `None` where its page is all there is.
            pub(crate) fn nature(&self) -> Option<Nature> {
                match self { $(Data::$kind(data) => data.nature()),+ }
            }

            /// The date that orders it.
            pub(crate) fn date<'a>(
                &'a self, common: &'a Common,
            ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
                match self { $(Data::$kind(data) => data.date(common)),+ }
            }

            /// What of it has a date and belongs on a timeline.
            pub(crate) fn moments(&self, common: &Common) -> Vec<Moment> {
                match self { $(Data::$kind(data) => data.moments(common)),+ }
            }

            /// The date before which it is not to be published.
            pub(crate) fn release<'a>(
                &'a self, common: &'a Common,
            ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
                match self { $(Data::$kind(data) => data.release(common)),+ }
            }
        }

        $(impl<'a> TryFrom<&'a Data> for &'a $kind {
            type Error = ();

            fn try_from(data: &'a Data) -> Result<&'a $kind, ()> {
                match data {
                    Data::$kind(data) => Ok(data),
                    _ => Err(()),
                }
            }
        })+
    };
}

kinds! { Article, Claim, Actor, Route, Place, Event, Source, Note, Page }

impl KindId {
    /// All keys that its files may have, those of every kind first.
    pub fn keys(self) -> impl Iterator<Item = &'static Key> {
        let own = self.own_keys();
        let meant = |key: &'static Key| own.iter().find(|own| own.name == key.name).unwrap_or(key);
        let more = own.iter().filter(|own| Common::KEYS.iter().all(|key| key.name != own.name));
        Common::KEYS.iter().map(meant).chain(more)
    }

    /// Whether a key must be given.
    pub fn requires(self, key: &Key) -> bool {
        key.name == "title" || (key.name == "date" && self.needs_date()) || key.presence == Presence::Required
    }

    /// The kind whose files are in `folder` of `content/`.
    pub(crate) fn in_folder(folder: &str) -> Option<KindId> {
        KindId::ALL.iter().copied().find(|kind| kind.spec().folder == folder)
    }

    /// The kind called `name`, in the singular or the plural.
    pub(crate) fn named(name: &str) -> Option<KindId> {
        KindId::ALL.iter().copied().find(|kind| kind.spec().name == name || kind.spec().folder == name)
    }

    /// The singular.
    pub fn name(self) -> &'static str {
        self.spec().name
    }
}
