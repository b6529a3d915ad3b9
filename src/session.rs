//! Changes in, an immutable [`Snapshot`] out: what `build`, `check`, `serve` and the editor all read.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::diagnostic::{Code, Diagnostic, Reported, Severity};
use crate::base::path::InputPath;
use crate::check::{self, Context};
use crate::config::{self, Config};
use crate::link::{self, File, Graph};
use crate::locale::Locale;
use crate::outputs::Press;
use crate::theme::{BROKEN_THEME, Theme};
use crate::view::Site;
use crate::world::World;
use crate::{load, parse};

/// Every code that a snapshot can report, sorted by name: those of the checks, and those of what is built on them.
pub fn codes() -> Vec<&'static Code> {
    let mut codes = check::codes();
    codes.push(&BROKEN_THEME);
    codes.sort_by_key(|code| code.name);
    codes
}

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
    theme: Theme,
    locales: Vec<Arc<Locale>>,
    /// The size of every picture in pixels.
    sizes: BTreeMap<InputPath, (usize, usize)>,
    world: Arc<dyn World>,
}

/// Files whose size in pixels can be told.
const PICTURES: [&str; 6] = ["avif", "gif", "jpeg", "jpg", "png", "webp"];

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
        let theme = Theme::read(&*world, &config);
        diagnostics.extend(theme.diagnostics);
        let theme = theme.value;
        let mut locales = Vec::with_capacity(config.languages.len());
        for lang in &config.languages {
            let locale = Locale::read(lang, &theme);
            locales.push(Arc::new(locale.value));
            diagnostics.extend(locale.diagnostics);
        }
        let sizes = sizes(&*world, &graph);
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        diagnostics.dedup();
        Snapshot { config, graph, diagnostics, theme, locales, sizes, world }
    }

    /// Where its files are read from.
    pub fn world(&self) -> &Arc<dyn World> {
        &self.world
    }

    /// Whether something was found that must not be published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// What makes the files of the site. `None` where the theme cannot be used; why is in the diagnostics.
    pub fn press(&self) -> Reported<Option<Press<'_>>> {
        let site = Site::new(&self.graph, &self.config, &self.locales, &self.sizes);
        Press::new(site, &self.theme, &*self.world)
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

fn sizes(world: &dyn World, graph: &Graph) -> BTreeMap<InputPath, (usize, usize)> {
    let is_picture = |path: &&InputPath| {
        path.extension().is_some_and(|extension| PICTURES.contains(&extension.to_ascii_lowercase().as_str()))
    };
    let pictures: Vec<&InputPath> = graph.assets.iter().filter(is_picture).collect();
    let size = |path: &&InputPath| {
        let size = imagesize::blob_size(&world.read(path).ok()?).ok()?;
        Some(((*path).clone(), (size.width, size.height)))
    };
    pictures.par_iter().filter_map(size).collect()
}
