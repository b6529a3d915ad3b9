//! `dossier check`: reports what is wrong; `--fix` applies fixes.

use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::external::External;
use super::{Exit, Failure};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::ide::change::Said;
use crate::ide::fixes;
use crate::report::Tally;
use crate::session::{Options, Snapshot, shown, texts};
use crate::untrusted;
use crate::world::World;

/// Report what is wrong with the dossier; nothing is built
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Apply every safe fix, then report what is left
    #[arg(long)]
    fix: bool,
    /// With --fix, apply the fixes of notes too, such as linking every unlinked name
    #[arg(long, requires = "fix")]
    offers: bool,
    /// Exit with 1 if there are warnings, too
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    deny: Option<String>,
    /// Use the theme in this folder, which may be outside of the dossier
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Also report what a contribution may not touch, compared with a revision of Git, such as
    /// `origin/main`, or with a folder, such as `../before`
    #[arg(long, value_name = "BASE", conflicts_with_all = ["fix", "external"])]
    untrusted: Option<String>,
    #[command(flatten)]
    external: External,
}

impl Check {
    /// Applies fixes if `--fix` is given, then checks.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.themed_place(self.theme.as_deref())?;
        let options = Options { drafts: self.drafts, ..Options::default() };
        let gravest = if self.deny.is_some() { Severity::Warning } else { Severity::Error };
        let exit = |found: &[Diagnostic]| match found.iter().any(|found| found.severity <= gravest) {
            true => Exit::Found,
            false => Exit::Clean,
        };
        if self.external.is_wanted() {
            let found = self.external.run(&place, &options, self.fix.then_some(self.offers), console)?;
            return Ok(exit(&found));
        }
        let snapshot = match self.fix {
            false => Snapshot::take(place.world.clone(), &options),
            true => {
                let fixed = fixes::fix(place.world.clone(), &options, self.offers)?;
                place.carry_out(&fixed.changes, &Said::of("fix-all", "check --fix"))?;
                for fix in &fixed.applied {
                    let path = fix.edits.first().map_or("", |edit| edit.path.as_str());
                    console.say(format_args!("fixed {path}: {}", fix.title))?;
                }
                fixed.snapshot
            }
        };
        let (mut found, mut sources) = shown(&**snapshot.world(), snapshot.diagnostics());
        if let Some(base) = &self.untrusted {
            let mut touched = untrusted::findings(&place.root, base, place.world.today()).map_err(Failure)?;
            // Only of what was read as text is there an excerpt.
            let is_read = |found: &&Diagnostic| found.labels.iter().any(|label| !label.span.is_empty());
            let read: Vec<Diagnostic> = touched.iter().filter(is_read).cloned().collect();
            sources.extend(texts(&**snapshot.world(), &read));
            touched.append(&mut found);
            found = touched;
        }
        console.report(&found, &sources, &place)?;
        let tally = Tally::of(&found);
        if tally.verdict().is_none() && console.is_chatty() {
            let files: usize = snapshot.graph.entities.iter().map(|entity| entity.editions.len()).sum();
            console.print(format_args!("checked {files} files: nothing to fix"))?;
        }
        Ok(exit(&found))
    }
}
