//! The kinds of entity: each has its own file, and one macro lists them all.
//!
//! A kind is a table of [keys]. Its struct, its reader and its [facts](facts::Facts) are generated from the
//! table. All later modules work with facts: a kind never mentions an output, and an output never matches on
//! a kind. To add a kind, add its file, its `mod` line and its line in `kinds!` below.

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
use crate::data::Node;
use crate::data::decode::{Document, Others};
use keys::{Key, Presence, Shape, Table};

/// The static properties of a kind.
#[derive(Debug)]
pub struct Spec {
    /// The singular, as in `dossier new actor`.
    pub name: &'static str,
    /// The folder of `content/` that holds its files, and the folder of the site that holds its pages.
    pub folder: &'static str,
    /// A description of the kind, for `dossier new --help` and the guide.
    pub about: &'static str,
    /// The sort order of its listing page.
    pub(crate) order: Order,
    /// The grouping of its listing page.
    pub(crate) group: Group,
    /// Whether an entity of this kind is an orphan if nothing refers to it.
    pub needs_referrer: bool,
}

/// The order of a listing page, and of "previous" and "next".
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Order {
    /// By date, then by title. Undated entities come last.
    Date,
    /// By title, in the order of the page's language.
    Title,
    /// By the `order` key, then by title.
    Given,
}

/// The grouping of a listing page.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Group {
    /// No groups.
    None,
    /// By the value of the fact with this label: a type, a status, a country.
    Fact(&'static str),
    /// By the month of the date.
    Month,
}

/// A kind of entity: its front matter and its facts.
pub(crate) trait Kind: Table + serde::de::DeserializeOwned + Default + Send + Sync + 'static {
    /// Its static properties.
    const SPEC: Spec;

    /// The date that it is sorted by, if that is not the common `date`.
    fn date<'a>(
        &'a self,
        common: &'a Common,
    ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
        common.date.as_ref()
    }

    /// Its dated moments that belong on a timeline.
    fn moments(&self, common: &Common) -> Vec<Moment> {
        let moment = |act| Some(Moment { date: self.date(common)?.value, act, leg: None });
        Self::ACT.and_then(moment).into_iter().collect()
    }

    /// The date before which it must not be published.
    fn release<'a>(
        &'a self,
        common: &'a Common,
    ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
        common.embargo.as_ref()
    }

    /// Its nature; `None` if it is only a page.
    fn nature(&self) -> Option<Nature> {
        None
    }

    /// Whether `date` must be given.
    const NEEDS_DATE: bool = false;

    /// The meaning of its date, if it belongs on a timeline.
    const ACT: Option<Act> = None;
}

macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        /// A kind.
        #[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
        pub enum KindId {
            $(#[doc = concat!("See [`", stringify!($kind), "`].")] $kind),+
        }

        /// The front matter specific to an entity's kind.
        #[derive(Clone, Debug)]
        pub enum Data {
            $(#[doc = concat!("Of an entity of kind [`", stringify!($kind), "`].")] $kind(Box<$kind>)),+
        }

        impl KindId {
            /// Every kind, in the order in which sites list them.
            pub const ALL: &'static [KindId] = &[$(KindId::$kind),+];

            /// Its static properties.
            pub fn spec(self) -> &'static Spec {
                match self { $(KindId::$kind => const { &$kind::SPEC }),+ }
            }

            /// The keys specific to this kind, and the common keys that have a special meaning for it.
            pub fn own_keys(self) -> &'static [Key] {
                match self { $(KindId::$kind => $kind::KEYS),+ }
            }

            /// Whether a `date` must be given.
            pub(crate) fn needs_date(self) -> bool {
                match self { $(KindId::$kind => $kind::NEEDS_DATE),+ }
            }

            /// Decodes the kind's own part of a front matter; `also` are the keys of the common part.
            pub(crate) fn decode(
                self, node: Node, source: &Document<'_>, also: Others<'_>, diagnostics: &mut Vec<Diagnostic>,
            ) -> Data {
                match self {
                    $(KindId::$kind => {
                        Data::$kind(Box::new(crate::data::decode::decode(node, source, also, diagnostics)))
                    })+
                }
            }
        }

        impl Data {
            /// The facts of the entity.
            pub(crate) fn facts<'a>(&'a self, common: &'a Common) -> Facts<'a> {
                let mut facts = Facts::default();
                match self { $(Data::$kind(data) => facts.entity(&**data, common)),+ }
                facts
            }

            /// The nature of the entity; `None` if it is only a page.
            pub(crate) fn nature(&self) -> Option<Nature> {
                match self { $(Data::$kind(data) => data.nature()),+ }
            }

            /// The date that it is sorted by.
            pub(crate) fn date<'a>(
                &'a self, common: &'a Common,
            ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
                match self { $(Data::$kind(data) => data.date(common)),+ }
            }

            /// Its dated moments that belong on a timeline.
            pub(crate) fn moments(&self, common: &Common) -> Vec<Moment> {
                match self { $(Data::$kind(data) => data.moments(common)),+ }
            }

            /// The date before which it must not be published.
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
    /// All keys that its files may have. The keys common to all kinds come first.
    pub fn keys(self) -> impl Iterator<Item = &'static Key> {
        let own = self.own_keys();
        let meant = |key: &'static Key| own.iter().find(|own| own.name == key.name).unwrap_or(key);
        let more = own.iter().filter(|own| Common::KEYS.iter().all(|key| key.name != own.name));
        Common::KEYS.iter().map(meant).chain(more)
    }

    /// Whether any kind has a key of this name, or a record in one.
    pub(crate) fn any_has_key(name: &str) -> bool {
        fn is_within(shape: &Shape, name: &str) -> bool {
            match shape {
                Shape::List(inner) => is_within(inner, name),
                Shape::Record(keys) => keys.iter().any(|key| is_or_has(key, name)),
                Shape::Either(a, b) => is_within(a, name) || is_within(b, name),
                _ => false,
            }
        }
        fn is_or_has(key: &Key, name: &str) -> bool {
            key.name == name || is_within(&key.shape, name)
        }
        KindId::ALL.iter().any(|kind| kind.keys().any(|key| is_or_has(key, name)))
    }

    /// Whether a key is required.
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

    /// The name in the singular.
    pub fn name(self) -> &'static str {
        self.spec().name
    }
}
