//! Builds and publishes from the browser, by running `dossier build` and `dossier publish`: there is one way to
//! publish, with its checks, and what it says is what an author reads in a terminal.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::config::Config;

/// A target of the settings.
#[derive(Debug, Serialize)]
pub(crate) struct Target<'c> {
    name: &'c str,
    /// The address of the site there.
    address: Option<&'c str>,
}

/// What the browser asks for.
#[derive(Debug, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Wanted {
    /// Make the site in the folder `public` of the dossier.
    Build,
    /// Say what would be done.
    Plan {
        target: String,
        trust: Option<String>,
    },
    Publish {
        target: String,
        trust: Option<String>,
    },
    RollBack {
        target: String,
        trust: Option<String>,
    },
}

/// What the program said.
#[derive(Debug, Serialize)]
pub(crate) struct Said {
    /// Whether all was done.
    done: bool,
    lines: Vec<String>,
    /// The server or the folder of which the author has to say first that it is the right one.
    asks: Option<String>,
}

/// What stands around the name of a server or a folder that `dossier publish` asks about.
pub(crate) const ASKED: [&str; 2] = ["pass `--trust ", "`, once"];

/// The targets that can be published to.
pub(crate) fn targets(config: &Config) -> Vec<Target<'_>> {
    config
        .targets
        .iter()
        .map(|target| Target { name: &target.name, address: target.base_url.as_deref() })
        .collect()
}

/// Does what is asked; `None` if there is no such target.
///
/// # Errors
/// If the program cannot be started again.
pub(crate) fn publish(root: &Path, config: &Config, wanted: &Wanted) -> io::Result<Option<Said>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--root").arg(root);
    let (name, option, trust) = match wanted {
        Wanted::Build => {
            command.arg("build");
            return said(command).map(Some);
        }
        Wanted::Plan { target, trust } => (target, Some("--dry-run"), trust.as_ref()),
        Wanted::Publish { target, trust } => (target, None, trust.as_ref()),
        Wanted::RollBack { target, trust } => (target, Some("--rollback"), trust.as_ref()),
    };
    let Some(target) = config.targets.iter().find(|target| *target.name == **name) else { return Ok(None) };
    command.arg("publish").args(option).args(trust.map(|trust| format!("--trust={trust}")));
    // The site is built for the address that it gets there.
    if let (Some(address), Wanted::Plan { .. } | Wanted::Publish { .. }) = (&target.base_url, wanted) {
        command.arg("--base-url").arg(address);
    }
    command.arg("--").arg(&*target.name);
    said(command).map(Some)
}

fn said(mut command: Command) -> io::Result<Said> {
    let output = command.stdin(Stdio::null()).output()?;
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let lines: Vec<String> = said.iter().flat_map(|said| said.lines()).map(str::to_owned).collect();
    let [before, after] = ASKED;
    let asked = |line: &String| Some(line.split_once(before)?.1.rsplit_once(after)?.0.to_owned());
    let asks = lines.iter().find_map(asked).filter(|_| !output.status.success());
    Ok(Said { done: output.status.success(), lines, asks })
}
