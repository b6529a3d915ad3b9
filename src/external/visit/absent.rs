//! Replaces [`visit`](self) in a program built without an HTTP client: no requests are sent.

use std::io;
use std::time::Duration;

use url::Url;

use super::{Answer, Answers};
use crate::base::part::Part;

/// How hosts are asked.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How long a host is left in peace between two requests.
    pub pause: Duration,
    /// How long an answer is waited for.
    pub patience: Duration,
    /// The address that tells hosts who sends the requests.
    pub home: Option<String>,
}

/// Returns an error, because there is no HTTP client.
///
/// # Errors
/// Always.
pub fn visit(_: &[Url], _: &Answers, _: &Manners, _: &mut dyn FnMut(&Url, &Answer)) -> io::Result<Answers> {
    Err(io::Error::other(Part::Links.lacking()))
}
