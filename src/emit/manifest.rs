//! The list of files that the program wrote into a folder: the only ones that it will ever change or delete
//! there.

use std::collections::BTreeMap;

use super::EmitError;
use super::folder::Folder;
use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;

/// The first line of a manifest.
const HEADER: &str = "dossier manifest 1";

/// Paths and the hashes of their contents, one per line: `HASH PATH`.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    files: BTreeMap<SitePath, Fingerprint>,
}

impl Manifest {
    pub(crate) fn of(files: impl Iterator<Item = (SitePath, Fingerprint)>) -> Manifest {
        Manifest { files: files.collect() }
    }

    /// Reads a folder's manifest. A missing or damaged one is empty, so nothing is deleted.
    pub(crate) fn read(folder: &Folder) -> Manifest {
        let text = folder.read_own("manifest").unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Manifest::default();
        }
        let entry = |line: &str| {
            let (hash, path) = line.split_once("  ")?;
            // A damaged manifest must not lead out of the folder.
            Some((SitePath::recorded(path)?, Fingerprint::parse(hash)?))
        };
        Manifest { files: lines.filter_map(entry).collect() }
    }

    /// Whether the program wrote this file.
    pub(crate) fn has(&self, path: &SitePath) -> bool {
        self.files.contains_key(path)
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
    pub(crate) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.files.keys()
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
        folder.write_own("manifest", text.as_bytes())
    }
}
