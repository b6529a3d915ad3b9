//! The loop: what a client sends, in its order; what it is answered; and findings when nothing is left to read.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::buffers::{Buffer, Buffers};
use super::edits::{Desk, Powers};
use super::look::{Here, Places};
use super::place::{Encoding, Position, Range, Root, Text, dossier_of, file};
use super::{actions, complete, findings, symbols};
use crate::base::bug::caught;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::load::table::raised;
use crate::session::{Changes, Options, Session, Snapshot};
use crate::world::disk::DiskWorld;

/// Serves one client over standard input and output, until it says that it ends. `given` is the dossier's folder, if
/// the user named it; else it is looked for where the client works.
///
/// # Errors
/// If the client breaks the protocol, or goes away without a word.
pub(crate) fn serve(given: Option<&Path>) -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    run(&connection, given)?;
    // The threads end when nothing more can be sent.
    drop(connection);
    threads.join().map_err(|why| why.to_string())
}

/// Serves the client at the other end of a connection.
fn run(connection: &Connection, given: Option<&Path>) -> Result<(), String> {
    let (id, parameters) = connection.initialize_start().map_err(|why| why.to_string())?;
    let client = Client::of(&parameters);
    let answer = json!({
        "capabilities": capabilities(client.encoding),
        "serverInfo": { "name": "dossier", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer).map_err(|why| why.to_string())?;
    let mut server = Server { connection, client, dossier: None, queue: VecDeque::new() };
    if server.client.watches {
        server.watch();
    }
    if let Some(folder) = given.map(Path::to_owned).or_else(|| folder(&parameters)) {
        server.open(&folder);
    }
    server.serve()
}

/// What the client can do.
struct Client {
    encoding: Encoding,
    powers: Powers,
    /// Whether it tells of files that others change, if it is asked to.
    watches: bool,
    /// Whether it asks for the edit of an action when that is chosen.
    resolves: bool,
}

impl Client {
    fn of(parameters: &Json) -> Client {
        let can = |path: &str| parameters["capabilities"].pointer(path).cloned().unwrap_or_default();
        let has =
            |list: &Json, word: &str| list.as_array().is_some_and(|list| list.iter().any(|one| one == word));
        let is_utf8 = has(&can("/general/positionEncodings"), "utf-8");
        let operations = can("/workspace/workspaceEdit/resourceOperations");
        let files = ["create", "rename", "delete"].iter().all(|word| has(&operations, word));
        Client {
            encoding: if is_utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            powers: Powers {
                // Files are in the form with versions; Neovim names them alone.
                versions: files || can("/workspace/workspaceEdit/documentChanges") == true,
                files,
            },
            watches: can("/workspace/didChangeWatchedFiles/dynamicRegistration") == true,
            resolves: has(&can("/textDocument/codeAction/resolveSupport/properties"), "edit"),
        }
    }
}

/// The folder that the client works in.
fn folder(parameters: &Json) -> Option<PathBuf> {
    let first = parameters.pointer("/workspaceFolders/0/uri").or_else(|| parameters.get("rootUri"));
    match first.and_then(Json::as_str) {
        Some(uri) => file(uri),
        None => std::env::current_dir().ok(),
    }
}

fn capabilities(encoding: Encoding) -> Json {
    json!({
        "positionEncoding": encoding.name(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "completionProvider": { "triggerCharacters": ["[", ":", " ", "/", "("] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "documentLinkProvider": {},
        "foldingRangeProvider": true,
        "codeLensProvider": {},
        "inlayHintProvider": true,
        "renameProvider": { "prepareProvider": true },
        "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor"], "resolveProvider": true },
    })
}

/// A dossier that is open.
struct Open {
    root: Root,
    buffers: Arc<Buffers>,
    session: Session,
    /// What changed since the session looked.
    unseen: BTreeSet<InputPath>,
    /// Whether findings were not sent since something changed.
    is_untold: bool,
    /// The findings of a snapshot, those of rows at their cells.
    found: Option<(Arc<Snapshot>, Arc<[Diagnostic]>)>,
    /// The findings that the client has, by file.
    told: BTreeMap<InputPath, Vec<Json>>,
}

impl Open {
    fn snapshot(&mut self) -> Arc<Snapshot> {
        if !self.unseen.is_empty() {
            self.session.refresh(&Changes::Paths(std::mem::take(&mut self.unseen)));
        }
        self.session.snapshot()
    }

    /// What is wrong, where it is written.
    fn found(&mut self) -> Arc<[Diagnostic]> {
        let snapshot = self.snapshot();
        match &self.found {
            Some((of, found)) if Arc::ptr_eq(of, &snapshot) => found.clone(),
            _ => {
                let found: Arc<[Diagnostic]> = raised(&**snapshot.world(), snapshot.diagnostics()).into();
                self.found = Some((snapshot, found.clone()));
                found
            }
        }
    }

    fn changed(&mut self, path: InputPath) {
        self.unseen.insert(path);
        self.is_untold = true;
    }

    fn desk<'a>(&'a self, client: &Client) -> Desk<'a> {
        Desk { root: &self.root, buffers: &self.buffers, encoding: client.encoding, powers: client.powers }
    }
}

struct Server<'c> {
    connection: &'c Connection,
    client: Client,
    /// None until one is found.
    dossier: Option<Open>,
    /// What has arrived and is not yet answered.
    queue: VecDeque<Message>,
}

/// Why a request is not answered.
type Refused = (ErrorCode, String);

#[derive(Deserialize)]
struct TextDocument {
    uri: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    text_document: TextDocument,
    #[serde(default)]
    position: Option<Position>,
    #[serde(default)]
    range: Option<Range>,
    #[serde(default)]
    new_name: String,
    #[serde(default)]
    content_changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    range: Option<Range>,
    text: String,
}

impl Server<'_> {
    /// Opens the dossier around a folder, if there is one.
    fn open(&mut self, folder: &Path) {
        let Some(root) = dossier_of(folder) else { return };
        let disk = match DiskWorld::open(root) {
            Ok(disk) => Arc::new(disk),
            Err(why) => return self.say(&format!("cannot open the dossier in `{}`: {why}", root.display())),
        };
        let buffers = Arc::new(Buffers::over(disk.clone()));
        let options = Options { drafts: true, ..Options::default() };
        self.dossier = Some(Open {
            root: Root::new(root.to_owned(), disk.real().to_owned()),
            session: Session::open(buffers.clone(), options),
            buffers,
            unseen: BTreeSet::new(),
            is_untold: true,
            found: None,
            told: BTreeMap::new(),
        });
    }

    /// Answers until the client ends.
    fn serve(&mut self) -> Result<(), String> {
        loop {
            while let Ok(message) = self.connection.receiver.try_recv() {
                self.arrived(message);
            }
            let message = match self.queue.pop_front() {
                Some(message) => message,
                None if self.dossier.as_ref().is_some_and(|open| open.is_untold) => {
                    self.tell();
                    continue;
                }
                None => match self.connection.receiver.recv() {
                    Ok(message) => message,
                    Err(_) => return Err("the editor went away without a word".to_owned()),
                },
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request).map_err(|why| why.to_string())? {
                        return Ok(());
                    }
                    let answer = self.answer(request);
                    self.send(answer.into());
                }
                Message::Notification(note) => self.note(note),
                Message::Response(_) => {}
            }
        }
    }

    /// Puts a message in the queue; what it cancels there is answered at once.
    fn arrived(&mut self, message: Message) {
        let cancelled = match &message {
            Message::Notification(note) if note.method == "$/cancelRequest" => {
                serde_json::from_value::<RequestId>(note.params["id"].clone()).ok()
            }
            _ => None,
        };
        let Some(id) = cancelled else { return self.queue.push_back(message) };
        let is_it = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
        if let Some(at) = self.queue.iter().position(is_it) {
            self.queue.remove(at);
            let code = ErrorCode::RequestCanceled as i32;
            self.send(Response::new_err(id, code, "it was cancelled".to_owned()).into());
        }
    }

    fn send(&self, message: Message) {
        // If the client is gone, the next read says so.
        let _ = self.connection.sender.send(message);
    }

    fn notify(&self, method: &str, parameters: Json) {
        self.send(Notification::new(method.to_owned(), parameters).into());
    }

    fn say(&self, words: &str) {
        self.notify("window/showMessage", json!({ "type": 2, "message": words }));
    }

    /// Asks to be told of files that other programs change.
    fn watch(&self) {
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
        });
        let asked = json!({ "registrations": [registration] });
        self.send(Request::new(RequestId::from(1), "client/registerCapability".to_owned(), asked).into());
    }

    /// Sends the findings of every file where they differ from what the client has.
    fn tell(&mut self) {
        let Some(open) = &mut self.dossier else { return };
        open.is_untold = false;
        let encoding = self.client.encoding;
        let work = || {
            let found = open.found();
            findings::by_file(&found, &open.buffers, &open.root, encoding)
        };
        let now = match caught(|| "the dossier cannot be checked".to_owned(), work) {
            Ok(now) => now,
            Err(bug) => return self.say(&bug.message),
        };
        let nothing = Vec::new();
        let all: BTreeSet<&InputPath> = open.told.keys().chain(now.keys()).collect();
        let news = all.into_iter().filter_map(|path| {
            let (old, new) = (open.told.get(path).unwrap_or(&nothing), now.get(path).unwrap_or(&nothing));
            let version = open.buffers.get(path).map(|buffer| buffer.version);
            let told = || json!({ "uri": open.root.uri(path), "version": version, "diagnostics": new });
            (old != new).then(told)
        });
        let news: Vec<Json> = news.collect();
        open.told = now;
        news.into_iter().for_each(|told| self.notify("textDocument/publishDiagnostics", told));
    }

    fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            "workspace/didChangeWatchedFiles" => {
                let Some(open) = &mut self.dossier else { return };
                let changes = note.params["changes"].as_array().cloned().unwrap_or_default();
                let uris = changes.iter().filter_map(|change| change["uri"].as_str());
                let paths: Vec<InputPath> = uris.filter_map(|uri| open.root.path(uri)).collect();
                paths.into_iter().for_each(|path| open.changed(path));
            }
            "textDocument/didOpen"
            | "textDocument/didChange"
            | "textDocument/didClose"
            | "textDocument/didSave" => {
                let Ok(asked) = serde_json::from_value::<Asked>(note.params) else { return };
                if self.dossier.is_none() {
                    // The client may work in a folder above.
                    file(&asked.text_document.uri).into_iter().for_each(|file| self.open(&file));
                }
                self.edited(&note.method, asked);
            }
            _ => {}
        }
    }

    /// A text was opened, changed, saved or closed.
    fn edited(&mut self, method: &str, asked: Asked) {
        let Some(open) = &mut self.dossier else { return };
        let Some(path) = open.root.path(&asked.text_document.uri) else { return };
        let version = asked.text_document.version;
        match method {
            "textDocument/didOpen" => {
                open.buffers.set(path.clone(), Buffer { version, text: asked.text_document.text.into() });
            }
            "textDocument/didChange" => {
                let Some(Buffer { text, .. }) = open.buffers.get(&path) else { return };
                let text =
                    asked.content_changes.into_iter().fold(text.to_string(), |mut text, change| match change
                        .range
                    {
                        Some(range) => {
                            let span = Text::new(&text, self.client.encoding).span(range);
                            text.replace_range(span.range(), &change.text);
                            text
                        }
                        None => change.text,
                    });
                open.buffers.set(path.clone(), Buffer { version, text: text.into() });
            }
            "textDocument/didClose" => open.buffers.close(&path),
            _ => {}
        }
        open.changed(path);
    }

    fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let what = format!("`{}` cannot be answered", request.method);
        match caught(|| what.clone(), || self.answered(&request)) {
            Ok(Ok(answer)) => Response::new_ok(id, answer),
            Ok(Err((code, why))) => Response::new_err(id, code as i32, why),
            Err(bug) => Response::new_err(id, ErrorCode::InternalError as i32, bug.message),
        }
    }

    fn answered(&mut self, request: &Request) -> Result<Json, Refused> {
        let Some(open) = &mut self.dossier else { return Ok(Json::Null) };
        let snapshot = open.snapshot();
        let found = if request.method == "textDocument/codeAction" { open.found() } else { Arc::default() };
        let open = &*open;
        let mut places = Places::new(&snapshot, &open.buffers, &open.root, self.client.encoding);
        let failed = |why: String| (ErrorCode::RequestFailed, why);
        match request.method.as_str() {
            "workspace/symbol" => {
                let words = request.params["query"].as_str().unwrap_or_default();
                return Ok(symbols::everywhere(&snapshot, words, &mut places));
            }
            "codeAction/resolve" => {
                let desk = open.desk(&self.client);
                return actions::worked_out(request.params.clone(), &open.session, &desk).map_err(failed);
            }
            _ => {}
        }
        if !request.method.starts_with("textDocument/") {
            return Err((ErrorCode::MethodNotFound, format!("`{}` is not known here", request.method)));
        }
        let asked: Asked = serde_json::from_value(request.params.clone())
            .map_err(|why| (ErrorCode::InvalidParams, why.to_string()))?;
        let Some(path) = open.root.path(&asked.text_document.uri) else { return Ok(Json::Null) };
        let Some(text) = open.buffers.text(&path) else { return Ok(Json::Null) };
        let lines = Text::new(&text, self.client.encoding);
        let at = asked.position.map_or(0, |position| lines.offset(position));
        let whole = Range { start: lines.position(0), end: lines.position(text.len()) };
        let range = asked.range.unwrap_or(whole);
        match request.method.as_str() {
            "textDocument/completion" => {
                let place =
                    complete::Place { snapshot: &snapshot, path: &path, text: &text, lines: &lines, at };
                return Ok(place.items());
            }
            "textDocument/codeAction" => {
                let desk = open.desk(&self.client);
                let place = actions::Place {
                    snapshot: &snapshot,
                    found: &found,
                    path: &path,
                    text: &text,
                    lines: &lines,
                };
                let found = actions::at(&place, range, &desk);
                // Who does not ask later is told now, of what can be done.
                let now = |action: Json| match self.client.resolves {
                    true => Some(action),
                    false => actions::worked_out(action, &open.session, &desk).ok(),
                };
                return Ok(found.into_iter().filter_map(now).collect());
            }
            "textDocument/foldingRange" => return Ok(symbols::folds(&text, &lines)),
            _ => {}
        }
        let Some(here) = Here::of(&snapshot, &path) else { return Ok(Json::Null) };
        let named = || here.named(at);
        match request.method.as_str() {
            "textDocument/hover" => Ok(here.hover(at, &lines).unwrap_or_default()),
            "textDocument/definition" => {
                let to = |(ix, _)| places.definition(&snapshot.graph, ix, here.edition());
                Ok(named().and_then(to).unwrap_or_default())
            }
            "textDocument/references" => {
                // Where nothing is named, it is the entity of the file.
                let ix = named().map_or(here.ix, |(ix, _)| ix);
                Ok(places.referrers(&snapshot.graph, ix).into())
            }
            "textDocument/documentSymbol" => Ok(symbols::outline(&here, &text, &lines)),
            "textDocument/documentLink" => Ok(symbols::links(&here, &lines, &mut places)),
            "textDocument/codeLens" => Ok(symbols::lenses(&here)),
            "textDocument/inlayHint" => Ok(symbols::hints(&here, &lines, range)),
            "textDocument/prepareRename" => {
                let answer = |(ix, span)| {
                    let id = snapshot.graph.entity(ix).id.as_str();
                    json!({ "range": lines.range(span), "placeholder": id })
                };
                Ok(named().map(answer).unwrap_or_default())
            }
            "textDocument/rename" => {
                let ix = named().map_or(here.ix, |(ix, _)| ix);
                let change = actions::renaming(snapshot.graph.entity(ix).id.as_str(), &asked.new_name);
                actions::edit_of(&change, &open.session, &open.desk(&self.client)).map_err(failed)
            }
            method => Err((ErrorCode::MethodNotFound, format!("`{method}` is not known here"))),
        }
    }
}
