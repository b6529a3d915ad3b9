//! `dossier --licenses`: what others made that is in the program, and under which terms.

use super::console::Console;
use super::{Exit, Failure};

/// The program's own terms.
const OWN: &str = "Dossier is yours under the MIT or the Apache 2.0 licence, as you choose.";

/// Made by `licenses/make.py`.
const OTHERS: &str = include_str!("../../licenses/THIRD-PARTY.txt");

/// Prints it all.
pub fn print(console: &mut Console) -> Result<Exit, Failure> {
    console.print(format_args!("{OWN}\n\n{OTHERS}"))?;
    Ok(Exit::Clean)
}
