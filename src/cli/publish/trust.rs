//! What a target may do only if the user says so once: send credentials to a server, or write outside of the dossier's
//! folder. The dossier names the target, and may be somebody else's.

use std::path::{Component, Path};

use super::super::build::{is_own_folder, resolved};
use super::super::console::Console;
use super::{Failure, Publish};
use crate::config::publish::{Host, Target};
use crate::serve::ASKED;
use crate::world::trusted;

impl Publish {
    /// Refuses a server or a folder that only the dossier names, and that the user has never named.
    pub(super) fn check_trust(
        &self,
        target: &Target,
        root: &Path,
        console: &mut Console,
    ) -> Result<(), Failure> {
        let Some((named, what)) = chosen(target, root)? else { return Ok(()) };
        match &self.trust {
            Some(given) if is_same(given, &named) => {
                if let Err(why) = trusted::add(&named) {
                    console.say(format_args!("note: `--trust` is not remembered for later runs: {why}"))?;
                }
                return Ok(());
            }
            None if trusted::contains(&named)
                .map_err(|why| Failure(format!("cannot read what you trust: {why}")))? =>
            {
                return Ok(());
            }
            _ => {}
        }
        let [before, after] = ASKED;
        Err(Failure(format!("the target `{}` {what}, {before}{named}{after}", target.name)))
    }
}

/// What the dossier has chosen: its name, and what the target does with it; `None` if nobody has to be asked.
fn chosen(target: &Target, root: &Path) -> Result<Option<(String, String)>, Failure> {
    if let Some(server) = target.host.chosen_server() {
        let what = format!(
            "sends your credentials to {server}, which you have never trusted here; if this server is the right one"
        );
        return Ok(Some((server, what)));
    }
    let Host::Folder { path } = &target.host else { return Ok(None) };
    let folder = root.join(path).join(target.prefix.trim_start_matches('/'));
    let refused = |what: &str| {
        Failure(format!("`{}` is {what}; choose another `path` for `{}`", folder.display(), target.name))
    };
    if is_own_folder(&folder, root) {
        return Err(refused("one of the dossier's own folders, or contains them"));
    }
    let (Some(folder), Ok(root)) = (resolved(&folder), root.canonicalize()) else {
        return Err(refused("not there to be looked at"));
    };
    match folder.strip_prefix(&root) {
        // Other programs read settings and commands there.
        Ok(below) if below.components().any(is_hidden) => Err(refused("in a hidden folder of the dossier")),
        Ok(_) => Ok(None),
        Err(_) => {
            let named = folder.display().to_string();
            let what = format!(
                "writes to {named}, outside of the dossier, which you have never trusted here; if this folder is the right \
                 one"
            );
            Ok(Some((named, what)))
        }
    }
}

fn is_hidden(name: Component<'_>) -> bool {
    matches!(name, Component::Normal(name) if name.as_encoded_bytes().starts_with(b"."))
}

/// Whether the user has given this server or folder.
fn is_same(given: &str, named: &str) -> bool {
    let given = given.trim_end_matches(['/', std::path::MAIN_SEPARATOR]);
    given == named || resolved(Path::new(given)).is_some_and(|given| given == Path::new(named))
}
