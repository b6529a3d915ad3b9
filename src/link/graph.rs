//! The dossier as a graph: entities, and their references to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::annotations::Annotations;
use super::entity::{Edition, Entity, EntityIx, Reference};
use super::files::Files;
use super::names::Names;
use crate::base::date::{Day, Edtf};
use crate::base::id::{EntityId, Lang};
use crate::base::path::{InputPath, folded};
use crate::base::span::Spanned;
use crate::kinds::words::Status;
use crate::kinds::{Data, KindId};
use crate::load::Input;

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
    pub(crate) misfits: Arc<[Misfit]>,
    /// For each entity, the references to it, in order: the referring entity, and the index among its
    /// references.
    pub(super) incoming: Vec<Arc<[(EntityIx, u32)]>>,
    pub(super) names: Arc<Names>,
    /// The annotated passages of the articles.
    pub annotations: Arc<Annotations>,
    /// Every file of `content/` that is not Markdown.
    pub assets: Arc<BTreeSet<InputPath>>,
    /// Each of them by its [folded] path.
    pub(super) assets_by_path: Arc<BTreeMap<String, InputPath>>,
    /// For each of their folded names, the only one that has it; `None` if there are several.
    pub(super) assets_by_name: Arc<BTreeMap<String, Option<InputPath>>>,
    /// Which of them are published.
    pub files: Arc<Files>,
    /// The [folded] ids of entities that were left out: drafts, and those under embargo.
    pub drafts: Arc<BTreeSet<String>>,
    /// Their titles and aliases, normalised.
    pub(crate) names_of_drafts: Arc<BTreeMap<String, EntityId>>,
    /// Files that are left out, ordered by path.
    pub(crate) withheld: Arc<[Withheld]>,
    /// The folded ids of entities that were not yet known on the day shown.
    pub later: Arc<BTreeSet<String>>,
    /// The day as of which the dossier is shown, if not today.
    pub as_of: Option<Day>,
}

/// A file that is left out: a draft, what is under embargo, or a translation of either.
#[derive(Clone, Debug)]
pub(crate) struct Withheld {
    /// The file, with its links unresolved.
    pub edition: Edition,
    /// The date that it waits for, as written; `None` for a draft.
    pub until: Option<Spanned<Edtf>>,
}

/// A file that does not belong to any entity.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// The file.
    pub input: Arc<Input>,
    /// Its title, for messages.
    pub title: Option<Spanned<String>>,
    /// The reason.
    pub kind: MisfitKind,
}

/// Why a file belongs to no entity.
#[derive(Debug)]
pub(crate) enum MisfitKind {
    /// Another file has its id.
    Duplicate(InputPath),
    /// It is a translation without an original.
    NoOriginal,
}

impl Graph {
    pub(crate) fn default_language(&self) -> &Lang {
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
    pub(crate) fn count(&self, kind: KindId) -> usize {
        self.counts[kind as usize]
    }

    /// All entities of one kind, with what they say.
    pub(crate) fn all<'a, T: 'a>(&'a self) -> impl Iterator<Item = (EntityIx, &'a Entity, &'a T)>
    where
        &'a T: TryFrom<&'a Data>,
    {
        self.iter().filter_map(|(ix, entity)| Some((ix, entity, entity.as_kind::<T>()?)))
    }

    /// Sets the statuses of claims. Returns those that had another one.
    pub(crate) fn settle(&mut self, statuses: &[(EntityIx, Option<Status>)]) -> Vec<EntityIx> {
        let mut changed = Vec::new();
        for (ix, status) in statuses {
            let entity = &mut self.entities[ix.0 as usize];
            if entity.status != *status {
                Arc::make_mut(entity).status = *status;
                changed.push(*ix);
            }
        }
        changed
    }

    /// The entity with this id, or long id such as `actors/nis`.
    pub fn by_id(&self, id: &str) -> Option<EntityIx> {
        self.names.by_id(id)
    }

    /// The entities with the title or alias `name` in `lang`, in any case; in any language if there is none
    /// in that one.
    pub(crate) fn by_name(&self, name: &str, lang: &Lang) -> impl Iterator<Item = EntityIx> {
        self.names.by_name(name, lang)
    }

    /// The file of `content/` at a path that is not Markdown. Otherwise the one whose path differs only in case or in
    /// how its letters are composed.
    pub(crate) fn asset_at(&self, path: &str) -> Option<&InputPath> {
        self.assets.get(path).or_else(|| self.assets_by_path.get(&*folded(path)))
    }

    /// Every id, sorted.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.names.ids()
    }

    /// The references to an entity, ordered by the referring entities.
    pub(crate) fn incoming(&self, ix: EntityIx) -> impl ExactSizeIterator<Item = &Reference> {
        self.incoming_at(ix, 0..self.incoming[ix.0 as usize].len())
    }

    /// Some of the references to an entity, by their indices. A hub has very many, which are shown a part at
    /// a time.
    pub(crate) fn incoming_at(
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
    pub(crate) fn references(&self) -> impl Iterator<Item = &Reference> {
        self.entities.iter().flat_map(|entity| &entity.references)
    }

    /// The files whose front matter does not parse: nobody may conclude anything from their silence.
    pub(crate) fn unread(&self) -> impl Iterator<Item = &InputPath> {
        let unread = |edition: &'_ Edition| edition.parsed.head.unread.is_some();
        self.all_editions().filter(move |edition| unread(edition)).map(|edition| &edition.input.path)
    }

    /// All front matter that could not be read, as written: it may mention anything.
    pub(crate) fn unread_text(&self) -> String {
        let heads = self.all_editions().map(|edition| &edition.parsed.head);
        let parts = heads.flat_map(|head| {
            head.unread.as_deref().into_iter().chain(head.half_read.iter().map(|(_, text)| &**text))
        });
        parts.flat_map(|text| [text, "\n"]).collect()
    }

    /// Every edition, those that are withheld too.
    fn all_editions(&self) -> impl Iterator<Item = &Edition> {
        let editions = self.entities.iter().flat_map(|entity| &entity.editions);
        editions.chain(self.withheld.iter().map(|withheld| &withheld.edition))
    }

    /// The file that contains a reference.
    pub(crate) fn path_of(&self, reference: &Reference) -> &InputPath {
        &self.entity(reference.from).editions[reference.edition as usize].input.path
    }
}
