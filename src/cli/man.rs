//! `dossier man`: prints a manual page, from what the help of the commands says.

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::console::Console;
use super::{Arguments, Exit, Failure};

/// Print a manual page, in the format of `man`
#[derive(Debug, Args)]
pub(crate) struct Manual {
    /// The command that the page is about: `import article`; by default the program as a whole
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl Manual {
    /// Prints the page.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        // Help is a flag of every command; only programs with a command `help` have pages about it.
        let mut program = Arguments::command().disable_help_subcommand(true);
        program.build();
        let mut command = &program;
        for word in &self.command {
            command = command.find_subcommand(word).ok_or_else(|| {
                Failure(format!("there is no command `{}`; see `dossier --help`", self.command.join(" ")))
            })?;
        }
        let mut page = Vec::new();
        let version = concat!("dossier ", env!("CARGO_PKG_VERSION"));
        Man::new(command.clone()).source(version).manual("Dossier").render(&mut page)?;
        console.print(String::from_utf8_lossy(&page).trim_end())?;
        Ok(Exit::Clean)
    }
}
