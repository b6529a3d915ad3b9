//! The examples: each is copied whole, has no finding, and builds.
#![expect(clippy::disallowed_methods, reason = "the tests compare folders")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::run;

/// The files below a folder that an author wrote, by path.
fn written(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let is_theirs = |name: &str| name != "public" && !name.starts_with('.');
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    let entries = entries.filter_entry(|entry| is_theirs(&entry.file_name().to_string_lossy()));
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|file| {
            let path = file.path().strip_prefix(folder).unwrap().to_owned();
            (path, std::fs::read(file.path()).unwrap())
        })
        .collect()
}

#[test]
fn every_example_is_copied_whole_and_has_nothing_to_fix() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let names = std::fs::read_dir(&top).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let names: Vec<String> = names.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(names.len() >= 3, "{names:?}");
    let guide = std::fs::read_to_string(top.join("README.md")).unwrap();
    for name in names {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("made");
        let ran = run(folder.path(), &["init", "--example", &name, "made"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(written(&made) == written(&top.join(&name)), "{name}");
        run(&made, &["check", "--verbose", "--format", "short"]).expect(0, "", "");
        let built = run(&made, &["build"]);
        assert!(built.code == 0 && made.join("public/index.html").is_file(), "{name}: {}", built.err);
        assert!(guide.contains(&format!("[{name}]")), "examples/README.md lacks {name}");
        let help = run(folder.path(), &["init", "--help"]).out;
        assert!(help.contains(&format!("`{name}`")), "the help of init lacks {name}");
    }
}

#[test]
fn a_word_that_is_no_example_is_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "--example", "atlas"]).code, 0);
    assert!(folder.path().join("atlas/content/places/cork.md").is_file());
    run(folder.path(), &["init", "--example", "atlas", "other"]).refuses("there is no example `atlas`");
    run(folder.path(), &["init", "--example", "library", "--languages", "en", "other"])
        .refuses("languages of its own");
    assert!(!folder.path().join("other").exists());
}
