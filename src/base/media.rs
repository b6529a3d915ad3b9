//! Media types, picture formats and cache lifetimes of a site's files.

use super::hash::Fingerprint;
use super::path::SitePath;

/// A format that browsers show as a picture.
#[derive(Debug)]
pub(crate) struct PictureFormat {
    /// The extension that file names are given where the program chooses them.
    pub extension: &'static str,
    /// Other extensions that it is known by.
    also: &'static [&'static str],
    /// As registered with IANA.
    pub media_type: &'static str,
    /// Whether it has a size in pixels.
    pub is_raster: bool,
    /// Whether every EPUB 3 reader shows it (EPUB 3.2, core media types).
    pub is_in_epub: bool,
}

const fn picture_format(
    extension: &'static str,
    also: &'static [&'static str],
    media_type: &'static str,
    is_raster: bool,
    is_in_epub: bool,
) -> PictureFormat {
    PictureFormat { extension, also, media_type, is_raster, is_in_epub }
}

/// Every format of pictures that the program knows.
static PICTURE_FORMATS: [PictureFormat; 8] = [
    picture_format("apng", &[], "image/apng", true, false),
    picture_format("avif", &[], "image/avif", true, false),
    picture_format("bmp", &[], "image/bmp", true, false),
    picture_format("gif", &[], "image/gif", true, true),
    picture_format("jpg", &["jpeg"], "image/jpeg", true, true),
    picture_format("png", &[], "image/png", true, true),
    picture_format("svg", &[], "image/svg+xml", false, true),
    picture_format("webp", &[], "image/webp", true, false),
];

/// The format of the picture in a file with this extension, in upper or lower case; `None` if it is no
/// picture.
pub(crate) fn picture(extension: Option<&str>) -> Option<&'static PictureFormat> {
    let extension = extension?;
    let is_it = |known: &str| known.eq_ignore_ascii_case(extension);
    PICTURE_FORMATS
        .iter()
        .find(|format| is_it(format.extension) || format.also.iter().any(|known| is_it(known)))
}

/// The media type of a file, from its extension.
pub(crate) fn media_type(path: &SitePath) -> &'static str {
    if let Some(format) = picture(path.extension()) {
        return format.media_type;
    }
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
pub(crate) fn cache_control(path: &SitePath, hash: Fingerprint) -> &'static str {
    if path.name().contains(&format!(".{}", hash.short(8))) {
        return "public, max-age=31536000, immutable";
    }
    match path.extension().unwrap_or_default() {
        "html" | "xml" | "json" | "txt" => "public, max-age=0, must-revalidate",
        _ => "public, max-age=3600",
    }
}
