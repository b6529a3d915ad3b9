//! `dossier key`: makes a pair of keys, with which editions are signed.

use std::path::{Path, PathBuf};

use clap::Args;

use super::console::Console;
use super::{Exit, Failure, given};
use crate::config::dossier_around;
use crate::seal::keys;

/// The environment variable that names the file of the secret key.
pub(super) const KEY: &str = "DOSSIER_SIGN_KEY";

/// The environment variable with its password, for programs: a person is asked.
pub(super) const PASSWORD: &str = "DOSSIER_SIGN_PASSWORD";

/// Make a key to sign published editions with
#[derive(Debug, Args)]
#[command(
    after_help = "The file is the secret key, in the format of minisign: keep it outside the dossier, and a copy of it \
                        elsewhere. The command prints the public key, for dossier.toml. The password is asked for; where nobody \
                        can be asked, it is in DOSSIER_SIGN_PASSWORD."
)]
pub(crate) struct Key {
    /// The file to write, such as ~/.minisign/minisign.key
    file: PathBuf,
    /// Protect the key with no password: anyone who has the file can sign as you
    #[arg(long)]
    no_password: bool,
}

impl Key {
    /// Makes the pair, writes the secret one, and prints the public one.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let shown = self.file.display();
        if self.file.symlink_metadata().is_ok() {
            return Err(Failure(format!("`{shown}` exists already; a key is never overwritten")));
        }
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let here = folder.unwrap_or(Path::new(".")).canonicalize();
        let here = here.map_err(|why| Failure(format!("cannot write `{shown}`: {why}")))?;
        if let Some(dossier) = dossier_around(&here) {
            let what =
                format!("`{shown}` is in the dossier `{}`, whose files are published", dossier.display());
            return Err(Failure(format!("{what}; keep the secret key elsewhere")));
        }
        let password = if self.no_password { None } else { Some(new_password(console)?) };
        let (secret, public) = keys::make(password).map_err(Failure)?;
        given::write_private(&self.file, &secret)
            .map_err(|why| Failure(format!("cannot write `{shown}`: {why}")))?;
        console.say(format_args!("{shown} is the secret key; in dossier.toml write:\n"))?;
        console.print(format_args!("[signature]\nkey = \"{public}\""))?;
        Ok(Exit::Clean)
    }
}

/// A password that is given twice.
fn new_password(console: &mut Console) -> Result<String, Failure> {
    let given = given_password().map_or_else(|| ask(console, "password for the new key"), Ok)?;
    if given.is_empty() {
        return Err(Failure("a key needs a password, or `--no-password`".to_owned()));
    }
    if given_password().is_none() && console.secret("the same again")? != given {
        return Err(Failure("the two passwords differ; no key was made".to_owned()));
    }
    Ok(given)
}

/// The password of a key, from the environment or a person.
pub(super) fn password(console: &mut Console, key: &Path) -> Result<String, Failure> {
    let question = format!("password of `{}`", key.display());
    given_password().map_or_else(|| ask(console, &question), Ok)
}

fn given_password() -> Option<String> {
    std::env::var(PASSWORD).ok()
}

fn ask(console: &mut Console, question: &str) -> Result<String, Failure> {
    match console.is_attended() {
        true => console.secret(question),
        false => Err(Failure(format!("nobody can be asked for the {question}; set {PASSWORD}"))),
    }
}
