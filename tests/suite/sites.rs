//! Whole sites: each folder of `tests/sites` is built, and compared with its `expected/`, file by file. A file
//! that is expected and not built fails too. `UPDATE=1` rewrites what is expected.
#![expect(clippy::disallowed_methods, reason = "the tests keep what they expect on the disk")]

use std::collections::{BTreeMap, BTreeSet};
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
    let differences = differences(&built, &listed(&expected));
    assert!(
        differences.is_empty(),
        "{name}: {} files differ; UPDATE=1 rewrites what is expected\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Each file that is not as expected, and the first line of it that differs.
fn differences(built: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, PathBuf>) -> Vec<String> {
    let paths: BTreeSet<&String> = built.keys().chain(expected.keys()).collect();
    let difference = |path: &String| match (built.get(path), expected.get(path)) {
        (Some(_), None) => Some(format!("`{path}` is built and not expected")),
        (None, _) => Some(format!("`{path}` is expected and not built")),
        (Some(bytes), Some(file)) => {
            let wanted = std::fs::read(file).expect("an expected file can be read");
            (*bytes != wanted).then(|| format!("`{path}` differs\n{}", first_difference(&wanted, bytes)))
        }
    };
    paths.into_iter().filter_map(difference).collect()
}

/// The first line in which two texts differ, as `-` expected and `+` built.
fn first_difference(wanted: &[u8], built: &[u8]) -> String {
    let [wanted, built] = [wanted, built].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let (mut wanted, mut built) = (wanted.split('\n'), built.split('\n'));
    for number in 1.. {
        match (wanted.next(), built.next()) {
            (None, None) => break,
            (wanted, built) if wanted == built => {}
            (wanted, built) => {
                let shown =
                    |line: Option<&str>| line.map_or("(the end)".to_owned(), |line| format!("{line:?}"));
                return format!("{number:>5} - {}\n      + {}", shown(wanted), shown(built));
            }
        }
    }
    "      in bytes that are no text".to_owned()
}

#[test]
fn every_difference_is_told() {
    let folder = tempfile::TempDir::new().unwrap();
    for (path, text) in
        [("a.html", "one\ntwo\n"), ("b.html", "same"), ("c.html", "gone"), ("d.bin", "\u{fffd}")]
    {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let built: [(&str, &[u8]); 4] =
        [("a.html", b"one\n2\n"), ("b.html", b"same"), ("d.bin", b"\xff"), ("new", b"")];
    let built = built.map(|(path, bytes)| (path.to_owned(), bytes.to_owned())).into();
    assert_eq!(
        differences(&built, &listed(folder.path())),
        [
            "`a.html` differs\n    2 - \"two\"\n      + \"2\"",
            "`c.html` is expected and not built",
            "`d.bin` differs\n      in bytes that are no text",
            "`new` is built and not expected"
        ]
    );
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
#[cfg_attr(not(all(feature = "bibliography", feature = "cards")), ignore = "what is expected has all parts")]
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
