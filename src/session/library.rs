//! The files of `content/`, as last read and parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Changes, is_at_or_below};
use crate::base::bug::caught;
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::path::InputPath;
use crate::base::span::Span;
use crate::base::svg;
use crate::base::timing::timed;
use crate::config::Config;
use crate::link::File;
use crate::load::{self, Found};
use crate::metadata::Copied;
use crate::parse::{self, Parsed};
use crate::world::{Entry, World};

/// The files, by path.
#[derive(Clone)]
pub(crate) struct Library {
    files: BTreeMap<InputPath, Arc<Known>>,
    /// The errors from listing `content/`.
    trouble: Vec<Diagnostic>,
}

/// The result of looking for changes.
pub(crate) enum News {
    Nothing,
    /// Only the content of these Markdown files changed.
    Edits(Vec<File>),
    /// Anything may have changed.
    Everything,
}

/// The cached state of a file.
struct Known {
    entry: Entry,
    is: What,
    /// The fingerprint of the content, if it was read.
    hash: Option<Fingerprint>,
}

/// What is known of a file that is copied.
struct AssetFacts {
    /// What it does, if it is an SVG that is a program.
    active: Option<String>,
    copied: Copied,
}

enum What {
    Input { input: Arc<load::Input>, parsed: Arc<Parsed>, diagnostics: Vec<Diagnostic> },
    Asset(AssetFacts),
    Nothing,
    Problem(Box<Diagnostic>),
}

impl Library {
    /// Reads all files.
    pub(crate) fn read(world: &dyn World, config: &Config) -> Library {
        let mut library = Library { files: BTreeMap::new(), trouble: Vec::new() };
        library.refresh(world, config, &Changes::Everything);
        library
    }

    /// Reads the files that may have changed.
    pub(crate) fn refresh(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> News {
        if let Some(news) = self.second_look(world, config, changes) {
            return news;
        }
        match self.look_around(world, config, changes) {
            true => News::Everything,
            false => News::Nothing,
        }
    }

    /// Reads only the hinted files. Returns `None` unless all of them were and still are Markdown files of a
    /// kind. An editor's save touches such files; any other change, above all to folders, requires listing
    /// everything again.
    fn second_look(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> Option<News> {
        let Changes::Paths(paths) = changes else { return None };
        let may_be_read = |path: &&InputPath| {
            is_at_or_below(path, load::CONTENT) || (config.documents && load::is_document(path.as_str()))
        };
        let hinted = paths.iter().filter(may_be_read);
        let entry = |path| {
            self.files.get(path).filter(|known| known.file().is_some()).map(|known| known.entry.clone())
        };
        let entries = hinted.map(entry).collect::<Option<Vec<Entry>>>()?;
        let news = self.news(world, config, entries);
        let edits = news.iter().map(|known| known.file()).collect::<Option<Vec<File>>>()?;
        match self.take_up(news) {
            false => Some(News::Nothing),
            true => Some(News::Edits(edits)),
        }
    }

    /// Lists all files, and reads those that are new or may have changed.
    fn look_around(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> bool {
        let listed = load::list(world, config);
        let had_trouble = std::mem::replace(&mut self.trouble, listed.diagnostics);
        let mut changed = had_trouble != self.trouble;
        let paths: BTreeSet<&InputPath> = listed.value.iter().map(|entry| &entry.path).collect();
        let before = self.files.len();
        self.files.retain(|path, _| paths.contains(path));
        changed |= before != self.files.len();
        let may_differ = |entry: &Entry| match (self.files.get(&entry.path), changes) {
            (Some(known), Changes::Paths(hinted)) => {
                known.entry != *entry || hinted.iter().any(|path| is_at_or_below(&entry.path, path.as_str()))
            }
            _ => true,
        };
        let entries = listed.value.iter().filter(|entry| may_differ(entry)).cloned().collect();
        let news = self.news(world, config, entries);
        self.take_up(news) | changed
    }

    /// Returns the new state of these files, without those that are unchanged.
    fn news(&self, world: &dyn World, config: &Config, entries: Vec<Entry>) -> Vec<Arc<Known>> {
        let known = |entry: Entry| {
            let before =
                self.files.get(&entry.path).map(|known| &**known).filter(|known| known.entry == entry);
            let name = entry.path.clone();
            let what = || format!("`{name}` cannot be read");
            let read = || Known::read(world, config, entry.clone(), before);
            timed("file", name.as_str(), || caught(what, read)).unwrap_or_else(|bug| {
                let bug = bug.at(&name, Span::empty(0), "");
                Some(Known { entry, is: What::Problem(Box::new(bug)), hash: None })
            })
        };
        entries.into_par_iter().filter_map(known).map(Arc::new).collect()
    }

    fn take_up(&mut self, news: Vec<Arc<Known>>) -> bool {
        let changed = !news.is_empty();
        match self.files.is_empty() {
            // They are sorted, and building the map in one go is faster.
            true => self.files = news.into_iter().map(|known| (known.entry.path.clone(), known)).collect(),
            false => self.files.extend(news.into_iter().map(|known| (known.entry.path.clone(), known))),
        }
        changed
    }

    /// Whether this is one of the files.
    pub(crate) fn knows(&self, path: &InputPath) -> bool {
        self.files.contains_key(path)
    }

    /// The Markdown files, sorted by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = File> {
        self.files.values().filter_map(|known| known.file())
    }

    /// All other files that are published, sorted by path.
    pub(crate) fn assets(&self) -> impl Iterator<Item = InputPath> {
        let assets = self.files.iter().filter(|(_, known)| matches!(known.is, What::Asset(..)));
        assets.map(|(path, _)| path.clone())
    }

    /// What is known of every file that may be copied.
    pub(crate) fn copied(&self) -> BTreeMap<InputPath, Copied> {
        let copied = |(path, known): (&InputPath, &Arc<Known>)| match &known.is {
            What::Asset(facts) => Some((path.clone(), facts.copied.clone())),
            _ => None,
        };
        self.files.iter().filter_map(copied).collect()
    }

    /// The drawings that are programs, each with what it is.
    pub(crate) fn active(&self) -> BTreeMap<InputPath, String> {
        let active = |(path, known): (&InputPath, &Arc<Known>)| match &known.is {
            What::Asset(facts) => Some((path.clone(), facts.active.clone()?)),
            _ => None,
        };
        self.files.iter().filter_map(active).collect()
    }

    /// The fingerprint of every file of any type, with its path. Reads the files that were not read yet.
    pub(crate) fn fingerprints(&self, world: &dyn World) -> Vec<(&Entry, Fingerprint)> {
        let files: Vec<&Arc<Known>> = self.files.values().collect();
        let of = |known: &&Arc<Known>| known.hash.unwrap_or_else(|| fingerprint(world, &known.entry));
        files.par_iter().map(|known| (&known.entry, of(known))).collect()
    }

    /// The diagnostics from reading.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let of = |known: &Arc<Known>| match &known.is {
            What::Input { diagnostics, .. } => diagnostics.clone(),
            What::Problem(diagnostic) => vec![(**diagnostic).clone()],
            _ => Vec::new(),
        };
        let mut found: Vec<Diagnostic> = self.trouble.clone();
        found.extend(self.files.values().flat_map(of));
        let is_input = |known: &Arc<Known>| matches!(known.is, What::Input { .. });
        if found.is_empty() && !self.files.values().any(is_input) {
            found.push(load::nothing_there());
        }
        found
    }
}

impl Known {
    fn file(&self) -> Option<File> {
        match &self.is {
            What::Input { input, parsed, .. } => Some(File { input: input.clone(), parsed: parsed.clone() }),
            _ => None,
        }
    }

    /// Reads a file. Returns `None` if its content is the same as in `before`.
    fn read(world: &dyn World, config: &Config, entry: Entry, before: Option<&Known>) -> Option<Known> {
        let found = load::read(world, config, &entry);
        let mut bytes = None;
        let hash = match &found {
            Found::Input(input, _) => Some(input.hash),
            // A file that cannot be read is reported when it is copied.
            Found::Asset(path) => {
                let bytes = bytes.insert(world.read(path).unwrap_or_default());
                Some(Fingerprint::of(bytes))
            }
            _ => None,
        };
        if before.is_some_and(|before| hash.is_some() && before.hash == hash) {
            return None;
        }
        let is = match found {
            Found::Input(input, text) => {
                let parsed = parse::parse(&input, &text, config);
                let (parsed, diagnostics) = (Arc::new(parsed.value), parsed.diagnostics);
                What::Input { input: Arc::new(input), parsed, diagnostics }
            }
            Found::Asset(path) => What::Asset(AssetFacts::of(&path, &bytes.unwrap_or_default(), config)),
            Found::Nothing => What::Nothing,
            Found::Problem(diagnostic) => What::Problem(diagnostic),
        };
        let same = before.is_some_and(|before| match (&before.is, &is) {
            (What::Nothing, What::Nothing) => true,
            (What::Problem(before), What::Problem(now)) => before == now,
            _ => false,
        });
        (!same).then_some(Known { entry, is, hash })
    }
}

impl AssetFacts {
    fn of(path: &InputPath, bytes: &[u8], config: &Config) -> AssetFacts {
        let active = match path.extension().unwrap_or_default().to_ascii_lowercase().as_str() {
            "svg" | "svgz" => svg::active(bytes).map(|found| format!("is an SVG that {}", found.what)),
            "gpx" | "kml" | "tcx" | "gml" | "ttml" | "dfxp" | "xspf" | "tei" => {
                svg::active_in_data(bytes).map(|what| format!("is XML that {what}"))
            }
            _ => None,
        };
        AssetFacts { active, copied: Copied::of(bytes, config.keeps_metadata(path)) }
    }
}

/// Computes the current fingerprint of a file.
pub(crate) fn fingerprint(world: &dyn World, entry: &Entry) -> Fingerprint {
    // An unreadable file gets the fingerprint of empty content. The reason is part of the entry.
    Fingerprint::of(&world.read(&entry.path).unwrap_or_default())
}
