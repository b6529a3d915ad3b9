//! What entities are called: ids, titles and aliases.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::graph::{Entity, EntityIx};
use crate::base::id::{EntityId, Lang};

/// Every name of every entity.
#[derive(Debug)]
pub struct Names {
    ids: HashMap<EntityId, EntityIx>,
    sorted: Vec<EntityId>,
    folders: Vec<&'static str>,
    /// By language and normalised name. Several entities may share one.
    names: HashMap<(Lang, String), Vec<EntityIx>>,
    anywhere: HashMap<String, Vec<EntityIx>>,
}

impl Names {
    /// Collects the names of `entities`.
    pub fn of(entities: &[Entity]) -> Names {
        let mut names = Names {
            ids: HashMap::with_capacity(entities.len()),
            sorted: entities.iter().map(|entity| entity.id.clone()).collect(),
            folders: entities.iter().map(|entity| entity.kind.spec().folder).collect(),
            names: HashMap::new(),
            anywhere: HashMap::new(),
        };
        names.sorted.sort();
        for (at, entity) in entities.iter().enumerate() {
            let ix = EntityIx(at as u32);
            names.ids.insert(entity.id.clone(), ix);
            for edition in &entity.editions {
                let aliases = edition.parsed.head.common.aliases.iter().map(|alias| alias.as_str());
                for name in aliases.chain([edition.title()]) {
                    let name = normalized(name);
                    add(names.anywhere.entry(name.clone()).or_default(), ix);
                    add(names.names.entry((edition.input.lang.clone(), name)).or_default(), ix);
                }
            }
        }
        names
    }

    /// The entity with this id or long id.
    pub fn by_id(&self, id: &str) -> Option<EntityIx> {
        if let Some((folder, id)) = id.rsplit_once('/') {
            let ix = *self.ids.get(id)?;
            return (self.folders[ix.0 as usize] == folder).then_some(ix);
        }
        self.ids.get(id).copied()
    }

    /// The entities of this title or alias.
    pub fn by_name(&self, name: &str, lang: &Lang) -> Vec<EntityIx> {
        let key = (lang.clone(), normalized(name));
        self.names.get(&key).or_else(|| self.anywhere.get(&key.1)).cloned().unwrap_or_default()
    }

    /// Every id, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(EntityId::as_str)
    }
}

fn add(list: &mut Vec<EntityIx>, ix: EntityIx) {
    if list.last() != Some(&ix) {
        list.push(ix);
    }
}

/// A name as it is compared: NFC, lower case, white space folded.
pub fn normalized(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.nfc().flat_map(char::to_lowercase));
    }
    normal
}
