//! `dossier check --external`: whom it asks, how, and what it makes of the answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::{Ran, dossier, read, run};

/// A host of others, for as long as the tests run.
pub(super) struct Host {
    pub(super) base: String,
    /// What it was asked for, in order: `HEAD /good`.
    asked: Arc<Mutex<Vec<String>>>,
    /// Who asked last.
    pub(super) agent: Arc<Mutex<String>>,
}

impl Host {
    /// One that answers with what `answer` gives for a method and a path: a status, and headers or a body after it.
    pub(super) fn start(answer: fn(&str, &str) -> Option<String>) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (asked, agent) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(String::new())));
        let host = Host { base, asked: asked.clone(), agent: agent.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (asked, agent) = (asked.clone(), agent.clone());
                std::thread::spawn(move || serve(&stream, answer, &asked, &agent));
            }
        });
        host
    }

    /// What it was asked for since the last time.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: fn(&str, &str) -> Option<String>,
    asked: &Mutex<Vec<String>>,
    agent: &Mutex<String>,
) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    for line in lines.take_while(|line| !line.is_empty()) {
        if let Some(name) = line.to_lowercase().strip_prefix("user-agent: ") {
            *agent.lock().unwrap() = name.to_owned();
        }
    }
    let (method, path) = first.trim_end_matches(" HTTP/1.1").split_once(' ').unwrap();
    asked.lock().unwrap().push(format!("{method} {path}"));
    match answer(method, path) {
        Some(answer) => {
            let (status, rest) = answer.split_once('\n').unwrap_or((&answer, ""));
            let (header, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
            let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Such\r\nContent-Length: {length}\r\nConnection: close\r\n{header}\r\n"
            );
            let body = if method == "HEAD" { "" } else { body };
            let _ = stream.write_all((head + body).as_bytes());
        }
        // Nothing, until the other side has enough of it.
        None => drop(stream.read(&mut [0])),
    }
}

/// A host with a page of every sort.
fn usual(method: &str, path: &str) -> Option<String> {
    let answer = match (method, path) {
        (_, "/robots.txt") => "200\n\n\nUser-agent: *\nDisallow: /private\nAllow: /private/but-this\n",
        ("HEAD", "/no-head") => "405",
        (_, "/good" | "/new" | "/no-head" | "/private/but-this" | "/") => "200",
        (_, "/gone") => "404",
        (_, "/gone-too") => "410",
        (_, "/forbidden") => "403",
        (_, "/old") => "301\nLocation: /new",
        (_, "/lost/a" | "/lost/b") => "301\nLocation: /good",
        (_, "/moved/deep") => "308\nLocation: /",
        (_, "/for-now") => "302\nLocation: /good",
        (_, "/round") => "302\nLocation: /round",
        (_, "/elsewhere") => "301\nLocation: javascript:alert(1)",
        (_, "/y-busy") => "429",
        (_, "/slow") => return None,
        _ => "500",
    };
    Some(answer.to_owned())
}

/// Runs with no pauses and little patience.
fn check(folder: &TempDir, arguments: &[&str]) -> Ran {
    let polite = ["check", "--external", "--pause", "0", "--timeout", "0.5", "--format", "short"];
    run(folder.path(), &[&polite, arguments].concat())
}

#[test]
fn every_sort_of_answer_is_told() {
    let host = Host::start(usual);
    let base = &host.base;
    let source = format!(
        "---\ntitle: A report\nurl: {base}/gone\narchive: {base}/good\nsame_as:\n  - {base}/old\n  - {base}/private/page\n  \
         - {base}/private/but-this\n---\n[moved]({base}/old#part), [deep]({base}/moved/deep), [now]({base}/for-now),\n\
         [head]({base}/no-head), [copy]({base}/gone), <{base}/forbidden>, [round]({base}/round), [run]({base}/elsewhere),\n\
         [slow]({base}/slow), [busy]({base}/y-busy), [after]({base}/z-after), <mailto:a@example.org>, [no](https://[x)\n\
         [refused](http://127.0.0.1:1/)\n"
    );
    let lone = format!("---\ntitle: Another\nurl: {base}/gone-too\n---\n");
    let folder = dossier(&[("content/sources/report.md", &source), ("content/sources/lone.md", &lone)]);
    let ran = check(&folder, &["--verbose"]);
    let told = ran.out.replace(base, "HOST");
    let expected = "\
content/sources/lone.md:3:6: warning[external-link-broken]: `HOST/gone-too` is gone: its server answers 410
content/sources/report.md:3:6: note[external-link-broken]: `HOST/gone` is gone: its server answers 404
content/sources/report.md:6:5: warning[external-link-moved]: `HOST/old` has moved permanently to `HOST/new`
content/sources/report.md:7:5: note[external-link-unchecked]: `HOST/private/page` could not be checked: the `robots.txt` of its host excludes programs
content/sources/report.md:10:9: warning[external-link-moved]: `HOST/old#part` has moved permanently to `HOST/new#part`
content/sources/report.md:10:50: warning[external-link-moved]: `HOST/moved/deep` now redirects to the home page of `127.0.0.1`
content/sources/report.md:11:48: warning[external-link-broken]: `HOST/gone` is gone: its server answers 404
content/sources/report.md:11:79: note[external-link-unchecked]: `HOST/forbidden` could not be checked: its server answers 403 (Forbidden)
content/sources/report.md:11:122: note[external-link-unchecked]: `HOST/round` could not be checked: its server redirects more than 10 times
content/sources/report.md:11:159: note[external-link-unchecked]: `HOST/elsewhere` could not be checked: its server redirects to something that is not a web address
content/sources/report.md:12:8: note[external-link-unchecked]: `HOST/slow` could not be checked: its server does not answer within 0.5 seconds
content/sources/report.md:12:45: note[external-link-unchecked]: `HOST/y-busy` could not be checked: its server answers 429 (Too Many Requests)
content/sources/report.md:12:85: note[external-link-unchecked]: `HOST/z-after` could not be checked: its host is skipped, because it answered 429 to another address
content/sources/report.md:12:147: warning[external-link-broken]: `https://[x` is not an address: invalid IPv6 address
content/sources/report.md:13:11: warning[external-link-broken]: `http://127.0.0.1:1/` is broken: `127.0.0.1` refuses connections
";
    assert_eq!(told, expected, "{}", ran.err);
    assert_eq!(ran.code, 0);

    // It says who it is, does not touch what is closed to it, and leaves a host alone that has had enough.
    let asked = host.asked();
    assert_eq!(asked[0], "GET /robots.txt");
    assert_eq!(asked.iter().filter(|asked| asked.ends_with("/robots.txt")).count(), 1, "{asked:?}");
    assert!(!asked.iter().any(|asked| asked.ends_with("/private/page") || asked.ends_with("/z-after")));
    assert_eq!(asked.last().map(String::as_str), Some("HEAD /y-busy"));
    assert_eq!(*host.agent.lock().unwrap(), concat!("dossier/", env!("CARGO_PKG_VERSION")));
    assert_eq!(check(&folder, &["--deny", "warnings"]).code, 1);
}

#[test]
fn what_was_good_is_not_asked_again_soon() {
    let host = Host::start(usual);
    let base = &host.base;
    let source = format!("---\ntitle: A report\nurl: {base}/good\nsame_as: [{base}/old, {base}/gone]\n---\n");
    let settings = "languages = [\"en\"]\nbase_url = \"https://example.org/\"\n";
    let folder = dossier(&[("content/sources/report.md", &source), ("dossier.toml", settings)]);
    check(&folder, &[]);
    let first = ["GET /robots.txt", "HEAD /gone", "GET /gone", "HEAD /good", "HEAD /old", "HEAD /new"];
    assert_eq!(host.asked(), first);
    let agent = concat!("dossier/", env!("CARGO_PKG_VERSION"), " (+https://example.org/)");
    assert_eq!(*host.agent.lock().unwrap(), agent);
    let again = check(&folder, &[]);
    assert_eq!(again.err, "3 links to other sites: 1 checked now, 2 from the cache\n");
    assert!(again.out.contains("has moved permanently"), "{}", again.out);
    assert_eq!(host.asked(), ["GET /robots.txt", "HEAD /gone", "GET /gone"]);
    for flag in [&["--fresh"][..], &["--max-age", "0"]] {
        check(&folder, flag);
        assert_eq!(host.asked(), first);
    }
    // Neither a check of the files nor a build asks anybody.
    assert_eq!(run(folder.path(), &["check"]).code, 0);
    assert_eq!(run(folder.path(), &["build"]).code, 0);
    assert_eq!(host.asked(), [""; 0]);
    run(folder.path(), &["check", "--fresh"]).refuses_usage("--external");
}

#[test]
fn new_addresses_are_written_where_that_is_sure() {
    let host = Host::start(usual);
    let base = &host.base;
    let source = format!(
        "---\ntitle: A report\nurl: {base}/gone\narchive: {base}/good\n---\n[moved]({base}/old#part), [copy]({base}/gone)\n"
    );
    let folder = dossier(&[("content/sources/report.md", &source)]);
    let fixed = check(&folder, &["--fix"]);
    assert!(fixed.err.starts_with("fixed content/sources/report.md: replace it with `"), "{}", fixed.err);
    assert_eq!(read(&folder, "content/sources/report.md"), source.replace("/old#part", "/new#part"));
    assert!(!fixed.out.contains("moved"), "{}", fixed.out);
    host.asked();
    check(&folder, &[]);
    assert_eq!(host.asked(), ["GET /robots.txt", "HEAD /gone", "GET /gone"]);
    // What leads to the copy instead is for a person to choose, and so is where several pages lead.
    let lost = format!("---\ntitle: Another\nsame_as: [{base}/lost/a, {base}/lost/b]\n---\n");
    let other = dossier(&[("content/sources/lost.md", &lost)]);
    assert!(check(&other, &["--fix"]).out.contains("has moved permanently"));
    assert_eq!(read(&other, "content/sources/lost.md"), lost);
    let json = run(folder.path(), &["check", "--external", "--pause", "0", "--format", "json"]).out;
    assert!(json.contains(&format!("\"title\":\"replace it with `{base}/good`\"")), "{json}");
    assert!(!json.contains("\"fix\":{"), "{json}");
}

#[test]
fn a_host_that_cannot_say_what_is_allowed_is_left_alone() {
    let host = Host::start(|_, path| Some(if path == "/robots.txt" { "503" } else { "200" }.to_owned()));
    let source = format!("---\ntitle: A report\nurl: {0}/a\nsame_as: [{0}/b]\n---\n", host.base);
    let folder = dossier(&[("content/sources/report.md", &source)]);
    let ran = check(&folder, &[]);
    assert_eq!(
        ran.out.matches("the `robots.txt` of its host cannot be read (503)").count(),
        2,
        "{}",
        ran.out
    );
    assert_eq!(host.asked(), ["GET /robots.txt"]);
}

#[test]
fn where_robots_txt_is_found_by_a_redirect_it_counts() {
    let host = Host::start(|_, path| {
        let answer = match path {
            "/robots.txt" => "301\nLocation: /rules",
            "/rules" => "200\n\n\nUser-agent: Dossier\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n",
            _ => "200",
        };
        Some(answer.to_owned())
    });
    let source = format!("---\ntitle: A report\nurl: {0}/a\nsame_as: [{0}/b]\n---\n", host.base);
    let folder = dossier(&[("content/sources/report.md", &source)]);
    check(&folder, &[]);
    assert_eq!(host.asked(), ["GET /robots.txt", "GET /rules", "HEAD /b"]);
}

/// Runs with an archive of ours in place of the Wayback Machine.
fn check_with_archive(folder: &TempDir, archive: &str, arguments: &[&str]) -> Ran {
    let polite =
        ["check", "--external", "--pause", "0", "--timeout", "0.5", "--format", "short", "--verbose"];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.current_dir(folder.path()).args(polite).args(arguments).env("DOSSIER_WAYBACK", archive);
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn archived_copies_are_looked_for_only_when_asked_for_and_offered() {
    let pages = Host::start(|_, _| Some("200".to_owned()));
    let archive = Host::start(|_, path| {
        let closest = |status: &str| {
            let url = "http://web.archive.org/web/20240601120000/https://example.org/there";
            format!(
                r#"{{"closest":{{"available":true,"status":"{status}","timestamp":"20240601120000","url":"{url}"}}}}"#
            )
        };
        let snapshots = match path.rsplit("%2F").next() {
            Some("there") => closest("200"),
            Some("error-page") => closest("404"),
            Some("odd") => return Some("200\n\n\n<!doctype html>".to_owned()),
            _ => "{}".to_owned(),
        };
        Some(format!("200\n\n\n{{\"archived_snapshots\":{snapshots}}}"))
    });
    let at = format!("{}/available", archive.base);
    let base = &pages.base;
    let source = |page: &str| format!("---\ntitle: A report\nurl: {base}/{page} # read in May\n---\n");
    let has = format!("---\ntitle: Kept\nurl: {base}/kept\narchive: {base}/copy\n---\n");
    let folder = dossier(&[
        ("content/sources/error-page.md", &source("error-page")),
        ("content/sources/has.md", &has),
        ("content/sources/none.md", &source("none")),
        ("content/sources/there.md", &source("there")),
    ]);
    assert!(check_with_archive(&folder, &at, &[]).out.is_empty());
    assert_eq!(archive.asked(), [""; 0]);

    let ran = check_with_archive(&folder, &at, &["--archive"]);
    let found = "content/sources/there.md:3:6: note[archived-copy-found]: the source `there` has no `archive`, and there is a copy of its page\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, found), "{}", ran.err);
    let asked = archive.asked();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(
        asked.iter().all(|asked| asked.starts_with("GET /available?url=http%3A%2F%2F127.0.0.1")),
        "{asked:?}"
    );

    // It is offered, and taken only when offers are.
    let before = read(&folder, "content/sources/there.md");
    check_with_archive(&folder, &at, &["--archive", "--fix"]);
    assert_eq!(read(&folder, "content/sources/there.md"), before);
    let ran = check_with_archive(&folder, &at, &["--archive", "--fix", "--offers"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let line = "archive: https://web.archive.org/web/20240601120000/https://example.org/there\n";
    assert_eq!(
        read(&folder, "content/sources/there.md"),
        before.replace(" # read in May\n", &format!(" # read in May\n{line}"))
    );

    let folder = dossier(&[("content/sources/odd.md", &source("odd"))]);
    let ran = check_with_archive(&folder, &at, &["--archive"]);
    assert!(ran.code == 0 && ran.err.contains("did not say whether it has a copy of"), "{}", ran.err);
    run(folder.path(), &["check", "--archive"]).refuses_usage("--external");
}
