//! The author's desk over its sockets: who may edit, and that nothing of an author's is lost.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the disk, and change files as an editor does"
)]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::preview::client::{Preview, Response};

const NOTE: &str = "---\ntitle: The letter # of May\n---\n\nFirst words.\n\nSecond words.\n";

fn dossier() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/notes")).unwrap();
    fs::write(folder.path().join("dossier.toml"), "title = \"T\"\nlanguages = [\"en\"]\n").unwrap();
    fs::write(folder.path().join("content/notes/letter.md"), NOTE).unwrap();
    folder
}

fn note(folder: &Path) -> String {
    fs::read_to_string(folder.join("content/notes/letter.md")).unwrap()
}

/// A browser that knows the key.
struct Author<'p> {
    preview: &'p Preview,
    cookie: String,
}

impl<'p> Author<'p> {
    fn of(preview: &'p Preview) -> Author<'p> {
        let line = preview.line("_dossier_key=");
        let path =
            line.split_once(&format!("127.0.0.1:{}", preview.port)).unwrap().1.split(' ').next().unwrap();
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        Author { preview, cookie: cookie.split(';').next().unwrap().to_owned() }
    }

    fn ask(&self, method: &str, what: &str, body: &Value) -> Response {
        let headers = [("cookie", self.cookie.as_str()), ("x-dossier", "1")];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.preview.ask(method, &format!("/_dossier/desk/{what}"), &headers, &body)
    }

    #[track_caller]
    fn get(&self, what: &str) -> Value {
        let answer = self.ask("GET", what, &Value::Null);
        assert_eq!(answer.status, 200, "{what}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    #[track_caller]
    fn post(&self, what: &str, body: &Value) -> Value {
        let answer = self.ask("POST", what, body);
        assert_eq!(answer.status, 200, "{what}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    #[track_caller]
    fn refused(&self, what: &str, body: &Value, why: &str) {
        let answer = self.ask("POST", what, body);
        assert_eq!(answer.status, 409, "{what}: {}", answer.text());
        assert!(answer.text().contains(why), "{}", answer.text());
    }
}

fn set(at: &str, value: &str) -> Value {
    json!({"do": "set", "file": "content/notes/letter.md", "at": [at], "value": value})
}

fn text(was: &str, text: &str) -> Value {
    json!({"do": "text", "file": "content/notes/letter.md", "start": NOTE.find("First").unwrap(), "was": was, "text": text})
}

#[test]
fn only_a_browser_with_the_key_may_edit() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let change = set("title", "Stolen").to_string();
    let ours = [("x-dossier", "1"), ("cookie", author.cookie.as_str())];
    let other = author.cookie.replace(|c: char| c.is_ascii_digit(), "x");
    let lan = format!("http://192.168.0.1:{}", preview.port);
    let attempts: [Vec<(&str, &str)>; 7] = [
        vec![("x-dossier", "1")],
        vec![("cookie", &author.cookie)],
        vec![("x-dossier", "1"), ("cookie", &other)],
        [&ours[..], &[("origin", "https://evil.example")]].concat(),
        [&ours[..], &[("origin", &lan)]].concat(),
        [&ours[..], &[("sec-fetch-site", "cross-site")]].concat(),
        [&ours[..], &[("host", "evil.example")]].concat(),
    ];
    for headers in &attempts {
        for what in ["make", "try", "undo"] {
            let answer = preview.ask("POST", &format!("/_dossier/desk/{what}"), headers, &change);
            assert_eq!(answer.status, 403, "{what} {headers:?}");
        }
        for what in ["form?page=/notes/letter.html", "findings", "past"] {
            let answer = preview.ask("GET", &format!("/_dossier/desk/{what}"), headers, "");
            assert_eq!(answer.status, 403, "{what} {headers:?}");
        }
    }
    assert_eq!(preview.get("/?_dossier_key=0123456789abcdef0123456789abcdef").status, 403);
    assert_eq!(note(folder.path()), NOTE);
    // Only the author's pages know of the desk.
    assert!(!preview.get("/notes/letter.html").text().contains("data-desk"));
    let page = preview.ask("GET", "/notes/letter.html", &ours, "");
    assert!(page.text().contains("data-desk"));
    author.post("make", &set("title", "Mine"));
    assert_eq!(note(folder.path()), NOTE.replace("The letter", "Mine"));
}

#[test]
fn a_preview_can_be_read_only() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &["--read-only"]);
    assert!(preview.lines().iter().all(|line| !line.contains("_dossier_key")));
    let answer =
        preview.ask("POST", "/_dossier/desk/make", &[("x-dossier", "1")], &set("title", "A").to_string());
    assert_eq!((answer.status, answer.text()), (403, "this preview is read-only"));
}

#[test]
fn a_page_of_another_dossier_changes_nothing() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let home = preview.get("/");
    let page = home.text();
    let own = page.split_once("data-dossier=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    let change = set("title", "Other").to_string();
    let headers = |of| [("x-dossier", of), ("cookie", &*author.cookie)];
    let refused = preview.ask("POST", "/_dossier/desk/make", &headers("0123456789ab"), &change);
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert_eq!(note(folder.path()), NOTE);
    assert_eq!(preview.ask("POST", "/_dossier/desk/make", &headers(own), &change).status, 200);
}

#[test]
fn a_change_is_tried_made_undone_and_made_again() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let tried = author.post("try", &set("date", "13/10/2023"));
    let found = &tried["findings"]["list"][0];
    assert_eq!((&found["code"], &found["at"]), (&json!("invalid-value"), &json!(["date"])));
    assert_eq!(note(folder.path()), NOTE);
    // Something unfinished can be saved.
    author.post("make", &set("date", "13/10/2023"));
    assert!(note(folder.path()).contains("\ndate: 13/10/2023\n"));
    let finding = &author.get("findings")["list"][0];
    author.post(
        "make",
        &json!({"do": "fix", "code": finding["code"], "file": finding["path"], "start": finding["start"], "choice": null}),
    );
    let fixed = NOTE.replace("of May\n", "of May\ndate: 2023-10-13\n");
    assert_eq!(note(folder.path()), fixed);
    // The page is there when the answer is.
    author.post("make", &text("First words.", "Other words."));
    assert!(preview.get("/notes/letter.html").text().contains("Other words."));
    drop(preview);
    // Over restarts.
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    assert_eq!(author.get("past").as_array().unwrap().len(), 3);
    author.post("undo", &Value::Null);
    assert_eq!(note(folder.path()), fixed);
    author.post("undo", &Value::Null);
    author.post("undo", &Value::Null);
    assert_eq!(note(folder.path()), NOTE);
    assert_eq!(author.post("undo", &Value::Null), Value::Null);
    author.post("redo", &Value::Null);
    author.post("redo", &Value::Null);
    assert_eq!(note(folder.path()), fixed);
}

#[test]
fn nothing_that_was_changed_meanwhile_is_overwritten() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let (one, other) = (Author::of(&preview), Author::of(&preview));
    one.post("make", &text("First words.", "One’s words."));
    other.refused("make", &text("First words.", "The other’s words."), "has changed since you saw it");
    let by_hand = note(folder.path()).replace("Second", "Third");
    fs::write(folder.path().join("content/notes/letter.md"), &by_hand).unwrap();
    one.refused("undo", &Value::Null, "changed");
    assert_eq!(note(folder.path()), by_hand);
    // A file that is there is not replaced by one that is dropped.
    let file = json!({"do": "file", "path": "content/notes/letter.md", "base64": "aGVsbG8="});
    one.refused("make", &file, "letter.md");
    one.refused("make", &json!({"do": "file", "path": "../x", "base64": ""}), "cannot be the name");
    one.refused("make", &json!({"do": "anything"}), "this is not a change");
    assert_eq!(note(folder.path()), by_hand);
}

/// A form that was opened before somebody else changed the file: its rows are others by now.
#[test]
fn a_form_that_is_out_of_date_is_refused() {
    let folder = dossier();
    let aliases = NOTE.replace("---\n\n", "aliases: [one, two, three]\n---\n\n");
    fs::write(folder.path().join("content/notes/letter.md"), &aliases).unwrap();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let seen = author.get("form?id=letter")["files"][0]["seen"].clone();
    let remove = |at: usize| {
        json!({
            "do": "several",
            "seen": {"content/notes/letter.md": seen},
            "changes": [{"do": "remove", "file": "content/notes/letter.md", "at": ["aliases", at]}],
        })
    };
    author.post("make", &remove(0));
    author.refused("make", &remove(0), "has changed since you opened it");
    assert_eq!(note(folder.path()), aliases.replace("one, ", ""));
    let beyond = json!({"do": "set", "file": "content/notes/letter.md", "at": ["aliases", 9], "value": "x"});
    author.refused("make", &beyond, "can only be changed in the file itself");
}

#[test]
fn what_the_command_line_did_can_be_undone_in_the_browser() {
    let folder = dossier();
    let made = super::cli::run(folder.path(), &["new", "actor", "Alpha"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let renamed = super::cli::run(folder.path(), &["rename", "alpha", "beta"]);
    assert_eq!(renamed.code, 0, "{}", renamed.err);
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let undone = author.post("undo", &Value::Null);
    assert_eq!((&undone["do"], &undone["key"]), (&json!("rename"), &json!("beta")));
    assert!(folder.path().join("content/actors/alpha.md").is_file());
    author.post("undo", &Value::Null);
    assert!(!folder.path().join("content/actors/alpha.md").exists());
    assert_eq!(note(folder.path()), NOTE);
}

/// A program that was killed between two files of a change.
#[test]
fn a_change_that_was_cut_off_is_taken_back() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let new = |title: &str| json!({"do": "new", "kind": "note", "title": title, "id": null, "lang": null});
    let two = json!({"do": "several", "changes": [new("One"), new("Two"), set("title", "Three")]});
    author.post("make", &two);
    author.post("undo", &Value::Null);
    drop(preview);
    assert_eq!(note(folder.path()), NOTE);
    assert_eq!(fs::read_dir(folder.path().join("content/notes")).unwrap().count(), 1);
}

#[test]
fn forms_have_what_the_file_has_and_names_are_completed() {
    let folder = dossier();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let form = author.get("form?page=/notes/letter.html");
    assert_eq!(
        (&form["id"], &form["kind"], &form["files"][0]["values"]["title"]),
        (&json!("letter"), &json!("note"), &json!("The letter"))
    );
    assert_eq!(form["files"][0]["text"], "\nFirst words.\n\nSecond words.\n");
    let kinds = author.get("kinds?lang=en");
    assert_eq!(kinds["kinds"].as_array().unwrap().len(), 9);
    let claim = kinds["kinds"].as_array().unwrap().iter().find(|kind| kind["name"] == "claim").unwrap();
    let field =
        |name: &str| claim["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap();
    assert_eq!(field("by")["shape"], json!({"is": "list", "of": {"is": "ref", "kinds": ["actor"]}}));
    assert!(
        field("status")["shape"]["terms"]
            .as_array()
            .unwrap()
            .iter()
            .any(|term| term["word"] == "reported" && term["about"].is_string())
    );
    author.post("make", &json!({"do": "new", "kind": "actor", "title": "Łukasz Żak", "id": null, "lang": null, "facts": {"aliases": ["محمد أحمد"]}}));
    for words in ["luk", "zak", "%D9%85%D8%AD%D9%85%D8%AF", "lukasz-zak"] {
        let names = author.get(&format!("names?q={words}&kinds=actor"));
        assert_eq!(names[0]["id"], "lukasz-zak", "{words}: {names}");
    }
    assert_eq!(author.get("names?q=luk&kinds=place"), json!([]));
    let at = "%7B%22page%22%3A%22%2Fnotes%2Fletter.html%22%2C%22block%22%3A1%2C%22words%22%3A%22Second%20words.%22%7D";
    assert_eq!(author.get(&format!("block?at={at}"))["text"], "Second words.");
}

#[test]
fn a_row_of_a_table_is_edited_in_its_cell() {
    const TABLE: &str = "id;title;aliases;about\na;\"The \"\"first\"\"\";\"x; y\"\nb;The second\n";
    let folder = dossier();
    let table = || fs::read_to_string(folder.path().join("content/notes.csv")).unwrap();
    fs::write(folder.path().join("content/notes.csv"), TABLE).unwrap();
    let preview = Preview::start(folder.path(), &[]);
    let author = Author::of(&preview);
    let set = |id: &str, at: &str, value: &str| json!({"do": "set", "file": format!("content/notes/{id}.md"), "at": [at], "value": value});
    let made = author.post("make", &set("b", "title", "The third; and last"));
    assert_eq!(made["files"], json!(["content/notes.csv"]));
    assert_eq!(table(), TABLE.replace("b;The second", "b;\"The third; and last\""));
    assert!(author.get("form?page=/notes/b.html").to_string().contains("The third; and last"));
    // A key without a column.
    author.post("make", &set("a", "summary", "What it is."));
    assert_eq!(
        table(),
        "id;title;aliases;about;summary\na;\"The \"\"first\"\"\";\"x; y\";;What it is.\nb;\"The third; and last\"\n"
    );
    author.post("undo", &Value::Null);
    author.post("undo", &Value::Null);
    assert_eq!(table(), TABLE);
    assert!(author.get("form?page=/notes/b.html").to_string().contains("The second"));
}
