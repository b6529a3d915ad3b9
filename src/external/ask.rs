//! Asks one address for a short text.

use std::io;
use std::time::Duration;

use reqwest::{Client, StatusCode};

use crate::http;

/// The text at `address`, of which at most `limit` bytes are read. The request says which version of the program asks.
///
/// # Errors
/// If nothing answers, or not with a text.
pub(crate) fn ask(address: &str, limit: usize, patience: Duration) -> io::Result<String> {
    let agent = format!("dossier/{}", env!("CARGO_PKG_VERSION"));
    http::runtime()?.block_on(async {
        let client =
            Client::builder().user_agent(agent).timeout(patience).build().map_err(io::Error::other)?;
        let mut answer = client.get(address).send().await.map_err(io::Error::other)?;
        if answer.status() != StatusCode::OK {
            return Err(io::Error::other(format!("the answer is {}", answer.status())));
        }
        let mut text = Vec::new();
        while text.len() < limit
            && let Some(bytes) = answer.chunk().await.map_err(io::Error::other)?
        {
            text.extend_from_slice(&bytes);
        }
        text.truncate(limit);
        Ok(String::from_utf8_lossy(&text).into_owned())
    })
}
