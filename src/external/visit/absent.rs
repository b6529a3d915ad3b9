//! Replaces `visit` in a program built without an HTTP client: it asks no host, and says how to have one that
//! does.

use std::io;

use url::Url;

use super::{Answer, Answers, Manners};
use crate::base::part::Part;

/// Refuses to ask.
///
/// # Errors
/// Always.
pub(crate) fn visit(
    _: &[Url],
    _: &Answers,
    _: &Manners,
    _: &mut dyn FnMut(&Url, &Answer),
) -> io::Result<Answers> {
    Err(io::Error::other(Part::Links.lacking()))
}
