//! Changes in, an immutable [`Snapshot`] out: the one core that `build`, `check`, `serve` and the editor
//! read.
//!
//! A [`Session`] remembers what was read and understood of every file, and takes up only what changed. What
//! it gives is the same as if all had been read again; a property test holds it to that.

mod library;
mod settings;
mod snapshot;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use snapshot::Snapshot;
pub(crate) use snapshot::texts;

use rayon::prelude::*;

use crate::base::date::Day;
use crate::base::diagnostic::Code;
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::timing::timed;
use crate::check;
use crate::external;
use crate::redact::{REDACTION_SURVIVED, Redacted};
use crate::theme::BROKEN_THEME;
use crate::world::{Entry, World};
use library::{Library, News};
use settings::Settings;

/// Every code that can be reported, sorted by name: those of the checks, and those of what is built on them.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = check::codes();
    codes.extend(external::CODES);
    codes.push(&BROKEN_THEME);
    codes.push(&REDACTION_SURVIVED);
    codes.sort_by_key(|code| code.name);
    codes
}

/// What a session is asked for, besides the files.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// Include drafts, and what is under embargo.
    pub drafts: bool,
    /// Publish there instead of at the settings' `base_url`.
    pub base_url: Option<String>,
    /// Show what was known on that day, and with what status.
    pub as_of: Option<Day>,
    /// Replace what must not be published. What is shown to authors of their own files is left as it is.
    pub redact: bool,
}

/// What may have changed since the last look. A hint: the files themselves decide.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Changes {
    /// Anything.
    Everything,
    /// These files, or files below these folders.
    Paths(BTreeSet<InputPath>),
}

impl Changes {
    /// Whether anything below `folder`, or the folder itself, may have changed.
    fn touch(&self, folder: &str) -> bool {
        match self {
            Changes::Everything => true,
            Changes::Paths(paths) => paths.iter().any(|path| is_at_or_below(path, folder)),
        }
    }
}

/// Whether `path` is `folder`, or in it, or a folder that holds it.
fn is_at_or_below(path: &InputPath, folder: &str) -> bool {
    let below = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    below(path.as_str(), folder) || below(folder, path.as_str())
}

/// The [stamp](Session::stamp) that a session opened now would have, without the work; and the world as it
/// would see it.
pub(crate) fn stamp_of(source: Arc<dyn World>, options: &Options) -> (Fingerprint, Arc<dyn World>) {
    let settings = Settings::read(&*source, options, None);
    let world = seen(source, options, &settings);
    let entries = crate::load::list(&*world).value;
    let fingerprint = |entry| (entry, library::fingerprint(&*world, entry));
    let files: Vec<(&Entry, Fingerprint)> = entries.par_iter().map(fingerprint).collect();
    (stamp(&settings, options, world.today(), &files), world)
}

fn stamp(settings: &Settings, options: &Options, today: Day, files: &[(&Entry, Fingerprint)]) -> Fingerprint {
    let asked = format!("{options:?} {today}");
    let entries: Vec<String> = files.iter().map(|(entry, _)| format!("{entry:?}")).collect();
    let files = entries.iter().zip(files).flat_map(|(entry, (_, hash))| [entry.as_bytes(), hash.as_bytes()]);
    Fingerprint::of_all([asked.as_bytes(), settings.fingerprint.as_bytes()].into_iter().chain(files))
}

/// The world as a session sees it.
fn seen(world: Arc<dyn World>, options: &Options, settings: &Settings) -> Arc<dyn World> {
    if options.redact { Redacted::over(world, &settings.config) } else { world }
}

/// A dossier that is being worked on.
pub struct Session {
    /// As it is.
    source: Arc<dyn World>,
    /// As it is seen.
    world: Arc<dyn World>,
    options: Options,
    today: Day,
    settings: Arc<Settings>,
    library: Library,
    snapshot: Arc<Snapshot>,
}

impl Session {
    /// Reads the whole dossier.
    pub fn open(source: Arc<dyn World>, options: Options) -> Session {
        let today = source.today();
        let settings = Arc::new(timed("stage", "settings", || Settings::read(&*source, &options, None)));
        let world = seen(source.clone(), &options, &settings);
        let library = timed("stage", "load and parse", || Library::read(&*world, &settings.config));
        let snapshot = Snapshot::of(world.clone(), &options, settings.clone(), &library, today);
        let snapshot = Arc::new(snapshot);
        Session { source, world, options, today, settings, library, snapshot }
    }

    /// The fingerprint of all that went into the snapshot: equal ones make equal sites, with equal findings.
    pub(crate) fn stamp(&self) -> Fingerprint {
        let files = self.library.fingerprints(&*self.world);
        stamp(&self.settings, &self.options, self.today, &files)
    }

    /// The dossier as it was at the last look.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.clone()
    }

    /// Looks again at what may have changed. `None` where nothing did.
    pub fn refresh(&mut self, changes: &Changes) -> Option<Arc<Snapshot>> {
        let today = self.world.today();
        let mut anew = today != self.today;
        let mut restyled = false;
        self.today = today;
        // Whoever watches for changes does not know of a list of redactions that lies elsewhere.
        let elsewhere = self.settings.config.redactions_elsewhere;
        if elsewhere || changes.touch(crate::config::FILE) || changes.touch("themes") {
            let settings = Settings::read(&*self.source, &self.options, Some(&self.settings));
            if settings.fingerprint != self.settings.fingerprint {
                restyled = true;
                let same_config = settings.config_fingerprint == self.settings.config_fingerprint;
                self.settings = Arc::new(settings);
                if !same_config {
                    anew = true;
                    self.world = seen(self.source.clone(), &self.options, &self.settings);
                    self.library = Library::read(&*self.world, &self.settings.config);
                }
            }
        }
        let news = match changes.touch(crate::load::CONTENT) {
            true => self.library.refresh(&*self.world, &self.settings.config, changes),
            false => News::Nothing,
        };
        let (before, library) = (&*self.snapshot, &self.library);
        let edited = match (&news, anew) {
            (News::Nothing, false) if !restyled => return None,
            (News::Nothing, false) => before.with(&[], self.settings.clone(), library),
            (News::Edits(edits), false) => before.with(edits, self.settings.clone(), library),
            _ => None,
        };
        let snapshot = edited.unwrap_or_else(|| {
            let (world, settings) = (self.world.clone(), self.settings.clone());
            Snapshot::of(world, &self.options, settings, library, today).after(before)
        });
        self.snapshot = Arc::new(snapshot);
        Some(self.snapshot.clone())
    }
}
