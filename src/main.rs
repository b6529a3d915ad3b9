//! The `dossier` program.

use std::process::ExitCode;

/// Pages are made of many small strings: with it a large build takes a quarter less time than with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dossier::cli::run(std::env::args_os())
}
