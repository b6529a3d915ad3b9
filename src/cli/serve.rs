//! `dossier serve`: the site as it will be, while it is being written.

use std::net::IpAddr;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::session::{Options, Snapshot};

/// Preview the site, and reload it as files change; nothing is written
#[derive(Debug, Args)]
pub struct Serve {
    /// The port to listen on
    #[arg(long, short, default_value_t = 1111)]
    pub port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
}

impl Serve {
    /// Reports what was found.
    pub fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: self.drafts, base_url: None };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        console.report(&snapshot, &place)?;
        Err(Failure("`dossier serve` is not wired yet".into()))
    }
}
