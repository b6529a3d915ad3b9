//! What stands at a target: the record of it that is kept there, and the only files that are ever changed or
//! deleted there.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::hash::Fingerprint;
use crate::base::path::SitePath;

/// The first lines of a record.
const WHOLE: &str = "dossier edition 1, whole";
const UNDER_WAY: &str = "dossier edition 1, under way";

/// Stands for the fingerprint of a file that may hold one thing or another.
const UNSURE: &str = "--------------------------------";

/// Files, and what they hold: `None` where a run that was interrupted may or may not have changed it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Edition {
    /// By path.
    pub files: BTreeMap<SitePath, Option<Fingerprint>>,
    /// Whether a run has ended since it was begun: all these files stand there, and no others of the
    /// program's.
    pub is_whole: bool,
}

impl Edition {
    /// A whole edition.
    pub fn of(files: impl IntoIterator<Item = (SitePath, Fingerprint)>) -> Edition {
        Edition { files: files.into_iter().map(|(path, hash)| (path, Some(hash))).collect(), is_whole: true }
    }

    /// What surely stands at a path.
    pub fn hash(&self, path: &SitePath) -> Option<Fingerprint> {
        self.files.get(path).copied().flatten()
    }

    /// The contents that this edition held and `now` does not.
    pub fn lost_in(&self, now: &Edition) -> BTreeSet<Fingerprint> {
        let lost = |(path, hash): (&SitePath, &Option<Fingerprint>)| hash.filter(|_| now.hash(path) != *hash);
        self.files.iter().filter_map(lost).collect()
    }

    /// Reads a record. `None` where it is damaged, or of another version: then nobody knows whose the files
    /// are.
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

    /// Writes it, as [`Edition::parse`] reads it.
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
