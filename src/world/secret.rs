//! A key of the user's own, outside of every dossier.
//!
//! What the program keeps in a dossier's folder for its next run (`emit::cache`) is sealed with this key, because a
//! dossier that comes from somebody else may bring such files along: without the key nobody can make one that is
//! believed.

use std::io::{self, Write};
use std::path::PathBuf;

use super::dir::Dir;

/// The file's name.
const NAME: &str = "key";

/// The key; made on first use.
///
/// # Errors
/// If the user has no home folder, or the system refuses.
pub(crate) fn key() -> io::Result<[u8; 32]> {
    let folder = Dir::create(&folder()?)?;
    match folder.read(NAME, 32) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(&folder)?,
        _ => {}
    }
    // Of two processes that made one, both use the last.
    let key = folder.read(NAME, 32)?.try_into();
    key.map_err(|_| {
        io::Error::other(format!("`{}` is damaged; delete it", folder.path().join(NAME).display()))
    })
}

fn make(folder: &Dir) -> io::Result<()> {
    let mut key = [0; 32];
    getrandom::fill(&mut key)?;
    let new = format!("{NAME}.{}", std::process::id());
    let mut file = folder.new_file(&new)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(&key)?;
    folder.rename(&new, folder, NAME)
}

/// The folder for what programs keep between runs: `XDG_STATE_HOME` (XDG Base Directory Specification 0.8), on Windows
/// `%LOCALAPPDATA%`.
pub(super) fn folder() -> io::Result<PathBuf> {
    let given =
        std::env::var_os(if cfg!(windows) { "LOCALAPPDATA" } else { "XDG_STATE_HOME" }).map(PathBuf::from);
    let state = given.filter(|path| path.is_absolute());
    let state = state.or_else(|| Some(std::env::home_dir()?.join(".local/state")));
    let state =
        state.filter(|path| path.is_absolute()).ok_or_else(|| io::Error::other("there is no home folder"))?;
    Ok(state.join("dossier"))
}
