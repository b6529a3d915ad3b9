//! `dossier translate`: lists translations and whether they are current.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::ide::change::Said;
use crate::ide::translations::{self, State, Translation};
use crate::session::{Options, Snapshot};
use crate::world::edit::{Changes, rewrites};
use crate::world::overlay::Overlay;

/// List translations, or record that they match their current originals
#[derive(Debug, Args)]
pub(crate) struct Translate {
    /// Record that these translations match their current originals
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "all")]
    accept: Vec<PathBuf>,
    /// Accept every translation
    #[arg(long)]
    all: bool,
}

impl Translate {
    /// Lists, or records.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let world = Arc::new(Overlay::over(place.world.clone()));
        let snapshot = Snapshot::take(world.clone(), &Options { drafts: true, ..Options::default() });
        let list = translations::list(&snapshot.graph);
        if !self.all && self.accept.is_empty() {
            return print(&list, console);
        }
        let mut accepted: Vec<&Translation<'_>> = Vec::new();
        for file in &self.accept {
            let path = place.input(file);
            let translation = list.iter().find(|translation| Some(&translation.path) == path.as_ref());
            let missing = || {
                Failure(format!("`{}` is not a translation; `dossier translate` lists them", file.display()))
            };
            accepted.push(translation.ok_or_else(missing)?);
        }
        if self.all {
            accepted.extend(list.iter().filter(|translation| translation.state != State::Missing));
        }
        let mut edits = Vec::new();
        for translation in accepted {
            edits.extend(translations::accept(&*world, translation)?);
        }
        let changes = Changes { rewrites: rewrites(&*world, &edits)?, moves: Vec::new() };
        let names: Vec<&str> = changes.rewrites.iter().map(|rewrite| rewrite.path.name()).collect();
        place.carry_out(&changes, &Said::of("accept", &names.join(", ")))?;
        for rewrite in &changes.rewrites {
            console.print(format_args!("recorded {}", rewrite.path))?;
        }
        Ok(Exit::Clean)
    }
}

fn print(list: &[Translation<'_>], console: &mut Console) -> Result<Exit, Failure> {
    // With `--quiet`, only what needs work.
    let is_quiet = console.is_quiet();
    for translation in list.iter().filter(|translation| !is_quiet || translation.state != State::Current) {
        let Translation { lang, state, path, .. } = translation;
        console.print(format_args!("{:<10}  {lang}  {path}", state.word()))?;
    }
    let count = |state: &State| list.iter().filter(|translation| translation.state == *state).count();
    let counts: Vec<String> =
        State::ALL.iter().map(|state| format!("{} {}", count(state), state.word())).collect();
    console.say(counts.join(", "))?;
    Ok(Exit::Clean)
}
