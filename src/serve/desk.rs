//! The author's desk: changes of the dossier's files that the browser asks for, tried and carried out.
//!
//! It has a session of its own, with drafts and with nothing redacted: what is written is what the files hold. The
//! session is opened with the first request, so a preview that nobody edits in costs nothing more.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde::Serialize;
use serde_json::Value as Json;

use super::findings::{Findings, InForm};
use super::lock;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::ide::change::{Change, Plan, Said, plan};
use crate::ide::front::FrontMatter;
use crate::ide::{Refusal, form};
use crate::link::{Entity, Graph, layout};
use crate::load::table;
use crate::session::{Changes, Options, Session, Snapshot, shown, texts};
use crate::world::disk::DiskWorld;
use crate::world::edit;
use crate::world::history::{History, Made, State};

/// The author's desk.
pub(crate) struct Desk {
    world: Arc<DiskWorld>,
    history: History,
    /// Opened with the first request.
    session: Mutex<Option<Session>>,
    /// What changed since the session looked.
    unseen: Mutex<Changes>,
}

/// What a change would do, or did.
#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    said: Said,
    /// The files that it writes, renames or deletes.
    files: Vec<String>,
    /// The page of what was created or renamed, from the site's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// What would then be wrong that is not wrong now; only if it was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Findings>,
}

impl Outcome {
    /// Whether nothing is written.
    pub(crate) fn is_nothing(&self) -> bool {
        self.files.is_empty()
    }
}

/// A change that can be undone, or done again.
#[derive(Debug, Serialize)]
pub(crate) struct Past {
    number: u64,
    #[serde(flatten)]
    said: Json,
    undone: bool,
    /// When it was made, in milliseconds since 1970; 0 if that is not known.
    time: u64,
    files: Vec<InputPath>,
    /// Where the page is now that was moved, from the site's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

impl Past {
    fn of(made: Made) -> Past {
        let Made { number, what, state, time, files } = made;
        Past { number, said: what, undone: state == State::Undone, time, files, address: None }
    }
}

impl Desk {
    /// The desk of a dossier.
    pub(crate) fn of(world: Arc<DiskWorld>) -> Desk {
        Desk {
            history: History::of(world.real()),
            world,
            session: Mutex::default(),
            unseen: Mutex::new(Changes::Paths(BTreeSet::new())),
        }
    }

    /// Notes that files changed.
    pub(crate) fn changed(&self, changes: &Changes) {
        let mut unseen = lock(&self.unseen);
        match (&mut *unseen, changes) {
            (Changes::Paths(known), Changes::Paths(more)) => known.extend(more.iter().cloned()),
            (Changes::Everything, _) => {}
            (unseen, Changes::Everything) => *unseen = Changes::Everything,
        }
    }

    /// The dossier as its author sees it.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.with(|session| session.snapshot())
    }

    /// Works a change out, and says what it would do.
    ///
    /// # Errors
    /// If it cannot be done.
    pub(crate) fn tried(&self, change: &Change) -> Result<Outcome, Refusal> {
        self.with(|session| {
            let before = session.snapshot();
            let plan = worked_out(session, change)?;
            let known = before.problems();
            let new =
                plan.after.problems().iter().filter(|found| !known.iter().any(|known| is_same(known, found)));
            let new: Vec<Diagnostic> = new.cloned().collect();
            let texts = texts(&**plan.after.world(), &new);
            let graph = &plan.after.graph;
            let editions = || graph.entities.iter().flat_map(|entity| &entity.editions);
            let in_form = |found: &Diagnostic| {
                let label = found.labels.first()?;
                let edition = editions().find(|edition| edition.input.path == label.path)?;
                let front = FrontMatter::of(&**plan.after.world(), edition)?;
                let fixes = found.fix.iter().chain(&found.choices);
                let meant = fixes.filter_map(|fix| Some((fix.title.clone(), form::meant(&front, fix)?)));
                Some(InForm { at: front.way_to(label.span.start), meant: meant.collect() })
            };
            let findings = Some(Findings::for_form(&new, &texts, in_form));
            Ok(Outcome { findings, ..outcome(&plan) })
        })
    }

    /// Carries a change out.
    ///
    /// # Errors
    /// If it cannot be done. Then no file is changed.
    pub(crate) fn made(&self, change: &Change) -> Result<Outcome, Refusal> {
        self.with(|session| {
            let plan = worked_out(session, change)?;
            self.carry_out(&plan.changes, &plan.said)?;
            Ok(outcome(&plan))
        })
    }

    /// Works out changes and what to tell of them, and carries them out if that is wanted.
    ///
    /// # Errors
    /// If it cannot be done. Then no file is changed.
    pub(crate) fn brought<T>(
        &self,
        is_wanted: bool,
        work: impl FnOnce(&Session) -> Result<(T, edit::Changes, Said), Refusal>,
    ) -> Result<T, Refusal> {
        self.with(|session| {
            let (told, changes, said) = work(session)?;
            if is_wanted {
                self.carry_out(&table::lowered(&*self.world, &changes)?, &said)?;
            }
            Ok(told)
        })
    }

    fn carry_out(&self, changes: &edit::Changes, said: &Said) -> Result<(), Refusal> {
        let said = serde_json::to_value(said).unwrap_or_default();
        self.history.carry_out(changes, said)?;
        self.changed(&Changes::Paths(changes.paths()));
        Ok(())
    }

    /// Undoes the last change, or does the last one again that was undone; `None` if there is none.
    ///
    /// # Errors
    /// If a file has changed since.
    pub(crate) fn back(&self, again: bool) -> Result<Option<Past>, Refusal> {
        let done = if again { self.history.redo() } else { self.history.undo() };
        let Some((made, changes)) = done? else { return Ok(None) };
        self.changed(&Changes::Paths(changes.paths()));
        let address = match changes.moves.first() {
            Some((_, to)) => {
                let snapshot = self.snapshot();
                let graph = &snapshot.graph;
                let moved = graph.iter().find(|(_, entity)| entity.path() == to);
                moved.map(|(_, entity)| address(graph, entity))
            }
            None => None,
        };
        Ok(Some(Past { undone: !again, address, ..Past::of(made) }))
    }

    /// Leaves a change out of those that can be undone or done again. No file is changed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(crate) fn leave_out(&self, number: u64) -> Result<(), Refusal> {
        Ok(self.history.leave_out(number)?)
    }

    /// What is wrong with the dossier.
    pub(crate) fn findings(&self) -> Findings {
        let snapshot = self.snapshot();
        let (found, texts) = shown(&**snapshot.world(), snapshot.diagnostics());
        Findings::of(&found, &texts)
    }

    /// What can be undone or done again, the oldest first.
    pub(crate) fn past(&self) -> Vec<Past> {
        self.history.list().into_iter().map(Past::of).collect()
    }

    fn with<T>(&self, work: impl FnOnce(&Session) -> T) -> T {
        let mut session = lock(&self.session);
        let unseen = std::mem::replace(&mut *lock(&self.unseen), Changes::Paths(BTreeSet::new()));
        let options = Options { drafts: true, ..Options::default() };
        let session = session.get_or_insert_with(|| Session::open(self.world.clone(), options));
        session.refresh(&unseen);
        work(session)
    }
}

fn worked_out(session: &Session, change: &Change) -> Result<Plan, Refusal> {
    plan(&session.snapshot(), change, &|changes: &edit::Changes| session.trial(changes))
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let place = |found: &Diagnostic| found.labels.first().map(|label| label.path.clone());
    a.code == b.code && a.message == b.message && place(a) == place(b)
}

fn outcome(plan: &Plan) -> Outcome {
    let graph = &plan.after.graph;
    let made = plan.made.as_deref().and_then(|id| graph.by_id(id)).map(|ix| graph.entity(ix));
    let address = made.map(|entity| address(graph, entity));
    Outcome {
        said: plan.said.clone(),
        files: plan.changes.paths().iter().map(ToString::to_string).collect(),
        address,
        id: plan.made.clone(),
        findings: None,
    }
}

/// Where an entity's page is, from the site's root.
fn address(graph: &Graph, entity: &Entity) -> String {
    layout::encoded(&layout::page(graph, entity, graph.default_language()))
}
