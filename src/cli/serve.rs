//! `dossier serve`: previews the site while it is being written.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::{Args, ValueEnum};

use super::console::Console;
use super::screen::Screen;
use super::{Exit, Failure};
use crate::base::date::Day;
use crate::serve::{Editor, News, Preview, serve};
use crate::world::recent;

/// The port that is tried first.
pub(super) const PORT: u16 = 1111;

/// Preview the site in a browser, and edit it there; every change is shown immediately
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port to listen on [default: 1111, or the next free one]
    #[arg(long, short)]
    port: Option<u16>,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Use the theme in this folder, which may be outside of the dossier
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// Show drafts and what is under embargo; `no` shows what a build would publish
    #[arg(long, value_name = "WHETHER", default_value = "yes", default_missing_value = "yes", num_args = 0..=1, require_equals = true)]
    drafts: Whether,
    /// Show what was known on that day, with the status it had then
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<Day>,
    /// Poll for changes, for network folders that do not report them
    #[arg(long)]
    poll: bool,
    /// Do not let the browser change any file
    #[arg(long)]
    read_only: bool,
}

#[derive(Copy, Clone, Debug, Eq, PartialEq, ValueEnum)]
enum Whether {
    Yes,
    No,
}

impl Serve {
    /// `dossier serve --open`.
    pub(crate) fn opening() -> Serve {
        Serve {
            port: None,
            host: Ipv4Addr::LOCALHOST.into(),
            open: true,
            theme: None,
            drafts: Whether::Yes,
            as_of: None,
            poll: false,
            read_only: false,
        }
    }

    /// Serves until interrupted.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let place = console.themed_place(self.theme.as_deref())?;
        let port = self.port.unwrap_or(PORT);
        let preview = Preview {
            host: self.host,
            port,
            any_port: self.port.is_none(),
            drafts: self.drafts == Whether::Yes,
            as_of: self.as_of,
            poll: self.poll,
            editor: Editor::of_environment(),
            editable: !self.read_only,
        };
        let screen = Screen::new(console, &place);
        if console.is_attended()
            && let Err(why) = recent::add(place.world.real())
        {
            screen.show(News::Notice(&format!("the start page will not list this dossier: {why}")));
        }
        let wants_browser = self.open;
        let tell = move |news: News<'_>| {
            let address =
                if let News::Started(site, desk) = news { Some(desk.unwrap_or(site)) } else { None };
            screen.show(news);
            if let Some(address) = address
                && wants_browser
                && open(address).is_err()
            {
                screen.show(News::Notice("cannot open a browser; open the address yourself"));
            }
        };
        serve(place.world, &preview, tell).map_err(|why| {
            Failure(format!("cannot listen on {}, port {port}: {why}; try another `--port`", self.host))
        })?;
        Ok(Exit::Clean)
    }
}

/// Opens an address in the system's default browser.
pub(super) fn open(address: &str) -> std::io::Result<()> {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    let mut child =
        command.args(arguments).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Unless something waits for the child, it remains a zombie until the preview ends.
    std::thread::spawn(move || child.wait());
    Ok(())
}
