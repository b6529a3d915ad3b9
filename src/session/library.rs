//! Every file of `content/` as it was last read, and what was understood of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Changes, is_at_or_below};
use crate::base::diagnostic::Diagnostic;
use crate::base::hash::Fingerprint;
use crate::base::media;
use crate::base::path::InputPath;
use crate::base::timing::timed;
use crate::config::Config;
use crate::link::File;
use crate::load::{self, Found};
use crate::parse::{self, Parsed};
use crate::world::{Entry, World};

/// The files, by path.
pub(crate) struct Library {
    files: BTreeMap<InputPath, Known>,
    /// Why `content/` could not be listed.
    trouble: Vec<Diagnostic>,
}

/// What a second look brought.
pub(crate) enum News {
    Nothing,
    /// These Markdown files hold something else; all others are as they were.
    Edits(Vec<File>),
    /// Anything.
    Everything,
}

/// What is known of a file.
struct Known {
    entry: Entry,
    is: What,
    /// Of what it holds, where it was read.
    hash: Option<Fingerprint>,
}

enum What {
    Input {
        input: Arc<load::Input>,
        parsed: Arc<Parsed>,
        diagnostics: Vec<Diagnostic>,
    },
    /// Its size in pixels, where it is a picture.
    Asset(Option<(usize, usize)>),
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

    /// Reads again what may have changed.
    pub(crate) fn refresh(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> News {
        if let Some(news) = self.second_look(world, config, changes) {
            return news;
        }
        match self.look_around(world, config, changes) {
            true => News::Everything,
            false => News::Nothing,
        }
    }

    /// Reads again only what is hinted at. `None` unless those were Markdown files of a kind, and still are:
    /// whoever saves touches such a file; everything else, folders above all, needs a look around.
    fn second_look(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> Option<News> {
        let Changes::Paths(paths) = changes else { return None };
        let hinted = paths.iter().filter(|path| is_at_or_below(path, load::CONTENT));
        let entry = |path| {
            self.files.get(path).filter(|known| known.file().is_some()).map(|known| known.entry.clone())
        };
        let entries = hinted.map(entry).collect::<Option<Vec<Entry>>>()?;
        let news = self.news(world, config, entries, true);
        let edits = news.iter().map(Known::file).collect::<Option<Vec<File>>>()?;
        match self.take_up(news) {
            false => Some(News::Nothing),
            true => Some(News::Edits(edits)),
        }
    }

    /// Lists all files; reads those that are new, and those that may have changed.
    fn look_around(&mut self, world: &dyn World, config: &Config, changes: &Changes) -> bool {
        let listed = load::list(world);
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
        let hinted = *changes != Changes::Everything;
        let news = self.news(world, config, entries, hinted);
        self.take_up(news) | changed
    }

    /// What is to be known of these files now, where it is not what was known.
    fn news(&self, world: &dyn World, config: &Config, entries: Vec<Entry>, hinted: bool) -> Vec<Known> {
        let known = |entry: Entry| {
            let before = self.files.get(&entry.path).filter(|known| known.entry == entry);
            let name = entry.path.clone();
            timed("file", name.as_str(), || Known::read(world, config, entry, before, hinted))
        };
        entries.into_par_iter().filter_map(known).collect()
    }

    fn take_up(&mut self, news: Vec<Known>) -> bool {
        let changed = !news.is_empty();
        match self.files.is_empty() {
            // They come in order, and a map is made faster from all at once.
            true => self.files = news.into_iter().map(|known| (known.entry.path.clone(), known)).collect(),
            false => self.files.extend(news.into_iter().map(|known| (known.entry.path.clone(), known))),
        }
        changed
    }

    /// The Markdown files, sorted by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = File> {
        self.files.values().filter_map(Known::file)
    }

    /// All other files that are published, sorted by path.
    pub(crate) fn assets(&self) -> impl Iterator<Item = InputPath> {
        let assets = self.files.iter().filter(|(_, known)| matches!(known.is, What::Asset(_)));
        assets.map(|(path, _)| path.clone())
    }

    /// The size of every picture, in pixels.
    pub(crate) fn sizes(&self) -> BTreeMap<InputPath, (usize, usize)> {
        let size = |(path, known): (&InputPath, &Known)| match known.is {
            What::Asset(size) => Some((path.clone(), size?)),
            _ => None,
        };
        self.files.iter().filter_map(size).collect()
    }

    /// The fingerprint of every file, whatever it is, with its path. Those that were not read so far are read
    /// now.
    pub(crate) fn fingerprints(&self, world: &dyn World) -> Vec<(&Entry, Fingerprint)> {
        let files: Vec<&Known> = self.files.values().collect();
        let of = |known: &&Known| known.hash.unwrap_or_else(|| fingerprint(world, &known.entry));
        files.par_iter().map(|known| (&known.entry, of(known))).collect()
    }

    /// What was found while reading.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let of = |known: &Known| match &known.is {
            What::Input { diagnostics, .. } => diagnostics.clone(),
            What::Problem(diagnostic) => vec![(**diagnostic).clone()],
            _ => Vec::new(),
        };
        let mut found: Vec<Diagnostic> = self.trouble.clone();
        found.extend(self.files.values().flat_map(of));
        let is_input = |known: &Known| matches!(known.is, What::Input { .. });
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

    /// Reads a file. `None` where it holds what it held `before`. Assets are read when they are copied: that
    /// one has changed is known from a hint only.
    fn read(
        world: &dyn World,
        config: &Config,
        entry: Entry,
        before: Option<&Known>,
        hinted: bool,
    ) -> Option<Known> {
        let found = load::read(world, config, &entry);
        let mut size = None;
        let hash = match &found {
            Found::Input(input, _) => Some(input.hash),
            Found::Asset(path) if has_pixels(path) => {
                // What cannot be read now is reported when the file is copied.
                let bytes = world.read(path).unwrap_or_default();
                size = imagesize::blob_size(&bytes).ok().map(|size| (size.width, size.height));
                Some(Fingerprint::of(&bytes))
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
            Found::Asset(_) => What::Asset(size),
            Found::Nothing => What::Nothing,
            Found::Problem(diagnostic) => What::Problem(diagnostic),
        };
        let same = before.is_some_and(|before| match (&before.is, &is) {
            (What::Asset(_), What::Asset(_)) => hash.is_none() && !hinted,
            (What::Nothing, What::Nothing) => true,
            (What::Problem(before), What::Problem(now)) => before == now,
            _ => false,
        });
        (!same).then_some(Known { entry, is, hash })
    }
}

/// The fingerprint of a file as it is now.
pub(crate) fn fingerprint(world: &dyn World, entry: &Entry) -> Fingerprint {
    // What cannot be read has the fingerprint of nothing, and the reason is part of the entry.
    Fingerprint::of(&world.read(&entry.path).unwrap_or_default())
}

fn has_pixels(path: &InputPath) -> bool {
    media::picture(path.extension()).is_some_and(|format| format.is_raster)
}
