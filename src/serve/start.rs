//! The start page: creates a dossier, or opens one, and leads to its preview, in the same process.
//!
//! The page itself holds nothing that is the user's. What it asks for needs the key, as every edit does.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::guard::Guard;
use super::routes::{FILES, admit, blocking, for_the_author, json, own, parameter, refuse};
use super::{News, Preview, Tell, base_url, interrupted, listen, new_key, open, run, runtime};
use crate::config::{self, dossier_around};
use crate::create::examples::{self, EXAMPLES};
use crate::create::{Field, New, Refused, Start, create};
use crate::ide::scaffold::id_of;
use crate::theme;
use crate::world::disk::DiskWorld;
use crate::world::edit::SourceWriter;
use crate::world::{LARGEST_TEXT, recent};

/// The page, and its files.
const PAGE: (&str, &str, &str) = ("", "text/html; charset=utf-8", include_str!("client/start.html"));
const OWN: [(&str, &str, &str); 3] = [
    ("start.js", "text/javascript; charset=utf-8", include_str!("client/start.js")),
    ("start-words.js", "text/javascript; charset=utf-8", include_str!("client/start-words.js")),
    ("start.css", "text/css; charset=utf-8", include_str!("client/start.css")),
];

/// The maximum size of a request body, in bytes: an article in base64 is a third larger.
const LARGEST: usize = (LARGEST_TEXT as usize) / 3 * 4 + (64 << 10);

/// The folder, in the home folder, that new dossiers are suggested to go into.
const DOSSIERS: &str = "dossiers";

/// How many names are tried for a new folder.
const MOST_NAMES: usize = 100;

/// Makes what hears the news of the preview of a folder.
type Teller = dyn Fn(&Path) -> Box<Tell> + Send + Sync;

/// The state shared by all requests.
struct StartPage {
    guard: Arc<Guard>,
    /// The settings of each preview.
    preview: Preview,
    /// The address of each preview that runs, by folder. One request creates or opens at a time.
    running: Mutex<BTreeMap<PathBuf, String>>,
    teller: Box<Teller>,
}

/// What the page shows first.
#[derive(Serialize)]
struct Offer {
    recent: Vec<Recent>,
    languages: Vec<String>,
    /// The names of the examples.
    examples: Vec<&'static str>,
}

/// A dossier that was opened before.
#[derive(Serialize)]
struct Recent {
    title: String,
    folder: String,
}

/// A request for a new dossier.
#[derive(Deserialize)]
struct Wanted {
    start: Beginning,
    /// The name of the example; by default the first.
    example: Option<String>,
    folder: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    languages: Vec<String>,
    /// The pasted article, in Markdown.
    #[serde(default)]
    text: String,
    /// The dropped article.
    file: Option<Dropped>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Beginning {
    Example,
    Empty,
    Article,
}

#[derive(Deserialize)]
struct Dropped {
    name: String,
    /// In base64.
    bytes: String,
}

/// A request to open a dossier.
#[derive(Deserialize)]
struct Named {
    folder: String,
}

/// Where to go.
#[derive(Serialize)]
struct Opened {
    address: String,
    /// What was left out of the article.
    remarks: Vec<String>,
}

/// Serves the start page until the process is interrupted. `started` gets its address, with the key.
///
/// # Errors
/// If no port can be opened.
pub(crate) fn serve(
    preview: &Preview,
    started: impl FnOnce(&str),
    teller: impl Fn(&Path) -> Box<Tell> + Send + Sync + 'static,
) -> io::Result<()> {
    runtime()?.block_on(async {
        let listener = listen(preview).await?;
        let address = listener.local_addr()?;
        let guard = Arc::new(Guard::of(address, Some(new_key()?), Path::new("")));
        let page = Arc::new(StartPage {
            guard: guard.clone(),
            preview: preview.clone(),
            running: Mutex::default(),
            teller: Box::new(teller),
        });
        started(&guard.address_for_editing(&base_url(address)).unwrap_or_default());
        let service = router(page).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(interrupted()).await
    })
}

fn router(page: Arc<StartPage>) -> Router {
    let own_only = |route| for_the_author(route, &page.guard, LARGEST);
    let mut router = Router::new()
        .route("/", own(PAGE))
        .route("/_dossier/start/offer", own_only(get(offer)))
        .route("/_dossier/start/folder", own_only(get(folder)))
        .route("/_dossier/start/create", own_only(post(create_dossier)))
        .route("/_dossier/start/open", own_only(post(open_dossier)));
    for file @ (name, ..) in FILES.into_iter().chain(OWN) {
        router = router.route(&format!("/_dossier/{name}"), own(file));
    }
    router.layer(from_fn_with_state(page.guard.clone(), admit)).with_state(page)
}

async fn offer() -> Response {
    let made = blocking(|| Offer {
        // Without a list, or with one that cannot be read, there is nothing to offer.
        recent: recent::list().unwrap_or_default().iter().filter_map(|folder| known(folder)).collect(),
        languages: theme::languages().iter().map(|lang| lang.cased()).collect(),
        examples: EXAMPLES.iter().map(|example| example.name).collect(),
    });
    made.await.map_or_else(failed, |offer| json(&offer))
}

/// A dossier that is still there.
fn known(folder: &Path) -> Option<Recent> {
    if !folder.join(config::FILE).is_file() {
        return None;
    }
    let settings = config::read(&DiskWorld::open(folder).ok()?, None).value;
    let first = settings.languages.first()?;
    let title = settings.title.get(first, first).0.to_owned();
    Some(Recent { title, folder: folder.display().to_string() })
}

/// A folder for a dossier with a title.
async fn folder(uri: Uri) -> Response {
    let title = parameter(&uri, "title").unwrap_or_default();
    let suggested = blocking(move || suggested(&title)).await.flatten();
    json(&suggested.map(|folder| folder.display().to_string()))
}

/// A folder below the home folder that is not in use.
fn suggested(title: &str) -> Option<PathBuf> {
    let name = id_of(title).map_or_else(|_| "dossier".to_owned(), |id| id.as_str().to_owned());
    let above = std::env::home_dir().filter(|home| home.is_absolute())?.join(DOSSIERS);
    let names = (1..=MOST_NAMES).map(|number| match number {
        1 => name.clone(),
        number => format!("{name}-{number}"),
    });
    let mut folders = names.map(|name| above.join(name));
    folders.find(|folder| SourceWriter::at(folder).is_bare().unwrap_or(false))
}

async fn create_dossier(State(page): State<Arc<StartPage>>, body: Bytes) -> Response {
    let Ok(wanted) = serde_json::from_slice::<Wanted>(&body) else {
        return refuse(400, "expected a new dossier as JSON");
    };
    let mut running = page.running.lock().await;
    match blocking(move || created(&wanted)).await {
        Some(Ok((folder, remarks))) => answer(page.preview_of(&mut running, &folder, remarks).await),
        Some(Err(refused)) => answer(Err(refused)),
        None => failed(),
    }
}

/// Creates a dossier. Returns its folder, and remarks.
fn created(wanted: &Wanted) -> Result<(PathBuf, Vec<String>), Refused> {
    let folder = whole(&wanted.folder)?;
    let bytes = match &wanted.file {
        Some(file) => STANDARD.decode(&file.bytes).map_err(|why| {
            Refused::new(Field::Article, "", &file.name, format!("it did not arrive: {why}"))
        })?,
        None => wanted.text.as_bytes().to_vec(),
    };
    // What is pasted is Markdown.
    let name = wanted.file.as_ref().map_or("article.md", |file| &file.name);
    let start = match wanted.start {
        Beginning::Example => Start::Example(match &wanted.example {
            None => examples::first(),
            Some(name) => examples::named(name).ok_or_else(|| {
                Refused::new(Field::Article, "", name, format!("there is no example `{name}`"))
            })?,
        }),
        Beginning::Empty if wanted.title.trim().is_empty() => {
            return Err(Refused::new(Field::Title, "no-title", "", "a title is needed"));
        }
        Beginning::Empty => Start::Empty,
        Beginning::Article => Start::Article { name, bytes: &bytes },
    };
    let title = Some(wanted.title.as_str());
    let made = create(&New { folder: &folder, start, title, languages: &wanted.languages, is_vault: false });
    let made = made.map_err(|refused| match (refused.problem, &wanted.file) {
        ("no-text", Some(_)) => Refused { problem: "no-text-file", ..refused },
        _ => refused,
    })?;
    Ok((folder, made.remarks))
}

async fn open_dossier(State(page): State<Arc<StartPage>>, body: Bytes) -> Response {
    let Ok(Named { folder }) = serde_json::from_slice(&body) else {
        return refuse(400, "expected a folder as JSON");
    };
    let mut running = page.running.lock().await;
    match blocking(move || found(&folder)).await {
        Some(Ok(folder)) => answer(page.preview_of(&mut running, &folder, Vec::new()).await),
        Some(Err(refused)) => answer(Err(refused)),
        None => failed(),
    }
}

/// The dossier that a path leads to or into.
fn found(given: &str) -> Result<PathBuf, Refused> {
    let path = whole(given)?;
    let shown = path.display();
    if !path.exists() {
        return Err(Refused::new(
            Field::Folder,
            "no-folder",
            &shown,
            format!("there is no folder `{shown}`"),
        ));
    }
    dossier_around(&path).map(Path::to_owned).ok_or_else(|| {
        let why = format!("there is no `{}` in `{shown}`, so it is not a dossier", config::FILE);
        Refused::new(Field::Folder, "no-dossier", &shown, why)
    })
}

/// A path that does not depend on where the program was started: `~` is the home folder.
fn whole(given: &str) -> Result<PathBuf, Refused> {
    let given = given.trim();
    let below_home = given.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\']));
    let path = match (below_home, std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(given),
    };
    match path.is_absolute() {
        true => Ok(path),
        false => {
            let why = "write the whole path of the folder, from `/` or `~` on";
            Err(Refused::new(Field::Folder, "not-whole", given, why))
        }
    }
}

impl StartPage {
    /// The address of the preview of a dossier, which is started unless it runs.
    async fn preview_of(
        &self,
        running: &mut BTreeMap<PathBuf, String>,
        folder: &Path,
        remarks: Vec<String>,
    ) -> Result<Opened, Refused> {
        let shown = folder.display();
        let refused = |why: io::Error| {
            Refused::new(
                Field::Folder,
                "unreadable",
                shown.to_string(),
                format!("cannot open `{shown}`: {why}"),
            )
        };
        let world = Arc::new(DiskWorld::open(folder).map_err(refused)?);
        let real = world.real().to_owned();
        let tell = (self.teller)(&real);
        if let Err(why) = recent::add(&real) {
            tell(News::Notice(&format!("the start page will not list `{shown}`: {why}")));
        }
        if let Some(address) = running.get(&real) {
            return Ok(Opened { address: address.clone(), remarks });
        }
        let (listener, server) = open(world, &self.preview, tell).await.map_err(refused)?;
        let site = base_url(listener.local_addr().map_err(refused)?);
        let address = server.guard.address_for_editing(&site).unwrap_or(site);
        running.insert(real, address.clone());
        // It ends with the process, as this server does.
        tokio::spawn(run(listener, server));
        Ok(Opened { address, remarks })
    }
}

fn answer(result: Result<Opened, Refused>) -> Response {
    match result {
        Ok(opened) => json(&opened),
        Err(refused) => {
            let mut response = json(&refused);
            *response.status_mut() = axum::http::StatusCode::CONFLICT;
            response
        }
    }
}

fn failed() -> Response {
    refuse(500, "the program failed; the terminal says why")
}
