//! A dossier on the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::dir::{Dir, Kind, Visited};
use super::{Access, Entry, LARGEST_TEXT, World, may_be_missed, most_of, passed_over};
use crate::base::date::Day;
use crate::base::path::InputPath;

/// The folder that holds `dossier.toml`.
#[derive(Clone, Debug)]
pub struct DiskWorld {
    dir: Dir,
    theme: Option<Box<Elsewhere>>,
}

/// A theme in a folder that the user has named.
#[derive(Clone, Debug)]
struct Elsewhere {
    /// The path from the dossier to the folder.
    at: String,
    files: DiskWorld,
}

/// What a theme's folder is made of.
const OF_THEME: [&str; 4] = ["assets", "strings", "templates", "theme.toml"];

impl DiskWorld {
    /// Opens the dossier in `root`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn open(root: &Path) -> io::Result<DiskWorld> {
        Ok(DiskWorld { dir: Dir::open(&root.canonicalize()?)?, theme: None })
    }

    /// The same with the theme in `folder`, which the user has named, in place of the one that the dossier names.
    ///
    /// # Errors
    /// If there is no such folder, or its path is not Unicode.
    pub(crate) fn with_theme(self, folder: &Path) -> io::Result<DiskWorld> {
        let files = DiskWorld::open(folder)?;
        let at = relative(files.real(), self.real()).ok_or(io::ErrorKind::InvalidFilename)?;
        Ok(DiskWorld { theme: Some(Box::new(Elsewhere { at, files })), ..self })
    }

    /// The real path of the folder of [`World::theme`].
    pub(crate) fn real_theme(&self) -> Option<&Path> {
        self.theme.as_ref().map(|theme| theme.files.real())
    }

    /// The theme that the user has named, and the path in it, if `path` is there.
    fn in_theme<'p>(&self, path: &'p str) -> Option<(&Elsewhere, &'p str)> {
        let theme = self.theme.as_deref()?;
        Some((theme, path.strip_prefix(&theme.at)?.strip_prefix('/')?))
    }

    /// The folder's path, with every symbolic link resolved.
    pub(crate) fn real(&self) -> &Path {
        self.dir.path()
    }

    fn access(&self, path: &str, kind: Kind) -> Access {
        match kind {
            Kind::File => Access::Inside,
            Kind::Link => match self.dir.resolve(path) {
                Ok(_) => Access::Inside,
                Err(why) if why.kind() == io::ErrorKind::NotFound => {
                    Access::Link("it leads to nothing".into())
                }
                Err(why) => Access::Link(why.to_string()),
            },
            kind => Access::Unreadable(format!("it is {kind}")),
        }
    }
}

impl World for DiskWorld {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        if let Some((theme, "")) = self.in_theme(&format!("{folder}/")) {
            for name in OF_THEME {
                let below = match theme.files.dir.kind(name) {
                    Ok(Kind::Folder) => theme.files.list(name)?,
                    Ok(kind) => vec![Entry { path: name.into(), access: theme.files.access(name, kind) }],
                    Err(_) => continue,
                };
                let here = |entry: Entry| Entry { path: format!("{folder}/{}", entry.path).into(), ..entry };
                entries.extend(below.into_iter().map(here));
            }
            return Ok(entries);
        }
        let top = match self.dir.folder(folder) {
            Ok(top) => top,
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(entries),
            Err(why) => return Err(why),
        };
        top.visit(&mut |Visited { path, kind, refused }| {
            let path = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
            let access = match (passed_over(&path), refused) {
                (Some(_), _) if may_be_missed(&path) => Access::Hidden,
                (Some(_), _) => return false,
                (None, Some(why)) => Access::Unreadable(why.into()),
                (None, None) if kind == Kind::Folder => return true,
                (None, None) => self.access(&path, kind),
            };
            entries.push(Entry { path: path.into(), access });
            false
        })?;
        // Walking sorts within each folder; outputs need the order of whole paths.
        entries.sort();
        Ok(entries)
    }

    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        if let Some((theme, inner)) = self.in_theme(path.as_str()) {
            return theme.files.read(&inner.into());
        }
        let (path, most) = (path.as_str(), most_of(path));
        if passed_over(path).is_some() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is hidden, so it is not read"));
        }
        let read = match self.dir.read(path, most) {
            Err(_) if matches!(self.dir.kind(path), Ok(Kind::Link)) => {
                let target = self.dir.resolve(path);
                let target = target.map_err(|why| {
                    io::Error::new(why.kind(), format!("it is a symbolic link that is not followed: {why}"))
                })?;
                self.dir.read(&target, most)
            }
            read => read,
        };
        read.map(Into::into)
    }

    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        let path = self.dir.path().join(path.as_str()).canonicalize()?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str()))
        else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        Ok(Dir::open(folder)?.read(name, LARGEST_TEXT)?.into())
    }

    /// The earlier of the days of its birth and of its last change: a copy is born later than it was changed, and an
    /// editor that replaces a file gives it a new birth.
    fn made(&self, path: &InputPath) -> Option<Day> {
        let about = self.dir.file(path.as_str()).and_then(|file| file.metadata()).ok()?;
        let first = about.modified().into_iter().chain(about.created()).min()?;
        let moment = jiff::Timestamp::try_from(first).ok()?;
        Some(day_of(&moment.to_zoned(jiff::tz::TimeZone::system())))
    }

    fn theme(&self) -> Option<&str> {
        self.theme.as_ref().map(|theme| theme.at.as_str())
    }

    fn today(&self) -> Day {
        day_of(&jiff::Zoned::now())
    }
}

/// The path that leads from one folder to another, both absolute; `to` itself where there is none.
fn relative(to: &Path, from: &Path) -> Option<String> {
    let common = to.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.to_str().map(|to| to.replace('\\', "/"));
    }
    let up = from.components().skip(common).map(|_| Some(".."));
    let down = to.components().skip(common).map(|part| part.as_os_str().to_str());
    let parts = up.chain(down).collect::<Option<Vec<&str>>>()?;
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

fn day_of(moment: &jiff::Zoned) -> Day {
    let date = moment.date();
    Day { year: date.year().into(), month: date.month() as u8, day: date.day() as u8 }
}

/// What tells without reading a file that it has changed, most of the time.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl DiskWorld {
    /// The stamps of the files below `folders`, or of those files themselves.
    pub(crate) fn stamps(&self, folders: &[&str]) -> BTreeMap<InputPath, Stamp> {
        let mut stamps = BTreeMap::new();
        for folder in folders {
            let mut add = |path: &str| {
                // A link is as new as what it leads to.
                let file = self.dir.file(path).or_else(|_| self.dir.file(&self.dir.resolve(path)?));
                if let Ok(about) = file.and_then(|file| file.metadata()) {
                    stamps
                        .insert(path.into(), Stamp { modified: about.modified().ok(), length: about.len() });
                }
            };
            let Ok(top) = self.dir.folder(folder) else {
                add(folder);
                continue;
            };
            // What is gone between two looks is noticed by the next.
            let _ = top.visit(&mut |Visited { path, kind, .. }| {
                let path = format!("{folder}/{path}");
                let is_part = passed_over(&path).is_none();
                if is_part && kind != Kind::Folder {
                    add(&path);
                }
                is_part
            });
        }
        if let Some(Elsewhere { at, files }) = self.theme.as_deref() {
            let of_theme = files.stamps(&OF_THEME).into_iter();
            stamps.extend(of_theme.map(|(path, stamp)| (format!("{at}/{path}").into(), stamp)));
        }
        stamps
    }
}
