//! Applies all fixes of diagnostics until none is left.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::sync::Arc;

use crate::base::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::session::{Options, Snapshot};
use crate::world::World;
use crate::world::edit::{self, Changes, Rewrite};
use crate::world::overlay::Overlay;

/// The maximum number of rounds. A fix may uncover another, but two that undo each other would never end.
const MOST_ROUNDS: usize = 6;

/// How many edits before the end of another can touch it: one that only ends there, and those of one fix at the
/// same place.
const NEAREST: usize = 8;

/// The result of applying fixes.
pub(crate) struct Fixed {
    /// The files to write.
    pub changes: Changes,
    /// The fixes applied, in order.
    pub applied: Vec<Fix>,
    /// The dossier after the changes.
    pub snapshot: Arc<Snapshot>,
}

/// Checks the dossier, applies fixes, and checks again. Fixes of a [`Severity::Note`] are applied only with
/// `offers`, because an author may not want them.
///
/// # Errors
/// If a file can no longer be read.
pub(crate) fn fix(world: Arc<dyn World>, options: &Options, offers: bool) -> io::Result<Fixed> {
    let mut snapshot = Snapshot::take(Arc::new(Overlay::over(world)), options);
    let first = snapshot.world().clone();
    let mut applied: Vec<Fix> = Vec::new();
    let mut paths = BTreeSet::new();
    for _ in 0..MOST_ROUNDS {
        let fixes = compatible(snapshot.diagnostics(), offers);
        if fixes.is_empty() {
            break;
        }
        let edits = || fixes.iter().flat_map(|fix| &fix.edits);
        let rewrites = edit::rewrites(&**snapshot.world(), edits())?;
        paths.extend(edits().map(|edit| edit.path.clone()));
        applied.extend(fixes.into_iter().cloned());
        let next =
            Overlay::over(snapshot.world().clone()).changed(&Changes { rewrites, moves: Vec::new() })?;
        snapshot = Snapshot::take(Arc::new(next), options);
    }
    let rewrite = |path| {
        let (before, after) = (Some(first.read(&path)?), Some(snapshot.world().read(&path)?));
        Ok(Rewrite { path, before, after })
    };
    let mut rewrites = paths.into_iter().map(rewrite).collect::<io::Result<Vec<Rewrite>>>()?;
    rewrites.retain(|rewrite| rewrite.before != rewrite.after);
    Ok(Fixed { changes: Changes { rewrites, moves: Vec::new() }, applied, snapshot })
}

/// Applies fixes once, for findings that [`fix`] cannot compute again. Returns the files to write, and the
/// fixes applied.
///
/// # Errors
/// If a file can no longer be read.
pub(crate) fn once<'a>(
    world: &dyn World,
    found: &'a [Diagnostic],
    offers: bool,
) -> io::Result<(Changes, Vec<&'a Fix>)> {
    let fixes = compatible(found, offers);
    let rewrites = edit::rewrites(world, fixes.iter().flat_map(|fix| &fix.edits))?;
    Ok((Changes { rewrites, moves: Vec::new() }, fixes))
}

/// The fixes that can be applied together: of those that touch the same bytes, only the first.
fn compatible(diagnostics: &[Diagnostic], offers: bool) -> Vec<&Fix> {
    let mut chosen: Vec<&Fix> = Vec::new();
    let mut known: HashSet<&Fix> = HashSet::new();
    // The edits of each file, in their order.
    let mut taken: BTreeMap<&InputPath, BTreeSet<(Span, &str)>> = BTreeMap::new();
    let wanted = diagnostics.iter().filter(|diagnostic| offers || diagnostic.severity != Severity::Note);
    for fix in wanted.filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        let collides = |edit: &Edit| {
            let Some(others) = taken.get(&edit.path) else { return false };
            let own = (edit.span, edit.replacement.as_str());
            // Those taken touch only others of their own fix, so the nearest ones tell.
            let after = Span::empty(edit.span.end as usize + 1);
            let mut near = others.range(..(after, "")).rev().take(NEAREST);
            near.any(|other| *other != own && touch(other.0, edit.span))
        };
        if !known.insert(fix) || fix.edits.is_empty() || fix.edits.iter().any(collides) {
            continue;
        }
        for edit in &fix.edits {
            taken.entry(&edit.path).or_default().insert((edit.span, &edit.replacement));
        }
        chosen.push(fix);
    }
    chosen
}

/// Whether two edits of one file overlap, or insert at the same place.
fn touch(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
        || a.start == b.start
        || (a.is_empty() || b.is_empty()) && a.start <= b.end && b.start <= a.end
}
