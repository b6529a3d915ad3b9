//! The dossiers that the user opened last, in the user's own folder: a line for each, the last one first.

use std::io;
use std::path::{Path, PathBuf};

use super::dir::Dir;
use super::secret;

/// The file's name.
const NAME: &str = "recent";

/// The size of the longest list that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// How many dossiers are remembered.
const MOST: usize = 10;

/// Their folders, the last one first. Some may be gone.
///
/// # Errors
/// If the user has no home folder, or the list cannot be read.
pub(crate) fn list() -> io::Result<Vec<PathBuf>> {
    read(&Dir::create(&secret::folder()?)?)
}

/// Remembers that a dossier was opened. A path that does not fit into a line is not remembered.
///
/// # Errors
/// If the user has no home folder, or the list cannot be read or written.
pub(crate) fn add(dossier: &Path) -> io::Result<()> {
    let own = Dir::create(&secret::folder()?)?;
    let known = read(&own)?;
    let others = known.iter().map(PathBuf::as_path).filter(|path| *path != dossier);
    let lines = [dossier].into_iter().chain(others).filter_map(Path::to_str);
    let lines = lines.filter(|line| !line.contains(['\n', '\r'])).take(MOST);
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    own.replace(NAME, text.as_bytes(), false)
}

fn read(own: &Dir) -> io::Result<Vec<PathBuf>> {
    match own.read(NAME, LARGEST) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).lines().map(PathBuf::from).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
