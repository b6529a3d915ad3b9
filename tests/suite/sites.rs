//! Whole sites: each folder of `tests/sites` is built, and compared with its `expected/`, file by file. A file
//! that is expected and not built fails too. `UPDATE=1` rewrites what is expected.
#![expect(clippy::disallowed_methods, reason = "the tests keep what they expect on the disk")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dossier::session::{Options, Snapshot};
use dossier::world::World;
use dossier::world::disk::DiskWorld;

/// Every file of the site that `world` makes.
pub fn files(world: Arc<dyn World>) -> BTreeMap<String, Vec<u8>> {
    files_of(&Snapshot::take(world, &Options::default()))
}

/// Every file of the site of a snapshot.
pub fn files_of(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let builder = snapshot.builder();
    let builder = builder.unwrap_or_else(|why| panic!("{why:?}"));
    let files = builder.files();
    let bytes = |path, route| builder.bytes(path, route).expect("every page can be drawn");
    files.iter().map(|(path, route)| (path.to_string(), bytes(path, route))).collect()
}

fn check(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name);
    let mut built = files(Arc::new(DiskWorld::open(&root).expect("the site is there")));
    // The theme's assets are the default theme's: they change with it, and say nothing about the program.
    built.retain(|path, _| !path.starts_with("assets/"));
    let expected = root.join("expected");
    if std::env::var_os("UPDATE").is_some() {
        update(&expected, &built);
        return;
    }
    let mut standing = listed(&expected);
    for (path, bytes) in &built {
        let found = standing.remove(path);
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match found {
            None => panic!("{name}: `{path}` is built and not expected; UPDATE=1 adds it"),
            Some(file) => {
                let wanted = std::fs::read(file).expect("an expected file can be read");
                let (bytes, wanted) = (shown(bytes), shown(&wanted));
                let mut lines = bytes.lines().zip(wanted.lines()).filter(|(built, wanted)| built != wanted);
                assert!(
                    bytes == wanted,
                    "{name}: `{path}` differs ({:?}); UPDATE=1 rewrites it",
                    lines.next()
                );
            }
        }
    }
    assert!(standing.is_empty(), "{name}: expected and not built: {:?}", standing.keys());
}

fn listed(folder: &Path) -> BTreeMap<String, PathBuf> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), entry.path().to_owned())).collect()
}

fn update(folder: &Path, built: &BTreeMap<String, Vec<u8>>) {
    for (path, file) in listed(folder) {
        if !built.contains_key(&path) {
            std::fs::remove_file(file).unwrap();
        }
    }
    for (path, bytes) in built {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

#[test]
fn voyage() {
    check("voyage");
}

#[test]
fn the_shipped_dossier_has_no_errors_and_every_page_can_be_drawn() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let world: Arc<dyn World> = Arc::new(DiskWorld::open(root).unwrap());
    let snapshot = Snapshot::take(world.clone(), &Options::default());
    let errors: Vec<_> = snapshot
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.severity != dossier::base::diagnostic::Severity::Note)
        .filter(|diagnostic| diagnostic.code != "source-without-archive")
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let files = files(world);
    assert!(files.len() > 250 && files.contains_key("en/claims/kirby-1000-containers.html"));
}

#[test]
fn a_build_does_not_depend_on_threads_or_on_the_day() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/voyage");
    let build = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(Arc::new(DiskWorld::open(&root).unwrap())))
    };
    assert_eq!(build(1), build(8));

    let mut memory = dossier::world::memory::MemoryWorld::new();
    let disk = DiskWorld::open(&root).unwrap();
    for entry in disk.list("").unwrap() {
        memory = memory.with(entry.path.as_str(), disk.read(&entry.path).unwrap());
    }
    let later = memory.clone().on(dossier::base::date::Day::new(2199, 12, 31).unwrap());
    assert_eq!(files(Arc::new(memory)), files(Arc::new(later)));
}
