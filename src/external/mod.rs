//! Checks links to other sites: the only part of the program that contacts other people's hosts, and only on
//! request.
//!
//! [`Addresses`] are the dossier's links, with every place where they are written. [`visit()`] requests them
//! politely and returns an [`Answer`] for each; the [`Ledger`] caches good answers. [`findings()`] turns
//! answers into findings. [`copies()`] asks for archived copies, [`ask()`] one address for a
//! short text, and [`post()`] for an answer.

mod addresses;
#[cfg(feature = "links")]
mod ask;
#[cfg(not(feature = "links"))]
#[path = "ask/absent.rs"]
mod ask;
mod copies;
mod findings;
mod ledger;
#[cfg(feature = "links")]
mod visit;
#[cfg(not(feature = "links"))]
#[path = "visit/absent.rs"]
mod visit;

pub(crate) use addresses::Addresses;
pub(crate) use ask::{ask, post};
pub(crate) use copies::{FOUND, WAYBACK, copies};
pub(crate) use findings::{CODES, findings};
pub(crate) use ledger::Ledger;
pub(crate) use visit::visit;

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

/// The answer for each address.
pub(crate) type Answers = BTreeMap<Url, Answer>;

/// How to send requests.
#[derive(Clone, Debug)]
pub(crate) struct Manners {
    /// The delay between requests to the same host.
    pub pause: Duration,
    /// How long to wait for an answer.
    pub patience: Duration,
    /// The address of the site, if known: it tells hosts who sends the requests.
    pub home: Option<String>,
}

/// The result of checking an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Answer {
    /// The page exists.
    Good,
    /// The page exists, and its server redirects permanently to another address.
    Moved(Url),
    /// The page does not exist, and why.
    Broken(Fault),
    /// Unknown, and why.
    Unsure(String),
}

/// Why a link is broken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// There is no host of that name.
    NoHost,
    /// The host refuses connections.
    Refused,
    /// Browsers warn about the host's certificate, and why.
    Certificate(String),
    /// The server says that the page does not exist, with this status.
    Gone(u16),
}
