//! A folder on this computer as a store, through the [door](crate::world::dir) that follows no link: neither in the
//! folder nor, if it is below the dossier, on the way to it.

use std::io;
use std::path::{Path, PathBuf};

use super::store::{Entry, Headers, MOST_LISTED, OWN, PARTS, Store, StoreError, few_enough};
use crate::base::hash::Fingerprint;
use crate::config::publish::Target;
use crate::world::dir::{self, Dir, Kind};

/// A folder, which is made by the first file that is written.
pub(crate) struct Folder {
    /// Links on the way there are the user's own.
    above: PathBuf,
    /// The rest of the way, on which none is followed: the dossier may be somebody else's.
    below: String,
}

impl Folder {
    /// The folder at `path`, from the dossier's folder `root`, and in it that of the target's prefix.
    ///
    /// # Errors
    /// If a link leads to it from the dossier, or the system does not say where it is.
    pub(crate) fn of(target: &Target, root: &Path, path: &str) -> io::Result<Folder> {
        let folder = root.join(path).join(target.prefix.trim_start_matches('/'));
        let opened = match dir::below(&folder, root)? {
            Some(below) => Folder { above: root.to_owned(), below },
            None => Folder { above: folder, below: String::new() },
        };
        opened.open()?;
        Ok(opened)
    }

    /// The folder; `None` if it does not exist.
    fn open(&self) -> io::Result<Option<Dir>> {
        match Dir::open(&self.above).and_then(|above| above.folder(&self.below)) {
            Ok(folder) => Ok(Some(folder)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// What `work` finds in the folder; `None` if something on the way does not exist.
    fn look<T>(&self, work: impl FnOnce(&Dir) -> io::Result<T>) -> Result<Option<T>, StoreError> {
        let found = self.open().map_err(words)?.map(|folder| work(&folder)).transpose();
        match found {
            // A file has the name of a folder on the way, or a link does, which nothing of ours is behind.
            Err(why) if matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            found => found.map_err(words),
        }
    }

    /// Writes a file under another name first, so that no reader sees a part of it. A link in its place is replaced,
    /// not what it leads to.
    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = Dir::create(&self.above)?.make_folder(&self.below)?;
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let above = folder.make_folder(above)?;
        let parts = folder.make_folder(format!("{OWN}{PARTS}").trim_end_matches('/'))?;
        let part = Fingerprint::of(path.as_bytes()).to_string();
        parts.replace(&part, bytes, true)?;
        parts.rename(&part, &above, name)
    }
}

/// What is in a folder, with the length of each file.
fn entries(folder: &Dir, above: &str) -> io::Result<Vec<Entry>> {
    let (mut entries, mut failed) = (Vec::new(), None);
    folder.visit(&mut |found| {
        // What has a name that is refused is not in our way.
        if found.refused.is_some() || entries.len() > MOST_LISTED {
            return false;
        }
        let length = match found.kind {
            Kind::File => folder.file(found.path).and_then(|file| Ok(file.metadata()?.len())),
            _ => Ok(0),
        };
        let mark = if found.kind == Kind::Folder { "/" } else { "" };
        entries.push(Entry {
            path: format!("{above}{}{mark}", found.path),
            length: length.unwrap_or_else(|why| {
                failed.get_or_insert(why);
                0
            }),
            md5: None,
            is_special: !matches!(found.kind, Kind::File | Kind::Folder),
        });
        true
    })?;
    failed.map_or(Ok(entries), Err)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn words(why: io::Error) -> StoreError {
    StoreError(why.to_string())
}

impl Store for Folder {
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.look(|folder| folder.read(path, most))
    }

    fn is_near(&self) -> bool {
        true
    }

    fn write(&self, path: &str, bytes: Vec<u8>, _: &Headers) -> Result<(), StoreError> {
        self.replace(path, &bytes).map_err(words)
    }

    fn delete(&self, path: &str) -> Result<(), StoreError> {
        let remove = |folder: &Dir| match path.strip_suffix('/') {
            Some(path) => folder.remove_folder(path),
            None => folder.remove_file(path),
        };
        self.look(remove).map(drop)
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError> {
        let listed = self.look(|top| entries(&top.folder(folder.trim_end_matches('/'))?, folder))?;
        few_enough(listed.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
