//! Files below a folder, while somebody puts links, pipes and other files in their place.
#![expect(clippy::disallowed_methods, reason = "the tests look at the disk, and disturb it")]

use std::fs;
use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;

/// A folder with every kind of thing in it, beside a file that no link may lead to.
fn folder() -> (TempDir, PathBuf) {
    let outer = TempDir::new().unwrap();
    let root = outer.path().join("root");
    fs::create_dir_all(root.join("real/deep")).unwrap();
    fs::create_dir(root.join("hidden")).unwrap();
    fs::write(outer.path().join("secret"), "secret").unwrap();
    for file in ["real/file", "real/deep/file", ".env", "real/.env"] {
        fs::write(root.join(file), file).unwrap();
    }
    let secret = outer.path().join("secret");
    for (link, target) in [
        ("real/link", Path::new("file")),
        ("real/deep/up", Path::new("../link")),
        ("real/absolute", &root.join("real/file")),
        ("real/to-secret", Path::new("../../secret")),
        ("real/to-absolute-secret", &secret),
        ("real/to-env", Path::new("../.env")),
        ("real/to-own-env", Path::new(".env")),
        ("real/chain", Path::new("to-env")),
        ("real/dangling", Path::new("none")),
        ("real/loop", Path::new("loop")),
        ("real/to-folder", Path::new("deep")),
        ("real/through", Path::new("to-folder/file")),
        ("real/beside", Path::new("../hidden/x")),
        ("real/from-the-top", Path::new("/real/file")),
        ("linked", Path::new("real")),
        ("out", outer.path()),
        ("to-secret", &secret),
    ] {
        symlink(target, root.join(link)).unwrap();
    }
    let pipe = root.join("real/pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    (outer, root)
}

#[test]
fn no_link_is_followed_on_the_way_or_at_the_end() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root).unwrap();
    assert_eq!(dir.read("real/deep/file", 100).unwrap(), b"real/deep/file");
    for path in ["linked/file", "out/secret", "real/link", "real/pipe", "real", "real/to-folder/file"] {
        assert!(dir.file(path).is_err(), "{path}");
    }
    for path in ["linked/new", "out/new", "real/to-folder/new"] {
        assert!(dir.new_file(path).is_err() && dir.make_folder(path).is_err(), "{path}");
        assert!(dir.rename(".env", &dir, path).is_err() && dir.replace(path, b"", false).is_err(), "{path}");
    }
    for path in ["linked/file", "out/secret"] {
        assert!(dir.remove_file(path).is_err() && dir.kind(path).is_err(), "{path}");
    }
    assert!(dir.new_file("real/dangling").is_err() && dir.lock_file("real/link").is_err());
    assert_eq!(
        dir.file("linked/file").unwrap_err().to_string(),
        "`linked` is a symbolic link, which is not followed"
    );
    assert_eq!(dir.file("real/pipe").unwrap_err().to_string(), "`real/pipe` is a named pipe");
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
    assert_eq!(dir.file("socket").unwrap_err().to_string(), "`socket` is a socket");
    assert_eq!(dir.folder("real/file").unwrap_err().kind(), io::ErrorKind::NotADirectory);
    // What is as expected is not what is wrong.
    let why = reason(&dir.handle, ".env", Kind::File, io::ErrorKind::PermissionDenied.into());
    assert_eq!(why.to_string(), io::Error::from(io::ErrorKind::PermissionDenied).to_string());
    let why = reason(&dir.handle, "real", Kind::File, io::ErrorKind::PermissionDenied.into());
    assert_eq!((why.kind(), &*why.to_string()), (io::ErrorKind::PermissionDenied, "`real` is a folder"));
    // What is replaced is the link.
    dir.replace("real/to-secret", b"new", true).unwrap();
    assert_eq!(fs::read(root.join("../secret")).unwrap(), b"secret");
    assert_eq!(fs::read(root.join("real/to-secret")).unwrap(), b"new");
}

#[test]
fn what_the_system_refuses_is_told_as_it_says() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root).unwrap();
    fs::create_dir(root.join("file.new")).unwrap();
    assert_ne!(dir.replace("file", b"", false).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    // Nobody can make anything there.
    #[cfg(target_os = "linux")]
    for refused in ["/proc", "/sys"].map(Path::new).iter().filter(|path| path.exists()) {
        let dir = Dir::open(refused).unwrap();
        let made = [dir.make_folder("new").map(drop), dir.lock_file("new").map(drop)];
        let told = made.map(|made| made.unwrap_err().kind());
        let by_hand = [fs::create_dir(refused.join("new")), File::create_new(refused.join("new")).map(drop)];
        assert_eq!(told, by_hand.map(|made| made.unwrap_err().kind()), "{refused:?}");
    }
}

#[test]
fn a_file_moved_to_a_new_name_replaces_nothing() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root).unwrap();
    for taken in ["real/file", "real/deep", "real/dangling", "real/to-secret", "real/pipe"] {
        assert_eq!(dir.rename_new(".env", &dir, taken).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
    dir.rename_new(".env", &dir, "real/new").unwrap();
    assert_eq!((dir.read("real/new", 100).unwrap(), root.join(".env").exists()), (b".env".to_vec(), false));
    assert_eq!(dir.rename_new(".env", &dir, "new").unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root).unwrap();
    for path in [
        "",
        "/etc/hostname",
        "/.env",
        "../secret",
        "real/../../secret",
        "real//file",
        "./.env",
        "a\nb",
        "a\0b",
        "\u{1b}",
    ] {
        assert!(
            dir.file(path).is_err() && dir.new_file(path).is_err() && dir.remove_file(path).is_err(),
            "{path}"
        );
    }
}

#[test]
fn a_link_leads_only_to_a_visible_file_below_the_same_folder() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root.canonicalize().unwrap()).unwrap();
    for path in ["real/file", "real/link", "real/deep/up"] {
        assert_eq!(dir.resolve(path).unwrap(), "real/file", "{path}");
    }
    for (path, why) in [
        ("real/to-secret", "it leads out of `real/`"),
        ("real/to-absolute-secret", "it leads out of `real/`"),
        ("real/to-env", "it leads out of `real/`"),
        ("real/beside", "it leads out of `real/`"),
        ("real/from-the-top", "it leads out of `real/`"),
        ("real/chain", "it leads out of `real/`"),
        ("real/to-own-env", "it leads to a hidden file"),
        ("real/loop", "it leads to itself"),
        ("real/to-folder", "it leads to a folder"),
        ("real/through", "`real/to-folder` is a symbolic link, which is not followed"),
    ] {
        assert_eq!(dir.resolve(path).unwrap_err().to_string(), why, "{path}");
    }
    assert_eq!(dir.resolve("real/dangling").unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(dir.resolve("to-secret").unwrap_err().to_string(), "it leads out of the dossier");
}

#[test]
fn what_is_in_a_folder_is_visited_only_if_it_is_wanted() {
    let (_outer, root) = folder();
    let mut visited = Vec::new();
    let mut visit = |Visited { path, .. }: Visited| {
        visited.push(path.to_owned());
        path == "real"
    };
    Dir::open(&root).unwrap().visit(&mut visit).unwrap();
    assert!(visited.contains(&"real/deep".to_owned()) && !visited.contains(&"real/deep/file".to_owned()));
    assert!(!visited.iter().any(|path| path.starts_with("linked/")), "{visited:?}");
}

#[test]
fn reading_ends_at_the_limit() {
    let (_outer, root) = folder();
    let dir = Dir::open(&root).unwrap();
    assert_eq!(dir.read(".env", 4).unwrap(), b".env");
    assert_eq!(dir.read(".env", 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
}

/// The replacement for `openat` on other systems does the same.
#[test]
fn both_handles_agree() {
    let (_outer, root) = folder();
    let (open, looked) = (Handle::open(&root).unwrap(), checked::Handle::open(&root).unwrap());
    let sorted = |mut entries: Vec<(OsString, Kind)>| {
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries
    };
    assert_eq!(sorted(open.entries().unwrap()), sorted(looked.entries().unwrap()));
    for name in ["real", "linked", "out", ".env", "none"] {
        assert_eq!(open.folder(name).is_ok(), looked.folder(name).is_ok(), "{name}");
        assert_eq!(open.file(name).is_ok(), looked.file(name).is_ok(), "{name}");
        assert_eq!(open.kind(name).ok(), looked.kind(name).ok(), "{name}");
        assert_eq!(open.link(name).ok(), looked.link(name).ok(), "{name}");
    }
    // Even if it became one since somebody looked.
    let (open, looked) = (open.folder("real").unwrap(), looked.folder("real").unwrap());
    assert!(open.file("link").is_err() && looked.file("link").is_err());
    assert_eq!((open.kind("pipe").unwrap(), looked.kind("pipe").unwrap()), (Kind::Pipe, Kind::Device));
    let (open, looked) = (Handle::open(&root).unwrap(), checked::Handle::open(&root).unwrap());
    looked.make_folder("none").unwrap();
    assert!(looked.make_folder("none").is_err() && open.make_folder("none").is_err());
    let below = looked.folder("none").unwrap();
    drop(below.new_file("a").unwrap());
    assert!(below.new_file("a").is_err());
    below.rename("a", &looked, "b").unwrap();
    looked.hard_link("b", &below, "b").unwrap();
    for below in [open.folder("none").unwrap().hard_link("b", &open, "b"), below.hard_link("b", &looked, "b")]
    {
        assert_eq!(below.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
    below.remove_file("b").unwrap();
    looked.remove_file("b").unwrap();
    assert!(!root.join("b").exists());
    looked.remove_folder("none").unwrap();
    assert!(!root.join("none").exists());
}
