//! `dossier lsp`: the language server for editors.

use std::path::Path;

use clap::Args;

use super::{Exit, Failure};
use crate::lsp;

/// Serve an editor: findings while you type, completion, fixes (Language Server Protocol, on standard input and output)
#[derive(Debug, Args)]
pub(crate) struct Lsp {
    /// Accepted because editors pass it; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Lsp {
    /// Serves one editor until it ends.
    pub(crate) fn run(self, root: Option<&Path>) -> Result<Exit, Failure> {
        lsp::serve(root).map_err(Failure)?;
        Ok(Exit::Clean)
    }
}
