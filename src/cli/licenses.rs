//! `dossier --licenses`: the licences of the program and of everything in it.

use super::console::Console;
use super::{Exit, Failure};

const OWN: &str = "Dossier is yours under the MIT or the Apache 2.0 licence, as you choose.";

/// Written by `licenses/make.py`.
const OTHERS: &str = include_str!("../../licenses/THIRD-PARTY.txt");

/// Prints them.
pub(crate) fn print(console: &mut Console) -> Result<Exit, Failure> {
    console.print(format_args!("{OWN}\n\n{OTHERS}"))?;
    Ok(Exit::Clean)
}
