//! A site → a place where readers find it. Nothing here makes a page: the bytes come from the same press as a build's.
//!
//! What stands at a target is known from the [`Edition`](edition::Edition) kept there; a [`plan`] is the pure difference to the one that is wanted;
//! [`run`] carries it out so that a reader never meets a page whose assets are not there, and so that it may end anywhere
//! and be run again. A [`Store`](store::Store) is a place that takes files one by one; [`git`] takes a whole edition at once.
//!
//! A target's hidden folder `.dossier/` holds what is the program's own:
//!
//! | file | |
//! | --- | --- |
//! | `edition` | what stands there now; while a run is under way, what surely does and what may |
//! | `previous` | the whole edition before |
//! | `kept/HASH` | what that edition held and this one does not |
//! | `rollback` | only during a rollback: where it leads |

pub mod edition;
pub mod git;
pub mod made;
pub mod plan;
#[cfg(feature = "stores")]
pub mod remote;
#[cfg(not(feature = "stores"))]
#[path = "remote/absent.rs"]
pub mod remote;
pub mod run;
pub mod store;

use std::fmt;

use crate::base::path::SitePath;

/// Why something was not published, or not all.
#[derive(Debug)]
pub enum PublishError {
    /// The target cannot be used as it is set.
    Target(String),
    /// Files stand there that the program did not write.
    Foreign(Vec<SitePath>),
    /// The store refused: what was tried, and why.
    Store(String, store::StoreError),
    /// Some files did not arrive, though tried repeatedly; nothing was deleted.
    Uploads(Vec<(SitePath, String)>),
    /// There is nothing to roll back to: why.
    NoPrevious(&'static str),
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
                write!(f, "files that this program did not write are in the way: ")?;
                names(f, &mut paths.iter())?;
                write!(f, "; name another place with `prefix`, or replace them with `--allow foreign`")
            }
            PublishError::Store(tried, why) => write!(f, "cannot {tried}: {why}"),
            PublishError::Uploads(failed) => {
                write!(f, "not published, though tried again and again: ")?;
                names(f, &mut failed.iter().map(|(path, _)| path))?;
                let why = failed.first().map_or("", |(_, why)| why);
                write!(f, " ({why}); nothing was deleted; run it again, and it goes on from here")
            }
            PublishError::NoPrevious(why) => write!(f, "cannot roll back: {why}"),
        }
    }
}

impl std::error::Error for PublishError {}
