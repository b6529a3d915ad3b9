//! The list of files that the program wrote into a folder: the only ones that it will ever change or delete
//! there.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::EmitError;
use super::folder::{Folder, is_own};
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;

/// Its name in the folder of the program's own files.
const FILE: &str = "manifest";

/// The first line of a manifest.
const HEADER: &str = "dossier manifest 1";

/// Paths and the hashes of their contents, one per line: `HASH PATH`. While files are moved into place, a path has a
/// line for each content that may be there.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    files: BTreeSet<(SitePath, Fingerprint)>,
}

impl Manifest {
    pub(crate) fn of(files: impl Iterator<Item = (SitePath, Fingerprint)>) -> Manifest {
        Manifest { files: files.collect() }
    }

    /// Reads a folder's manifest; a missing one is empty.
    ///
    /// # Errors
    /// If it cannot be read, or a line is not one that the program writes: it may list what is not the program's.
    pub(crate) fn read(folder: &Folder) -> Result<Manifest, EmitError> {
        let Some(bytes) = folder.read_own(FILE)? else { return Ok(Manifest::default()) };
        Manifest::parse(&bytes).map_err(|line| EmitError::Manifest(folder.own_path(FILE), line))
    }

    /// Parses a manifest. On failure, gives the number of the first line that is not well-formed, from 1.
    fn parse(bytes: &[u8]) -> Result<Manifest, usize> {
        let entry = |line: &[u8]| {
            let (hash, path) = std::str::from_utf8(line).ok()?.split_once("  ")?;
            let path = SitePath::recorded(path).filter(|path| !is_own(path))?;
            Some((path, Fingerprint::parse(hash)?))
        };
        let text = bytes.strip_suffix(b"\n").ok_or(bytes.split(|byte| *byte == b'\n').count())?;
        let mut lines = text.split(|byte| *byte == b'\n');
        if lines.next() != Some(HEADER.as_bytes()) {
            return Err(1);
        }
        let files =
            lines.enumerate().map(|(at, line)| entry(line).ok_or(at + 2)).collect::<Result<_, _>>()?;
        Ok(Manifest { files })
    }

    /// Whether the program wrote this file.
    pub(crate) fn has(&self, path: &SitePath) -> bool {
        let first = (path.clone(), Fingerprint::LEAST);
        let mut from = self.files.range((Bound::Included(first), Bound::Unbounded));
        from.next().is_some_and(|(listed, _)| listed == path)
    }

    /// Whether the program wrote this content there.
    pub(crate) fn wrote(&self, path: &SitePath, hash: Fingerprint) -> bool {
        self.files.contains(&(path.clone(), hash))
    }

    /// The files and the hashes of their contents, sorted.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&SitePath, Fingerprint)> {
        self.files.iter().map(|(path, hash)| (path, *hash))
    }

    /// The fingerprint of the whole manifest.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_all(
            self.files.iter().flat_map(|(path, hash)| [path.as_str().as_bytes(), hash.as_bytes()]),
        )
    }

    /// The files, sorted.
    pub(crate) fn paths(&self) -> BTreeSet<&SitePath> {
        self.files.iter().map(|(path, _)| path).collect()
    }

    /// The union of this manifest and `more`.
    pub(crate) fn with(&self, more: impl Iterator<Item = (SitePath, Fingerprint)>) -> Manifest {
        let mut files = self.files.clone();
        files.extend(more);
        Manifest { files }
    }

    /// Writes the manifest into the folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub(crate) fn write(&self, folder: &Folder) -> Result<(), EmitError> {
        let mut text = String::with_capacity(self.files.len() * 64);
        text.push_str(HEADER);
        text.push('\n');
        for (path, hash) in &self.files {
            text.push_str(&format!("{hash}  {path}\n"));
        }
        folder.write_own(FILE, text.as_bytes())
    }
}
