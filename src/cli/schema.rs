//! `dossier schema`: prints the JSON Schema of a kind's front matter, for editors.

use clap::Args;

use super::console::Console;
use super::{Exit, Failure, new};
use crate::ide::schema;
use crate::kinds::KindId;

/// Print the JSON Schema of a kind's front matter, for editors
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The kind
    #[arg(value_parser = new::kinds())]
    kind: KindId,
}

impl Schema {
    /// Prints the schema.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        console.print(format_args!("{:#}", schema::of(self.kind)))?;
        Ok(Exit::Clean)
    }
}
