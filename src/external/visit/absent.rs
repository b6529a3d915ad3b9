//! Replaces `visit` in a program built without an HTTP client: it asks no host, and says how to have one that
//! does.

use std::io;
use std::time::Duration;

use url::Url;

use super::{Answer, Answers};
use crate::base::part::Part;

/// How hosts are asked.
#[derive(Clone, Debug)]
pub(crate) struct Manners {
    /// The delay between requests to the same host.
    pub pause: Duration,
    /// How long to wait for an answer.
    pub patience: Duration,
    /// The address that tells a host who asks.
    pub home: Option<String>,
}

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
