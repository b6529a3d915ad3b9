//! How long an edit takes to reach the page: the session alone, without the watcher and the web server.
//!
//!     cargo bench --bench session [-- PAGES]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on has failed"
)]

#[expect(dead_code, reason = "each benchmark uses a part")]
mod corpus;
mod stage;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::base::path::{InputPath, SitePath};
use dossier::session::{Changes, Options, Session};
use dossier::world::World;
use dossier::world::disk::DiskWorld;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each kind of edit is made.
const ROUNDS: usize = 40;

fn main() {
    let (corpus, folder) = stage::dossier();
    let root = folder.path();
    let world: Arc<dyn World> = Arc::new(DiskWorld::open(root).unwrap());
    let start = Instant::now();
    let mut session = Session::open(world, Options::default());
    println!("open: {}", since(start));
    let start = Instant::now();
    draw(&session, &site(&claim(&corpus, 0)));
    println!("the first page: {}", since(start));

    measure("a body", |round| {
        let path = claim(&corpus, round);
        stage::append(&root.join(path.as_str()), &format!("Round {round}."));
        edit(&mut session, std::slice::from_ref(&path), &site(&path))
    });
    let hub = InputPath::from(format!("content/actors/{}.md", corpus::HUB));
    let referrer = format!("claims/{}.html", stage::referrers(&corpus)[0]).into();
    measure("the title of the hub, on a page that names it", |round| {
        stage::retitle(&root.join(hub.as_str()), &format!("Round {round}"));
        edit(&mut session, std::slice::from_ref(&hub), &referrer)
    });
    measure("the title of the hub, on its own page", |round| {
        stage::retitle(&root.join(hub.as_str()), &format!("Turn {round}"));
        edit(&mut session, std::slice::from_ref(&hub), &site(&hub))
    });
    measure("twenty files", |round| {
        let paths: Vec<InputPath> = (0..20).map(|at| claim(&corpus, 20 * round + at)).collect();
        for path in &paths {
            stage::append(&root.join(path.as_str()), &format!("More {round}."));
        }
        edit(&mut session, &paths, &site(&paths[0]))
    });
    let templates = "themes/default/templates";
    fs::create_dir_all(root.join(templates)).unwrap();
    let template: InputPath = format!("{templates}/claim.html").into();
    measure("a template", |round| {
        fs::write(root.join(template.as_str()), stage::template(round)).unwrap();
        edit(&mut session, std::slice::from_ref(&template), &site(&claim(&corpus, 0)))
    });
    measure("a new file", |round| {
        let path: InputPath = format!("content/notes/new-{round}.md").into();
        write_new(root, &path);
        edit(&mut session, std::slice::from_ref(&path), &site(&path))
    });
    let start = Instant::now();
    let found = session.snapshot().problems().len();
    println!("all rules: {}, {found} findings", since(start));
}

/// From the change to the page.
fn edit(session: &mut Session, paths: &[InputPath], page: &SitePath) -> Duration {
    let start = Instant::now();
    session.refresh(&Changes::Paths(paths.iter().cloned().collect())).unwrap();
    draw(session, page);
    start.elapsed()
}

fn draw(session: &Session, page: &SitePath) {
    let snapshot = session.snapshot();
    let builder = snapshot.builder().unwrap();
    builder.bytes(page, &builder.find(page).unwrap()).unwrap();
}

fn measure(what: &str, round: impl FnMut(usize) -> Duration) {
    let mut times: Vec<Duration> = (0..ROUNDS).map(round).collect();
    println!("{what}: {}", stage::middle(&mut times));
}

fn since(start: Instant) -> String {
    format!("{:.1} ms", start.elapsed().as_secs_f64() * 1e3)
}

fn claim(corpus: &corpus::Corpus, number: usize) -> InputPath {
    format!("content/claims/{}.md", corpus.claim(number).name).into()
}

fn site(path: &InputPath) -> SitePath {
    path.as_str().trim_start_matches("content/").replace(".md", ".html").into()
}

fn write_new(root: &Path, path: &InputPath) {
    let file = root.join(path.as_str());
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, "---\ntitle: A new note\n---\nWords.\n").unwrap();
}
