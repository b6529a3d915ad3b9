//! Makes a store contain an edition, in an order that never shows readers an inconsistent site, and from
//! wherever the last run ended.
//!
//! 1. Files that the current edition is about to lose are copied to `kept/`, and that edition is recorded as
//! 2. Before uploading, the record marks every path that the run may change as unsure, so an interrupted run
//! 3. What stores cannot hold beside the new files is deleted: a name that differs only in case, a file where a
//! 4. Assets, pages, and then lists are uploaded concurrently; from time to time the record is updated.
//! 5. When everything is uploaded, old files are deleted, and the record is that of a complete edition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::PublishError;
use super::edition::{Content, Difference, Edition};
use super::plan::{Plan, Stage, Upload};
use super::store::{Entry, Headers, LARGEST_READ, OWN, PARTS, Store};
use crate::base::hash::Fingerprint;
use crate::base::media::{cache_control, media_type};
use crate::base::path::{Names, SitePath};
use crate::world::LARGEST;

/// The maximum number of concurrent requests.
const AT_ONCE: usize = 8;

/// The number of uploads after which the record is updated.
const PER_RECORD: usize = 256;

/// Makes the bytes of a file.
pub(crate) type Bytes<'a> = dyn Fn(&SitePath) -> Result<Vec<u8>, String> + Sync + 'a;

/// A store, and its records.
pub struct Site<'a> {
    store: &'a dyn Store,
    /// The current edition, as far as it is still the program's.
    pub standing: Edition,
    /// The current edition as it was published.
    published: Edition,
    /// The previous complete edition.
    pub previous: Option<Edition>,
    /// The target edition of an interrupted rollback.
    unfinished: Option<Edition>,
    /// What stands there that is not the program's own, by its [folded](SitePath::folded) path: some stores list
    /// names otherwise than they were given. A folder's path has no slash.
    there: BTreeMap<SitePath, Vec<Entry>>,
    /// Whether the record at the store has files that are somebody's own by now.
    has_left: bool,
}

fn own(name: &str) -> String {
    format!("{OWN}{name}")
}

fn kept(hash: Fingerprint) -> String {
    format!("{OWN}kept/{hash}")
}

/// The HTTP headers of a file of the site.
pub(crate) fn headers(path: &SitePath, hash: Fingerprint) -> Headers {
    Headers { content_type: media_type(path), cache_control: cache_control(path, hash) }
}

impl<'a> Site<'a> {
    /// Reads the records.
    ///
    /// # Errors
    /// If the store refuses, or a record is damaged.
    pub fn open(store: &'a dyn Store) -> Result<Site<'a>, PublishError> {
        let read = |name: &str| -> Result<Option<Edition>, PublishError> {
            let path = own(name);
            let bytes = store
                .read(&path, LARGEST)
                .map_err(|why| PublishError::Store(format!("read `{path}`"), why))?;
            let Some(bytes) = bytes else { return Ok(None) };
            let edition = std::str::from_utf8(&bytes).ok().and_then(Edition::parse);
            edition.map(Some).ok_or_else(|| PublishError::damaged(&format!("`{path}` at the target")))
        };
        let standing = read("edition")?.unwrap_or_default();
        let listed = store.list("").map_err(|why| PublishError::Store("list the files there".into(), why))?;
        let mut there: BTreeMap<SitePath, Vec<Entry>> = BTreeMap::new();
        for entry in listed.into_iter().filter(|entry| !entry.path.starts_with(OWN)) {
            let path = SitePath::from(entry.path.trim_end_matches('/'));
            there.entry(path.folded()).or_default().push(entry);
        }
        Ok(Site {
            store,
            published: standing.clone(),
            standing,
            previous: read("previous")?,
            unfinished: read("rollback")?,
            there,
            has_left: false,
        })
    }

    /// The files in the way: those that the record does not list, where none of ours stands, or where these need a
    /// folder.
    pub fn foreign(&self, plan: &Plan) -> Vec<SitePath> {
        let new = plan.uploads.iter().filter(|upload| upload.is_new || self.entry(&upload.path).is_none());
        let names = Names::of(new.map(|upload| &upload.path));
        let ours: BTreeSet<SitePath> = self.standing.files.keys().map(SitePath::folded).collect();
        let foreign =
            self.there.iter().filter(|(path, _)| !ours.contains(*path) && names.conflict_with(path));
        let files = foreign.flat_map(|(_, entries)| entries).filter(|entry| !entry.path.ends_with('/'));
        files.map(|entry| SitePath::from(&*entry.path)).collect()
    }

    /// The files that the record takes for what is wanted, and that the store shows to be missing or changed.
    /// What it says without reading decides; with `reads`, the content of each file that this leaves open.
    ///
    /// # Errors
    /// If the store refuses.
    pub fn differing(
        &self,
        wanted: &Edition,
        contents: &BTreeMap<SitePath, Content>,
        reads: bool,
    ) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let certain = |(path, hash): (&'_ SitePath, &Option<Fingerprint>)| {
            let hash = hash.filter(|hash| self.standing.hash(path) == Some(*hash))?;
            Some((path.clone(), hash, contents.get(path)))
        };
        let (mut differing, mut open) = (Vec::new(), Vec::new());
        let (mut gives_md5, mut by_md5) = (false, Vec::new());
        for (path, hash, content) in wanted.files.iter().filter_map(certain) {
            let Some(entry) = self.entry(&path) else {
                differing.push((path, Difference::Missing));
                continue;
            };
            let Some(content) = content else {
                // It is not made again, so only its hash is known.
                open.push((path, hash));
                continue;
            };
            match &entry.md5 {
                _ if entry.is_special || entry.length != content.length => {
                    differing.push((path, Difference::Changed))
                }
                Some(md5) if *md5 == content.md5 => gives_md5 = true,
                Some(_) => by_md5.push((path, hash)),
                None => open.push((path, hash)),
            }
        }
        // A store whose tags look like MD5 and never are one says nothing with them.
        match gives_md5 {
            true => differing.extend(by_md5.into_iter().map(|(path, _)| (path, Difference::Changed))),
            false => open.extend(by_md5),
        }
        if reads {
            differing.extend(self.compared(&open)?);
        }
        differing.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(differing)
    }

    /// Reads files, and returns those that do not have these contents.
    fn compared(
        &self,
        files: &[(SitePath, Fingerprint)],
    ) -> Result<Vec<(SitePath, Difference)>, PublishError> {
        let found = Mutex::new(Vec::new());
        let read = |(path, hash): &(SitePath, Fingerprint)| {
            let entry = self.entry(path);
            let is_other = entry.is_some_and(|entry| entry.is_special || entry.length > LARGEST_READ);
            let difference = match is_other {
                true => Difference::Changed,
                false => match self.store.read(path.as_str(), LARGEST_READ)? {
                    None => Difference::Missing,
                    Some(bytes) if Fingerprint::of(&bytes) != *hash => Difference::Changed,
                    Some(_) => return Ok(()),
                },
            };
            found.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), difference));
            Ok(())
        };
        match each(files, read).into_iter().next() {
            Some(((path, _), why)) => Err(PublishError::Store(format!("read `{path}`"), why)),
            None => Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    /// Removes from the record what would be deleted and has other content than it says: somebody changed it there, so
    /// it is theirs. Where reading costs nothing, also what would be replaced, which is then in the way, unless it is
    /// `repaired`. Returns the files that stay although the site no longer has them.
    ///
    /// # Errors
    /// If the store refuses.
    pub fn leave_changed(&mut self, wanted: &Edition, repaired: bool) -> Result<Vec<SitePath>, PublishError> {
        let plan = Plan::of(&self.standing, wanted);
        let replaced = plan.uploads.iter().filter(|_| self.store.is_near()).map(|upload| &upload.path);
        let recorded = |path: &SitePath| {
            self.entry(path)?;
            Some((path.clone(), self.standing.hash(path)?))
        };
        let files: Vec<_> = plan.deleted().chain(replaced).filter_map(recorded).collect();
        let mut changed = self.compared(&files)?;
        changed.retain(|(_, difference)| *difference == Difference::Changed);
        changed.sort();
        self.has_left |= !changed.is_empty();
        Ok(self.standing.leave(changed.into_iter().map(|(path, _)| path), wanted, repaired))
    }

    /// The file at a path, by the very name if there is one.
    fn entry(&self, path: &SitePath) -> Option<&Entry> {
        let entries = self.there.get(&path.folded())?;
        let mut files = entries.iter().filter(|entry| !entry.path.ends_with('/'));
        files.clone().find(|entry| entry.path == path.as_str()).or_else(|| files.next())
    }

    /// Whether a folder stands at a path.
    fn has_folder(&self, path: &SitePath) -> bool {
        self.there
            .get(&path.folded())
            .is_some_and(|entries| entries.iter().any(|entry| entry.path.ends_with('/')))
    }

    /// The target of a rollback: the previous edition, or that of an interrupted rollback.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn rollback(&self) -> Result<Edition, PublishError> {
        let none = |why: &str| PublishError::NoPrevious(why.to_owned());
        let to = self.unfinished.clone().or_else(|| self.previous.clone());
        let to = to.ok_or_else(|| none("the target keeps no previous edition"))?;
        match self.standing.is_whole && self.standing.files == to.files && self.unfinished.is_none() {
            true => Err(none("the previous edition is the current one")),
            false => Ok(to),
        }
    }

    /// Restores the previous edition from the copies kept at the store.
    ///
    /// # Errors
    /// See [`PublishError`].
    pub fn roll_back(self, progress: &(dyn Fn(usize) + Sync)) -> Result<Plan, PublishError> {
        let to = self.rollback()?;
        self.write_record("rollback", &to)?;
        let store = self.store;
        let bytes = |path: &SitePath| {
            let hash = to.hash(path).ok_or("its content is not recorded")?;
            let bytes = store.read(&kept(hash), LARGEST_READ).map_err(|why| why.to_string())?;
            let bytes = bytes.ok_or("it is no longer kept at the target")?;
            match Fingerprint::of(&bytes) == hash {
                true => Ok(bytes),
                false => Err("the copy kept at the target was changed".to_owned()),
            }
        };
        let end = |why| PublishError::Store("end the rollback".to_owned(), why);
        let plan = self.bring(&to, &bytes, true, progress)?;
        store.delete(&own("rollback")).map_err(end)?;
        Ok(plan)
    }

    /// Makes the store contain `wanted`. With `keep`, a rollback to the current edition stays possible. Calls
    /// `progress` for every uploaded file.
    ///
    /// # Errors
    /// See [`PublishError`]. Nothing but what is in the way was deleted unless all uploads succeeded; running
    /// again resumes.
    pub fn publish(
        self,
        wanted: &Edition,
        bytes: &Bytes<'_>,
        keep: bool,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Plan, PublishError> {
        if self.unfinished.is_some() {
            let end = |why| PublishError::Store("end the rollback".to_owned(), why);
            self.store.delete(&own("rollback")).map_err(end)?;
        }
        self.bring(wanted, bytes, keep, progress)
    }

    fn bring(
        mut self,
        wanted: &Edition,
        bytes: &Bytes<'_>,
        keep: bool,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Plan, PublishError> {
        let plan = Plan::of(&self.standing, wanted);
        if plan.is_empty() && self.standing.is_whole {
            if self.has_left {
                self.write_record("edition", wanted)?;
            }
            self.clean_up(keep)?;
            return Ok(plan);
        }
        if keep {
            self.keep(&plan)?;
        }
        self.standing.is_whole = false;
        for upload in &plan.uploads {
            self.standing.files.insert(upload.path.clone(), None);
        }
        self.standing.files.extend(plan.in_the_way.iter().map(|path| (path.clone(), None)));
        self.write_record("edition", &self.standing)?;
        self.clear_the_way(&plan)?;
        let arrived = AtomicUsize::new(0);
        let tell = || progress(arrived.fetch_add(1, Ordering::Relaxed) + 1);
        for stage in Stage::ALL {
            let uploads: Vec<&Upload> = plan.uploads.iter().filter(|upload| upload.stage == stage).collect();
            for some in uploads.chunks(PER_RECORD) {
                let failed = self.upload(some, bytes, &tell);
                self.standing.files.extend(
                    some.iter()
                        .filter(|upload| !failed.contains_key(&upload.path))
                        .map(|upload| (upload.path.clone(), Some(upload.hash))),
                );
                let recorded = self.write_record("edition", &self.standing);
                if !failed.is_empty() {
                    // A failed record is written again by the next run; the original error is the one to
                    // report.
                    let named = failed.into_iter().filter_map(|(path, why)| Some((path, why?)));
                    return Err(PublishError::Uploads(named.collect()));
                }
                recorded?;
            }
        }
        if !plan.deletions.is_empty() {
            // Wherever the run ends, files that may be deleted must not count as present.
            self.standing.files.extend(plan.deletions.iter().map(|path| (path.clone(), None)));
            self.write_record("edition", &self.standing)?;
        }
        for stage in Stage::ALL.into_iter().rev() {
            // Deletions run concurrently, so pages must be gone before their assets are deleted.
            let some: Vec<&SitePath> =
                plan.deletions.iter().filter(|path| Stage::of(path) == stage).collect();
            self.delete(&some)?;
        }
        self.standing = wanted.clone();
        self.standing.is_whole = true;
        self.write_record("edition", &self.standing)?;
        self.clean_up(keep)?;
        Ok(plan)
    }

    /// Deletes what stores cannot hold beside the files to upload, and forgets it before these arrive: from then on
    /// its name may be theirs.
    fn clear_the_way(&mut self, plan: &Plan) -> Result<(), PublishError> {
        // Whoever publishes has allowed it. What stands at an upload's own path, that replaces.
        self.delete(&self.foreign(plan).iter().collect::<Vec<_>>())?;
        if !plan.in_the_way.is_empty() {
            self.delete(&plan.in_the_way.iter().collect::<Vec<_>>())?;
            self.standing.files.retain(|path, _| !plan.in_the_way.contains(path));
            self.write_record("edition", &self.standing)?;
        }
        for upload in plan.uploads.iter().filter(|upload| self.has_folder(&upload.path)) {
            let path = &upload.path;
            let failed = |why| PublishError::Store(format!("delete the folder `{path}`"), why);
            self.store.delete_folder(path.as_str()).map_err(failed)?;
        }
        Ok(())
    }

    /// Deletes files. A folder that somebody else has put where one was stays, with all that is in it.
    fn delete(&self, files: &[&SitePath]) -> Result<(), PublishError> {
        let delete = |path: &&SitePath| match self.entry(path).is_none() && self.has_folder(path) {
            true => Ok(()),
            false => self.store.delete(path.as_str()),
        };
        match each(files, delete).into_iter().next() {
            Some((path, why)) => Err(PublishError::Store(format!("delete `{path}`"), why)),
            None => Ok(()),
        }
    }

    /// Uploads some files. Returns those that failed; without a reason if they were not attempted.
    fn upload(
        &self,
        uploads: &[&Upload],
        bytes: &Bytes<'_>,
        tell: &(dyn Fn() + Sync),
    ) -> BTreeMap<SitePath, Option<String>> {
        let is_over = AtomicBool::new(false);
        let upload = |upload: &&Upload| {
            // If the server is gone, do not try the other 10,000 files.
            if is_over.load(Ordering::Relaxed) {
                return Err(None);
            }
            let send = || -> Result<(), String> {
                let bytes = bytes(&upload.path)?;
                if Fingerprint::of(&bytes) != upload.hash {
                    return Err("it changed while it was being published".to_owned());
                }
                let headers = headers(&upload.path, upload.hash);
                self.store.write(upload.path.as_str(), bytes, &headers).map_err(|why| why.to_string())
            };
            match send() {
                Ok(()) => tell(),
                Err(why) => {
                    is_over.store(true, Ordering::Relaxed);
                    return Err(Some(why));
                }
            }
            Ok(())
        };
        each(uploads, upload).into_iter().map(|(upload, why)| (upload.path.clone(), why)).collect()
    }

    /// Copies the files that the last complete edition is about to lose, and records that edition.
    fn keep(&mut self, plan: &Plan) -> Result<(), PublishError> {
        let of_whole = if self.standing.is_whole { Some(&self.published) } else { self.previous.as_ref() };
        let Some(whole) = of_whole else { return Ok(()) };
        let replaced = plan.uploads.iter().map(|upload| &upload.path);
        let lost: BTreeMap<Fingerprint, &SitePath> = replaced
            .chain(plan.deleted())
            .filter_map(|path| {
                let hash = self.standing.hash(path)?;
                (whole.hash(path) == Some(hash)).then_some((hash, path))
            })
            .collect();
        let lost: Vec<_> = lost.into_iter().collect();
        // A file that somebody else removed cannot be kept; a rollback then reports it.
        let copy =
            |(hash, path): &(Fingerprint, &SitePath)| self.store.copy(path.as_str(), &kept(*hash)).map(drop);
        if let Some(((_, path), why)) = each(&lost, copy).into_iter().next() {
            return Err(PublishError::Store(format!("keep a copy of `{path}`"), why));
        }
        if self.standing.is_whole {
            // With what somebody changed since, of which no copy is kept: a rollback to it must say so.
            self.write_record("previous", &self.published)?;
            self.previous = Some(self.published.clone());
        }
        Ok(())
    }

    /// Deletes what a rollback no longer needs.
    fn clean_up(&self, keep: bool) -> Result<(), PublishError> {
        let failed = |tried: &str| {
            let tried = tried.to_owned();
            move |why| PublishError::Store(tried, why)
        };
        let needed: BTreeSet<String> = match &self.previous {
            Some(previous) if keep => previous.lost_in(&self.standing).into_iter().map(kept).collect(),
            _ => BTreeSet::new(),
        };
        if !keep && self.previous.is_some() {
            self.store
                .delete(&own("previous"))
                .map_err(failed("delete the record of the previous edition"))?;
        }
        let mut there = self.store.list(&own("kept/")).map_err(failed("list the kept files"))?;
        there.extend(self.store.list(&own(PARTS)).map_err(failed("list partial uploads"))?);
        let mut there: Vec<String> = there.into_iter().map(|entry| entry.path).collect();
        there.retain(|path| !path.ends_with('/') && !needed.contains(path));
        if let Some((path, why)) = each(&there, |path| self.store.delete(path)).into_iter().next() {
            return Err(PublishError::Store(format!("delete `{path}`"), why));
        }
        Ok(())
    }

    fn write_record(&self, name: &str, edition: &Edition) -> Result<(), PublishError> {
        let headers = Headers { content_type: "text/plain; charset=utf-8", cache_control: "no-store" };
        let path = own(name);
        let written = self.store.write(&path, edition.text().into_bytes(), &headers);
        written.map_err(|why| PublishError::Store(format!("write `{path}`"), why))
    }
}

/// Applies a function to each item concurrently; returns the failures in order.
fn each<'t, T: Sync, E: Send>(
    items: &'t [T],
    act: impl Fn(&'t T) -> Result<(), E> + Sync,
) -> Vec<(&'t T, E)> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let work = || {
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            if let Err(why) = act(item) {
                failed.lock().unwrap_or_else(PoisonError::into_inner).push((at, item, why));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..AT_ONCE.min(items.len()) {
            scope.spawn(work);
        }
        work();
    });
    let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.sort_by_key(|(at, ..)| *at);
    failed.into_iter().map(|(_, item, why)| (item, why)).collect()
}
