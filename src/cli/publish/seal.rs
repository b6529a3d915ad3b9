//! Signs an edition before it is published, and has it time-stamped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::super::console::Console;
use super::super::locate::Place;
use super::super::{Failure, given, key};
use super::{Allowed, Publish, variable};
use crate::base::path::SitePath;
use crate::config::{Config, Signature};
use crate::emit::sums;
use crate::external::post;
use crate::publish::PublishError;
use crate::publish::edition::Edition;
use crate::publish::made::Made;
use crate::seal::{SIGNATURE, STAMP, keys, stamp};

/// The most bytes of a key or an answer that are read: both have far fewer.
const LIMIT: usize = 1 << 20;
const PATIENCE: Duration = Duration::from_secs(60);

impl Publish {
    /// Adds the signature of the list of checksums, and the time stamp, as the settings ask. Those at the target stay
    /// where they are of this list already, and with `--repair` where they are whole, too: `are_whole` looks.
    pub(super) fn seal(
        &self,
        made: &mut Made<'_>,
        standing: &Edition,
        are_whole: impl Fn(&Edition) -> Result<bool, PublishError>,
        (config, place): (&Config, &Place),
        console: &mut Console,
    ) -> Result<(), Failure> {
        let Some(settings) = &config.signature else {
            return match &self.sign {
                None => Ok(()),
                Some(_) => {
                    Err(Failure("dossier.toml has no `[signature]` with the `key` to check with".to_owned()))
                }
            };
        };
        let names = [Some(SIGNATURE), settings.authority.as_ref().map(|_| STAMP)];
        let names: Vec<SitePath> = names.into_iter().flatten().map(SitePath::from).collect();
        let list = SitePath::from(sums::FILE);
        let is_same = made.edition.hash(&list).is_some_and(|hash| standing.hash(&list) == Some(hash));
        let there: Option<Vec<_>> =
            names.iter().map(|name| Some((name.clone(), standing.hash(name)?))).collect();
        if let Some(there) = there.filter(|_| is_same)
            && (!self.repair || are_whole(&Edition::of(there.clone()))?)
        {
            made.keep(there);
            return Ok(());
        }
        let Some(secret) = self.secret() else {
            let needed = format!(
                "the settings ask for a signature: pass `--sign FILE` with your secret key, set {}, or pass `--allow unsigned`",
                key::KEY
            );
            if self.allows(Allowed::Unsigned) {
                return Ok(console.say("no key was given, so this edition is not signed")?);
            }
            if !self.dry_run {
                return Err(Failure(needed));
            }
            console.say(format_args!("note: {needed}"))?;
            return added(made, names.into_iter().map(|name| (name, Vec::new())).collect());
        };
        if self.dry_run {
            return added(made, names.into_iter().map(|name| (name, Vec::new())).collect());
        }
        let list = made.bytes(&list).map_err(Failure)?;
        let count = list.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        let comment = format!("{} of {count} files of {}, signed {}", sums::FILE, config.base_url, now());
        let mut files = vec![(SIGNATURE.into(), signed(&list, &secret, settings, &comment, console)?)];
        console.say(format_args!("signed with `{}`", secret.display()))?;
        if let Some(authority) = &settings.authority {
            match stamped(&list, authority, settings, place) {
                Ok(stamp) => {
                    files.push((STAMP.into(), stamp));
                    console.say(format_args!("stamped by {}", authority.value))?;
                }
                Err(Failure(why)) if self.allows(Allowed::Unsigned) => {
                    console.say(format_args!("{why}; this edition has none"))?;
                }
                Err(Failure(why)) => return Err(Failure(format!("{why}; nothing was published"))),
            }
        }
        added(made, files)
    }

    /// The file of the secret key, if one is given.
    fn secret(&self) -> Option<PathBuf> {
        self.sign.clone().or_else(|| variable(key::KEY).map(PathBuf::from))
    }

    /// Whether what is published will be signed, if the settings ask for it.
    pub(super) fn signs(&self) -> bool {
        self.secret().is_some() || !self.allows(Allowed::Unsigned)
    }
}

fn added(made: &mut Made<'_>, files: Vec<(SitePath, Vec<u8>)>) -> Result<(), Failure> {
    made.extend(files).map_err(|path| {
        Failure(format!("`content/{path}` is in the place of the signature; remove or rename it"))
    })
}

fn signed(
    list: &[u8],
    file: &Path,
    settings: &Signature,
    comment: &str,
    console: &mut Console,
) -> Result<Vec<u8>, Failure> {
    let unusable = |why: String| Failure(format!("cannot sign with `{}`: {why}", file.display()));
    let secret = given::read(file, LIMIT as u64).map_err(|why| unusable(why.to_string()))?;
    let secret = String::from_utf8(secret).map_err(|_| unusable("it is not a text".to_owned()))?;
    let password = || key::password(console, file).map_err(|why| why.0);
    keys::sign(list, &secret, password, &settings.key, comment).map(String::into_bytes).map_err(unusable)
}

/// What the authority answers, which is checked before it is published.
fn stamped(list: &[u8], authority: &str, settings: &Signature, place: &Place) -> Result<Vec<u8>, Failure> {
    let unusable = |why: String| Failure(format!("no time stamp from {authority}: {why}"));
    let roots = certificates(settings, place)?;
    let question = stamp::question(list).map_err(unusable)?;
    let answer = post(authority, "application/timestamp-query", question.clone(), LIMIT, PATIENCE)
        .map_err(|why| unusable(why.to_string()))?;
    stamp::answers(&answer, &question).map_err(unusable)?;
    stamp::check(list, &answer, roots.as_deref()).map_err(unusable)?;
    Ok(answer)
}

/// The certificates that the settings name.
pub(in crate::cli) fn certificates(
    settings: &Signature,
    place: &Place,
) -> Result<Option<Arc<[u8]>>, Failure> {
    let unusable = |why| Failure(format!("`certificate` of `[signature]` cannot be used: {why}"));
    settings.certificates(&*place.world).transpose().map_err(unusable)
}

fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
