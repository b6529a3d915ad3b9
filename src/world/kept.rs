//! What the program keeps for its next run, in the folder `.dossier/` beside `dossier.toml`.
//!
//! Users may delete it at any time. Each file ends with a seal: a hash of its name and content with the
//! [key of the user](secret). A file without the right one is damaged, or not made by this user's program, and
//! is as if it were not there.

use std::io;
use std::path::{Path, PathBuf};

use super::dir::{Dir, Kind};
use super::{LARGEST, secret};

/// Contains the files.
pub(super) const FOLDER: &str = ".dossier";

/// The length of a seal: a BLAKE3 hash in hexadecimal digits.
const SEAL: usize = 64;

/// The files kept for the next run.
pub(crate) struct Kept {
    root: PathBuf,
    key: io::Result<[u8; 32]>,
}

impl Kept {
    /// Those of the dossier in `root`.
    pub(crate) fn of(root: &Path) -> Kept {
        Kept { root: root.to_owned(), key: secret::key() }
    }

    /// Whether anything can be kept: the user has a key.
    pub(crate) fn is_usable(&self) -> bool {
        self.key.is_ok()
    }

    /// Whether there is a file of this name, sealed or not.
    pub(crate) fn is_there(&self, name: &str) -> bool {
        matches!(self.folder().and_then(|own| own.kind(name)), Ok(Kind::File))
    }

    /// The bytes that were [put](Kept::put) under a name, if they are still the same.
    pub(crate) fn get(&self, name: &str) -> Option<Vec<u8>> {
        let key = self.key.as_ref().ok()?;
        let mut bytes = self.folder().ok()?.read(name, LARGEST).ok()?;
        let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        if blake3::Hash::from_hex(seal).ok()? != sealed(key, name, content) {
            return None;
        }
        bytes.truncate(content.len());
        Some(bytes)
    }

    /// Stores bytes under a name: that of a file in `.dossier/`. If `is_durable`, a loss of power does not undo it
    /// after what is done next.
    ///
    /// # Errors
    /// If the system refuses.
    pub(crate) fn put(&self, name: &str, bytes: &[u8], is_durable: bool) -> io::Result<()> {
        let key = self.key.as_ref().map_err(|why| io::Error::new(why.kind(), why.to_string()))?;
        let mut sealed_bytes = bytes.to_vec();
        sealed_bytes.extend_from_slice(sealed(key, name, bytes).to_hex().as_bytes());
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let own = Dir::open(&self.root)?.make_folder(FOLDER)?;
        own.make_folder(folder)?;
        own.replace(name, &sealed_bytes, is_durable)
    }

    /// Deletes the file of this name.
    ///
    /// # Errors
    /// If there is none, or the system refuses.
    pub(crate) fn remove(&self, name: &str) -> io::Result<()> {
        self.folder()?.remove_file(name)
    }

    /// Waits until no other program holds the lock of this name, and holds it until the value is dropped.
    ///
    /// # Errors
    /// If the system refuses.
    pub(crate) fn lock(&self, name: &str) -> io::Result<impl Sized + use<>> {
        let file = Dir::open(&self.root)?.make_folder(FOLDER)?.lock_file(name)?;
        file.lock()?;
        Ok(file)
    }

    fn folder(&self) -> io::Result<Dir> {
        Dir::open(&self.root)?.folder(FOLDER)
    }
}

/// The seal of a file.
fn sealed(key: &[u8; 32], name: &str, content: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&(name.len() as u64).to_le_bytes());
    hasher.update(name.as_bytes());
    hasher.update(content);
    hasher.finalize()
}
