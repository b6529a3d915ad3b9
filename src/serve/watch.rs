//! Notices changes of files: by the system's events, or by polling if there are none.
//!
//! An event is only a hint. Events within a few milliseconds form one batch; the session reads the files and
//! decides what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, Event, EventKind, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::base::path::InputPath;
use crate::load::{CONTENT, is_document};
use crate::session::Changes;
use crate::world::disk::{DiskWorld, Stamp};
use crate::world::{Access, World, passed_over};

/// The watched folders of a dossier, in addition to the settings and the folders of documents.
const FOLDERS: [&str; 2] = [CONTENT, "themes"];

/// The maximum duration of a batch: what an editor does in one save.
const LONGEST: Duration = Duration::from_millis(15);

/// How long it must be quiet before a batch of complete files ends.
const QUIET: Duration = Duration::from_millis(2);

/// How long to wait for a file that is open for writing. When it is closed, it is read again.
const HALF_WRITTEN: Duration = Duration::from_millis(100);

/// This many files without a pause are not an editor's, but come from Git or a copy: the batch waits for
/// them.
const CROWD: usize = 40;
const CROWD_QUIET: Duration = Duration::from_millis(100);
const CROWD_LONGEST: Duration = Duration::from_secs(3);

/// The polling interval, if there are no events.
const INTERVAL: Duration = Duration::from_millis(400);

/// How many polls re-read a changed file regardless of its time, because some disks record only whole
/// seconds.
const WARM: u8 = 5;

/// What may have changed, and when the first change was noticed.
#[derive(Debug)]
pub(crate) struct Batch {
    /// The hint.
    pub changes: Changes,
    /// When it was noticed.
    pub since: Instant,
}

/// An event about a file.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Hint {
    /// It is being written.
    Open(InputPath),
    /// It is complete.
    Settled(InputPath),
    /// It was deleted: an editor may be about to replace it.
    Gone(InputPath),
    /// Events were lost.
    Everything,
    /// There will be no more events, and why.
    Blind(String),
}

/// Watches a dossier's files.
pub(crate) struct Watcher {
    world: DiskWorld,
    /// Whether files beside the settings are pages, too.
    documents: bool,
    hints: Receiver<Hint>,
    source: Source,
    blind: Option<String>,
    /// The number of files since the last pause.
    running: usize,
}

enum Source {
    Events(RecommendedWatcher),
    Poller(Poller),
}

impl Watcher {
    /// Starts watching; polls if `poll` is set or if the system has no events. With `documents`, files beside the
    /// settings are watched, too.
    pub(crate) fn start(world: &DiskWorld, poll: bool, documents: bool) -> Watcher {
        let (sender, hints) = channel();
        let poller = || Source::Poller(Poller::start(world, documents));
        let (source, blind) = match poll {
            true => (poller(), None),
            false => match events(world, documents, sender) {
                Ok(watcher) => (Source::Events(watcher), None),
                Err(why) => (poller(), Some(why.to_string())),
            },
        };
        Watcher { world: world.clone(), documents, hints, source, blind, running: 0 }
    }

    /// Why there are no events, returned once.
    pub(crate) fn blind(&mut self) -> Option<String> {
        self.blind.take()
    }

    /// Waits for the next batch; `None` if there is none within `timeout`.
    pub(crate) fn next(&mut self, timeout: Duration) -> Option<Batch> {
        let called = Instant::now();
        let hint = match &mut self.source {
            Source::Poller(looks) => return looks.next(timeout),
            Source::Events(_) => match self.hints.recv_timeout(timeout) {
                Ok(hint) => hint,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => Hint::Blind("the watcher ended".to_owned()),
            },
        };
        if called.elapsed() >= CROWD_QUIET {
            self.running = 0;
        }
        let (batch, blind) = gather(hint, &self.hints, self.running);
        if let Changes::Paths(paths) = &batch.changes {
            self.running += paths.len();
        }
        if let Some(why) = blind {
            self.source = Source::Poller(Poller::start(&self.world, self.documents));
            self.blind = Some(why);
        } else {
            self.watch_again(&batch.changes);
        }
        Some(batch)
    }

    /// A folder that is new, or was deleted and created again, must be watched.
    fn watch_again(&mut self, changes: &Changes) {
        let Source::Events(watcher) = &mut self.source else { return };
        let named: Vec<String> = match changes {
            Changes::Everything => folders(&self.world, self.documents),
            Changes::Paths(paths) => {
                let at_top = paths.iter().map(|path| path.as_str()).filter(|path| !path.contains('/'));
                at_top.map(str::to_owned).collect()
            }
        };
        for folder in named {
            let path = self.world.real().join(&folder);
            if is_folder(&path) && watcher.watch(&path, RecursiveMode::Recursive).is_err() {
                self.blind = Some(format!("`{folder}/` cannot be watched"));
            }
        }
        if self.blind.is_some() {
            self.source = Source::Poller(Poller::start(&self.world, self.documents));
        }
    }
}

/// The folders to watch, below the dossier's own.
fn folders(world: &DiskWorld, documents: bool) -> Vec<String> {
    let mut folders: BTreeSet<String> = FOLDERS.into_iter().map(str::to_owned).collect();
    folders.extend(
        documents_in(world, documents)
            .iter()
            .filter_map(|path| Some(path.as_str().split_once('/')?.0.to_owned())),
    );
    folders.into_iter().collect()
}

/// The files beside the settings that are pages or belong to pages.
fn documents_in(world: &DiskWorld, documents: bool) -> Vec<InputPath> {
    // What cannot be listed is reported when the dossier is read.
    let entries = if documents { world.list("").unwrap_or_default() } else { Vec::new() };
    let documents = entries.into_iter().filter(|entry| entry.access == Access::Inside);
    documents.map(|entry| entry.path).filter(|path| is_document(path.as_str())).collect()
}

/// Subscribes to the system's events.
fn events(world: &DiskWorld, documents: bool, hints: Sender<Hint>) -> notify::Result<RecommendedWatcher> {
    let (root, seen) = (world.real(), world.clone());
    let tell = move |event: notify::Result<Event>| {
        let found = match event {
            Ok(event) => hints_of(&seen, documents, &event),
            Err(error) => match error.kind {
                notify::ErrorKind::MaxFilesWatch => vec![Hint::Blind(error.to_string())],
                _ => vec![Hint::Everything],
            },
        };
        for hint in found {
            // The watcher is gone, and the program is about to end.
            let _ = hints.send(hint);
        }
    };
    // Read accesses are excluded: reading ten thousand files would cause ten thousand events.
    let kinds = EventKindMask::CORE | EventKindMask::ACCESS_CLOSE;
    let config = Config::default().with_event_kinds(kinds).with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(tell, config)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in folders(world, documents) {
        let path = root.join(folder);
        if is_folder(&path) {
            watcher.watch(&path, RecursiveMode::Recursive)?;
        }
    }
    if let Some(theme) = world.real_theme() {
        watcher.watch(theme, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// Whether a folder itself is there, and not a link that would lead to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_dir())
}

/// The hints of an event about the dossier's files.
fn hints_of(world: &DiskWorld, documents: bool, event: &Event) -> Vec<Hint> {
    if event.need_rescan() {
        return vec![Hint::Everything];
    }
    // Linux reports when a written file is closed; elsewhere nobody knows that more is to come.
    let writing = if cfg!(target_os = "linux") { Hint::Open } else { Hint::Settled };
    let hint: fn(InputPath) -> Hint = match event.kind {
        EventKind::Create(notify::event::CreateKind::Folder) => Hint::Settled,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => writing,
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Hint::Settled,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Hint::Gone,
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return Vec::new(),
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => Hint::Settled,
    };
    let named = |path: &PathBuf| of_theme(world, path).or_else(|| input_path(world.real(), documents, path));
    event.paths.iter().filter_map(named).map(hint).collect()
}

/// The file that an event names of a theme elsewhere.
fn of_theme(world: &DiskWorld, path: &Path) -> Option<InputPath> {
    let (at, folder) = world.theme().zip(world.real_theme())?;
    let inner = path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
    passed_over(&inner).is_none().then(|| format!("{at}/{inner}").into())
}

/// The input that an event names, if it is one of the dossier's.
fn input_path(root: &Path, documents: bool, path: &Path) -> Option<InputPath> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    let parts = parts?;
    let (first, rest) = parts.split_first()?;
    let is_at_top = rest.is_empty() && (*first == crate::config::FILE || first.ends_with(".md"));
    let is_own = FOLDERS.contains(first) || is_at_top || (documents && is_document(first));
    Some(parts.join("/")).filter(|path| is_own && passed_over(path).is_none()).map(Into::into)
}

/// The hints received so far.
#[derive(Default)]
struct Pending {
    /// How many files there were before without a pause.
    before: usize,
    paths: BTreeSet<InputPath>,
    /// The files that are being written.
    open: BTreeSet<InputPath>,
    everything: bool,
    gone: bool,
    blind: Option<String>,
}

impl Pending {
    fn hear(&mut self, hint: Hint) {
        self.gone = matches!(hint, Hint::Gone(_));
        match hint {
            Hint::Open(path) => {
                self.open.insert(path.clone());
                self.paths.insert(path);
            }
            Hint::Settled(path) | Hint::Gone(path) => {
                self.open.remove(&path);
                self.paths.insert(path);
            }
            Hint::Everything => self.everything = true,
            Hint::Blind(why) => {
                self.everything = true;
                self.blind = Some(why);
            }
        }
    }

    /// When the batch ends, if it began at `first` and nothing happens after `last`.
    fn end(&self, first: Instant, last: Instant) -> Instant {
        if self.everything || self.before + self.paths.len() >= CROWD {
            return (first + CROWD_LONGEST).min(last + CROWD_QUIET);
        }
        if !self.open.is_empty() {
            return first + HALF_WRITTEN;
        }
        // An editor that deletes a file is about to replace it.
        if self.gone { first + LONGEST } else { (first + LONGEST).min(last + QUIET) }
    }
}

/// Collects a batch, and the reason if there will be no more events. `before` is the number of files before
/// it without a pause.
fn gather(first: Hint, hints: &Receiver<Hint>, before: usize) -> (Batch, Option<String>) {
    let since = Instant::now();
    let (mut pending, mut last) = (Pending { before, ..Pending::default() }, since);
    pending.hear(first);
    loop {
        let left = pending.end(since, last).saturating_duration_since(Instant::now());
        // Hints that were already received belong to the batch, however late it is.
        match hints.recv_timeout(left) {
            Ok(hint) => pending.hear(hint),
            Err(_) => break,
        }
        last = Instant::now();
    }
    let changes = match pending.everything {
        true => Changes::Everything,
        false => Changes::Paths(pending.paths),
    };
    (Batch { changes, since }, pending.blind)
}

/// The state of the files at the last poll.
struct Poller {
    world: DiskWorld,
    documents: bool,
    stamps: BTreeMap<InputPath, Stamp>,
    /// Recently changed files, and how many more polls re-read them.
    warm: BTreeMap<InputPath, u8>,
}

impl Poller {
    fn start(world: &DiskWorld, documents: bool) -> Poller {
        let mut looks =
            Poller { world: world.clone(), documents, stamps: BTreeMap::new(), warm: BTreeMap::new() };
        looks.stamps = looks.look();
        looks
    }

    fn look(&self) -> BTreeMap<InputPath, Stamp> {
        let documents = documents_in(&self.world, self.documents);
        let own = [crate::config::FILE, FOLDERS[0], FOLDERS[1]];
        let all: Vec<&str> = own.into_iter().chain(documents.iter().map(InputPath::as_str)).collect();
        self.world.stamps(&all)
    }

    fn next(&mut self, timeout: Duration) -> Option<Batch> {
        let end = Instant::now() + timeout;
        loop {
            std::thread::sleep(INTERVAL.min(timeout));
            let since = Instant::now();
            let paths = self.changed();
            if !paths.is_empty() {
                return Some(Batch { changes: Changes::Paths(paths), since });
            }
            if since >= end {
                return None;
            }
        }
    }

    /// The files that are new, deleted or different since the last poll, and those that were so recently.
    fn changed(&mut self) -> BTreeSet<InputPath> {
        let stamps = self.look();
        let differs = |(path, stamp): &(&InputPath, &Stamp)| self.stamps.get(*path) != Some(*stamp);
        let mut changed: BTreeSet<InputPath> =
            stamps.iter().filter(differs).map(|(path, _)| path.clone()).collect();
        changed.extend(self.stamps.keys().filter(|path| !stamps.contains_key(*path)).cloned());
        self.stamps = stamps;
        for looks in self.warm.values_mut() {
            *looks -= 1;
        }
        self.warm.retain(|_, looks| *looks > 0);
        let hinted = changed.iter().chain(self.warm.keys()).cloned().collect();
        self.warm.extend(changed.into_iter().map(|path| (path, WARM)));
        hinted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(hints: &[Hint]) -> (Changes, Duration) {
        let (sender, receiver) = channel();
        for hint in &hints[1..] {
            sender.send(hint.clone()).unwrap();
        }
        let start = Instant::now();
        let (batch, _) = gather(hints[0].clone(), &receiver, 0);
        drop(sender);
        (batch.changes, start.elapsed())
    }

    fn paths(names: &[&str]) -> Changes {
        Changes::Paths(names.iter().map(|name| InputPath::from(*name)).collect())
    }

    #[test]
    fn a_save_is_one_batch() {
        let name = || InputPath::from("content/a.md");
        let save = [Hint::Gone(name()), Hint::Open(name()), Hint::Open(name()), Hint::Settled(name())];
        assert_eq!(heard(&save).0, paths(&["content/a.md"]));
    }

    #[test]
    fn a_checkout_is_one_batch() {
        let names: Vec<String> = (0..10_000).map(|n| format!("content/{n}.md")).collect();
        let hints: Vec<Hint> = names.iter().map(|name| Hint::Settled(name.as_str().into())).collect();
        assert_eq!(heard(&hints).0, paths(&names.iter().map(String::as_str).collect::<Vec<_>>()));
    }

    #[test]
    fn a_half_written_file_is_waited_for_a_while() {
        let (changes, took) = heard(&[Hint::Open("content/a.md".into())]);
        assert_eq!(changes, paths(&["content/a.md"]));
        assert!(took >= HALF_WRITTEN);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test changes a file")]
    fn without_events_it_goes_on_by_looking() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(crate::config::FILE);
        std::fs::write(&path, "").unwrap();
        let world = DiskWorld::open(folder.path()).unwrap();
        let mut watcher = Watcher::start(&world, false, false);
        let (sender, hints) = channel();
        watcher.hints = hints;
        sender.send(Hint::Blind("no more watches".to_owned())).unwrap();
        let batch = watcher.next(Duration::from_secs(30)).unwrap();
        assert_eq!(batch.changes, Changes::Everything);
        assert_eq!(watcher.blind().as_deref(), Some("no more watches"));
        assert_eq!(watcher.blind(), None);
        std::fs::write(&path, "title = \"Other\"").unwrap();
        let batch = watcher.next(Duration::from_secs(30)).unwrap();
        assert_eq!(batch.changes, paths(&[crate::config::FILE]));
    }

    #[test]
    fn what_is_no_part_of_the_dossier_is_passed_over() {
        let root = Path::new("/d");
        let own = |path: &str| input_path(root, false, &root.join(path)).map(|path| path.to_string());
        for path in [
            "content/actors/nis.md",
            "themes/mine/assets/style.css",
            "dossier.toml",
            "content",
            "content/.nojekyll",
        ] {
            assert_eq!(own(path).as_deref(), Some(path));
        }
        for path in [
            "content/actors/4913",
            "content/actors/.nis.md.swp",
            "content/actors/nis.md~",
            "content/actors/.#nis.md",
            "content/actors/#nis.md#",
            "content/.obsidian/workspace.json",
            "content/actors/.well-known/x",
            "public/index.html",
            "dossier.toml~",
        ] {
            assert_eq!(own(path), None, "{path}");
        }
        assert_eq!(input_path(root, true, Path::new("/elsewhere/content/a.md")), None);
        let document = |path: &str| input_path(root, true, &root.join(path)).is_some();
        assert!(document("rules/a.md") && document("rules") && document("content/a.md"));
        assert!(!document("public/a.html") && !document(".git/config") && own("rules/a.md").is_none());
    }
}
