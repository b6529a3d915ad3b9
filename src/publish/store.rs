//! The interface of a store for files.

use std::fmt;

/// The folder of the program's own files at a target.
pub const OWN: &str = ".dossier/";

/// The folder in [`OWN`] for uploads to stores that cannot write a file atomically.
pub(crate) const PARTS: &str = "parts/";

/// The maximum length of a file of a site that is read at its target, and of any answer of a server, in bytes. It is
/// more than a file of a dossier may have, because a book holds several of them.
pub const LARGEST_READ: u64 = 1 << 30;

/// The maximum number of files and folders that a target may list.
pub const MOST_LISTED: usize = 1_000_000;

/// The HTTP headers of a file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Headers {
    pub content_type: &'static str,
    pub cache_control: &'static str,
}

/// Why a store refused, in words without credentials.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a store says of a file without reading it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Entry {
    /// The path; a folder's ends with a slash. Not every store has folders.
    pub path: String,
    /// The length in bytes.
    pub length: u64,
    /// The MD5 of the content in hexadecimal digits, or what may be one: object stores give it as the entity tag, but
    /// not of what is encrypted with a customer's key.
    pub md5: Option<String>,
    /// Whether it is a link, a pipe or a device: never what was published.
    pub is_special: bool,
}

/// A store for files. Each call retries where that may help; several run concurrently. Paths are relative.
pub trait Store: Sync {
    /// The content of a file of at most `most` bytes; `None` if it does not exist.
    ///
    /// # Errors
    /// If the store refuses, or the file is larger: what is at a target may be anybody's.
    fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a file.
    ///
    /// # Errors
    /// If the store refuses.
    fn write(&self, path: &str, bytes: Vec<u8>, headers: &Headers) -> Result<(), StoreError>;

    /// Deletes a file, if it exists; or an empty folder, whose path ends with a slash.
    ///
    /// # Errors
    /// If the store refuses.
    fn delete(&self, path: &str) -> Result<(), StoreError>;

    /// The files below a folder, which ends with a slash, and the folders if the store has them; everything if it is
    /// empty. Empty if the folder does not exist.
    ///
    /// # Errors
    /// If the store refuses, or lists more than [`MOST_LISTED`].
    fn list(&self, folder: &str) -> Result<Vec<Entry>, StoreError>;

    /// Deletes the folder of this name and those in it, if no file is in them.
    ///
    /// # Errors
    /// If the store refuses.
    fn delete_folder(&self, path: &str) -> Result<(), StoreError> {
        let folder = format!("{path}/");
        let mut inside: Vec<String> = self.list(&folder)?.into_iter().map(|entry| entry.path).collect();
        if inside.iter().any(|path| !path.ends_with('/')) {
            return Err(StoreError(
                "a folder with files that this program did not write is in the way".to_owned(),
            ));
        }
        inside.push(folder);
        // The innermost first: a folder must be empty.
        inside.sort_unstable_by(|a, b| b.cmp(a));
        inside.dedup();
        inside.iter().try_for_each(|folder| self.delete(folder))
    }

    /// Whether files are read without waiting for a network.
    fn is_near(&self) -> bool {
        false
    }

    /// Copies a file; `false` if it does not exist.
    ///
    /// # Errors
    /// If the store refuses.
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.copy_through(from, to)
    }

    /// Copies a file by downloading and uploading it; `false` if it does not exist.
    ///
    /// # Errors
    /// If the store refuses.
    fn copy_through(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let headers = Headers { content_type: "application/octet-stream", cache_control: "no-store" };
        match self.read(from, LARGEST_READ)? {
            Some(bytes) => self.write(to, bytes, &headers).map(|()| true),
            None => Ok(false),
        }
    }
}

/// Refuses a list of more than [`MOST_LISTED`].
pub(crate) fn few_enough(listed: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
    match listed.len() > MOST_LISTED {
        true => Err(StoreError(format!("it has more than {MOST_LISTED} files"))),
        false => Ok(listed),
    }
}
