//! What of the base was not published and is published by the change: a text or a file where it was, the same bytes
//! with another name, or the words, from whichever file of the repository to whichever other.
//!
//! This compares what both states publish, so it does not matter why something was held back, or how the change
//! publishes it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::entry::Sort;
use super::tree::Tree;
use super::wording::{Word, Wording, entire, runs, whole, words};
use super::{CODE, Change, LARGEST_FILE, about};
use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::media;
use crate::base::path::InputPath;
use crate::config;
use crate::kinds::KindId;
use crate::session::{Options, Snapshot};
use crate::world::memory::MemoryWorld;

/// Files that are read to see what is published. Of all others only the names matter.
const READ: [&str; 3] = ["md", "svg", "svgz"];

/// Reports what only the change publishes, except of the files in `told`, of which this is already said.
pub(super) fn compare(
    (before, after): (&Tree, &Tree),
    changes: &[Change<'_>],
    today: Day,
    mut told: BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) {
    for change in uncovered(before, after, changes) {
        if told.insert(change.shown.to_owned()) {
            let message = format!("publishes the words of a comment: `{}`", change.shown);
            found.push(about(change, message).help("leave the comment where it was, or leave the words out"));
        }
    }
    let (was, is) = (State::of(before, before, today), State::of(after, before, today));
    let mut report = |path: &str, message: String, help: &str| {
        if told.insert(format!("{}{path}", after.folder)) {
            found.push(CODE.found(message).help(help));
        }
    };
    for path in same_bytes(&was, &is) {
        let message =
            format!("publishes `{}{path}`, which is in the dossier and was held back", after.folder);
        report(path, message, "do not refer to it, and bring nothing with its name or content");
    }
    for (path, from) in same_words(&was, &is) {
        let message = format!("publishes in `{}{path}` what `{from}` says and was held back", after.folder);
        report(path, message, "leave this out; those who maintain the dossier can publish it");
    }
    for path in was.pages.keys().filter(|path| !is.pages.contains_key(*path) && is.content(path).is_some()) {
        let message = format!("holds back `{}{path}`, which is published", after.folder);
        report(path, message, "restore it as it was; those who maintain the dossier can take it down");
    }
}

/// What is published where it was not, or has the content of something that was not.
fn same_bytes<'s>(was: &State<'_>, is: &'s State<'_>) -> BTreeSet<&'s str> {
    let all = was.tree.entries.values().filter(|entry| entry.sort == Sort::File && entry.size > 0);
    let all: BTreeSet<&str> = all.map(|entry| &*entry.hash).collect();
    let files: BTreeSet<&str> = was.files.iter().filter_map(|path| was.content(path)).collect();
    // A page shows neither the comments nor all of the front matter of its text, so as a file that is held back.
    let pages: BTreeSet<&str> = was.pages.keys().filter_map(|path| was.content(path)).collect();
    let is_new = |path: &str, is_open: bool, open: &dyn Fn(&str) -> bool| {
        let (then, now) = (was.content(path), is.content(path));
        let is_held = |hash: &str| all.contains(hash) && !files.contains(hash) && !open(hash);
        !is_open && then.is_some() || now != then && now.is_some_and(is_held)
    };
    let of_pages = is.pages.keys().filter(|path| {
        let is_open = was.pages.contains_key(*path) || was.files.contains(*path);
        is_new(path, is_open, &|hash| pages.contains(hash))
    });
    let of_files = is.files.iter().filter(|path| is_new(path, was.files.contains(*path), &|_| false));
    of_pages.chain(of_files).map(String::as_str).collect()
}

/// The files that are published with words of the base that were not, each with the file that has them.
fn same_words<'s>(was: &State<'s>, is: &'s State<'_>) -> BTreeMap<&'s str, &'s str> {
    // Only these can publish anything new, so the rest of the repository is read once and not kept.
    let mut new: HashMap<u64, &str> = HashMap::new();
    let mut has_media = false;
    let is_same = |path: &str| was.content(path) == is.content(path) && was.publishes(path);
    for path in is.published().filter(|path| !is_same(path)) {
        has_media |= is_media(path);
        let shown = is.wording(path).shown;
        let hashes = shown.iter().flat_map(|part| runs(part)).map(|run| run.hash);
        for hash in hashes.chain(shown.first().and_then(|body| entire(body))) {
            new.entry(hash).or_insert(path);
        }
    }
    if new.is_empty() {
        return BTreeMap::new();
    }
    let mut open: HashSet<u64> = HashSet::new();
    let mut held: BTreeMap<u64, &str> = BTreeMap::new();
    for (shown, entry) in &was.tree.entries {
        let path = shown.strip_prefix(was.tree.folder.as_str()).unwrap_or("../");
        // The words of a theme are there to be published.
        let is_looked_at = entry.sort == Sort::File
            && entry.size <= LARGEST_FILE
            && path != config::FILE
            && !path.starts_with("themes/")
            && (has_media || !is_media(path));
        let Some(bytes) = is_looked_at.then(|| was.tree.bytes(shown)).flatten() else { continue };
        let wording = Wording::of(path, was.pages.get(path).copied(), &bytes);
        let body = wording.shown.first().and_then(|body| entire(body));
        if was.publishes(path) {
            open.extend(wording.shown.iter().flat_map(|part| runs(part)).map(|run| run.hash));
            open.extend(body);
        }
        let all = match str::from_utf8(&bytes) {
            Ok(text) => words(text),
            Err(_) => wording.shown.concat(),
        };
        let long = runs(&all).filter(|run| run.is_long).map(|run| run.hash);
        let Wording { shown: parts, unshown, comments } = &wording;
        let short = [parts, unshown, comments].into_iter().flatten().chain([&all]);
        let short = short.filter_map(|part| whole(part));
        for run in long.chain(short).chain(body).chain(entire(&all)).filter(|run| new.contains_key(run)) {
            held.entry(run).or_insert(shown);
        }
    }
    let published = held.into_iter().filter(|(run, _)| !open.contains(run));
    published.map(|(run, from)| (new[&run], from)).collect()
}

fn is_media(path: &str) -> bool {
    media::format_of(InputPath::from(path).extension()).is_some() && !path.ends_with(".svg")
}

/// The files in which the words of a comment are no comment any more: a text with them was moved, also to the name of a
/// file that is no text, or the front matter ends earlier.
fn uncovered<'c>(before: &Tree, after: &Tree, changes: &'c [Change<'c>]) -> Vec<&'c Change<'c>> {
    let split = |tree: &Tree, change: &Change<'_>| {
        let bytes = tree.bytes(change.shown).unwrap_or_default();
        let wording = Wording::of(change.shown, None, &bytes);
        let joined =
            |words: &[_]| words.iter().fold(" ".to_owned(), |all, word: &Word| all + &word.letters + " ");
        let all = |parts: &[Vec<_>]| parts.iter().map(|part| joined(part)).collect::<Vec<String>>();
        (all(&wording.comments), all(&wording.shown).join("\n"))
    };
    let texts: Vec<_> = changes
        .iter()
        .filter(|change| change.path.is_some_and(|path| path.starts_with("content/")))
        .map(|change| (change, split(before, change), split(after, change)))
        .collect();
    let still: BTreeSet<&String> = texts.iter().flat_map(|(.., (comments, _))| comments).collect();
    let all: BTreeSet<&String> = texts.iter().flat_map(|(_, (comments, _), _)| comments).collect();
    let gone = all.difference(&still).filter(|comment| !comment.trim().is_empty());
    let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::Standard).build(gone) else {
        return texts.iter().map(|(change, ..)| *change).collect();
    };
    let in_text = |text: &str| -> BTreeSet<usize> {
        finder.find_overlapping_iter(text).map(|found| found.pattern().as_usize()).collect()
    };
    let uncovered = texts.iter().filter(|(_, (_, was), (_, is))| !in_text(is).is_subset(&in_text(was)));
    uncovered.map(|(change, ..)| *change).collect()
}

/// What would be on the site on a day, with the settings and the theme of the base.
struct State<'t> {
    tree: &'t Tree,
    /// The paths of the texts that would be pages, and of what kind.
    pages: BTreeMap<String, KindId>,
    /// The paths of the files of `content/` that would be published as they are.
    files: BTreeSet<String>,
}

impl<'t> State<'t> {
    fn of(tree: &'t Tree, base: &Tree, today: Day) -> State<'t> {
        let files = |tree: &'_ Tree, is_content: bool| -> Vec<(String, Vec<u8>)> {
            let inner =
                |path: &String| path.strip_prefix(&tree.folder).map(|inner| (path.clone(), inner.to_owned()));
            let all = tree.entries.keys().filter_map(inner);
            let of = |inner: &str| match is_content {
                true => inner.starts_with("content/"),
                false => inner == config::FILE || inner.starts_with("themes/"),
            };
            let read = |(path, inner): (String, String)| {
                let extension =
                    InputPath::from(inner.as_str()).extension().unwrap_or_default().to_ascii_lowercase();
                let is_read = !is_content || READ.contains(&extension.as_str());
                let bytes = if is_read { tree.bytes(&path) } else { None };
                (inner, bytes.unwrap_or_default())
            };
            all.filter(|(_, inner)| of(inner)).map(read).collect()
        };
        let all = files(base, false).into_iter().chain(files(tree, true));
        let world = all.fold(MemoryWorld::new().on(today), |world, (path, bytes)| world.with(&path, bytes));
        let graph = &Snapshot::take(Arc::new(world), &Options::default()).graph;
        let editions = graph.entities.iter().flat_map(|entity| &entity.editions);
        State {
            tree,
            pages: editions
                .map(|edition| (edition.input.path.as_str().to_owned(), edition.input.kind))
                .collect(),
            files: graph.files.published.iter().map(|path| path.as_str().to_owned()).collect(),
        }
    }

    fn publishes(&self, path: &str) -> bool {
        self.pages.contains_key(path) || self.files.contains(path)
    }

    fn published(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().chain(&self.files).map(String::as_str)
    }

    /// What the content of a file hashes to.
    fn content(&self, path: &str) -> Option<&str> {
        self.tree.entries.get(&format!("{}{path}", self.tree.folder)).map(|entry| &*entry.hash)
    }

    fn wording(&self, path: &str) -> Wording {
        let bytes = self.tree.bytes(&format!("{}{path}", self.tree.folder)).unwrap_or_default();
        Wording::of(path, self.pages.get(path).copied(), &bytes)
    }
}
