//! Takes changes and produces an immutable [`Snapshot`]. `build`, `check`, `serve` and the editor support all
//! use it.
//!
//! A [`Session`] caches what it read and parsed of every file, and processes only what changed. The result is
//! the same as if everything had been read again; a property test checks this.

mod library;
mod settings;
mod snapshot;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

pub use snapshot::Snapshot;
pub(crate) use snapshot::{shown, texts};

use rayon::prelude::*;

use crate::base::date::Day;
use crate::base::diagnostic::Code;
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::timing::timed;
use crate::check;
use crate::external;
use crate::load::table::{self, Tables};
use crate::redact::{REDACTION_SURVIVED, Redacted};
use crate::theme::BROKEN_THEME;
use crate::world::overlay::Overlay;
use crate::world::{Entry, World, edit};
use library::{Library, News};
use settings::Settings;

/// Every diagnostic code, sorted by name: those of the checks, and those of the code that uses the checks.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = check::codes();
    codes.extend(external::CODES);
    codes.push(&BROKEN_THEME);
    codes.push(&REDACTION_SURVIVED);
    codes.sort_by_key(|code| code.name);
    codes
}

/// The options of a session.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// Include drafts and embargoed entities.
    pub drafts: bool,
    /// Override `base_url` from the settings.
    pub base_url: Option<String>,
    /// Show the dossier as it was known on that day, with the statuses of that day.
    pub as_of: Option<Day>,
    /// Redact what must not be published. Diagnostics still show authors the original text of their files.
    pub redact: bool,
    /// Sign what is published, if the settings ask for it, so that the site says how to check a copy.
    pub signed: bool,
}

/// What may have changed since the last refresh. This is only a hint: the session compares the files
/// themselves.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Changes {
    /// Anything.
    Everything,
    /// These files, or files below these folders.
    Paths(BTreeSet<InputPath>),
}

impl Changes {
    /// Whether `folder` or anything below it may have changed.
    fn touch(&self, folder: &str) -> bool {
        match self {
            Changes::Everything => true,
            Changes::Paths(paths) => paths.iter().any(|path| is_at_or_below(path, folder)),
        }
    }
}

/// Changes in which that of a table is one of its rows, and that of a file in the folder of a table one of the table.
fn hints(changes: &Changes, is_known: &dyn Fn(&InputPath) -> bool) -> Changes {
    let Changes::Paths(paths) = changes else { return Changes::Everything };
    let folders = paths.iter().filter_map(table::folder_of);
    let tables = paths.iter().flat_map(|path| [table::table_of(path), table::of_folder(path)]);
    let tables = tables.flatten().filter(is_known);
    Changes::Paths(paths.iter().cloned().chain(folders).chain(tables).collect())
}

/// Whether `path` is `folder`, is inside it, or contains it.
fn is_at_or_below(path: &InputPath, folder: &str) -> bool {
    let below = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    below(path.as_str(), folder) || below(folder, path.as_str())
}

/// Returns the [stamp](Session::stamp) that a session opened now would have, without opening one, and the
/// world as that session would see it.
pub(crate) fn stamp_of(source: Arc<dyn World>, options: &Options) -> (Fingerprint, Arc<dyn World>) {
    let settings = Settings::read(&*source, options, None);
    let world = seen(source, options, &settings);
    let entries = crate::load::list(&*world, &settings.config).value;
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
    let world = Tables::over(world);
    if options.redact { Redacted::over(world, &settings.config) } else { world }
}

/// An open dossier.
pub struct Session {
    /// The original world.
    source: Arc<dyn World>,
    /// The world as the session sees it.
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

    /// The fingerprint of everything that the snapshot was made from. Equal stamps mean equal sites with
    /// equal diagnostics.
    pub(crate) fn stamp(&self) -> Fingerprint {
        let files = self.library.fingerprints(&*self.world);
        stamp(&self.settings, &self.options, self.today, &files)
    }

    /// The dossier as it would be after changes that are not written. This session stays as it is.
    ///
    /// # Errors
    /// If a file that would be moved cannot be read.
    pub(crate) fn trial(&self, changes: &edit::Changes) -> io::Result<Arc<Snapshot>> {
        let changes = &table::lowered(&*self.source, changes)?;
        let source: Arc<dyn World> = Arc::new(Overlay::over(self.source.clone()).changed(changes)?);
        let mut session = Session {
            world: seen(source.clone(), &self.options, &self.settings),
            source,
            options: self.options.clone(),
            today: self.today,
            settings: self.settings.clone(),
            library: self.library.clone(),
            snapshot: self.snapshot.clone(),
        };
        let snapshot = session.refresh(&Changes::Paths(changes.paths()));
        Ok(snapshot.unwrap_or_else(|| self.snapshot()))
    }

    /// The snapshot of the last refresh.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.clone()
    }

    /// Checks what may have changed. Returns `None` if nothing did.
    pub fn refresh(&mut self, changes: &Changes) -> Option<Arc<Snapshot>> {
        let today = self.world.today();
        let hinted = hints(changes, &|path| self.library.knows(path));
        let changes = &hinted;
        if changes.touch(crate::load::CONTENT) {
            // Tables are read again.
            self.world = seen(self.source.clone(), &self.options, &self.settings);
        }
        let mut anew = today != self.today;
        let mut restyled = false;
        self.today = today;
        // File watchers do not know about a list of redactions outside the dossier.
        let elsewhere = self.settings.config.redactions_elsewhere;
        let restyled_elsewhere = self.source.theme().is_some_and(|theme| changes.touch(theme));
        if elsewhere || restyled_elsewhere || changes.touch(crate::config::FILE) || changes.touch("themes") {
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
        let news = match changes.touch(crate::load::CONTENT) || self.settings.config.documents {
            true => self.library.refresh(&*self.world, &self.settings.config, changes),
            false => News::Nothing,
        };
        let (before, library) = (&*self.snapshot, &self.library);
        let edited = match (&news, anew) {
            (News::Nothing, false) if !restyled => return None,
            (News::Nothing, false) => before.with(&[], self.settings.clone(), library, &self.world),
            (News::Edits(edits), false) => before.with(edits, self.settings.clone(), library, &self.world),
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
