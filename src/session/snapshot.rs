//! A dossier at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::library::Library;
use super::settings::Settings;
use super::{Options, Session};
use crate::base::bug::{caught, rehearse};
use crate::base::date::Day;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::{InputPath, folded};
use crate::base::span::Span;
use crate::base::timing::timed;
use crate::check::{self, Context, Texts};
use crate::config::Config;
use crate::course::Courses;
use crate::evidence::Evidence;
use crate::link::{self, EntityIx, File, Graph, Held, Publishing, Release};
use crate::load::{self, table};
use crate::locale::Locale;
use crate::metadata::Copied;
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
    /// What follows from it.
    evidence: Arc<Evidence>,
    /// The full graph with its evidence, if `graph` shows an earlier day. The rules check this one.
    all: Option<(Graph, Evidence)>,
    /// What is known of each file that may be copied.
    copied: Arc<BTreeMap<InputPath, Copied>>,
    today: Day,
    /// The diagnostics from reading.
    found: Vec<Diagnostic>,
    diagnostics: OnceLock<Vec<Diagnostic>>,
    problems: OnceLock<Vec<Diagnostic>>,
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
        let assets: Vec<InputPath> = library.assets().collect();
        let link = |files: &[File], release: &Release| {
            files.iter().for_each(|file| rehearse(|| format!("linking {}", file.input.path)));
            let (files, assets) = (files.iter().cloned(), assets.iter().cloned());
            link::link(files, assets, languages, release, publishing.clone())
        };
        let copied = Arc::new(library.copied());
        let of = |files: &[File]| {
            let (graph, evidence) = weighed(timed("stage", "link", || link(files, &release)));
            let all = options.as_of.map(|_| weighed(link(files, &Release { as_of: None, ..release })));
            let evidence = Arc::new(evidence);
            let fresh = Snapshot::fresh(graph, evidence, Vec::new(), today, settings.clone(), world.clone());
            Snapshot { all, copied: copied.clone(), ..fresh }
        };
        let (snapshot, bugs) = whole(library.files().collect(), of);
        let found = [library.diagnostics(), bugs].concat();
        Snapshot { found, ..snapshot }
    }

    /// A snapshot with nothing computed yet.
    fn fresh(
        graph: Graph,
        evidence: Arc<Evidence>,
        found: Vec<Diagnostic>,
        today: Day,
        settings: Arc<Settings>,
        world: Arc<dyn World>,
    ) -> Snapshot {
        Snapshot {
            graph,
            evidence,
            all: None,
            copied: Arc::default(),
            today,
            found,
            diagnostics: OnceLock::new(),
            problems: OnceLock::new(),
            map: OnceLock::new(),
            index: OnceLock::new(),
            renderer: OnceLock::new(),
            courses: OnceLock::new(),
            settings,
            world,
        }
    }

    /// The dossier with these files of `world` replaced and with these settings, whose `dossier.toml` must be
    /// unchanged. `None` if everything must be linked again.
    pub(super) fn with(
        &self,
        edits: &[File],
        settings: Arc<Settings>,
        library: &Library,
        world: &Arc<dyn World>,
    ) -> Option<Snapshot> {
        let same_theme =
            Arc::ptr_eq(&self.settings, &settings) || self.settings.own_theme() == settings.own_theme();
        let mut graph = self.graph.with(edits).filter(|_| self.all.is_none() && same_theme)?;
        // Evidence and routes depend only on facts, and facts are in front matter.
        let same_facts = edits.iter().all(|file| self.has_facts_of(file));
        let evidence = match same_facts {
            true => self.evidence.clone(),
            false => Arc::new(evidence_of(&graph)),
        };
        let settled = graph.settle(&evidence.statuses);
        let edited = edits.iter().filter_map(|file| graph.by_id(file.input.id.as_str()));
        let changed: Vec<EntityIx> = edited.chain(settled).collect();
        let index = self.index.get().filter(|_| self.settings.same_words(&settings));
        let index = index.map(|index| index.with(&graph, &settings.locales, &changed));
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
            copied: self.copied.clone(),
            map: map.cloned().map_or_else(OnceLock::new, OnceLock::from),
            courses: courses.cloned().map_or_else(OnceLock::new, OnceLock::from),
            index: index.map_or_else(OnceLock::new, OnceLock::from),
            ..Snapshot::fresh(graph, evidence, found, self.today, settings, world.clone())
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

    /// The words and forms of its languages, in their order.
    pub(crate) fn locales(&self) -> &[Arc<Locale>] {
        &self.settings.locales
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
        &self.evidence
    }

    /// The site map.
    pub fn map(&self) -> &SiteMap {
        self.map.get_or_init(|| {
            rehearse_each(&self.graph, "placing");
            Arc::new(self.map_of(&self.graph, self.evidence()))
        })
    }

    fn map_of(&self, graph: &Graph, evidence: &Evidence) -> SiteMap {
        let style = self.settings.style();
        let has_bibliography = style.citer.is_some();
        let input = SiteInput { graph, config: style.config, evidence, has_bibliography };
        timed("stage", "map", || outputs::site_map(&input))
    }

    fn check(&self, least: Severity) -> Vec<Diagnostic> {
        let config = &self.settings.config;
        // Without the settings, it is not known what the rules are, nor in which languages the files are.
        if config.is_unread {
            let mut found = self.settings.diagnostics.clone();
            check::sure::hold(&mut found, &self.graph, config, &self.world);
            return found;
        }
        let mut found = [&self.settings.diagnostics[..], &self.found].concat();
        let (graph, evidence) = match &self.all {
            Some((graph, evidence)) => (graph, evidence),
            None => (&self.graph, self.evidence()),
        };
        let of_all_courses = self.all.as_ref().map(|_| Courses::of(graph, &*self.world));
        let courses = of_all_courses.as_ref().unwrap_or_else(|| self.courses());
        let map_of_all = self.all.as_ref().map(|_| self.map_of(graph, evidence));
        let map = map_of_all.as_ref().unwrap_or_else(|| self.map());
        let (today, world, texts) = (self.today, &*self.world, Texts::default());
        let copied = &*self.copied;
        let unreadable = self.unreadable();
        let is_strange = |c: &char| *c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace();
        let is_no_text = |text: &String| text.chars().filter(is_strange).count() * 20 > text.chars().count();
        let is_blind = unreadable.iter().any(is_no_text);
        let unread = graph.unread_text() + &unreadable.concat() + &self.doubtful();
        let unread = folded(&unread).into_owned();
        let locales = self.locales();
        let context = Context {
            graph,
            evidence,
            config,
            locales,
            courses,
            map,
            copied,
            today,
            world,
            unread,
            is_blind,
            texts,
        };
        found.extend(timed("stage", "check", || check::check(&context, least)));
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        found.dedup();
        check::sure::hold(&mut found, graph, config, &self.world);
        check::unknown_keys::grouped(found, config)
    }

    /// The ids of the texts and tables that cannot be read, and what can be made out of them.
    fn unreadable(&self) -> Vec<String> {
        let codes = [load::UNREADABLE_FILE.name, load::TABLE_ROW.name];
        let found = self.found.iter().filter(|found| codes.contains(&found.code));
        let paths = found.filter_map(|found| found.labels.first()).map(|label| &label.path);
        let texts = paths.filter(|path| matches!(path.extension(), Some("md" | "csv"))).map(|path| {
            let bytes = self.world.read(path).unwrap_or_default();
            // In UTF-16, every other byte of most texts is zero.
            let text = String::from_utf8_lossy(&bytes).replace('\0', "");
            format!("{}\n{text}\n", path.name())
        });
        texts.collect()
    }

    /// The texts that are held back because a slip is in what says so: once it is fixed, they may be published.
    fn doubtful(&self) -> String {
        let withheld = self.graph.withheld.iter().map(|withheld| &withheld.edition);
        let doubtful = withheld.filter(|edition| edition.parsed.head.is_unclear);
        doubtful
            .flat_map(|edition| [load::text(&*self.world, &edition.input), "\n".into()])
            .collect::<Vec<_>>()
            .concat()
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
                None if withheld.edition.parsed.head.is_unclear => {
                    format!("{path}: what it says of when to publish it cannot be read")
                }
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
        let site = Site::new(&self.graph, style, &self.copied, courses, index, self.evidence(), self.map());
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

/// A graph whose claims have their statuses, and its evidence.
fn weighed(mut graph: Graph) -> (Graph, Evidence) {
    let evidence = evidence_of(&graph);
    graph.settle(&evidence.statuses);
    (graph, evidence)
}

fn evidence_of(graph: &Graph) -> Evidence {
    rehearse_each(graph, "weighing");
    timed("stage", "evidence", || Evidence::of(graph))
}

fn rehearse_each(graph: &Graph, stage: &str) {
    let editions = graph.entities.iter().flat_map(|entity| &entity.editions);
    editions.for_each(|edition| rehearse(|| format!("{stage} {}", edition.input.path)));
}

/// Makes a snapshot of these files with all that is computed from them together. If a bug ends that, the files at fault
/// are left out, each with a finding.
fn whole(mut files: Vec<File>, of: impl Fn(&[File]) -> Snapshot) -> (Snapshot, Vec<Diagnostic>) {
    let attempt = |files: &[File], path: &str| {
        caught(
            || format!("`{path}` cannot be linked with the others"),
            || {
                let snapshot = of(files);
                snapshot.map();
                snapshot
            },
        )
    };
    let mut bugs = Vec::new();
    loop {
        let bug = match attempt(&files, load::CONTENT) {
            Ok(snapshot) => return (snapshot, bugs),
            Err(bug) => bug,
        };
        // The shortest beginning of the list that fails ends with a file at fault.
        let (mut works, mut fails) = (0, files.len());
        while fails - works > 1 {
            let middle = works.midpoint(fails);
            match attempt(&files[..middle], load::CONTENT) {
                Ok(_) => works = middle,
                Err(_) => fails = middle,
            }
        }
        let Some(last) = fails.checked_sub(1) else {
            // It fails without any text: the files are not to blame, and nothing can be built.
            panic!("{}", bug.message);
        };
        let path = &files[last].input.path;
        let named = attempt(&files[..fails], path.as_str()).err().unwrap_or(bug);
        bugs.push(named.at(path, Span::empty(0), ""));
        files.remove(last);
    }
}

/// Findings as they are reported, and the text of every file that they refer to. Those of rows are at their cells.
pub(crate) fn shown(
    world: &dyn World,
    found: &[Diagnostic],
) -> (Vec<Diagnostic>, BTreeMap<InputPath, Arc<str>>) {
    let raised = table::raised(world, found);
    let texts = texts(world, &raised);
    (raised, texts)
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
