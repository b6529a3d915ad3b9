//! What is at a path of a state of the dossier.

/// What is at a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Entry {
    pub sort: Sort,
    /// What the contents hash to.
    pub hash: String,
    /// In bytes.
    pub size: u64,
}

/// A sort of file.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sort {
    File,
    Executable,
    Link,
    /// A submodule, a pipe, a device.
    Special,
}
