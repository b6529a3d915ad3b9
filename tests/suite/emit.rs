//! What is written, what is left alone, and what a killed build leaves.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use dossier::base::diagnostic::Diagnostic;
use dossier::base::hash::Fingerprint;
use dossier::base::path::SitePath;
use dossier::emit::cache::Cache;
use dossier::emit::{self, EmitError, Emitted, Manner, compare, emit, sums};
use dossier::outputs::RenderCache;
use dossier::world::dir::Dir;
use tempfile::TempDir;

const SUMS: Manner = Manner { has_sums: true, keeps_going: false };

type Files = Vec<(SitePath, String)>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| (SitePath::from(*path), (*text).to_owned())).collect()
}

fn build(folder: &Path, list: &Files) -> Result<Emitted, EmitError> {
    emit(
        &Dir::create(folder).unwrap(),
        list,
        SUMS,
        |_: &SitePath, text: &String| Ok(text.as_bytes().to_vec()),
        |_| (),
    )
}

/// The list of sums of some files.
fn sums(list: &[(&str, &str)]) -> String {
    let list = files(list);
    sums::list(list.iter().map(|(path, text)| (path, sums::sum(text.as_bytes()))))
}

/// How the folder differs from these files.
fn compared(folder: &Path, list: &Files) -> Vec<(String, &'static str)> {
    let differing =
        compare(&Dir::open(folder).unwrap(), list, true, |_, text| Ok(text.as_bytes().to_vec())).unwrap();
    differing.into_iter().map(|(path, how)| (path.to_string(), how)).collect()
}

/// Every file but the program's own and the list of sums.
fn standing(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read_to_string(entry.path()).unwrap_or_default())
    });
    named.filter(|(name, _)| !name.starts_with(".dossier/") && name != "SHA256SUMS").collect()
}

fn expect(folder: &Path, list: &[(&str, &str)]) {
    let wanted = list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(standing(folder), wanted);
}

#[test]
fn only_what_changed_is_written_and_only_what_was_written_is_deleted() {
    let folder = TempDir::new().unwrap();
    let first = build(folder.path(), &files(&[("a/b/c.html", "1"), ("d.html", "2")])).unwrap();
    assert_eq!((first.written, first.unchanged, first.deleted), (2, 0, 0));
    assert!(first.manifest.is_some());
    let second = build(folder.path(), &files(&[("d.html", "2"), ("e.html", "3")])).unwrap();
    assert_eq!((second.written, second.unchanged, second.deleted), (1, 1, 1));
    expect(folder.path(), &[("d.html", "2"), ("e.html", "3")]);
    assert!(!folder.path().join("a").exists(), "an emptied folder goes too");
}

#[test]
fn every_file_that_is_made_is_counted() {
    let folder = TempDir::new().unwrap();
    let list = files(&[("a", "1"), ("b", "2"), ("c", "3")]);
    let told = Mutex::new(Vec::new());
    let bytes = |_: &SitePath, text: &String| Ok(text.as_bytes().to_vec());
    emit(&Dir::create(folder.path()).unwrap(), &list, SUMS, bytes, |count| told.lock().unwrap().push(count))
        .unwrap();
    let mut told = told.into_inner().unwrap();
    told.sort_unstable();
    assert_eq!(told, [1, 2, 3]);
}

/// Where the disk tells them apart, as on Linux.
#[cfg(target_os = "linux")]
#[test]
fn a_foreign_file_whose_name_differs_in_case_is_no_obstacle() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("a/B.html"), "theirs").unwrap();
    let done = build(folder.path(), &files(&[("a/b.html", "ours")])).unwrap();
    assert_eq!(done.foreign, [SitePath::from("a/B.html")]);
    expect(folder.path(), &[("a/B.html", "theirs"), ("a/b.html", "ours")]);
}

#[test]
fn a_file_becomes_a_folder_and_a_file_again() {
    let folder = TempDir::new().unwrap();
    let (file, below) = ([("thing", "1")], [("thing/y", "2"), ("thing/z/a", "3")]);
    for list in [&file[..], &below, &file, &below] {
        build(folder.path(), &files(list)).unwrap();
        expect(folder.path(), list);
    }
    fs::write(folder.path().join("thing/y"), "edited").unwrap();
    let refused = build(folder.path(), &files(&file)).unwrap_err();
    assert!(
        matches!(&refused, EmitError::Foreign(paths) if *paths == [SitePath::from("thing/y")]),
        "{refused}"
    );
    expect(folder.path(), &[("thing/y", "edited"), ("thing/z/a", "3")]);
}

#[test]
fn a_name_changes_its_case_only() {
    let folder = TempDir::new().unwrap();
    for list in [
        [("a/Foo.html", "1"), ("b", "2")],
        [("A/foo.html", "1"), ("b", "2")],
        [("a/Foo.html", "3"), ("b", "2")],
    ] {
        build(folder.path(), &files(&list)).unwrap();
        expect(folder.path(), &list);
    }
}

#[test]
fn a_build_adds_to_folders_that_are_there() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a/b/c.html", "1")])).unwrap();
    build(folder.path(), &files(&[("a/b/c.html", "1"), ("a/b/d.html", "2"), ("a/e.html", "3")])).unwrap();
    expect(folder.path(), &[("a/b/c.html", "1"), ("a/b/d.html", "2"), ("a/e.html", "3")]);
}

#[test]
fn an_interrupted_build_leaves_no_file_that_the_next_does_not_know() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1")])).unwrap();
    // An empty folder where the site needs a file: the files are staged, but cannot be moved into place.
    fs::create_dir(folder.path().join("b.html")).unwrap();
    let failed = build(folder.path(), &files(&[("b.html", "2")]));
    assert!(matches!(failed, Err(EmitError::Io(..))), "{failed:?}");
    build(folder.path(), &files(&[])).unwrap();
    expect(folder.path(), &[]);
    assert!(folder.path().join("b.html").is_dir(), "it is not the program's");
}

#[test]
fn a_foreign_file_in_the_place_of_a_folder_is_named_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1")])).unwrap();
    fs::write(folder.path().join("b"), "foreign").unwrap();
    fs::create_dir_all(folder.path().join("c.html/d")).unwrap();
    fs::write(folder.path().join("c.html/d/e"), "foreign").unwrap();
    let before = standing(folder.path());
    let wanted = [("a-z.html", "0"), ("a.html", "2"), ("b-c.html", "3"), ("b/c.html", "4"), ("c.html", "5")];
    let failed = build(folder.path(), &files(&wanted));
    let named = ["b", "c.html/d/e"].map(SitePath::from);
    assert!(matches!(&failed, Err(EmitError::Foreign(paths)) if *paths == named), "{failed:?}");
    assert_eq!(standing(folder.path()), before);
}

#[test]
fn a_foreign_file_is_left_alone_and_named() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("CNAME"), "example.org").unwrap();
    let done = build(folder.path(), &files(&[("a.html", "1")])).unwrap();
    assert_eq!(done.foreign, [SitePath::from("CNAME")]);
    build(folder.path(), &files(&[])).unwrap();
    expect(folder.path(), &[("CNAME", "example.org")]);
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("b.html"), "mine").unwrap();
    let stopped = build(folder.path(), &files(&[("a.html", "1"), ("b.html", "2")]));
    assert!(matches!(stopped, Err(EmitError::Foreign(paths)) if paths == [SitePath::from("b.html")]));
    expect(folder.path(), &[("b.html", "mine")]);
}

#[test]
fn hidden_files_are_foreign_too() {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(".well-known/security.txt", "mine");
    write("a/.htaccess", "mine");
    let list = files(&[(".well-known/security.txt", "ours")]);
    let stopped = build(folder.path(), &list);
    assert!(
        matches!(&stopped, Err(EmitError::Foreign(paths)) if *paths == [list[0].0.clone()]),
        "{stopped:?}"
    );
    // What a version control and the program keep for themselves is no part of the site.
    write(".git/HEAD", "ref: main");
    write("a/.git", "gitdir: elsewhere");
    let done = build(folder.path(), &files(&[("b.html", "1")])).unwrap();
    assert_eq!(done.foreign, [".well-known/security.txt", "a/.htaccess"].map(SitePath::from));
    build(folder.path(), &files(&[])).unwrap();
    let mine = [(".well-known/security.txt", "mine"), ("a/.htaccess", "mine")];
    expect(folder.path(), &[mine[0], mine[1], (".git/HEAD", "ref: main"), ("a/.git", "gitdir: elsewhere")]);
}

#[test]
fn hidden_files_of_the_site_are_known_again() {
    let folder = TempDir::new().unwrap();
    let list = files(&[(".well-known/security.txt", "ours"), ("x/.dossier/y", "deeper")]);
    build(folder.path(), &list).unwrap();
    assert_eq!(compared(folder.path(), &list), []);
    let again = build(folder.path(), &list).unwrap();
    assert_eq!((again.written, again.unchanged, again.foreign), (0, 2, vec![]));
    build(folder.path(), &files(&[])).unwrap();
    assert!(!folder.path().join(".well-known").exists() && !folder.path().join("x").exists());
}

#[test]
fn a_foreign_file_that_holds_what_the_site_needs_stays_foreign() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("robots.txt"), "same").unwrap();
    fs::write(folder.path().join("SHA256SUMS"), sums(&[("robots.txt", "same")])).unwrap();
    let list = files(&[("robots.txt", "same")]);
    for _ in 0..2 {
        let done = build(folder.path(), &list).unwrap();
        assert_eq!((done.written, done.unchanged, done.deleted), (0, 1, 0));
        assert_eq!(done.foreign, ["SHA256SUMS", "robots.txt"].map(SitePath::from));
        assert_eq!(done.manifest, None, "the manifest does not list the whole site");
    }
    let changed = build(folder.path(), &files(&[("robots.txt", "other")]));
    assert!(matches!(changed, Err(EmitError::Foreign(paths)) if paths == [SitePath::from("robots.txt")]));
    emit(
        &Dir::open(folder.path()).unwrap(),
        &files(&[]),
        Manner::default(),
        |_, text| Ok(text.as_bytes().to_vec()),
        |_| (),
    )
    .unwrap();
    expect(folder.path(), &[("robots.txt", "same")]);
    assert!(folder.path().join("SHA256SUMS").exists());
}

#[test]
fn a_file_edited_or_deleted_by_hand_is_restored() {
    let folder = TempDir::new().unwrap();
    let list = files(&[("a.html", "1"), ("b.html", "2"), ("c.html", "3")]);
    build(folder.path(), &list).unwrap();
    fs::write(folder.path().join("a.html"), "x").unwrap();
    fs::remove_file(folder.path().join("b.html")).unwrap();
    let again = build(folder.path(), &list).unwrap();
    assert_eq!((again.written, again.unchanged), (2, 1));
    expect(folder.path(), &[("a.html", "1"), ("b.html", "2"), ("c.html", "3")]);
}

#[test]
fn a_page_that_cannot_be_made_leaves_the_site_as_it_was() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1"), ("z.html", "9")])).unwrap();
    let fails = |_: &SitePath, text: &String| match text.as_str() {
        "bad" => Err(Diagnostic::error("broken-theme", "no")),
        good => Ok(good.as_bytes().to_vec()),
    };
    let list = files(&[("a.html", "2"), ("b.html", "bad"), ("c.html", "3")]);
    let stopped = emit(&Dir::open(folder.path()).unwrap(), &list, SUMS, fails, |_| ());
    assert!(matches!(stopped, Err(EmitError::Content(found)) if found.len() == 1));
    expect(folder.path(), &[("a.html", "1"), ("z.html", "9")]);
    assert_eq!(fs::read_dir(folder.path().join(".dossier")).unwrap().count(), 2, "the lock and the manifest");
}

#[test]
fn what_cannot_be_made_is_left_out_if_wanted_and_all_else_is_made_once() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1"), ("b.html", "2")])).unwrap();
    let made = std::sync::atomic::AtomicUsize::new(0);
    let fails = |_: &SitePath, text: &String| {
        made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        match text.as_str() {
            "bad" => Err(Diagnostic::error("broken-theme", "no")),
            good => Ok(good.as_bytes().to_vec()),
        }
    };
    let manner = Manner { has_sums: true, keeps_going: true };
    let list = files(&[("a.html", "2"), ("b.html", "bad"), ("c.html", "3")]);
    let done = emit(&Dir::open(folder.path()).unwrap(), &list, manner, fails, |_| ()).unwrap();
    assert_eq!((done.written, done.unchanged, done.deleted, done.failed.len()), (2, 0, 1, 1));
    assert_eq!(done.manifest, None, "the next build must try again");
    assert_eq!(made.into_inner(), 3);
    expect(folder.path(), &[("a.html", "2"), ("c.html", "3")]);
}

#[test]
fn two_builds_at_once_are_refused() {
    let folder = TempDir::new().unwrap();
    let inner = |_: &SitePath, _: &String| {
        assert!(matches!(build(folder.path(), &files(&[("b.html", "2")])), Err(EmitError::Locked(_))));
        Ok(b"1".to_vec())
    };
    emit(&Dir::open(folder.path()).unwrap(), &files(&[("a.html", "")]), SUMS, inner, |_| ()).unwrap();
    expect(folder.path(), &[("a.html", "1")]);
}

#[test]
fn a_build_killed_between_renames_is_finished_by_the_next() {
    // What a kill leaves: the manifest of both, some files new, some old, one not there, a stray stage.
    let folder = TempDir::new().unwrap();
    let (old, new) =
        (files(&[("a.html", "1"), ("gone.html", "0")]), files(&[("a.html", "2"), ("b.html", "3")]));
    build(folder.path(), &old).unwrap();
    let manifest = folder.path().join(".dossier/manifest");
    let both = fs::read_to_string(&manifest).unwrap() + "00000000000000000000000000000000  b.html\n";
    fs::write(&manifest, both).unwrap();
    fs::create_dir_all(folder.path().join(".dossier/stage")).unwrap();
    fs::write(folder.path().join(".dossier/stage/7"), "half").unwrap();
    fs::write(folder.path().join("b.html"), "3").unwrap();
    build(folder.path(), &new).unwrap();
    expect(folder.path(), &[("a.html", "2"), ("b.html", "3")]);
    assert!(!folder.path().join(".dossier/stage/7").exists());
}

/// A manifest can come with somebody else's dossier, so a line that the program does not write ends the build.
#[test]
fn a_line_of_the_manifest_that_is_none_is_an_error() {
    let outer = TempDir::new().unwrap();
    let folder = outer.path().join("public");
    fs::write(outer.path().join("precious"), "x").unwrap();
    build(&folder, &files(&[("a.html", "1")])).unwrap();
    let manifest = folder.join(".dossier/manifest");
    let whole = fs::read_to_string(&manifest).unwrap();
    let hash = "0".repeat(32);
    let line = |path: &str| format!("{whole}{hash}  {path}\n");
    let damages = [
        (line("../precious"), 4),
        (line("/etc/hostname"), 4),
        (line("a//b"), 4),
        (line("a/./b"), 4),
        (line("a\tb"), 4),
        (line("a\u{1b}[2J"), 4),
        (line(""), 4),
        (line(".dossier/lock"), 4),
        (line(".DOSSIER/lock"), 4),
        (line("a/.git/config"), 4),
        (whole.replace("  ", " "), 2),
        (whole.replace(".html", ".html\r"), 3),
        (format!("{whole}\n"), 4),
        (format!("{whole}nonsense"), 4),
        (whole.replace("manifest 1", "manifest 2"), 1),
        (String::new(), 1),
    ];
    for (text, line) in damages {
        fs::write(&manifest, &text).unwrap();
        match build(&folder, &files(&[("b.html", "2")])) {
            Err(EmitError::Manifest(path, at)) => assert_eq!((path, at), (manifest.clone(), line), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
        expect(&folder, &[("a.html", "1")]);
    }
    assert_eq!(fs::read_to_string(outer.path().join("precious")).unwrap(), "x");
    fs::write(&manifest, whole).unwrap();
    build(&folder, &files(&[("b.html", "2")])).unwrap();
    expect(&folder, &[("b.html", "2")]);
}

#[test]
fn a_file_that_was_edited_is_not_deleted_and_named() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1"), ("b/c.html", "2"), ("d.html", "3")])).unwrap();
    fs::write(folder.path().join("b/c.html"), "edited").unwrap();
    let done = build(folder.path(), &files(&[("d.html", "3")])).unwrap();
    assert_eq!((done.deleted, done.foreign), (1, vec![SitePath::from("b/c.html")]));
    let again = build(folder.path(), &files(&[("d.html", "3")])).unwrap();
    assert_eq!((again.deleted, again.foreign), (0, vec![SitePath::from("b/c.html")]));
    expect(folder.path(), &[("b/c.html", "edited"), ("d.html", "3")]);
}

/// Between the two manifests of a build that was killed, a file may have its old or its new content: both are the
/// program's.
#[test]
fn what_a_killed_build_wrote_is_deleted_whichever_content_it_has() {
    for standing in ["old", "new"] {
        let folder = TempDir::new().unwrap();
        build(folder.path(), &files(&[("a.html", "old")])).unwrap();
        let manifest = folder.path().join(".dossier/manifest");
        let line = format!("{}  a.html\n", Fingerprint::of(b"new"));
        fs::write(&manifest, fs::read_to_string(&manifest).unwrap() + &line).unwrap();
        fs::write(folder.path().join("a.html"), standing).unwrap();
        build(folder.path(), &files(&[("b.html", "")])).unwrap();
        expect(folder.path(), &[("b.html", "")]);
    }
}

#[test]
fn no_file_of_the_site_is_one_of_the_programs_own() {
    let folder = TempDir::new().unwrap();
    for own in [".dossier/manifest", ".git/hooks/post-checkout", "a/.hg/hgrc", ".Git/config"] {
        let refused = build(folder.path(), &files(&[(own, "x")]));
        assert!(matches!(&refused, Err(EmitError::Own(path)) if path.as_str() == own), "{refused:?}");
        assert!(!folder.path().join(own).exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_is_not_followed() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("a")).unwrap();
    assert!(build(folder.path(), &files(&[("a/b.html", "1")])).is_err());
    assert!(standing(elsewhere.path()).is_empty());
}

/// Somebody puts the link there after the program has looked what is there.
#[cfg(unix)]
#[test]
fn a_link_that_comes_during_a_build_is_not_followed_and_is_named() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let meanwhile = |_: &SitePath, text: &String| {
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("a")).unwrap();
        Ok(text.as_bytes().to_vec())
    };
    let list = files(&[("a/b.html", "1")]);
    let refused = emit(&Dir::create(folder.path()).unwrap(), &list, SUMS, meanwhile, |_| ()).unwrap_err();
    assert!(refused.to_string().ends_with("`a` is a symbolic link, which is not followed"), "{refused}");
    assert!(standing(elsewhere.path()).is_empty());
}

#[test]
fn the_list_of_sums_is_that_of_the_files() {
    let folder = TempDir::new().unwrap();
    let list = || fs::read_to_string(folder.path().join("SHA256SUMS")).unwrap();
    build(folder.path(), &files(&[("a.html", "abc")])).unwrap();
    assert_eq!(list(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.html\n");
    build(folder.path(), &files(&[("a.html", "abc"), ("b/c.html", "")])).unwrap();
    assert!(
        list().ends_with("\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b/c.html\n")
    );
    emit(
        &Dir::open(folder.path()).unwrap(),
        &files(&[("a.html", "abc")]),
        Manner::default(),
        |_, text| Ok(text.as_bytes().to_vec()),
        |_| (),
    )
    .unwrap();
    assert!(!folder.path().join("SHA256SUMS").exists());
    // One that somebody else put there is left alone.
    let other = TempDir::new().unwrap();
    fs::write(other.path().join("SHA256SUMS"), "mine").unwrap();
    let refused = build(other.path(), &files(&[("a.html", "abc")]));
    assert!(matches!(refused, Err(EmitError::Foreign(paths)) if paths == [SitePath::from("SHA256SUMS")]));
    assert_eq!(fs::read_to_string(other.path().join("SHA256SUMS")).unwrap(), "mine");
    assert!(!other.path().join("a.html").exists());
}

#[test]
fn what_is_gone_is_deleted_and_what_took_its_place_is_not() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1"), ("b.html", "2"), ("c.html", "3")])).unwrap();
    fs::remove_file(folder.path().join("a.html")).unwrap();
    let done = build(folder.path(), &files(&[("c.html", "3")])).unwrap();
    assert_eq!(done.deleted, 2);
    // A folder with something in it is no file of the program's.
    fs::remove_file(folder.path().join("c.html")).unwrap();
    fs::create_dir_all(folder.path().join("c.html/x")).unwrap();
    build(folder.path(), &files(&[])).unwrap();
    assert!(folder.path().join("c.html/x").exists());
}

#[test]
fn a_file_where_the_site_needs_a_folder_is_in_the_way() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a"), "mine").unwrap();
    let refused = build(folder.path(), &files(&[("a/b.html", "1")]));
    assert!(matches!(refused, Err(EmitError::Foreign(paths)) if paths == [SitePath::from("a")]));
    assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "mine");
}

#[test]
fn how_a_folder_differs_is_told_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &files(&[("a.html", "1"), ("b.html", "2"), ("c.html", "3"), ("d.html", "4")]))
        .unwrap();
    fs::write(folder.path().join("theirs"), "").unwrap();
    fs::write(folder.path().join("a.html"), "x").unwrap();
    fs::remove_file(folder.path().join("b.html")).unwrap();
    fs::remove_file(folder.path().join("d.html")).unwrap();
    let before = standing(folder.path());
    let differing = compared(folder.path(), &files(&[("a.html", "1"), ("b.html", "2")]));
    let wanted = [
        ("a.html", "differs"),
        ("b.html", "is missing"),
        ("SHA256SUMS", "differs"),
        ("c.html", "is no longer part of the site"),
    ];
    assert_eq!(differing, wanted.map(|(path, how)| (path.to_owned(), how)));
    fs::remove_file(folder.path().join("SHA256SUMS")).unwrap();
    let differing = compared(folder.path(), &files(&[]));
    assert!(differing.contains(&("SHA256SUMS".to_owned(), "is missing")), "{differing:?}");
    assert_eq!(standing(folder.path()), before);
    let fails = |_: &SitePath, _: &String| Err(Diagnostic::error("broken-theme", "no"));
    let failed = compare(&Dir::open(folder.path()).unwrap(), &files(&[("a.html", "1")]), true, fails);
    assert!(matches!(failed, Err(EmitError::Content(found)) if found.len() == 1));
    // Without a list of sums, none is missed.
    let same = compare(&Dir::open(folder.path()).unwrap(), &files(&[("c.html", "3")]), false, |_, text| {
        Ok(text.as_bytes().to_vec())
    });
    assert!(!same.unwrap().iter().any(|(path, _)| path.as_str() == "SHA256SUMS"));
}

#[test]
fn what_stands_is_recognised_as_long_as_every_byte_does() {
    let folder = TempDir::new().unwrap();
    let manifest =
        build(folder.path(), &files(&[("a.html", "1"), ("b.html", "2")])).unwrap().manifest.unwrap();
    fs::write(folder.path().join("theirs"), "").unwrap();
    let found = emit::standing(&Dir::open(folder.path()).unwrap(), manifest).unwrap().expect("it stands");
    assert_eq!((found.written, found.unchanged, found.deleted, found.manifest), (0, 2, 0, Some(manifest)));
    assert_eq!(found.foreign, [SitePath::from("theirs")]);
    assert!(
        emit::standing(&Dir::open(folder.path()).unwrap(), Fingerprint::of(b"another")).unwrap().is_none()
    );
    fs::write(folder.path().join("a.html"), "x").unwrap();
    assert!(emit::standing(&Dir::open(folder.path()).unwrap(), manifest).unwrap().is_none());
    fs::remove_file(folder.path().join("a.html")).unwrap();
    assert!(emit::standing(&Dir::open(folder.path()).unwrap(), manifest).unwrap().is_none());
}

#[test]
fn errors_say_which_files_and_where() {
    let foreign = |count: usize| {
        EmitError::Foreign((1..=count).map(|number| format!("{number}.html").into()).collect()).to_string()
    };
    let rest = "; move them away, or build into another folder with `--output`";
    let start = "files that this program did not write are in the way: ";
    assert_eq!(foreign(1), format!("{start}`1.html`{rest}"));
    let five = "`1.html`, `2.html`, `3.html`, `4.html`, `5.html`";
    assert_eq!(foreign(5), format!("{start}{five}{rest}"));
    assert_eq!(foreign(6), format!("{start}{five} and more{rest}"));
    assert_eq!(
        EmitError::Locked("public".into()).to_string(),
        "another build is writing to `public`; wait until it ends"
    );
}

#[test]
fn what_a_build_came_to_is_kept_and_known_by_its_key() {
    let root = TempDir::new().unwrap();
    let cache = Cache::of(root.path());
    let [key, other, manifest] = [b"key", b"oth", b"man"].map(|text| Fingerprint::of(text));
    let codes = dossier::session::codes();
    assert!(!cache.is_there() && cache.read(key, &codes).is_none());
    let found = [Diagnostic::error("broken-theme", "no").at(
        &"a.md".into(),
        dossier::base::span::Span::new(1, 2),
        "here",
    )];
    cache.write(key, manifest, &found).unwrap();
    assert!(cache.is_there());
    let (kept, again) = cache.read(key, &codes).unwrap();
    assert_eq!((kept, format!("{again:?}")), (manifest, format!("{found:?}")));
    assert!(cache.read(other, &codes).is_none());
    assert!(cache.read(key, &[]).is_none(), "a finding whose rule is gone");
    let path = root.path().join(".dossier/cache");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"version\":", "\"version\":9")).unwrap();
    assert!(cache.read(key, &codes).is_none(), "another version");
    fs::write(&path, &text[1..]).unwrap();
    assert!(cache.read(key, &codes).is_none(), "damaged");

    assert_eq!(cache.kept("links"), None);
    cache.keep("links", b"some").unwrap();
    cache.keep("links", b"others").unwrap();
    assert_eq!(cache.kept("links").as_deref(), Some(&b"others"[..]));
}

/// Whatever happens to a kept file, it is as good as none.
#[test]
fn what_is_kept_and_damaged_is_made_again() {
    let root = TempDir::new().unwrap();
    let cache = Cache::of(root.path());
    let [key, other] = [b"a", b"b"].map(|text| Fingerprint::of(text));
    assert_eq!(cache.get(key), None);
    cache.put(key, b"picture");
    assert_eq!(cache.get(key).as_deref(), Some(&b"picture"[..]));
    let cards = root.path().join(".dossier/cards");
    let path = cards.join(format!("{key}.png"));
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&path, &damaged).unwrap();
        assert_eq!(cache.get(key), None, "byte {at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(cache.get(key), None, "cut off after {at}");
    }
    fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
    assert_eq!(cache.get(key), None, "more than was written");
    fs::write(cards.join(format!("{other}.png")), &whole).unwrap();
    assert_eq!(cache.get(other), None, "another name");
    cache.put(key, b"picture");
    assert_eq!(cache.get(key).as_deref(), Some(&b"picture"[..]));
}
