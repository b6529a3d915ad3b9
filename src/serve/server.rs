//! The preview's state, and its two threads: one reads changes, the other checks.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use super::answer::{self, Answer, LastGood, Made, Version};
use super::desk::Desk;
use super::findings::Findings;
use super::guard::Guard;
use super::live::Hub;
use super::watch::{Batch, Watcher};
use super::{Editor, News, Preview, Tell, lock};
use crate::base::path::{InputPath, SitePath};
use crate::data::INVALID_SYNTAX;
use crate::link::layout;
use crate::session::{Changes, Options, Session, Snapshot, shown};
use crate::site::{PageId, Route};
use crate::world::disk::DiskWorld;

/// How often to check the date: an embargo may have ended.
const CALENDAR: Duration = Duration::from_secs(30);

/// How long the checks wait for the browsers to get their pages.
const COURTESY: Duration = Duration::from_millis(150);

/// How long an edit waits until its pages are served. Where files are polled, it takes longer.
const FOLLOWS: Duration = Duration::from_secs(2);

/// The state shared by all requests.
pub(crate) struct Server {
    /// The dossier's files.
    pub world: Arc<DiskWorld>,
    /// Access control.
    pub guard: Arc<Guard>,
    /// The listeners.
    pub hub: Arc<Hub>,
    /// The editor from the environment.
    pub editor: Option<Editor>,
    /// Where the browser edits; `None` if the preview is read-only.
    pub desk: Option<Desk>,
    last_good: LastGood,
    now: Mutex<Now>,
    /// Signalled when a browser has got a page after a notification.
    shown: Condvar,
    /// Signalled when another snapshot is served.
    served: Condvar,
    findings: Mutex<Arc<Findings>>,
    tell: Box<Tell>,
    closing: AtomicBool,
}

/// The current state.
struct Now {
    snapshot: Arc<Snapshot>,
    /// Counts the snapshots.
    number: u64,
    /// Since when a browser has been waiting for a page of this snapshot.
    awaited: Option<Instant>,
}

/// A snapshot that has not been checked.
struct Unchecked {
    snapshot: Arc<Snapshot>,
    number: u64,
}

impl Server {
    /// A server for `snapshot`.
    pub(crate) fn new(
        world: Arc<DiskWorld>,
        snapshot: Arc<Snapshot>,
        guard: Guard,
        preview: &Preview,
        tell: Box<Tell>,
    ) -> Server {
        Server {
            guard: Arc::new(guard),
            hub: Arc::default(),
            editor: preview.editor.clone(),
            desk: preview.editable.then(|| Desk::of(world.clone())),
            world,
            last_good: LastGood::default(),
            now: Mutex::new(Now { snapshot, number: 0, awaited: None }),
            shown: Condvar::new(),
            served: Condvar::new(),
            findings: Mutex::default(),
            tell,
            closing: AtomicBool::new(false),
        }
    }

    /// Reports news to the caller that started the preview.
    pub(crate) fn tell(&self, news: News<'_>) {
        (self.tell)(news);
    }

    /// The current snapshot.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        lock(&self.now).snapshot.clone()
    }

    /// The findings of the last check.
    pub(crate) fn findings(&self) -> Arc<Findings> {
        lock(&self.findings).clone()
    }

    /// Responds to a request for a path.
    pub(crate) fn answer(&self, path: &str) -> Answer {
        answer::answer(&self.snapshot(), &self.last_good, path)
    }

    /// The version of the page at a path.
    pub(crate) fn version(&self, path: &str) -> Option<Version> {
        match self.answer(path) {
            Answer::File(Made { page, .. }) => page,
            Answer::Folder(_) => None,
        }
    }

    /// The number of the snapshot that is served.
    pub(crate) fn number(&self) -> u64 {
        lock(&self.now).number
    }

    /// Waits until a later snapshot than this one is served, because files were changed.
    pub(crate) fn await_after(&self, number: u64) {
        let waits = |now: &mut Now| now.number <= number;
        drop(self.served.wait_timeout_while(lock(&self.now), FOLLOWS, waits));
    }

    /// Records that a browser has got its page after a notification.
    pub(crate) fn page_shown(&self, page: &str) {
        let awaited = lock(&self.now).awaited.take();
        if let Some(since) = awaited {
            self.tell(News::Shown { page, took: since.elapsed() });
            self.shown.notify_all();
        }
    }

    /// Ends everything that would keep the server running.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        self.hub.close();
    }

    /// Serves another snapshot, and notifies browsers whose page has changed.
    fn take_up(&self, snapshot: Arc<Snapshot>, batch: &Batch) -> u64 {
        let pages = self.hub.pages();
        let (before, number) = {
            let mut now = lock(&self.now);
            let before = std::mem::replace(&mut now.snapshot, snapshot.clone());
            now.number += 1;
            // Set before anybody is notified: a browser may be faster than this thread.
            now.awaited = Some(batch.since);
            (before, now.number)
        };
        self.served.notify_all();
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

    /// Checks a snapshot and notifies everybody.
    fn check(&self, unchecked: &Unchecked) {
        let Unchecked { snapshot, number } = unchecked;
        // The page comes first, because the checks use all processors.
        let now = lock(&self.now);
        let waits = |now: &mut Now| now.number == *number && now.awaited.is_some();
        drop(self.shown.wait_timeout_while(now, COURTESY, waits));
        // Finding notes takes as long as all other rules together, so the preview omits them; `dossier check`
        // shows them.
        let mut found = snapshot.problems().to_vec();
        if let Err(why) = snapshot.builder() {
            found.extend(why.iter().filter(|diagnostic| !snapshot.problems().contains(diagnostic)).cloned());
        }
        // Files that cannot be parsed come first, because other findings may follow from them.
        found.sort_by_key(|diagnostic| diagnostic.code != INVALID_SYNTAX.name);
        let (found, texts) = shown(&**snapshot.world(), &found);
        let findings = Arc::new(Findings::of(&found, &texts));
        self.hub.tell_all("findings", &*findings);
        *lock(&self.findings) = findings;
        self.tell(News::Checked(&found, &texts));
    }
}

/// Starts the threads. They end with the process.
pub(crate) fn start(server: &Arc<Server>, session: Session, options: Options, watcher: Watcher) {
    let (unchecked, to_check) = channel();
    let first = Unchecked { snapshot: session.snapshot(), number: 0 };
    // The receiving thread lives as long as this one.
    let _ = unchecked.send(first);
    let checker = server.clone();
    std::thread::spawn(move || check(&checker, &to_check));
    let follower = server.clone();
    std::thread::spawn(move || follow(&follower, session, &options, watcher, &unchecked));
}

/// Reads changes as they happen.
fn follow(
    server: &Server,
    mut session: Session,
    options: &Options,
    mut watcher: Watcher,
    unchecked: &Sender<Unchecked>,
) {
    while !server.closing.load(Ordering::Relaxed) {
        if let Some(why) = watcher.blind() {
            let what = format!("the system cannot report changes ({why}); polling the files instead");
            server.tell(News::Notice(&what));
        }
        let calendar = || Batch { changes: Changes::Paths(BTreeSet::new()), since: Instant::now() };
        let batch = watcher.next(CALENDAR).unwrap_or_else(calendar);
        if let Some(desk) = &server.desk {
            desk.changed(&batch.changes);
        }
        let snapshot = match catch_unwind(AssertUnwindSafe(|| session.refresh(&batch.changes))) {
            Ok(Some(snapshot)) => snapshot,
            Ok(None) => continue,
            // A bug in this program must not leave the preview with outdated pages.
            Err(_) => {
                server.tell(News::Notice("the program failed on the last change; reading everything again"));
                let world = server.world.clone();
                match catch_unwind(AssertUnwindSafe(|| Session::open(world, options.clone()))) {
                    Ok(fresh) => session = fresh,
                    Err(_) => {
                        server.tell(News::Notice("the pages shown are from before the last change"));
                        continue;
                    }
                }
                session.snapshot()
            }
        };
        let taken = catch_unwind(AssertUnwindSafe(|| server.take_up(snapshot.clone(), &batch)));
        let Ok(number) = taken else {
            server.tell(News::Notice(
                "the program failed while making a page; reload it to see its current state",
            ));
            continue;
        };
        if unchecked.send(Unchecked { snapshot, number }).is_err() {
            return;
        }
    }
}

/// Checks the latest snapshot, repeatedly.
fn check(server: &Server, unchecked: &Receiver<Unchecked>) {
    while let Ok(next) = unchecked.recv() {
        let latest = unchecked.try_iter().last().unwrap_or(next);
        if catch_unwind(AssertUnwindSafe(|| server.check(&latest))).is_err() {
            server.tell(News::Notice("the program failed while checking; the findings shown are older"));
        }
    }
}

/// The new page of the entity whose page was `page`: its file was renamed or moved.
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
        // If two are the same, there is no way to know which one it is.
        alike.next().filter(|_| alike.next().is_none())
    };
    let entity = same_id.or_else(same_text)?;
    Some(layout::page(&after.graph, entity, lang))
}

/// An asset's address on the site.
fn asset_address(path: &InputPath) -> String {
    format!("/{}", layout::encoded(&layout::asset(path)))
}
