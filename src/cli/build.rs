//! `dossier build`: the site, written to a folder.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
        let folder = self.output.unwrap_or_else(|| place.root.join("public"));
        refuse_own_files(&folder, &place.root)?;
        if let Some(threads) = self.threads {
            // It fails only where the threads run already, and then their number is no longer open.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
        }
        let options = Options { drafts: self.drafts, base_url: self.base_url };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        let press = snapshot.press();
        let found = if console.is_verbose() { snapshot.diagnostics() } else { snapshot.problems() };
        let mut found = found.to_vec();
        let may_write = self.keep_going || !super::has_errors(&found);
        let emitted = match press {
            Err(why) => {
                found.extend_from_slice(why);
                None
            }
            Ok(_) if !may_write => None,
            Ok(press) => {
                let bundle = press.bundle();
                let files: Vec<_> =
                    bundle.files().iter().map(|(path, content)| (path.clone(), content)).collect();
                let bar = progress(console, files.len());
                let tell = |made: usize| bar.set_position(made as u64);
                let emitted = emit(&folder, &files, |content| press.bytes(content), tell);
                bar.finish_and_clear();
                match emitted {
                    Ok(emitted) => Some(emitted),
                    Err(EmitError::Content(failed)) => {
                        found.extend(failed);
                        None
                    }
                    Err(error) => return Err(Failure(error.to_string())),
                }
            }
        };
        console.report(&found, &snapshot.texts(&found), &place)?;
        match emitted {
            None => console.say("nothing was written")?,
            Some(emitted) => tell_of(&emitted, &folder, console)?,
        }
        // The process ends: to take a large dossier apart, piece by piece, would be time for nothing.
        std::mem::forget(snapshot);
        Ok(if super::has_errors(&found) { Exit::Found } else { Exit::Clean })
    }
}

/// A site is not written over what it is made of.
fn refuse_own_files(folder: &Path, root: &Path) -> Result<(), Failure> {
    // A folder that is not there yet is nobody's.
    let (Ok(folder), Ok(root)) = (folder.canonicalize(), root.canonicalize()) else { return Ok(()) };
    let own = root.starts_with(&folder)
        || ["content", "themes"].iter().any(|name| folder.starts_with(root.join(name)));
    match own {
        true => {
            let what = format!("`{}` holds the dossier's own files", folder.display());
            Err(Failure(format!("{what}; name another folder with `--output`")))
        }
        false => Ok(()),
    }
}

/// A bar that shows only on a terminal, and only to those who did not ask for quiet.
fn progress(console: &Console, files: usize) -> ProgressBar {
    let target =
        if console.is_chatty() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} to go");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn tell_of(emitted: &Emitted, folder: &Path, console: &mut Console) -> Result<(), Failure> {
    let Emitted { written, unchanged, deleted, foreign } = emitted;
    let name = folder.display();
    console.say(format_args!("{name}: {written} files written, {unchanged} unchanged, {deleted} deleted"))?;
    if let Some((first, others)) = foreign.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        console.say(format_args!("left alone, as this program did not write it: `{first}`{more}"))?;
    }
    Ok(())
}
