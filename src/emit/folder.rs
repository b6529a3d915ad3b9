//! The output folder on the disk, and the hidden folder in it for the program's own files.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Mutex;

use super::EmitError;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;
use crate::world::LARGEST;
use crate::world::dir::{Dir, Kind, Visited};

/// Contains the lock, the manifest and, during a build, the staged files.
const OWN: &str = ".dossier";

/// Where files are made before they are moved into place, in [`OWN`].
const STAGE: &str = "stage";

/// The folders of version control systems: not part of a site, and too large to list.
const VERSION_CONTROL: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// Whether the file at a path belongs to the program or to version control: no build writes or deletes it.
pub(crate) fn is_own(path: &SitePath) -> bool {
    let is = |part: &str, name: &str| part.eq_ignore_ascii_case(name);
    path.as_str()
        .split('/')
        .enumerate()
        .any(|(depth, part)| depth == 0 && is(part, OWN) || VERSION_CONTROL.iter().any(|name| is(part, name)))
}

/// An output folder, locked while this value lives.
pub(crate) struct Folder {
    root: Dir,
    own: Dir,
    stage: Dir,
    /// Folders of the stage that already exist.
    known: Mutex<BTreeSet<String>>,
    lock: File,
}

impl Folder {
    /// Locks a folder.
    ///
    /// # Errors
    /// If another build has locked it, or the system refuses.
    pub(crate) fn open(root: &Dir) -> Result<Folder, EmitError> {
        let failed = |name: &str| {
            let path = root.path().join(OWN).join(name);
            move |error| EmitError::Io(path, error)
        };
        let own = root.make_folder(OWN).map_err(failed(""))?;
        let lock = own.lock_file("lock").map_err(failed("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(EmitError::Locked(root.path().to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed("lock")(error)),
        }
        // Removes what a killed build left.
        clear_stage(&own).map_err(failed(STAGE))?;
        let stage = own.make_folder(STAGE).map_err(failed(STAGE))?;
        Ok(Folder { root: root.clone(), own, stage, known: Mutex::default(), lock })
    }

    /// Every file, including hidden ones, except the program's own and those of version control.
    pub(crate) fn list(&self) -> Result<BTreeSet<SitePath>, EmitError> {
        let mut files = BTreeSet::new();
        let visited = self.root.visit(&mut |Visited { path, kind, .. }| {
            let path = SitePath::from(path);
            if is_own(&path) {
                return false;
            }
            if kind != Kind::Folder {
                files.insert(path);
            }
            true
        });
        visited.map_err(|error| EmitError::Io(self.root.path().to_owned(), error))?;
        Ok(files)
    }

    /// Whether a file contains exactly these bytes.
    pub(crate) fn holds(&self, path: &SitePath, bytes: &[u8]) -> bool {
        let same = || -> io::Result<bool> {
            let mut file = self.root.file(path.as_str())?;
            if file.metadata()?.len() != bytes.len() as u64 {
                return Ok(false);
            }
            let mut standing = Vec::with_capacity(bytes.len());
            file.read_to_end(&mut standing)?;
            Ok(standing == bytes)
        };
        // A file that cannot be read is written again, which reports an error if that fails too.
        same().unwrap_or(false)
    }

    /// The fingerprint of a file's content; `None` if it cannot be read.
    pub(crate) fn hash(&self, path: &SitePath) -> Option<Fingerprint> {
        Fingerprint::of_reader(self.root.file(path.as_str()).ok()?).ok()
    }

    /// Writes a file to the stage, at its path in the site.
    pub(crate) fn stage(&self, path: &SitePath, bytes: &[u8]) -> Result<(), EmitError> {
        let write = || {
            self.make_folder(path.folder())?;
            self.stage.new_file(path.as_str())?.write_all(bytes)
        };
        write().map_err(|error| EmitError::Io(self.stage.path().join(path.as_str()), error))
    }

    /// Moves the staged files into place: a new folder at once, others file by file.
    pub(crate) fn place(&self) -> Result<(), EmitError> {
        merge(&self.stage, &self.root)
    }

    /// Deletes a file, and the folders that become empty.
    pub(crate) fn delete(&self, path: &SitePath) -> Result<(), EmitError> {
        let failed = |error| EmitError::Io(self.root.path().join(path.as_str()), error);
        self.root.remove_file(path.as_str()).map_err(failed)?;
        let mut folder = path.folder();
        // A folder that is not empty contains something else, and stays.
        while !folder.is_empty() && self.root.remove_folder(folder).is_ok() {
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        }
        Ok(())
    }

    /// Reads one of the program's own files. `None` if there is none.
    pub(crate) fn read_own(&self, name: &str) -> Result<Option<Vec<u8>>, EmitError> {
        match self.own.read(name, LARGEST) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(EmitError::Io(self.own_path(name), error)),
        }
    }

    /// Where one of the program's own files is.
    pub(crate) fn own_path(&self, name: &str) -> PathBuf {
        self.own.path().join(name)
    }

    /// Writes one of the program's own files atomically.
    pub(crate) fn write_own(&self, name: &str, bytes: &[u8]) -> Result<(), EmitError> {
        // The manifest says what may be deleted, so it must be on the disk before anything is moved.
        self.own.replace(name, bytes, true).map_err(|error| EmitError::Io(self.own_path(name), error))
    }

    /// Deletes the staged files.
    pub(crate) fn clear_stage(&self) {
        // What cannot be deleted now is deleted by the next build, or is its error.
        let _ = clear_stage(&self.own);
    }

    /// Creates a folder in the stage.
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !known.contains(folder) {
            self.stage.make_folder(folder)?;
            known.insert(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A process that is being started may hold a copy of the descriptor, and with it the lock. If this fails, the
        // lock ends with the program.
        let _ = self.lock.unlock();
    }
}

/// Deletes the stage in the program's own folder, if there is one.
fn clear_stage(own: &Dir) -> io::Result<()> {
    let stage = own.entries()?.into_iter().find(|(name, _)| name == STAGE);
    stage.map_or(Ok(()), |(_, kind)| delete(own, STAGE, kind))
}

/// Deletes what is at `name` in a folder, with everything below if it is a folder.
fn delete(above: &Dir, name: &str, kind: Kind) -> io::Result<()> {
    if kind != Kind::Folder {
        return above.remove_file(name);
    }
    let folder = above.folder(name)?;
    for (name, kind) in folder.entries()? {
        // The program writes no other names.
        delete(&folder, name.to_str().ok_or(io::ErrorKind::InvalidFilename)?, kind)?;
    }
    above.remove_folder(name)
}

/// Moves everything in `from` into the existing folder `to`.
fn merge(from: &Dir, to: &Dir) -> Result<(), EmitError> {
    let failed = |dir: &Dir| {
        let path = dir.path().to_owned();
        move |error| EmitError::Io(path, error)
    };
    for (name, kind) in from.entries().map_err(failed(from))? {
        let Some(name) = name.to_str() else { continue };
        let failed = |error| EmitError::Io(to.path().join(name), error);
        if kind == Kind::Folder {
            match to.folder(name) {
                Ok(folder) => {
                    merge(&from.folder(name).map_err(failed)?, &folder)?;
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(error)),
            }
        }
        from.rename(name, to, name).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a process has one while it is started: it has every descriptor until it runs its own program.
    #[test]
    fn the_lock_ends_with_the_build_though_a_copy_of_its_descriptor_lives() {
        let here = tempfile::tempdir().unwrap();
        let root = Dir::open(here.path()).unwrap();
        let folder = Folder::open(&root).unwrap();
        let copy = folder.lock.try_clone().unwrap();
        assert!(matches!(Folder::open(&root), Err(EmitError::Locked(_))));
        drop(folder);
        assert!(Folder::open(&root).is_ok());
        drop(copy);
    }
}
