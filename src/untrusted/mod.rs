//! What a change by somebody else may not touch: `dossier check --untrusted BASE`.
//!
//! Two trees of files are compared, that of the base and that of the change, as they are in Git or in two folders.
//! Nothing in either is run or followed. What a contribution may bring is a list: texts and files that only show or
//! tell something, in `content/`. All else is a finding.

mod entry;
mod files;
mod git;
mod held;
mod release;
mod settings;
mod tree;
mod wording;

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::check::UNTRUSTED_CHANGE as CODE;
use crate::config;
use entry::{Entry, Sort};
use tree::Tree;

/// The most that a contribution may bring without being looked at.
const LARGEST_FILE: u64 = 10 << 20;
const LARGEST: u64 = 50 << 20;
const MOST_FILES: usize = 200;
const MOST_DELETED: usize = 10;

/// What differs from `base` in the dossier at `root` and may not. `base` is a revision of Git, or a folder that
/// holds the dossier as it was. A folder is a path that begins with `/`, `./` or `../`: a contribution could
/// bring a folder with the name of a branch.
///
/// # Errors
/// If either cannot be read.
pub(crate) fn findings(root: &Path, base: &str, today: Day) -> Result<Vec<Diagnostic>, String> {
    let is_folder =
        ["/", "./", "../"].iter().any(|start| base.starts_with(start)) || Path::new(base).is_absolute();
    let (before, after) = match is_folder {
        true => (Tree::of_folder(Path::new(base))?, Tree::of_folder(root)?),
        false => Tree::of_revisions(root, base)?,
    };
    Ok(compare(&before, &after, today))
}

/// A path that differs.
struct Change<'a> {
    /// From the dossier's folder; `None` if it is outside of that.
    path: Option<&'a str>,
    /// From the top of the tree, to be shown.
    shown: &'a str,
    before: Option<&'a Entry>,
    after: Option<&'a Entry>,
}

fn compare(before: &Tree, after: &Tree, today: Day) -> Vec<Diagnostic> {
    let paths = before.entries.keys().chain(after.entries.keys());
    let paths: BTreeSet<&String> = paths.collect();
    let changes = paths.into_iter().map(|path| Change {
        path: path.strip_prefix(after.folder.as_str()),
        shown: path,
        before: before.entries.get(path),
        after: after.entries.get(path),
    });
    let changes: Vec<Change<'_>> = changes.filter(|change| change.before != change.after).collect();
    let mut found = Vec::new();
    for change in &changes {
        if change.path == Some(config::FILE) {
            settings::compare(change, before, after, &mut found);
        } else {
            found.extend(files::of(change, after));
        }
    }
    let told = release::compare(before, after, &changes, today, &mut found);
    held::compare((before, after), &changes, today, told, &mut found);
    found.extend(amounts(&changes));
    found
}

/// How much it is.
fn amounts(changes: &[Change<'_>]) -> Vec<Diagnostic> {
    let brought = changes.iter().filter_map(|change| change.after);
    let size: u64 = brought.clone().map(|entry| entry.size).sum();
    let deleted = changes.iter().filter(|change| change.after.is_none()).count();
    let mut found = Vec::new();
    let mut most = |is_more: bool, message: String| {
        if is_more {
            found.push(CODE.found(message).help("split the contribution, or look at all of it"));
        }
    };
    let count = brought.count();
    most(count > MOST_FILES, format!("{count} files are new or changed, more than {MOST_FILES}"));
    most(
        size > LARGEST,
        format!("what is new or changed has {} MB, more than {}", size >> 20, LARGEST >> 20),
    );
    most(deleted > MOST_DELETED, format!("{deleted} files are deleted, more than {MOST_DELETED}"));
    found
}

/// A finding about a whole file. It has a label only for what is a file of the dossier, which a report may name
/// beside its lines.
fn about(change: &Change<'_>, message: String) -> Diagnostic {
    let is_file = change.after.is_some_and(|entry| entry.sort == Sort::File);
    match change.path.filter(|_| is_file) {
        Some(path) => CODE.found(message).at(&InputPath::from(path), Span::empty(0), ""),
        None => CODE.found(message),
    }
}
