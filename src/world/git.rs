//! Whether Git tracks what is in a folder.
//!
//! `git` is not run: what a repository sets up can be somebody else's, and runs commands.

use std::path::Path;

use memchr::memmem;

use super::LARGEST;
use super::dir::Dir;

/// Whether the repository that holds the dossier at `root` tracks a file below `folder`, a folder in it. `false` if
/// that is not known.
pub(crate) fn tracks(root: &Path, folder: &str) -> bool {
    let Ok(root) = root.canonicalize() else { return false };
    let index = root.ancestors().find_map(|top| {
        let index = Dir::open(top).and_then(|top| top.read(".git/index", LARGEST)).ok()?;
        let below = root.strip_prefix(top).ok()?.to_str()?.replace('\\', "/");
        Some((index, if below.is_empty() { format!("{folder}/") } else { format!("{below}/{folder}/") }))
    });
    index.is_some_and(|(index, path)| lists(&index, &path))
}

/// Whether an index lists a path with this start (gitformat-index, versions 2 and 3: each path follows its length in
/// the low 12 bits of two bytes, and ends with a NUL).
fn lists(index: &[u8], start: &str) -> bool {
    memmem::find_iter(index, start).any(|at| {
        let length = memchr::memchr(0, &index[at..]);
        let flags = at.checked_sub(2).map(|flags| u16::from_be_bytes([index[flags], index[flags + 1]]));
        length.zip(flags).is_some_and(|(length, flags)| usize::from(flags & 0xfff) == length.min(0xfff))
    })
}
