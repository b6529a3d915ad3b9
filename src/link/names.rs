//! The names of entities: ids, titles and aliases.

use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::AHashMap;

use super::entity::{Edition, Entity, EntityIx};
use crate::base::id::{EntityId, Lang};
use crate::base::path::folded;

/// Every name of every entity.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// By [folded] id.
    ids: Arc<AHashMap<String, EntityIx>>,
    sorted: Arc<[EntityId]>,
    folders: Arc<[&'static str]>,
    /// By normalised name, with its language, sorted. Several entities may share a name.
    names: AHashMap<String, Vec<(Lang, EntityIx)>>,
}

impl Names {
    /// Collects the names of `entities`.
    pub(crate) fn of(entities: &[Entity]) -> Names {
        let mut sorted: Vec<EntityId> = entities.iter().map(|entity| entity.id.clone()).collect();
        sorted.sort();
        let id = |entity: &Entity| folded(entity.id.as_str()).into_owned();
        let ids = entities.iter().enumerate().map(|(at, entity)| (id(entity), EntityIx(at as u32)));
        let mut names = Names {
            ids: Arc::new(ids.collect()),
            sorted: sorted.into(),
            folders: entities.iter().map(|entity| entity.kind.spec().folder).collect(),
            names: AHashMap::with_capacity(entities.len()),
        };
        for (at, entity) in entities.iter().enumerate() {
            names.add(EntityIx(at as u32), entity);
        }
        names
    }

    fn add(&mut self, ix: EntityIx, entity: &Entity) {
        for (name, lang) in names_of(entity) {
            let owners = self.names.entry(name).or_default();
            let entry = (lang, ix);
            if let Err(at) = owners.binary_search(&entry) {
                owners.insert(at, entry);
            }
        }
    }

    /// The names after an entity changed from `before` to `after`.
    pub(crate) fn with(&self, ix: EntityIx, before: &Entity, after: &Entity) -> Names {
        let mut names = self.clone();
        for (name, _) in names_of(before) {
            if let Some(owners) = names.names.get_mut(&name) {
                owners.retain(|(_, owner)| *owner != ix);
            }
        }
        names.add(ix, after);
        names
    }

    /// The entity with this id or long id, in any case.
    pub(crate) fn by_id(&self, id: &str) -> Option<EntityIx> {
        // Ids of documents have slashes of their own.
        if let Some(ix) = self.ids.get(&*folded(id)) {
            return Some(*ix);
        }
        let (folder, id) = id.rsplit_once('/')?;
        let ix = *self.ids.get(&*folded(id))?;
        (self.folders[ix.0 as usize] == folded(folder)).then_some(ix)
    }

    /// The entities with this title or alias, each once.
    pub(crate) fn by_name(&self, name: &str, lang: &Lang) -> impl Iterator<Item = EntityIx> {
        let owners = self.names.get(&normalized(name)).map(Vec::as_slice).unwrap_or_default();
        let start = owners.partition_point(|(other, _)| other < lang);
        let end = owners.partition_point(|(other, _)| other <= lang);
        let found = if start < end { &owners[start..end] } else { owners };
        let mut seen = BTreeSet::new();
        found.iter().map(|(_, ix)| *ix).filter(move |ix| seen.insert(*ix))
    }

    /// Every id, sorted.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(EntityId::as_str)
    }
}

/// The names of an entity, normalised, with their languages.
pub(crate) fn names_of(entity: &Entity) -> impl Iterator<Item = (String, Lang)> {
    entity
        .editions
        .iter()
        .flat_map(|edition| names_in(edition).map(|name| (name, edition.input.lang.clone())))
}

/// The names in one language, normalised.
pub(super) fn names_in(edition: &Edition) -> impl Iterator<Item = String> {
    let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
    aliases.chain([edition.title()]).map(normalized)
}

/// A name normalised for comparison: [folded], with white space collapsed.
pub(crate) fn normalized(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for word in folded(name).split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}
