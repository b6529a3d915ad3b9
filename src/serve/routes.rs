//! Requests → responses: the site's own paths, and the preview's below `/_dossier/`.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::answer::{Answer, Made, plain};
use super::guard::{Guard, KEY};
use super::respond::respond;
use super::server::Server;
use super::{about, bring, edit, place, publish};
use crate::base::path::percent_encoded;
use crate::ide::Refusal;
use crate::ide::change::Change;
use crate::ide::form;

/// The maximum size of a request body, in bytes.
const MOST_SENT: usize = 64 << 10;

/// The maximum size of a change, in bytes: pictures are a third larger in base64.
const LARGEST_CHANGE: usize = 90 << 20;

/// The preview's own files: name, media type, content.
pub(super) const FILES: [(&str, &str, &str); 14] = [
    ("live.js", "text/javascript; charset=utf-8", include_str!("client/live.js")),
    ("panel.js", "text/javascript; charset=utf-8", include_str!("client/panel.js")),
    ("desk.js", "text/javascript; charset=utf-8", include_str!("client/desk.js")),
    ("desk-bring.js", "text/javascript; charset=utf-8", include_str!("client/desk-bring.js")),
    ("desk-form.js", "text/javascript; charset=utf-8", include_str!("client/desk-form.js")),
    ("desk-import.js", "text/javascript; charset=utf-8", include_str!("client/desk-import.js")),
    ("desk-lists.js", "text/javascript; charset=utf-8", include_str!("client/desk-lists.js")),
    ("desk-map.js", "text/javascript; charset=utf-8", include_str!("client/desk-map.js")),
    ("desk-node.js", "text/javascript; charset=utf-8", include_str!("client/desk-node.js")),
    ("desk-words.js", "text/javascript; charset=utf-8", include_str!("client/desk-words.js")),
    ("desk.css", "text/css; charset=utf-8", include_str!("client/desk.css")),
    ("world.svg", "image/svg+xml", include_str!("../../themes/default/assets/world.svg")),
    ("live.css", "text/css; charset=utf-8", include_str!("client/live.css")),
    ("idiomorph.js", "text/javascript; charset=utf-8", include_str!("client/idiomorph.esm.js")),
];

pub(crate) fn router(server: Arc<Server>) -> Router {
    let mut router = Router::new()
        .route("/_dossier/events", get(events))
        .route("/_dossier/about", get(about_page))
        .route("/_dossier/open", post(open).layer(DefaultBodyLimit::max(MOST_SENT)))
        .route(
            "/_dossier/desk/{what}",
            for_the_author(get(desk_get).post(desk_post), &server.guard, LARGEST_CHANGE),
        )
        .fallback(page);
    for file @ (name, ..) in FILES {
        router = router.route(&format!("/_dossier/{name}"), own(file));
    }
    router.layer(from_fn_with_state(server.guard.clone(), admit)).with_state(server)
}

/// Answers with one of the preview's own files.
pub(super) fn own<S: Clone + Send + Sync + 'static>(
    (_, media_type, text): (&str, &'static str, &'static str),
) -> MethodRouter<S> {
    get(move |method: Method, headers: HeaderMap| async move {
        let made = Made { status: 200, media_type, bytes: text.as_bytes().to_vec(), page: None };
        respond(made, &method, &headers, None)
    })
}

/// Rejects requests that are not allowed.
pub(super) async fn admit(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    if let Err((status, why)) = guard.admit(request.method(), request.headers()) {
        return refuse(status, why);
    }
    // The key is out of the address before any page can pass it on.
    if let Some(key) = parameter(request.uri(), KEY) {
        let location = request.uri().path().to_owned();
        return match guard.cookie(&key) {
            Some(cookie) => {
                (StatusCode::SEE_OTHER, [("set-cookie", cookie), ("location", location)]).into_response()
            }
            None => refuse(403, "this address is of an earlier preview; the terminal shows the new one"),
        };
    }
    next.run(request).await
}

/// What only a browser that may edit can ask for. Others are refused before their request is read; `largest` is the
/// size of a body, in bytes.
pub(super) fn for_the_author<S: Clone + Send + Sync + 'static>(
    route: MethodRouter<S>,
    guard: &Arc<Guard>,
    largest: usize,
) -> MethodRouter<S> {
    route.layer(DefaultBodyLimit::max(largest)).layer(from_fn_with_state(guard.clone(), admit_edit))
}

async fn admit_edit(
    State(guard): State<Arc<Guard>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match guard.admit_edit(request.headers(), peer.ip()) {
        Ok(()) => next.run(request).await,
        Err((status, why)) => refuse(status, why),
    }
}

/// A file of the site.
async fn page(State(server): State<Arc<Server>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return refuse(405, "only GET and HEAD");
    }
    let path = uri.path().to_owned();
    let is_live = headers.contains_key("x-dossier");
    let asked = server.clone();
    let answered = blocking(move || asked.answer(&path)).await;
    match answered {
        Some(Answer::File(made)) => {
            let is_page = made.page.is_some();
            let response = respond(made, &method, &headers, Some(&server.guard));
            if is_page && is_live {
                server.page_shown(uri.path());
            }
            response
        }
        Some(Answer::Folder(path)) => {
            let location = percent_encoded(&path);
            let headers = [("location", location), ("cache-control", "no-store".to_owned())];
            (StatusCode::FOUND, headers).into_response()
        }
        None => refuse(500, "the page could not be made; the terminal says why"),
    }
}

/// The events of one page, while it is open.
async fn events(State(server): State<Arc<Server>>, uri: Uri) -> Response {
    let page = parameter(&uri, "page").unwrap_or_else(|| "/".to_owned());
    let shows = parameter(&uri, "version").unwrap_or_default();
    let line = server.hub.listen(page.clone(), shows);
    let asked = server.clone();
    let version = blocking(move || asked.version(&page).map(|version| (page, version))).await.flatten();
    if let Some((page, version)) = version {
        let files: Vec<&str> = version.files.iter().map(|path| path.as_str()).collect();
        line.tell("hello", &files);
        server.hub.tell_page(&page, &version);
    }
    line.tell("findings", &*server.findings());
    line.respond()
}

/// The panel about a page.
async fn about_page(State(server): State<Arc<Server>>, uri: Uri) -> Response {
    let page = parameter(&uri, "page").unwrap_or_else(|| "/".to_owned());
    let made = blocking(move || about::about(&server.snapshot(), &page)).await.flatten();
    match made {
        Some(about) => json(&about),
        None => refuse(404, "no entity's page"),
    }
}

/// Opens a place in the editor, or tells the browser how to.
async fn open(
    State(server): State<Arc<Server>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err((status, why)) = server.guard.admit_action(&headers, peer.ip()) {
        return refuse(status, why);
    }
    let Ok(wanted) = serde_json::from_slice::<place::Wanted>(&body) else {
        return refuse(400, "expected a place as JSON");
    };
    let opened = blocking(move || {
        let snapshot = server.snapshot();
        let place = place::find(&snapshot, &wanted)?;
        Some(edit::open(&place, snapshot.config().editor, server.editor.as_ref(), &server.world))
    });
    match opened.await.flatten() {
        Some(opened) => json(&opened),
        None => refuse(404, "there is no such place"),
    }
}

/// What the desk's forms and lists need.
async fn desk_get(State(server): State<Arc<Server>>, Path(what): Path<String>, uri: Uri) -> Response {
    let answered = blocking(move || {
        let desk = server.desk.as_ref()?;
        let given = |name: &str| parameter(&uri, name);
        let lang = given("lang");
        let answer = match what.as_str() {
            "kinds" => {
                let snapshot = desk.snapshot();
                let locales = snapshot.locales();
                let locale = locales.iter().find(|locale| Some(locale.lang.as_str()) == lang.as_deref());
                let languages: Vec<&str> =
                    snapshot.graph.languages.iter().map(|lang| lang.as_str()).collect();
                let kinds = form::kinds(locale.or(locales.first())?);
                json(
                    &serde_json::json!({ "kinds": kinds, "countries": form::countries(), "languages": languages }),
                )
            }
            "form" => {
                let snapshot = desk.snapshot();
                let id =
                    given("id").or_else(|| Some(place::shown(&snapshot, &given("page")?)?.0.id.to_string()));
                json(&form::entity(&snapshot.graph, &**snapshot.world(), &id?, lang.as_deref())?)
            }
            "names" => {
                let kinds = given("kinds").unwrap_or_default();
                let kinds: Vec<&str> = kinds.split(',').filter(|kind| !kind.is_empty()).collect();
                let snapshot = desk.snapshot();
                json(&form::named(&snapshot.graph, &given("q").unwrap_or_default(), &kinds, lang.as_deref()))
            }
            "spots" => json(&form::spots(&desk.snapshot().graph, lang.as_deref())),
            "leg" => {
                let mode = given("mode").unwrap_or_default();
                json(&form::leg_line(&desk.snapshot().graph, &given("from")?, &given("to")?, &mode)?)
            }
            "block" => {
                let wanted = serde_json::from_str::<place::Wanted>(&given("at")?).ok()?;
                json(&place::block(&desk.snapshot(), &wanted)?)
            }
            "findings" => json(&desk.findings()),
            "past" => json(&desk.past()),
            "candidates" => json(&bring::candidates(&desk.snapshot(), &given("article")?)?),
            "targets" => json(&publish::targets(desk.snapshot().config())),
            _ => return None,
        };
        Some(answer)
    });
    answered.await.flatten().unwrap_or_else(|| refuse(404, "there is no such thing"))
}

/// Tries a change, makes it, undoes the last one, does it again, or leaves it out.
async fn desk_post(State(server): State<Arc<Server>>, Path(what): Path<String>, body: Bytes) -> Response {
    let answered = blocking(move || {
        let desk = server.desk.as_ref()?;
        let change = || {
            let change = serde_json::from_slice::<Change>(&body);
            change.map_err(|why| Refusal(format!("this is not a change: {why}")))
        };
        let number = server.number();
        let answer = match what.as_str() {
            "try" => change().and_then(|change| desk.tried(&change)).map(|outcome| json(&outcome)),
            "make" => change().and_then(|change| desk.made(&change)).map(|outcome| {
                if !outcome.is_nothing() {
                    server.await_after(number);
                }
                json(&outcome)
            }),
            "import" => {
                let wanted: bring::Files = serde_json::from_slice(&body).ok()?;
                bring::files(desk, &wanted).map(|told| {
                    if wanted.write {
                        server.await_after(number);
                    }
                    json(&told)
                })
            }
            "triage" => {
                let wanted = serde_json::from_slice(&body).ok()?;
                bring::decided(desk, &wanted).map(|told| {
                    server.await_after(number);
                    json(&told)
                })
            }
            "undo" | "redo" => desk.back(what == "redo").map(|past| {
                if past.is_some() {
                    server.await_after(number);
                }
                json(&past)
            }),
            "leave-out" => {
                let number = serde_json::from_slice(&body).ok()?;
                desk.leave_out(number).map(|()| json(&()))
            }
            "publish" => {
                let wanted = serde_json::from_slice(&body).ok()?;
                let said = publish::publish(server.world.real(), desk.snapshot().config(), &wanted);
                said.map_err(|why| Refusal(why.to_string())).map(|said| json(&said))
            }
            _ => return None,
        };
        Some(answer.unwrap_or_else(|Refusal(why)| refuse(409, &why)))
    });
    answered.await.flatten().unwrap_or_else(|| refuse(404, "there is no such thing"))
}

/// Runs blocking work. `None` if it panicked, which the terminal reports.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// A parameter of the query.
pub(super) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.into_iter().find(|(key, _)| *key == name)?.1;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

pub(super) fn json(value: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    let made = Made { status: 200, media_type: "application/json", bytes, page: None };
    respond(made, &Method::GET, &HeaderMap::new(), None)
}

pub(super) fn refuse(status: u16, why: &str) -> Response {
    respond(plain(status, why), &Method::GET, &HeaderMap::new(), None)
}
