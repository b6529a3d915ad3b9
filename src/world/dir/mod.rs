//! A folder on the disk below which no symbolic link is followed: the only way to the files of a dossier and of an output folder.
//!
//! Both may come from somebody else, with links that lead elsewhere, and another process may exchange a folder for a link at any
//! moment. So a path is walked from an open folder, one name at a time, and each step fails at a link (`openat` with `O_NOFOLLOW`,
//! POSIX.1-2008). Where the system has no such calls, each step looks first.

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

    /// Opens a regular file for reading. Nothing else is opened, because to open a pipe or a device can block or have effects.
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

    /// The path of the file that `path` leads to through links: each must lead to a visible file below the same folder at the
    /// top, such as `content/`, and through no linked folder. The path itself if it is no link.
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

    /// Replaces a file atomically, or creates it, in a folder that exists. If `is_durable`, a loss of power does not undo it
    /// after what is done next.
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

/// The path of `folder` from `root`, if it is below: then it may be somebody else's who made the links on the way there.
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
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most >> 20))
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
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

    use std::fs;
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A folder with every kind of thing in it, beside a file that no link may lead to.
    fn folder() -> (TempDir, PathBuf) {
        let outer = TempDir::new().unwrap();
        let root = outer.path().join("root");
        fs::create_dir_all(root.join("real/deep")).unwrap();
        fs::create_dir(root.join("hidden")).unwrap();
        fs::write(outer.path().join("secret"), "secret").unwrap();
        for file in ["real/file", "real/deep/file", ".env", "real/.env"] {
            fs::write(root.join(file), file).unwrap();
        }
        let secret = outer.path().join("secret");
        for (link, target) in [
            ("real/link", Path::new("file")),
            ("real/deep/up", Path::new("../link")),
            ("real/absolute", &root.join("real/file")),
            ("real/to-secret", Path::new("../../secret")),
            ("real/to-absolute-secret", &secret),
            ("real/to-env", Path::new("../.env")),
            ("real/to-own-env", Path::new(".env")),
            ("real/chain", Path::new("to-env")),
            ("real/dangling", Path::new("none")),
            ("real/loop", Path::new("loop")),
            ("real/to-folder", Path::new("deep")),
            ("real/through", Path::new("to-folder/file")),
            ("real/beside", Path::new("../hidden/x")),
            ("real/from-the-top", Path::new("/real/file")),
            ("linked", Path::new("real")),
            ("out", outer.path()),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        let pipe = root.join("real/pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        (outer, root)
    }

    #[test]
    fn no_link_is_followed_on_the_way_or_at_the_end() {
        let (_outer, root) = folder();
        let dir = Dir::open(&root).unwrap();
        assert_eq!(dir.read("real/deep/file", 100).unwrap(), b"real/deep/file");
        for path in ["linked/file", "out/secret", "real/link", "real/pipe", "real", "real/to-folder/file"] {
            assert!(dir.file(path).is_err(), "{path}");
        }
        for path in ["linked/new", "out/new", "real/to-folder/new"] {
            assert!(dir.new_file(path).is_err() && dir.make_folder(path).is_err(), "{path}");
            assert!(
                dir.rename(".env", &dir, path).is_err() && dir.replace(path, b"", false).is_err(),
                "{path}"
            );
        }
        for path in ["linked/file", "out/secret"] {
            assert!(dir.remove_file(path).is_err() && dir.kind(path).is_err(), "{path}");
        }
        assert!(dir.new_file("real/dangling").is_err() && dir.lock_file("real/link").is_err());
        assert_eq!(
            dir.file("linked/file").unwrap_err().to_string(),
            "`linked` is a symbolic link, which is not followed"
        );
        assert_eq!(dir.file("real/pipe").unwrap_err().to_string(), "`real/pipe` is a named pipe");
        assert_eq!(dir.folder("real/file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
        // What is as expected is not what is wrong.
        let why = reason(&dir.handle, ".env", Kind::File, io::ErrorKind::PermissionDenied.into());
        assert_eq!(why.to_string(), io::Error::from(io::ErrorKind::PermissionDenied).to_string());
        let why = reason(&dir.handle, "real", Kind::File, io::ErrorKind::PermissionDenied.into());
        assert_eq!((why.kind(), &*why.to_string()), (io::ErrorKind::PermissionDenied, "`real` is a folder"));
        // What is replaced is the link.
        dir.replace("real/to-secret", b"new", true).unwrap();
        assert_eq!(fs::read(root.join("../secret")).unwrap(), b"secret");
        assert_eq!(fs::read(root.join("real/to-secret")).unwrap(), b"new");
    }

    #[test]
    fn what_the_system_refuses_is_told_as_it_says() {
        let (_outer, root) = folder();
        let dir = Dir::open(&root).unwrap();
        fs::create_dir(root.join("file.new")).unwrap();
        assert_ne!(dir.replace("file", b"", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        // Nobody can make anything there.
        #[cfg(target_os = "linux")]
        for refused in ["/proc", "/sys"].map(Path::new).iter().filter(|path| path.exists()) {
            let dir = Dir::open(refused).unwrap();
            let made = [dir.make_folder("new").map(drop), dir.lock_file("new").map(drop)];
            let told = made.map(|made| made.unwrap_err().kind());
            let by_hand =
                [fs::create_dir(refused.join("new")), File::create_new(refused.join("new")).map(drop)];
            assert_eq!(told, by_hand.map(|made| made.unwrap_err().kind()), "{refused:?}");
        }
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let (_outer, root) = folder();
        let dir = Dir::open(&root).unwrap();
        for path in [
            "",
            "/etc/hostname",
            "/.env",
            "../secret",
            "real/../../secret",
            "real//file",
            "./.env",
            "a\nb",
            "a\0b",
            "\u{1b}",
        ] {
            assert!(
                dir.file(path).is_err() && dir.new_file(path).is_err() && dir.remove_file(path).is_err(),
                "{path}"
            );
        }
    }

    #[test]
    fn a_link_leads_only_to_a_visible_file_below_the_same_folder() {
        let (_outer, root) = folder();
        let dir = Dir::open(&root.canonicalize().unwrap()).unwrap();
        for path in ["real/file", "real/link", "real/deep/up"] {
            assert_eq!(dir.resolve(path).unwrap(), "real/file", "{path}");
        }
        for (path, why) in [
            ("real/to-secret", "it leads out of `real/`"),
            ("real/to-absolute-secret", "it leads out of `real/`"),
            ("real/to-env", "it leads out of `real/`"),
            ("real/beside", "it leads out of `real/`"),
            ("real/from-the-top", "it leads out of `real/`"),
            ("real/chain", "it leads out of `real/`"),
            ("real/to-own-env", "it leads to a hidden file"),
            ("real/loop", "it leads to itself"),
            ("real/to-folder", "it leads to a folder"),
            ("real/through", "`real/to-folder` is a symbolic link, which is not followed"),
        ] {
            assert_eq!(dir.resolve(path).unwrap_err().to_string(), why, "{path}");
        }
        assert_eq!(dir.resolve("real/dangling").unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn reading_ends_at_the_limit() {
        let (_outer, root) = folder();
        let dir = Dir::open(&root).unwrap();
        assert_eq!(dir.read(".env", 4).unwrap(), b".env");
        assert_eq!(dir.read(".env", 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    /// The replacement for `openat` on other systems does the same.
    #[test]
    fn both_handles_agree() {
        let (_outer, root) = folder();
        let (open, looked) = (Handle::open(&root).unwrap(), checked::Handle::open(&root).unwrap());
        let sorted = |mut entries: Vec<(OsString, Kind)>| {
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            entries
        };
        assert_eq!(sorted(open.entries().unwrap()), sorted(looked.entries().unwrap()));
        for name in ["real", "linked", "out", ".env", "none"] {
            assert_eq!(open.folder(name).is_ok(), looked.folder(name).is_ok(), "{name}");
            assert_eq!(open.file(name).is_ok(), looked.file(name).is_ok(), "{name}");
            assert_eq!(open.kind(name).ok(), looked.kind(name).ok(), "{name}");
            assert_eq!(open.link(name).ok(), looked.link(name).ok(), "{name}");
        }
        // Even if it became one since somebody looked.
        let (open, looked) = (open.folder("real").unwrap(), looked.folder("real").unwrap());
        assert!(open.file("link").is_err() && looked.file("link").is_err());
        assert_eq!((open.kind("pipe").unwrap(), looked.kind("pipe").unwrap()), (Kind::Pipe, Kind::Device));
        let (open, looked) = (Handle::open(&root).unwrap(), checked::Handle::open(&root).unwrap());
        looked.make_folder("none").unwrap();
        assert!(looked.make_folder("none").is_err() && open.make_folder("none").is_err());
        let below = looked.folder("none").unwrap();
        drop(below.new_file("a").unwrap());
        assert!(below.new_file("a").is_err());
        below.rename("a", &looked, "b").unwrap();
        looked.remove_file("b").unwrap();
        assert!(!root.join("b").exists());
        looked.remove_folder("none").unwrap();
        assert!(!root.join("none").exists());
    }
}
