//! A dossier in memory, for tests.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::dir::too_large;
use super::{Access, Entry, World, may_be_missed, most_of, passed_over};
use crate::base::date::Day;
use crate::base::path::InputPath;

/// Files by path, and a fixed day.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: BTreeMap<InputPath, Arc<[u8]>>,
    today: Day,
    made: Option<Day>,
}

impl MemoryWorld {
    /// An empty dossier on 2024-01-01.
    pub fn new() -> MemoryWorld {
        MemoryWorld { files: BTreeMap::new(), today: Day { year: 2024, month: 1, day: 1 }, made: None }
    }

    /// Adds or replaces a file.
    pub fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> MemoryWorld {
        self.files.insert(path.into(), content.as_ref().into());
        self
    }

    /// Removes a file.
    pub fn without(mut self, path: &str) -> MemoryWorld {
        self.files.remove(path);
        self
    }

    /// Sets the day on which all files were made.
    pub fn made_on(mut self, day: Day) -> MemoryWorld {
        self.made = Some(day);
        self
    }

    /// Changes the day.
    pub fn on(mut self, today: Day) -> MemoryWorld {
        self.today = today;
        self
    }
}

impl Default for MemoryWorld {
    fn default() -> MemoryWorld {
        MemoryWorld::new()
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let below = |path: &&InputPath| {
            folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let entry = |path: &InputPath| match passed_over(path.as_str()) {
            None => Some(Entry { path: path.clone(), access: Access::Inside }),
            Some(hidden) if may_be_missed(hidden) => {
                Some(Entry { path: hidden.into(), access: Access::Hidden })
            }
            Some(_) => None,
        };
        let mut entries: Vec<Entry> = self.files.keys().filter(below).filter_map(entry).collect();
        entries.dedup();
        Ok(entries)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        match self.files.get(path) {
            Some(bytes) if bytes.len() as u64 > most_of(path) => Err(too_large(most_of(path))),
            Some(bytes) => Ok(bytes.clone()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn made(&self, path: &InputPath) -> Option<Day> {
        self.made.filter(|_| self.files.contains_key(path))
    }

    fn today(&self) -> Day {
        self.today
    }
}
