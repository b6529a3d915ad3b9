//! The dossier as an editor shows it: files, and over them the texts that are open in it.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use crate::base::date::Day;
use crate::base::path::InputPath;
use crate::world::disk::DiskWorld;
use crate::world::{Access, Entry, World};

/// The world of an editor.
pub(super) struct Buffers {
    disk: Arc<DiskWorld>,
    open: RwLock<BTreeMap<InputPath, Buffer>>,
}

/// A text that is open.
#[derive(Clone)]
pub(super) struct Buffer {
    /// The client's number for this state of it.
    pub version: i64,
    pub text: Arc<str>,
}

impl Buffers {
    /// A dossier of which nothing is open.
    pub(super) fn over(disk: Arc<DiskWorld>) -> Buffers {
        Buffers { disk, open: RwLock::default() }
    }

    /// The text at a path, if it is open.
    pub(super) fn get(&self, path: &InputPath) -> Option<Buffer> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// Opens a text, or gives it new content.
    pub(super) fn set(&self, path: InputPath, buffer: Buffer) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).insert(path, buffer);
    }

    /// Closes a text: its file counts again.
    pub(super) fn close(&self, path: &InputPath) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).remove(path);
    }

    /// The text at a path, open or not.
    pub(super) fn text(&self, path: &InputPath) -> Option<Arc<str>> {
        match self.get(path) {
            Some(buffer) => Some(buffer.text),
            None => Some(String::from_utf8_lossy(&self.disk.read(path).ok()?).into()),
        }
    }
}

impl World for Buffers {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = self.disk.list(folder)?;
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let is_below = |path: &InputPath| {
            folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        // What was never saved is there too.
        for path in open.keys().filter(|path| is_below(path)) {
            if !entries.iter().any(|entry| entry.path == *path) {
                entries.push(Entry { path: path.clone(), access: Access::Inside });
            }
        }
        entries.sort();
        Ok(entries)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        match self.get(path) {
            Some(buffer) => Ok(buffer.text.as_bytes().into()),
            None => self.disk.read(path),
        }
    }

    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.disk.read_private(path)
    }

    fn made(&self, path: &InputPath) -> Option<Day> {
        self.disk.made(path)
    }

    fn theme(&self) -> Option<&str> {
        self.disk.theme()
    }

    fn today(&self) -> Day {
        self.disk.today()
    }
}
