//! The command line: arguments, and one thin file per command.
//!
//! Exit codes: 0 for success (even with warnings), 1 if the dossier has errors (or warnings with `--deny
//! warnings`), 2 if the command failed: a wrong argument, a file that cannot be written, no dossier.

mod annotate;
mod build;
mod check;
mod completions;
mod console;
mod explain;
mod external;
mod given;
mod hyperlink;
mod import;
mod init;
mod key;
mod licenses;
mod locate;
mod lsp;
mod man;
mod new;
mod publish;
mod rename;
mod row;
mod schema;
mod screen;
mod serve;
mod start;
mod theme;
mod translate;
mod triage;
mod verify;
mod version;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Style};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::base::date::{Day, Edtf};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::part::Part;
use crate::data::reading;
use crate::ide::Refusal;
use console::{Console, Global};

#[derive(Debug, Parser)]
#[command(
    name = "dossier",
    version,
    disable_version_flag = true,
    about = "A compiler for evidence: an article and its annotations in Markdown become a cross-linked site",
    after_help = "Without a command, on a terminal, the browser opens: the dossier around the current folder, or a start page.\n\nExit codes: 0 success; 1 the dossier has errors; 2 the command failed.",
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    /// Print the licences of this program and of third-party work in it
    #[arg(long, exclusive = true)]
    licenses: bool,
    /// Print the version
    #[arg(long, short = 'V')]
    version: bool,
    /// With --version, ask whether there is a newer one; nothing is asked otherwise
    #[arg(long, requires = "version")]
    check: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Build(build::Build),
    Publish(publish::Publish),
    Serve(serve::Serve),
    Lsp(lsp::Lsp),
    Annotate(annotate::Annotate),
    Import(import::Import),
    Rename(rename::Rename),
    Row(row::Row),
    Translate(translate::Translate),
    Triage(triage::Triage),
    Explain(explain::Explain),
    Verify(verify::Verify),
    Key(key::Key),
    Schema(schema::Schema),
    Theme(theme::Theme),
    Completions(completions::Completions),
    #[command(name = "man")]
    Manual(man::Manual),
}

/// The outcome of a command that did not fail.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
enum Exit {
    /// No errors in the dossier.
    Clean,
    /// The dossier has errors, or a copy differs.
    Found,
}

/// Why a command failed: one line that says what, where and how to fix it.
#[derive(Debug)]
struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .lines()
            .enumerate()
            .try_for_each(|(at, line)| write!(f, "{}{line}", if at == 0 { "" } else { " " }))
    }
}

impl From<crate::emit::EmitError> for Failure {
    fn from(error: crate::emit::EmitError) -> Failure {
        Failure(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure(error.to_string())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure(refusal.0)
    }
}

/// Runs the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_bare = arguments.len() < 2;
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return refuse_usage(&error),
    };
    let mut console = Console::new(arguments.global);
    let exit = match arguments.command {
        _ if arguments.licenses => licenses::print(&mut console),
        _ if arguments.version => version::print(arguments.check, &mut console),
        Some(command) => dispatch(command, &mut console),
        None if console.is_attended() && console.is_in_dossier() => {
            dispatch(Command::Serve(serve::Serve::opening()), &mut console)
        }
        None if console.is_attended() => {
            start_threads(None);
            start::run(&mut console)
        }
        None => return refuse_usage(&no_command(is_bare)),
    };
    let result = exit.and_then(|exit| Ok(console.flush().map(|()| exit)?));
    match result {
        Ok(Exit::Clean) => ExitCode::SUCCESS,
        Ok(Exit::Found) => ExitCode::from(1),
        Err(failure) => {
            const ERROR: Style = AnsiColor::Red.on_default().bold();
            console.complain(format_args!("{ERROR}error{ERROR:#}: {failure}"));
            ExitCode::from(2)
        }
    }
}

fn refuse_usage(error: &clap::Error) -> ExitCode {
    // If even this cannot be printed, there is no way left to report it.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// What is said where a command is missing and nobody sees a browser: the help, if nothing else is given either.
fn no_command(is_bare: bool) -> clap::Error {
    let help = Arguments::command().arg_required_else_help(true).try_get_matches_from(["dossier"]);
    match help {
        Err(help) if is_bare => help,
        _ => Arguments::command().error(ErrorKind::MissingSubcommand, "a command is needed, such as `build`"),
    }
}

/// Whether any finding is an error.
fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Parses a day; a month or a year means its last day.
fn day(text: &str) -> Result<Day, String> {
    let date = Edtf::parse(text).map_err(|why| {
        let meant = reading::date::read(text);
        format!("not a date: {why}{}", reading::did_you_mean(&meant))
    })?;
    date.latest().ok_or_else(|| "a day is needed, such as `2023-11-02`".to_owned())
}

/// Says which parts of a site this program was built without.
fn tell_missing(console: &mut Console) -> io::Result<()> {
    let missing = Part::ALL.into_iter().filter(|part| part.is_of_the_site() && !part.is_here());
    let names: Vec<String> = missing.map(|part| format!("`{}`", part.feature())).collect();
    if names.is_empty() {
        return Ok(());
    }
    let names = names.join(" and ");
    console.say(format_args!("note: this program was built without {names}, so sites lack them"))
}

/// The stack of each thread that does the work, in bytes. What authors nest is bounded to fit the usual size by
/// far; this is for what a library calls more deeply than its authors thought.
const STACK: usize = 16 << 20;

/// Starts the threads that do the work: `number` of them, or one per core.
fn start_threads(number: Option<NonZeroUsize>) {
    let number = number.map_or(0, NonZeroUsize::get);
    // This fails only if they are already running.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).num_threads(number).build_global();
}

fn dispatch(command: Command, console: &mut Console) -> Result<Exit, Failure> {
    start_threads(match &command {
        Command::Build(build) => build.threads,
        _ => None,
    });
    if let Command::Check(_) | Command::Build(_) | Command::Serve(_) = command {
        tell_missing(console)?;
    }
    match command {
        Command::Init(init) => init.run(console),
        Command::New(new) => new.run(console),
        Command::Check(check) => check.run(console),
        Command::Build(build) => build.run(console),
        Command::Publish(publish) => publish.run(console),
        Command::Serve(serve) => serve.run(console),
        Command::Lsp(lsp) => lsp.run(console.root()),
        Command::Annotate(annotate) => annotate.run(console),
        Command::Import(import) => import.run(console),
        Command::Rename(rename) => rename.run(console),
        Command::Row(row) => row.run(console),
        Command::Translate(translate) => translate.run(console),
        Command::Triage(triage) => triage.run(console),
        Command::Explain(explain) => explain.run(console),
        Command::Verify(verify) => verify.run(console),
        Command::Key(key) => key.run(console),
        Command::Schema(schema) => schema.run(console),
        Command::Theme(theme) => theme.run(console),
        Command::Completions(completions) => completions.run(console),
        Command::Manual(manual) => manual.run(console),
    }
}
