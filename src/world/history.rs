//! The last changes of an author's files, so that they can be undone and done again, over restarts.
//!
//! They are [kept](Kept) in `.dossier/undo/`: a list, and a file with the contents of each change. The list says
//! what is being done before it is done, so that what a killed program left half done is taken back by the next.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::edit::{Changes, Rewrite, SourceWriter, named};
use super::kept::{FOLDER, Kept};
use crate::base::path::InputPath;

/// The number of changes that can be undone.
const MOST: usize = 100;

const LIST: &str = "undo/list";

/// Held while the list and the files are changed: two programs may have the same dossier open.
const LOCK: &str = "undo.lock";

/// The last changes of a dossier's files.
pub(crate) struct History {
    kept: Kept,
    writer: SourceWriter,
}

/// A change that was made.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// Counts the changes of the dossier.
    pub number: u64,
    /// What the caller says of it.
    pub what: serde_json::Value,
    pub state: State,
    /// When it was made, in milliseconds since 1970.
    #[serde(default)]
    pub time: u64,
    /// The files that it touched.
    #[serde(default)]
    pub files: Vec<InputPath>,
}

/// How far a change is.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It was being made, or made again.
    Doing,
    Done,
    /// It was being undone.
    Undoing,
    Undone,
}

/// The contents of a change, as they are kept.
#[derive(Serialize, Deserialize)]
struct Contents {
    files: Vec<(InputPath, Option<Content>, Option<Content>)>,
    moves: Vec<(InputPath, InputPath)>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    Text(String),
    Base64(String),
}

impl History {
    /// The history of the dossier in `root`.
    pub(crate) fn of(root: &Path) -> History {
        History { kept: Kept::of(root), writer: SourceWriter::at(root) }
    }

    /// The changes that can be undone or done again, the oldest first.
    pub(crate) fn list(&self) -> Vec<Made> {
        let list = self.kept.get(LIST).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        list.unwrap_or_default()
    }

    /// Carries out changes, all or none, and remembers them. What was undone cannot be done again after that.
    ///
    /// # Errors
    /// If a file changed in the meantime, a name is taken, or the disk refuses. Then no file is changed.
    pub(crate) fn carry_out(&self, changes: &Changes, what: serde_json::Value) -> io::Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        if !self.kept.is_usable() {
            // Without a key of the user's, nothing can be kept, so nothing can be undone.
            return self.writer.carry_out(changes);
        }
        let (_lock, before, _) = self.begin()?;
        let mut list = before.clone();
        let number = list.iter().map(|made| made.number).max().unwrap_or(0) + 1;
        let gone = list.iter().position(|made| made.state == State::Undone).unwrap_or(list.len());
        let mut forgotten: Vec<Made> = list.drain(gone..).collect();
        forgotten.extend(list.drain(..(list.len() + 1).saturating_sub(MOST)));
        let contents = serde_json::to_vec(&Contents::of(changes)).map_err(io::Error::other)?;
        self.keep(&name(number), &contents)?;
        let files = changes.paths().into_iter().collect();
        list.push(Made { number, what, state: State::Doing, time: now(), files });
        self.finish(&before, list, number, changes, State::Done)?;
        for made in forgotten {
            // A file that is left is only in the way of nothing.
            let _ = self.kept.remove(&name(made.number));
        }
        Ok(())
    }

    /// Undoes the last change that is not undone. Returns it with what it now changed; `None` if there is none.
    ///
    /// # Errors
    /// If one of its files changed since, or the disk refuses. Then no file is changed.
    pub(crate) fn undo(&self) -> io::Result<Option<(Made, Changes)>> {
        let (_lock, list, _) = self.begin()?;
        let Some(made) = list.iter().rev().find(|made| made.state == State::Done).cloned() else {
            return Ok(None);
        };
        let changes = self.contents(&made)?.inverse();
        self.change(&list, &made, &changes, State::Undoing, State::Undone)?;
        Ok(Some((made, changes)))
    }

    /// Makes the change again that was undone last. Returns it with what it now changed; `None` if there is none.
    ///
    /// # Errors
    /// As for [`undo`](Self::undo).
    pub(crate) fn redo(&self) -> io::Result<Option<(Made, Changes)>> {
        let (_lock, list, _) = self.begin()?;
        let Some(made) = list.iter().find(|made| made.state == State::Undone).cloned() else {
            return Ok(None);
        };
        let changes = self.contents(&made)?;
        self.change(&list, &made, &changes, State::Doing, State::Done)?;
        Ok(Some((made, changes)))
    }

    /// Leaves out a change that can no longer be undone, or done again, because its files were changed since; those
    /// before it can then be. No file is changed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(crate) fn leave_out(&self, number: u64) -> io::Result<()> {
        let (_lock, mut list, _) = self.begin()?;
        list.retain(|made| made.number != number);
        self.put(&list)?;
        // A file that is left is only in the way of nothing.
        let _ = self.kept.remove(&name(number));
        Ok(())
    }

    /// Takes back what a program that was killed left half done, and removes the files that it had not finished.
    /// Returns what was taken back.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(crate) fn recover(&self) -> io::Result<Option<Made>> {
        if !self.list().iter().any(Made::is_half_done) && self.writer.unfinished()?.is_empty() {
            return Ok(None);
        }
        let (_lock, _, taken_back) = self.begin()?;
        self.writer.clear_up()?;
        Ok(taken_back)
    }

    /// Locks the list, and takes back what is half done in it: the program that did that holds the lock no more.
    /// Returns the list, and what was taken back.
    fn begin(&self) -> io::Result<(impl Sized + use<>, Vec<Made>, Option<Made>)> {
        let lock = self.kept.lock(LOCK)?;
        let mut list = self.list();
        let Some(at) = list.iter().position(Made::is_half_done) else { return Ok((lock, list, None)) };
        let made = list[at].clone();
        // Without its contents nothing was begun, or nothing can be done about it.
        let changes = self.contents(&made).unwrap_or_default();
        self.writer.sweep(&changes)?;
        match made.state {
            State::Undoing => {
                self.writer.take_back(&changes.inverse());
                list[at].state = State::Done;
            }
            _ => {
                self.writer.take_back(&changes);
                list.truncate(at);
            }
        }
        self.put(&list)?;
        Ok((lock, list, Some(made)))
    }

    fn change(
        &self,
        before: &[Made],
        made: &Made,
        changes: &Changes,
        from: State,
        to: State,
    ) -> io::Result<()> {
        let mut list = before.to_vec();
        set(&mut list, made.number, from);
        self.finish(before, list, made.number, changes, to)
    }

    /// Says in the list what is being done, does it, and says that it is done. What fails is taken back.
    fn finish(
        &self,
        before: &[Made],
        mut list: Vec<Made>,
        number: u64,
        changes: &Changes,
        done: State,
    ) -> io::Result<()> {
        self.put(&list)?;
        set(&mut list, number, done);
        let result = self
            .writer
            .carry_out(changes)
            .and_then(|()| self.put(&list).inspect_err(|_| self.writer.take_back(changes)));
        if result.is_err() {
            // The first error is the one to report; the next change sets the list right.
            let _ = self.put(before);
        }
        result
    }

    fn put(&self, list: &[Made]) -> io::Result<()> {
        self.keep(LIST, &serde_json::to_vec(list).map_err(io::Error::other)?)
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = InputPath::from(format!("{FOLDER}/{name}"));
        self.kept.put(name, bytes, true).map_err(|why| named(&path, why))
    }

    fn contents(&self, made: &Made) -> io::Result<Changes> {
        let bytes = self.kept.get(&name(made.number));
        let contents = bytes.and_then(|bytes| serde_json::from_slice::<Contents>(&bytes).ok());
        contents.and_then(Contents::changes).ok_or_else(|| io::Error::other("its contents were not kept"))
    }
}

impl Made {
    fn is_half_done(&self) -> bool {
        matches!(self.state, State::Doing | State::Undoing)
    }
}

fn set(list: &mut [Made], number: u64, state: State) {
    list.iter_mut().filter(|made| made.number == number).for_each(|made| made.state = state);
}

/// The time, in milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "no page depends on it: it is shown in the list of changes")]
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

fn name(number: u64) -> String {
    format!("undo/{number}")
}

impl Contents {
    fn of(changes: &Changes) -> Contents {
        let content = |bytes: &Option<Arc<[u8]>>| bytes.as_deref().map(Content::of);
        let files = changes.rewrites.iter();
        let files = files.map(|file| (file.path.clone(), content(&file.before), content(&file.after)));
        Contents { files: files.collect(), moves: changes.moves.clone() }
    }

    /// `None` if they are damaged.
    fn changes(self) -> Option<Changes> {
        let content =
            |content: Option<Content>| content.map_or(Some(None), |content| content.bytes().map(Some));
        let rewrite =
            |(path, before, after)| Some(Rewrite { path, before: content(before)?, after: content(after)? });
        let rewrites = self.files.into_iter().map(rewrite).collect::<Option<_>>()?;
        Some(Changes { rewrites, moves: self.moves })
    }
}

impl Content {
    fn of(bytes: &[u8]) -> Content {
        match std::str::from_utf8(bytes) {
            Ok(text) => Content::Text(text.to_owned()),
            Err(_) => Content::Base64(BASE64_STANDARD.encode(bytes)),
        }
    }

    fn bytes(self) -> Option<Arc<[u8]>> {
        match self {
            Content::Text(text) => Some(text.into_bytes().into()),
            Content::Base64(text) => BASE64_STANDARD.decode(text).ok().map(Arc::from),
        }
    }
}

#[cfg(test)]
mod tests;
