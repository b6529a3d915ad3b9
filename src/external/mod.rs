//! Whether what is linked to is still there: the only part of the program that asks other people's hosts, and only
//! where somebody asks for it.
//!
//! [`Addresses`] are what the dossier links to, with every place where it does. [`visit()`] asks for them, politely, and
//! gives an [`Answer`] each; the [`Ledger`] remembers those that need not be asked for again soon. [`findings()`] says what
//! the answers mean for the places.

mod addresses;
mod findings;
mod ledger;
#[cfg(feature = "links")]
mod visit;
#[cfg(not(feature = "links"))]
#[path = "visit/absent.rs"]
mod visit;

pub use addresses::{Addresses, Mention};
pub use findings::{CODES, findings};
pub use ledger::Ledger;
pub use visit::{Manners, visit};

use std::collections::BTreeMap;

use url::Url;

/// What was heard of each address.
pub type Answers = BTreeMap<Url, Answer>;

/// What was heard of an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// It is there.
    Good,
    /// It is there, and its server says that it has another address for good.
    Moved(Url),
    /// It is not: why.
    Broken(Fault),
    /// It cannot be told: why.
    Unsure(String),
}

/// Why an address leads nowhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// There is no host of that name.
    NoHost,
    /// The host takes no connections.
    Refused,
    /// Browsers warn of the host's certificate: why.
    Certificate(String),
    /// The server says that it is not there, with this status.
    Gone(u16),
}
