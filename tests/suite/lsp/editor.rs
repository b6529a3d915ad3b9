//! A client: what it has open, what it was told, and how it carries edits out.
#![expect(clippy::disallowed_methods, reason = "an editor writes files")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use url::Url;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the client says that it can do.
#[derive(Copy, Clone, Eq, PartialEq)]
pub enum Offers {
    /// Versions of texts, files, edits that come later.
    All,
    /// Changes of texts alone.
    Little,
}

pub struct Editor {
    folder: TempDir,
    child: Child,
    input: ChildStdin,
    messages: Receiver<Json>,
    next: i64,
    open: BTreeMap<String, (i64, String)>,
    told: BTreeMap<String, Vec<Json>>,
}

impl Editor {
    /// An editor that works in a dossier of these files.
    pub fn start(files: &[(&str, &str)], offers: Offers) -> Editor {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while sender
                .send(match message(&mut output) {
                    Some(message) => message,
                    None => return,
                })
                .is_ok()
            {}
        });
        let mut editor =
            Editor { folder, child, input, messages, next: 1, open: BTreeMap::new(), told: BTreeMap::new() };
        let all = json!({
            "workspace": {
                "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
                "didChangeWatchedFiles": { "dynamicRegistration": true },
            },
            "textDocument": { "codeAction": { "resolveSupport": { "properties": ["edit"] } } },
        });
        let capabilities = if offers == Offers::All { all } else { json!({}) };
        let root = Url::from_directory_path(editor.folder.path()).unwrap().to_string();
        let answer =
            editor.ask("initialize", json!({ "rootUri": root, "capabilities": capabilities })).unwrap();
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.say("initialized", json!({}));
        editor
    }

    pub fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.folder.path().join(path)).unwrap().to_string()
    }

    /// The text that is open, or the file.
    pub fn text(&self, path: &str) -> String {
        match self.open.get(path) {
            Some((_, text)) => text.clone(),
            None => fs::read_to_string(self.folder.path().join(path)).unwrap(),
        }
    }

    fn send(&mut self, message: &Json) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    pub fn say(&mut self, method: &str, params: Json) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message, if one comes; what it tells of findings is noted.
    fn receive(&mut self) -> Option<Json> {
        let message = self.messages.recv_timeout(PATIENCE).ok()?;
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().to_owned();
            self.told.insert(uri, message["params"]["diagnostics"].as_array().unwrap().clone());
        }
        Some(message)
    }

    /// What a request is answered.
    pub fn ask(&mut self, method: &str, params: Json) -> Result<Json, String> {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let answer = self.receive().expect("an answer");
            if answer["id"] == id && answer["method"].is_null() {
                return match answer["error"]["message"].as_str() {
                    Some(why) => Err(why.to_owned()),
                    None => Ok(answer["result"].clone()),
                };
            }
        }
    }

    /// The parameters of a request at the end of some words of a text, or of their range.
    pub fn params(&self, path: &str, words: &str, more: Json) -> Json {
        let text = self.text(path);
        let at = text.find(words).unwrap_or_else(|| panic!("no “{words}” in {text}"));
        let (start, end) = (position(&text, at), position(&text, at + words.len()));
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": end });
        params["range"] = json!({ "start": start, "end": end });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        params
    }

    pub fn at(&mut self, method: &str, path: &str, words: &str, more: Json) -> Json {
        let params = self.params(path, words, more);
        self.ask(&format!("textDocument/{method}"), params).unwrap()
    }

    /// The action at some words that is wanted.
    pub fn action(&mut self, path: &str, words: &str, is_it: impl Fn(&Json) -> bool) -> Json {
        let all = self.at("codeAction", path, words, json!({ "context": { "diagnostics": [] } }));
        let found = all.as_array().unwrap().iter().find(|action| is_it(action));
        found.unwrap_or_else(|| panic!("{all}")).clone()
    }

    pub fn open(&mut self, path: &str) {
        let text = self.text(path);
        let item = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.open.insert(path.to_owned(), (1, text));
        self.say("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.say("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(path) } }));
    }

    /// Types over the first of these words.
    pub fn replace(&mut self, path: &str, words: &str, by: &str) {
        let text = &self.open[path].1;
        let at = text.find(words).unwrap_or_else(|| panic!("no “{words}” in {text}"));
        self.type_at(path, at..at + words.len(), by);
    }

    /// Types over a range of bytes.
    pub fn type_at(&mut self, path: &str, range: std::ops::Range<usize>, by: &str) {
        let uri = self.uri(path);
        let (version, text) = self.open.get_mut(path).unwrap();
        *version += 1;
        let place = json!({ "start": position(text, range.start), "end": position(text, range.end) });
        text.replace_range(range, by);
        let change = json!({ "range": place, "text": by });
        let document = json!({ "uri": uri, "version": version });
        self.say("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Another program writes a file.
    pub fn write(&mut self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
        let change = json!({ "uri": self.uri(path), "type": 2 });
        self.say("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    }

    /// Waits until the findings of a file have these codes, and returns them.
    #[track_caller]
    pub fn is_told(&mut self, path: &str, codes: &[&str]) -> Vec<Json> {
        self.is_told_of(path, &format!("{codes:?}"), |told| {
            told.iter().map(|finding| finding["code"].as_str().unwrap()).eq(codes.iter().copied())
        })
    }

    /// Waits until the findings of a file are as they should be.
    #[track_caller]
    pub fn is_told_of(&mut self, path: &str, wanted: &str, is_it: impl Fn(&[Json]) -> bool) -> Vec<Json> {
        let uri = self.uri(path);
        loop {
            let told = self.told.get(&uri).cloned().unwrap_or_default();
            if is_it(&told) {
                return told;
            }
            assert!(self.receive().is_some(), "{path} has {told:#?}, not {wanted}");
        }
    }

    /// Carries out a `WorkspaceEdit`, saving files that are not open.
    pub fn carry_out(&mut self, edit: &Json) {
        for change in edit["documentChanges"].as_array().unwrap() {
            let path = |key: &str| {
                let uri = change.pointer(key).unwrap().as_str().unwrap();
                let file = Url::parse(uri).unwrap().to_file_path().unwrap();
                file.strip_prefix(self.folder.path()).unwrap().to_str().unwrap().to_owned()
            };
            match change["kind"].as_str() {
                None => {
                    let path = path("/textDocument/uri");
                    let version = &change["textDocument"]["version"];
                    assert_eq!(version.as_i64(), self.open.get(&path).map(|(version, _)| *version), "{path}");
                    self.edit(&path, change["edits"].as_array().unwrap());
                }
                Some("create") => self.write(&path("/uri"), ""),
                Some("rename") => {
                    let (old, new) = (path("/oldUri"), path("/newUri"));
                    let text = self.text(&old);
                    if self.open.contains_key(&old) {
                        self.close(&old);
                    }
                    fs::rename(self.folder.path().join(&old), self.folder.path().join(&new)).unwrap();
                    self.write(&new, &text);
                    let change = json!({ "uri": self.uri(&old), "type": 3 });
                    self.say("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
                }
                Some(other) => panic!("{other}"),
            }
        }
    }

    /// Applies edits of one text, the last first.
    fn edit(&mut self, path: &str, edits: &[Json]) {
        let before = self.text(path);
        let mut edits: Vec<(usize, usize, &str)> = edits
            .iter()
            .map(|edit| {
                let at = |end: &str| offset(&before, &edit["range"][end]);
                (at("start"), at("end"), edit["newText"].as_str().unwrap())
            })
            .collect();
        edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
        if self.open.contains_key(path) {
            edits.into_iter().for_each(|(start, end, by)| self.type_at(path, start..end, by));
        } else {
            let mut text = before;
            edits.into_iter().for_each(|(start, end, by)| text.replace_range(start..end, by));
            self.write(path, &text);
        }
    }

    /// Ends as an editor should, and returns the exit code.
    pub fn end(mut self) -> i32 {
        self.ask("shutdown", Json::Null).unwrap();
        self.say("exit", Json::Null);
        self.child.wait().unwrap().code().unwrap()
    }

    /// Goes away in the middle of a message. Returns the exit code, and what the server said.
    pub fn die(mut self, part: &str) -> (i32, String) {
        self.input.write_all(part.as_bytes()).unwrap();
        self.input.flush().unwrap();
        let mut errors = self.child.stderr.take().unwrap();
        let Editor { input, mut child, .. } = self;
        drop(input);
        let mut said = String::new();
        errors.read_to_string(&mut said).unwrap();
        (child.wait().unwrap().code().unwrap(), said)
    }
}

fn message(output: &mut impl BufRead) -> Option<Json> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            header => {
                length =
                    header.strip_prefix("Content-Length: ").map_or(length, |number| number.parse().unwrap())
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

fn position(text: &str, at: usize) -> Json {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": before.matches('\n').count(), "character": before[start..].encode_utf16().count() })
}

fn offset(text: &str, position: &Json) -> usize {
    let line: usize = text
        .split_inclusive('\n')
        .take(usize::try_from(position["line"].as_u64().unwrap()).unwrap())
        .map(str::len)
        .sum();
    let mut left = position["character"].as_u64().unwrap();
    let rest = text[line..].char_indices().find(|(_, c)| {
        let is_it = left == 0;
        left = left.saturating_sub(c.len_utf16() as u64);
        is_it
    });
    line + rest.map_or(text.len() - line, |(at, _)| at)
}
