//! Files that come with the import and that several items may show; and the names of items and files in texts, where
//! marks stand for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Planner;
use crate::base::id::EntityId;
use crate::base::path::InputPath;
use crate::data::write::Given;
use crate::import::brought::Attached;
use crate::import::marks;
use crate::import::record::hash;
use crate::load::CONTENT;
use crate::metadata;

/// A file that is written, if an item that shows it is.
pub(super) struct Shared {
    pub path: InputPath,
    pub content: Arc<[u8]>,
    /// The items that show it.
    pub users: BTreeSet<EntityId>,
}

impl Planner<'_> {
    /// Decides where files go, and puts names where marks are.
    pub(super) fn name_marks(&mut self, attached: Vec<Attached>) {
        if attached.is_empty() && self.targets.iter().all(|target| target.item.called.is_empty()) {
            return;
        }
        let mut names: BTreeMap<String, (String, InputPath)> = BTreeMap::new();
        for target in &self.targets {
            let own = (target.id.as_str().to_owned(), target.path.clone());
            names.extend(target.item.called.iter().map(|called| (called.clone(), own.clone())));
        }
        let mut shared: BTreeMap<String, Shared> = BTreeMap::new();
        for file in attached {
            let content: Arc<[u8]> = metadata::examine(&file.content).bytes.into_owned().into();
            let path = self.free_path(&file, &content);
            names.insert(file.called.clone(), (file.name.clone(), path.clone()));
            shared.insert(file.called, Shared { path, content, users: BTreeSet::new() });
        }
        for target in &mut self.targets {
            let path = target.path.clone();
            let mut name = |text: &str| {
                let (named, used) = marks::named(text, &path, &names);
                for used in used {
                    if let Some(file) = shared.get_mut(&used) {
                        file.users.insert(target.id.clone());
                    }
                }
                named
            };
            target.item.text = name(&target.item.text);
            for (_, fact) in &mut target.item.words {
                if let ("text", Given::Words(words)) = (fact.key, &mut fact.value) {
                    *words = name(words);
                }
            }
        }
        self.shared = shared.into_values().collect();
    }

    /// Where a file goes: no file with another content is overwritten.
    fn free_path(&self, file: &Attached, content: &[u8]) -> InputPath {
        let folder = format!("{CONTENT}/{}", file.kind.spec().folder);
        let path: InputPath = format!("{folder}/{}", file.name).into();
        match self.before.world().read(&path) {
            Ok(there) if *there != *content => {
                let (stem, end) = file.name.rsplit_once('.').unwrap_or((&file.name, "bin"));
                let hash = hash(&String::from_utf8_lossy(content));
                format!("{folder}/{stem}-{}.{end}", &hash[..8]).into()
            }
            _ => path,
        }
    }
}
