//! A state of the dossier: what files there are, of what sort, and how large. Contents are read on request.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::LARGEST_FILE;
use super::entry::{Entry, Sort};
use super::git::Repository;
use crate::base::hash::Fingerprint;

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
}

impl Tree {
    /// Two states of the repository that holds the dossier at `root`: where the change left `base`, and the commit
    /// that is checked out.
    ///
    /// # Errors
    /// If Git is not there, or knows no such revision.
    pub(crate) fn of_revisions(root: &Path, base: &str) -> Result<(Tree, Tree), String> {
        let (repository, folder) = Repository::around(root)?;
        let [base, head] = [repository.commit(base)?, repository.commit("HEAD")?];
        let before = repository.left_at(&base, &head);
        let tree = |commit: &str| -> Result<Tree, String> {
            let entries = repository.entries(commit)?;
            Ok(Tree { entries, folder: folder.clone(), source: Source::Git(repository.clone()) })
        };
        Ok((tree(&before)?, tree(&head)?))
    }

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
