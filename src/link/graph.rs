//! The dossier as a graph: entities, and who refers to whom.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::annotations::Annotations;
use super::entity::{Entity, EntityIx, Reference};
use super::names::Names;
use crate::base::date::{Day, Edtf};
use crate::base::id::{EntityId, Lang};
use crate::base::path::InputPath;
use crate::base::span::Spanned;
use crate::kinds::Data;
use crate::load::Input;

/// Everything that the dossier holds. Its parts are shared with the graphs made from it, so a copy is cheap.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The site's languages, the default one first.
    pub languages: Arc<[Lang]>,
    /// Sorted by the path of their first file.
    pub entities: Vec<Arc<Entity>>,
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
