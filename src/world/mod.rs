//! The only access to the disk and the clock. Everything above reads through a [`World`].

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
    /// All files below `folder` (`""` is the dossier's own), sorted by path, without
    /// [ignored](is_passed_over) ones.
    ///
    /// # Errors
    /// If a folder cannot be listed. A missing folder is empty.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// If it does not exist or cannot be read.
    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>>;

    /// Today's date, for rules about future dates. It never becomes part of an output.
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
    /// A name that is not Unicode, or something that is not a file: refused, with the reason.
    Unreadable(String),
}

/// Whether a file or folder with this name is ignored: it is hidden, or an editor's own file beside the one
/// that it edits. Those are backups (`nis.md~`), Emacs' `#nis.md#`, and the 4913 with which Vim tests a
/// folder.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}
