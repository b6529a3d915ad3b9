//! `dossier build`: the site, written to a folder.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::emit::{EmitError, Emitted, emit};
use crate::session::{Options, Snapshot};

/// Build the site
#[derive(Debug, Args)]
pub struct Build {
    /// The folder to write to [default: public, in the dossier's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the site will be published [default: `base_url` in dossier.toml]
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Write the site although the dossier has errors
    #[arg(long)]
    keep_going: bool,
    /// How many threads to use [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl Build {
    /// Reports what was found, and writes the site unless there are errors.
    pub fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        if let Some(threads) = self.threads {
            // It fails only where the threads run already, and then their number is no longer open.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
        }
        let options = Options { drafts: self.drafts, base_url: self.base_url };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        let press = snapshot.press();
        let mut found = [&snapshot.diagnostics[..], &press.diagnostics].concat();
        let folder = self.output.unwrap_or_else(|| place.root.join("public"));
        let emitted = match press.value.filter(|_| self.keep_going || !super::has_errors(&found)) {
            None => None,
            Some(press) => {
                let bundle = press.bundle();
                let files: Vec<_> = bundle.files().iter().map(|(path, content)| (path.clone(), content)).collect();
                match emit(&folder, &files, |content| press.bytes(content), |_| ()) {
                    Ok(emitted) => Some(emitted),
                    Err(EmitError::Content(failed)) => {
                        found.extend(failed);
                        None
                    }
                    Err(error) => return Err(Failure(error.to_string())),
                }
            }
        };
        console.report(&found, &snapshot.texts(), &place)?;
        match emitted {
            None => console.say("nothing was written")?,
            Some(Emitted { written, unchanged, deleted, .. }) => {
                let folder = folder.display();
                console.say(format_args!("{folder}: {written} files written, {unchanged} unchanged, {deleted} deleted"))?;
            }
        }
        Ok(if super::has_errors(&found) { Exit::Found } else { Exit::Clean })
    }
}
