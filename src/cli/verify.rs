//! `dossier verify`: checks that a published copy is what was built, and who published it when.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::console::Console;
use super::publish::certificates;
use super::{Exit, Failure, given};
use crate::base::path::SitePath;
use crate::config;
use crate::emit::sums::{self, FILE, Fault, Sum};
use crate::publish::remote::Remote;
use crate::publish::store::Store;
use crate::seal::{SIGNATURE, STAMP, Stamp, keys, stamp};
use crate::world::LARGEST;
use crate::world::dir::{Dir, Kind, Visited};

/// Check a published copy against its checksums
#[derive(Debug, Args)]
#[command(
    after_help = "The command reads every file listed in `SHA256SUMS` from the copy and compares its checksum. The copy's own \
                  list reveals damage; your own list shows whether the copy is the edition that you have. A signature shows who \
                  made the list, and a time stamp when: the key and the certificate to check them with are those of \
                  `[signature]` in dossier.toml, or given."
)]
pub(crate) struct Verify {
    /// The folder of the copy, or its address
    copy: String,
    /// Use this list of checksums, or the one in this folder, instead of the copy's own
    #[arg(long, value_name = "DIR|FILE")]
    against: Option<PathBuf>,
    /// The public key that the list of checksums must be signed with, or a file with it
    #[arg(long, value_name = "KEY|FILE")]
    key: Option<String>,
    /// The certificates, in PEM, that must vouch for the time stamp of the list
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
}

/// How many files beside the list are named.
const SHOWN: usize = 10;

/// Where files are read from.
enum Place {
    Folder(Dir),
    Site(Box<Remote>),
}

impl Verify {
    /// Compares every listed file of the copy with its checksum.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
        let expected = self.expected(console)?;
        let place = Place::of(&self.copy)?;
        let (name, text) = match &self.against {
            None => (format!("{FILE} of {}", self.copy), place.read(&FILE.into())),
            Some(given) => {
                let path = if given.is_dir() { given.join(FILE) } else { given.clone() };
                (path.display().to_string(), given::read(&path, LARGEST))
            }
        };
        let text = text.map_err(|why| Failure(format!("cannot read `{name}`: {why}")))?;
        let listed = sums::read(&String::from_utf8_lossy(&text))
            .map_err(|line| Failure(format!("line {line} of `{name}` is not a checksum and a path")))?;
        let faults = sums::faults(&listed, |path| place.read(path));
        for (path, fault) in &faults {
            match fault {
                Fault::Missing => console.print(format_args!("{path} is missing"))?,
                Fault::Differs => console.print(format_args!("{path} differs"))?,
                Fault::Unreadable(why) => console.print(format_args!("{path} cannot be read: {why}"))?,
            }
        }
        let (copy, count) = (&self.copy, listed.len());
        match faults.len() {
            0 => console.say(format_args!("{copy}: all {count} files are as listed"))?,
            n => console.say(format_args!("{copy}: {n} of {count} files are not as listed"))?,
        }
        let unlisted = place.unlisted(&listed)?;
        for path in unlisted.iter().take(SHOWN) {
            console.say(format_args!("note: {path} is not in the list, so nothing is known of it"))?;
        }
        if let Some(rest) = unlisted.len().checked_sub(SHOWN).filter(|rest| *rest > 0) {
            console.say(format_args!("note: nor are {rest} other files"))?;
        }
        let is_sealed = expected.hold(&place, console)?;
        Ok(if faults.is_empty() && is_sealed { Exit::Clean } else { Exit::Found })
    }

    /// What was given, or else what the settings of the dossier say that the command is run in.
    fn expected(&self, console: &Console) -> Result<Expected, Failure> {
        let settings = match console.is_in_dossier() {
            true => {
                let place = console.place()?;
                config::read(&*place.world, None).value.signature.map(|signature| (signature, place))
            }
            false => None,
        };
        let key = match &self.key {
            Some(given) if Path::new(given).is_file() => {
                let read = given::read(Path::new(given), LARGEST);
                let read = read.map_err(|why| Failure(format!("cannot read the key `{given}`: {why}")))?;
                Some(String::from_utf8_lossy(&read).into_owned())
            }
            Some(given) => Some(given.clone()),
            None => settings.as_ref().map(|(signature, _)| signature.key.value.clone()),
        };
        if let Some(Err(why)) = key.as_deref().map(keys::public) {
            return Err(Failure(format!("the key to check with cannot be used: {why}")));
        }
        let roots = match (&self.certificate, &settings) {
            (Some(file), _) => {
                let read = given::read(file, LARGEST);
                let read = read.map_err(|why| Failure(format!("cannot read `{}`: {why}", file.display())));
                Some(read?.into())
            }
            (None, Some((signature, place))) => certificates(signature, place)?,
            (None, None) => None,
        };
        let is_stamped =
            roots.is_some() || settings.is_some_and(|(signature, _)| signature.authority.is_some());
        Ok(Expected { key, roots, is_stamped })
    }
}

/// What the seals of a copy are held to.
struct Expected {
    /// The public key; without one, what is signed is only named.
    key: Option<String>,
    /// Who must vouch for the time stamp.
    roots: Option<Arc<[u8]>>,
    /// Whether there must be a time stamp.
    is_stamped: bool,
}

impl Expected {
    /// Whether the seals of a copy are good, which is said.
    fn hold(&self, place: &Place, console: &mut Console) -> Result<bool, Failure> {
        let read = |name: &str| match place.read(&name.into()) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(Failure(format!("cannot read `{name}`: {why}"))),
        };
        let (signature, stamp) = (read(SIGNATURE)?, read(STAMP)?);
        if signature.is_none() && stamp.is_none() && self.key.is_none() && !self.is_stamped {
            return Ok(true);
        }
        let list = read(FILE)?.unwrap_or_default();
        let mut holds = true;
        let mut tell = |name: &str, told: Option<Result<String, String>>| match told {
            None => Ok(()),
            Some(Ok(good)) => console.say(format_args!("{name}: {good}")),
            Some(Err(why)) => {
                holds = false;
                console.print(format_args!("{name}: {why}"))
            }
        };
        let signed = match (&signature, &self.key) {
            (None, None) => None,
            (None, Some(_)) => Some(Err("missing, so nobody signed this copy".to_owned())),
            (Some(signature), key) => Some(signed(&list, signature, key.as_deref())),
        };
        tell(SIGNATURE, signed)?;
        let stamped = match &stamp {
            None if !self.is_stamped => None,
            None => Some(Err("missing, so this copy has no time stamp".to_owned())),
            Some(stamp) => Some(stamped(&list, stamp, self.roots.as_deref())),
        };
        tell(STAMP, stamped)?;
        Ok(holds)
    }
}

fn signed(list: &[u8], signature: &[u8], key: Option<&str>) -> Result<String, String> {
    let signature = String::from_utf8_lossy(signature);
    let Some(key) = key else {
        let signer = keys::signer(&signature)?;
        return Ok(format!("not checked; it names the key {signer}: pass the public key with `--key`"));
    };
    keys::check(list, &signature, key).map(|comment| format!("good: {comment}"))
}

fn stamped(list: &[u8], stamp: &[u8], roots: Option<&[u8]>) -> Result<String, String> {
    let Stamp { time, authority } = stamp::check(list, stamp, roots)?;
    let said = format!("{time}, by {authority}");
    Ok(match roots {
        Some(_) => format!("good: {said}"),
        None => format!("{said}; who that is was not checked: pass the certificate with `--certificate`"),
    })
}

impl Place {
    fn of(copy: &str) -> Result<Place, Failure> {
        match copy.starts_with("https://") || copy.starts_with("http://") {
            true => Ok(Place::Site(Box::new(Remote::site(copy)?))),
            false => match Dir::open(Path::new(copy)) {
                Ok(folder) => Ok(Place::Folder(folder)),
                Err(why) => Err(Failure(format!("cannot open `{copy}`: {why}"))),
            },
        }
    }

    /// The files that browsers could open and that the list lacks, in a folder: a site cannot be asked for them.
    fn unlisted(&self, listed: &BTreeMap<SitePath, Sum>) -> Result<Vec<String>, Failure> {
        let Place::Folder(folder) = self else { return Ok(Vec::new()) };
        let mut unlisted = Vec::new();
        let visited = folder.visit(&mut |Visited { path, kind, .. }| {
            // Hosts and publishing keep their own records in hidden files.
            let is_seen = !path.rsplit('/').next().unwrap_or(path).starts_with('.');
            let is_listed =
                [FILE, SIGNATURE, STAMP].contains(&path) || listed.contains_key(&SitePath::from(path));
            if is_seen && kind != Kind::Folder && !is_listed {
                unlisted.push(path.to_owned());
            }
            is_seen
        });
        visited.map_err(|why| Failure(format!("cannot list the copy: {why}")))?;
        unlisted.sort();
        Ok(unlisted)
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        match self {
            Place::Folder(folder) => folder.read(path.as_str(), LARGEST),
            Place::Site(remote) => {
                let read =
                    remote.read(path.as_str(), LARGEST).map_err(|why| io::Error::other(why.to_string()))?;
                read.ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }
}
