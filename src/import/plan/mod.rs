//! What becomes of the items that were brought: which are new, which changed, what stays as its author has it, and
//! what cannot come along. The result is tried in an overlay, so it holds nothing that `check` would refuse.

mod attached;
mod compare;
mod matching;
mod names;
mod trial;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::brought::{At, Brought, Fact, Item, Remark};
use super::record::Record;
use crate::base::id::EntityId;
use crate::base::path::InputPath;
use crate::ide::Refusal;
use crate::ide::change::{Said, Trial};
use crate::session::Snapshot;
use crate::world::edit::{Changes, Rewrite};

/// What an import would do.
pub(crate) struct Plan {
    /// The files, each with what it is.
    pub inputs: Vec<(String, &'static str)>,
    pub entries: Vec<Entry>,
    pub remarks: Vec<Remark>,
    /// What `check` would then warn of and does not yet: codes, and how often.
    pub warnings: BTreeMap<&'static str, usize>,
    pub changes: Changes,
    pub said: Said,
}

/// What becomes of one item.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub does: Does,
    pub kind: &'static str,
    pub id: String,
    pub title: String,
    pub file: InputPath,
    /// The keys that this is about, if it is not about the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
    /// The file that it is from.
    pub from: String,
    #[serde(flatten)]
    pub at: At,
}

/// What an import does with an item.
#[derive(Copy, Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Does {
    /// It becomes a file.
    New,
    /// It becomes a file because another item names it.
    Named,
    /// The file that was imported says something new, and so will the dossier.
    Changed,
    /// The dossier has it already.
    Same,
    /// Its author changed it since it was imported, and it stays so.
    Yours,
    /// The dossier says something else, and it stays so.
    Differs,
    /// Its author deleted it since it was imported, and it is not made again.
    Deleted,
    /// The file does not have it any more, and it stays.
    Gone,
    /// The person who imports the file does not want it.
    Unwanted,
}

/// An item, and what it is in the dossier.
struct Target {
    item: Item,
    from: String,
    id: EntityId,
    path: InputPath,
    does: Does,
    keys: Vec<String>,
    /// The facts to write: all of them for a new file.
    facts: Vec<Fact>,
    /// The text to write.
    text: Option<String>,
    /// What the file said, by the names of keys, before names became ids.
    raw: BTreeMap<String, String>,
}

impl Target {
    fn is_new(&self) -> bool {
        matches!(self.does, Does::New | Does::Named)
    }

    /// Whether anything is written for it.
    fn is_written(&self) -> bool {
        self.is_new() || self.does == Does::Changed
    }

    fn is_draft(&self) -> bool {
        self.is_new() && self.facts.iter().any(|fact| fact.key == trial::DRAFT)
    }

    fn entry(&self) -> Entry {
        Entry {
            does: self.does,
            kind: self.item.kind.name(),
            id: self.id.as_str().to_owned(),
            title: self.item.title.clone(),
            file: self.path.clone(),
            keys: self.keys.clone(),
            from: self.from.clone(),
            at: self.item.at.clone(),
        }
    }
}

impl Planner<'_> {
    /// Takes items out, by the paths of their files.
    fn drop_unwanted(&mut self, without: &BTreeSet<InputPath>) {
        for mut target in self.targets.extract_if(.., |target| without.contains(&target.path)) {
            target.does = Does::Unwanted;
            self.entries.push(target.entry());
        }
    }
}

/// Everything that is known while a plan is made.
struct Planner<'a> {
    before: &'a Arc<Snapshot>,
    trial: &'a Trial<'a>,
    record: Record,
    targets: Vec<Target>,
    entries: Vec<Entry>,
    remarks: Vec<Remark>,
    /// Files that items show.
    shared: Vec<attached::Shared>,
    /// Changes that go with it, such as those of `import.toml`.
    also: Vec<Rewrite>,
}

/// Plans an import. The snapshot should include drafts, and hold the files as they are. Nothing is made or changed at
/// the paths in `without`.
///
/// # Errors
/// If what was recorded of earlier imports cannot be read, or the import would break something that is whole and it is
/// not clear which item does.
pub(crate) fn plan(
    before: &Arc<Snapshot>,
    trial: &Trial<'_>,
    mut brought: Vec<Brought>,
    also: Vec<Rewrite>,
    without: &BTreeSet<InputPath>,
) -> Result<Plan, Refusal> {
    let record = Record::read(&**before.world())?;
    let inputs: Vec<(String, &'static str)> =
        brought.iter().map(|brought| (brought.name.clone(), brought.what)).collect();
    let mut planner = Planner {
        before,
        trial,
        record,
        targets: Vec::new(),
        entries: Vec::new(),
        remarks: Vec::new(),
        shared: Vec::new(),
        also,
    };
    let files = brought.iter_mut().flat_map(|brought| std::mem::take(&mut brought.files)).collect();
    planner.match_all(brought);
    planner.drop_unwanted(without);
    planner.resolve_all();
    planner.name_marks(files);
    planner.compare_all();
    let (changes, after) = planner.tried()?;
    let mut entries: Vec<Entry> = planner.targets.iter().map(Target::entry).collect();
    entries.append(&mut planner.entries);
    entries.sort_by_key(|entry| entry.does);
    planner.remarks.sort_by(|a, b| a.at.cmp(&b.at));
    let count = entries.iter().filter(|entry| entry.does <= Does::Changed).count();
    let of = inputs.iter().map(|(name, _)| name.as_str()).collect::<Vec<&str>>().join(", ");
    Ok(Plan {
        inputs,
        entries,
        remarks: planner.remarks,
        warnings: trial::warnings(before, &after),
        changes: if count == 0 { Changes::default() } else { changes },
        said: Said::of("import", &of).with(count.to_string()),
    })
}
