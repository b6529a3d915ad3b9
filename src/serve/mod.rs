//! The preview: a small web server over the session. Only the desk writes files of the author's, and only if asked.
//!
//! Files change → `watch` reports what may have changed → the session updates → each open page is made again,
//! and if it differs its browser is notified and requests it → then the dossier is checked, and all browsers
//! are notified.

mod about;
mod answer;
mod bring;
mod desk;
mod edit;
mod findings;
mod guard;
mod live;
mod place;
mod publish;
mod respond;
mod routes;
mod server;
pub(crate) mod start;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::block_in_place;

pub(crate) use edit::Editor;
pub(crate) use publish::ASKED;

use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::report::Texts;
use crate::session::{Options, Session};
use crate::world::disk::DiskWorld;
use crate::world::history::History;
use guard::Guard;
use server::Server;
use watch::Watcher;

/// How many ports to try after the preferred one, before any that is free.
const PORTS_TRIED: u16 = 20;

/// The settings of a preview.
#[derive(Clone, Debug)]
pub(crate) struct Preview {
    /// The address to listen on.
    pub host: IpAddr,
    pub port: u16,
    /// Whether another port may be used if this one is taken.
    pub any_port: bool,
    /// Whether to show drafts, and files under embargo.
    pub drafts: bool,
    /// The day as of which to show the dossier.
    pub as_of: Option<Day>,
    /// Whether to poll for changes, because a network folder may not report them.
    pub poll: bool,
    /// The editor from the environment.
    pub editor: Option<Editor>,
    /// Whether the files can be edited in the browser.
    pub editable: bool,
}

/// News for the caller that started the preview.
pub(crate) enum News<'a> {
    /// It listens at this address. With the second, which is for the author alone, a browser can edit.
    Started(&'a str, Option<&'a str>),
    /// Files changed, and were read.
    Changed {
        /// The files that may have changed; empty if it may be any.
        files: Vec<InputPath>,
        /// From the first hint until pages could be made.
        took: Duration,
    },
    /// A browser has the changed page.
    Shown {
        /// The path of the page.
        page: &'a str,
        /// From the first hint.
        took: Duration,
    },
    /// The dossier was checked.
    Checked(&'a [Diagnostic], &'a Texts),
    /// A message for the user.
    Notice(&'a str),
}

/// Receives the news, from any thread.
pub(crate) type Tell = dyn Fn(News<'_>) + Send + Sync;

/// Serves the dossier in `world` until the process is interrupted.
///
/// # Errors
/// If no port can be opened.
pub(crate) fn serve(
    world: Arc<DiskWorld>,
    preview: &Preview,
    tell: impl Fn(News<'_>) + Send + Sync + 'static,
) -> io::Result<()> {
    runtime()?.block_on(async {
        let (listener, server) = open(world, preview, Box::new(tell)).await?;
        run(listener, server).await
    })
}

fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().enable_time().build()
}

/// Opens a port, reads the dossier, and starts the threads.
async fn open(
    world: Arc<DiskWorld>,
    preview: &Preview,
    tell: Box<Tell>,
) -> io::Result<(TcpListener, Arc<Server>)> {
    let listener = listen(preview).await?;
    let address = listener.local_addr()?;
    let base_url = base_url(address);
    let key = if preview.editable { Some(new_key()?) } else { None };
    // What is half done is taken back before anything is read.
    let recovered = if preview.editable { History::of(world.real()).recover() } else { Ok(None) };
    // Watching starts first, so files that change during the first read are read again.
    let documents = crate::config::read(&*world, None).value.documents;
    let watcher = Watcher::start(&world, preview.poll, documents);
    let options = Options {
        drafts: preview.drafts,
        base_url: Some(base_url.clone()),
        as_of: preview.as_of,
        redact: true,
        signed: false,
    };
    let session = block_in_place(|| Session::open(world.clone(), options.clone()));
    let guard = Guard::of(address, key, world.real());
    let server = Arc::new(Server::new(world, session.snapshot(), guard, preview, tell));
    server.tell(News::Started(&base_url, server.guard.address_for_editing(&base_url).as_deref()));
    match recovered {
        Ok(None) => {}
        Ok(Some(made)) => {
            let what = made.what["of"].as_str().unwrap_or_default();
            let words = format!("a change of “{what}” had been interrupted; it was taken back");
            server.tell(News::Notice(&words));
        }
        Err(why) => {
            let words = format!("a change had been interrupted, and cannot be taken back: {why}");
            server.tell(News::Notice(&words));
        }
    }
    server::start(&server, session, options, watcher);
    Ok((listener, server))
}

/// Answers until the process is interrupted.
async fn run(listener: TcpListener, server: Arc<Server>) -> io::Result<()> {
    let service = routes::router(server.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let ended = async move {
        interrupted().await;
        server.close();
    };
    axum::serve(listener, service).with_graceful_shutdown(ended).await
}

/// A key that nobody can guess.
fn new_key() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn listen(preview: &Preview) -> io::Result<TcpListener> {
    let last = if preview.any_port { preview.port.saturating_add(PORTS_TRIED) } else { preview.port };
    let mut port = preview.port;
    loop {
        match TcpListener::bind(SocketAddr::new(preview.host, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && preview.any_port && port != 0 => {
                port = 0
            }
            result => return result,
        }
    }
}

/// The address for a browser on this computer.
fn base_url(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("http://{}/", SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port())),
        false => format!("http://{address}/"),
    }
}

async fn interrupted() {
    // If the signal cannot be handled, the system ends the process as usual.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Locks a mutex even if a thread panicked while holding it: the guarded data is valid at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
