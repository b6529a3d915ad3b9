//! Changes that are undone, done again, and taken back.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::fs;

use super::*;

fn rewrite(path: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> Rewrite {
    Rewrite { path: path.into(), before: before.map(Arc::from), after: after.map(Arc::from) }
}

/// Every author's file, with its content.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| {
        let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
        (path, fs::read(entry.path()).unwrap())
    });
    files.filter(|(path, _)| !path.starts_with(".dossier")).collect()
}

fn changes() -> Changes {
    Changes {
        rewrites: vec![
            rewrite("a.md", Some(b"a"), Some(b"A")),
            rewrite("new/b.bin", None, Some(&[0xff, 0])),
            rewrite("c.md", Some(b"c"), None),
        ],
        moves: vec![("a.md".into(), "d.md".into())],
    }
}

fn dossier() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "a").unwrap();
    fs::write(folder.path().join("c.md"), "c").unwrap();
    folder
}

#[test]
fn what_was_done_is_undone_and_done_again() {
    let folder = dossier();
    let before = files(folder.path());
    History::of(folder.path()).carry_out(&changes(), "one".into()).unwrap();
    let after = files(folder.path());
    assert_eq!(after, [("d.md".to_owned(), b"A".to_vec()), ("new/b.bin".to_owned(), vec![0xff, 0])]);
    // As if the program had been started again each time.
    let undone = History::of(folder.path()).undo().unwrap().unwrap();
    assert_eq!((undone.0.what, files(folder.path())), ("one".into(), before.clone()));
    assert!(History::of(folder.path()).undo().unwrap().is_none());
    History::of(folder.path()).redo().unwrap().unwrap();
    assert_eq!(files(folder.path()), after);
    assert!(History::of(folder.path()).redo().unwrap().is_none());
    History::of(folder.path()).undo().unwrap().unwrap();
    let other = Changes { rewrites: vec![rewrite("a.md", Some(b"a"), Some(b"B"))], moves: Vec::new() };
    History::of(folder.path()).carry_out(&other, "two".into()).unwrap();
    assert!(History::of(folder.path()).redo().unwrap().is_none());
    assert_eq!(History::of(folder.path()).list().len(), 1);
}

#[test]
fn a_file_that_changed_since_is_left_alone() {
    let folder = dossier();
    let history = History::of(folder.path());
    history.carry_out(&changes(), "one".into()).unwrap();
    fs::write(folder.path().join("d.md"), "edited").unwrap();
    let edited = files(folder.path());
    let refused = history.undo().unwrap_err();
    assert_eq!(refused.to_string(), "`d.md`: it has been changed by another program");
    assert_eq!(files(folder.path()), edited);
    assert_eq!(history.list()[0].state, State::Done);
    let late = Changes { rewrites: vec![rewrite("d.md", Some(b"A"), Some(b"B"))], moves: Vec::new() };
    history.carry_out(&late, "two".into()).unwrap_err();
    assert_eq!((files(folder.path()), history.list().len()), (edited, 1));
}

/// A program can be killed between any two steps.
#[test]
fn what_is_half_done_is_taken_back() {
    for undoing in [false, true] {
        let all = if undoing { changes().inverse() } else { changes() };
        for steps in 0..=all.rewrites.len() + all.moves.len() {
            let folder = dossier();
            let history = History::of(folder.path());
            history.carry_out(&changes(), "one".into()).unwrap();
            let mut list = history.list();
            if !undoing {
                history.undo().unwrap();
            }
            let before = files(folder.path());
            list[0].state = if undoing { State::Undoing } else { State::Doing };
            history.put(&list).unwrap();
            let rewrites: Vec<Rewrite> = all.rewrites.iter().take(steps).cloned().collect();
            let moves = all.moves.iter().take(steps - rewrites.len()).cloned().collect();
            history.writer.carry_out(&Changes { rewrites, moves }).unwrap();
            fs::create_dir_all(folder.path().join("new")).unwrap();
            for part in [".a.md.dossier-1", "new/.b.bin.dossier-23"] {
                fs::write(folder.path().join(part), "half of").unwrap();
            }
            assert_eq!(history.recover().unwrap().unwrap().what, "one");
            assert_eq!(files(folder.path()), before, "{undoing} {steps}");
            assert!(history.recover().unwrap().is_none());
        }
    }
}

#[test]
fn what_cannot_be_undone_can_be_left_out() {
    let folder = dossier();
    let history = History::of(folder.path());
    for (path, before, after) in [("a.md", b"a", b"A"), ("c.md", b"c", b"C")] {
        let rewrites = vec![rewrite(path, Some(before), Some(after))];
        history.carry_out(&Changes { rewrites, moves: Vec::new() }, path.into()).unwrap();
    }
    fs::write(folder.path().join("c.md"), "another program's").unwrap();
    history.undo().unwrap_err();
    let stuck = history.list().pop().unwrap();
    assert_eq!((&stuck.what, &stuck.files[..], stuck.time > 0), (&"c.md".into(), &["c.md".into()][..], true));
    history.leave_out(stuck.number).unwrap();
    assert_eq!(history.undo().unwrap().unwrap().0.what, "a.md");
    let all = [("a.md".to_owned(), b"a".to_vec()), ("c.md".to_owned(), b"another program's".to_vec())];
    assert_eq!(files(folder.path()), all);
}

#[test]
fn the_oldest_are_forgotten() {
    let folder = dossier();
    let history = History::of(folder.path());
    for number in 0..MOST as u8 + 5 {
        let before = if number == 0 { b"a".to_vec() } else { vec![number - 1] };
        let change = rewrite("a.md", Some(&before), Some(&[number]));
        history.carry_out(&Changes { rewrites: vec![change], moves: Vec::new() }, number.into()).unwrap();
    }
    assert_eq!(history.list().len(), MOST);
    assert_eq!(fs::read_dir(folder.path().join(".dossier/undo")).unwrap().count(), MOST + 1);
    while history.undo().unwrap().is_some() {}
    assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), [4]);
}
