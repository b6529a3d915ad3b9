//! `dossier` without a command at a terminal: the start page over its sockets, and what is remembered and asked there.

use std::io::{Read, Write};
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::preview::client::{Preview, Response, ask, at_terminal};

/// A start page, and the home folder of its user.
struct Started {
    home: TempDir,
    page: Preview,
    cookie: String,
}

fn start() -> Started {
    let home = tempfile::tempdir().unwrap();
    let page = Preview::at_terminal(home.path(), home.path(), &[]);
    let cookie = cookie_of(&page.line("_dossier_key="), page.port);
    Started { home, page, cookie }
}

/// Opens the address with the key that a line of the terminal, or an answer, shows.
#[track_caller]
fn cookie_of(line: &str, port: u16) -> String {
    let key = line.split("_dossier_key=").nth(1).unwrap();
    let key: String = key.chars().take_while(char::is_ascii_hexdigit).collect();
    let opened = ask(port, "GET", &format!("/?_dossier_key={key}"), &[], "");
    assert_eq!((opened.status, opened.header("location")), (303, Some("/")));
    let cookie = opened.header("set-cookie").unwrap();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

impl Started {
    #[track_caller]
    fn post(&self, what: &str, body: &Value) -> Response {
        let headers = [("cookie", self.cookie.as_str()), ("x-dossier", "1")];
        self.page.ask("POST", &format!("/_dossier/start/{what}"), &headers, &body.to_string())
    }

    #[track_caller]
    fn get(&self, what: &str) -> Value {
        let headers = [("cookie", self.cookie.as_str()), ("x-dossier", "1")];
        let answer = self.page.ask("GET", &format!("/_dossier/start/{what}"), &headers, "");
        serde_json::from_str(answer.text()).unwrap()
    }

    /// The folder of that name in the home folder.
    fn at(&self, name: &str) -> String {
        self.home.path().join(name).display().to_string()
    }

    /// The address that an answer leads to: its port.
    #[track_caller]
    fn opened(answer: &Response) -> (u16, String) {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let opened: Value = serde_json::from_str(answer.text()).unwrap();
        let address = opened["address"].as_str().unwrap();
        let port = address.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        (port.parse().unwrap(), address.to_owned())
    }

    /// Which field has to change, and why.
    #[track_caller]
    fn refused(answer: &Response) -> (String, String) {
        assert_eq!(answer.status, 409, "{}", answer.text());
        let refused: Value = serde_json::from_str(answer.text()).unwrap();
        let word = |name: &str| refused[name].as_str().unwrap().to_owned();
        (word("field"), word("problem"))
    }
}

#[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test sets its stage")]
fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

#[test]
fn only_the_persons_own_browser_gets_anything_done() {
    let started = start();
    let page = &started.page;
    assert!(page.get("/").text().contains("/_dossier/start.js"));
    let modules = ["start.js", "start-words.js", "desk-node.js", "desk-import.js", "desk-words.js"];
    for file in modules.into_iter().chain(["start.css", "desk.js"]) {
        assert_eq!(page.get(&format!("/_dossier/{file}")).status, 200, "{file}");
    }
    assert_eq!(page.get("/?_dossier_key=00000000000000000000000000000000").status, 403);
    let own = format!("http://127.0.0.1:{}", page.port);
    let folder = started.at("stolen");
    let body = json!({"start": "empty", "folder": folder, "title": "Stolen"}).to_string();
    let cookie = ("cookie", started.cookie.as_str());
    let wrong = started.cookie.replace(|c: char| c.is_ascii_hexdigit(), "0");
    for headers in [
        &[][..],
        &[("x-dossier", "1")],
        &[cookie],
        &[("cookie", &wrong), ("x-dossier", "1")],
        &[cookie, ("x-dossier", "1"), ("origin", "https://evil.example")],
        &[cookie, ("x-dossier", "1"), ("origin", "null")],
        &[cookie, ("x-dossier", "1"), ("origin", "http://127.0.0.1:1")],
        &[cookie, ("x-dossier", "1"), ("sec-fetch-site", "cross-site")],
        &[cookie, ("x-dossier", "1"), ("sec-fetch-site", "same-site")],
        &[cookie, ("x-dossier", "1"), ("host", "evil.example")],
        &[cookie, ("x-dossier", "1"), ("host", &format!("evil.example:{}", page.port))],
    ] {
        for (method, what) in
            [("GET", "offer"), ("GET", "folder?title=x"), ("POST", "create"), ("POST", "open")]
        {
            let answer = page.ask(method, &format!("/_dossier/start/{what}"), headers, &body);
            assert_eq!(answer.status, 403, "{method} {what}: {headers:?}");
            assert!(!answer.text().contains(&*started.home.path().to_string_lossy()), "{}", answer.text());
        }
    }
    assert!(!Path::new(&folder).exists());
    let fine = [cookie, ("x-dossier", "1"), ("origin", &own), ("sec-fetch-site", "same-origin")];
    assert_eq!(page.ask("GET", "/_dossier/start/create", &fine, "").status, 405);
    assert_eq!(page.ask("POST", "/_dossier/start/create", &fine, "{}").status, 400);
    assert_eq!(page.ask("POST", "/_dossier/start/create", &fine, &body).status, 200);
    assert!(Path::new(&folder).exists());
}

#[test]
fn a_pasted_article_becomes_a_dossier_and_its_preview() {
    let started = start();
    let folder = started.get("folder?title=Kapal%20Angara");
    assert_eq!(folder, started.at("dossiers/kapal-angara"));
    let text = "# Kapal *Angara*\n\nIt left **Najin** in October.\n\n- one\n- two\n";
    let wanted =
        json!({"start": "article", "folder": folder, "title": "", "text": text, "languages": ["id", "en"]});
    let (port, address) = Started::opened(&started.post("create", &wanted));
    let made = Path::new(folder.as_str().unwrap());
    assert!(read(made, "dossier.toml").contains("languages = [\"id\", \"en\"]"));
    assert!(
        read(made, "content/article.md").ends_with("---\n\nIt left **Najin** in October.\n\n- one\n- two\n")
    );
    assert!(read(made, ".gitignore").contains("/public/"));

    // The preview has a key of its own, with which the browser edits.
    let own = cookie_of(&address, port);
    assert_ne!(own, started.cookie);
    let page = ask(port, "GET", "/", &[("cookie", &own)], "");
    assert!(page.text().contains("<strong>Najin</strong>") && page.text().contains("data-desk"));
    assert!(page.text().contains("Kapal"), "{}", page.text());
    assert_eq!(ask(port, "GET", "/_dossier/desk/findings", &[("x-dossier", "1")], "").status, 403);

    // Once more is refused, and the next suggestion is free.
    let again = Started::refused(&started.post("create", &wanted));
    assert_eq!(again, ("folder".to_owned(), "not-empty".to_owned()));
    assert_eq!(started.get("folder?title=Kapal%20Angara"), started.at("dossiers/kapal-angara-2"));
    assert_eq!(started.get("offer")["recent"][0]["folder"], folder);
}

#[test]
fn dropped_files_are_read_as_import_reads_them() {
    let started = start();
    let page = "<!doctype html><title>A letter</title><article><h1>A letter</h1><p>It came <b>home</b>.</p>\
                <p>Nobody knew by whom it was sent.</p></article>";
    let base64 = "77u/IyBVbmljb2RlCgpXb3Jkcy4K";
    for (name, bytes, title, words) in [
        ("letter.html", &*encoded(page), "A letter", "It came"),
        ("letter.txt", &*encoded("A telegram\n\nStop.\n"), "A telegram", "\n\nStop.\n"),
        ("mark.md", base64, "Unicode", "\n\nWords.\n"),
    ] {
        let folder = started.at(name);
        let wanted = json!({"start": "article", "folder": folder, "file": {"name": name, "bytes": bytes}});
        Started::opened(&started.post("create", &wanted));
        let article = read(Path::new(&folder), "content/article.md");
        assert!(
            article.starts_with(&format!("---\ntitle: {title}\n")) && article.contains(words),
            "{article}"
        );
        assert!(read(Path::new(&folder), "dossier.toml").ends_with(&format!("[title]\nen = \"{title}\"\n")));
    }
}

fn encoded(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[test]
fn what_cannot_be_created_says_which_field_has_to_change_and_writes_nothing() {
    let started = start();
    write(started.home.path(), "full/notes.txt", "mine");
    write(started.home.path(), "file", "mine");
    let wanted = |changes: Value| {
        let mut wanted = json!({"start": "article", "folder": started.at("new"), "text": "# T\n\nWords.\n"});
        wanted.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        Started::refused(&started.post("create", &wanted))
    };
    let docx = encoded("PK\u{3}\u{4} word/document.xml");
    for (changes, field, problem) in [
        (json!({"folder": ""}), "folder", "not-whole"),
        (json!({"folder": "here"}), "folder", "not-whole"),
        (json!({"folder": "~somebody/x"}), "folder", "not-whole"),
        (json!({"folder": "../x"}), "folder", "not-whole"),
        (json!({"folder": started.at("full")}), "folder", "not-empty"),
        (json!({"folder": started.at("file")}), "folder", "unwritable"),
        (json!({"folder": started.at("file/below")}), "folder", "unwritable"),
        (json!({"text": " \n"}), "article", "no-text"),
        (json!({"text": "# T\n"}), "article", "no-text"),
        (json!({"text": "Words without a heading.\n"}), "title", "no-title"),
        (json!({"start": "empty", "title": "  "}), "title", "no-title"),
        (json!({"languages": ["en", "x y"]}), "languages", "not-a-language"),
        (json!({"start": "example", "languages": ["id"]}), "languages", ""),
        (json!({"start": "example", "example": "clock", "languages": ["fr"]}), "languages", ""),
        (json!({"start": "example", "example": "none"}), "article", ""),
        (json!({"file": {"name": "a.docx", "bytes": docx}}), "article", ""),
        (json!({"file": {"name": "a.md", "bytes": "not base64!"}}), "article", ""),
        (json!({"file": {"name": "a.md", "bytes": ""}}), "article", "no-text-file"),
    ] {
        assert_eq!(wanted(changes.clone()), (field.to_owned(), problem.to_owned()), "{changes}");
    }
    assert!(!started.home.path().join("new").exists());
    assert_eq!(read(started.home.path(), "full/notes.txt"), "mine");
    assert!(!started.home.path().join("full/dossier.toml").exists());
    assert_eq!(started.get("offer")["recent"], json!([]));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a person moves a dossier away")]
fn dossiers_are_opened_by_their_path_and_remembered() {
    let started = start();
    write(started.home.path(), "old/dossier.toml", "title = \"Old & gold\"\nlanguages = [\"en\"]\n");
    write(started.home.path(), "old/content/notes/letter.md", "---\ntitle: The letter\n---\nWords.\n");
    write(started.home.path(), "other/readme.txt", "not a dossier");
    let open = |folder: &str| started.post("open", &json!({ "folder": folder }));
    let (port, address) = Started::opened(&open("~/old"));
    assert!(ask(port, "GET", "/notes/letter.html", &[], "").text().contains("The letter"));
    // A folder within leads to the same preview.
    for folder in ["old", "old/", "old/content/notes", "old/dossier.toml"] {
        assert_eq!(Started::opened(&open(&started.at(folder))).1, address, "{folder}");
    }
    for (folder, problem) in
        [("other", "no-dossier"), ("nowhere", "no-folder"), ("other/readme.txt", "no-dossier")]
    {
        assert_eq!(Started::refused(&open(&started.at(folder))), ("folder".into(), problem.into()));
    }
    assert_eq!(Started::refused(&open("old")).1, "not-whole");

    for number in 0..11 {
        let wanted = json!({"start": "empty", "folder": started.at(&format!("n{number}")), "title": "N"});
        Started::opened(&started.post("create", &wanted));
    }
    Started::opened(&open("~/old"));
    let recent = |started: &Started| -> Vec<String> {
        let offer = started.get("offer");
        let recent = offer["recent"].as_array().unwrap();
        recent.iter().map(|one| one["folder"].as_str().unwrap().to_owned()).collect()
    };
    let listed = recent(&started);
    assert_eq!((listed.len(), &listed[0], &listed[1]), (10, &started.at("old"), &started.at("n10")));
    assert_eq!(started.get("offer")["recent"][0]["title"], "Old & gold");
    std::fs::rename(started.at("old"), started.at("away")).unwrap();
    assert_eq!(recent(&started)[0], started.at("n10"));
}

#[test]
fn in_a_dossier_its_preview_opens_and_is_remembered_if_a_person_is_there() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "seen/dossier.toml", "title = \"Seen\"\nlanguages = [\"en\"]\n");
    write(home.path(), "seen/content/notes/letter.md", "---\ntitle: The letter\n---\nWords.\n");
    let state = home.path().join(".local/state/dossier/recent");
    {
        let preview = Preview::start(&home.path().join("seen"), &[]);
        assert_eq!(preview.get("/notes/letter.html").status, 200);
    }
    assert!(!state.exists());
    let preview = Preview::at_terminal(&home.path().join("seen/content"), home.path(), &[]);
    assert_eq!(preview.get("/notes/letter.html").status, 200);
    let folder = home.path().join("seen").canonicalize().unwrap();
    assert_eq!(read(home.path(), ".local/state/dossier/recent"), format!("{}\n", folder.display()));
    preview.line("cannot open a browser");
}

#[test]
fn init_asks_at_a_terminal_for_what_is_not_given() {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "story.txt", "The story\n\nIt begins.\n");
    let asked = |arguments: &[&str], answers: &str| {
        let mut child = at_terminal(home.path(), home.path(), arguments);
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        (child.wait().unwrap().code().unwrap(), said)
    };
    let (code, said) = asked(&["init"], "\natlas\n\n");
    assert_eq!(code, 0, "{said}");
    assert!(home.path().join("atlas/content/claims").exists());
    let (code, said) = asked(&["init", "--example", "clock"], "horloge\n");
    assert!(code == 0 && !said.contains("Languages"), "{said}");
    assert!(home.path().join("horloge/content/article.fr.md").exists());
    let (code, said) = asked(&["init", "made"], "story.txt\nid, en\n");
    assert_eq!(code, 0, "{said}");
    assert!(read(home.path(), "made/content/article.md").contains("title: The story"));
    assert!(read(home.path(), "made/dossier.toml").contains("languages = [\"id\", \"en\"]"));
    let (code, said) = asked(&["init", "--empty", "--languages", "en", "bare"], "");
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("Languages") && home.path().join("bare/content/article.md").exists());
    let (code, said) = asked(&["init", "none"], "nowhere.md\n\n");
    assert!(code == 2 && said.contains("cannot read `nowhere.md`"), "{code} {said}");
    assert!(!home.path().join("none").exists());
}
