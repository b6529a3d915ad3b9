//! Replaces `ask` in a program built without an HTTP client.

use std::io;
use std::time::Duration;

use crate::base::part::Part;

/// Refuses to ask.
///
/// # Errors
/// Always.
pub(crate) fn ask(_: &str, _: usize, _: Duration) -> io::Result<String> {
    Err(io::Error::other(Part::Links.lacking()))
}

/// Refuses to ask.
///
/// # Errors
/// Always.
pub(crate) fn post(_: &str, _: &'static str, _: Vec<u8>, _: usize, _: Duration) -> io::Result<Vec<u8>> {
    Err(io::Error::other(Part::Links.lacking()))
}
