//! Folders as open file descriptors (POSIX.1-2008).

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{AtFlags, FileType, Mode, OFlags};
use rustix::fs::{linkat, mkdirat, openat, readlinkat, renameat, statat, unlinkat};

use super::Kind;

const TOP: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);
const FOLDER: OFlags = TOP.union(OFlags::NOFOLLOW);
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);
const NEW_FILE: OFlags =
    OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::WRONLY).union(OFlags::CREATE).union(OFlags::EXCL);

#[derive(Clone, Debug)]
pub(super) struct Handle(Arc<OwnedFd>);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Handle> {
        Ok(Handle(Arc::new(rustix::fs::open(path, TOP, Mode::empty())?)))
    }

    pub(super) fn folder(&self, name: &str) -> io::Result<Handle> {
        Ok(Handle(Arc::new(openat(&*self.0, name, FOLDER, Mode::empty())?)))
    }

    pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
        Ok(mkdirat(&*self.0, name, Mode::from_raw_mode(0o777))?)
    }

    pub(super) fn kind(&self, name: &str) -> io::Result<Kind> {
        let about = statat(&*self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(kind_of(FileType::from_raw_mode(about.st_mode)))
    }

    pub(super) fn link(&self, name: &str) -> io::Result<PathBuf> {
        let target = readlinkat(&*self.0, name, Vec::new())?;
        Ok(OsString::from_vec(target.into_bytes()).into())
    }

    /// Opens what was a regular file when it was last looked at. If it is a pipe by now, this does not wait for a
    /// writer.
    pub(super) fn file(&self, name: &str) -> io::Result<File> {
        let file = File::from(openat(&*self.0, name, FILE, Mode::empty())?);
        match file.metadata()?.is_file() {
            true => Ok(file),
            false => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    pub(super) fn new_file(&self, name: &str) -> io::Result<File> {
        Ok(openat(&*self.0, name, NEW_FILE, Mode::from_raw_mode(0o666))?.into())
    }

    pub(super) fn rename(&self, from: &str, into: &Handle, to: &str) -> io::Result<()> {
        Ok(renameat(&*self.0, from, &*into.0, to)?)
    }

    pub(super) fn hard_link(&self, from: &str, into: &Handle, to: &str) -> io::Result<()> {
        Ok(linkat(&*self.0, from, &*into.0, to, AtFlags::empty())?)
    }

    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&*self.0, name, AtFlags::empty())?)
    }

    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&*self.0, name, AtFlags::REMOVEDIR)?)
    }

    pub(super) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut entries = Vec::new();
        for entry in rustix::fs::Dir::read_from(&*self.0)? {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems do not say.
                FileType::Unknown => {
                    FileType::from_raw_mode(statat(&*self.0, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode)
                }
                known => known,
            };
            entries.push((OsString::from_vec(name.to_bytes().to_vec()), kind_of(kind)));
        }
        Ok(entries)
    }
}

fn kind_of(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        FileType::Fifo => Kind::Pipe,
        FileType::Socket => Kind::Socket,
        _ => Kind::Device,
    }
}
