//! `dossier` without a command, outside of a dossier: the start page.

use std::io::Write;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::console::Console;
use super::serve::{PORT, open};
use super::{Exit, Failure};
use crate::serve::{Editor, News, Preview, Tell, start};

/// Opens the browser, and serves until interrupted.
pub(crate) fn run(console: &mut Console) -> Result<Exit, Failure> {
    let preview = Preview {
        host: Ipv4Addr::LOCALHOST.into(),
        port: PORT,
        any_port: true,
        drafts: true,
        as_of: None,
        poll: false,
        editor: Editor::of_environment(),
        editable: true,
    };
    let out = Arc::new(Mutex::new(console.side()));
    let say = move |line: &str| {
        // If even this fails, there is no way left to report it.
        let _ = writeln!(out.lock().unwrap_or_else(PoisonError::into_inner), "{line}");
    };
    let started = {
        let say = say.clone();
        move |address: &str| {
            say(&format!("{address} is the start page, for you alone; press Ctrl-C to stop"));
            if open(address).is_err() {
                say("note: cannot open a browser; open the address yourself");
            }
        }
    };
    let teller = move |folder: &Path| -> Box<Tell> {
        let (say, folder) = (say.clone(), folder.display().to_string());
        Box::new(move |news| match news {
            News::Started(site, desk) => say(&format!("{} shows `{folder}`", desk.unwrap_or(site))),
            News::Notice(what) => say(&format!("note: {what}")),
            // The browser shows the rest.
            News::Changed { .. } | News::Shown { .. } | News::Checked(..) => {}
        })
    };
    start::serve(&preview, started, teller)
        .map_err(|why| Failure(format!("cannot open the start page: {why}")))?;
    Ok(Exit::Clean)
}
