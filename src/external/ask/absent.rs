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
