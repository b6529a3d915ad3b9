//! Files that the user names, which may be anywhere.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// What is in a file, a pipe or a device, of at most `most` bytes.
///
/// # Errors
/// If it cannot be read, or is larger.
#[expect(clippy::disallowed_methods, reason = "a file the user names here is not part of the dossier")]
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is larger than {} MB", most >> 20)));
    }
    Ok(bytes)
}
