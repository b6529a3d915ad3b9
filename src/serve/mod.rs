//! The preview: a small web server over the session. Nothing is written.
//!
//! Each page is made from the files as they are when it is asked for, so a reload shows the last save.

mod answer;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use tokio::net::TcpListener;

use crate::base::diagnostic::Diagnostic;
use crate::session::{Options, Snapshot};
use crate::world::World;

/// How many ports after the wanted one are tried when it is in use.
const PORTS_TRIED: u16 = 20;

/// What the preview is asked for.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Where to listen.
    pub host: IpAddr,
    /// The port, and whether another will do when it is in use.
    pub port: u16,
    /// Whether another port will do when this one is in use.
    pub any_port: bool,
    /// Include drafts.
    pub drafts: bool,
}

/// Is told what was found.
type Notify = dyn Fn(&[Diagnostic]) + Send + Sync;

/// A preview's state, shared by all requests.
struct Server {
    world: Arc<dyn World>,
    options: Options,
    /// The names under which a browser may ask for it: others are a sign of DNS rebinding.
    hosts: Vec<String>,
    notify: Box<Notify>,
}

/// Serves the dossier in `world` until the process is interrupted. `started` is told the address; `notify` is told
/// what was found each time the files are read.
///
/// # Errors
/// Where no port can be opened.
pub fn serve(
    world: Arc<dyn World>,
    preview: &Preview,
    started: impl FnOnce(&str),
    notify: impl Fn(&[Diagnostic]) + Send + Sync + 'static,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().build()?;
    runtime.block_on(async {
        let listener = listen(preview).await?;
        let address = listener.local_addr()?;
        let base_url = format!("http://{address}/");
        let server = Arc::new(Server {
            world,
            options: Options { drafts: preview.drafts, base_url: Some(base_url.clone()) },
            hosts: hosts(address),
            notify: Box::new(notify),
        });
        started(&base_url);
        let router = Router::new().fallback(handle).with_state(server);
        axum::serve(listener, router).with_graceful_shutdown(interrupted()).await
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

async fn interrupted() {
    // Where the signal cannot be listened for, the system ends the process as usual.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The host names that lead here.
fn hosts(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    if !address.ip().is_loopback() {
        // Whoever listens on the network knows under which names.
        return Vec::new();
    }
    ["localhost", "127.0.0.1", "[::1]"].iter().map(|host| format!("{host}:{port}")).collect()
}

async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response {
    let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !server.hosts.is_empty() && !server.hosts.iter().any(|known| known == host) {
        return answer::plain(403, "this preview is for this computer only");
    }
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return answer::plain(405, "only GET and HEAD");
    }
    let path = request.uri().path().to_owned();
    let made = tokio::task::spawn_blocking(move || {
        let snapshot = Snapshot::take(server.world.clone(), &server.options);
        answer::answer(&snapshot, &path, &server.notify)
    });
    made.await.unwrap_or_else(|_| answer::plain(500, "the page could not be made; the terminal says why"))
}
