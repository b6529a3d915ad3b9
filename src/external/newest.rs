//! Asks which version of the program is the newest.

use std::io;
use std::time::Duration;

use reqwest::{Client, StatusCode};

use crate::http;

/// The most bytes that are read: a version has fewer.
const LIMIT: usize = 64;

/// The text at `address`, of which only the beginning is read. The request says which version asks, and no more.
///
/// # Errors
/// If nothing answers, or not with a text.
pub(crate) fn newest(address: &str, patience: Duration) -> io::Result<String> {
    let agent = format!("dossier/{}", env!("CARGO_PKG_VERSION"));
    http::runtime()?.block_on(async {
        let client =
            Client::builder().user_agent(agent).timeout(patience).build().map_err(io::Error::other)?;
        let mut answer = client.get(address).send().await.map_err(io::Error::other)?;
        if answer.status() != StatusCode::OK {
            return Err(io::Error::other(format!("the answer is {}", answer.status())));
        }
        let mut text = Vec::new();
        while text.len() < LIMIT
            && let Some(bytes) = answer.chunk().await.map_err(io::Error::other)?
        {
            text.extend_from_slice(&bytes);
        }
        text.truncate(LIMIT);
        Ok(String::from_utf8_lossy(&text).into_owned())
    })
}
