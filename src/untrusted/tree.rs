//! A state of the dossier: what files there are, of what sort, and how large. Contents are read on request.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;

use super::LARGEST_FILE;
use super::entry::{Entry, Sort};
use super::git::Repository;
use crate::base::hash::Fingerprint;
use crate::world::dir::{Dir, Kind, Visited};

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
    Folder(Dir),
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
        let failed = |path: &Path, why: io::Error| format!("cannot read `{}`: {why}", path.display());
        let dir = Dir::open(top).map_err(|why| failed(top, why))?;
        let mut entries = BTreeMap::new();
        let mut failure = None;
        let visited = dir.visit(&mut |Visited { path, kind, refused }| {
            if [".git", ".dossier"].contains(&path) {
                return false;
            }
            if kind == Kind::Folder && refused.is_none() {
                return true;
            }
            let entry = match refused {
                Some(why) => Ok(Entry { sort: Sort::Special, hash: why.to_owned(), size: 0 }),
                None => entry(&dir, path, kind),
            };
            match entry {
                Ok(entry) => drop(entries.insert(path.to_owned(), entry)),
                Err(why) => failure = Some(failed(&top.join(path), why)),
            }
            false
        });
        visited.map_err(|why| failed(top, why))?;
        match failure {
            Some(why) => Err(why),
            None => Ok(Tree { entries, folder: String::new(), source: Source::Folder(dir) }),
        }
    }

    /// The contents of a regular file; `None` if there is none, it is too large or cannot be read.
    pub(crate) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let entry = self.entries.get(path)?;
        if !matches!(entry.sort, Sort::File | Sort::Executable) || entry.size > LARGEST_FILE {
            return None;
        }
        match &self.source {
            Source::Folder(dir) => dir.read(path, LARGEST_FILE).ok(),
            Source::Git(repository) => repository.blob(&entry.hash).ok(),
        }
    }
}

fn entry(dir: &Dir, path: &str, kind: Kind) -> io::Result<Entry> {
    Ok(match kind {
        Kind::File => {
            let about = dir.file(path)?.metadata()?;
            let hash = match about.len() <= LARGEST_FILE {
                true => Fingerprint::of(&dir.read(path, LARGEST_FILE)?).to_string(),
                // It is reported for its size, whatever is in it.
                false => format!("{:?}", about.modified().ok()),
            };
            let sort = if is_executable(&about) { Sort::Executable } else { Sort::File };
            Entry { sort, hash, size: about.len() }
        }
        Kind::Link => {
            let target = dir.target(path)?;
            Entry { sort: Sort::Link, hash: target.to_string_lossy().into_owned(), size: 0 }
        }
        _ => Entry { sort: Sort::Special, hash: String::new(), size: 0 },
    })
}

#[cfg(unix)]
fn is_executable(about: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode() & 0o111 != 0
}

/// Windows has no such permission.
#[cfg(not(unix))]
fn is_executable(_: &Metadata) -> bool {
    false
}
