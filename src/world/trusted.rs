//! The servers to which the user lets the program send credentials, and the folders outside of a dossier to which it
//! may write, in the user's own folder: a dossier names the server or folder of a target, and may be somebody else's.

use std::io;

use super::dir::Dir;
use super::secret;

/// The file's name. Each line is a server, or the path of a folder.
const NAME: &str = "trusted-servers";

/// The size of the longest list that is read, in bytes.
const MOST: u64 = 1 << 20;

/// Whether the user trusts this server or folder.
///
/// # Errors
/// If the user has no home folder, or the list cannot be read.
pub(crate) fn contains(server: &str) -> io::Result<bool> {
    Ok(list(&Dir::create(&secret::folder()?)?)?.lines().any(|line| line == server))
}

/// Remembers that the user trusts this server or folder.
///
/// # Errors
/// If the user has no home folder, or the list cannot be read or written.
pub(crate) fn add(server: &str) -> io::Result<()> {
    let folder = Dir::create(&secret::folder()?)?;
    let list = list(&folder)?;
    if list.lines().any(|line| line == server) {
        return Ok(());
    }
    folder.replace(NAME, format!("{list}{server}\n").as_bytes(), true)
}

fn list(folder: &Dir) -> io::Result<String> {
    match folder.read(NAME, MOST) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
            io::Error::other(format!("`{}` is damaged; delete it", folder.path().join(NAME).display()))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    }
}
