//! The only access to the disk and the clock. Everything above reads through a [`World`].

pub mod dir;
pub mod disk;
pub mod edit;
pub(crate) mod git;
pub(crate) mod history;
pub(crate) mod kept;
pub mod memory;
pub(crate) mod overlay;
pub(crate) mod recent;
pub(crate) mod secret;
pub(crate) mod trusted;

use std::io;
use std::sync::Arc;

use crate::base::date::Day;
use crate::base::path::InputPath;

/// The files of a dossier, and the day on which it is read.
pub trait World: Send + Sync {
    /// All files below `folder` (`""` is the dossier's own), sorted by path, without
    /// [ignored](passed_over) ones; hidden ones that an author may expect on the site are [`Access::Hidden`].
    ///
    /// # Errors
    /// If a folder cannot be listed. A missing folder is empty.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// If it does not exist, is hidden or too large, leads out of the dossier, or cannot be read.
    fn read(&self, path: &InputPath) -> io::Result<Arc<[u8]>>;

    /// The bytes of a file that the settings name and that is never published, such as a list of redactions. It may be
    /// hidden, or outside of the dossier.
    ///
    /// # Errors
    /// If it does not exist or cannot be read.
    fn read_private(&self, path: &InputPath) -> io::Result<Arc<[u8]>> {
        self.read(path)
    }

    /// The day on which a file was made, as far as that can be known: for one rule, and never a part of an output.
    fn made(&self, _path: &InputPath) -> Option<Day> {
        None
    }

    /// The folder of the theme that the user has named beside the dossier, as a path from the dossier, such as
    /// `../themes/court`: [`list`](World::list) and [`read`](World::read) know it. Only a user can name one: a
    /// theme's files are published, and a dossier may be a stranger's.
    fn theme(&self) -> Option<&str> {
        None
    }

    /// Whether the rows of tables are files in it already.
    fn has_tables(&self) -> bool {
        false
    }

    /// Whether a file is a row of a table, and no file of its own.
    fn is_row(&self, _path: &InputPath) -> bool {
        false
    }

    /// Today's date, for rules about future dates. It never becomes part of an output.
    fn today(&self) -> Day;
}

/// A file that a [`World`] lists.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub struct Entry {
    /// Where it is.
    pub path: InputPath,
    /// Whether it may be read.
    pub(crate) access: Access,
}

/// Whether a listed file may be read.
#[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Access {
    /// A file of the dossier.
    Inside,
    /// A copy or a backup of the file of this name beside it: passed over.
    CopyOf(String),
    /// A symbolic link that is not followed, with the reason.
    Link(String),
    /// A hidden file or folder: passed over.
    Hidden,
    /// Something whose name is not Unicode, or that is no file: refused, with the reason.
    Unreadable(String),
}

/// The maximum size of a file that is parsed, in bytes.
pub(crate) const LARGEST_TEXT: u64 = 16 << 20;

/// The maximum size of any other file, in bytes: it is copied, and for that is in memory as a whole.
pub(crate) const LARGEST: u64 = 256 << 20;

/// The maximum size of a file with this name, in bytes.
fn most_of(path: &InputPath) -> u64 {
    match path.extension() {
        Some("md" | "toml" | "csl" | "html" | "css") => LARGEST_TEXT,
        _ => LARGEST,
    }
}

/// What hosts and browsers look for at the top of a site though its name begins with a dot: the folder of RFC
/// 8615, and the settings of Apache, GitHub Pages and Codeberg Pages. Who has them in `content/` wants them
/// published.
const WELL_KNOWN: [&str; 4] = [".well-known", ".htaccess", ".nojekyll", ".domains"];

/// The first part of `path` that does not belong to a dossier, with the folders above it: a hidden file or folder, or
/// what an editor keeps for itself beside what it edits. Those are backups (`nis.md~`), Emacs' `#nis.md#`, and the 4913
/// with which Vim tries a folder. The path is from the dossier's own folder.
pub(crate) fn passed_over(path: &str) -> Option<&str> {
    let (mut end, mut folder) = (0, "");
    for name in path.split('/') {
        end += name.len();
        let is_well_known = folder == "content" && WELL_KNOWN.contains(&name);
        let is_editors = name.ends_with('~')
            || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
            || name == "4913";
        if is_editors || (name.starts_with('.') && !is_well_known) {
            return Some(&path[..end]);
        }
        folder = &path[..end];
        end += 1;
    }
    None
}

/// Whether what is [passed over](passed_over) may be a file that an author expects on the site. What version
/// control, file managers and editors leave behind is not, nor what this program is writing.
fn may_be_missed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_left_behind = [".git", ".DS_Store", "._", ".#", ".~"].iter().any(|start| name.starts_with(start))
        || name.ends_with(".swp")
        || name.contains(edit::BETWEEN);
    name.starts_with('.') && !is_left_behind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_passed_over_but_for_what_hosts_look_for() {
        for (path, at) in [
            ("content/.well-known/security.txt", None),
            ("content/.nojekyll", None),
            ("content/a.b/c.md", None),
            ("content/actors/.well-known/x", Some("content/actors/.well-known")),
            ("content/.well-known/.env", Some("content/.well-known/.env")),
            ("content/.git/config", Some("content/.git")),
            ("content/a/nis.md~", Some("content/a/nis.md~")),
            (".htaccess", Some(".htaccess")),
        ] {
            assert_eq!(passed_over(path), at, "{path}");
        }
        assert!(may_be_missed("content/.env") && !may_be_missed("content/a/.a.md.swp"));
    }
}
