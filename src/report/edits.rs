//! Lists planned edits, one per line, for a dry run.

use crate::base::diagnostic::Edit;
use crate::base::lines::Lines;
use crate::world::edit::{Changes, Rewrite};

/// `content/x.md:3:5: `old` → `new``, and the files to be renamed. `prefix` is put before every path.
pub(crate) fn edits(edits: &[Edit], changes: &Changes, prefix: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for Rewrite { path, before, .. } in &changes.rewrites {
        let text = String::from_utf8_lossy(before.as_deref().unwrap_or_default());
        let index = Lines::new(&text);
        for edit in edits.iter().filter(|edit| edit.path == *path) {
            let at = index.position(edit.span.range().start);
            let (old, new) = (text.get(edit.span.range()).unwrap_or_default(), edit.replacement.trim());
            let what = match old {
                "" => format!("+ `{new}`"),
                old => format!("`{old}` → `{new}`"),
            };
            lines.push(format!("{prefix}{path}:{}:{}: {what}", at.line, at.column));
        }
    }
    lines.extend(changes.moves.iter().map(|(from, to)| format!("{prefix}{from} → {prefix}{to}")));
    lines
}
