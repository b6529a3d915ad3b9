//! What exists: one file a kind, and one list of them.
//!
//! A kind is a plain struct of its front matter and a listing of its [facts](facts::Facts). Everything
//! after this module speaks of facts: a kind never mentions an output, and an output never matches on
//! a kind. To add one: its file, its `mod` line and its line in `kinds!` below.

pub mod common;
pub mod facts;
pub mod moments;
pub mod nature;
pub mod role;
pub mod words;

mod actor;
mod article;
mod claim;
mod event;
mod note;
mod page;
mod place;
mod route;
mod source;

pub use crate::base::url::Url;
pub use actor::{Actor, Membership};
pub use article::Article;
pub use claim::{Claim, HistoryEntry, Quantity, Review};
pub use common::{Citation, Common, Correction, Image, Ref, Target, Withdrawal};
pub use event::Event;
pub use facts::{Fact, Facts, Value};
pub use moments::{Act, Moment};
pub use nature::Nature;
pub use note::Note;
pub use page::Page;
pub use place::Place;
pub use role::Role;
pub use route::{Leg, Path as LegPath, Route};
pub use source::Source;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::data::Node;

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
    pub order: Order,
    /// How its listing page is grouped.
    pub group: Group,
    /// Whether it must be referred to by something, or else is an orphan.
    pub needs_referrer: bool,
    /// The front matter that `dossier new` writes below the title: one key a line, the optional ones
    /// commented out.
    pub template: &'static str,
}

/// The order of a listing page, and of "previous" and "next".
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Order {
    /// By date, the undated last; then by title.
    Date,
    /// By title, in the order of the page's language.
    Title,
    /// By the `order` key, then by title.
    Given,
}

/// What the entries of a listing page are grouped by.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Group {
    /// Not at all.
    None,
    /// The value of the fact of this label: a type, a status, a country.
    Fact(&'static str),
    /// The month of the date.
    Month,
}

/// A kind of entity: its front matter, and what it says.
pub trait Kind: serde::de::DeserializeOwned + Default + Send + Sync + 'static {
    /// What is known of it beforehand.
    const SPEC: Spec;

    /// Lists what the entity says, in the order in which a reader wants it.
    fn facts<'a>(&'a self, common: &'a Common, facts: &mut Facts<'a>);

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

            /// The keys of its own.
            pub fn keys(self) -> &'static [&'static str] {
                match self { $(KindId::$kind => crate::data::de::fields_of::<$kind>()),+ }
            }

            /// Whether a `date` must be given.
            pub fn needs_date(self) -> bool {
                match self { $(KindId::$kind => $kind::NEEDS_DATE),+ }
            }

            /// Reads its own part of a front matter; `also` are the keys of the common part.
            pub fn decode(
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
            /// The kind.
            pub fn kind(&self) -> KindId {
                match self { $(Data::$kind(_) => KindId::$kind),+ }
            }

            /// What the entity says.
            pub fn facts<'a>(&'a self, common: &'a Common) -> Facts<'a> {
                let mut facts = Facts::default();
                match self { $(Data::$kind(data) => data.facts(common, &mut facts)),+ }
                facts
            }

            /// What the entity is; `None` where its page is all there is.
            pub fn nature(&self) -> Option<Nature> {
                match self { $(Data::$kind(data) => data.nature()),+ }
            }

            /// The date that orders it.
            pub fn date<'a>(
                &'a self, common: &'a Common,
            ) -> Option<&'a crate::base::span::Spanned<crate::base::date::Edtf>> {
                match self { $(Data::$kind(data) => data.date(common)),+ }
            }

            /// What of it has a date and belongs on a timeline.
            pub fn moments(&self, common: &Common) -> Vec<Moment> {
                match self { $(Data::$kind(data) => data.moments(common)),+ }
            }

            /// The date before which it is not to be published.
            pub fn release<'a>(
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
    /// The kind whose files are in `folder` of `content/`.
    pub fn in_folder(folder: &str) -> Option<KindId> {
        KindId::ALL.iter().copied().find(|kind| kind.spec().folder == folder)
    }

    /// The kind called `name`, in the singular or the plural.
    pub fn named(name: &str) -> Option<KindId> {
        KindId::ALL.iter().copied().find(|kind| kind.spec().name == name || kind.spec().folder == name)
    }

    /// The singular.
    pub fn name(self) -> &'static str {
        self.spec().name
    }
}
