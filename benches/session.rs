//! How long an edit takes to reach the page: the session alone, without the web server.
//!
//!     cargo bench --bench session -- FOLDER
//!
//! FOLDER is a copy of a dossier, which is edited.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on has failed"
)]

use std::collections::BTreeSet;
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
    let folder = std::env::args().nth(1).filter(|arg| !arg.starts_with('-'));
    let Some(folder) = folder else {
        println!("name a folder that holds a dossier; it will be edited");
        return;
    };
    let root = Path::new(&folder);
    let world: Arc<dyn World> = Arc::new(DiskWorld::open(root).unwrap());
    let start = Instant::now();
    let mut session = Session::open(world, Options::default());
    println!("open: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let hub = hub(&session);
    let page = draw(&session, &hub.1);
    println!("first page: {:.1} ms ({} bytes)", start.elapsed().as_secs_f64() * 1e3, page.len());
    let claims: Vec<InputPath> = listed(&session, "content/claims");

    measure("a body", |round| {
        let path = &claims[round % claims.len()];
        append(root, path, &format!("\nWords {round}.\n"));
        edit(&mut session, std::slice::from_ref(path), &site(path))
    });
    measure("a title that a thousand pages show", |round| {
        let text = fs::read_to_string(root.join(hub.0.as_str())).unwrap();
        let line = text.lines().find(|line| line.starts_with("title:")).unwrap();
        fs::write(root.join(hub.0.as_str()), text.replacen(line, &format!("title: Round {round}"), 1))
            .unwrap();
        edit(&mut session, std::slice::from_ref(&hub.0), &hub.1)
    });
    measure("twenty files", |round| {
        let paths: Vec<InputPath> = claims.iter().skip(20 * round).take(20).cloned().collect();
        paths.iter().for_each(|path| append(root, path, &format!("\nMore {round}.\n")));
        edit(&mut session, &paths, &site(&paths[0]))
    });
    let theme = root.join("themes/default/templates");
    fs::create_dir_all(&theme).unwrap();
    measure("a template", |round| {
        let text = format!(
            "{{#- Round {round}. -#}}\n{{% extends \"entity.html\" %}}\n{{% block lead %}}<p>{round}</p>{{% endblock %}}"
        );
        fs::write(theme.join("place.html"), text).unwrap();
        edit(&mut session, &["themes/default/templates/place.html".into()], &site(&claims[0]))
    });
    measure("a new file", |round| {
        let path: InputPath = format!("content/claims/new-{round}.md").into();
        fs::write(
            root.join(path.as_str()),
            format!("---\ntitle: New {round}\ndate: 2023-01-01\n---\nWords.\n"),
        )
        .unwrap();
        edit(&mut session, std::slice::from_ref(&path), &site(&path))
    });
    let start = Instant::now();
    let found = session.snapshot().diagnostics().len();
    println!("all rules: {:.1} ms, {found} findings", start.elapsed().as_secs_f64() * 1e3);
}

/// From the change to the page.
fn edit(session: &mut Session, paths: &[InputPath], page: &SitePath) -> Duration {
    let start = Instant::now();
    session.refresh(&Changes::Paths(paths.iter().cloned().collect::<BTreeSet<_>>())).unwrap();
    draw(session, page);
    start.elapsed()
}

fn draw(session: &Session, page: &SitePath) -> Vec<u8> {
    let snapshot = session.snapshot();
    let press = snapshot.press().unwrap();
    let content = press.find(page).unwrap();
    press.bytes(&content).unwrap().into_owned()
}

fn measure(what: &str, mut round: impl FnMut(usize) -> Duration) {
    let mut times: Vec<Duration> = (0..ROUNDS).map(&mut round).collect();
    times.sort();
    let at = |part: usize| times[part * (ROUNDS - 1) / 100].as_secs_f64() * 1e3;
    println!("{what}: median {:.1} ms, p95 {:.1} ms", at(50), at(95));
}

/// The entity that most others refer to: its file, and its page.
fn hub(session: &Session) -> (InputPath, SitePath) {
    let snapshot = session.snapshot();
    let (ix, entity) =
        snapshot.graph.iter().max_by_key(|(ix, _)| snapshot.graph.incoming(*ix).count()).unwrap();
    println!("the hub is {}, with {} referrers", entity.id, snapshot.graph.incoming(ix).count());
    (entity.path().clone(), site(entity.path()))
}

fn listed(session: &Session, folder: &str) -> Vec<InputPath> {
    let snapshot = session.snapshot();
    let paths = snapshot.graph.iter().map(|(_, entity)| entity.path().clone());
    paths.filter(|path| path.as_str().starts_with(folder)).collect()
}

fn site(path: &InputPath) -> SitePath {
    path.as_str().trim_start_matches("content/").replace(".md", ".html").into()
}

fn append(root: &Path, path: &InputPath, text: &str) {
    let file = root.join(path.as_str());
    let before = fs::read_to_string(&file).unwrap();
    fs::write(file, before + text).unwrap();
}
