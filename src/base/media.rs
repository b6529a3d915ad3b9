//! Media types and cache lifetimes of a site's files.

use super::hash::Fingerprint;
use super::path::SitePath;

/// The media type of a file, from its extension.
pub fn media_type(path: &SitePath) -> &'static str {
    match path.extension().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "gpx" => "application/gpx+xml",
        "kml" => "application/vnd.google-earth.kml+xml",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "bib" => "application/x-bibtex",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "vtt" => "text/vtt; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The `Cache-Control` of a file (RFC 9111, RFC 8246): for ever if its name contains its fingerprint,
/// revalidation for pages and data, one hour for everything else.
pub fn cache_control(path: &SitePath, hash: Fingerprint) -> &'static str {
    if path.name().contains(&format!(".{}", hash.short(8))) {
        return "public, max-age=31536000, immutable";
    }
    match path.extension().unwrap_or_default() {
        "html" | "xml" | "json" | "txt" => "public, max-age=0, must-revalidate",
        _ => "public, max-age=3600",
    }
}
