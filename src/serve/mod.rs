//! The preview: a small web server over the session. Nothing is written.
//!
//! Files change → `watch` says which may have → the session takes them up → each page that somebody looks at
//! is made, and where it differs its browser is told and asks for it → then the dossier is checked, and
//! everybody is told.

mod about;
mod answer;
mod edit;
mod findings;
mod guard;
mod live;
mod place;
mod respond;
mod routes;
mod server;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;

pub use edit::Editor;

use crate::base::date::Day;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::InputPath;
use crate::report::Texts;
use crate::session::{Options, Session};
use crate::world::disk::DiskWorld;
use guard::Guard;
use server::Server;
use watch::Watcher;

/// How many ports after the wanted one are tried when it is in use.
const PORTS_TRIED: u16 = 20;

/// What the preview is asked for.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Where to listen.
    pub host: IpAddr,
    /// The port.
    pub port: u16,
    /// Whether another port will do when this one is in use.
    pub any_port: bool,
    /// Show drafts, and what is under embargo.
    pub drafts: bool,
    /// Show what was known on that day.
    pub as_of: Option<Day>,
    /// Look for changes again and again, as a network's disk may not tell of them.
    pub poll: bool,
    /// The editor that the environment names.
    pub editor: Option<Editor>,
}

/// What whoever started the preview is told.
pub enum News<'a> {
    /// It answers at this address.
    Started(&'a str),
    /// Files changed, and were taken up.
    Changed {
        /// Those that were hinted at; empty where it may be any.
        files: Vec<InputPath>,
        /// From the first hint until pages could be made.
        took: Duration,
    },
    /// A browser has the changed page.
    Shown {
        /// Its path.
        page: &'a str,
        /// From the first hint.
        took: Duration,
    },
    /// Everything was checked.
    Checked(&'a [Diagnostic], &'a Texts),
    /// Something that the user has to know.
    Notice(&'a str),
}

/// Is told the news, from any thread.
type Tell = dyn Fn(News<'_>) + Send + Sync;

/// Serves the dossier in `world` until the process is interrupted.
///
/// # Errors
/// Where no port can be opened.
pub fn serve(
    world: Arc<DiskWorld>,
    preview: &Preview,
    tell: impl Fn(News<'_>) + Send + Sync + 'static,
) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = listen(preview).await?;
        let address = listener.local_addr()?;
        let base_url = base_url(address);
        // Watched first: what changes while the files are read for the first time is read again.
        let watcher = Watcher::start(&world, preview.poll);
        let options = Options {
            drafts: preview.drafts,
            base_url: Some(base_url.clone()),
            as_of: preview.as_of,
            redact: true,
        };
        let session = Session::open(world.clone(), options.clone());
        let server =
            Arc::new(Server::new(world, session.snapshot(), Guard::of(address), preview, Box::new(tell)));
        server.tell(News::Started(&base_url));
        server::start(&server, session, options, watcher);
        let service = routes::router(server.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let ended = async move {
            interrupted().await;
            server.close();
        };
        axum::serve(listener, service).with_graceful_shutdown(ended).await
    })
}

async fn listen(preview: &Preview) -> io::Result<TcpListener> {
    let last = if preview.any_port { preview.port.saturating_add(PORTS_TRIED) } else { preview.port };
    let mut port = preview.port;
    loop {
        match TcpListener::bind(SocketAddr::new(preview.host, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            result => return result,
        }
    }
}

/// Where a browser on this computer finds it.
fn base_url(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("http://{}/", SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port())),
        false => format!("http://{address}/"),
    }
}

async fn interrupted() {
    // Where the signal cannot be listened for, the system ends the process as usual.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Locks, whatever became of a thread that held it: what is guarded here is whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
