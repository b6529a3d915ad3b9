//! `dossier build`: the site, written to a folder.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::session::{Options, Snapshot};

/// Build the site
#[derive(Debug, Args)]
pub struct Build {
    /// The folder to write to
    #[arg(long, short, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// Where the site will be published [default: `base_url` in dossier.toml]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    pub drafts: bool,
    /// Write the site although it has errors
    #[arg(long)]
    pub keep_going: bool,
    /// How many threads to use [default: one a core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

impl Build {
    /// Reports what was found.
    pub fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: self.drafts, base_url: self.base_url };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        console.report(&snapshot, &place)?;
        Err(Failure("`dossier build` is not wired yet".into()))
    }
}
