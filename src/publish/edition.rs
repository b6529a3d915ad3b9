//! The record of the files at a target, which is kept there. Only files in it are ever changed or deleted.

use std::collections::{BTreeMap, BTreeSet};

use md5::{Digest as _, Md5};

use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;

/// The first line of a record.
const WHOLE: &str = "dossier edition 1, whole";
const UNDER_WAY: &str = "dossier edition 1, under way";

/// Replaces the fingerprint of a file whose content is uncertain.
const UNSURE: &str = "--------------------------------";

/// Files and the hashes of their content; `None` if an interrupted run may have changed it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Edition {
    /// By path.
    pub files: BTreeMap<SitePath, Option<Fingerprint>>,
    /// Whether the last run completed: exactly these files of the program's are at the target.
    pub is_whole: bool,
}

impl Edition {
    /// A complete edition.
    pub fn of(files: impl IntoIterator<Item = (SitePath, Fingerprint)>) -> Edition {
        Edition { files: files.into_iter().map(|(path, hash)| (path, Some(hash))).collect(), is_whole: true }
    }

    /// The known hash of the file at a path.
    pub(crate) fn hash(&self, path: &SitePath) -> Option<Fingerprint> {
        self.files.get(path).copied().flatten()
    }

    /// The contents that this edition has and `now` does not.
    pub(crate) fn lost_in(&self, now: &Edition) -> BTreeSet<Fingerprint> {
        let lost = |(path, hash): (&SitePath, &Option<Fingerprint>)| hash.filter(|_| now.hash(path) != *hash);
        self.files.iter().filter_map(lost).collect()
    }

    /// Forgets files that somebody changed at the target. Returns those that `wanted` does not have, which stay there.
    pub(crate) fn leave(
        &mut self,
        changed: impl IntoIterator<Item = SitePath>,
        wanted: &Edition,
        repaired: bool,
    ) -> Vec<SitePath> {
        let changed = changed.into_iter().inspect(|path| match repaired && wanted.files.contains_key(path) {
            // It is replaced, and no copy of it is kept.
            true => {
                self.files.insert((*path).clone(), None);
            }
            false => {
                self.files.remove(path);
            }
        });
        changed.filter(|path| !wanted.files.contains_key(path)).collect()
    }

    /// Parses a record. `None` if it is damaged or of another version: then the owner of the files is
    /// unknown.
    pub fn parse(text: &str) -> Option<Edition> {
        let mut lines = text.lines();
        let is_whole = match lines.next()? {
            WHOLE => true,
            UNDER_WAY => false,
            _ => return None,
        };
        let entry = |line: &str| {
            let (hash, path) = line.split_once("  ")?;
            let hash = if hash == UNSURE { None } else { Some(Fingerprint::parse(hash)?) };
            // A record that others may have written must not lead elsewhere.
            Some((SitePath::recorded(path)?, hash))
        };
        let files = lines.map(entry).collect::<Option<_>>()?;
        Some(Edition { files, is_whole })
    }

    /// The record, as [`Edition::parse`] reads it.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.files.len() * 64 + 32);
        text.push_str(if self.is_whole { WHOLE } else { UNDER_WAY });
        text.push('\n');
        for (path, hash) in &self.files {
            let hash = hash.map_or_else(|| UNSURE.to_owned(), |hash| hash.to_string());
            text.push_str(&format!("{hash}  {path}\n"));
        }
        text
    }
}

/// What tells the content of a file from another without reading it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Content {
    /// In bytes.
    pub length: u64,
    /// The MD5 in hexadecimal digits, which is what stores give.
    pub md5: String,
}

impl Content {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Content {
        let md5 = Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Content { length: bytes.len() as u64, md5 }
    }
}

/// How a file at the target differs from what the record says of it.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It has other content.
    Changed,
}

impl Difference {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Difference::Missing => "missing",
            Difference::Changed => "changed",
        }
    }
}
