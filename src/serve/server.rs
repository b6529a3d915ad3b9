//! The preview's state, and the two threads that keep it: one takes up changes, the other checks.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use super::answer::{self, Answer, Made, Shelf, Version};
use super::findings::Findings;
use super::guard::Guard;
use super::live::Hub;
use super::watch::{Batch, Watcher};
use super::{Editor, News, Preview, Tell, lock};
use crate::base::path::{InputPath, SitePath};
use crate::data::INVALID_SYNTAX;
use crate::link::layout;
use crate::session::{Changes, Options, Session, Snapshot, texts};
use crate::site::{PageId, Route};
use crate::world::disk::DiskWorld;

/// How often the calendar is looked at: an embargo may have ended.
const CALENDAR: Duration = Duration::from_secs(30);

/// How long the checks wait for the browsers to get their pages.
const COURTESY: Duration = Duration::from_millis(150);

/// What all requests share.
pub struct Server {
    /// The dossier's files.
    pub world: Arc<DiskWorld>,
    /// Who may ask.
    pub guard: Guard,
    /// Who listens.
    pub hub: Arc<Hub>,
    /// The editor that the environment names.
    pub editor: Option<Editor>,
    shelf: Shelf,
    now: Mutex<Now>,
    /// Said when a browser got a page that it was told of.
    shown: Condvar,
    findings: Mutex<Arc<Findings>>,
    tell: Box<Tell>,
    closing: AtomicBool,
}

/// What is served.
struct Now {
    snapshot: Arc<Snapshot>,
    /// Counts the snapshots.
    number: u64,
    /// Since when a browser waits for a page of this snapshot.
    awaited: Option<Instant>,
}

/// A snapshot that is to be checked.
struct Unchecked {
    snapshot: Arc<Snapshot>,
    number: u64,
}

impl Server {
    /// A server of `snapshot`.
    pub fn new(
        world: Arc<DiskWorld>,
        snapshot: Arc<Snapshot>,
        guard: Guard,
        preview: &Preview,
        tell: Box<Tell>,
    ) -> Server {
        Server {
            world,
            guard,
            hub: Arc::default(),
            editor: preview.editor.clone(),
            shelf: Shelf::default(),
            now: Mutex::new(Now { snapshot, number: 0, awaited: None }),
            shown: Condvar::new(),
            findings: Mutex::default(),
            tell,
            closing: AtomicBool::new(false),
        }
    }

    /// Tells whoever started it.
    pub fn tell(&self, news: News<'_>) {
        (self.tell)(news);
    }

    /// What is served now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        lock(&self.now).snapshot.clone()
    }

    /// What was found, at the last check.
    pub fn findings(&self) -> Arc<Findings> {
        lock(&self.findings).clone()
    }

    /// Answers a request for a path.
    pub fn answer(&self, path: &str) -> Answer {
        answer::answer(&self.snapshot(), &self.shelf, path)
    }

    /// The version of the page at a path.
    pub fn version(&self, path: &str) -> Option<Version> {
        match self.answer(path) {
            Answer::File(Made { page, .. }) => page,
            Answer::Folder(_) => None,
        }
    }

    /// A browser that was told of a change has its page.
    pub fn page_shown(&self, page: &str) {
        let awaited = lock(&self.now).awaited.take();
        if let Some(since) = awaited {
            self.tell(News::Shown { page, took: since.elapsed() });
            self.shown.notify_all();
        }
    }

    /// Ends all that would last.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        self.hub.close();
    }

    /// Serves another snapshot, and tells whoever looks at a page that changed.
    fn take_up(&self, snapshot: Arc<Snapshot>, batch: &Batch) -> u64 {
        let pages = self.hub.pages();
        let (before, number) = {
            let mut now = lock(&self.now);
            let before = std::mem::replace(&mut now.snapshot, snapshot.clone());
            now.number += 1;
            // Awaited before anybody is told: a browser may be faster than this thread.
            now.awaited = Some(batch.since);
            (before, now.number)
        };
        let files: Vec<InputPath> = match &batch.changes {
            Changes::Everything => Vec::new(),
            Changes::Paths(paths) => paths.iter().cloned().collect(),
        };
        self.tell(News::Changed { files, took: batch.since.elapsed() });
        let mut told = false;
        for page in pages {
            if let Some(to) = moved(&before, &snapshot, &page) {
                self.hub.tell_moved(&page, &format!("/{}", layout::address(&to)));
                continue;
            }
            let Some(version) = self.version(&page) else { continue };
            told |= self.hub.tell_page(&page, &version);
        }
        if !told {
            lock(&self.now).awaited = None;
        }
        if let Changes::Paths(paths) = &batch.changes {
            let assets: Vec<String> =
                paths.iter().filter_map(|path| snapshot.graph.assets.get(path)).map(asset_address).collect();
            if !assets.is_empty() {
                self.hub.tell_all("assets", &assets);
            }
        }
        number
    }

    /// Checks a snapshot and tells everybody.
    fn check(&self, unchecked: &Unchecked) {
        let Unchecked { snapshot, number } = unchecked;
        // The page first: the checks take all processors there are.
        let now = lock(&self.now);
        let waits = |now: &mut Now| now.number == *number && now.awaited.is_some();
        drop(self.shown.wait_timeout_while(now, COURTESY, waits));
        // What notes offer takes as long to find as all the rest; `dossier check` has the time.
        let mut found = snapshot.problems().to_vec();
        if let Err(why) = snapshot.builder() {
            found.extend(why.iter().filter(|diagnostic| !snapshot.problems().contains(diagnostic)).cloned());
        }
        // What cannot be read at all comes first: much of the rest may follow from it.
        found.sort_by_key(|diagnostic| diagnostic.code != INVALID_SYNTAX.name);
        let texts = texts(&**snapshot.world(), &found);
        let findings = Arc::new(Findings::of(&found, &texts));
        self.hub.tell_all("findings", &*findings);
        *lock(&self.findings) = findings;
        self.tell(News::Checked(&found, &texts));
    }
}

/// Starts the threads. They end with the process.
pub fn start(server: &Arc<Server>, session: Session, options: Options, watcher: Watcher) {
    let (unchecked, to_check) = channel();
    let first = Unchecked { snapshot: session.snapshot(), number: 0 };
    // The other thread is there as long as this one.
    let _ = unchecked.send(first);
    let checker = server.clone();
    std::thread::spawn(move || check(&checker, &to_check));
    let follower = server.clone();
    std::thread::spawn(move || follow(&follower, session, &options, watcher, &unchecked));
}

/// Takes up changes as they happen.
fn follow(
    server: &Server,
    mut session: Session,
    options: &Options,
    mut watcher: Watcher,
    unchecked: &Sender<Unchecked>,
) {
    while !server.closing.load(Ordering::Relaxed) {
        if let Some(why) = watcher.blind() {
            let what = format!("changes are not told by the system ({why}); files are looked at instead");
            server.tell(News::Notice(&what));
        }
        let calendar = || Batch { changes: Changes::Paths(BTreeSet::new()), since: Instant::now() };
        let batch = watcher.next(CALENDAR).unwrap_or_else(calendar);
        let snapshot = match catch_unwind(AssertUnwindSafe(|| session.refresh(&batch.changes))) {
            Ok(Some(snapshot)) => snapshot,
            Ok(None) => continue,
            // A mistake of this program's own must not leave the preview with yesterday's pages.
            Err(_) => {
                server.tell(News::Notice("the program failed on the last change; everything is read anew"));
                let world = server.world.clone();
                match catch_unwind(AssertUnwindSafe(|| Session::open(world, options.clone()))) {
                    Ok(anew) => session = anew,
                    Err(_) => {
                        server.tell(News::Notice("the pages shown are those before the last change"));
                        continue;
                    }
                }
                session.snapshot()
            }
        };
        let taken = catch_unwind(AssertUnwindSafe(|| server.take_up(snapshot.clone(), &batch)));
        let Ok(number) = taken else {
            server.tell(News::Notice("the program failed while making a page; reload it to see it as it is"));
            continue;
        };
        if unchecked.send(Unchecked { snapshot, number }).is_err() {
            return;
        }
    }
}

/// Checks the latest snapshot, again and again.
fn check(server: &Server, unchecked: &Receiver<Unchecked>) {
    while let Ok(next) = unchecked.recv() {
        let latest = unchecked.try_iter().last().unwrap_or(next);
        if catch_unwind(AssertUnwindSafe(|| server.check(&latest))).is_err() {
            server.tell(News::Notice("the program failed while checking; the findings shown are older"));
        }
    }
}

/// Where an entity's page went that was at `page` before: its file has another name now, or stands elsewhere.
fn moved(before: &Snapshot, after: &Snapshot, page: &str) -> Option<SitePath> {
    let path = answer::site_path(page);
    let Some(Route::Page(PageId::Entity(ix, lang))) = before.map().find(&path) else { return None };
    match after.map().find(&path) {
        Some(Route::Page(PageId::Redirect(ix, _, lang))) => {
            let lang = after.graph.languages.get(*lang)?;
            return Some(layout::page(&after.graph, after.graph.entity(*ix), lang));
        }
        Some(_) => return None,
        None => {}
    }
    let (gone, lang) = (before.graph.entity(*ix), before.graph.languages.get(*lang)?);
    let text = gone.original().input.hash;
    let is_known = |id: &str| before.graph.by_id(id).is_some();
    let same_id = after.graph.by_id(gone.id.as_str()).map(|ix| after.graph.entity(ix));
    let same_text = || {
        let entities = after.graph.iter().map(|(_, entity)| entity);
        let mut alike =
            entities.filter(|entity| entity.original().input.hash == text && !is_known(entity.id.as_str()));
        // Of two that are the same nobody knows which it is.
        alike.next().filter(|_| alike.next().is_none())
    };
    let entity = same_id.or_else(same_text)?;
    Some(layout::page(&after.graph, entity, lang))
}

/// An asset's address on the site.
fn asset_address(path: &InputPath) -> String {
    format!("/{}", layout::encoded(&layout::asset(path)))
}
