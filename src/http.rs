//! The one HTTP stack: what runs requests, and TLS by rustls with ring.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// What runs requests. Whoever sends any asks for one first: it also says what encrypts them.
///
/// # Errors
/// Where the system gives no threads.
pub fn runtime() -> io::Result<Runtime> {
    // Set already where two are asked for; it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Builder::new_multi_thread().worker_threads(2).enable_all().build()
}
