//! The only door to the disk and the clock. Everything above reads through a [`World`].

pub mod disk;
pub mod edit;
pub mod memory;
pub mod overlay;

use std::io;
use std::sync::Arc;

use crate::base::date::Day;
use crate::base::path::InputPath;

/// The files of a dossier, and the day on which it is read.
pub trait World: Send + Sync {
    /// All files below `folder` (`""` is the dossier's own), sorted by path, without those that
    /// are [passed over](is_passed_over).
    ///
    /// # Errors
    /// Where a folder cannot be listed. A folder that is not there holds nothing.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// Where it is not there or cannot be read.
    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>>;

    /// The day, for rules that speak of the future. Never part of an output.
    fn today(&self) -> Day;
}

/// A file that a [`World`] lists.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub struct Entry {
    /// Where it is.
    pub path: InputPath,
    /// Whether it may be read.
    pub access: Access,
}

/// Whether a listed file may be read.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Access {
    /// A file of the dossier.
    Inside,
    /// A symbolic link that leads out of the dossier, or to a folder: refused.
    Outside,
    /// Something whose name is not Unicode, or that is no file: refused, with the reason.
    Unreadable(String),
}

/// Whether a file or folder of this name is no part of a dossier: it is hidden, or an editor keeps it for
/// itself beside what it edits. Those are backups (`nis.md~`), Emacs' `#nis.md#`, and the 4913 with which Vim
/// tries a folder.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}
