//! The stages of a build, one by one, on 1,000 pages in memory; with how much each allocates.
//!
//!     cargo bench --bench parts [-- NAME]
//!
//! All but `one_page` and `one_html` are for all pages. Allocations are those of the measuring thread: `e_index`, `g_rules`
//! and `session` have others do a part of the work.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

#[expect(dead_code, reason = "each benchmark uses a part")]
mod corpus;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use divan::{AllocProfiler, Bencher};
use dossier::base::date::Day;
use dossier::base::diagnostic::{Diagnostic, Severity};
use dossier::base::path::InputPath;
use dossier::check::{self, Context, Texts};
use dossier::config::{self, Config, Dialect};
use dossier::course::Courses;
use dossier::evidence::Evidence;
use dossier::link::{self, File, Graph, Release};
use dossier::load::{self, Found, Input};
use dossier::locale::Locale;
use dossier::metadata::Copied;
use dossier::outputs;
use dossier::parse::{self, head, markdown};
use dossier::reader::{Index, Site, Style};
use dossier::render::{Renderer, Templates};
use dossier::session::{Options, Session, Snapshot};
use dossier::site::{PageId, SiteInput, SiteMap};
use dossier::theme::Theme;
use dossier::world::World;
use dossier::world::memory::MemoryWorld;

/// As the program has it, and counted.
#[global_allocator]
static ALLOCATOR: AllocProfiler<mimalloc::MiMalloc> = AllocProfiler::new(mimalloc::MiMalloc);

const TODAY: Day = Day { year: 2024, month: 1, day: 1 };

fn main() {
    divan::main();
}

/// What each stage is given.
struct Stage {
    world: Arc<MemoryWorld>,
    config: Config,
    inputs: Vec<(Input, Arc<str>)>,
    files: Vec<File>,
    graph: Graph,
    locales: Vec<Arc<Locale>>,
    templates: Arc<Templates>,
    index: Index,
    evidence: Evidence,
    courses: Courses,
    map: SiteMap,
    copied: BTreeMap<InputPath, Copied>,
}

static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let mut world = Some(MemoryWorld::new());
    let corpus = corpus::Corpus::new(corpus::Plan::of(1000));
    corpus
        .files(|path, text| {
            world = world.take().map(|world| world.with(path, text));
            Ok(())
        })
        .unwrap();
    let world = world.unwrap();
    let config = config::read(&world, None).value;
    let inputs = inputs(&world, &config);
    let parsed = inputs.iter().map(|(input, text)| parse::parse(input, text, &config).value);
    let files: Vec<File> = parsed
        .zip(&inputs)
        .map(|(parsed, (input, _))| File { input: Arc::new(input.clone()), parsed: Arc::new(parsed) })
        .collect();
    let graph = linked(&files, &config);
    let theme = Theme::read(&world, &config).value;
    let locale = |lang| Arc::new(Locale::read(lang, &theme).value);
    let locales: Vec<Arc<Locale>> = config.languages.iter().map(locale).collect();
    let templates = Templates::read(&theme, &theme.assets().value, &locales).value.unwrap();
    let index = Index::of(&graph, &locales, None);
    let evidence = Evidence::of(&graph);
    let courses = Courses::of(&graph, &world);
    let map = site_map(&graph, &config, &evidence);
    Stage {
        world: Arc::new(world),
        config,
        inputs,
        files,
        graph,
        locales,
        templates: Arc::new(templates),
        index,
        evidence,
        courses,
        map,
        copied: BTreeMap::new(),
    }
});

/// The site of the stage, and a page of it: of a claim that few refer to.
fn site() -> (Site<'static>, PageId) {
    let Stage { graph, config, locales, copied, index, evidence, courses, map, .. } = &*STAGE;
    let claim = graph.by_id("claim-000300").unwrap();
    (
        Site::new(graph, Style { config, locales, citer: None }, copied, courses, index, evidence, map),
        PageId::Entity(claim, 0),
    )
}

fn site_map(graph: &Graph, config: &Config, evidence: &Evidence) -> SiteMap {
    outputs::site_map(&SiteInput { graph, config, evidence, has_bibliography: false })
}

fn inputs(world: &dyn World, config: &Config) -> Vec<(Input, Arc<str>)> {
    let entries = load::list(world, config).value;
    let input = |entry| match load::read(world, config, entry) {
        Found::Input(input, text) => Some((input, text)),
        _ => None,
    };
    entries.iter().filter_map(input).collect()
}

fn linked(files: &[File], config: &Config) -> Graph {
    let release = Release { drafts: false, today: TODAY, as_of: None };
    link::link(
        files.iter().cloned(),
        std::iter::empty(),
        &config.languages,
        &release,
        std::sync::Arc::default(),
    )
}

#[divan::bench]
fn a_load(bencher: Bencher<'_, '_>) {
    let Stage { world, config, .. } = &*STAGE;
    bencher.bench(|| inputs(&**world, config));
}

#[divan::bench]
fn b_front_matter(bencher: Bencher<'_, '_>) {
    let read =
        |(input, text): &(Input, Arc<str>)| head::parse(input, text, true, &mut Vec::<Diagnostic>::new());
    bencher.bench(|| STAGE.inputs.iter().map(read).collect::<Vec<_>>());
}

#[divan::bench]
fn c_markdown(bencher: Bencher<'_, '_>) {
    let start = |(input, text): &'static (Input, Arc<str>)| {
        (input, text, head::parse(input, text, true, &mut Vec::new()).body)
    };
    let starts: Vec<(&Input, &Arc<str>, usize)> = STAGE.inputs.iter().map(start).collect();
    let read = |(input, text, start): &(&Input, &Arc<str>, usize)| {
        markdown::parse(text, *start, &input.lang, Dialect::default())
    };
    bencher.bench(|| starts.iter().map(read).collect::<Vec<_>>());
}

#[divan::bench]
fn d_link(bencher: Bencher<'_, '_>) {
    let Stage { files, config, .. } = &*STAGE;
    bencher.bench(|| linked(files, config));
}

#[divan::bench]
fn e_index(bencher: Bencher<'_, '_>) {
    let Stage { graph, locales, .. } = &*STAGE;
    bencher.bench(|| Index::of(graph, locales, None));
}

#[divan::bench]
fn f_evidence(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Evidence::of(&STAGE.graph));
}

#[divan::bench]
fn g_rules(bencher: Bencher<'_, '_>) {
    let Stage { graph, evidence, courses, config, locales, map, world, .. } = &*STAGE;
    let copied = BTreeMap::new();
    let context = Context {
        graph,
        evidence,
        config,
        locales,
        courses,
        map,
        copied: &copied,
        today: TODAY,
        world: &**world,
        texts: Texts::default(),
        unread: String::new(),
        is_blind: false,
    };
    bencher.bench(|| check::check(&context, Severity::Warning));
}

#[divan::bench]
fn h_pages(bencher: Bencher<'_, '_>) {
    let (site, _) = site();
    bencher.bench(|| site.map().pages().map(|(_, id)| site.page(id)).collect::<Vec<_>>());
}

#[divan::bench]
fn i_html(bencher: Bencher<'_, '_>) {
    let (site, _) = site();
    let renderer = Renderer::new(STAGE.templates.clone(), &site).unwrap();
    let pages: Vec<_> = site.map().pages().map(|(_, id)| site.page(id)).collect();
    bencher.bench(|| pages.iter().map(|page| renderer.html(page, &|_| true).unwrap().len()).sum::<usize>());
}

#[divan::bench]
fn one_page(bencher: Bencher<'_, '_>) {
    let (site, claim) = site();
    bencher.bench(|| site.page(&claim));
}

#[divan::bench]
fn one_html(bencher: Bencher<'_, '_>) {
    let (site, claim) = site();
    let renderer = Renderer::new(STAGE.templates.clone(), &site).unwrap();
    let page = site.page(&claim);
    bencher.bench(|| renderer.html(&page, &|_| true).unwrap());
}

#[divan::bench]
fn map_of_the_site(bencher: Bencher<'_, '_>) {
    let Stage { graph, config, evidence, .. } = &*STAGE;
    bencher.bench(|| site_map(graph, config, evidence));
}

#[divan::bench]
fn session(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Session::open(STAGE.world.clone(), Options::default()));
}

#[divan::bench]
fn session_and_site(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let snapshot = Snapshot::take(STAGE.world.clone(), &Options::default());
        let builder = snapshot.builder().unwrap();
        let files = builder.files();
        files.iter().map(|(path, route)| builder.bytes(path, route).unwrap().len()).sum::<usize>()
    });
}
