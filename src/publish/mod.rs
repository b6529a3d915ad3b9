//! A site → a target where readers find it. Nothing here makes pages: the bytes come from the same code as a
//! build's.
//!
//! The [`Edition`](edition::Edition) kept at a target records its files; a [`plan`] is the pure difference to
//! the new edition; [`run`] carries it out in an order that never leaves a page without its assets, and so an
//! interrupted run can resume. A [`Store`](store::Store) stores files one by one; [`git`] commits a whole
//! edition at once.
//!
//! A target's hidden folder `.dossier/` contains the program's own files:
//!
//! | file | |
//! | --- | --- |
//! | `edition` | the current edition; during a run, which files are certain and which may have changed |
//! | `previous` | the previous complete edition |
//! | `kept/HASH` | contents that the previous edition has and this one does not |
//! | `rollback` | only during a rollback: its target |

pub mod edition;
pub(crate) mod folder;
pub(crate) mod git;
pub(crate) mod made;
pub mod plan;
#[cfg(feature = "stores")]
pub(crate) mod remote;
#[cfg(not(feature = "stores"))]
#[path = "remote/absent.rs"]
pub(crate) mod remote;
pub mod run;
pub mod store;

use std::fmt;
use std::path::Path;

use crate::base::path::SitePath;
use crate::config::publish::{Host, Target};

/// Opens the store of a target, without sending requests. `root` is the dossier's folder, `environment` looks up a
/// variable.
///
/// # Errors
/// If the target's settings or the credentials cannot be used.
pub(crate) fn open(
    target: &Target,
    root: &Path,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Box<dyn store::Store>, PublishError> {
    let unusable = |why| PublishError::Target(format!("the target `{}` cannot be used: {why}", target.name));
    match &target.host {
        Host::Folder { path } => Ok(Box::new(folder::Folder::of(target, root, path).map_err(unusable)?)),
        _ => Ok(Box::new(remote::Remote::open(target, environment)?)),
    }
}

/// Why nothing was published, or not everything.
#[derive(Debug)]
pub enum PublishError {
    /// The target's settings cannot be used.
    Target(String),
    /// Files that the program did not write are in the way.
    Foreign(Vec<SitePath>),
    /// The store refused: what was tried, and why.
    Store(String, store::StoreError),
    /// Some files could not be uploaded after repeated attempts; nothing was deleted.
    Uploads(Vec<(SitePath, String)>),
    /// There is nothing to roll back to, and why.
    NoPrevious(String),
}

impl PublishError {
    /// The record at `place` cannot be read.
    fn damaged(place: &str) -> PublishError {
        let what = format!("{place} is damaged, or from another version of dossier");
        PublishError::Target(format!("{what}; delete it there, and publish with `--allow foreign`"))
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |f: &mut fmt::Formatter<'_>, paths: &mut dyn Iterator<Item = &SitePath>| {
            let mut paths = paths.peekable();
            for at in 0..5 {
                let Some(path) = paths.next() else { return Ok(()) };
                write!(f, "{}`{path}`", if at > 0 { ", " } else { "" })?;
            }
            write!(f, "{}", if paths.peek().is_some() { " and more" } else { "" })
        };
        match self {
            PublishError::Target(why) => f.write_str(why),
            PublishError::Foreign(paths) => {
                write!(f, "files whose content this program did not write are in the way: ")?;
                names(f, &mut paths.iter())?;
                write!(f, "; choose another folder with `prefix`, or replace them with `--allow foreign`")
            }
            PublishError::Store(tried, why) => write!(f, "cannot {tried}: {why}"),
            PublishError::Uploads(failed) => {
                write!(f, "not published after repeated attempts: ")?;
                names(f, &mut failed.iter().map(|(path, _)| path))?;
                let why = failed.first().map_or("", |(_, why)| why);
                write!(f, " ({why}); nothing was deleted; run the command again to resume")
            }
            PublishError::NoPrevious(why) => write!(f, "cannot roll back: {why}"),
        }
    }
}

impl std::error::Error for PublishError {}
