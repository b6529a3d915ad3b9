//! Files that the user names, which may be anywhere.

use std::fs::File;
use std::io::{self, Read, Write};
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

/// Writes a new file that only its owner can read.
///
/// # Errors
/// If there is a file already, or it cannot be written.
#[expect(clippy::disallowed_methods, reason = "a file the user names here is not part of the dossier")]
pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
