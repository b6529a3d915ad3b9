//! `dossier lsp`, as an editor speaks with it.

mod editor;
mod random;

use serde_json::{Value as Json, json};

use editor::{Editor, Offers};

const SETTINGS: &str = "title = \"T\"\nlanguages = [\"en\", \"id\"]\n";
const ARTICLE: &str = "---\ntitle: The ship\npublished: 2024-05-01\n---\n\n🇮🇩 It left Porto, said [[ana]].\n\n## After\n\nWords.\n";
const ANA: &str =
    "---\ntitle: Ana Alves\ntype: person\naliases: [Аня]\nsummary: A pilot.\n---\n\nShe knows the river.\n";
const CLAIM: &str = "---\ntitle: It left at dawn\nby: ana\ndate: 2024-04-07\nsources:\n  - {source: letter}\nstatus: reported\n---\n\nWords.\n";
const LETTER: &str = "---\ntitle: A letter\nurl: https://example.org/1\narchive: https://web.archive.org/web/2024/https://example.org/1\npublished: 2024-04-08\npublisher: ana\n---\n";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("dossier.toml", SETTINGS),
        ("content/article.md", ARTICLE),
        ("content/actors/ana.md", ANA),
        ("content/claims/dawn.md", CLAIM),
        ("content/sources/letter.md", LETTER),
    ]
}

/// The names of completions, in order.
fn labels(answer: &Json) -> Vec<&str> {
    answer["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn findings_follow_what_is_typed_and_a_quick_fix_corrects_them() {
    let mut editor = Editor::start(&files(), Offers::All);
    let path = "content/actors/ana.md";
    editor.open(path);
    editor.is_told(path, &[]);
    // The first colon in a title.
    editor.replace(path, "title: Ana Alves", "title: Ana: a pilot");
    let told = editor.is_told(path, &["invalid-syntax"]);
    assert_eq!(told[0]["severity"], 1);
    assert_eq!(told[0]["source"], "dossier");
    let fix = editor.action(path, "Ana: a", |action| action["isPreferred"] == true);
    editor.carry_out(&fix["edit"]);
    editor.is_told(path, &[]);
    assert!(editor.text(path).contains("title: \"Ana: a pilot\"\n"), "{}", editor.text(path));
    // A name that nothing has is a finding where it is used, although no file was saved.
    editor.open("content/claims/dawn.md");
    editor.replace("content/claims/dawn.md", "by: ana", "by: anna");
    let told = editor.is_told("content/claims/dawn.md", &["unresolved-reference"]);
    assert_eq!(told[0]["range"]["start"], json!({ "line": 2, "character": 4 }));
    editor.close("content/claims/dawn.md");
    editor.is_told("content/claims/dawn.md", &[]);
}

#[test]
fn keys_words_and_entities_are_completed_by_any_name() {
    let mut editor = Editor::start(&files(), Offers::All);
    let path = "content/claims/dawn.md";
    editor.open(path);
    editor.replace(path, "by: ana", "by: Ан");
    let found = editor.at("completion", path, "Ан", json!({}));
    assert_eq!(labels(&found), ["Ana Alves"]);
    assert_eq!(found["items"][0]["textEdit"]["newText"], "ana");
    assert_eq!(found["items"][0]["filterText"], "Ан");
    editor.replace(path, "by: Ан", "by: ana\nba");
    let found = editor.at("completion", path, "ba", json!({}));
    assert!(labels(&found).contains(&"basis") && !labels(&found).contains(&"date"), "{found}");
    editor.replace(path, "\nba\n", "\nbasis: \n");
    let found = editor.at("completion", path, "basis: ", json!({}));
    assert!(labels(&found).contains(&"statement"), "{found}");
    let about = &found["items"].as_array().unwrap().iter().find(|item| item["label"] == "statement").unwrap();
    assert!(about["documentation"]["value"].as_str().is_some_and(|about| !about.is_empty()), "{about}");
    editor.replace(path, "  - {source: letter}", "  - {source: lett");
    assert_eq!(labels(&editor.at("completion", path, "lett", json!({}))), ["A letter"]);
    editor.replace(path, "Words.", "Words, says [[ал");
    assert_eq!(labels(&editor.at("completion", path, "[[ал", json!({}))), [""; 0]);
    editor.replace(path, "[[ал", "[[alv");
    let found = editor.at("completion", path, "[[alv", json!({}));
    assert_eq!(found["items"][0]["textEdit"]["newText"], "ana|Ana Alves]]");
}

#[test]
fn an_entity_is_shown_found_and_renamed_wherever_it_is_named() {
    let mut editor = Editor::start(&files(), Offers::All);
    let article = "content/article.md";
    editor.open(article);
    let card = editor.at("hover", article, "[[an", json!({}));
    let words = card["contents"]["value"].as_str().unwrap();
    assert!(words.contains("**Ana Alves**") && words.contains("A pilot."), "{words}");
    // The flag before it is four units of UTF-16.
    assert_eq!(card["range"]["start"]["character"], 4 + " It left Porto, said [[".len());
    let place = editor.at("definition", article, "[[an", json!({}));
    assert_eq!(place["uri"], editor.uri("content/actors/ana.md"));
    let list = editor.at("references", article, "[[an", json!({ "context": { "includeDeclaration": true } }));
    let list: Vec<String> = list.as_array().unwrap().iter().map(|at| at["uri"].to_string()).collect();
    assert!(list.len() == 3 && list.iter().any(|uri| uri.contains("letter")), "{list:?}");
    let key = editor.at("hover", "content/claims/dawn.md", "sta", json!({}));
    assert!(key["contents"]["value"].as_str().unwrap().contains("**status**"), "{key}");
    let ready = editor.at("prepareRename", article, "[[an", json!({}));
    assert_eq!(ready["placeholder"], "ana");
    let edit = editor.at("rename", article, "[[an", json!({ "newName": "ana-alves" }));
    editor.carry_out(&edit);
    assert!(editor.text(article).contains("said [[ana-alves]]"));
    assert!(
        editor.text("content/actors/ana-alves.md").contains("formerly: ana\n")
            || editor.text("content/actors/ana-alves.md").contains("formerly: [ana]")
    );
    for path in ["content/claims/dawn.md", "content/sources/letter.md", article] {
        editor.is_told(path, &[]);
    }
    let refused =
        editor.ask("textDocument/rename", editor.params(article, "[[an", json!({ "newName": "dawn" })));
    assert!(refused.unwrap_err().contains("`dawn` is taken by"));
}

#[test]
fn a_file_has_an_outline_folds_links_hints_and_a_lens() {
    let mut editor = Editor::start(&files(), Offers::All);
    let article = "content/article.md";
    let outline = editor.at("documentSymbol", article, "", json!({}));
    assert_eq!(outline[0]["name"], "The ship");
    assert_eq!(outline[0]["children"][0]["name"], "After");
    assert_eq!(editor.at("foldingRange", article, "", json!({}))[0], json!({ "startLine": 0, "endLine": 3 }));
    let links = editor.at("documentLink", article, "", json!({}));
    assert_eq!(links[0]["target"], editor.uri("content/actors/ana.md"));
    let whole =
        json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } } });
    let hints = editor.at("inlayHint", "content/claims/dawn.md", "", whole);
    let hints: Vec<&str> =
        hints.as_array().unwrap().iter().filter_map(|hint| hint["label"].as_str()).collect();
    assert_eq!(hints, ["Ana Alves", "A letter"]);
    let lens = editor.at("codeLens", "content/actors/ana.md", "", json!({}));
    assert_eq!(lens[0]["command"]["title"], "3 references");
    let found = editor.ask("workspace/symbol", json!({ "query": "аня" })).unwrap();
    assert_eq!(found[0]["name"], "Ana Alves");
}

#[test]
fn selected_words_become_a_claim() {
    let mut editor = Editor::start(&files(), Offers::All);
    let article = "content/article.md";
    editor.open(article);
    let action = editor.action(article, "left Porto", |action| action["title"] == "make these words a claim");
    let whole = editor.ask("codeAction/resolve", action).unwrap();
    editor.carry_out(&whole["edit"]);
    let made = editor.text("content/claims/left-porto.md");
    assert!(made.contains("title: left Porto\n") && made.contains("left Porto"), "{made}");
}

#[test]
fn a_client_that_can_do_little_gets_what_it_can_carry_out() {
    let mut editor = Editor::start(&files(), Offers::Little);
    let path = "content/actors/ana.md";
    editor.open(path);
    editor.replace(path, "title: Ana Alves", "title: Ana: a pilot");
    editor.is_told(path, &["invalid-syntax"]);
    let fix = editor.action(path, "Ana: a", |action| action["isPreferred"] == true);
    assert!(fix["edit"]["changes"][editor.uri(path)].is_array(), "{fix}");
    let offered = editor.at(
        "codeAction",
        "content/article.md",
        "left Porto",
        json!({ "context": { "diagnostics": [] } }),
    );
    assert_eq!(offered, json!([]), "it cannot create a file");
    editor.replace(path, "title: Ana: a pilot", "title: Ana Alves");
    let refused = editor
        .ask("textDocument/rename", editor.params("content/article.md", "[[an", json!({ "newName": "x" })));
    assert!(refused.unwrap_err().contains("cannot create or rename files"));
}

#[test]
fn what_is_wrong_in_a_message_is_an_error_and_the_next_answer_is_right() {
    let mut editor = Editor::start(&files(), Offers::All);
    let path = "content/article.md";
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    let here = json!({ "uri": editor.uri(path) });
    let asked = json!({ "textDocument": here, "position": far });
    assert_eq!(editor.ask("textDocument/hover", asked).unwrap(), Json::Null);
    assert!(editor.ask("textDocument/hover", json!({ "textDocument": 7 })).is_err());
    assert!(editor.ask("textDocument/nonsense", json!({ "textDocument": here })).is_err());
    assert!(editor.ask("nonsense", Json::Null).is_err());
    let elsewhere = json!({ "textDocument": { "uri": "file:///etc/passwd" }, "position": far });
    assert_eq!(editor.ask("textDocument/hover", elsewhere).unwrap(), Json::Null);
    editor.say(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": editor.uri(path) }, "contentChanges": [{ "text": "x" }] }),
    );
    editor.say("textDocument/didOpen", json!({ "nonsense": true }));
    editor.open(path);
    let backwards = json!({ "start": far, "end": { "line": 0, "character": 0 } });
    let change = json!({ "range": backwards, "text": "End.\n" });
    editor.say(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": editor.uri(path), "version": 2 }, "contentChanges": [change] }),
    );
    let outline = editor.at("documentSymbol", path, "", json!({}));
    assert_eq!(outline[0]["name"], "The ship");
    assert_eq!(editor.end(), 0);
}

#[test]
fn an_editor_that_dies_within_a_message_ends_the_server_with_one_line() {
    let editor = Editor::start(&files(), Offers::All);
    let (code, said) = editor.die("Content-Length: 100\r\n\r\n{\"jsonrpc\":");
    assert_eq!(code, 2, "{said}");
    assert!(said.starts_with("error: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn other_programs_change_files_below_an_open_text() {
    let mut editor = Editor::start(&files(), Offers::All);
    let path = "content/actors/ana.md";
    editor.open(path);
    editor.replace(path, "A pilot.", "A pilot of ships.");
    editor.write(path, "---\ntitle: [\n---\n");
    editor.write("content/claims/dawn.md", &CLAIM.replace("by: ana", "by: nobody"));
    editor.is_told("content/claims/dawn.md", &["unresolved-reference"]);
    editor.is_told(path, &[]);
    assert!(editor.text(path).contains("A pilot of ships."));
    editor.close(path);
    editor.is_told_of(path, "an error", |told| told.iter().any(|finding| finding["severity"] == 1));
}

#[test]
fn what_is_wrong_in_a_row_is_at_its_cell_and_changes_are_of_cells() {
    let claim = CLAIM.replace("by: ana", "by: [ana, beto]");
    let mut files = files();
    files.retain(|(path, _)| *path != "content/claims/dawn.md");
    let table = "content/actors.csv";
    files.extend([
        ("content/claims/dawn.md", claim.as_str()),
        (table, "id,title,type\nbeto,Beto Brito,persom\n"),
    ]);
    let mut editor = Editor::start(&files, Offers::All);
    editor.open(table);
    let told = editor.is_told(table, &["invalid-value"]);
    assert_eq!(told[0]["range"]["start"], json!({ "line": 1, "character": 16 }));
    let fix = editor.action(table, "persom", |action| action["title"] == "replace it with `person`");
    editor.carry_out(&fix["edit"]);
    editor.is_told(table, &[]);
    assert_eq!(editor.text(table), "id,title,type\nbeto,Beto Brito,person\n");
    let place = editor.at("definition", "content/claims/dawn.md", "ana, be", json!({}));
    assert_eq!((&place["uri"], &place["range"]["start"]["line"]), (&json!(editor.uri(table)), &json!(1)));
    let edit = editor.at("rename", "content/claims/dawn.md", "ana, be", json!({ "newName": "beto-brito" }));
    editor.carry_out(&edit);
    assert!(editor.text(table).contains("\nbeto-brito,Beto Brito,person"), "{}", editor.text(table));
    assert!(editor.text("content/claims/dawn.md").contains("by: [ana, beto-brito]\n"));
}
