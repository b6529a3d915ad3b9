//! A path → what a static host would answer for it, made from a snapshot.

use axum::body::Body;
use axum::response::Response;
use percent_encoding::percent_decode_str;

use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::outputs::{Content, Press};
use crate::session::Snapshot;

/// Answers a request for `path`. Findings are told when a page is asked for, not for each picture on it.
pub fn answer(snapshot: &Snapshot, path: &str, notify: &dyn Fn(&[Diagnostic])) -> Response {
    let site_path = site_path(path);
    let press = match snapshot.press() {
        Ok(press) => press,
        Err(why) => return plain(500, &words(why)),
    };
    if site_path.extension() == Some("html") {
        notify(snapshot.diagnostics());
    }
    let not_found = SitePath::from("404.html");
    match (press.find(&site_path), press.find(&not_found)) {
        (Some(content), _) => file(&press, &site_path, &content, 200),
        (None, Some(content)) => file(&press, &not_found, &content, 404),
        (None, None) => plain(404, "not found"),
    }
}

/// The file that a static host would look for.
fn site_path(path: &str) -> SitePath {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html").into(),
        false => path.into(),
    }
}

fn file(press: &Press<'_>, path: &SitePath, content: &Content, status: u16) -> Response {
    match press.bytes(content) {
        Ok(bytes) => respond(status, media_type(path), bytes.into_owned()),
        Err(diagnostic) => plain(500, &words(&[diagnostic])),
    }
}

/// A message instead of a page.
pub fn plain(status: u16, message: &str) -> Response {
    respond(status, "text/plain; charset=utf-8", message.as_bytes().to_vec())
}

fn respond(status: u16, media_type: &str, bytes: Vec<u8>) -> Response {
    Response::builder()
        .status(status)
        .header("content-type", media_type)
        .header("cache-control", "no-store")
        .header("x-content-type-options", "nosniff")
        .body(Body::from(bytes))
        .unwrap_or_default()
}

fn words(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| format!("{}\n{}\n", diagnostic.message, diagnostic.help.join("\n"));
    diagnostics.iter().map(line).collect()
}

/// The media type of a file, by its extension.
fn media_type(path: &SitePath) -> &'static str {
    match path.extension().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}
