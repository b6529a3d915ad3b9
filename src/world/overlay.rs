//! A World over another: some files with different content, and every other one as it was when first read.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::edit::Changes;
use super::{Access, Entry, World};
use crate::base::date::Day;
use crate::base::path::InputPath;

/// Text read through it stays the same for its whole life, so later edits are compared with exactly what was
/// analysed. Files can be overridden: by the unsaved text of an editor, or by the result of edits that are
/// not written yet.
pub(crate) struct Overlay {
    under: Arc<dyn World>,
    /// For each path, its content, or `None` if it is overridden as missing.
    files: Mutex<BTreeMap<InputPath, Option<Arc<[u8]>>>>,
}

impl Overlay {
    /// An overlay without overrides.
    pub(crate) fn over(under: Arc<dyn World>) -> Overlay {
        Overlay { under, files: Mutex::default() }
    }

    /// Overrides the content of `path`.
    pub(crate) fn with(self, path: &InputPath, content: impl Into<Arc<[u8]>>) -> Overlay {
        self.files().insert(path.clone(), Some(content.into()));
        self
    }

    /// Overrides `path` as missing.
    pub(crate) fn without(self, path: &InputPath) -> Overlay {
        self.files().insert(path.clone(), None);
        self
    }

    /// Overrides files as if `changes` were carried out.
    ///
    /// # Errors
    /// If a file to be moved cannot be read.
    pub(crate) fn changed(mut self, changes: &Changes) -> io::Result<Overlay> {
        for rewrite in &changes.rewrites {
            self = match &rewrite.after {
                Some(after) => self.with(&rewrite.path, after.clone()),
                None => self.without(&rewrite.path),
            };
        }
        for (from, to) in &changes.moves {
            let content = self.read(from)?;
            self = self.without(from).with(to, content);
        }
        Ok(self)
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<InputPath, Option<Arc<[u8]>>>> {
        // A thread that panicked while holding the lock had inserted a file or not; both states are valid.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World for Overlay {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let listed = self.under.list(folder)?.into_iter();
        let mut entries: BTreeMap<InputPath, Access> =
            listed.map(|entry| (entry.path, entry.access)).collect();
        let below = |path: &InputPath| {
            folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        for (path, content) in self.files().iter().filter(|(path, _)| below(path)) {
            match content {
                None => drop(entries.remove(path)),
                Some(_) => {
                    entries.entry(path.clone()).or_insert(Access::Inside);
                }
            }
        }
        Ok(entries.into_iter().map(|(path, access)| Entry { path, access }).collect())
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        let known = self.files().get(path).cloned();
        match known {
            Some(Some(content)) => Ok(content),
            Some(None) => Err(io::ErrorKind::NotFound.into()),
            None if !is_text(path) => self.under.read(path),
            None => {
                let content = self.under.read(path)?;
                // If two threads read at once, both get what the first one read.
                let kept = self.files().entry(path.clone()).or_insert(Some(content)).clone();
                kept.ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }

    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.under.read_private(path)
    }

    fn made(&self, path: &InputPath) -> Option<Day> {
        self.under.made(path)
    }

    fn theme(&self) -> Option<&str> {
        self.under.theme()
    }

    fn has_tables(&self) -> bool {
        self.under.has_tables()
    }

    fn is_row(&self, path: &InputPath) -> bool {
        self.under.is_row(path)
    }

    fn today(&self) -> Day {
        self.under.today()
    }
}

/// Only files that can be edited are kept; others, above all pictures, would only use memory.
fn is_text(path: &InputPath) -> bool {
    matches!(path.extension(), Some("md" | "toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::MemoryWorld;

    #[test]
    fn pretends_and_remembers() {
        let under = MemoryWorld::new().with("content/a.md", "a").with("content/b.md", "b");
        let overlay = Overlay::over(Arc::new(under)).without(&"content/a.md".into());
        let overlay = overlay.with(&"content/c/d.md".into(), *b"d").with(&"dossier.toml".into(), *b"");
        let paths: Vec<String> =
            overlay.list("content").unwrap().iter().map(|entry| entry.path.to_string()).collect();
        assert_eq!(paths, ["content/b.md", "content/c/d.md"]);
        assert!(overlay.read(&"content/a.md".into()).is_err());
        assert_eq!(&*overlay.read(&"content/c/d.md".into()).unwrap(), b"d");
    }
}
