//! `dossier completions`: prints the script with which a shell completes commands and flags.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::console::Console;
use super::{Arguments, Exit, Failure};

/// Print completions for a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        // `generate` panics if it cannot write; writing to memory cannot fail.
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "dossier", &mut script);
        console.print(String::from_utf8_lossy(&script).trim_end())?;
        Ok(Exit::Clean)
    }
}
