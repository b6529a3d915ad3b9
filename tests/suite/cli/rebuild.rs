//! A second build: what it need not do, and what it must.
#![expect(clippy::disallowed_methods, reason = "a test disturbs what was written")]

use std::fs;

use super::{Ran, dossier, example, run};

fn unchanged(ran: &Ran) -> bool {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.err.contains(" 0 files written") && ran.err.contains(" 0 deleted")
}

#[test]
fn a_second_build_of_the_same_input_writes_nothing() {
    let folder = example();
    assert!(!unchanged(&run(folder.path(), &["build"])));
    let cache = fs::read(folder.path().join(".dossier/cache")).unwrap();
    assert!(unchanged(&run(folder.path(), &["build"])));
    assert_eq!(fs::read(folder.path().join(".dossier/cache")).unwrap(), cache);
    let verified = run(folder.path(), &["build", "--verify"]);
    assert_eq!((verified.code, verified.out.as_str()), (0, ""));
    assert!(verified.err.ends_with(" files are what a clean build makes\n"), "{}", verified.err);
}

#[test]
fn whatever_is_done_to_the_output_is_noticed_and_mended() {
    let folder = example();
    run(folder.path(), &["build"]);
    let page = folder.path().join("public/index.html");
    let whole = fs::read(&page).unwrap();
    let disturbances: [&dyn Fn(); 3] = [
        &|| fs::remove_file(&page).unwrap(),
        &|| fs::write(&page, "edited by hand").unwrap(),
        // As long as before: no size tells.
        &|| fs::write(&page, vec![b'x'; whole.len()]).unwrap(),
    ];
    for disturb in disturbances {
        disturb();
        let told = run(folder.path(), &["build", "--verify"]);
        assert_eq!(told.code, 1);
        assert!(told.out.starts_with("index.html "), "{}", told.out);
        assert!(run(folder.path(), &["build"]).err.contains(": 1 files written"));
        assert_eq!(fs::read(&page).unwrap(), whole);
        assert!(unchanged(&run(folder.path(), &["build"])));
    }
}

#[test]
fn a_cache_that_is_damaged_or_foreign_is_as_good_as_none() {
    let folder = example();
    run(folder.path(), &["build"]);
    let cache = folder.path().join(".dossier/cache");
    let whole = fs::read_to_string(&cache).unwrap();
    let damages = [
        String::new(),
        "no JSON".into(),
        whole[..whole.len() / 2].into(),
        whole.replace("\"version\":1", "\"version\":9"),
    ];
    for damage in damages {
        fs::write(&cache, &damage).unwrap();
        assert!(unchanged(&run(folder.path(), &["build"])));
        assert_eq!(fs::read_to_string(&cache).unwrap(), whole);
    }
    fs::remove_file(&cache).unwrap();
    assert!(unchanged(&run(folder.path(), &["build"])));
}

#[test]
fn what_was_found_is_said_again() {
    let claim = "---\ntitle: A claim\ndate: 2023-01-01\nby: [nis]\nsources: [s]\n---\n";
    let source = "---\ntitle: S\nurl: https://example.org/\n---\n";
    let actor = "---\ntitle: NIS\n---\n";
    let folder = dossier(&[
        ("content/claims/c.md", claim),
        ("content/sources/s.md", source),
        ("content/actors/nis.md", actor),
    ]);
    let first = run(folder.path(), &["build"]);
    let second = run(folder.path(), &["build"]);
    assert!(first.out.contains("source-without-archive"), "{}", first.out);
    assert_eq!((first.code, &first.out), (second.code, &second.out));
    // An error undoes nothing, and is said each time.
    fs::write(folder.path().join("content/claims/c.md"), "---\ntitle: A claim\nby: [nobody]\n---\n").unwrap();
    for _ in 0..2 {
        let ran = run(folder.path(), &["build"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.out.contains("`nobody`") && ran.err.contains("nothing was written"),
            "{}{}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn timings_name_what_took_the_time() {
    let folder = example();
    let told = run(folder.path(), &["build", "--timings"]).out;
    for group in ["stage", "file", "template", "rule", "output"] {
        assert!(told.lines().any(|line| line == group), "{told}");
    }
    // Only the slowest of a group are named, and which these are differs from run to run.
    for name in [" ms  content/", ".html\n"] {
        assert!(told.contains(name), "{told}");
    }
}
