//! `dossier publish`, to a folder and to a branch: what it refuses, what it says, what it leaves alone. Servers are in
//! `tests/servers`.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{dossier, read, run};
use dossier::outputs::hosting::CONTENT_SECURITY_POLICY;

const NOTE: &str = "---\ntitle: A note\n---\nWords.\n";

/// A dossier with a note, and these targets.
fn with_targets(targets: &str) -> TempDir {
    let settings = format!(
        "base_url = \"https://example.org/\"\nlanguages = [\"en\"]\npublish_files = [\"CNAME\"]\n{targets}"
    );
    dossier(&[("dossier.toml", &settings), ("content/notes/a.md", NOTE)])
}

#[expect(clippy::disallowed_methods, reason = "a test changes its stage")]
fn write(folder: &TempDir, path: &str, text: &str) {
    std::fs::write(folder.path().join(path), text).unwrap();
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git").current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const DISK: &str = "[publish.disk]\nservice = \"folder\"\npath = \"www\"\n";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test disturbs a target")]
fn a_folder_is_published_changed_and_rolled_back() {
    let folder = with_targets(DISK);
    let dry = run(folder.path(), &["publish", "--dry-run"]);
    assert!(
        dry.code == 0 && dry.out.contains("add      notes/a.html  (text/html; charset=utf-8)\n"),
        "{}",
        dry.out
    );
    assert!(!folder.path().join("www/index.html").exists());
    let first = run(folder.path(), &["publish"]);
    assert!(first.code == 0 && first.out.is_empty() && first.err.contains(" 0 unchanged"), "{}", first.err);

    // A folder that somebody made stands where a page has to be.
    std::fs::create_dir_all(folder.path().join("www/notes/b.html/deep")).unwrap();
    write(&folder, "content/notes/b.md", NOTE);
    let second = run(folder.path(), &["publish"]);
    assert_eq!(second.code, 0, "{}", second.err);
    assert!(folder.path().join("www/notes/b.html").is_file());
    let before = read(&folder, "www/notes/a.html");

    write(&folder, "content/notes/a.md", "---\ntitle: A note\n---\nOther words.\n");
    let plan = run(folder.path(), &["publish", "disk", "--dry-run", "--format", "json"]).out;
    assert!(
        plan.contains("{\"action\":\"replace\",\"cache_control\":\"public, max-age=0, must-revalidate\","),
        "{plan}"
    );
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    assert!(read(&folder, "www/notes/a.html").contains("Other words."));
    assert_eq!(run(folder.path(), &["publish", "--rollback"]).code, 0);
    assert_eq!(read(&folder, "www/notes/a.html"), before);
}

#[test]
fn it_refuses_errors_drafts_other_addresses_and_files_of_others() {
    let folder = with_targets(
        "[publish.disk]\nservice = \"folder\"\npath = \"www\"\nbase_url = \"https://else.example/\"\n",
    );
    run(folder.path(), &["publish"]).refuses("pass `--base-url https://else.example/`");
    run(folder.path(), &["publish", "--drafts"]).refuses("--allow drafts");
    run(folder.path(), &["publish", "web"]).refuses("there is no target `web`; there is `disk`");
    write(&folder, "content/notes/b.md", "---\ntitle: [\n---\n");
    let found = run(folder.path(), &["publish", "--allow", "base-url"]);
    assert!(found.code == 1 && found.err.contains("nothing was published"), "{}", found.err);
    write(&folder, "content/notes/b.md", NOTE);
    assert!(!folder.path().join("www").exists());
    assert_eq!(run(folder.path(), &["publish", "--base-url", "https://else.example"]).code, 0);

    let folder = with_targets(DISK);
    assert_eq!(run(folder.path(), &["build", "--output", "www"]).code, 0);
    run(folder.path(), &["publish"]).refuses("files whose content this program did not write are in the way");
    assert_eq!(run(folder.path(), &["publish", "--allow", "foreign"]).code, 0);
    run(with_targets("").path(), &["publish"]).refuses("docs/publishing.md");
}

#[test]
fn a_credential_in_the_settings_is_an_error_that_does_not_show_it() {
    for secret in [
        "password = \"hunter2\"",
        "secret_access_key = \"hunter2\"",
        "endpoint = \"https://me:hunter2@example.org\"",
    ] {
        let folder = with_targets(&format!("[publish.web]\nservice = \"webdav\"\n{secret}\n"));
        for command in ["check", "publish", "build"] {
            let ran = run(folder.path(), &[command]);
            let said = ran.out + &ran.err;
            assert!(ran.code == 1 && said.contains("looks like a credential"), "{secret}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
    let folder = with_targets("[publish.web]\nservice = \"s3\"\nbranch = \"a\"\n");
    let said = run(folder.path(), &["check"]).out;
    assert!(said.contains("`[publish.web]` lacks `bucket`"), "{said}");
    let folder = with_targets(&format!("{DISK}tries = 0\n"));
    let said = run(folder.path(), &["check"]).out;
    assert!(said.contains("`tries` must be at least 1"), "{said}");
}

#[test]
fn a_branch_gets_a_commit_an_edition_and_the_checkout_is_not_touched() {
    let folder =
        with_targets("[publish.pages]\nservice = \"git\"\nremote = \"pages.git\"\ncname = \"example.org\"\n");
    git(folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    git(folder.path(), &["init", "--quiet", "."]);
    let status = git(folder.path(), &["status", "--porcelain"]);
    let bare = folder.path().join("pages.git");
    let published = || git(&bare, &["show", "gh-pages:notes/a.html"]);
    for (words, commits) in [("Words", 1), ("Words", 1), ("Other words", 2)] {
        write(&folder, "content/notes/a.md", &format!("---\ntitle: A note\n---\n{words}.\n"));
        let ran = run(folder.path(), &["publish"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(published().contains(&format!("{words}.")));
        assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]).trim(), commits.to_string());
    }
    assert_eq!(run(folder.path(), &["publish", "--rollback"]).code, 0);
    assert!(!published().contains("Other words."));
    assert_eq!(git(&bare, &["show", "gh-pages:CNAME"]), "example.org\n");
    assert_eq!(git(&bare, &["show", "gh-pages:.nojekyll"]), "");
    let after = git(folder.path(), &["status", "--porcelain"]).replace("?? .dossier/\n", "");
    assert_eq!(after, status);
    write(&folder, "content/CNAME", "else.example\n");
    run(folder.path(), &["publish"]).refuses("differs from the `CNAME` that the target's settings ask for");
    assert_eq!(git(&bare, &["show", "gh-pages:CNAME"]), "example.org\n");
    let wrong = with_targets("[publish.pages]\nservice = \"git\"\nremote = \"nowhere.git\"\n");
    run(wrong.path(), &["publish"]).refuses("git: fatal:");
}

/// A branch may hold several sites, each in a folder; what the host looks for is at the top.
#[test]
fn a_branch_has_what_its_host_looks_for_at_the_top() {
    let site = |name: &str, cname: &str| {
        let targets = format!(
            "[publish.pages]\nservice = \"git\"\nremote = \"../pages.git\"\nprefix = \"{name}\"\n{cname}"
        );
        let settings = format!("base_url = \"https://example.org/{name}/\"\nlanguages = [\"en\"]\n{targets}");
        (format!("{name}/dossier.toml"), settings)
    };
    let domain = "cname = \"example.org\"\n";
    let ((one, settings), (two, others)) = (site("one", domain), site("two", domain));
    let folder = dossier(&[
        (&one, &settings),
        ("one/content/notes/a.md", NOTE),
        (&two, &others),
        ("two/content/notes/a.md", NOTE),
    ]);
    git(folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    let bare = folder.path().join("pages.git");
    let publish = |name: &str| run(&folder.path().join(name), &["publish"]);
    let files = |prefix: &str| {
        let list = git(&bare, &["ls-tree", "-r", "--name-only", "gh-pages"]);
        list.lines().filter(|path| path.starts_with(prefix)).map(str::to_owned).collect::<Vec<String>>()
    };
    for name in ["one", "two", "one"] {
        let ran = publish(name);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert_eq!(git(&bare, &["show", "gh-pages:CNAME"]), "example.org\n");
    assert_eq!(git(&bare, &["show", "gh-pages:.nojekyll"]), "");
    for name in ["one/", "two/"] {
        assert!(files(name).contains(&format!("{name}notes/a.html")));
        assert!(!files(name).iter().any(|path| path.ends_with("CNAME") || path.ends_with(".nojekyll")));
    }
    // The second site found the files there. They are the first one's, who alone takes them away.
    write(&folder, &two, &site("two", "").1);
    assert_eq!(publish("two").code, 0);
    assert_eq!(files("CNAME"), ["CNAME"]);
    write(&folder, &two, &site("two", "cname = \"else.example\"\n").1);
    publish("two").refuses("files whose content this program did not write are in the way: `CNAME`");
    write(&folder, &one, &site("one", "").1);
    assert_eq!(publish("one").code, 0);
    assert_eq!(files("CNAME"), Vec::<String>::new());
    assert_eq!(files(".nojekyll"), [".nojekyll"]);
}

#[test]
fn hosts_are_told_headers_and_redirects() {
    let folder = with_targets("host_files = true\n");
    write(&folder, "content/notes/a.md", "---\ntitle: A note\nformerly: [old]\n---\nWords.\n");
    assert_eq!(run(folder.path(), &["build", "--base-url", "https://example.org/x/"]).code, 0);
    assert_eq!(read(&folder, "public/_redirects"), "/x/notes/old.html /x/notes/a.html 301!\n");
    let headers = read(&folder, "public/_headers");
    assert!(
        headers.starts_with(&format!("/x/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n")),
        "{headers}"
    );
    assert!(headers.contains("\n/x/assets/") && headers.contains("immutable\n"), "{headers}");
    for kind in ["words-", "texts-"] {
        let after = headers.split_once(&format!("\n/x/evidence/search/{kind}")).map(|(_, after)| after);
        let kept = after.and_then(|after| after.lines().nth(1));
        assert_eq!(kept, Some("  Cache-Control: public, max-age=31536000, immutable"), "{kind}: {headers}");
    }
    assert!(!headers.contains("/cards/") && !headers.contains("/search/index.js"), "{headers}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads the guide")]
fn the_guide_has_the_policy_that_the_site_asks_for() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/publishing.md")).unwrap();
    assert_eq!(guide.matches(&format!("\"{CONTENT_SECURITY_POLICY}\"")).count(), 2);
}

/// A script that leaves a file behind, so that it shows where it was run.
#[cfg(unix)]
fn trap(folder: &Path, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    #[expect(clippy::disallowed_methods, reason = "a test sets a trap")]
    let write = |path: &Path, text: &str| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    write(&folder.join(script), &format!("#!/bin/sh\ntouch '{}'\ncat\n", folder.join("RAN").display()));
    folder.join(script).display().to_string()
}

#[test]
fn no_setting_of_a_target_is_an_option_or_a_program() {
    for (service, setting, value) in [
        ("git", "remote", "--upload-pack=touch RAN"),
        ("git", "remote", "ext::touch RAN"),
        ("git", "remote", "fd::7"),
        ("git", "remote", "ssh://-oProxyCommand=touch%20RAN/a"),
        ("git", "remote", "-oProxyCommand=touch:a"),
        ("git", "remote", "helper://example.org"),
        ("git", "branch", "--receive-pack=touch RAN"),
        ("git", "branch", "a:b"),
        ("git", "cname", "a\\nb"),
        ("sftp", "endpoint", "-oProxyCommand=touch RAN"),
        ("sftp", "endpoint", "ssh://-oProxyCommand=touch RAN"),
        ("sftp", "endpoint", "me@-oProxyCommand=touch"),
        ("webdav", "endpoint", "file:///etc"),
        ("folder", "path", ".git/hooks"),
        // The region is a part of the server's name.
        ("s3", "region", "x@host.invalid/"),
        ("s3", "bucket", "x/../y"),
        ("webdav", "endpoint", "https://a.example\\\\@host.invalid/"),
        ("webdav", "endpoint", "https://a.example#@host.invalid/"),
        ("azblob", "container", "a?b"),
    ] {
        let remote = if setting == "remote" || service != "git" { "" } else { "remote = \"a.git\"\n" };
        let folder = with_targets(&format!(
            "[publish.web]\nservice = \"{service}\"\n{remote}{setting} = \"{value}\"\n"
        ));
        for command in [&["publish"][..], &["publish", "--dry-run"], &["publish", "--rollback"]] {
            assert_ne!(run(folder.path(), command).code, 0, "{setting} = {value}");
        }
        let said = run(folder.path(), &["check"]).out;
        assert!(said.contains("dossier.toml:") && said.contains(" is not "), "{value}: {said}");
        assert!(!folder.path().join("RAN").exists(), "{value}");
    }
}

/// Runs the program with these variables.
fn run_with(folder: &TempDir, variables: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.current_dir(folder.path()).args(arguments).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn no_server_that_only_the_dossier_names_gets_credentials() {
    for (settings, server) in [
        ("service = \"webdav\"\nendpoint = \"http://host.invalid/dav/\"", "http://host.invalid"),
        (
            "service = \"gcs\"\nbucket = \"b\"\nendpoint = \"https://host.invalid:8443\"",
            "https://host.invalid:8443",
        ),
        (
            "service = \"s3\"\nbucket = \"b\"\nendpoint = \"https://s3.amazonaws.com.host.invalid\"",
            "https://s3.amazonaws.com.host.invalid",
        ),
        (
            "service = \"azblob\"\ncontainer = \"b\"\nendpoint = \"https://blob.core.windows.net.host.invalid\"",
            "https://blob.core.windows.net.host.invalid",
        ),
        (
            "service = \"azblob\"\ncontainer = \"b\"\nendpoint = \"http://a.blob.core.windows.net\"",
            "http://a.blob.core.windows.net",
        ),
    ] {
        let folder = with_targets(&format!("[publish.web]\n{settings}\n"));
        let state = tempfile::tempdir().unwrap();
        let state = [
            ("XDG_STATE_HOME", state.path().to_str().unwrap()),
            ("LOCALAPPDATA", state.path().to_str().unwrap()),
        ];
        let asks = format!("sends your credentials to {server}, which you have never trusted here");
        for command in [
            &["publish"][..],
            &["publish", "--dry-run"],
            &["publish", "--rollback"],
            &["publish", "--trust", "https://else.invalid"],
        ] {
            let (code, said) = run_with(&folder, &state, command);
            assert!(code == 2 && said.contains(&asks), "{server} {command:?}: {said}");
            assert!(said.contains(&format!("pass `--trust {server}`")), "{said}");
        }
    }
}

#[test]
#[cfg_attr(not(feature = "stores"), ignore = "it needs a store")]
fn a_server_that_the_user_named_once_is_remembered() {
    let target = |server: &str| {
        format!("[publish.web]\nservice = \"webdav\"\nendpoint = \"{server}/dav/\"\ntries = 1\n")
    };
    let folder = with_targets(&target("http://host.invalid"));
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    let state = [("XDG_STATE_HOME", path), ("LOCALAPPDATA", path)];
    // No such server: what is asked for is whether the program tries.
    let (_, said) = run_with(&folder, &state, &["publish", "--dry-run", "--trust", "http://host.invalid/"]);
    assert!(said.contains("cannot read `.dossier/edition`"), "{said}");
    let (_, said) = run_with(&folder, &state, &["publish", "--dry-run"]);
    assert!(said.contains("cannot read `.dossier/edition`"), "{said}");
    // Neither a name that begins the same, nor another port or scheme.
    for other in ["http://host.invalid.example", "http://host.invalid:81", "https://host.invalid"] {
        let settings = format!("base_url = \"https://example.org/\"\n{}", target(other));
        write(&folder, "dossier.toml", &settings);
        let (code, said) = run_with(&folder, &state, &["publish", "--dry-run"]);
        assert!(code == 2 && said.contains("never trusted"), "{other}: {said}");
    }
}

#[test]
fn no_folder_that_only_the_dossier_names_is_written_to() {
    let state = tempfile::tempdir().unwrap();
    let path = state.path().to_str().unwrap();
    let state_at = [("XDG_STATE_HOME", path), ("LOCALAPPDATA", path)];
    let elsewhere = tempfile::tempdir().unwrap();
    let elsewhere = elsewhere.path().canonicalize().unwrap();
    let autostart = elsewhere.join("Startup");
    let target =
        |path: &Path, more: &str| format!("[publish.web]\nservice = \"folder\"\npath = {path:?}\n{more}");
    for (settings, named) in
        [(target(&autostart, ""), &autostart), (target(&elsewhere, "prefix = \"Startup\"\n"), &autostart)]
    {
        let folder = with_targets(&settings);
        for command in [&["publish"][..], &["publish", "--dry-run"], &["publish", "--trust", "/elsewhere"]] {
            let (code, said) = run_with(&folder, &state_at, command);
            let asks = format!(
                "writes to {}, outside of the dossier, which you have never trusted",
                named.display()
            );
            assert!(code == 2 && said.contains(&asks), "{command:?}: {said}");
            assert!(said.contains(&format!("pass `--trust {}`, once", named.display())), "{said}");
            assert!(!named.exists());
        }
    }
    // Named once, it is remembered, for this folder only.
    let folder = with_targets(&target(&autostart, ""));
    let named = autostart.to_str().unwrap();
    let (code, said) = run_with(&folder, &state_at, &["publish", "--trust", named]);
    assert!(code == 0 && autostart.join("index.html").exists(), "{said}");
    let (code, said) = run_with(&folder, &state_at, &["publish"]);
    assert_eq!(code, 0, "{said}");
    let folder = with_targets(&target(&elsewhere.join("Start"), ""));
    let (code, said) = run_with(&folder, &state_at, &["publish"]);
    assert!(code == 2 && said.contains("never trusted"), "{said}");
}

#[test]
fn no_folder_in_which_programs_look_for_commands_is_a_target() {
    for path in [".github/workflows", "./.vscode", "www/../.husky", "a/.b/c"] {
        let folder = with_targets(&format!("[publish.web]\nservice = \"folder\"\npath = \"{path}\"\n"));
        run(folder.path(), &["publish"]).refuses("in a hidden folder of the dossier");
    }
    let inside = "[publish.web]\nservice = \"folder\"\npath = \"a\"\nprefix = \".github/workflows\"\n";
    run(with_targets(inside).path(), &["publish"]).refuses("in a hidden folder of the dossier");
}

/// What the tools of Amazon, Google and Microsoft would run for credentials: the settings are the user's own, and still
/// nothing runs.
#[test]
#[cfg(unix)]
#[cfg_attr(not(feature = "stores"), ignore = "it needs a store")]
fn no_credentials_come_from_a_program() {
    let tools = tempfile::tempdir().unwrap();
    let command = trap(tools.path(), "az");
    write(&tools, "aws", &format!("[default]\nregion = us-east-1\ncredential_process = {command}\n"));
    let google = serde_json::json!({
        "type": "external_account",
        "audience": "a",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "http://127.0.0.1:1/",
        "credential_source": {"executable": {"command": command, "timeout_millis": 5000}},
    });
    write(&tools, "google.json", &google.to_string());
    let place = |name: &str| tools.path().join(name).display().to_string();
    let (aws, google, path) =
        (place("aws"), place("google.json"), format!("{}:/usr/bin:/bin", tools.path().display()));
    let variables = [
        ("AWS_CONFIG_FILE", aws.as_str()),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("GOOGLE_APPLICATION_CREDENTIALS", google.as_str()),
        ("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1"),
        ("PATH", path.as_str()),
    ];
    for settings in ["s3\"\nbucket = \"b", "gcs\"\nbucket = \"b", "azblob\"\ncontainer = \"b"] {
        let folder = with_targets(&format!(
            "[publish.web]\nservice = \"{settings}\"\nendpoint = \"http://127.0.0.1:1\"\ntries = 1\n"
        ));
        let (code, said) = run_with(&folder, &variables, &["publish", "--dry-run"]);
        assert!(code == 2 && said.contains("cannot"), "{settings}: {said}");
        assert!(!tools.path().join("RAN").exists(), "{settings}: {said}");
    }
}

/// The dossier came as an archive, with the repository around it and everything that a run keeps.
#[test]
#[cfg(unix)]
fn no_repository_that_came_with_a_dossier_runs_a_command() {
    let folder = with_targets("[publish.pages]\nservice = \"git\"\nremote = \"pages.git\"\n");
    let root = folder.path();
    git(root, &["init", "--quiet", "."]);
    git(root, &["init", "--quiet", "--bare", "pages.git"]);
    git(root, &["init", "--quiet", "--bare", "others.git"]);
    git(root, &["init", "--quiet", "--bare", ".dossier/publish-pages.git"]);
    let command = trap(root, "command.sh");
    let ran = || root.join("RAN").exists();
    for repository in [".git", "pages.git", ".dossier/publish-pages.git"] {
        for hook in [
            "pre-receive",
            "update",
            "post-receive",
            "post-update",
            "reference-transaction",
            "pre-push",
            "proc-receive",
            "push-to-checkout",
        ] {
            trap(root, &format!("{repository}/hooks/{hook}"));
            trap(root, &format!("elsewhere/{hook}"));
        }
        let hooks = root.join("elsewhere").display().to_string();
        for (key, value) in [
            ("core.hooksPath", &*hooks),
            ("core.sshCommand", &*command),
            ("core.fsmonitor", &*command),
            ("core.alternateRefsCommand", &*command),
            ("core.askPass", &*command),
            ("core.gitProxy", &*command),
            ("uploadpack.packObjectsHook", &*command),
            ("gc.recentObjectsHook", &*command),
            ("gc.auto", "1"),
            ("credential.helper", &*format!("!{command}")),
            ("gpg.program", &*command),
            ("commit.gpgSign", "true"),
            ("protocol.allow", "always"),
            ("protocol.ext.allow", "always"),
        ] {
            git(root, &["config", "--file", &format!("{repository}/config"), key, value]);
        }
        let alternates = format!("{repository}/objects/info/alternates");
        write(&folder, &alternates, &format!("{}\n", root.join("others.git/objects").display()));
    }
    for words in ["Words", "Other words"] {
        write(&folder, "content/notes/a.md", &format!("---\ntitle: A note\n---\n{words}.\n"));
        let published = run(root, &["publish"]);
        assert_eq!(published.code, 0, "{}", published.err);
        assert!(!ran());
    }
    assert_eq!(run(root, &["publish", "--rollback"]).code, 0);
    assert!(!ran());
    // A name that leads there is an address like others.
    for url in [
        format!("ext::{command}"),
        format!("--upload-pack={command}"),
        format!("ssh://-oProxyCommand={command}/a"),
    ] {
        git(root, &["config", "remote.pages.git.url", &url]);
        run(root, &["publish"]).refuses("is not the address of a Git repository");
        git(root, &["config", &format!("url.{url}.insteadOf"), "https://example.org/"]);
        git(root, &["config", "remote.pages.git.url", "https://example.org/a"]);
        assert_ne!(run(root, &["publish", "--dry-run"]).code, 0);
        git(root, &["config", "--remove-section", &format!("url.{url}")]);
        assert!(!ran(), "{url}");
    }
}

/// Runs the program with a bug at this place.
fn with_bug(folder: &TempDir, place: &str, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    let output = command
        .current_dir(folder.path())
        .args(arguments)
        .env("DOSSIER_REHEARSE_BUG", place)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "bugs are rehearsed in debug builds only")]
fn nothing_is_published_with_a_page_missing_unless_asked() {
    for (place, missing) in [
        ("`content/notes/b.md` cannot be read", "notes/b.html"),
        ("linking content/notes/b.md", "notes/b.html"),
        ("weighing content/notes/b.md", "notes/b.html"),
        ("placing content/notes/b.md", "notes/b.html"),
        ("`notes/b.html`, which is made from `content/notes/b.md`, cannot be made", "notes/b.html"),
    ] {
        let folder = with_targets(DISK);
        write(&folder, "content/notes/b.md", "---\ntitle: B\n---\nWords.\n");
        let (code, said) = with_bug(&folder, place, &["build"]);
        assert!(code == 1 && said.contains("error[internal-error]"), "{place}: {code} {said}");
        assert!(said.contains("content/notes/b.md"), "{place}: {said}");
        assert!(
            said.contains("nothing was written") && !folder.path().join("public/index.html").exists(),
            "{said}"
        );
        let (code, said) = with_bug(&folder, place, &["publish"]);
        assert!(code == 1 && said.contains("pass `--allow missing-pages`"), "{place}: {said}");
        assert!(!folder.path().join("www").exists(), "{place}");

        let (code, said) = with_bug(&folder, place, &["build", "--keep-going"]);
        assert!(code == 1 && said.contains("error[internal-error]"), "{place}: {said}");
        assert!(folder.path().join("public/notes/a.html").exists(), "{place}: {said}");
        assert!(!folder.path().join("public").join(missing).exists(), "{place}");
        let (code, said) = with_bug(&folder, place, &["publish", "--allow", "missing-pages"]);
        assert!(code == 0, "{place}: {said}");
        assert!(folder.path().join("www/notes/a.html").exists(), "{place}");
        assert!(!folder.path().join("www").join(missing).exists(), "{place}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test damages a target")]
fn what_was_lost_or_changed_at_a_folder_or_branch_is_repaired() {
    let folder = with_targets(DISK);
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    let page = read(&folder, "www/notes/a.html");
    std::fs::remove_file(folder.path().join("www/notes/a.html")).unwrap();
    let plain = run(folder.path(), &["publish"]);
    assert!(plain.err.contains("--repair") && plain.err.contains("missing  notes/a.html\n"), "{}", plain.err);
    assert!(!folder.path().join("www/notes/a.html").exists());
    let repaired = run(folder.path(), &["publish", "--repair"]);
    assert_eq!(repaired.code, 0, "{}", repaired.err);
    assert_eq!(read(&folder, "www/notes/a.html"), page);

    let host = tempfile::tempdir().unwrap();
    git(host.path(), &["init", "--quiet", "--bare", "."]);
    let remote = host.path().display();
    let folder = with_targets(&format!(
        "[publish.git]\nservice = \"git\"\nremote = \"{remote}\"\nbranch = \"site\"\n"
    ));
    let first = run(folder.path(), &["publish"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let page = git(host.path(), &["show", "site:notes/a.html"]);
    // Somebody else commits to the branch.
    let clone = tempfile::tempdir().unwrap();
    git(clone.path(), &["clone", "--quiet", "--branch", "site", &remote.to_string(), "."]);
    std::fs::remove_file(clone.path().join("notes/a.html")).unwrap();
    std::fs::write(clone.path().join("index.html"), "changed").unwrap();
    git(
        clone.path(),
        &["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-a", "-m", "x"],
    );
    git(clone.path(), &["push", "--quiet"]);
    let plain = run(folder.path(), &["publish"]);
    for told in ["--repair", "missing  notes/a.html\n", "changed  index.html\n"] {
        assert!(plain.err.contains(told), "{told}: {}", plain.err);
    }
    assert_eq!(git(host.path(), &["show", "site:index.html"]), "changed");
    let repaired = run(folder.path(), &["publish", "--repair"]);
    assert_eq!(repaired.code, 0, "{}", repaired.err);
    assert_eq!(git(host.path(), &["show", "site:notes/a.html"]), page);
    assert_ne!(git(host.path(), &["show", "site:index.html"]), "changed");
}

#[test]
fn what_somebody_edited_at_a_folder_stays_when_it_leaves_the_site() {
    let folder = with_targets(DISK);
    write(&folder, "content/notes/a.md", "---\ntitle: A\n---\n[x](g.csv)\n");
    write(&folder, "content/notes/g.csv", "a,b\n");
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    write(&folder, "www/notes/g.csv", "EDITED");
    write(&folder, "content/notes/a.md", "---\ntitle: A\n---\nNo table.\n");
    for arguments in [&["publish", "--dry-run"][..], &["publish"]] {
        let told = run(folder.path(), arguments);
        assert!(told.code == 1 && told.err.contains("left     notes/g.csv\n"), "{}", told.err);
        assert_eq!(read(&folder, "www/notes/g.csv"), "EDITED");
    }
    // It is somebody's own from now on.
    let again = run(folder.path(), &["publish"]);
    assert!(again.code == 0 && !again.err.contains("left "), "{}", again.err);

    // A page that would be replaced is in the way.
    write(&folder, "www/notes/a.html", "EDITED");
    write(&folder, "content/notes/a.md", "---\ntitle: A\n---\nOther words.\n");
    run(folder.path(), &["publish"]).refuses("in the way: `notes/a.html`");
    run(folder.path(), &["publish", "--rollback"]).refuses("in the way: `notes/a.html`");
    assert_eq!(read(&folder, "www/notes/a.html"), "EDITED");
    assert_eq!(run(folder.path(), &["publish", "--repair"]).code, 0);
    assert!(read(&folder, "www/notes/a.html").contains("Other words."));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test damages a target")]
fn a_target_is_read_up_to_a_limit() {
    let folder = with_targets(DISK);
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    for name in ["edition", "previous", "rollback"] {
        let path = folder.path().join("www/.dossier").join(name);
        let before = std::fs::read(&path).ok();
        std::fs::File::create(&path).unwrap().set_len(20 << 30).unwrap();
        let why = format!("cannot read `.dossier/{name}`: it is larger than 256 MiB");
        for arguments in [&["publish"][..], &["publish", "--repair"], &["publish", "--rollback"]] {
            run(folder.path(), arguments).refuses(&why);
        }
        match before {
            Some(before) => std::fs::write(&path, before).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
    }
    // A page of the same length as before is read.
    let path = folder.path().join("www/notes/a.html");
    std::fs::File::options().write(true).open(&path).unwrap().set_len(20 << 30).unwrap();
    let told = run(folder.path(), &["publish"]);
    assert!(told.code == 1 && told.err.contains("changed  notes/a.html"), "{}", told.err);
    write(&folder, "content/notes/a.md", "---\ntitle: A\n---\nOther words.\n");
    run(folder.path(), &["publish"]).refuses("in the way: `notes/a.html`");
    assert_eq!(run(folder.path(), &["publish", "--repair"]).code, 0);
    assert!(read(&folder, "www/notes/a.html").contains("Other words."));
}

#[test]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test damages a target")]
fn no_pipe_at_a_target_is_opened() {
    let folder = with_targets(DISK);
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    for (place, repairs) in [("www/.dossier/edition", false), ("www/notes/a.html", true)] {
        let path = folder.path().join(place);
        let before = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        write(&folder, "content/notes/a.md", &format!("---\ntitle: A\n---\nOther words of {place}.\n"));
        for arguments in [&["publish"][..], &["publish", "--rollback"]] {
            assert_ne!(run(folder.path(), arguments).code, 0, "{place} {arguments:?}");
        }
        assert_eq!(run(folder.path(), &["publish", "--repair"]).code == 0, repairs, "{place}");
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, before).unwrap();
    }
}

#[test]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "a test damages a target")]
fn a_link_at_a_target_is_in_the_way_and_never_followed() {
    use std::os::unix::fs::symlink;
    let folder = with_targets(DISK);
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.html"), "theirs").unwrap();
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    // A page is a link now; and then its whole folder.
    for (place, target) in
        [("www/notes/a.html", outside.path().join("a.html")), ("www/notes", outside.path().to_owned())]
    {
        let path = folder.path().join(place);
        let away = folder.path().join("away");
        std::fs::rename(&path, &away).unwrap();
        symlink(&target, &path).unwrap();
        write(&folder, "content/notes/a.md", &format!("---\ntitle: A\n---\nOther words of {place}.\n"));
        let why = format!("in the way: `{}`", &place["www/".len()..]);
        run(folder.path(), &["publish"]).refuses(&why);
        assert!(path.is_symlink());
        let repaired = run(folder.path(), &["publish", "--repair", "--allow", "foreign"]);
        assert_eq!(repaired.code, 0, "{place}: {}", repaired.err);
        assert!(!path.is_symlink() && read(&folder, "www/notes/a.html").contains(place), "{place}");
        let files: Vec<_> =
            std::fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["a.html"]);
        assert_eq!(std::fs::read(outside.path().join("a.html")).unwrap(), b"theirs");
        let _ = std::fs::remove_dir_all(&away);
        let _ = std::fs::remove_file(&away);
    }
}

#[test]
fn a_rollback_to_a_file_that_somebody_edited_is_refused() {
    let folder = with_targets(DISK);
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    write(&folder, "content/notes/b.md", NOTE);
    assert_eq!(run(folder.path(), &["publish"]).code, 0);
    write(&folder, "www/notes/b.html", "EDITED");
    let back = run(folder.path(), &["publish", "--rollback"]);
    assert!(back.code == 1 && back.err.contains("left     notes/b.html\n"), "{}", back.err);
    // The way back would need the page that nobody has any more.
    run(folder.path(), &["publish", "--rollback"]).refuses("in the way: `notes/b.html`");
    run(folder.path(), &["publish", "--rollback", "--allow", "foreign"]).refuses("it is no longer kept");
    assert_eq!(read(&folder, "www/notes/b.html"), "EDITED");
    assert_eq!(run(folder.path(), &["publish", "--allow", "foreign"]).code, 0);
    assert_ne!(read(&folder, "www/notes/b.html"), "EDITED");
}

/// A dossier that publishes to the branch `site` of `pages.git`, and `clone` of that branch, in one folder.
struct Shared {
    folder: TempDir,
}

impl Shared {
    /// With one edition.
    fn new() -> Shared {
        let folder =
            with_targets("[publish.git]\nservice = \"git\"\nremote = \"pages.git\"\nbranch = \"site\"\n");
        git(folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
        let shared = Shared { folder };
        assert_eq!(shared.publish(&[]).code, 0);
        git(shared.folder.path(), &["clone", "--quiet", "--branch", "site", "pages.git", "clone"]);
        shared
    }

    fn write(&self, words: &str) {
        write(&self.folder, "content/notes/a.md", &format!("---\ntitle: A note\n---\n{words}.\n"));
    }

    fn publish(&self, options: &[&str]) -> super::Ran {
        run(self.folder.path(), &[&["publish"], options].concat())
    }

    /// Somebody else runs these commands, and pushes what they changed.
    fn commit(&self, script: &str) {
        let clone = self.folder.path().join("clone");
        let sh = format!(
            "set -e; git pull --quiet; {script}; git add -A; \
             git -c user.name=x -c user.email=x@example.org commit --quiet -m theirs; git push --quiet"
        );
        let output = Command::new("sh").current_dir(&clone).args(["-c", &sh]).output().unwrap();
        assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.folder.path().join("pages.git"), arguments)
    }

    fn tip(&self) -> String {
        self.git(&["rev-parse", "site"])
    }
}

#[test]
fn a_branch_is_rolled_back_only_from_one_edition_to_another() {
    let shared = Shared::new();
    shared.publish(&["--rollback"]).refuses("the branch has no previous edition");
    shared.write("Second");
    assert_eq!(shared.publish(&[]).code, 0);
    shared.commit("echo theirs > theirs.txt");
    let tip = shared.tip();
    for options in [&["--rollback"][..], &["--rollback", "--dry-run"], &["--rollback", "--allow", "foreign"]]
    {
        shared.publish(options).refuses("the last commit in the branch is not another edition");
    }
    assert_eq!(shared.tip(), tip);
    // After one more edition, there is one to return to, and what is theirs stays.
    shared.write("Third");
    assert_eq!(shared.publish(&[]).code, 0);
    for words in ["Second.", "Third."] {
        let ran = shared.publish(&["--rollback"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(shared.git(&["show", "site:notes/a.html"]).contains(words));
        assert_eq!(shared.git(&["show", "site:theirs.txt"]), "theirs\n");
    }
    // What somebody changed in the edition to return to was never published.
    shared.commit("echo theirs > notes/a.html");
    shared.write("Fourth");
    assert_eq!(shared.publish(&["--repair"]).code, 0);
    shared.publish(&["--rollback"]).refuses("`notes/a.html` is changed in the commit before the last");
}

#[test]
#[cfg(unix)]
fn what_somebody_put_in_the_way_in_a_branch_is_replaced_only_if_it_is_allowed() {
    for (script, path, is_in_the_way) in [
        ("git rm -rq notes; mkdir -p notes/a.html; echo theirs > notes/a.html/x", "notes/a.html/x", true),
        ("git rm -rq notes; echo theirs > notes", "notes", true),
        ("git rm -rq notes; ln -s theirs notes", "notes", true),
        ("git rm -q notes/a.html; mkdir -p notes; ln -s theirs notes/a.html", "notes/a.html", true),
        (
            "git rm -rq notes; git init -q notes; git -C notes -c user.name=x -c user.email=x commit -q --allow-empty -m x",
            "notes",
            true,
        ),
        ("git rm -rq .dossier; echo theirs > .dossier", ".dossier", true),
        ("mkdir theirs; echo theirs > theirs/x", "theirs/x", false),
    ] {
        let shared = Shared::new();
        shared.commit(script);
        let tip = shared.tip();
        shared.write("Other words");
        let theirs = || shared.git(&["ls-tree", "-r", "site", "--", path]);
        let before = theirs();
        assert!(!before.is_empty());
        if is_in_the_way {
            for options in [&[][..], &["--repair"]] {
                shared.publish(options).refuses(&format!("`{path}`"));
                assert_eq!(shared.tip(), tip, "{script}");
            }
            let ran = shared.publish(&["--allow", "foreign", "--repair"]);
            assert_eq!(ran.code, 0, "{script}: {}", ran.err);
            assert_ne!(theirs(), before, "{script}");
        } else {
            assert_eq!(shared.publish(&[]).code, 0);
            assert_eq!(theirs(), before);
        }
        assert!(shared.git(&["show", "site:notes/a.html"]).contains("Other words."), "{script}");
    }
}

/// What leaves the site is deleted only if it is still what was published.
#[test]
#[cfg(unix)]
fn what_somebody_put_in_place_of_a_page_in_a_branch_is_not_deleted_with_it() {
    for script in [
        "git rm -rq notes; mkdir -p notes/a.html; echo theirs > notes/a.html/x",
        "git rm -rq notes; echo theirs > notes",
    ] {
        let shared = Shared::new();
        shared.commit(script);
        let theirs = || shared.git(&["ls-tree", "-r", "site", "--", "notes"]);
        let before = theirs();
        git(shared.folder.path(), &["init", "--quiet", "."]);
        write(&shared.folder, "content/notes/a.md", "---\ntitle: A note\ndraft: true\n---\nWords.\n");
        let ran = shared.publish(&[]);
        assert_eq!(theirs(), before, "{script}: {}", ran.err);
    }
}

#[test]
fn a_damaged_record_in_a_branch_says_how_to_go_on() {
    let shared = Shared::new();
    shared.commit("echo damaged > .dossier/edition");
    shared.write("Other words");
    for options in [&[][..], &["--repair"], &["--allow", "foreign"]] {
        shared.publish(options).refuses(
            "`.dossier/edition` in the branch `site` is damaged, or from another version of dossier; \
             delete it there, and publish with `--allow foreign`",
        );
    }
    shared.commit("git rm -q .dossier/edition");
    shared.publish(&[]).refuses("in the way");
    let ran = shared.publish(&["--allow", "foreign"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(shared.git(&["show", "site:notes/a.html"]).contains("Other words."));
    assert_eq!(shared.publish(&[]).code, 0);
}
