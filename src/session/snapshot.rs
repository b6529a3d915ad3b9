//! A dossier at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::library::Library;
use super::settings::Settings;
use super::{Options, Session};
use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::InputPath;
use crate::base::timing::timed;
use crate::check::{self, Context};
use crate::config::Config;
use crate::course::Courses;
use crate::evidence::Evidence;
use crate::link::{self, EntityIx, File, Graph, Held, Publishing, Release};
use crate::load;
use crate::metadata::Told;
use crate::outputs::{self, SiteBuilder};
use crate::reader::{Index, Site};
use crate::render::Renderer;
use crate::site::{SiteInput, SiteMap, referrers};
use crate::world::World;

/// A dossier at one moment, parsed and linked. Anything that is not always needed is computed on first use
/// and cached.
pub struct Snapshot {
    settings: Arc<Settings>,
    /// Its entities and references.
    pub graph: Graph,
    /// The full graph, if `graph` shows an earlier day. The rules check this one.
    all: Option<Graph>,
    /// The size of every picture in pixels.
    sizes: Arc<BTreeMap<InputPath, (usize, usize)>>,
    /// What each copied file tells beside its content.
    told: Arc<BTreeMap<InputPath, Told>>,
    today: Day,
    /// The diagnostics from reading.
    found: Vec<Diagnostic>,
    diagnostics: OnceLock<Vec<Diagnostic>>,
    problems: OnceLock<Vec<Diagnostic>>,
    evidence: OnceLock<Arc<Evidence>>,
    map: OnceLock<Arc<SiteMap>>,
    index: OnceLock<Index>,
    renderer: OnceLock<Result<Renderer, Vec<Diagnostic>>>,
    courses: OnceLock<Arc<Courses>>,
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
        let release = Release { drafts: options.drafts, today, as_of: options.as_of };
        let languages = &settings.config.languages;
        let publishing = Arc::new(Publishing {
            patterns: settings.config.publish_files.clone(),
            active: library.active(),
            theme: settings.own_theme(),
        });
        let graph = timed("stage", "link", || {
            link::link(library.files(), library.assets(), languages, &release, publishing.clone())
        });
        let all = options.as_of.map(|_| {
            let release = Release { as_of: None, ..release };
            link::link(library.files(), library.assets(), languages, &release, publishing)
        });
        let (sizes, told) = (Arc::new(library.sizes()), Arc::new(library.told()));
        let found = library.diagnostics();
        Snapshot { all, sizes, told, ..Snapshot::fresh(graph, found, today, settings, world) }
    }

    /// A snapshot with nothing computed yet.
    fn fresh(
        graph: Graph,
        found: Vec<Diagnostic>,
        today: Day,
        settings: Arc<Settings>,
        world: Arc<dyn World>,
    ) -> Snapshot {
        Snapshot {
            graph,
            all: None,
            sizes: Arc::default(),
            told: Arc::default(),
            today,
            found,
            diagnostics: OnceLock::new(),
            problems: OnceLock::new(),
            evidence: OnceLock::new(),
            map: OnceLock::new(),
            index: OnceLock::new(),
            renderer: OnceLock::new(),
            courses: OnceLock::new(),
            settings,
            world,
        }
    }

    /// The dossier with these files replaced and with these settings, whose `dossier.toml` must be unchanged.
    /// `None` if everything must be linked again.
    pub(super) fn with(
        &self,
        edits: &[File],
        settings: Arc<Settings>,
        library: &Library,
    ) -> Option<Snapshot> {
        let same_theme =
            Arc::ptr_eq(&self.settings, &settings) || self.settings.own_theme() == settings.own_theme();
        let graph = self.graph.with(edits).filter(|_| self.all.is_none() && same_theme)?;
        let changed: Vec<EntityIx> =
            edits.iter().filter_map(|file| graph.by_id(file.input.id.as_str())).collect();
        let index = self.index.get().filter(|_| self.settings.same_words(&settings));
        let index = index.map(|index| index.with(&graph, &settings.locales, &changed));
        // Evidence and routes depend only on facts, and facts are in front matter.
        let same_facts = edits.iter().all(|file| self.has_facts_of(file));
        let evidence = self.evidence.get().filter(|_| same_facts);
        let courses = self.courses.get().filter(|_| same_facts);
        // A body affects only which entities are referred to, and so the number of pages in their lists of
        // referrers.
        let map = self.map.get().filter(|_| {
            same_facts
                && Arc::ptr_eq(&self.graph.files, &graph.files)
                && referrers::same_pages(&self.graph, &graph, &changed)
        });
        let found = library.diagnostics();
        Some(Snapshot {
            sizes: self.sizes.clone(),
            told: self.told.clone(),
            evidence: evidence.cloned().map_or_else(OnceLock::new, OnceLock::from),
            map: map.cloned().map_or_else(OnceLock::new, OnceLock::from),
            courses: courses.cloned().map_or_else(OnceLock::new, OnceLock::from),
            index: index.map_or_else(OnceLock::new, OnceLock::from),
            ..Snapshot::fresh(graph, found, self.today, settings, self.world.clone())
        })
    }

    /// Whether a file has the same front matter as in this snapshot.
    fn has_facts_of(&self, file: &File) -> bool {
        let ix = self.graph.by_id(file.input.id.as_str());
        let editions = ix.map_or(&[][..], |ix| &self.graph.entity(ix).editions);
        let before = editions.iter().find(|edition| edition.input.path == file.input.path);
        before.is_some_and(|before| before.parsed.head.hash == file.parsed.head.hash)
    }

    /// Reuses the parts of an earlier snapshot of the same dossier that are still valid.
    pub(super) fn after(self, before: &Snapshot) -> Snapshot {
        if let (true, Some(index)) = (self.settings.same_words(&before.settings), before.index.get()) {
            let index = Index::of(&self.graph, &self.settings.locales, Some((&before.graph, index)));
            // The snapshot is new, so the cell is empty and this cannot fail.
            let _ = self.index.set(index);
        }
        self
    }

    /// The settings of the dossier.
    pub fn config(&self) -> &Config {
        &self.settings.config
    }

    /// The world that its files are read from.
    pub fn world(&self) -> &Arc<dyn World> {
        &self.world
    }

    /// All diagnostics, in the order of the files.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| self.check(Severity::Note))
    }

    /// The errors and warnings. Skipping notes saves time, because they take as long to compute as all the
    /// rest.
    pub fn problems(&self) -> &[Diagnostic] {
        self.problems.get_or_init(|| match self.diagnostics.get() {
            Some(all) => all.iter().filter(|found| found.severity <= Severity::Warning).cloned().collect(),
            None => self.check(Severity::Warning),
        })
    }

    /// The evidence computed from the graph.
    pub fn evidence(&self) -> &Evidence {
        self.evidence.get_or_init(|| Arc::new(timed("stage", "evidence", || Evidence::of(&self.graph))))
    }

    /// The site map.
    pub fn map(&self) -> &SiteMap {
        self.map.get_or_init(|| Arc::new(self.map_of(&self.graph, self.evidence())))
    }

    fn map_of(&self, graph: &Graph, evidence: &Evidence) -> SiteMap {
        let style = self.settings.style();
        let has_bibliography = style.citer.is_some();
        let input = SiteInput { graph, config: style.config, evidence, has_bibliography };
        timed("stage", "map", || outputs::site_map(&input))
    }

    fn check(&self, least: Severity) -> Vec<Diagnostic> {
        let mut found = [&self.settings.diagnostics[..], &self.found].concat();
        let config = &self.settings.config;
        let of_all = self.all.as_ref().map(Evidence::of);
        let graph = self.all.as_ref().unwrap_or(&self.graph);
        let evidence = of_all.as_ref().unwrap_or_else(|| self.evidence());
        let of_all_courses = self.all.as_ref().map(|graph| Courses::of(graph, &*self.world));
        let courses = of_all_courses.as_ref().unwrap_or_else(|| self.courses());
        let map_of_all = self.all.as_ref().map(|graph| self.map_of(graph, evidence));
        let map = map_of_all.as_ref().unwrap_or_else(|| self.map());
        let (today, world) = (self.today, &*self.world);
        let told = &*self.told;
        let context = Context { graph, evidence, config, courses, map, told, today, world };
        found.extend(timed("stage", "check", || check::check(&context, least)));
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found.dedup();
        found
    }

    /// The computed lines of the routes.
    fn courses(&self) -> &Courses {
        self.courses.get_or_init(|| Arc::new(Courses::of(&self.graph, &*self.world)))
    }

    /// The diagnostics from reading one file. This runs no checks.
    pub(crate) fn found_in<'a>(&'a self, path: &'a InputPath) -> impl Iterator<Item = &'a Diagnostic> {
        let is_here = |diagnostic: &&Diagnostic| diagnostic.labels.first().is_some_and(|at| at.path == *path);
        self.found.iter().filter(is_here)
    }

    /// What is left out of the site, and why, one phrase each.
    pub(crate) fn held_back(&self) -> Vec<String> {
        let texts = self.graph.withheld.iter().map(|withheld| {
            let path = &withheld.edition.input.path;
            match &withheld.until {
                Some(date) => format!("{path}: until {}", date.value),
                None => format!("{path}: a draft"),
            }
        });
        let files = self.graph.files.held.iter().map(|(path, held)| match held {
            Held::Unused => format!("{path}: no published text refers to it"),
            Held::With(text) => format!("{path}: waits with {text}"),
            Held::Active { what, .. } => format!("{path}: {what}"),
        });
        let codes = [load::LEFTOVER_FILE.name, load::HIDDEN_FILE.name, load::UNPLACED_FILE.name];
        let found = self.found.iter().filter(|found| codes.contains(&found.code));
        texts.chain(files).chain(found.map(|found| found.message.replace('`', ""))).collect()
    }

    /// Whether there are errors that prevent publication.
    pub fn has_errors(&self) -> bool {
        self.problems().iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the builder of the site's files.
    ///
    /// # Errors
    /// The diagnostics that say why the theme cannot be used.
    pub fn builder(&self) -> Result<SiteBuilder<'_>, &[Diagnostic]> {
        let Settings { assets, locales, .. } = &*self.settings;
        let index =
            self.index.get_or_init(|| timed("stage", "index", || Index::of(&self.graph, locales, None)));
        let (style, courses) = (self.settings.style(), self.courses());
        let site = Site::new(&self.graph, style, &self.sizes, courses, index, self.evidence(), self.map());
        let templates = timed("stage", "templates", || self.settings.templates());
        let renderer = self.renderer.get_or_init(|| match templates.value.clone() {
            Some(templates) => Renderer::new(templates, &site).map_err(|why| vec![why]),
            None => Err(templates.diagnostics.clone()),
        });
        match renderer {
            Ok(renderer) => Ok(SiteBuilder::new(site, renderer, assets, &*self.world)),
            Err(why) => Err(why),
        }
    }
}

/// The text of every file that these diagnostics refer to, for their excerpts.
pub(crate) fn texts(world: &dyn World, found: &[Diagnostic]) -> BTreeMap<InputPath, Arc<str>> {
    let labels = found.iter().flat_map(|diagnostic| &diagnostic.labels);
    let paths: BTreeSet<&InputPath> = labels.map(|label| &label.path).collect();
    let text = |path: &&InputPath| {
        let bytes = world.read(path).ok()?;
        Some(((*path).clone(), String::from_utf8_lossy(&bytes).into()))
    };
    paths.iter().filter_map(text).collect()
}
