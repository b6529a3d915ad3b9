//! Plans the changes at a target: the pure difference between its current edition and a new one.

use super::edition::Edition;
use crate::base::hash::Fingerprint;
use crate::base::path::{Names, SitePath};
use crate::search::OVERVIEW;

/// When a file is uploaded: dependencies come before the files that need them.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub enum Stage {
    /// Files that pages load: style sheets, scripts, pictures, data.
    Asset,
    /// Pages.
    Page,
    /// Files that lead to others: feeds, site maps, the overview of the search.
    List,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Stage; 3] = [Stage::Asset, Stage::Page, Stage::List];

    /// The stage of a file.
    pub(crate) fn of(path: &SitePath) -> Stage {
        match path.extension() {
            _ if path.as_str().ends_with(OVERVIEW) => Stage::List,
            Some("html") => Stage::Page,
            Some("xml") => Stage::List,
            _ => Stage::Asset,
        }
    }
}

/// A file to upload.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Upload {
    /// When.
    pub stage: Stage,
    /// Where to.
    pub path: SitePath,
    /// What it holds.
    pub hash: Fingerprint,
    /// Whether none of our files is at its path.
    pub is_new: bool,
}

/// The changes to make, in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// Before all uploads: files of ours that stores may take for one to upload, or for its folder, or the other
    /// way round. Such a file cannot be deleted later, because that would delete what was uploaded.
    pub in_the_way: Vec<SitePath>,
    /// By stage, then by path.
    pub uploads: Vec<Upload>,
    /// After all uploads, pages first: assets are deleted when no page needs them any more.
    pub deletions: Vec<SitePath>,
    /// How many files are already up to date.
    pub unchanged: usize,
}

impl Plan {
    /// The changes from the edition `standing` at the target to the one `wanted`.
    pub fn of(standing: &Edition, wanted: &Edition) -> Plan {
        let mut plan = Plan::default();
        let gone = standing.files.keys().filter(|path| !wanted.files.contains_key(*path));
        let names = Names::of(wanted.files.keys());
        (plan.in_the_way, plan.deletions) = gone.cloned().partition(|path| names.conflict_with(path));
        let cleared = Names::of(&plan.in_the_way);
        for (path, hash) in &wanted.files {
            let Some(hash) = *hash else { continue };
            if standing.hash(path) == Some(hash) && !cleared.conflict_with(path) {
                plan.unchanged += 1;
                continue;
            }
            let is_new = !standing.files.contains_key(path);
            plan.uploads.push(Upload { stage: Stage::of(path), path: path.clone(), hash, is_new });
        }
        plan.uploads.sort_by(|a, b| (a.stage, &a.path).cmp(&(b.stage, &b.path)));
        plan.deletions.sort_by_key(|path| std::cmp::Reverse(Stage::of(path)));
        plan
    }

    /// All files that the plan deletes.
    pub fn deleted(&self) -> impl Iterator<Item = &SitePath> {
        self.in_the_way.iter().chain(&self.deletions)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.uploads.is_empty() && self.deleted().next().is_none()
    }
}
