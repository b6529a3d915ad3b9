//! What is written, what is left alone, and what a killed build leaves.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dossier::base::diagnostic::Diagnostic;
use dossier::base::path::SitePath;
use dossier::emit::{EmitError, Emitted, emit};
use tempfile::TempDir;

type Files = Vec<(SitePath, String)>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(path, text)| (SitePath::from(*path), (*text).to_owned())).collect()
}

fn build(folder: &Path, list: &Files) -> Result<Emitted, EmitError> {
    emit(folder, list, true, |_: &SitePath, text: &String| Ok(text.as_bytes().to_vec()), |_| ())
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
    let second = build(folder.path(), &files(&[("d.html", "2"), ("e.html", "3")])).unwrap();
    assert_eq!((second.written, second.unchanged, second.deleted), (1, 1, 1));
    expect(folder.path(), &[("d.html", "2"), ("e.html", "3")]);
    assert!(!folder.path().join("a").exists(), "an emptied folder goes too");
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
    let stopped = emit(folder.path(), &list, true, fails, |_| ());
    assert!(matches!(stopped, Err(EmitError::Content(found)) if found.len() == 1));
    expect(folder.path(), &[("a.html", "1"), ("z.html", "9")]);
}

#[test]
fn two_builds_at_once_are_refused() {
    let folder = TempDir::new().unwrap();
    let inner = |_: &SitePath, _: &String| {
        assert!(matches!(build(folder.path(), &files(&[("b.html", "2")])), Err(EmitError::Locked(_))));
        Ok(b"1".to_vec())
    };
    emit(folder.path(), &files(&[("a.html", "")]), true, inner, |_| ()).unwrap();
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

#[test]
fn a_damaged_manifest_never_leads_out_of_the_folder() {
    let outer = TempDir::new().unwrap();
    let folder = outer.path().join("public");
    fs::write(outer.path().join("precious"), "x").unwrap();
    build(&folder, &files(&[("a.html", "1")])).unwrap();
    let manifest = folder.join(".dossier/manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    let hash = "0".repeat(32);
    fs::write(&manifest, format!("{text}{hash}  ../precious\n{hash}  /etc/hostname\nnonsense\n")).unwrap();
    build(&folder, &files(&[("b.html", "2")])).unwrap();
    assert_eq!(fs::read_to_string(outer.path().join("precious")).unwrap(), "x");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_is_not_followed() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("a")).unwrap();
    assert!(build(folder.path(), &files(&[("a/b.html", "1")])).is_err());
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
    emit(folder.path(), &files(&[("a.html", "abc")]), false, |_, text| Ok(text.as_bytes().to_vec()), |_| ())
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
