//! Changes in, an immutable [`Snapshot`] out: what `build`, `check`, `serve` and the editor all read.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::check::{self, Context};
use crate::config::{self, Config};
use crate::link::{self, File, Graph};
use crate::world::World;
use crate::{load, parse};

/// What a session is asked for, besides the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Include drafts.
    pub drafts: bool,
    /// Publish there instead of at the settings' `base_url`.
    pub base_url: Option<String>,
}

/// A dossier, understood as it stood at one moment.
pub struct Snapshot {
    /// Its settings.
    pub config: Config,
    /// Its entities and references.
    pub graph: Graph,
    /// Everything found, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    world: Arc<dyn World>,
}

impl Snapshot {
    /// Reads the whole dossier.
    pub fn take(world: Arc<dyn World>, options: &Options) -> Snapshot {
        let config = config::read(&*world, options.base_url.as_deref());
        let mut diagnostics = config.diagnostics;
        let config = config.value;
        let inputs = load::load(&*world, &config);
        diagnostics.extend(inputs.diagnostics);
        let inputs = inputs.value;
        let parsed: Vec<_> = inputs
            .files
            .into_par_iter()
            .map(|input| {
                let parsed = parse::parse(&input, &config);
                (File { input, parsed: Arc::new(parsed.value) }, parsed.diagnostics)
            })
            .collect();
        let mut files = Vec::with_capacity(parsed.len());
        for (file, found) in parsed {
            files.push(file);
            diagnostics.extend(found);
        }
        let graph = link::link(files, inputs.assets, &config.languages, options.drafts);
        diagnostics.extend(check::check(&Context { graph: &graph, config: &config, today: world.today() }));
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        diagnostics.dedup();
        Snapshot { config, graph, diagnostics, world }
    }

    /// Where its files are read from.
    pub fn world(&self) -> &Arc<dyn World> {
        &self.world
    }

    /// Whether something was found that must not be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The text of every input that a diagnostic speaks of, for its excerpts.
    pub fn texts(&self) -> BTreeMap<InputPath, Arc<str>> {
        let labels = self.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels);
        let paths: std::collections::BTreeSet<&InputPath> = labels.map(|label| &label.path).collect();
        let text = |path: &&InputPath| {
            let bytes = self.world.read(path).ok()?;
            Some(((*path).clone(), String::from_utf8_lossy(&bytes).into()))
        };
        paths.iter().filter_map(text).collect()
    }
}
