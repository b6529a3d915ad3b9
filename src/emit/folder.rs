//! The output folder on the disk, and the hidden folder in it for the program's own files.
#![expect(clippy::disallowed_methods, reason = "this is where the site is written")]

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use walkdir::WalkDir;

use super::EmitError;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;

/// Contains the lock, the manifest and, during a build, the staged files.
const OWN: &str = ".dossier";

/// The folders of version control systems: not part of a site, and too large to list.
const VERSION_CONTROL: [&str; 4] = [".git", ".hg", ".jj", ".svn"];

/// An output folder, locked while this value lives.
pub(crate) struct Folder {
    root: PathBuf,
    /// Folders of the stage that already exist.
    known: Mutex<BTreeSet<String>>,
    _lock: File,
}

impl Folder {
    /// Opens and locks a folder, creating it if necessary.
    ///
    /// # Errors
    /// If another build has locked it, or the system refuses.
    pub(crate) fn open(root: &Path) -> Result<Folder, EmitError> {
        let own = root.join(OWN);
        let stage = own.join("stage");
        fs::create_dir_all(&stage).map_err(|error| EmitError::Io(stage, error))?;
        let path = own.join("lock");
        let lock = File::options().create(true).write(true).truncate(false).open(&path);
        let lock = lock.map_err(|error| EmitError::Io(path.clone(), error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(EmitError::Locked(root.to_owned())),
            Err(TryLockError::Error(error)) => return Err(EmitError::Io(path, error)),
        }
        let folder = Folder { root: root.to_owned(), known: Mutex::default(), _lock: lock };
        // Removes what a killed build left.
        folder.clear_stage();
        let stage = folder.own("stage");
        fs::create_dir_all(&stage).map_err(|error| EmitError::Io(stage, error))?;
        Ok(folder)
    }

    /// Every file, including hidden ones, except the program's own and those of version control.
    pub(crate) fn list(&self) -> Result<BTreeSet<SitePath>, EmitError> {
        let is_listed = |entry: &walkdir::DirEntry| match entry.depth() {
            // The output folder may have any name.
            0 => true,
            depth => {
                let is = |name: &&str| entry.file_name() == *name;
                !(depth == 1 && is(&OWN) || VERSION_CONTROL.iter().any(is))
            }
        };
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(&self.root).into_iter().filter_entry(is_listed) {
            let entry = entry.map_err(|error| EmitError::Io(self.root.clone(), error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            files.insert(parts.join("/").into());
        }
        Ok(files)
    }

    /// Whether a file contains exactly these bytes.
    pub(crate) fn holds(&self, path: &SitePath, bytes: &[u8]) -> bool {
        let same = || -> io::Result<bool> {
            let mut file = File::open(self.root.join(path.as_str()))?;
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
        Some(Fingerprint::of(&fs::read(self.root.join(path.as_str())).ok()?))
    }

    /// Writes a file to the stage, at its path in the site.
    pub(crate) fn stage(&self, path: &SitePath, bytes: &[u8]) -> Result<(), EmitError> {
        self.make_folder(path.folder())?;
        let staged = self.own("stage").join(path.as_str());
        let write = || File::create(&staged)?.write_all(bytes);
        write().map_err(|error| EmitError::Io(staged.clone(), error))
    }

    /// Moves the staged files into place: a new folder at once, others file by file.
    pub(crate) fn place(&self) -> Result<(), EmitError> {
        merge(&self.own("stage"), &self.root)
    }

    /// Deletes a file, and the folders that become empty.
    pub(crate) fn delete(&self, path: &SitePath) -> Result<(), EmitError> {
        let target = self.root.join(path.as_str());
        match fs::remove_file(&target) {
            Ok(()) => {}
            // Something else in its place, or in that of one of its folders, also means that it is not there.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                ) => {}
            Err(error) => return Err(EmitError::Io(target, error)),
        }
        let mut folder = path.folder();
        // A folder that is not empty contains something else, and stays.
        while !folder.is_empty() && fs::remove_dir(self.root.join(folder)).is_ok() {
            folder = folder.rfind('/').map_or("", |at| &folder[..at]);
        }
        Ok(())
    }

    /// Reads one of the program's own files, if it is text.
    pub(crate) fn read_own(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.own(name)).ok()
    }

    /// Writes one of the program's own files atomically.
    pub(crate) fn write_own(&self, name: &str, bytes: &[u8]) -> Result<(), EmitError> {
        let (path, temporary) = (self.own(name), self.own(&format!("{name}.new")));
        let write = || {
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            // The manifest says what may be deleted, so it must be on the disk before anything is moved.
            file.sync_all()?;
            fs::rename(&temporary, &path)
        };
        write().map_err(|error| EmitError::Io(path.clone(), error))
    }

    /// Deletes the staged files.
    pub(crate) fn clear_stage(&self) {
        // If a file cannot be deleted now, the next build overwrites it.
        for entry in WalkDir::new(self.own("stage")).contents_first(true).into_iter().flatten() {
            let _ = match entry.file_type().is_dir() {
                true => fs::remove_dir(entry.path()),
                false => fs::remove_file(entry.path()),
            };
        }
    }

    fn own(&self, name: &str) -> PathBuf {
        self.root.join(OWN).join(name)
    }

    /// Creates a folder in the stage.
    fn make_folder(&self, folder: &str) -> Result<(), EmitError> {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if folder.is_empty() || known.contains(folder) {
            return Ok(());
        }
        let path = self.own("stage").join(folder);
        fs::create_dir_all(&path).map_err(|error| EmitError::Io(path, error))?;
        known.insert(folder.to_owned());
        Ok(())
    }
}

/// Moves everything in `from` into the existing folder `to`. Symbolic links are not followed: they could lead
/// elsewhere.
fn merge(from: &Path, to: &Path) -> Result<(), EmitError> {
    let failed = |path: &Path, error: io::Error| EmitError::Io(path.to_owned(), error);
    for entry in fs::read_dir(from).map_err(|error| failed(from, error))? {
        let entry = entry.map_err(|error| failed(from, error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(|error| failed(&source, error))?.is_dir();
        if is_folder {
            match fs::symlink_metadata(&target) {
                Ok(found) if found.is_dir() => {
                    merge(&source, &target)?;
                    continue;
                }
                Ok(_) => {
                    let error = io::Error::other("it is not a folder, and the site needs one there");
                    return Err(failed(&target, error));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&target, error)),
            }
        }
        fs::rename(&source, &target).map_err(|error| failed(&target, error))?;
    }
    Ok(())
}
