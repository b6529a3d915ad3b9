//! `dossier rename`: changes the id of an entity, and every reference to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::ide::change::Said;
use crate::ide::rename;
use crate::report;
use crate::session::{Options, Snapshot};
use crate::world::edit::{Changes, rewrites};
use crate::world::overlay::Overlay;

/// Change the id of an entity: rename its files, edit every reference, redirect the old address
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// The current id
    old: String,
    /// The new id
    new: String,
    /// Print what would be edited, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Rename {
    /// Computes the edits, verifies them in an overlay, and only then writes.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let before = Snapshot::take(Arc::new(Overlay::over(place.world.clone())), &options);
        let world = before.world().clone();
        let rename = rename::rename(&before, &self.old, &self.new)?;
        let changes = Changes { rewrites: rewrites(&*world, &rename.edits)?, moves: rename.moves };
        let after = Snapshot::take(Arc::new(Overlay::over(world).changed(&changes)?), &options);
        rename::verify(&before, &after, &self.old, &self.new)?;
        if self.dry_run {
            for line in report::edits(&rename.edits, &changes, &place.prefix()) {
                console.print(line)?;
            }
            return Ok(Exit::Clean);
        }
        place.carry_out(&changes, &Said::of("rename", &self.old).with(&self.new))?;
        for (from, to) in &changes.moves {
            console.print(format_args!("{from} → {to}"))?;
        }
        let files: BTreeSet<_> = rename.edits.iter().map(|edit| &edit.path).collect();
        let references = rename.edits.iter().filter(|edit| edit.replacement == self.new).count();
        let references = report::counted(references, "reference");
        console.say(format_args!("edited {references} in {}", report::counted(files.len(), "file")))?;
        Ok(Exit::Clean)
    }
}
