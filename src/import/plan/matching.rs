//! Which entity an item is: one that was imported before, one of the same id, address or title, or a new one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Does, Entry, Planner, Target};
use crate::base::free::FreeNames;
use crate::base::id::EntityId;
use crate::base::path::folded;
use crate::ide::scaffold::id_of;
use crate::import::brought::{Brought, Item, Remark};
use crate::kinds::{KindId, Source};
use crate::link::{Entity, EntityIx, Graph};
use crate::load::CONTENT;

/// What the dossier has, by what items are found by.
pub(super) struct Known<'a> {
    pub graph: &'a Graph,
    addresses: BTreeMap<String, EntityIx>,
    titles: BTreeMap<(KindId, String), Vec<EntityIx>>,
    formerly: BTreeMap<String, EntityIx>,
}

impl<'a> Known<'a> {
    fn of(graph: &'a Graph) -> Known<'a> {
        let mut known =
            Known { graph, addresses: BTreeMap::new(), titles: BTreeMap::new(), formerly: BTreeMap::new() };
        for (ix, entity) in graph.iter() {
            let own = entity.as_kind::<Source>().and_then(|source| source.url.as_ref());
            for url in entity.common().same_as.iter().chain(own) {
                known.addresses.entry(url.as_str().to_owned()).or_insert(ix);
            }
            for edition in &entity.editions {
                let title = (entity.kind, folded(edition.title()).into_owned());
                known.titles.entry(title).or_default().push(ix);
            }
            for former in &entity.common().formerly {
                known.formerly.entry(former.value.to_string()).or_insert(ix);
            }
        }
        known.titles.values_mut().for_each(|list| list.dedup());
        known
    }

    /// The entity of this id, or that had it before it was renamed.
    fn by_id(&self, id: &str) -> Option<&'a Entity> {
        let ix = self.graph.by_id(id).or_else(|| self.formerly.get(id).copied())?;
        Some(self.graph.entity(ix))
    }

    /// The entity that an item is, if it was not imported before.
    fn of_item(&self, item: &Item, claimed: &BTreeSet<EntityId>) -> Option<&'a Entity> {
        if let Some(id) = &item.id {
            let own = self.by_id(id).filter(|entity| entity.kind == item.kind);
            // What is on the web under one address is one source, whatever a library calls it.
            return own.or_else(|| {
                let source = self.of_address(item).filter(|entity| entity.kind == KindId::Source)?;
                (!claimed.contains(&source.id)).then_some(source)
            });
        }
        self.of_address(item).or_else(|| {
            let title = (item.kind, folded(&item.title).into_owned());
            match self.titles.get(&title)?.as_slice() {
                [one] => Some(self.graph.entity(*one)),
                _ => None,
            }
        })
    }

    /// The entity of the item's kind at one of its addresses.
    fn of_address(&self, item: &Item) -> Option<&'a Entity> {
        let own = |ix: &EntityIx| Some(self.graph.entity(*ix)).filter(|entity| entity.kind == item.kind);
        let addresses = ["url", "same_as"].iter().filter_map(|key| item.fact(key));
        let addresses = addresses.flat_map(|fact| super::write::words(&fact.value));
        addresses.filter_map(|address| self.addresses.get(address)).find_map(own)
    }
}

impl Planner<'_> {
    /// Finds what each item is.
    pub(super) fn match_all(&mut self, brought: Vec<Brought>) {
        let graph = &self.before.graph;
        let known = Known::of(graph);
        let mut ids = Ids::of(graph);
        let mut seen = BTreeSet::new();
        let mut given = BTreeSet::new();
        let own = brought.iter().flat_map(|brought| &brought.items).filter_map(|item| item.id.as_deref());
        let claimed: BTreeSet<EntityId> =
            own.filter_map(|id| known.by_id(id)).map(|entity| entity.id.clone()).collect();
        for Brought { name, items, mut remarks, .. } in brought {
            self.remarks.append(&mut remarks);
            for item in items {
                seen.insert(item.key.clone());
                let recorded = self.record.entries.get(&item.key).map(|entry| entry.id.clone());
                let found = match &recorded {
                    Some(id) => known.by_id(id),
                    None => known.of_item(&item, &claimed),
                };
                if let (Some(id), None) = (&recorded, found) {
                    let mut entry = target(item, &name, EntityId::new(id), Does::Deleted).entry();
                    entry.title = if entry.title.is_empty() { id.clone() } else { entry.title };
                    self.entries.push(entry);
                    continue;
                }
                if found.is_some_and(|entity| !given.insert(entity.id.clone())) {
                    let why = "another row is the same";
                    self.remarks.push(Remark::left_out(&item.title, why, &item.at));
                    continue;
                }
                self.targets.push(match found {
                    Some(entity) => {
                        let path = entity.path().clone();
                        Target { path, ..target(item, &name, entity.id.clone(), Does::Same) }
                    }
                    None => {
                        let id = ids.of_item(&item, &mut self.remarks);
                        target(item, &name, id, Does::New)
                    }
                });
            }
            let is_gone = |key: &&String| !seen.contains(*key);
            let entries = self.record.entries.iter();
            let gone = entries.filter(|(key, entry)| entry.from == name && !entry.named && is_gone(key));
            let entities = gone.filter_map(|(_, entry)| known.by_id(&entry.id));
            self.entries.extend(entities.map(|entity| Entry {
                does: Does::Gone,
                kind: entity.kind.name(),
                id: entity.id.as_str().to_owned(),
                title: entity.original().title().to_owned(),
                file: entity.path().clone(),
                keys: Vec::new(),
                from: name.clone(),
                at: Default::default(),
            }));
        }
    }

    /// Adds an entity that another item names.
    pub(super) fn add_named(&mut self, mut item: Item, from: &str, ids: &mut Ids) -> EntityId {
        let id = ids.of_item(&item, &mut self.remarks);
        let facts = std::mem::take(&mut item.facts);
        self.targets.push(Target { facts, ..target(item, from, id.clone(), Does::Named) });
        id
    }
}

fn target(item: Item, from: &str, id: EntityId, does: Does) -> Target {
    let is_home = item.kind == KindId::Article && id.as_str() == "article";
    let path = match is_home {
        true => format!("{CONTENT}/article.md"),
        false => format!("{CONTENT}/{}/{id}.md", item.kind.spec().folder),
    };
    Target {
        from: from.to_owned(),
        id,
        path: path.into(),
        does,
        keys: Vec::new(),
        facts: Vec::new(),
        text: None,
        raw: BTreeMap::new(),
        item,
    }
}

/// The ids that are taken.
pub(super) struct Ids {
    taken: BTreeSet<String>,
    free: FreeNames,
    has_home: bool,
}

impl Ids {
    pub(super) fn of(graph: &Graph) -> Ids {
        let mut taken: BTreeSet<String> = graph.drafts.iter().cloned().collect();
        for entity in &graph.entities {
            taken.insert(folded(entity.id.as_str()).into_owned());
            taken.extend(entity.common().formerly.iter().map(|former| folded(&former.value).into_owned()));
        }
        let has_home = taken.contains("article");
        Ids { taken, free: FreeNames::default(), has_home }
    }

    /// Takes an id.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.insert(folded(id).into_owned());
    }

    fn of_item(&mut self, item: &Item, remarks: &mut Vec<Remark>) -> EntityId {
        let own = item.id.as_deref().map(EntityId::parse);
        let wanted = match own {
            Some(Ok(id)) => id,
            Some(Err(why)) => {
                let stem = id_of(item.id.as_deref().unwrap_or_default());
                let id = stem.or_else(|_| id_of(&item.title)).unwrap_or_else(|_| of_kind(item.kind));
                let why = format!("{why}; it becomes `{id}`");
                remarks.push(Remark::doubtful(item.id.clone().unwrap_or_default(), why, &item.at));
                id
            }
            // The first article is the home of the site.
            None if item.kind == KindId::Article && !self.has_home => EntityId::new("article"),
            // The title of a page may be its address.
            None => id_of(&item.title.replace('/', " ")).unwrap_or_else(|_| of_kind(item.kind)),
        };
        let numbered = |number| format!("{wanted}-{number}");
        let taken = &self.taken;
        let id = self.free.name(wanted.as_str(), numbered, |id| !taken.contains(&*folded(id)));
        let id = EntityId::new(&id);
        self.take(id.as_str());
        self.has_home |= id.as_str() == "article";
        if let (Some(given), true) = (&item.id, id != wanted) {
            let why = format!("something else has this id; it becomes `{id}`");
            remarks.push(Remark::doubtful(given, why, &item.at));
        }
        id
    }
}

/// The id of what has no letters to make one of.
fn of_kind(kind: KindId) -> EntityId {
    EntityId::new(kind.name())
}
