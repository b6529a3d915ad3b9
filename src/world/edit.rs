//! The one way in which the program changes what an author wrote: whole files, swapped in, never over an edit.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::diagnostic::Edit;
use crate::base::path::InputPath;

/// Applies edits to the text they were made for, the last ones first.
///
/// Of edits that overlap only the one that starts first is applied; the others need another run. Returns
/// the new text and how many were applied.
pub fn apply(text: &str, edits: &[&Edit]) -> (String, usize) {
    let mut sorted: Vec<&&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span, &edit.replacement));
    sorted.dedup();
    let mut result = String::with_capacity(text.len() + 64);
    let (mut done, mut applied) = (0, 0);
    for edit in sorted {
        let range = edit.span.range();
        if range.start < done || text.get(range.clone()).is_none() {
            continue;
        }
        result.push_str(&text[done..range.start]);
        result.push_str(&edit.replacement);
        done = range.end;
        applied += 1;
    }
    result.push_str(&text[done..]);
    (result, applied)
}

/// Writes into a dossier's own files.
pub struct Desk {
    root: PathBuf,
}

impl Desk {
    /// The desk of the dossier in `root`.
    pub fn at(root: &Path) -> Desk {
        Desk { root: root.to_owned() }
    }

    /// Makes a new file, and its folders.
    ///
    /// # Errors
    /// Where there is such a file already, or it cannot be written.
    pub fn create(&self, path: &InputPath, content: &[u8]) -> io::Result<()> {
        let target = self.root.join(path.as_str());
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(target)?;
        file.write_all(content)
    }

    /// Replaces `before`, which was read from `path`, with `after`.
    ///
    /// # Errors
    /// Where the file no longer holds `before`, or cannot be written. The file is then as it was.
    #[expect(clippy::disallowed_methods, reason = "compares what stands on the disk with what was read")]
    pub fn replace(&self, path: &InputPath, before: &Arc<[u8]>, after: &[u8]) -> io::Result<()> {
        let target = self.root.join(path.as_str()).canonicalize()?;
        if std::fs::read(&target)?[..] != before[..] {
            return Err(io::Error::other("it changed while the program was running"));
        }
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let temporary = target.with_file_name(format!(".{name}.dossier-{}", std::process::id()));
        let permissions = std::fs::metadata(&target)?.permissions();
        let written = (|| {
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&temporary)?;
            file.write_all(after)?;
            file.set_permissions(permissions)?;
            file.sync_all()?;
            std::fs::rename(&temporary, &target)
        })();
        if written.is_err() {
            // The first error is the one to report; a stray temporary file is all that this can leave.
            let _ = std::fs::remove_file(&temporary);
        }
        written
    }

    /// Gives a file another name.
    ///
    /// # Errors
    /// Where a file of that name is there already, or the move fails.
    pub fn rename(&self, from: &InputPath, to: &InputPath) -> io::Result<()> {
        let (from, to) = (self.root.join(from.as_str()), self.root.join(to.as_str()));
        if to.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::rename(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    #[test]
    fn edits_apply_once_each_and_never_overlap() {
        let edit = |start, end, replacement: &str| Edit {
            path: "x.md".into(),
            span: Span::new(start, end),
            replacement: replacement.into(),
        };
        let edits = [edit(4, 7, "two"), edit(0, 3, "ONE"), edit(2, 5, "?"), edit(0, 3, "ONE")];
        let edits: Vec<&Edit> = edits.iter().collect();
        assert_eq!(apply("one 222 three", &edits), ("ONE two three".to_owned(), 2));
    }
}
