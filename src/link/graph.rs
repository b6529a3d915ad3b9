//! The dossier as a graph: entities, and their references to each other.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::annotations::Annotations;
use super::names::Names;
use crate::base::date::{Day, Edtf};
use crate::base::id::{EntityId, Lang};
use crate::base::path::InputPath;
use crate::base::span::{Span, Spanned};
use crate::kinds::{Common, Data, Facts, KindId, Role};
use crate::load::Input;
use crate::parse::{Head, Parsed, Prose};

/// The index of an entity in its [`Graph`].
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct EntityIx(pub u32);

/// The whole dossier. Graphs derived from it share its parts, so a copy is cheap.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The site's languages, the default one first.
    pub languages: Arc<[Lang]>,
    /// Sorted by the path of their first file.
    pub entities: Vec<Arc<Entity>>,
    /// How many entities of each kind there are, by the kind's number.
    pub(super) counts: Arc<[usize]>,
    /// Files that are no entity's.
    pub misfits: Arc<[Misfit]>,
    /// For each entity, the references to it, in order: the referring entity, and the index among its
    /// references.
    pub(super) incoming: Vec<Arc<[(EntityIx, u32)]>>,
    pub(super) names: Arc<Names>,
    /// The annotated passages of the articles.
    pub annotations: Arc<Annotations>,
    /// Every file of `content/` that is not Markdown.
    pub assets: Arc<BTreeSet<InputPath>>,
    /// The ids of entities that were left out: drafts, and those under embargo.
    pub drafts: Arc<BTreeSet<EntityId>>,
    /// Files that are left out until their date, ordered by path.
    pub withheld: Arc<[Withheld]>,
    /// The ids of entities that were not yet known on the day shown.
    pub later: Arc<BTreeSet<EntityId>>,
    /// The day as of which the dossier is shown, if not today.
    pub as_of: Option<Day>,
}

/// A file that is left out until a date.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// The file.
    pub path: InputPath,
    /// The date, as written.
    pub until: Spanned<Edtf>,
    /// Whether it is an `embargo`, and not a date of publication.
    pub embargo: bool,
}

/// An entity, in all its languages.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The id.
    pub id: EntityId,
    /// The kind.
    pub kind: KindId,
    /// The original, in the default language, then the translations in the order of the site's languages.
    pub editions: Vec<Edition>,
    /// The future date before which it must not be published.
    pub embargo: Option<Edtf>,
    /// Every reference to other entities, resolved or not.
    pub references: Vec<Reference>,
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

/// A reference to an entity.
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
    /// The target.
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
    /// Unresolved.
    Unresolved(Unresolved),
}

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
    /// Its scheme could run code: `javascript:`, `data:`, `vbscript:`.
    Unsafe,
}

/// A file that does not belong to any entity.
#[derive(Debug)]
pub struct Misfit {
    /// The file.
    pub input: Arc<Input>,
    /// Its title, for messages.
    pub title: Option<Spanned<String>>,
    /// The reason.
    pub kind: MisfitKind,
}

/// Why a file belongs to no entity.
#[derive(Debug)]
pub enum MisfitKind {
    /// Another file has its id.
    Duplicate(InputPath),
    /// It is a translation without an original.
    NoOriginal,
}

impl Entity {
    /// The edition in the default language, otherwise the first one.
    pub fn original(&self) -> &Edition {
        &self.editions[0]
    }

    /// The edition in `lang`.
    pub fn edition(&self, lang: &Lang) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.input.lang == *lang)
    }

    /// The edition for a reader of `lang`: the one in `lang`, otherwise the original.
    pub fn edition_for(&self, lang: &Lang) -> &Edition {
        self.edition(lang).unwrap_or_else(|| self.original())
    }

    /// The front matter of the original.
    pub fn head(&self) -> &Head {
        &self.original().parsed.head
    }

    /// The keys of every kind.
    pub fn common(&self) -> &Common {
        &self.head().common
    }

    /// The path of the original's file.
    pub fn path(&self) -> &InputPath {
        &self.original().input.path
    }

    /// The facts of the entity.
    pub fn facts(&self) -> Facts<'_> {
        self.data().map_or_else(Facts::default, |data| data.facts(self.common()))
    }

    /// The facts of the entity, including those that are not shown.
    pub fn all_facts(&self) -> Facts<'_> {
        let mut facts = self.facts();
        facts.unshown(self.common());
        facts
    }

    /// The keys of its own kind.
    pub fn data(&self) -> Option<&Data> {
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
    pub fn date(&self) -> Option<&Spanned<Edtf>> {
        self.data().and_then(|data| data.date(self.common()))
    }

    /// The span that represents the entity as a whole: the title, or the start of the file.
    pub fn head_span(&self) -> Span {
        self.common().title.as_ref().map_or(Span::empty(0), |title| title.span)
    }
}

impl Edition {
    /// The title, or the id if it has none.
    pub fn title(&self) -> &str {
        match &self.parsed.head.common.title {
            Some(title) => title.trim(),
            None => self.input.id.as_str(),
        }
    }

    /// What it is, in a sentence or two.
    pub fn summary(&self) -> Option<&str> {
        self.parsed.head.common.summary.as_ref().map(|summary| summary.trim()).filter(|s| !s.is_empty())
    }

    /// Its body.
    pub fn prose(&self) -> &Prose {
        &self.parsed.prose
    }
}

impl Graph {
    /// The default language.
    pub fn default_language(&self) -> &Lang {
        &self.languages[0]
    }

    /// An entity by its index.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }

    /// All entities with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (EntityIx, &Entity)> {
        self.entities.iter().enumerate().map(|(at, entity)| (EntityIx(at as u32), &**entity))
    }

    /// How many entities of a kind there are.
    pub fn count(&self, kind: KindId) -> usize {
        self.counts[kind as usize]
    }

    /// All entities of one kind, with what they say.
    pub fn all<'a, T: 'a>(&'a self) -> impl Iterator<Item = (EntityIx, &'a Entity, &'a T)>
    where
        &'a T: TryFrom<&'a Data>,
    {
        self.iter().filter_map(|(ix, entity)| Some((ix, entity, entity.as_kind::<T>()?)))
    }

    /// The entity with this id, or long id such as `actors/nis`.
    pub fn by_id(&self, id: &str) -> Option<EntityIx> {
        self.names.by_id(id)
    }

    /// The entities with the title or alias `name` in `lang`, in any case; in any language if there is none
    /// in that one.
    pub fn by_name(&self, name: &str, lang: &Lang) -> Vec<EntityIx> {
        self.names.by_name(name, lang)
    }

    /// Every id, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.names.ids()
    }

    /// The references to an entity, ordered by the referring entities.
    pub fn incoming(&self, ix: EntityIx) -> impl ExactSizeIterator<Item = &Reference> {
        self.incoming_at(ix, 0..self.incoming[ix.0 as usize].len())
    }

    /// Some of the references to an entity, by their indices. A hub has very many, which are shown a part at
    /// a time.
    pub fn incoming_at(
        &self,
        ix: EntityIx,
        range: Range<usize>,
    ) -> impl ExactSizeIterator<Item = &Reference> {
        let of = |&(from, at): &(EntityIx, u32)| &self.entity(from).references[at as usize];
        self.incoming[ix.0 as usize].get(range).unwrap_or_default().iter().map(of)
    }

    /// The references of an entity to others.
    pub fn outgoing(&self, ix: EntityIx) -> &[Reference] {
        &self.entity(ix).references
    }

    /// Every reference to an entity, resolved or not, ordered by the referring entities.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.entities.iter().flat_map(|entity| &entity.references)
    }

    /// The file that contains a reference.
    pub fn path_of(&self, reference: &Reference) -> &InputPath {
        &self.entity(reference.from).editions[reference.edition as usize].input.path
    }
}
