//! Entities, their editions, and the references that they make.

use std::sync::Arc;

use crate::base::date::Edtf;
use crate::base::id::{EntityId, Lang};
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::kinds::words::Status;
use crate::kinds::{Common, Data, Facts, KindId, Role, Value};
use crate::load::Input;
use crate::parse::{Head, Parsed, Prose};

/// The index of an entity in its [`Graph`](super::Graph).
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct EntityIx(pub u32);

/// An entity, in all its languages.
#[derive(Clone, Debug)]
pub struct Entity {
    pub id: EntityId,
    pub kind: KindId,
    /// The original, in the default language, then the translations in the order of the site's languages.
    pub editions: Vec<Edition>,
    /// The future date before which it must not be published.
    pub embargo: Option<Edtf>,
    /// The status of a claim that its pages show. [`Graph::settle`](super::Graph::settle) sets it, because it
    /// depends on what others say.
    pub(crate) status: Option<Status>,
    /// Every reference to other entities, resolved or not.
    pub(crate) references: Vec<Reference>,
}

/// An entity in one language.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The file of the edition.
    pub input: Arc<Input>,
    /// The parsed content.
    pub parsed: Arc<Parsed>,
    /// The target of each of the [links](Prose::links) of its text.
    pub links: Vec<Target>,
}

#[derive(Clone, Debug)]
pub struct Reference {
    /// The referring entity.
    pub from: EntityIx,
    /// The number of the edition that contains it.
    pub edition: u32,
    /// What the target is to the referring entity.
    pub role: Role,
    /// The reference as written.
    pub written: String,
    /// Where it is written.
    pub span: Span,
    /// The index among the links of the text, if it is one of them.
    pub link: Option<u32>,
    pub target: Target,
}

/// The target of a reference or a link.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// An entity, or a heading in it.
    Entity(EntityIx, Option<String>),
    /// A heading of the same text.
    Fragment(String),
    /// A file of `content/` that is copied as it is.
    Asset(InputPath),
    /// Another site.
    External(String),
    Unresolved(Unresolved),
}

impl Target {
    /// What a link asks to be printed in its place, such as `distance:kerch` of `#=distance:kerch`, and of which
    /// entity; `own` is the one whose text has the link.
    pub(crate) fn printed(&self, own: EntityIx) -> Option<(EntityIx, &str)> {
        let (of, fragment) = match self {
            Target::Entity(to, Some(fragment)) => (*to, fragment),
            Target::Fragment(fragment) => (own, fragment),
            _ => return None,
        };
        fragment.strip_prefix(PRINTED).map(|name| (of, name.trim()))
    }
}

/// What begins the fragment of a link that asks for a value.
pub(crate) const PRINTED: char = '=';

/// Why a reference is unresolved.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unresolved {
    /// Nothing has that name.
    NotFound,
    /// Several entities have that name.
    Ambiguous(Vec<EntityIx>),
    /// It is a draft, and drafts are left out.
    Draft,
    /// It was not yet known on the day that is shown.
    Later,
    /// Its kind is not allowed here.
    WrongKind(EntityIx),
    /// There is no such file.
    NoAsset(String),
    /// The path leads out of `content/`.
    Outside,
    /// No page may link to its scheme, such as `javascript:` and `data:`.
    Unsafe,
}

impl Entity {
    /// The edition in the default language, otherwise the first one.
    pub fn original(&self) -> &Edition {
        &self.editions[0]
    }

    pub(crate) fn edition(&self, lang: &Lang) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.input.lang == *lang)
    }

    /// The edition for a reader of `lang`: the one in `lang`, otherwise the original.
    pub(crate) fn edition_for(&self, lang: &Lang) -> &Edition {
        self.edition(lang).unwrap_or_else(|| self.original())
    }

    /// The front matter of the original.
    pub(crate) fn head(&self) -> &Head {
        &self.original().parsed.head
    }

    /// Whether all that the original says under a key could be read.
    pub(crate) fn has_read(&self, key: &str) -> bool {
        self.head().has_read(key)
    }

    /// The keys of every kind.
    pub fn common(&self) -> &Common {
        &self.head().common
    }

    /// The path of the original's file.
    pub fn path(&self) -> &InputPath {
        &self.original().input.path
    }

    pub fn facts(&self) -> Facts<'_> {
        let mut facts = self.data().map_or_else(Facts::default, |data| data.facts(self.common()));
        if let Some(status) = self.status {
            facts.settle("status", Value::Term(Status::VOCABULARY, status.word()));
        }
        facts
    }

    /// The facts of the entity, including those that are not shown.
    pub(crate) fn all_facts(&self) -> Facts<'_> {
        let mut facts = self.facts();
        facts.unshown(self.common());
        facts
    }

    /// The keys of its own kind.
    pub(crate) fn data(&self) -> Option<&Data> {
        self.head().data.as_ref()
    }

    /// The keys of its own kind as a `T`, if that is its kind: `entity.as_kind::<Claim>()`.
    pub fn as_kind<'a, T>(&'a self) -> Option<&'a T>
    where
        &'a T: TryFrom<&'a Data>,
    {
        self.data().and_then(|data| <&T>::try_from(data).ok())
    }

    /// The date that determines its order.
    pub(crate) fn date(&self) -> Option<&Spanned<Edtf>> {
        self.data().and_then(|data| data.date(self.common()))
    }

    /// The span that represents the entity as a whole: the title, or the start of the file.
    pub(crate) fn head_span(&self) -> Span {
        self.common().title.as_ref().map_or(Span::empty(0), |title| title.span)
    }
}

impl Edition {
    /// The title, or the id if it has none.
    pub(crate) fn title(&self) -> &str {
        match &self.parsed.head.common.title {
            Some(title) => title.trim(),
            None => self.input.id.as_str(),
        }
    }

    /// The title as pages show it.
    pub(crate) fn shown_title(&self) -> &str {
        self.parsed.shown[0].as_deref().unwrap_or_else(|| self.title())
    }

    /// The summary as pages show it.
    pub(crate) fn shown_summary(&self) -> Option<&str> {
        self.parsed.shown[1].as_deref().or_else(|| self.summary())
    }

    /// What it is, in a sentence or two.
    pub(crate) fn summary(&self) -> Option<&str> {
        self.parsed.head.common.summary.as_ref().map(|summary| summary.trim()).filter(|s| !s.is_empty())
    }

    /// Its body.
    pub fn prose(&self) -> &Prose {
        &self.parsed.prose
    }
}
