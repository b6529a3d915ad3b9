//! The `dossier` program.

use std::process::ExitCode;

/// Pages consist of many small strings: with mimalloc a large build takes a quarter less time than with the system allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dossier::cli::run(std::env::args_os())
}
