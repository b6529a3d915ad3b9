//! Files → a folder. The only module that writes the site, and only below the output folder.
//!
//! 1. Every file is made and, if it differs from the one in the folder, written to a staging folder. If a
//! 2. The new manifest is written, including the old files: whatever happens next, the program knows which
//! 3. The staged files are renamed into place; files that only the old manifest lists are deleted.
//!
//! A killed build leaves every file whole, old or new, and the next build completes the work.

pub mod cache;
mod folder;
mod manifest;
pub mod sums;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::{Names, SitePath};
use crate::world::dir::Dir;
use folder::{Folder, is_own};
use manifest::Manifest;

/// How to write a site.
#[derive(Copy, Clone, Debug, Default)]
pub struct Manner {
    /// Whether to add the list of checksums.
    pub has_sums: bool,
    /// Whether to leave out files that cannot be made, instead of writing nothing.
    pub keeps_going: bool,
}

/// What a build did. The list of checksums is not counted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Emitted {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were already up to date.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub deleted: usize,
    /// Files in the folder that the program left alone, because it did not write them, or they have been edited since.
    pub foreign: Vec<SitePath>,
    /// Why some files could not be made, which are therefore left out.
    pub failed: Vec<Diagnostic>,
    /// The fingerprint of the manifest, if it lists the whole site. It does not list a foreign file that
    /// happens to have the content that the site needs at its path.
    pub manifest: Option<Fingerprint>,
}

/// Why nothing was written, or not everything.
#[derive(Debug)]
pub enum EmitError {
    /// Another build is writing there.
    Locked(PathBuf),
    /// The manifest in this file has a line, counted from 1, that the program did not write.
    Manifest(PathBuf, usize),
    /// The site has a file where only the program's own, or those of version control, can be.
    Own(SitePath),
    /// Files that the program did not write are in the way.
    Foreign(Vec<SitePath>),
    /// Some files could not be made.
    Content(Vec<Diagnostic>),
    /// The system refused to access this path.
    Io(PathBuf, io::Error),
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EmitError::Locked(folder) => {
                write!(f, "another build is writing to `{}`; wait until it ends", folder.display())
            }
            EmitError::Manifest(path, line) => {
                let path = path.display();
                write!(
                    f,
                    "line {line} of `{path}` is not one that this program writes, so the files that it wrote are unknown; "
                )?;
                write!(f, "move the output folder away, and build again")
            }
            EmitError::Own(path) => {
                write!(
                    f,
                    "the site cannot have a file at `{path}`: this program or version control keeps its own files there"
                )
            }
            EmitError::Foreign(paths) => {
                write!(f, "files that this program did not write are in the way: ")?;
                for (at, path) in paths.iter().take(5).enumerate() {
                    write!(f, "{}`{path}`", if at > 0 { ", " } else { "" })?;
                }
                let more = if paths.len() > 5 { " and more" } else { "" };
                write!(f, "{more}; move them away, or build into another folder with `--output`")
            }
            EmitError::Content(found) => write!(f, "{} files could not be made", found.len()),
            EmitError::Io(path, error) => write!(f, "cannot write `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for EmitError {}

/// Makes `folder` contain `files`, which are sorted by path, each made by `bytes` from its path and route.
/// Calls `progress` for every file made.
///
/// # Errors
/// See [`EmitError`]. Up to and including [`EmitError::Content`], the site is unchanged.
pub fn emit<'c, T: Sync>(
    folder: &Dir,
    files: &'c [(SitePath, T)],
    manner: Manner,
    bytes: impl Fn(&'c SitePath, &'c T) -> Result<Vec<u8>, Diagnostic> + Sync,
    progress: impl Fn(usize) + Sync,
) -> Result<Emitted, EmitError> {
    let Manner { has_sums, keeps_going } = manner;
    let folder = Folder::open(folder)?;
    let previous = Manifest::read(&folder)?;
    let standing = folder.list()?;
    let is_foreign = |path: &SitePath| standing.contains(path) && !previous.has(path);
    if let Some((own, _)) = files.iter().find(|(path, _)| is_own(path)) {
        return Err(EmitError::Own(own.clone()));
    }
    let is_ours = |path: &SitePath| folder.hash(path).is_some_and(|hash| previous.wrote(path, hash));
    // What cannot be beside the new files. Names that differ only in case are one file on some systems: there,
    // deleting the old one at the end would delete the new one.
    let names = Names::of(files.iter().map(|(path, _)| path));
    let is_wanted = |path: &SitePath| files.binary_search_by(|(own, _)| own.cmp(path)).is_ok();
    let conflicts = |path: &&SitePath| !is_wanted(path) && names.conflict_with(path);
    let (in_the_way, foreign): (BTreeSet<&SitePath>, BTreeSet<_>) =
        standing.iter().filter(conflicts).partition(|path| is_ours(path));
    // Beside a foreign file there may be one whose name differs in case, if the system allows it.
    let foreign: Vec<SitePath> =
        foreign.into_iter().filter(|path| is_in_the_way(files, path)).cloned().collect();
    if !foreign.is_empty() {
        return Err(EmitError::Foreign(foreign));
    }
    let made = AtomicUsize::new(0);
    let staged: Vec<Result<Staged, Failure>> = files
        .par_iter()
        // Expensive files are adjacent, so idle threads must be able to steal small batches.
        .with_max_len(32)
        .map(|(path, content)| {
            let bytes = bytes(path, content).map_err(|diagnostic| Failure::Content(Box::new(diagnostic)))?;
            progress(made.fetch_add(1, Ordering::Relaxed) + 1);
            let hash = Fingerprint::of(&bytes);
            let sum = has_sums.then(|| sums::sum(&bytes));
            if standing.contains(path) && folder.holds(path, &bytes) {
                return Ok(Staged { hash, sum, changed: false });
            }
            if is_foreign(path) {
                return Err(Failure::Foreign(path.clone()));
            }
            folder.stage(path, &bytes).map_err(Failure::Emit)?;
            Ok(Staged { hash, sum, changed: true })
        })
        .collect();
    let paths = files.iter().map(|(path, _)| path);
    let (mut staged, failed) =
        sort_out(paths.zip(staged), keeps_going).inspect_err(|_| folder.clear_stage())?;
    let made = staged.len();
    let own = has_sums.then(|| SitePath::from(sums::FILE));
    if let Some(own) = &own {
        let list = sums::list(staged.iter().filter_map(|(path, staged)| Some((*path, staged.sum?))));
        let changed = !folder.holds(own, list.as_bytes());
        if changed && is_foreign(own) {
            folder.clear_stage();
            return Err(EmitError::Foreign(vec![own.clone()]));
        }
        if changed {
            folder.stage(own, list.as_bytes())?;
        }
        staged.push((own, Staged { hash: Fingerprint::of(list.as_bytes()), sum: None, changed }));
    }

    let wanted: BTreeSet<&SitePath> = staged.iter().map(|(path, _)| *path).collect();
    let mut obsolete = previous.paths();
    obsolete.retain(|path| !wanted.contains(path));
    // A foreign file with the right bytes is left as it is. It must not be in the manifest, because files
    // listed there are deleted when the site no longer has them.
    let ours = || staged.iter().filter(|(path, _)| !is_foreign(path));
    let hashes = || ours().map(|(path, staged)| ((*path).clone(), staged.hash));
    previous.with(hashes()).write(&folder)?;
    // A file that becomes a folder, or the other way round.
    for path in &in_the_way {
        folder.delete(path)?;
    }
    folder.place()?;
    let (mut deleted, mut edited) = (in_the_way.len(), BTreeSet::new());
    obsolete.retain(|path| !in_the_way.contains(path));
    for path in obsolete {
        match folder.hash(path) {
            Some(hash) if previous.wrote(path, hash) => folder.delete(path)?,
            // Somebody changed it, so it is not the program's any more.
            _ if standing.contains(path) => {
                edited.insert(path);
                continue;
            }
            _ => {}
        }
        deleted += 1;
    }
    let manifest = Manifest::of(hashes());
    manifest.write(&folder)?;
    folder.clear_stage();
    let written = staged[..made].iter().filter(|(_, staged)| staged.changed).count();
    let is_whole = failed.is_empty() && ours().count() == staged.len();
    let foreign = |path: &SitePath| !previous.has(path) || edited.contains(path);
    Ok(Emitted {
        written,
        unchanged: made - written,
        deleted,
        failed,
        foreign: standing.iter().filter(|path| foreign(path)).cloned().collect(),
        manifest: is_whole.then(|| manifest.fingerprint()),
    })
}

/// The result of a build that changed nothing, if `folder` contains exactly what the manifest with that
/// fingerprint lists.
///
/// # Errors
/// If another build is writing there, or the system refuses.
pub fn standing(folder: &Dir, manifest: Fingerprint) -> Result<Option<Emitted>, EmitError> {
    let folder = Folder::open(folder)?;
    let listed = Manifest::read(&folder)?;
    let files: Vec<(&SitePath, Fingerprint)> = listed.files().collect();
    let holds = |(path, hash): &(&SitePath, Fingerprint)| folder.hash(path) == Some(*hash);
    if listed.fingerprint() != manifest || !files.par_iter().all(holds) {
        return Ok(None);
    }
    let foreign = folder.list()?.into_iter().filter(|path| !listed.has(path)).collect();
    let unchanged = files.iter().filter(|(path, _)| path.as_str() != sums::FILE).count();
    folder.clear_stage();
    Ok(Some(Emitted { unchanged, foreign, manifest: Some(manifest), ..Emitted::default() }))
}

/// The paths at which `folder` differs from `files`, each made by `bytes`, and how. Writes nothing.
///
/// # Errors
/// If another build is writing there, some files cannot be made, or the system refuses.
pub fn compare<'c, T: Sync>(
    folder: &Dir,
    files: &'c [(SitePath, T)],
    has_sums: bool,
    bytes: impl Fn(&'c SitePath, &'c T) -> Result<Vec<u8>, Diagnostic> + Sync,
) -> Result<Vec<(SitePath, &'static str)>, EmitError> {
    let folder = Folder::open(folder)?;
    let standing = folder.list()?;
    let listed = Manifest::read(&folder)?;
    let differs = |(path, content): &'c (SitePath, T)| match bytes(path, content) {
        Err(diagnostic) => Err(diagnostic),
        Ok(bytes) => {
            let how = match standing.contains(path) {
                false => Some("is missing"),
                true => (!folder.holds(path, &bytes)).then_some("differs"),
            };
            Ok((path, has_sums.then(|| sums::sum(&bytes)), how))
        }
    };
    let found: Vec<_> = files.par_iter().map(differs).collect();
    folder.clear_stage();
    let (mut differing, mut failed, mut listing) = (Vec::new(), Vec::new(), Vec::new());
    for found in found {
        match found {
            Ok((path, sum, how)) => {
                differing.extend(how.map(|how| (path.clone(), how)));
                listing.extend(sum.map(|sum| (path, sum)));
            }
            Err(diagnostic) => failed.push(diagnostic),
        }
    }
    if !failed.is_empty() {
        return Err(EmitError::Content(failed));
    }
    let own = has_sums.then(|| SitePath::from(sums::FILE));
    if let Some(own) = &own
        && !folder.holds(own, sums::list(listing.into_iter()).as_bytes())
    {
        differing.push((own.clone(), if standing.contains(own) { "differs" } else { "is missing" }));
    }
    let wanted: BTreeSet<&SitePath> = files.iter().map(|(path, _)| path).chain(&own).collect();
    let listed = listed.paths().into_iter();
    let stale = listed.filter(|path| standing.contains(*path) && !wanted.contains(path));
    differing.extend(stale.map(|path| (path.clone(), "is no longer part of the site")));
    Ok(differing)
}

/// Whether a path is a folder of these files, or below one of them.
fn is_in_the_way<T>(files: &[(SitePath, T)], path: &SitePath) -> bool {
    // In the order of paths: those below a folder are not always adjacent, but the first of them is at or
    // after it.
    let below = format!("{path}/");
    let first = files.partition_point(|(own, _)| own.as_str() < below.as_str());
    if files.get(first).is_some_and(|(own, _)| own.as_str().starts_with(&below)) {
        return true;
    }
    let has = |path: &str| files.binary_search_by(|(own, _)| own.as_str().cmp(path)).is_ok();
    let mut folder = path.folder();
    while !folder.is_empty() {
        if has(folder) {
            return true;
        }
        folder = folder.rfind('/').map_or("", |at| &folder[..at]);
    }
    false
}

struct Staged {
    hash: Fingerprint,
    /// The checksum, if there is a list of checksums.
    sum: Option<sums::Sum>,
    changed: bool,
}

enum Failure {
    Content(Box<Diagnostic>),
    Foreign(SitePath),
    Emit(EmitError),
}

/// Files that are staged, and why others could not be made.
type Sorted<'c> = (Vec<(&'c SitePath, Staged)>, Vec<Diagnostic>);

/// All staged files, and, if `keeps_going`, why the others could not be made; or the most serious failure with all of
/// its kind.
fn sort_out<'c>(
    results: impl Iterator<Item = (&'c SitePath, Result<Staged, Failure>)>,
    keeps_going: bool,
) -> Result<Sorted<'c>, EmitError> {
    let (mut staged, mut content, mut foreign) = (Vec::new(), Vec::new(), Vec::new());
    for (path, result) in results {
        match result {
            Ok(file) => staged.push((path, file)),
            Err(Failure::Content(diagnostic)) => content.push(*diagnostic),
            Err(Failure::Foreign(path)) => foreign.push(path),
            Err(Failure::Emit(error)) => return Err(error),
        }
    }
    if !content.is_empty() && !keeps_going {
        return Err(EmitError::Content(content));
    }
    if !foreign.is_empty() {
        return Err(EmitError::Foreign(foreign));
    }
    Ok((staged, content))
}
