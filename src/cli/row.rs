//! `dossier row`: makes a file of its own of a row of a table, and back.

use clap::{Args, Subcommand};

use super::console::Console;
use super::{Exit, Failure};
use crate::ide::change::Said;
use crate::link::Edition;
use crate::load::table;
use crate::session::{Options, Snapshot};

/// Make a file of its own of a row of a table such as `content/actors.csv`, or a row of a file
#[derive(Debug, Args)]
pub(crate) struct Row {
    #[command(subcommand)]
    way: Way,
}

#[derive(Debug, Subcommand)]
enum Way {
    /// Move a row out of its table, into a file of its own
    Out {
        /// The id
        id: String,
    },
    /// Move a file into the table of its kind, as a row
    In {
        /// The id
        id: String,
    },
}

impl Row {
    /// Moves the row and prints the files that are made or gone.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let options = Options { drafts: true, ..Options::default() };
        let snapshot = Snapshot::take(place.world.clone(), &options);
        let (Way::Out { id } | Way::In { id }) = &self.way;
        let nothing = || Failure(format!("nothing has the id `{id}`"));
        let entity = snapshot.graph.by_id(id).map(|ix| snapshot.graph.entity(ix)).ok_or_else(nothing)?;
        let changes = match &self.way {
            Way::Out { .. } => table::moved_out(&*place.world, entity.path())?,
            Way::In { .. } => {
                // The original is the first.
                let file = |(number, edition): (usize, &Edition)| {
                    let lang = (number > 0).then(|| edition.input.lang.as_str().to_owned());
                    (edition.input.path.clone(), lang)
                };
                let files: Vec<_> = entity.editions.iter().enumerate().map(file).collect();
                table::moved_in(&*place.world, entity.id.as_str(), &files)?
            }
        };
        let word = if matches!(self.way, Way::Out { .. }) { "row-out" } else { "row-in" };
        place.carry_out(&changes, &Said::of(word, entity.original().title()))?;
        for path in changes.paths() {
            console.print(format_args!("{}{path}", place.prefix()))?;
        }
        Ok(Exit::Clean)
    }
}
