//! `dossier serve`: the site as it will be, while it is being written.

use std::net::IpAddr;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use clap::Args;

use super::console::Console;
use super::{Exit, Failure};
use crate::base::diagnostic::Diagnostic;
use crate::report::Tally;
use crate::serve::{Preview, serve};

/// Preview the site as it will be; nothing is written
#[derive(Debug, Args)]
pub struct Serve {
    /// The port to listen on [default: 1111, or the next that is free]
    #[arg(long, short)]
    port: Option<u16>,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
}

impl Serve {
    /// Serves until it is interrupted.
    pub fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.place()?;
        let (port, any_port) = (self.port.unwrap_or(1111), self.port.is_none());
        let preview = Preview { host: self.host, port, any_port, drafts: self.drafts };
        let is_quiet = console.is_quiet();
        let started = |address: &str| {
            console.complain(format_args!("{address} shows the site as it is; Ctrl-C ends the preview"));
            if self.open && open(address).is_err() {
                console.complain("no browser could be opened; open the address by hand");
            }
        };
        let last: Mutex<Tally> = Mutex::default();
        let notify = move |diagnostics: &[Diagnostic]| {
            let tally = Tally::of(diagnostics);
            let mut last = last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if tally != *last && !is_quiet {
                let verdict = tally.verdict().map_or("nothing to mend".to_owned(), |(_, line)| line);
                anstream::eprintln!("{verdict} (`dossier check` shows more)");
            }
            *last = tally;
        };
        serve(place.world, &preview, started, notify).map_err(|why| {
            Failure(format!("cannot listen on {}, port {port}: {why}; try another `--port`", self.host))
        })?;
        Ok(Exit::Clean)
    }
}

/// Opens an address in the browser that the system prefers.
fn open(address: &str) -> std::io::Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(drop)
}
