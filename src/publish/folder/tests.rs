//! A folder on this computer as a target.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::config::publish::Host;

const HEADERS: Headers = Headers { content_type: "text/html", cache_control: "no-store" };

fn opened(root: &Path, path: &str) -> io::Result<Folder> {
    let host = Host::Folder { path: path.into() };
    let target =
        Target { name: "www".into(), base_url: None, prefix: String::new(), keep: true, tries: 2, host };
    Folder::of(&target, root, path)
}

/// A folder as a target, and what is around it.
fn folder() -> (TempDir, Folder) {
    let root = TempDir::new().unwrap();
    let folder = opened(root.path(), "www").unwrap();
    (root, folder)
}

#[test]
fn it_holds_what_is_written_until_it_is_deleted() {
    let (root, folder) = folder();
    assert_eq!(
        (folder.read("a/b.html", 100), folder.list(""), folder.delete("a")),
        (Ok(None), Ok(vec![]), Ok(()))
    );
    assert!(!root.path().join("www").exists(), "looking at a target makes nothing");
    folder.write("a/b.html", b"one".to_vec(), &HEADERS).unwrap();
    assert_eq!(folder.read("a/b.html", 100).unwrap().as_deref(), Some(&b"one"[..]));
    assert_eq!(folder.read("a/b.html", 3).unwrap().as_deref(), Some(&b"one"[..]));
    assert!(folder.read("a/b.html", 2).unwrap_err().0.starts_with("it is larger than"));
    assert_eq!((folder.copy("a/b.html", "c"), folder.copy("d", "e")), (Ok(true), Ok(false)));
    let listed: Vec<(String, u64)> =
        folder.list("a/").unwrap().into_iter().map(|e| (e.path, e.length)).collect();
    assert_eq!(listed, [("a/b.html".to_owned(), 3)]);
    let refused = folder.delete_folder("a").unwrap_err();
    assert!(refused.0.contains("files that this program did not write"), "{refused}");
    folder.delete("a/b.html").unwrap();
    folder.delete("a/b.html").unwrap();
    fs::create_dir_all(root.path().join("www/a/deep/er")).unwrap();
    folder.delete_folder("a").unwrap();
    assert!(!root.path().join("www/a").exists());
    assert_eq!(fs::read(root.path().join("www/c")).unwrap(), b"one");
    assert!(folder.list("a/").unwrap().is_empty());
    assert!(folder.list("").unwrap().iter().all(|entry| !entry.path.ends_with(".new")));
}

#[test]
fn nothing_is_below_a_file() {
    let (root, folder) = folder();
    folder.write("a", b"x".to_vec(), &HEADERS).unwrap();
    assert_eq!((folder.read("a/b", 100), folder.read("b", 100)), (Ok(None), Ok(None)));
    assert_eq!(folder.delete("a/b"), Ok(()));
    assert!(folder.write("a/b", Vec::new(), &HEADERS).is_err());
    assert_eq!(fs::read(root.path().join("www/a")).unwrap(), b"x");
}

#[cfg(unix)]
#[test]
fn no_link_in_it_is_followed() {
    use std::os::unix::fs::symlink;
    let (root, folder) = folder();
    let outside = root.path().join("outside");
    fs::create_dir_all(root.path().join("www")).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "theirs").unwrap();
    symlink(&outside, root.path().join("www/folder")).unwrap();
    symlink(outside.join("a"), root.path().join("www/file")).unwrap();
    let listed: Vec<(String, bool)> =
        folder.list("").unwrap().into_iter().map(|entry| (entry.path, entry.is_special)).collect();
    assert_eq!(listed, [("file".to_owned(), true), ("folder".to_owned(), true)]);
    folder.write("ours", b"ours".to_vec(), &HEADERS).unwrap();
    for path in ["folder/a", "folder/b"] {
        assert!(folder.write(path, b"ours".to_vec(), &HEADERS).is_err(), "{path}");
        assert!(folder.copy("ours", path).is_err(), "{path}");
        assert_eq!((folder.read(path, 100), folder.delete(path)), (Ok(None), Ok(())), "{path}");
    }
    assert!(folder.read("file", 100).is_err());
    // A link itself gives way.
    folder.write("file", b"ours".to_vec(), &HEADERS).unwrap();
    folder.delete("folder").unwrap();
    assert_eq!(fs::read(root.path().join("www/file")).unwrap(), b"ours");
    assert_eq!(fs::read(outside.join("a")).unwrap(), b"theirs");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn no_folder_is_made_through_a_link() {
    use std::os::unix::fs::symlink;
    for link in ["www", "www/.dossier", "www/.dossier/parts"] {
        let root = TempDir::new().unwrap();
        let outside = TempDir::new().unwrap();
        fs::create_dir_all(root.path().join(link).parent().unwrap()).unwrap();
        symlink(outside.path(), root.path().join(link)).unwrap();
        for path in ["www", "www/deep"] {
            let written = opened(root.path(), path).map(|folder| folder.write("a", Vec::new(), &HEADERS));
            let is_refused = !matches!(written, Ok(Ok(())));
            assert_eq!(is_refused, path == "www" || link == "www", "{link} {path}");
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "{link}");
    }
}
