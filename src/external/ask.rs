//! Asks one address, for a short text or for an answer to bytes that are sent.

use std::io;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};

use crate::http;

/// The text at `address`, of which at most `limit` bytes are read. The request says which version of the program asks.
///
/// # Errors
/// If nothing answers, or not with a text.
pub(crate) fn ask(address: &str, limit: usize, patience: Duration) -> io::Result<String> {
    let text = answer(Policy::default(), |client| client.get(address), limit, patience)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// What `address` answers to `body`, which is of the media type `kind`, as [`ask`] reads it.
///
/// # Errors
/// If nothing answers, or not with success.
pub(crate) fn post(
    address: &str,
    kind: &'static str,
    body: Vec<u8>,
    limit: usize,
    patience: Duration,
) -> io::Result<Vec<u8>> {
    // Nobody but the one who is asked learns what is asked.
    answer(
        Policy::none(),
        |client| client.post(address).header(CONTENT_TYPE, kind).body(body),
        limit,
        patience,
    )
}

fn answer(
    redirects: Policy,
    question: impl FnOnce(&Client) -> RequestBuilder,
    limit: usize,
    patience: Duration,
) -> io::Result<Vec<u8>> {
    let agent = format!("dossier/{}", env!("CARGO_PKG_VERSION"));
    http::runtime()?.block_on(async {
        let client = Client::builder()
            .user_agent(agent)
            .timeout(patience)
            .redirect(redirects)
            .build()
            .map_err(io::Error::other)?;
        let mut answer = question(&client).send().await.map_err(io::Error::other)?;
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
        Ok(text)
    })
}
