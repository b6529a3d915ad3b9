//! A dossier on the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::{Access, Entry, World, may_be_missed, passed_over};
use crate::base::date::Day;
use crate::base::path::InputPath;

/// The folder that holds `dossier.toml`.
#[derive(Clone, Debug)]
pub struct DiskWorld {
    /// The folder's path with every symbolic link resolved, to detect files outside.
    real: PathBuf,
}

impl DiskWorld {
    /// Opens the dossier in `root`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn open(root: &Path) -> io::Result<DiskWorld> {
        Ok(DiskWorld { real: root.canonicalize()? })
    }

    /// The folder, with every symbolic link resolved.
    pub(crate) fn real(&self) -> &Path {
        &self.real
    }

    fn access(&self, entry: &DirEntry) -> Access {
        if entry.file_type().is_file() {
            return Access::Inside;
        }
        if !entry.path_is_symlink() {
            return Access::Unreadable("neither a file nor a folder".into());
        }
        match entry.path().canonicalize() {
            Ok(target) if target.is_file() && target.starts_with(&self.real) => Access::Inside,
            Ok(_) => Access::Outside,
            Err(error) => Access::Unreadable(error.to_string()),
        }
    }
}

impl World for DiskWorld {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let top = self.real.join(folder);
        let mut entries = Vec::new();
        if !top.is_dir() {
            return Ok(entries);
        }
        let mut walk = WalkDir::new(&top).min_depth(1).into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry?;
            let relative = path_below(&self.real, &entry);
            let path = relative.clone().unwrap_or_else(|lossy| lossy);
            let access = match passed_over(&path) {
                Some(_) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    if !may_be_missed(&path) {
                        continue;
                    }
                    Access::Hidden
                }
                None if entry.file_type().is_dir() => continue,
                None if relative.is_err() => Access::Unreadable("its name is not Unicode".into()),
                None => self.access(&entry),
            };
            entries.push(Entry { path: path.into(), access });
        }
        // Walking sorts within each folder; outputs need the order of whole paths.
        entries.sort();
        Ok(entries)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        std::fs::read(self.real.join(path.as_str())).map(Into::into)
    }

    fn today(&self) -> Day {
        let today = jiff::Zoned::now().date();
        Day { year: today.year().into(), month: today.month() as u8, day: today.day() as u8 }
    }
}

/// The path of an entry below `root`, with slashes; as near as Unicode comes to it where it is not Unicode.
fn path_below(root: &Path, entry: &DirEntry) -> Result<String, String> {
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let parts: Option<Vec<&str>> = relative.components().map(|c| c.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| relative.to_string_lossy().into_owned())
}

/// What tells without reading a file that it has changed, most of the time.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

/// The stamps of the files below `folders`, or of those files themselves, in the dossier at `root`.
pub(crate) fn stamps(root: &Path, folders: &[&str]) -> BTreeMap<InputPath, Stamp> {
    let is_part =
        |entry: &DirEntry| passed_over(&path_below(root, entry).unwrap_or_else(|lossy| lossy)).is_none();
    let mut stamps = BTreeMap::new();
    for folder in folders {
        let walk = WalkDir::new(root.join(folder)).into_iter().filter_entry(is_part);
        // What is gone between two looks is noticed by the next.
        for entry in walk.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()) {
            // A link is as new as what it leads to.
            let (Ok(path), Ok(about)) = (path_below(root, &entry), std::fs::metadata(entry.path())) else {
                continue;
            };
            let stamp = Stamp { modified: about.modified().ok(), length: about.len() };
            stamps.insert(path.into(), stamp);
        }
    }
    stamps
}
