//! `dossier check --untrusted BASE`: what a contribution may not touch, in Git and in two folders.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{Ran, dossier, run};

pub(super) const NOTE: &str = "---\ntitle: A note\n---\nWords.\n";
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";

pub(super) fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
pub(super) fn write(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
pub(super) fn remove(folder: &Path, path: &str) {
    std::fs::remove_file(folder.join(path)).unwrap();
}

/// A dossier in a repository, on the branch `main`, and a contribution that makes these changes.
pub(super) fn contribution(change: impl FnOnce(&Path)) -> TempDir {
    let settings = "title = \"T\"\nlanguages = [\"en\"]\nbase_url = \"https://example.org/\"\n[rules]\norphan-entity = \"off\"\n";
    let folder = dossier(&[
        ("dossier.toml", settings),
        ("content/notes/a.md", NOTE),
        ("content/pages/method.md", "---\ntitle: Method\norder: 1\n---\nWords.\n"),
        ("content/notes/draft.md", "---\ntitle: D\ndraft: true\n---\nSecret.\n"),
        ("content/notes/later.md", "---\ntitle: L\nembargo: 2999-01-01\n---\nLater.\n"),
        ("content/notes/commented.md", "---\ntitle: C\n---\nWords. <!-- Private. -->\n"),
        ("content/notes/interview.txt", "Private.\n"),
        ("content/notes/drawing.svg", SVG),
        ("themes/own/README.md", "Own.\n"),
    ]);
    for number in 0..12 {
        write(folder.path(), &format!("content/data/{number}.csv"), "a,b\n");
    }
    let at = folder.path();
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "base"]);
    git(at, &["checkout", "-qb", "change"]);
    change(at);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "change", "--allow-empty"]);
    folder
}

/// The messages of `untrusted-change`, with their places.
pub(super) fn found(ran: &Ran) -> Vec<String> {
    let of_change = |line: &&str| line.contains("[untrusted-change]");
    ran.out.lines().chain(ran.err.lines()).filter(of_change).map(str::to_owned).collect()
}

pub(super) fn check(folder: &Path) -> Ran {
    run(folder, &["--format", "short", "check", "--untrusted", "main"])
}

#[test]
fn texts_and_files_that_only_show_something_pass() {
    let folder = contribution(|at| {
        write(at, "content/notes/a.md", NOTE.replace("Words", "Other words"));
        write(at, "content/notes/b.md", NOTE);
        write(at, "content/notes/other.svg", SVG);
        write(at, "content/data/table.csv", "a\n");
        write(at, "content/data/0.csv", "c\n");
        write(at, "content/data/a.pdf", "%PDF-1.4\n<</Type/Catalog>>\n");
        write(at, "content/pages/method.md", "---\ntitle: Method\norder: 1\n---\nOther words.\n");
        remove(at, "content/data/1.csv");
        let settings = "description = \"D\"\ntitle = \"Other\"\nlanguages = [\"en\"]\nbase_url = \"https://example.org/\"\n\n[rules]\norphan-entity = \"off\"\n";
        write(at, "dossier.toml", settings);
    });
    let ran = check(folder.path());
    assert_eq!((ran.code, found(&ran)), (0, Vec::new()), "{}{}", ran.out, ran.err);
}

#[test]
fn what_decides_more_than_a_page_says_is_a_finding() {
    type Case = (&'static str, fn(&Path), &'static str);
    let cases: [Case; 37] = [
        ("a theme", |at| write(at, "themes/own/templates/base.html", ""), "a part of the theme"),
        ("a README of the theme", |at| remove(at, "themes/own/README.md"), "a part of the theme"),
        ("a style of citations", |at| write(at, "own.csl", ""), "not in `content/`"),
        ("redactions", |at| write(at, "redactions.toml", ""), "not in `content/`"),
        ("output", |at| write(at, "public/index.html", ""), "not in `content/`"),
        ("a workflow", |at| write(at, ".github/workflows/x.yml", ""), "a hidden file"),
        ("attributes", |at| write(at, ".gitattributes", "* filter=x\n"), "a hidden file"),
        ("a cache", |at| write(at, ".dossier/cache", ""), "a hidden file"),
        ("a hidden file of hosts", |at| write(at, "content/.well-known/x", ""), "a hidden file"),
        ("HTML", |at| write(at, "content/a.HTML", ""), "do not bring"),
        ("a script", |at| write(at, "content/notes/a.js", ""), "do not bring"),
        ("XML", |at| write(at, "content/notes/a.xml", ""), "do not bring"),
        ("redirects", |at| write(at, "content/_redirects", ""), "do not bring"),
        ("a domain", |at| write(at, "content/CNAME", ""), "do not bring"),
        (
            "a PDF with a script",
            |at| write(at, "content/a.pdf", "%PDF-1.4\n<</OpenAction<</S/J#61vaScript/JS(x)>>>>\n"),
            "a PDF that may run",
        ),
        (
            "a PDF that starts a program",
            |at| write(at, "content/a.pdf", "%PDF-1.4\n<</AA<</O<</S /Launch /F (x)>>>>>>\n"),
            "a PDF that may run",
        ),
        ("a page", |at| write(at, "content/pages/me.md", "---\ntitle: Me\n---\nMe.\n"), "changes the menu"),
        (
            "a page's place in the menu",
            |at| write(at, "content/pages/method.md", "---\ntitle: Method\norder: -9\n---\nWords.\n"),
            "changes the menu",
        ),
        (
            "a page's title",
            |at| write(at, "content/pages/method.md", "---\ntitle: Me\norder: 1\n---\nWords.\n"),
            "changes the menu",
        ),
        ("a drawing", |at| write(at, "content/a.svg", SVG.replace("path", "script")), "the element `script`"),
        (
            "a setting",
            |at| {
                write(
                    at,
                    "dossier.toml",
                    "title = \"T\"\nlanguages = [\"en\"]\nbase_url = \"https://host.example/\"\n[rules]\norphan-entity = \"off\"\n",
                )
            },
            "changes the setting `base_url`",
        ),
        (
            "a new setting",
            |at| {
                write(
                    at,
                    "dossier.toml",
                    "title = \"T\"\nlanguages = [\"en\"]\nhtml = \"allow\"\nbase_url = \"https://example.org/\"\n[rules]\norphan-entity = \"off\"\n",
                )
            },
            "adds the setting `html`",
        ),
        (
            "a setting that is gone",
            |at| {
                write(
                    at,
                    "dossier.toml",
                    "title = \"T\"\nlanguages = [\"en\"]\nbase_url = \"https://example.org/\"\n",
                )
            },
            "deletes the setting `rules`",
        ),
        (
            "a rule",
            |at| {
                write(
                    at,
                    "dossier.toml",
                    "title = \"T\"\nlanguages = [\"en\"]\nbase_url = \"https://example.org/\"\n[rules]\norphan-entity = \"off\"\nunsafe-link = \"off\"\n",
                )
            },
            "changes the setting `rules`",
        ),
        ("settings that are none", |at| write(at, "dossier.toml", "["), "makes it unreadable"),
        ("a draft", |at| write(at, "content/notes/draft.md", NOTE), "publishes a draft"),
        ("a draft that is gone", |at| remove(at, "content/notes/draft.md"), "not published yet"),
        (
            "an embargo",
            |at| write(at, "content/notes/later.md", "---\ntitle: L\nembargo: 2024-01-01\n---\nLater.\n"),
            "ends an embargo earlier",
        ),
        (
            "an embargo that is gone",
            |at| write(at, "content/notes/later.md", NOTE),
            "ends an embargo earlier",
        ),
        (
            "a table that was held back",
            |at| write(at, "content/notes/a.md", format!("{NOTE}[x](../data/3.csv)\n")),
            "publishes `content/data/3.csv`",
        ),
        (
            "a picture that was held back",
            |at| write(at, "content/notes/a.md", format!("{NOTE}![x](drawing.svg)\n")),
            "publishes `content/notes/drawing.svg`",
        ),
        (
            "a recording of the name of a private transcript",
            |at| {
                write(at, "content/notes/interview.mp4", include_bytes!("../../media/clip.mp4"));
                write(at, "content/notes/b.md", format!("{NOTE}![[interview.mp4]]\n"));
            },
            "publishes `content/notes/interview.txt`",
        ),
        (
            "a comment that is none any more",
            |at| write(at, "content/notes/commented.md", "---\ntitle: C\n---\nWords. <!- - Private. -->\n"),
            "changes or removes a comment",
        ),
        ("a file for advertisers", |at| write(at, "content/ads.txt", "x\n"), "at the top of a site"),
        ("a large file", |at| write(at, "content/a.mp4", vec![0; (10 << 20) + 1]), "more than 10"),
        (
            "many files",
            |at| (0..201).for_each(|n| write(at, &format!("content/data/new-{n}.csv"), "")),
            "201 files are new or changed",
        ),
        (
            "many deletions",
            |at| (0..11).for_each(|n| remove(at, &format!("content/data/{n}.csv"))),
            "11 files are deleted",
        ),
    ];
    for (name, change, words) in cases {
        let folder = contribution(change);
        let ran = check(folder.path());
        let found = found(&ran);
        assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.err);
        assert!(found.len() == 1 && found[0].contains(words), "{name}: {found:#?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_permissions_are_findings() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = contribution(|at| {
        symlink("/etc/passwd", at.join("content/notes/passwd.txt")).unwrap();
        std::fs::set_permissions(at.join("content/notes/a.md"), std::fs::Permissions::from_mode(0o755))
            .unwrap();
        write(at, "content/notes/line\nend.csv", "");
    });
    let ran = check(folder.path());
    let found = found(&ran).join("\n");
    for words in ["a symbolic link", "a file that can be executed", "control characters"] {
        assert!(found.contains(words), "{words}: {found}");
    }
    assert!(!ran.out.contains("root:") && !ran.err.contains("root:"), "{}{}", ran.out, ran.err);
}

/// Whatever came with the repository: Git runs nothing of it.
#[cfg(unix)]
#[test]
fn nothing_in_the_repository_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let folder = contribution(|at| write(at, "content/notes/b.md", NOTE));
    let at = folder.path();
    let hook = at.join(".git/evil");
    write(at, ".git/evil", format!("#!/bin/sh\ntouch '{}'\n", at.join("ran").display()));
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let hook = hook.display().to_string();
    for setting in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "diff.x.textconv",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "alias.ls-tree",
        "alias.cat-file",
        "alias.rev-parse",
        "alias.merge-base",
        "core.askPass",
        "core.gitProxy",
        "gpg.program",
        "log.showSignature",
        "uploadpack.packObjectsHook",
        "credential.helper",
    ] {
        git(at, &["config", setting, &hook]);
    }
    git(at, &["config", "core.hooksPath", &at.join(".git").display().to_string()]);
    write(at, ".git/info/attributes", "* filter=x diff=x\n");
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"] {
        write(
            at,
            &format!(".git/hooks/{hook}"),
            format!("#!/bin/sh\ntouch '{}'\n", at.join("ran").display()),
        );
        let hook = at.join(".git/hooks").join(hook);
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    // A copy that fetches what it lacks, by a command.
    git(at, &["config", "remote.origin.url", &format!("ext::{hook}")]);
    git(at, &["config", "remote.origin.promisor", "true"]);
    git(at, &["config", "extensions.partialClone", "origin"]);
    git(at, &["config", "protocol.ext.allow", "always"]);
    let ran = check(at);
    assert!(!at.join("ran").exists(), "something was run");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let object =
        Command::new("git").current_dir(at).args(["rev-parse", "HEAD:dossier.toml"]).output().unwrap();
    let object = String::from_utf8(object.stdout).unwrap();
    remove(at, &format!(".git/objects/{}/{}", &object[..2], object[2..].trim()));
    let ran = check(at);
    assert!(!at.join("ran").exists(), "something was fetched");
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
}

#[test]
fn a_base_that_is_none_is_refused() {
    let folder = contribution(|_| {});
    for (base, words) in [
        ("--upload-pack=touch ran", "not a revision"),
        ("", "not a revision"),
        ("nowhere", "Git knows no revision `nowhere`"),
        ("./nowhere", "nowhere"),
    ] {
        run(folder.path(), &["check", &format!("--untrusted={base}")]).refuses(words);
    }
    let outside = dossier(&[("content/notes/a.md", NOTE)]);
    run(outside.path(), &["check", "--untrusted", "main"]).refuses("not in a Git repository");
}

#[test]
fn a_change_is_compared_with_where_it_left_the_base() {
    let folder = contribution(|at| write(at, "content/notes/b.md", NOTE));
    let at = folder.path();
    git(at, &["checkout", "-q", "main"]);
    write(at, "themes/own/templates/base.html", "");
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "later"]);
    git(at, &["checkout", "-q", "change"]);
    assert_eq!(found(&check(at)), Vec::<String>::new());
}

#[test]
fn a_dossier_in_a_folder_of_a_repository_is_judged_with_the_rest_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "site/dossier.toml", "languages = [\"en\"]\n");
    write(at, "site/content/notes/a.md", NOTE);
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "base"]);
    git(at, &["checkout", "-qb", "change"]);
    write(at, "Makefile", "all:\n");
    write(at, "site/content/notes/a.html", "");
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", "change"]);
    let ran = check(&at.join("site"));
    let found = found(&ran);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|line| line.contains("`Makefile`, which is outside of the dossier's folder")));
    assert!(
        found.iter().any(|line| line.starts_with("content/notes/a.html:1:1: error[untrusted-change]")),
        "{found:#?}"
    );
}

#[test]
fn two_folders_are_compared_as_two_commits_are() {
    let before = dossier(&[("content/notes/a.md", NOTE)]);
    let after = dossier(&[("content/notes/a.md", NOTE), ("content/notes/a.html", "")]);
    let base = before.path().display().to_string();
    let ran = run(after.path(), &["--format", "short", "check", "--untrusted", &base]);
    assert_eq!(found(&ran).len(), 1, "{}{}", ran.out, ran.err);
    let ran = run(after.path(), &["--format", "json", "check", "--untrusted", &base]);
    assert!(ran.code == 1 && ran.out.contains("\"untrusted-change\""), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_link_is_compared_by_where_it_leads() {
    use std::os::unix::fs::symlink;
    let linked = |target: &str| {
        let folder = dossier(&[("content/notes/a.md", NOTE), ("content/notes/b.md", NOTE)]);
        symlink(target, folder.path().join("content/notes/link.md")).unwrap();
        folder
    };
    let (before, same, other) = (linked("a.md"), linked("a.md"), linked("b.md"));
    let base = before.path().display().to_string();
    for (after, count) in [(same, 0), (other, 1)] {
        let ran = run(after.path(), &["--format", "short", "check", "--untrusted", &base]);
        assert_eq!(found(&ran).len(), count, "{}{}", ran.out, ran.err);
    }
}
