//! The HTTP stack: the runtime for requests, and TLS by rustls with ring.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// The runtime for requests. Callers create it before any request, because it also installs the TLS provider.
///
/// # Errors
/// If the system cannot create threads.
pub(crate) fn runtime() -> io::Result<Runtime> {
    // An error only means that the same provider is already installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Builder::new_multi_thread().worker_threads(2).enable_all().build()
}
