//! The dossier as a graph: entities, and who refers to whom.

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

/// An entity's number in its [`Graph`].
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct EntityIx(pub u32);

/// Everything that the dossier holds. Its parts are shared with the graphs made from it, so a copy is cheap.
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
    /// For each entity, the references that lead to it, in order: who makes it, and its number there.
    pub(super) incoming: Vec<Arc<[(EntityIx, u32)]>>,
    pub(super) names: Arc<Names>,
    /// The annotated passages of the articles.
    pub annotations: Arc<Annotations>,
    /// Every file of `content/` that is not Markdown.
    pub assets: Arc<BTreeSet<InputPath>>,
    /// The ids of what was left out: drafts, and what is under embargo.
    pub drafts: Arc<BTreeSet<EntityId>>,
    /// Files that are left out until their date, in the order of their paths.
    pub withheld: Arc<[Withheld]>,
    /// The ids of what was not yet known on the day that is shown.
    pub later: Arc<BTreeSet<EntityId>>,
    /// The day as of which it is shown, where that is not now.
    pub as_of: Option<Day>,
}

/// A file that is left out until a date.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// The file.
    pub path: InputPath,
    /// The date, where it is written.
    pub until: Spanned<Edtf>,
    /// Whether it is written to that end, and not the date of a publication.
    pub embargo: bool,
}

/// One thing that the dossier knows of, in all its languages.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The id.
    pub id: EntityId,
    /// The kind.
    pub kind: KindId,
    /// The original, in the default language, then the translations in the order of the site's languages.
    pub editions: Vec<Edition>,
    /// The date before which it is not to be published, where that is still to come.
    pub embargo: Option<Edtf>,
    /// Every reference to an entity that it makes, resolved or not.
    pub references: Vec<Reference>,
}

/// An entity in one language.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The file.
    pub input: Arc<Input>,
    /// What it says.
    pub parsed: Arc<Parsed>,
    /// Where each of the [links](Prose::links) of its body leads.
    pub links: Vec<Target>,
}

/// A reference that an entity makes.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Who makes it.
    pub from: EntityIx,
    /// The number of the edition that it stands in.
    pub edition: u32,
    /// What the target is to the one who refers.
    pub role: Role,
    /// As it is written.
    pub written: String,
    /// Where it is written.
    pub span: Span,
    /// Its number among the links of the body, where it stands there.
    pub link: Option<u32>,
    /// Where it leads.
    pub target: Target,
}

/// Where a reference or a link leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Target {
    /// To an entity, perhaps to a heading in it.
    Entity(EntityIx, Option<String>),
    /// To a heading of the same body.
    Fragment(String),
    /// To a file of `content/` that is copied as it is.
    Asset(InputPath),
    /// To another site.
    External(String),
    /// Nowhere.
    Unresolved(Unresolved),
}

/// Why a reference leads nowhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Unresolved {
    /// Nothing is called that.
    NotFound,
    /// Several entities are.
    Ambiguous(Vec<EntityIx>),
    /// It is a draft, and drafts are left out.
    Draft,
    /// It was not yet known on the day that is shown.
    Later,
    /// It is of a kind that makes no sense here.
    WrongKind(EntityIx),
    /// There is no such file.
    NoAsset(String),
    /// It climbs out of `content/`.
    Outside,
    /// Its scheme could run code: `javascript:`, `data:`, `vbscript:`.
    Unsafe,
}

/// A file that could not become part of an entity.
#[derive(Debug)]
pub struct Misfit {
    /// The file.
    pub input: Arc<Input>,
    /// Its title, for messages.
    pub title: Option<Spanned<String>>,
    /// Why.
    pub kind: MisfitKind,
}

/// Why a file is no entity's.
#[derive(Debug)]
pub enum MisfitKind {
    /// Another file has its id.
    Duplicate(InputPath),
    /// A translation whose original is not there.
    NoOriginal,
}

impl Entity {
    /// The edition in the default language, or else the first there is.
    pub fn original(&self) -> &Edition {
        &self.editions[0]
    }

    /// The edition in `lang`.
    pub fn edition(&self, lang: &Lang) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.input.lang == *lang)
    }

    /// The edition that a reader of `lang` gets: that in `lang`, else the original.
    pub fn edition_for(&self, lang: &Lang) -> &Edition {
        self.edition(lang).unwrap_or_else(|| self.original())
    }

    /// The front matter of the original.
    pub fn head(&self) -> &Head {
        &self.original().parsed.head
    }

    /// Its common part.
    pub fn common(&self) -> &Common {
        &self.head().common
    }

    /// The path of its first file.
    pub fn path(&self) -> &InputPath {
        &self.original().input.path
    }

    /// What it says.
    pub fn facts(&self) -> Facts<'_> {
        self.data().map_or_else(Facts::default, |data| data.facts(self.common()))
    }

    /// What it says, with what is not shown among its facts.
    pub fn all_facts(&self) -> Facts<'_> {
        let mut facts = self.facts();
        facts.unshown(self.common());
        facts
    }

    /// Its own front matter.
    pub fn data(&self) -> Option<&Data> {
        self.head().data.as_ref()
    }

    /// Its own front matter as a `T`, if that is its kind: `entity.as_kind::<Claim>()`.
    pub fn as_kind<'a, T>(&'a self) -> Option<&'a T>
    where
        &'a T: TryFrom<&'a Data>,
    {
        self.data().and_then(|data| <&T>::try_from(data).ok())
    }

    /// The date that orders it.
    pub fn date(&self) -> Option<&Spanned<Edtf>> {
        self.data().and_then(|data| data.date(self.common()))
    }

    /// A place in its first file that stands for the entity as a whole: its title, or the start.
    pub fn head_span(&self) -> Span {
        self.common().title.as_ref().map_or(Span::empty(0), |title| title.span)
    }
}

impl Edition {
    /// What it is called: its title, or else the id.
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

    /// An entity by its number.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }

    /// All entities with their numbers.
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

    /// The entities called `name` in `lang`, by title or alias, in any case; in any language where
    /// there is none in that one.
    pub fn by_name(&self, name: &str, lang: &Lang) -> Vec<EntityIx> {
        self.names.by_name(name, lang)
    }

    /// Every id, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.names.ids()
    }

    /// The references that lead to an entity, in the order of those who make them.
    pub fn incoming(&self, ix: EntityIx) -> impl ExactSizeIterator<Item = &Reference> {
        self.incoming_at(ix, 0..self.incoming[ix.0 as usize].len())
    }

    /// Some of them, by their numbers. A hub has very many, and is shown a part at a time.
    pub fn incoming_at(
        &self,
        ix: EntityIx,
        range: Range<usize>,
    ) -> impl ExactSizeIterator<Item = &Reference> {
        let of = |&(from, at): &(EntityIx, u32)| &self.entity(from).references[at as usize];
        self.incoming[ix.0 as usize].get(range).unwrap_or_default().iter().map(of)
    }

    /// The references that an entity makes.
    pub fn outgoing(&self, ix: EntityIx) -> &[Reference] {
        &self.entity(ix).references
    }

    /// Every reference to an entity, resolved or not, in the order of those who make them.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.entities.iter().flat_map(|entity| &entity.references)
    }

    /// The file that a reference stands in.
    pub fn path_of(&self, reference: &Reference) -> &InputPath {
        &self.entity(reference.from).editions[reference.edition as usize].input.path
    }
}
