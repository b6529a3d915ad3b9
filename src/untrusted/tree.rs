//! A state of the dossier: what files there are, of what sort, and how large. Contents are read on request.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::LARGEST_FILE;
use super::git::Repository;
use crate::base::hash::Fingerprint;

/// What is at a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Entry {
    pub sort: Sort,
    /// What the contents hash to.
    pub hash: String,
    /// In bytes.
    pub size: u64,
}

/// A sort of file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sort {
    File,
    Executable,
    Link,
    /// A submodule, a pipe, a device.
    Special,
}

/// A state of the dossier.
pub(crate) struct Tree {
    /// By path from the top, with slashes. A name that is not Unicode is as near as Unicode comes to it.
    pub entries: BTreeMap<String, Entry>,
    /// The dossier's folder in it, with a slash at its end; empty if it is the top.
    pub folder: String,
    /// Where contents come from.
    pub source: Source,
}

pub(crate) enum Source {
    Folder(PathBuf),
    Git(Repository),
    #[cfg(test)]
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Tree {
    /// The state in a folder, without what Git and the program itself keep at its top. No link is followed.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub(crate) fn of_folder(top: &Path) -> Result<Tree, String> {
        let mut entries = BTreeMap::new();
        let is_own = |name: &std::ffi::OsStr| [".git", ".dossier"].iter().any(|own| name == *own);
        let walk = WalkDir::new(top).min_depth(1).into_iter();
        let walk = walk.filter_entry(|entry| entry.depth() != 1 || !is_own(entry.file_name()));
        for entry in walk {
            let entry = entry.map_err(|why| why.to_string())?;
            let kind = entry.file_type();
            if kind.is_dir() {
                continue;
            }
            let about = entry.metadata().map_err(|why| why.to_string())?;
            let sort = match kind {
                kind if kind.is_symlink() => Sort::Link,
                kind if !kind.is_file() => Sort::Special,
                _ if is_executable(&about) => Sort::Executable,
                _ => Sort::File,
            };
            let relative = entry.path().strip_prefix(top).unwrap_or(entry.path());
            let parts: Vec<_> =
                relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let hash = match sort {
                Sort::File | Sort::Executable if about.len() <= LARGEST_FILE => {
                    Fingerprint::of(&read(entry.path())?).to_string()
                }
                Sort::Link => std::fs::read_link(entry.path())
                    .map_err(|why| why.to_string())?
                    .to_string_lossy()
                    .into_owned(),
                // What is too large is reported for that, whatever is in it.
                _ => format!("{:?}", about.modified().ok()),
            };
            entries.insert(parts.join("/"), Entry { sort, hash, size: about.len() });
        }
        Ok(Tree { entries, folder: String::new(), source: Source::Folder(top.to_owned()) })
    }

    /// The contents of a regular file; `None` if there is none, it is too large or cannot be read.
    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let entry = self.entries.get(path)?;
        if !matches!(entry.sort, Sort::File | Sort::Executable) || entry.size > LARGEST_FILE {
            return None;
        }
        match &self.source {
            Source::Folder(top) => read(&top.join(path)).ok(),
            Source::Git(repository) => repository.blob(&entry.hash).ok(),
            #[cfg(test)]
            Source::Memory(files) => files.get(path).cloned(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "two states of the dossier, neither of which is a World")]
fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|why| format!("cannot read `{}`: {why}", path.display()))
}

#[cfg(unix)]
fn is_executable(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode() & 0o111 != 0
}

/// Windows has no such permission.
#[cfg(not(unix))]
fn is_executable(_: &std::fs::Metadata) -> bool {
    false
}
