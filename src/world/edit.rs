//! The only code that changes authors' files: whole files, swapped in, and never over an edit made in the
//! meantime.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dir::{Dir, Kind};
use super::{LARGEST_TEXT, World, most_of};
use crate::base::diagnostic::Edit;
use crate::base::path::{InputPath, folded};

/// Changes to an author's files that are made together: all of them, or none.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Files with new content, by path.
    pub rewrites: Vec<Rewrite>,
    /// Files to rename, from and to. Done last.
    pub moves: Vec<(InputPath, InputPath)>,
}

/// A file with its old and its new content. A file without one of the two is created or deleted.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// Where it is.
    pub path: InputPath,
    /// The old content; `None` if there is no file.
    pub before: Option<Arc<[u8]>>,
    /// The new content; `None` to delete the file.
    pub after: Option<Arc<[u8]>>,
}

impl Rewrite {
    /// A file that is not there yet.
    pub(crate) fn created(path: &InputPath, content: String) -> Rewrite {
        Rewrite { path: path.clone(), before: None, after: Some(content.into_bytes().into()) }
    }
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.rewrites.is_empty() && self.moves.is_empty()
    }

    /// The changes that undo these.
    pub(crate) fn inverse(&self) -> Changes {
        let forth = |path, (from, to): &(InputPath, InputPath)| if path == *from { to.clone() } else { path };
        let moved = |path: &InputPath| self.moves.iter().fold(path.clone(), forth);
        let undone = |rewrite: &Rewrite| Rewrite {
            path: moved(&rewrite.path),
            before: rewrite.after.clone(),
            after: rewrite.before.clone(),
        };
        Changes {
            rewrites: self.rewrites.iter().rev().map(undone).collect(),
            moves: self.moves.iter().rev().map(|(from, to)| (to.clone(), from.clone())).collect(),
        }
    }

    /// These changes and then others, as one.
    pub(crate) fn then(&self, next: &Changes) -> Changes {
        let mut rewrites = self.rewrites.clone();
        for rewrite in &next.rewrites {
            // Files are renamed last.
            let back =
                |path, (from, to): &(InputPath, InputPath)| if path == *to { from.clone() } else { path };
            let path = self.moves.iter().rev().fold(rewrite.path.clone(), back);
            match rewrites.iter_mut().find(|known| known.path == path) {
                Some(known) => known.after = rewrite.after.clone(),
                None => rewrites.push(Rewrite { path, ..rewrite.clone() }),
            }
        }
        let mut moves = [&self.moves[..], &next.moves].concat();
        for rewrite in &mut rewrites {
            // A file that comes or goes is not renamed, too.
            if rewrite.before.is_none() || rewrite.after.is_none() {
                let mut path = rewrite.path.clone();
                moves.retain(|(from, to)| {
                    let is_its = path == *from;
                    if is_its {
                        path = to.clone();
                    }
                    !is_its
                });
                if rewrite.before.is_none() {
                    rewrite.path = path;
                }
            }
        }
        rewrites.retain(|rewrite| rewrite.before != rewrite.after);
        Changes { rewrites, moves }
    }

    /// Every file that they touch, under its old and its new name.
    pub(crate) fn paths(&self) -> BTreeSet<InputPath> {
        let moved = self.moves.iter().flat_map(|(from, to)| [from, to]);
        self.rewrites.iter().map(|rewrite| &rewrite.path).chain(moved).cloned().collect()
    }
}

/// Groups edits by file and applies them to the content in `world`, for which they must have been made.
///
/// # Errors
/// If a file cannot be read, or is not UTF-8.
pub(crate) fn rewrites<'a>(
    world: &dyn World,
    edits: impl IntoIterator<Item = &'a Edit>,
) -> io::Result<Vec<Rewrite>> {
    let mut by_path: BTreeMap<&InputPath, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_path.entry(&edit.path).or_default().push(edit);
    }
    let rewrite = |(path, edits): (&InputPath, Vec<&Edit>)| {
        let before = world.read(path)?;
        let text =
            std::str::from_utf8(&before).map_err(|why| io::Error::other(format!("`{path}`: {why}")))?;
        let after = Some(apply(text, &edits).0.into_bytes().into());
        Ok(Rewrite { path: path.clone(), before: Some(before), after })
    };
    by_path.into_iter().map(rewrite).collect()
}

/// Applies edits to the text for which they were made, the last ones first.
///
/// Of overlapping edits only the one that starts first is applied; the others need another run. Returns the
/// new text and how many were applied.
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
pub struct SourceWriter {
    root: PathBuf,
}

impl SourceWriter {
    /// The writer for the dossier in `root`.
    pub fn at(root: &Path) -> SourceWriter {
        SourceWriter { root: root.to_owned() }
    }

    /// Whether the folder contains nothing except hidden files, or does not exist.
    ///
    /// # Errors
    /// If it is not a folder, or cannot be listed.
    pub fn is_bare(&self) -> io::Result<bool> {
        let entries = match Dir::open(&self.root).and_then(|root| root.entries()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(error),
        };
        Ok(entries.iter().all(|(name, _)| name.as_encoded_bytes().first() == Some(&b'.')))
    }

    /// Carries out changes. Verifies everything before writing anything, and undoes what was written if the
    /// rest fails.
    ///
    /// # Errors
    /// If a file changed in the meantime, a name is taken, or the disk refuses. The error names the file.
    pub fn carry_out(&self, changes: &Changes) -> io::Result<()> {
        for Rewrite { path, before, .. } in &changes.rewrites {
            match before {
                Some(before) => self.must_hold(path, before),
                None => self.must_be_free(path, path),
            }
            .map_err(|why| named(path, why))?;
        }
        for (from, to) in &changes.moves {
            self.must_be_free(from, to).map_err(|why| named(to, why))?;
        }
        for (count, rewrite) in changes.rewrites.iter().enumerate() {
            if let Err(why) = self.rewrite(rewrite) {
                let done = changes.rewrites[..count].to_vec();
                self.take_back(&Changes { rewrites: done, moves: Vec::new() });
                return Err(named(&rewrite.path, why));
            }
        }
        for (count, (from, to)) in changes.moves.iter().enumerate() {
            if let Err(why) = self.rename(from, to) {
                let (rewrites, moves) = (changes.rewrites.clone(), changes.moves[..count].to_vec());
                self.take_back(&Changes { rewrites, moves });
                return Err(named(from, why));
            }
        }
        Ok(())
    }

    /// Undoes as much of the changes as was carried out. What cannot be undone is left: another error is reported, or
    /// somebody edited the file since.
    pub(crate) fn take_back(&self, changes: &Changes) {
        for (from, to) in changes.moves.iter().rev() {
            let _ = self.rename(to, from);
        }
        for Rewrite { path, before, after } in changes.rewrites.iter().rev() {
            let back = Rewrite { path: path.clone(), before: after.clone(), after: before.clone() };
            let _ = self.rewrite(&back);
        }
    }

    /// Removes what a killed program left beside the files that it was changing.
    pub(crate) fn sweep(&self, changes: &Changes) -> io::Result<()> {
        let root = Dir::open(&self.root)?;
        for path in changes.paths() {
            let Ok(folder) = root.folder(path.folder()) else { continue };
            for (name, _) in folder.entries()? {
                let name = name.to_str().unwrap_or_default();
                if unfinished(name) == Some((path.name(), true)) {
                    folder.remove_file(name)?;
                }
            }
        }
        Ok(())
    }

    fn rewrite(&self, Rewrite { path, before, after }: &Rewrite) -> io::Result<()> {
        match (before, after) {
            (Some(before), Some(after)) => self.replace(path, before, after),
            (None, Some(after)) => self.create(path, after),
            (Some(before), None) => self.delete(path, before),
            (None, None) => Ok(()),
        }
    }

    /// Deletes a file that contains `before`.
    fn delete(&self, path: &InputPath, before: &[u8]) -> io::Result<()> {
        self.must_hold(path, before)?;
        Dir::open(&self.root)?.remove_file(path.as_str())
    }

    fn must_hold(&self, path: &InputPath, before: &[u8]) -> io::Result<()> {
        let root = Dir::open(&self.root)?;
        match root.read(&root.resolve(path.as_str())?, most_of(path))? == before {
            true => Ok(()),
            false => Err(io::Error::other("it has been changed by another program")),
        }
    }

    /// Whether nothing has the new name of a file, or only the file itself, on a disk that takes the two for one.
    fn must_be_free(&self, from: &InputPath, to: &InputPath) -> io::Result<()> {
        let root = Dir::open(&self.root)?;
        match root.kind(to.as_str()) {
            Ok(_) if folded(from.as_str()) == folded(to.as_str()) && !has(&root, to)? => Ok(()),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Creates a file, whole or not at all, and its folders.
    ///
    /// # Errors
    /// If the file exists already, or cannot be written.
    pub fn create(&self, path: &InputPath, content: &[u8]) -> io::Result<()> {
        let folder = Dir::create(&self.root)?.make_folder(path.folder())?;
        write_whole(&folder, path.name(), content, true)
    }

    /// Adds the lines that a file does not have yet at its end.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub(crate) fn add_lines(&self, path: &InputPath, lines: &[u8]) -> io::Result<()> {
        let before: Arc<[u8]> = Dir::open(&self.root)?.read(path.as_str(), LARGEST_TEXT)?.into();
        let mut after = before.to_vec();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            if before.split(|byte| *byte == b'\n').any(|known| known.trim_ascii() == line.trim_ascii()) {
                continue;
            }
            if !after.is_empty() && !after.ends_with(b"\n") {
                after.push(b'\n');
            }
            after.extend_from_slice(line);
        }
        self.replace(path, &before, &after)
    }

    /// Replaces `before`, which was read from `path`, with `after`. A link that is [followed](Dir::resolve) stays one.
    ///
    /// # Errors
    /// If the file no longer contains `before`, or cannot be written. The file is then unchanged.
    pub fn replace(&self, path: &InputPath, before: &Arc<[u8]>, after: &[u8]) -> io::Result<()> {
        self.must_hold(path, before)?;
        let root = Dir::open(&self.root)?;
        let path = InputPath::from(root.resolve(path.as_str())?);
        let folder = root.folder(path.folder())?;
        write_whole(&folder, path.name(), after, false)
    }

    /// Removes what killed writers left in `content/` and beside it, and gives a file its name back that they were
    /// renaming. Nobody else may be writing.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(crate) fn clear_up(&self) -> io::Result<()> {
        let root = Dir::open(&self.root)?;
        for Unfinished { path, of, is_part } in self.unfinished()? {
            if is_part {
                root.remove_file(&path)?;
            } else if !has(&root, &InputPath::from(of.as_str()))? {
                root.rename(&path, &root, &of)?;
            }
        }
        Ok(())
    }

    /// What killed writers left.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(crate) fn unfinished(&self) -> io::Result<Vec<Unfinished>> {
        let root = Dir::open(&self.root)?;
        let mut left = Vec::new();
        root.visit(&mut |visited| {
            let (folder, name) = visited.path.rsplit_once('/').unwrap_or(("", visited.path));
            if visited.kind == Kind::File
                && visited.refused.is_none()
                && let Some((of, is_part)) = unfinished(name)
            {
                let of = if folder.is_empty() { of.to_owned() } else { format!("{folder}/{of}") };
                left.push(Unfinished { path: visited.path.to_owned(), of, is_part });
            }
            visited.path == "content" || visited.path.starts_with("content/")
        })?;
        Ok(left)
    }

    /// Renames a file.
    ///
    /// # Errors
    /// If a file with that name exists already, or the move fails.
    pub fn rename(&self, from: &InputPath, to: &InputPath) -> io::Result<()> {
        self.must_be_free(from, to)?;
        let root = Dir::open(&self.root)?;
        root.make_folder(to.folder())?;
        root.rename(from.as_str(), &root, to.as_str())?;
        if !has(&root, from)? {
            return Ok(());
        }
        // Some disks that ignore case take this for nothing to do.
        let between = format!("{to}{BETWEEN}{}", std::process::id());
        root.rename(from.as_str(), &root, &between)?;
        root.rename(&between, &root, to.as_str()).inspect_err(|_| {
            // The first error is the one to report.
            let _ = root.rename(&between, &root, from.as_str());
        })
    }
}

/// A file that a writer had not finished.
pub(crate) struct Unfinished {
    path: String,
    /// The path that it was to have.
    of: String,
    /// Whether it is a part of a file that was being written, and no file of the author's.
    is_part: bool,
}

/// What stands between the name of a file and the number of the process that writes it.
pub(super) const BETWEEN: &str = ".dossier-";

/// The name that a file was to have which a writer had not finished; and whether it is a part of one that was being
/// written.
fn unfinished(name: &str) -> Option<(&str, bool)> {
    let (of, process) = name.rsplit_once(BETWEEN)?;
    let is_number = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    let of = (!of.is_empty() && is_number).then_some(of)?;
    match of.strip_prefix('.') {
        Some(of) => Some((of, true)),
        None => Some((of, false)),
    }
}

/// Creates a file, or replaces one and keeps its permissions. The program can be killed at any moment, and a part of a
/// file is worse than none: so it is written under a temporary name, and then moved.
fn write_whole(folder: &Dir, name: &str, content: &[u8], is_new: bool) -> io::Result<()> {
    let temporary = format!(".{name}{BETWEEN}{}", std::process::id());
    let mut file = folder.new_file(&temporary)?;
    let written = (|| {
        file.write_all(content)?;
        if !is_new {
            file.set_permissions(folder.file(name)?.metadata()?.permissions())?;
        }
        file.sync_all()?;
        match is_new {
            true => folder.rename_new(&temporary, folder, name),
            false => folder.rename(&temporary, folder, name),
        }
    })();
    if written.is_err() {
        // The first error is the one to report; this can leave only a stray temporary file.
        let _ = folder.remove_file(&temporary);
    }
    written
}

/// Why a file could not be changed, in words.
pub(super) fn named(path: &InputPath, why: io::Error) -> io::Error {
    let words = match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("the disk is full, so `{path}` could not be written; nothing was changed")
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            format!("`{path}` is in a place where you may not write; nothing was changed")
        }
        io::ErrorKind::AlreadyExists => format!("there is a file `{path}` already; nothing was changed"),
        io::ErrorKind::NotFound => format!("`{path}` is there no more; nothing was changed"),
        _ => format!("`{path}`: {why}"),
    };
    io::Error::new(why.kind(), words)
}

/// Whether a folder lists a file under exactly this name.
fn has(root: &Dir, path: &InputPath) -> io::Result<bool> {
    let names = root.folder(path.folder())?.entries()?;
    Ok(names.iter().any(|(name, _)| name.to_str() == Some(path.name())))
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

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at the disk")]
    fn what_a_killed_writer_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(path("content/notes")).unwrap();
        std::fs::create_dir_all(path("else")).unwrap();
        let stay = [
            "content/notes/a.md",
            "content/.b.dossier-x",
            "content/.dossier-1",
            "content/c.dossier-",
            "else/.a.dossier-1",
        ];
        let go = [".dossier.toml.dossier-12", "content/notes/.a.md.dossier-8696"];
        for name in
            stay.iter().chain(&go).chain(&["content/notes/B.md.dossier-7", "content/notes/a.md.dossier-7"])
        {
            std::fs::write(path(name), name).unwrap();
        }
        SourceWriter::at(folder.path()).clear_up().unwrap();
        assert!(stay.iter().all(|name| std::fs::read_to_string(path(name)).unwrap() == **name));
        assert!(go.iter().all(|name| !path(name).exists()));
        // The only copy of a text that was being renamed.
        assert_eq!(
            std::fs::read_to_string(path("content/notes/B.md")).unwrap(),
            "content/notes/B.md.dossier-7"
        );
        assert!(path("content/notes/a.md.dossier-7").exists());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test looks at the disk")]
    fn a_line_is_added_once_and_begins_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        for (before, after) in [
            ("", "one\ntwo\n"),
            ("two", "two\none\n"),
            ("three\n", "three\none\ntwo\n"),
            ("three", "three\none\ntwo\n"),
            ("two \r\none", "two \r\none"),
        ] {
            std::fs::write(&path, before).unwrap();
            SourceWriter::at(folder.path()).add_lines(&"list".into(), b"one\ntwo\n").unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), after, "{before:?}");
        }
    }
}
