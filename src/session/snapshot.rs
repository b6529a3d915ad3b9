//! A dossier as it stood at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::library::Library;
use super::settings::Settings;
use super::{Options, Session};
use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Reported, Severity};
use crate::base::path::InputPath;
use crate::check::{self, Context};
use crate::config::Config;
use crate::link::{self, Graph, Release};
use crate::outputs::Press;
use crate::render::Renderer;
use crate::view::{Index, Site};
use crate::world::World;

/// A dossier, understood as it stood at one moment. What is not always needed is worked out when it is asked for, and
/// kept.
pub struct Snapshot {
    settings: Arc<Settings>,
    /// Its entities and references.
    pub graph: Graph,
    /// The size of every picture in pixels.
    sizes: BTreeMap<InputPath, (usize, usize)>,
    today: Day,
    /// What was found while reading.
    found: Vec<Diagnostic>,
    /// All that was found.
    diagnostics: OnceLock<Vec<Diagnostic>>,
    index: OnceLock<Index>,
    renderer: OnceLock<Reported<Option<Renderer>>>,
    world: Arc<dyn World>,
}

impl Snapshot {
    /// Reads the whole dossier, once.
    pub fn take(world: Arc<dyn World>, options: &Options) -> Arc<Snapshot> {
        Session::open(world, options.clone()).snapshot()
    }

    pub(super) fn of(
        world: Arc<dyn World>,
        options: &Options,
        settings: Arc<Settings>,
        library: &Library,
        today: Day,
    ) -> Snapshot {
        let release = Release { drafts: options.drafts, today };
        let graph = link::link(library.files(), library.assets(), &settings.config.languages, &release);
        Snapshot {
            graph,
            sizes: library.sizes(),
            today,
            found: library.diagnostics(),
            diagnostics: OnceLock::new(),
            index: OnceLock::new(),
            renderer: OnceLock::new(),
            settings,
            world,
        }
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.settings.config
    }

    /// Where its files are read from.
    pub fn world(&self) -> &Arc<dyn World> {
        &self.world
    }

    /// Everything found in the files, in their order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let mut found = [&self.settings.diagnostics[..], &self.found].concat();
            found.extend(check::check(&Context {
                graph: &self.graph,
                config: &self.settings.config,
                today: self.today,
            }));
            found.sort_by(|a, b| a.order().cmp(&b.order()));
            found.dedup();
            found
        })
    }

    /// What was found while reading one file; no check has to run for it.
    pub fn found_in<'a>(&'a self, path: &'a InputPath) -> impl Iterator<Item = &'a Diagnostic> {
        let is_here = |diagnostic: &&Diagnostic| diagnostic.labels.first().is_some_and(|at| at.path == *path);
        self.found.iter().filter(is_here)
    }

    /// Whether something was found that must not be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics().iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// What makes the files of the site.
    ///
    /// # Errors
    /// Where the theme cannot be used: why.
    pub fn press(&self) -> Result<Press<'_>, &[Diagnostic]> {
        let Settings { config, theme, assets, locales, .. } = &*self.settings;
        let index = self.index.get_or_init(|| Index::of(&self.graph, locales));
        let site = Site::new(&self.graph, config, locales, &self.sizes, index);
        let renderer = self.renderer.get_or_init(|| Renderer::new(theme, assets, &site));
        match &renderer.value {
            Some(renderer) => Ok(Press::new(site, renderer, assets, &*self.world)),
            None => Err(&renderer.diagnostics),
        }
    }

    /// The text of every input that a diagnostic speaks of, for its excerpts.
    pub fn texts(&self) -> BTreeMap<InputPath, Arc<str>> {
        let labels = self.diagnostics().iter().flat_map(|diagnostic| &diagnostic.labels);
        let paths: BTreeSet<&InputPath> = labels.map(|label| &label.path).collect();
        let text = |path: &&InputPath| {
            let bytes = self.world.read(path).ok()?;
            Some(((*path).clone(), String::from_utf8_lossy(&bytes).into()))
        };
        paths.iter().filter_map(text).collect()
    }
}
