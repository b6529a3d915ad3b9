//! `dossier verify`: checks that a published copy is what was built.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::Console;
use super::{Exit, Failure, given};
use crate::base::path::SitePath;
use crate::emit::sums::{self, FILE, Fault};
use crate::publish::remote::Remote;
use crate::publish::store::Store;
use crate::world::LARGEST;
use crate::world::dir::Dir;

/// Check a published copy against its checksums
#[derive(Debug, Args)]
#[command(
    after_help = "The command reads every file listed in `SHA256SUMS` from the copy and compares its checksum. The copy's own \
                  list reveals damage; your own list shows whether the copy is the edition that you have."
)]
pub(crate) struct Verify {
    /// The folder of the copy, or its address
    copy: String,
    /// Use this list of checksums, or the one in this folder, instead of the copy's own
    #[arg(long, value_name = "DIR|FILE")]
    against: Option<PathBuf>,
}

/// Where files are read from.
enum Place {
    Folder(Dir),
    Site(Box<Remote>),
}

impl Verify {
    /// Compares every listed file of the copy with its checksum.
    pub(crate) fn run(self, console: &mut Console) -> Result<Exit, Failure> {
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
        Ok(if faults.is_empty() { Exit::Clean } else { Exit::Found })
    }
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
