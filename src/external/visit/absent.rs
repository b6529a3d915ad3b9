//! What stands for [`visit`](self) in a program that was built without an HTTP client: no host is asked.

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
    /// Where whoever runs a host learns who asks.
    pub home: Option<String>,
}

/// Asks for `urls`.
///
/// # Errors
/// Always.
pub fn visit(_: &[Url], _: &Answers, _: &Manners, _: &mut dyn FnMut(&Url, &Answer)) -> io::Result<Answers> {
    Err(io::Error::other(Part::Links.lacking()))
}
