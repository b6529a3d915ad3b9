//! Writes the corpus to a folder, as a dossier or as a Hugo site that shows the same.
//!
//!     cargo bench --bench corpus -- 10000 FOLDER [--hugo] [--seed N] [--languages 2] [--hub N]

#[path = "mod.rs"]
mod corpus;

use std::path::PathBuf;
use std::process::ExitCode;

use corpus::{Corpus, Plan};

const USAGE: &str =
    "cargo bench --bench corpus -- PAGES FOLDER [--hugo] [--seed N] [--languages 1|2] [--hub REFERRERS]";

fn main() -> ExitCode {
    let Some((plan, folder, for_hugo)) = read_arguments() else {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    };
    let corpus = Corpus::new(plan);
    let written = if for_hugo { corpus::hugo::write(&corpus, &folder) } else { corpus.write(&folder) };
    match written {
        Ok(()) => {
            println!("{}: {} pages", folder.display(), corpus.entities().count() + 1);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn read_arguments() -> Option<(Plan, PathBuf, bool)> {
    // Cargo adds a flag of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut plan = Plan::of(arguments.next()?.parse().ok()?);
    let folder = PathBuf::from(arguments.next()?);
    let mut for_hugo = false;
    while let Some(flag) = arguments.next() {
        match flag.as_str() {
            "--hugo" => for_hugo = true,
            "--seed" => plan.seed = arguments.next()?.parse().ok()?,
            "--languages" => {
                plan.languages = arguments.next()?.parse().ok().filter(|n| (1..=2).contains(n))?
            }
            "--hub" => plan.hub = Some(arguments.next()?.parse().ok()?),
            _ => return None,
        }
    }
    Some((plan, folder, for_hugo))
}
