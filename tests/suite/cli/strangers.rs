//! A dossier that somebody else wrote: whatever it brings along, nothing outside of it is read, written or deleted.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test sets its stage")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Ran, run};

/// What no page may show, and no run may change.
const SECRET: &str = "zebra-4711";

/// A folder with a dossier in `d/`, and beside it what is nobody's business.
struct Stage {
    folder: TempDir,
    outside: BTreeMap<PathBuf, Vec<u8>>,
}

impl Stage {
    fn new() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("home/notes")).unwrap();
        let page = format!("---\ntitle: {SECRET}\n---\n{SECRET}\n");
        for (path, text) in [("home/key", SECRET), ("home/notes/n.md", &page), ("home/x.html", SECRET)] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let outside = files(&folder.path().join("home"));
        let stage = Stage { folder, outside };
        stage.write("dossier.toml", "title = \"T\"\n");
        for path in ["article.md", "actors/a.md", "notes/n.md"] {
            stage.write(&format!("content/{path}"), "---\ntitle: X\n---\n");
        }
        stage
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("d")
    }

    fn home(&self, path: &str) -> PathBuf {
        self.folder.path().join("home").join(path)
    }

    fn write(&self, path: &str, text: &str) -> &Stage {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Makes a link in the dossier, in place of what may be there.
    fn link(&self, target: impl AsRef<Path>, path: &str) -> &Stage {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if path.symlink_metadata().is_ok_and(|about| about.is_dir()) {
            fs::remove_dir_all(&path).unwrap();
        } else {
            let _ = fs::remove_file(&path);
        }
        symlink(target, path).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(&self.root(), arguments)
    }

    /// Nothing outside is different, and nothing of it is in what was written.
    #[track_caller]
    fn nothing_happened(&self) {
        let outside = files(&self.folder.path().join("home"));
        assert!(outside == self.outside, "outside there are now {:?}", outside.keys());
        for (path, content) in files(&self.root()) {
            let is_told = content.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
            assert!(!is_told, "{}", path.display());
        }
    }
}

/// The regular files below a folder, and their contents. No link is followed.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn no_link_shipped_in_the_place_of_something_read_is_followed() {
    let secrets = ["../home/key", "../../home/key", "../../../home/key"];
    let links: [(&str, &str); 18] = [
        ("dossier.toml", secrets[0]),
        ("style.csl", secrets[0]),
        ("content", "../home"),
        ("content/notes", "../../home/notes"),
        ("content/notes/n.md", "../../../home/notes/n.md"),
        ("content/key.txt", secrets[1]),
        ("content/env.txt", "../.env"),
        ("content/git.txt", "../.git/config"),
        ("content/toml.txt", "../dossier.toml"),
        ("content/hidden.txt", ".env"),
        ("content/chain.txt", "chain2.txt"),
        ("content/dangling.txt", "none"),
        ("content/loop.txt", "loop.txt"),
        ("content/linked.txt", "notes2/n.md"),
        ("content/device.txt", "/dev/zero"),
        ("themes", "../home"),
        ("themes/t", "../../home"),
        ("themes/t/templates/page.html", "../../../../home/x.html"),
    ];
    for (link, target) in links {
        let stage = Stage::new();
        stage.write(".env", SECRET).write(".git/config", SECRET).write("content/.env", SECRET);
        stage.write("dossier.toml", "citation_style = \"style.csl\"\ntheme = \"t\"\n");
        stage.write("themes/t/assets/x.css", "p {}").link(secrets[1], "content/chain2.txt");
        stage.link("../../home/notes", "content/notes2");
        stage.link(target, link);
        let ran = stage.run(&["build", "--keep-going"]);
        assert_eq!(ran.code, 1, "{link}: {}{}", ran.out, ran.err);
        assert!(!format!("{}{}", ran.out, ran.err).contains(SECRET), "{link}: {}{}", ran.out, ran.err);
        for hidden in [".env", ".git/config", "content/.env"] {
            let _ = fs::remove_file(stage.root().join(hidden));
        }
        stage.nothing_happened();
    }
}

#[test]
fn a_link_to_a_visible_file_of_the_content_is_what_it_leads_to() {
    let stage = Stage::new();
    stage
        .write("content/data/a.csv", "a,b\n")
        .link("a.csv", "content/data/b.csv")
        .link("data/b.csv", "content/c.csv");
    stage.link("../actors/none.md", "content/notes/x.md").link("x2.md", "content/notes/x.md");
    stage.write("content/notes/x2.md", "---\ntitle: Same\n---\n[c](../c.csv) [b](../data/b.csv)\n");
    let ran = stage.run(&["check"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

/// Each of these is a place in which the program writes, or looks for what it wrote.
#[test]
fn no_link_shipped_in_the_place_of_something_written_is_followed() {
    for (link, target) in [
        (".dossier", "../home"),
        (".dossier/cache", "../../home/key"),
        (".dossier/cache.new", "../../home/key"),
        (".dossier/cards", "../../home"),
        ("public", "../home"),
        ("public/.dossier", "../../home"),
        ("public/.dossier/lock", "../../../home/key"),
        ("public/.dossier/manifest", "../../../home/key"),
        ("public/.dossier/manifest.new", "../../../home/key"),
        ("public/.dossier/stage", "../../../home"),
        ("public/.dossier/stage/index.html", "../../../../home/x.html"),
        ("public/actors", "../../home"),
        ("public/index.html", "../../home/x.html"),
        ("public/SHA256SUMS", "../../home/key"),
    ] {
        for is_built_before in [false, true] {
            let stage = Stage::new();
            if is_built_before {
                assert_eq!(stage.run(&["build"]).code, 0);
            }
            stage.link(target, link);
            stage.write("content/notes/new.md", "---\ntitle: New\n---\n");
            for arguments in [&["build"][..], &["build", "--verify"], &["build"]] {
                let ran = stage.run(arguments);
                assert!(ran.code <= 2, "{link}");
            }
            stage.nothing_happened();
        }
    }
}

#[test]
fn a_link_in_the_place_of_the_output_folder_is_named_with_what_to_do() {
    let stage = Stage::new();
    stage.link("../home", "public");
    for arguments in
        [&["build"][..], &["build", "--output", "public"], &["build", "--output", "./x/../public/site"]]
    {
        let ran = stage.run(arguments);
        assert_eq!(ran.code, 2);
        assert!(
            ran.err.contains("`public` is a symbolic link") && ran.err.contains("--output"),
            "{}",
            ran.err
        );
    }
    stage.nothing_happened();
    // What the user names is followed outside of the dossier.
    fs::create_dir(stage.folder.path().join("real")).unwrap();
    symlink("real", stage.folder.path().join("site")).unwrap();
    assert_eq!(stage.run(&["build", "--output", "../site"]).code, 0);
    assert!(stage.folder.path().join("real/index.html").exists());
}

/// Neither a pipe, which waits for somebody to write, nor anything else that is no file.
#[test]
fn what_is_no_file_is_named_and_never_opened() {
    for path in [
        "content/notes/pipe.md",
        "content/pipe.png",
        "public/.dossier/lock",
        "public/.dossier/manifest",
        ".dossier/cache",
        "public/index.html",
        "dossier.toml",
    ] {
        let stage = Stage::new();
        let path = stage.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        let ran = stage.run(&["build", "--root", "."]);
        let is_kept = path.ends_with(".dossier/cache");
        assert_eq!(ran.code == 0, is_kept, "{}: {}{}", path.display(), ran.out, ran.err);
        let _socket = {
            fs::remove_file(&path).unwrap();
            std::os::unix::net::UnixListener::bind(&path).unwrap()
        };
        assert_eq!(stage.run(&["build", "--root", "."]).code == 0, is_kept);
    }
}

/// Names with line ends would write lines of their own into a record, others into a terminal.
#[test]
fn a_name_with_a_control_character_is_a_finding() {
    for name in ["a\nb.txt", "a\tb.md", "\u{1b}[2J.png", "a\u{7f}", "x\r.md", "folder\n/x.txt"] {
        let stage = Stage::new();
        stage.write(&format!("content/notes/{name}"), "---\ntitle: X\n---\n");
        let ran = stage.run(&["build"]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains("its name has a control character"), "{}", ran.out);
        assert!(!ran.out.contains(['\u{1b}', '\t', '\r', '\u{7f}']), "{:?}", ran.out);
    }
}

/// `gnp.exe` that is shown as `exe.png`, and what XML cannot hold.
#[test]
fn a_name_with_an_invisible_character_that_misleads_is_a_finding() {
    for name in ["\u{202e}gnp.exe", "a\u{2066}b.md", "x\u{fffe}.png", "folder\u{ffff}/x.txt"] {
        let stage = Stage::new();
        stage.write(&format!("content/notes/{name}"), "---\ntitle: X\n---\n");
        let ran = stage.run(&["build"]);
        assert_eq!(ran.code, 1);
        assert!(ran.out.contains("its name has an invisible character that misleads"), "{}", ran.out);
        assert!(!ran.out.contains(['\u{202e}', '\u{2066}', '\u{fffe}', '\u{ffff}']), "{:?}", ran.out);
    }
    // A mark of direction that stands alone is in names of Arabic and Hebrew files.
    let stage = Stage::new();
    stage.write("content/notes/\u{200f}\u{5d0}.txt", "x");
    assert_eq!(stage.run(&["build"]).code, 0);
}

#[test]
fn nothing_is_written_through_a_link_by_what_changes_an_authors_file() {
    let stage = Stage::new();
    stage.link("../../home/notes", "content/pages").link("../../../home/notes/n.md", "content/actors/o.md");
    for arguments in [
        &["new", "page", "Something"][..],
        &["check", "--fix", "--offers"],
        &["rename", "o", "p"],
        &["translate", "o", "--to", "id"],
    ] {
        assert_ne!(stage.run(arguments).code, 0, "{arguments:?}");
    }
    stage.nothing_happened();
}

/// A cache that agrees with a forged site would pass it off as built.
#[test]
fn a_shipped_site_with_its_records_is_built_again() {
    let stage = Stage::new();
    let build = || assert_eq!(stage.run(&["build"]).code, 0);
    let cache = stage.root().join(".dossier/cache");
    let key = |cache: &str| cache.split("\"key\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    build();
    let built = fs::read(stage.root().join("public/index.html")).unwrap();
    let honest = key(&fs::read_to_string(&cache).unwrap());
    // The site of other texts, and a cache that says it is that of these.
    stage.write("content/article.md", "---\ntitle: Forged\n---\n");
    build();
    let forged = fs::read_to_string(&cache).unwrap();
    fs::write(&cache, forged.replace(&key(&forged), &honest)).unwrap();
    stage.write("content/article.md", "---\ntitle: X\n---\n");
    build();
    assert_eq!(fs::read(stage.root().join("public/index.html")).unwrap(), built);
}

/// A card can be damaged without being cut off.
#[cfg(feature = "cards")]
#[test]
fn a_damaged_card_is_drawn_again() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["build"]).code, 0);
    for entry in fs::read_dir(stage.root().join(".dossier/cards")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        bytes[300..316].fill(b'X');
        fs::write(path, bytes).unwrap();
    }
    stage.write("content/notes/new.md", "---\ntitle: New\n---\n");
    assert_eq!(stage.run(&["build"]).code, 0);
    assert_eq!(stage.run(&["build", "--verify"]).code, 0);
}

/// While the program runs, another process exchanges a folder of the output for a link, again and again.
#[test]
fn a_folder_that_becomes_a_link_meanwhile_leads_nowhere() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["build"]).code, 0);
    let (root, home) = (stage.root(), stage.home(""));
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                for path in ["public/actors", "public/.dossier/stage", "content/notes"] {
                    let (real, aside) = (root.join(path), root.join("aside"));
                    if fs::rename(&real, &aside).is_ok() {
                        let _ = symlink(&home, &real);
                        let _ = fs::remove_file(&real);
                        let _ = fs::rename(&aside, &real);
                    }
                }
            }
        });
        for number in 0..12 {
            stage.write(&format!("content/actors/a{number}.md"), "---\ntitle: A\n---\n");
            let _ = stage.run(&["build", "--keep-going"]);
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    stage.nothing_happened();
}

#[test]
fn nothing_is_published_through_a_link_to_a_folder() {
    for (link, target) in [
        ("out", "../home"),
        ("out/site", "../../home"),
        ("out/site/index.html", "../../../home/x.html"),
        ("out/site/actors", "../../../home"),
        ("out/site/.dossier", "../../../home"),
    ] {
        let stage = Stage::new();
        let target_of = "base_url = \"https://example.org/\"\n[publish.disk]\nservice = \"folder\"\npath = \"out/site\"\n";
        stage.write("dossier.toml", target_of).link(target, link);
        for arguments in [&["publish", "--dry-run"][..], &["publish"], &["publish", "--allow", "foreign"]] {
            let ran = stage.run(arguments);
            // A link in the folder gives way where that is allowed, and what it leads to stays.
            let gives_way = arguments.contains(&"foreign") && !link.ends_with(".dossier");
            let may_pass = arguments.contains(&"--dry-run") || (gives_way && link.starts_with("out/site/"));
            assert!(may_pass || ran.code != 0, "{link}: {}{}", ran.out, ran.err);
        }
        stage.nothing_happened();
    }
}

#[test]
fn what_git_tracks_of_the_programs_own_is_said() {
    let stage = Stage::new();
    stage.write(".gitignore", "/.dossier/\n");
    let git = |arguments: &[&str]| {
        let ran = Command::new("git").current_dir(stage.folder.path()).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    let says = || stage.run(&["build", "--timings"]).err.contains("Git tracks `.dossier/`");
    assert!(!says());
    git(&["init", "--quiet", "."]);
    git(&["add", "d"]);
    assert!(!says(), "Git ignores it");
    stage.write("content/.dossier/x", "").write("content/x.dossier/y", "");
    git(&["add", "--force", "d/content"]);
    assert!(!says(), "other folders");
    git(&["add", "--force", "d/.dossier"]);
    assert!(says());
}

#[test]
fn init_adds_to_what_git_ignores_already() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".gitignore"), "*.bak\n/public/").unwrap();
    assert_eq!(run(folder.path(), &["init", "."]).code, 0);
    let ignored = fs::read_to_string(folder.path().join(".gitignore")).unwrap();
    assert!(ignored.starts_with("*.bak\n/public/\n") && ignored.contains("\n/.dossier/\n"), "{ignored}");
    assert_eq!(ignored.matches("/public/").count(), 1);
}
