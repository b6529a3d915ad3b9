//! Folders as paths, for systems without `openat`: each step looks whether there is a link before it is taken, which
//! another process could exchange in between.
#![expect(clippy::disallowed_methods, reason = "this is the access to the disk where there is no `openat`")]

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::Kind;

#[derive(Clone, Debug)]
pub(super) struct Handle(PathBuf);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        match fs::metadata(path)?.is_dir() {
            true => Ok(Handle(path.to_owned())),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn folder(&self, name: &str) -> io::Result<Handle> {
        match self.kind(name)? {
            Kind::Folder => Ok(Handle(self.0.join(name))),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    pub(super) fn kind(&self, name: &str) -> io::Result<Kind> {
        Ok(kind_of(fs::symlink_metadata(self.0.join(name))?.file_type()))
    }

    pub(super) fn link(&self, name: &str) -> io::Result<PathBuf> {
        fs::read_link(self.0.join(name))
    }

    pub(super) fn file(&self, name: &str) -> io::Result<File> {
        match self.kind(name)? {
            Kind::File => File::open(self.0.join(name)),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    pub(super) fn new_file(&self, name: &str) -> io::Result<File> {
        File::options().write(true).create_new(true).open(self.0.join(name))
    }

    pub(super) fn rename(&self, from: &str, into: &Handle, to: &str) -> io::Result<()> {
        fs::rename(self.0.join(from), into.0.join(to))
    }

    pub(super) fn hard_link(&self, from: &str, into: &Handle, to: &str) -> io::Result<()> {
        fs::hard_link(self.0.join(from), into.0.join(to))
    }

    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    pub(super) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), kind_of(entry.file_type()?)))
        };
        fs::read_dir(&self.0)?.map(entry).collect()
    }
}

fn kind_of(kind: FileType) -> Kind {
    match () {
        () if kind.is_file() => Kind::File,
        () if kind.is_dir() => Kind::Folder,
        () if kind.is_symlink() => Kind::Link,
        () => Kind::Device,
    }
}
