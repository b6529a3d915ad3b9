//! How an author's files are changed: whole or not at all, and never over what somebody else wrote meanwhile.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use dossier::world::edit::{Changes, Rewrite, SourceWriter};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

/// Every file of a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| !entry.file_type().is_dir());
    files.map(|file| file.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")).collect()
}

fn rewrite(path: &str, before: &str, after: &str) -> Rewrite {
    let content = |text: &str| Some(Arc::from(text.as_bytes()));
    Rewrite { path: path.into(), before: content(before), after: content(after) }
}

#[test]
fn changes_are_carried_out_together() {
    let folder = folder(&[("a.md", "a"), ("b.md", "b")]);
    let changes = Changes {
        rewrites: vec![rewrite("a.md", "a", "A"), rewrite("b.md", "b", "B")],
        moves: vec![("b.md".into(), "new/c.md".into())],
    };
    SourceWriter::at(folder.path()).carry_out(&changes).unwrap();
    assert_eq!((read(&folder, "a.md"), read(&folder, "new/c.md")), ("A".into(), "B".into()));
    assert_eq!(names(folder.path()), ["a.md", "new/c.md"]);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone_and_so_is_all_else() {
    let folder = folder(&[("a.md", "a"), ("b.md", "edited meanwhile")]);
    let writer = SourceWriter::at(folder.path());
    let rewrites = vec![rewrite("a.md", "a", "A"), rewrite("b.md", "b", "B")];
    let changes = Changes { rewrites, moves: vec![("a.md".into(), "c.md".into())] };
    let refused = writer.carry_out(&changes).unwrap_err();
    assert_eq!(refused.to_string(), "`b.md`: it has been changed by another program");
    let refused = writer.replace(&"b.md".into(), &Arc::from(*b"b"), b"B").unwrap_err();
    assert_eq!(refused.to_string(), "it has been changed by another program");
    assert_eq!((read(&folder, "a.md"), read(&folder, "b.md")), ("a".into(), "edited meanwhile".into()));
    fs::remove_file(folder.path().join("b.md")).unwrap();
    assert_eq!(writer.carry_out(&changes).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn a_name_that_is_taken_is_not_overwritten() {
    let folder = folder(&[("a.md", "a"), ("b.md", "b")]);
    let writer = SourceWriter::at(folder.path());
    let moves = vec![("a.md".into(), "b.md".into())];
    let changes = Changes { rewrites: vec![rewrite("a.md", "a", "A")], moves };
    let refused = writer.carry_out(&changes).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(refused.to_string(), "there is a file `b.md` already; nothing was changed");
    assert_eq!(writer.rename(&"a.md".into(), &"b.md".into()).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(writer.create(&"a.md".into(), b"x").unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!((read(&folder, "a.md"), read(&folder, "b.md")), ("a".into(), "b".into()));
}

/// On a disk that ignores case, the second name would be the file's own.
#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_differs_in_case_is_not_overwritten() {
    let folder = folder(&[("a.md", "a"), ("A.md", "A")]);
    let writer = SourceWriter::at(folder.path());
    assert_eq!(writer.rename(&"a.md".into(), &"A.md".into()).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!((read(&folder, "a.md"), read(&folder, "A.md")), ("a".into(), "A".into()));
}

#[test]
fn a_name_below_a_file_is_refused_before_anything_is_written() {
    let folder = folder(&[("a.md", "a"), ("b.md", "b")]);
    let moves = vec![("a.md".into(), "b.md/a.md".into())];
    let refused =
        SourceWriter::at(folder.path()).carry_out(&Changes { rewrites: Vec::new(), moves }).unwrap_err();
    assert!(refused.to_string().starts_with("`b.md/a.md`: "), "{refused}");
}

/// The second rewrite and the second move fail though all looked well: the disk refuses, and what was done is undone.
#[test]
fn what_was_done_is_taken_back_where_the_rest_fails() {
    let folder = folder(&[("a.md", "a"), ("b.md", "b")]);
    let writer = SourceWriter::at(folder.path());
    // A file that is rewritten twice holds the first text at the second time.
    let rewrites = vec![rewrite("a.md", "a", "A"), rewrite("b.md", "b", "B"), rewrite("b.md", "b", "C")];
    let refused = writer.carry_out(&Changes { rewrites, moves: Vec::new() }).unwrap_err();
    assert_eq!(refused.to_string(), "`b.md`: it has been changed by another program");
    assert_eq!((read(&folder, "a.md"), read(&folder, "b.md")), ("a".into(), "b".into()));
    // Two files of one new name.
    let moves = vec![("a.md".into(), "c.md".into()), ("b.md".into(), "c.md".into())];
    let changes = Changes { rewrites: vec![rewrite("a.md", "a", "A"), rewrite("b.md", "b", "B")], moves };
    let refused = writer.carry_out(&changes).unwrap_err();
    assert_eq!(refused.to_string(), "there is a file `b.md` already; nothing was changed");
    assert_eq!((read(&folder, "a.md"), read(&folder, "b.md")), ("a".into(), "b".into()));
    assert_eq!(names(folder.path()), ["a.md", "b.md"]);
}

/// The temporary file of another run is in the way: the author's file stays as it is.
#[test]
fn a_replacement_that_cannot_be_written_leaves_the_file() {
    let folder = folder(&[("a.md", "a"), (&format!(".a.md.dossier-{}", std::process::id()), "stray")]);
    let refused =
        SourceWriter::at(folder.path()).replace(&"a.md".into(), &Arc::from(*b"a"), b"A").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    assert_eq!(read(&folder, "a.md"), "a");
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real/a.md", "a")]);
    symlink("real/a.md", folder.path().join("a.md")).unwrap();
    fs::set_permissions(folder.path().join("real/a.md"), fs::Permissions::from_mode(0o640)).unwrap();
    SourceWriter::at(folder.path()).replace(&"a.md".into(), &Arc::from(*b"a"), b"A").unwrap();
    assert_eq!(read(&folder, "real/a.md"), "A");
    assert!(folder.path().join("a.md").is_symlink());
    let mode = fs::metadata(folder.path().join("real/a.md")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_folder_is_bare_where_nothing_but_hidden_files_is_in_it() {
    let folder = folder(&[(".git/HEAD", "x")]);
    let bare = |path: &str| SourceWriter::at(&folder.path().join(path)).is_bare();
    assert!(bare("").unwrap() && bare("none").unwrap());
    assert!(!bare(".git").unwrap());
    assert!(bare(".git/HEAD").is_err());
}
