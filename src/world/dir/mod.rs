//! A folder on the disk below which no symbolic link is followed: the only way to the files of a dossier and of an
//! output folder.
//!
//! Both may come from somebody else, with links that lead elsewhere, and another process may exchange a folder for a
//! link at any moment. So a path is walked from an open folder, one name at a time, and each step fails at a link
//! (`openat` with `O_NOFOLLOW`, POSIX.1-2008). Where the system has no such calls, each step looks first.

#[cfg(any(not(unix), test))]
mod checked;
#[cfg(unix)]
mod unix;

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

#[cfg(not(unix))]
use checked::Handle;
#[cfg(unix)]
use unix::Handle;

use super::passed_over;
use crate::base::character::visible;
use crate::base::path::{join, refused_in};

/// How many links may lead from one to the next, as in Linux.
const MOST_LINKS: usize = 40;

/// An open folder. Paths are relative to it, with slashes; the empty path is the folder itself.
#[derive(Clone, Debug)]
pub struct Dir {
    handle: Handle,
    /// How the user named it, for messages.
    path: PathBuf,
}

/// What a name stands for.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    File,
    Folder,
    Link,
    #[cfg_attr(not(unix), expect(dead_code, reason = "there it is a device"))]
    Pipe,
    #[cfg_attr(not(unix), expect(dead_code, reason = "there it is a device"))]
    Socket,
    Device,
}

/// What a [visit](Dir::visit) meets.
pub(crate) struct Visited<'v> {
    /// Where it is; an approximation if the name is refused.
    pub path: &'v str,
    pub kind: Kind,
    /// Why its name cannot be used, if so.
    pub refused: Option<&'static str>,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::File => "a file",
            Kind::Folder => "a folder",
            Kind::Link => "a symbolic link",
            Kind::Pipe => "a named pipe",
            Kind::Socket => "a socket",
            Kind::Device => "a device",
        })
    }
}

impl Dir {
    /// Opens the folder that the user names; links on the way there are the user's own, and are followed.
    ///
    /// # Errors
    /// If there is no such folder, or the system refuses.
    pub fn open(path: &Path) -> io::Result<Dir> {
        Ok(Dir { handle: Handle::open(path)?, path: path.to_owned() })
    }

    /// The same, and creates it if necessary.
    ///
    /// # Errors
    /// If the system refuses.
    #[expect(clippy::disallowed_methods, reason = "links above the folder are the user's own")]
    pub fn create(path: &Path) -> io::Result<Dir> {
        std::fs::create_dir_all(path)?;
        Dir::open(path)
    }

    /// How the user named it.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder below.
    pub(crate) fn folder(&self, path: &str) -> io::Result<Dir> {
        Ok(Dir { handle: self.walk(path, |_, _| Ok(()))?, path: self.path.join(path) })
    }

    /// Opens a folder below, and creates it and those above it if necessary.
    pub(crate) fn make_folder(&self, path: &str) -> io::Result<Dir> {
        let make = |above: &Handle, name: &str| match above.make_folder(name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        };
        Ok(Dir { handle: self.walk(path, make)?, path: self.path.join(path) })
    }

    /// Opens the folder at `path`, and calls `before` for each step from one folder to the next.
    fn walk(&self, path: &str, before: impl Fn(&Handle, &str) -> io::Result<()>) -> io::Result<Handle> {
        let mut handle = self.handle.clone();
        if path.is_empty() {
            return Ok(handle);
        }
        checked(path)?;
        let mut end = 0;
        for name in path.split('/') {
            end += name.len();
            before(&handle, name)?;
            handle = handle.folder(name).map_err(|why| reason(&handle, &path[..end], Kind::Folder, why))?;
            end += 1;
        }
        Ok(handle)
    }

    /// The folder of `path`, open, and the last name.
    fn above<'p>(&self, path: &'p str) -> io::Result<(Handle, &'p str)> {
        checked(path)?;
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        Ok((self.walk(folder, |_, _| Ok(()))?, name))
    }

    pub(crate) fn kind(&self, path: &str) -> io::Result<Kind> {
        let (folder, name) = self.above(path)?;
        folder.kind(name)
    }

    /// Opens a regular file for reading. Nothing else is opened, because to open a pipe or a device can block or have
    /// effects.
    pub(crate) fn file(&self, path: &str) -> io::Result<File> {
        let (folder, name) = self.above(path)?;
        let not_a_file = |why| reason(&folder, path, Kind::File, why);
        match folder.kind(name)? {
            Kind::File => folder.file(name).map_err(not_a_file),
            _ => Err(not_a_file(io::ErrorKind::InvalidInput.into())),
        }
    }

    /// The content of a regular file of at most `most` bytes.
    pub(crate) fn read(&self, path: &str, most: u64) -> io::Result<Vec<u8>> {
        read_all(self.file(path)?, most)
    }

    /// The path that a link holds, as it is written in the link.
    pub(crate) fn target(&self, path: &str) -> io::Result<PathBuf> {
        let (above, name) = self.above(path)?;
        above.link(name)
    }

    /// The path of the file that `path` leads to through links: each must lead to a visible file below the same folder
    /// at the top, such as `content/`, and through no linked folder. The path itself if it is no link.
    pub(crate) fn resolve(&self, path: &str) -> io::Result<String> {
        let refused = |why: &str| io::Error::new(io::ErrorKind::PermissionDenied, why);
        let top = path.split_once('/').map_or("", |(top, _)| top);
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            let (above, name) = self.above(&path)?;
            match above.kind(name)? {
                Kind::File => return Ok(path),
                Kind::Link => {}
                kind => return Err(refused(&format!("it leads to {kind}"))),
            }
            let target = above.link(name)?;
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = match target.strip_prefix(&self.path) {
                Ok(below) => below.to_str().map(str::to_owned),
                Err(_) if target.has_root() => None,
                Err(_) => target.to_str().and_then(|target| join(folder, target)),
            };
            let is_below = |target: &String| {
                top.is_empty() || target.strip_prefix(top).is_some_and(|rest| rest.starts_with('/'))
            };
            path = target.filter(is_below).ok_or_else(|| match top {
                "" => refused("it leads out of the dossier"),
                _ => refused(&format!("it leads out of `{top}/`")),
            })?;
            if passed_over(&path).is_some() {
                return Err(refused("it leads to a hidden file"));
            }
        }
        Err(refused("it leads to itself"))
    }

    /// Opens a file for a lock, and creates it if necessary.
    pub(crate) fn lock_file(&self, name: &str) -> io::Result<File> {
        match self.new_file(name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.file(name),
            created => created,
        }
    }

    /// Creates a file, in a folder that exists.
    pub(crate) fn new_file(&self, path: &str) -> io::Result<File> {
        let (folder, name) = self.above(path)?;
        folder.new_file(name)
    }

    /// Replaces a file atomically, or creates it, in a folder that exists. If `is_durable`, a loss of power does not
    /// undo it after what is done next.
    pub(crate) fn replace(&self, path: &str, bytes: &[u8], is_durable: bool) -> io::Result<()> {
        let new = format!("{path}.new");
        match self.remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = self.new_file(&new)?;
        file.write_all(bytes)?;
        if is_durable {
            file.sync_all()?;
        }
        self.rename(&new, self, path)
    }

    /// Moves a file or a folder into a folder of the same disk, and replaces what is there.
    pub(crate) fn rename(&self, from: &str, into: &Dir, to: &str) -> io::Result<()> {
        let ((from, from_name), (to, to_name)) = (self.above(from)?, into.above(to)?);
        from.rename(from_name, &to, to_name)
    }

    /// Moves a file to a name in a folder of the same disk that nothing has. A killed program may leave it under both
    /// names.
    pub(crate) fn rename_new(&self, from: &str, into: &Dir, to: &str) -> io::Result<()> {
        let ((from, from_name), (to, to_name)) = (self.above(from)?, into.above(to)?);
        match from.hard_link(from_name, &to, to_name) {
            Ok(()) => from.remove_file(from_name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            // Some disks have no hard links, so somebody could take the name in between.
            Err(_) => match to.kind(to_name) {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => from.rename(from_name, &to, to_name),
                Err(error) => Err(error),
            },
        }
    }

    /// Deletes a file, or a link itself.
    pub(crate) fn remove_file(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.above(path)?;
        folder.remove_file(name)
    }

    /// Deletes an empty folder.
    pub(crate) fn remove_folder(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.above(path)?;
        folder.remove_folder(name)
    }

    /// The names in the folder itself, sorted, and what they stand for.
    pub(crate) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut entries = self.handle.entries()?;
        entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(entries)
    }

    /// Calls `visit` for everything below. What is in a folder is visited only if `visit` returns `true` for it.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(Visited) -> bool) -> io::Result<()> {
        self.visit_below("", visit)
    }

    fn visit_below(&self, above: &str, visit: &mut dyn FnMut(Visited) -> bool) -> io::Result<()> {
        for (name, kind) in self.entries()? {
            let is_unicode = name.to_str().is_some();
            let name = name.to_string_lossy();
            let refused = if is_unicode { refused_in(&name) } else { Some("its name is not Unicode") };
            // A line feed or an escape sequence must not reach a record or a terminal.
            let plain = visible(&name).into_owned();
            let path = if above.is_empty() { plain } else { format!("{above}/{plain}") };
            let is_wanted = visit(Visited { path: &path, kind, refused });
            if is_wanted && refused.is_none() && kind == Kind::Folder {
                let named = |error: io::Error| io::Error::new(error.kind(), format!("`{path}`: {error}"));
                let below = self.handle.folder(&name).map_err(named)?;
                Dir { handle: below, path: self.path.join(&*name) }.visit_below(&path, visit)?;
            }
        }
        Ok(())
    }
}

/// Why something could not be opened: what is at `path`, in `above`, if it is not what was expected.
fn reason(above: &Handle, path: &str, expected: Kind, why: io::Error) -> io::Error {
    match above.kind(path.rsplit('/').next().unwrap_or(path)) {
        Ok(kind) if kind != expected => {
            let code = if expected == Kind::Folder { io::ErrorKind::NotADirectory } else { why.kind() };
            let help = if kind == Kind::Link { ", which is not followed" } else { "" };
            io::Error::new(code, format!("`{path}` is {kind}{help}"))
        }
        _ => why,
    }
}

/// The path of `folder` from `root`, if it is below: then it may be somebody else's who made the links on the way
/// there.
pub(crate) fn below(folder: &Path, root: &Path) -> io::Result<Option<String>> {
    let plain = |path: &Path| -> io::Result<PathBuf> {
        let mut plain = PathBuf::new();
        for part in std::path::absolute(path)?.components() {
            match part {
                Component::ParentDir => drop(plain.pop()),
                part => plain.push(part),
            }
        }
        Ok(plain)
    };
    let (folder, root) = (plain(folder)?, plain(root)?);
    let Ok(below) = folder.strip_prefix(root) else { return Ok(None) };
    let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
    Ok(Some(names.ok_or(io::ErrorKind::InvalidFilename)?.join("/")))
}

/// The rest of a file of at most `most` bytes.
pub(crate) fn read_all(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_large(most));
    }
    // It may grow while it is read.
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(too_large(most)),
        false => Ok(bytes),
    }
}

/// The error of a file of more than `most` bytes.
pub(super) fn too_large(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, larger_than(most))
}

/// Says that something is larger than a limit in bytes.
pub(crate) fn larger_than(most: u64) -> String {
    format!("it is larger than {} MiB", most >> 20)
}

/// Refuses a path that does not lead below a folder by plain names.
fn checked(path: &str) -> io::Result<()> {
    match path.split('/').find_map(refused_in) {
        Some(reason) => Err(io::Error::new(io::ErrorKind::InvalidInput, reason)),
        None => Ok(()),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
