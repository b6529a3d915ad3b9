//! `dossier serve` over its sockets: what it answers and what it refuses, and what it makes of files that change.

pub mod client;

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use client::{Preview, Response};

const NOTE: &str = "---\ntitle: The letter\n---\nFirst words.\n";

/// A dossier of one note and a picture.
fn dossier() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "dossier.toml",
        "title = \"Test\"\nlanguages = [\"en\"]\npublish_files = [\"*.txt\"]\n",
    );
    write(folder.path(), "content/notes/letter.md", NOTE);
    write(folder.path(), "content/notes/scan.txt", "0123456789");
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test changes files as an editor does")]
fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a test looks at what is there")]
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn letter(words: &str) -> String {
    NOTE.replace("First words.", words)
}

#[test]
fn pages_are_those_of_a_build_and_nothing_is_written() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let base_url = format!("http://127.0.0.1:{}/", preview.port);
    let page = preview.get("/notes/letter.html");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(names(folder.path()), ["content", "dossier.toml"]);

    let built = super::cli::run(folder.path(), &["build", "--quiet", "--base-url", &base_url]);
    assert_eq!(built.code, 0, "{}", built.err);
    let (before, rest) = page.text().split_once("<script type=\"module\" src=\"/_dossier/").unwrap();
    let (_, after) = rest.split_once("</script>\n").unwrap();
    assert_eq!(format!("{before}{after}"), super::cli::read(&folder, "public/notes/letter.html"));
    assert!(!super::cli::read(&folder, "public/index.html").contains("_dossier"));
}

#[test]
fn types_heads_ranges_and_folders() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let text = preview.get("/notes/scan.txt");
    assert_eq!((text.status, text.text()), (200, "0123456789"));
    assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(text.header("x-content-type-options"), Some("nosniff"));
    let part = |range: &str| preview.ask("GET", "/notes/scan.txt", &[("range", range)], "");
    let some = part("bytes=2-4");
    assert_eq!((some.status, some.text(), some.header("content-range")), (206, "234", Some("bytes 2-4/10")));
    assert_eq!(part("bytes=-1").text(), "9");
    let beyond = part("bytes=10-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));

    let head = preview.ask("HEAD", "/notes/scan.txt", &[("range", "bytes=2-4")], "");
    assert_eq!((head.status, head.text(), head.header("content-length")), (200, "", Some("10")));
    let page = preview.ask("HEAD", "/notes/letter.html", &[], "");
    let length = preview.get("/notes/letter.html").body.len().to_string();
    assert_eq!((page.text(), page.header("content-length")), ("", Some(length.as_str())));

    let folder = preview.get("/notes");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/notes/")));
    assert_eq!(preview.get("/notes/").status, 200);
    let missing = preview.get("/no/such/place");
    assert!(missing.status == 404 && missing.text().contains("_dossier/live.js"), "{}", missing.text());
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(preview.ask(method, "/notes/letter.html", &[], "").status, 405, "{method}");
    }
}

#[test]
fn only_what_the_dossier_publishes_is_served() {
    let folder = dossier();
    write(folder.path(), "content/notes/.secret", "secret");
    write(folder.path(), "content/notes/letter.md~", "secret");
    write(folder.path(), "content/README.md", "secret");
    let preview = Preview::start(folder.path(), &[]);
    for path in [
        "/dossier.toml",
        "/content/notes/letter.md",
        "/notes/letter.md",
        "/notes/.secret",
        "/notes/letter.md~",
        "/README.md",
        "/../dossier.toml",
        "/%2e%2e/dossier.toml",
        "/..%2fdossier.toml",
        "/notes/..%5c..%5cdossier.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/notes/letter.html%00",
        "/_dossier/",
        "/_dossier/../live.js",
    ] {
        let answer = preview.get(path);
        assert!(answer.status >= 400 && !answer.text().contains("secret"), "{path}: {}", answer.status);
        assert!(!answer.text().contains("languages"), "{path}");
    }
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    for host in ["evil.example", &format!("evil.example:{}", preview.port), "127.0.0.1:1", ""] {
        assert_eq!(preview.ask("GET", "/", &[("host", host)], "").status, 403, "{host}");
    }
    let own = format!("http://127.0.0.1:{}", preview.port);
    let open = |headers: &[(&str, &str)]| {
        preview.ask("POST", "/_dossier/open", headers, "{\"path\": \"dossier.toml\"}")
    };
    let fine: [(&str, &str); 3] = [("x-dossier", "1"), ("origin", &own), ("sec-fetch-site", "same-origin")];
    let opened = open(&fine);
    assert_eq!(opened.status, 200, "{}", opened.text());
    assert!(opened.text().contains("name your editor"), "{}", opened.text());
    assert_eq!(open(&[]).status, 403);
    assert_eq!(open(&fine[1..]).status, 403, "without our header");
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("host", "evil.example"),
    ] {
        assert_eq!(open(&[("x-dossier", "1"), (header, value)]).status, 403, "{header}: {value}");
    }
    assert_eq!(preview.ask("GET", "/_dossier/open", &fine, "").status, 405);
    assert_eq!(preview.ask("POST", "/_dossier/open", &fine, "no JSON").status, 400);
    for path in ["../dossier.toml", "/etc/passwd", "content/../../x", "public/index.html", "content/none.md"]
    {
        let body = format!("{{\"path\": \"{path}\"}}");
        assert_eq!(preview.ask("POST", "/_dossier/open", &fine, &body).status, 404, "{path}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "an editor renames files")]
fn changes_are_told_to_those_who_look_at_the_page() {
    let folder = dossier();
    write(folder.path(), "content/notes/other.md", "---\ntitle: Another\n---\nOther words.\n");
    let preview = Preview::start(folder.path(), &[]);
    let mut other = preview.listen("/notes/other.html");
    other.until("page", "other");
    let mut events = preview.listen("/notes/letter.html");
    // What it shows first: it did not say that it shows anything yet.
    events.until("page", "");
    write(folder.path(), "content/notes/letter.md", &letter("Second words."));
    events.until("page", "\"stale\":false");
    assert!(preview.get("/notes/letter.html").text().contains("Second words."));
    preview.line("content/notes/letter.md: read after ");
    let shown = preview.ask("GET", "/notes/letter.html", &[("x-dossier", "1")], "");
    assert_eq!(shown.status, 200);
    preview.line("/notes/letter.html shows it after ");

    // A picture that changes is told by its address, to everybody. Until then the other page was told nothing.
    write(folder.path(), "content/notes/scan.txt", "other");
    events.until("assets", "/notes/scan.txt");
    let heard = other.until("assets", "/notes/scan.txt");
    assert!(heard.iter().all(|(name, _)| name != "page"), "{heard:?}");

    write(folder.path(), "content/notes/letter.md", "---\ntitle: \"The letter\n---\nThird words.\n");
    events.until("page", "\"stale\":true");
    events.until("findings", "content/notes/letter.md");
    assert!(preview.get("/notes/letter.html").text().contains("Second words."));
    preview.line("error");
    write(folder.path(), "content/notes/letter.md", &letter("Fourth words."));
    events.until("page", "\"stale\":false");
    assert!(preview.get("/notes/letter.html").text().contains("Fourth words."));

    // A page that is renamed is told by its new address.
    let file = |name: &str| folder.path().join(format!("content/notes/{name}.md"));
    std::fs::rename(file("letter"), file("telegram")).unwrap();
    events.until("moved", "/notes/telegram.html");
    assert_eq!(preview.get("/notes/letter.html").status, 404);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "an editor renames files")]
fn what_editors_do_beside_a_file_is_passed_over() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    for name in ["4913", ".letter.md.swp", "letter.md~", ".#letter.md", "#letter.md#"] {
        write(folder.path(), &format!("content/notes/{name}"), "x");
    }
    // As Vim saves: the old file becomes the backup, and a new one takes its place.
    let file = |name: &str| folder.path().join(format!("content/notes/{name}"));
    std::fs::rename(file("letter.md"), file("letter.md~")).unwrap();
    write(folder.path(), "content/notes/letter.md", &letter("Words of Vim."));
    events.until("page", "");
    assert!(preview.get("/notes/letter.html").text().contains("Words of Vim."));
    // As others save: a new file is written beside it and renamed over it.
    write(folder.path(), "content/notes/.letter.md.tmp", &letter("Words of another."));
    std::fs::rename(file(".letter.md.tmp"), file("letter.md")).unwrap();
    events.until("page", "");
    assert!(preview.get("/notes/letter.html").text().contains("Words of another."));
    let told: Vec<String> = preview.lines().into_iter().filter(|line| line.contains("read after")).collect();
    assert!(
        told.len() <= 4 && told.iter().all(|line| line.starts_with("content/notes/letter.md:")),
        "{told:?}"
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes as a slow program does")]
fn a_half_written_file_is_read_again_when_it_is_complete() {
    use std::io::Write;
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    let mut file = std::fs::File::create(folder.path().join("content/notes/letter.md")).unwrap();
    file.write_all(b"---\ntitle: The let").unwrap();
    file.flush().unwrap();
    // It stays open for so long that the preview looks at it as it is.
    events.until("page", "\"stale\":true");
    file.write_all(b"ter\n---\nAll of the words.\n").unwrap();
    drop(file);
    events.until("page", "\"stale\":false");
    assert!(preview.get("/notes/letter.html").text().contains("All of the words."));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test deletes its own dossier")]
fn the_content_may_go_and_come_back() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    std::fs::remove_dir_all(folder.path().join("content")).unwrap();
    events.until("findings", "there is nothing in `content/`");
    assert_eq!(preview.get("/notes/letter.html").status, 404);
    write(folder.path(), "content/notes/letter.md", NOTE);
    events.until("page", "content/notes/letter.md");
    write(folder.path(), "content/notes/letter.md", &letter("Words after all."));
    events.until("page", "");
    assert!(preview.get("/notes/letter.html").text().contains("Words after all."));
}

#[test]
fn ten_thousand_files_are_taken_up_at_once() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    for number in 0..10_000 {
        write(folder.path(), &format!("content/notes/data/{}/{number}.txt", number % 50), "x");
    }
    write(folder.path(), "content/notes/letter.md", &letter("Words at last."));
    events.until("page", "");
    assert!(preview.get("/notes/letter.html").text().contains("Words at last."));
    assert_eq!(preview.get("/notes/data/49/9999.txt").text(), "x");
    let lines = preview.lines();
    let reads: Vec<&String> = lines.iter().filter(|line| line.contains("read after")).collect();
    assert!(reads.len() <= 12, "{reads:?}");
}

#[test]
fn without_events_files_are_looked_at() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &["--poll"]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    for words in ["Words.", "Wards.", "Wörds."] {
        write(folder.path(), "content/notes/letter.md", &letter(words));
        events.until("page", "");
        assert!(preview.get("/notes/letter.html").text().contains(words));
    }
    write(folder.path(), "content/notes/new.md", "---\ntitle: New\n---\n");
    // The letter has a neighbour now.
    events.until("page", "");
    assert_eq!(preview.get("/notes/new.html").status, 200);
}

#[test]
fn drafts_are_shown_unless_they_are_not_wanted() {
    let folder = dossier();
    write(folder.path(), "content/notes/draft.md", "---\ntitle: Draft\ndraft: true\n---\nWords.\n");
    write(folder.path(), "content/notes/later.md", "---\ntitle: Later\nembargo: 2999-01-01\n---\nWords.\n");
    for (arguments, status) in [(&[][..], 200), (&["--drafts"][..], 200), (&["--drafts=no"][..], 404)] {
        let preview = Preview::start(folder.path(), arguments);
        for path in ["/notes/draft.html", "/notes/later.html"] {
            let page = preview.get(path);
            assert_eq!(page.status, status, "{path} {arguments:?}");
            assert_eq!(page.text().contains("notice-draft"), status == 200, "{path} {arguments:?}");
        }
    }
}

#[test]
fn two_previews_do_not_mind_each_other() {
    let folder = dossier();
    let first = Preview::start(folder.path(), &[]);
    let second = Preview::start(folder.path(), &[]);
    let words = |preview: &Preview| preview.get("/notes/letter.html").status;
    assert_eq!((words(&first), words(&second)), (200, 200));
    // The same port is refused, if it is asked for by name.
    let port = first.port.to_string();
    let ran = super::cli::run(folder.path(), &["serve", "--port", &port]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("cannot listen on 127.0.0.1, port {port}")), "{}", ran.err);
}

#[test]
fn places_lead_to_the_lines_they_come_from() {
    let folder = dossier();
    write(folder.path(), "dossier.toml", "languages = [\"en\"]\neditor = \"zed\"\n");
    let text = "---\ntitle: The bank\nsummary: Money.\ntype: organization\ncountry: KR\nsources:\n  - paper\n---\n\
        # Heading\n\nSame words.\n\nSame words.\n\n- one\n- two *three*\n\n> quoted\n\n```\ncode\n```\n\n\
        <div>raw <b>html</b></div>\n\nLast words[^1].\n\n[^1]: A footnote.\n";
    write(folder.path(), "content/actors/bank.md", text);
    write(folder.path(), "content/sources/paper.md", "---\ntitle: Paper\n---\n");
    let preview = Preview::start(folder.path(), &[]);
    let line = |wanted: &str| -> u64 {
        let body = format!("{{\"page\": \"/actors/bank.html\", {wanted}}}");
        let answer = preview.ask("POST", "/_dossier/open", &[("x-dossier", "1")], &body);
        assert_eq!(answer.status, 200, "{wanted}: {}", answer.text());
        let place: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(place["path"], "content/actors/bank.md");
        let href = format!("/content/actors/bank.md:{}:{}", place["line"], place["column"]);
        let given = place["href"].as_str().unwrap();
        assert!(given.starts_with("zed://file/") && given.ends_with(&href), "{given}");
        place["line"].as_u64().unwrap()
    };
    let number = |words: &str| text.lines().position(|line| line.contains(words)).unwrap() as u64 + 1;
    for (block, words) in [
        (0, "Heading"),
        (1, "Same words"),
        (3, "- one"),
        (4, "- two *three"),
        (5, "quoted"),
        (6, "```"),
        (8, "Last words"),
        (9, "A footnote"),
    ] {
        assert_eq!(line(&format!("\"block\": {block}, \"words\": \"{words}\"")), number(words), "{words}");
    }
    // The number tells the second of two from the first; where it is off, the words tell.
    assert_eq!(line("\"block\": 2, \"words\": \"Same words.\""), number("Same words") + 2);
    assert_eq!(line("\"block\": 1, \"words\": \"Last words1.\""), number("Last words"));
    for (fact, words) in
        [("title", "title:"), ("summary", "summary:"), ("Country", "country:"), ("sources", "sources:")]
    {
        assert_eq!(line(&format!("\"fact\": \"{fact}\"")), number(words), "{fact}");
    }
    assert_eq!(line("\"fact\": \"sources\", \"item\": 0"), number("- paper"));

    let about: Response = preview.get("/_dossier/about?page=/sources/paper.html");
    let about: serde_json::Value = serde_json::from_str(about.text()).unwrap();
    assert_eq!(about["used_by_total"], 1);
    assert_eq!(about["used_by"][0]["address"], "/actors/bank.html");
    assert_eq!(about["used_by"][0]["line"], number("- paper"));
    assert_eq!(preview.get("/_dossier/about?page=/actors/").status, 404);
}

/// It must end by itself, though lines to it are open.
#[test]
fn it_ends_when_it_is_told_to() {
    let folder = dossier();
    let mut preview = Preview::start(folder.path(), &[]);
    let mut events = preview.listen("/notes/letter.html");
    events.until("page", "");
    assert!(preview.interrupt(Duration::from_secs(10)), "it still runs");
}

#[test]
fn documents_in_folders_are_watched_too() {
    for options in [&[][..], &["--poll"]] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "dossier.toml", "documents = true\nlanguages = [\"en\"]\n");
        write(folder.path(), "README.md", "# Home\n\n[Terms](words/terms.md)\n");
        write(folder.path(), "words/terms.md", "# Terms\n\nFirst words.\n");
        let preview = Preview::start(folder.path(), options);
        let mut events = preview.listen("/words/terms.html");
        events.until("page", "");
        write(folder.path(), "words/terms.md", "# Terms\n\nOther words.\n");
        events.until("page", "");
        assert!(preview.get("/words/terms.html").text().contains("Other words."), "{options:?}");
        // In a folder that is new.
        let mut home = preview.listen("/index.html");
        home.until("page", "");
        write(folder.path(), "more/rules.md", "# Rules\n\nA rule.\n");
        write(folder.path(), "README.md", "# Home\n\n[Terms](words/terms.md), [rules](more/rules.md)\n");
        home.until("page", "");
        assert_eq!(preview.get("/more/rules.html").status, 200, "{options:?}");
        let mut events = preview.listen("/more/rules.html");
        events.until("page", "");
        write(folder.path(), "more/rules.md", "# Rules\n\nAnother rule.\n");
        events.until("page", "");
        assert!(preview.get("/more/rules.html").text().contains("Another rule."), "{options:?}");
    }
}
