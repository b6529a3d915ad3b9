//! A place that takes files one by one.

use std::fmt;

/// Where the program's own files stand at a target.
pub const OWN: &str = ".dossier/";

/// Where files arrive that a store cannot write whole or not at all, in [`OWN`].
pub const PARTS: &str = "parts/";

/// What a host is to say of a file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Cache-Control`.
    pub cache_control: &'static str,
}

/// Why a store refused, in words that show no credential.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place that takes files one by one. Each call tries again by itself where that may help; several run at
/// once. Paths are relative.
pub trait Store: Sync {
    /// What a file holds; `None` where there is none.
    ///
    /// # Errors
    /// Where the store refuses.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a file.
    ///
    /// # Errors
    /// Where the store refuses.
    fn write(&self, path: &str, bytes: Vec<u8>, headers: &Headers) -> Result<(), StoreError>;

    /// Deletes a file, or finds it gone.
    ///
    /// # Errors
    /// Where the store refuses.
    fn delete(&self, path: &str) -> Result<(), StoreError>;

    /// The files below a folder, which ends with a slash; below all where it is empty. None where it is not
    /// there.
    ///
    /// # Errors
    /// Where the store refuses.
    fn list(&self, folder: &str) -> Result<Vec<String>, StoreError>;

    /// Copies a file; `false` where there is none.
    ///
    /// # Errors
    /// Where the store refuses.
    fn copy(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.copy_through(from, to)
    }

    /// Copies a file by way of here; `false` where there is none.
    ///
    /// # Errors
    /// Where the store refuses.
    fn copy_through(&self, from: &str, to: &str) -> Result<bool, StoreError> {
        let headers = Headers { content_type: "application/octet-stream", cache_control: "no-store" };
        match self.read(from)? {
            Some(bytes) => self.write(to, bytes, &headers).map(|()| true),
            None => Ok(false),
        }
    }
}
