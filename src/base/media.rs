//! File formats, their media types, and cache lifetimes of a site's files.

use super::hash::Fingerprint;
use super::path::SitePath;

/// What a file is to a reader.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Sort {
    Picture,
    Video,
    Sound,
    /// A text or a table that another program opens.
    Document,
    /// What programs read: data, styles, captions, fonts.
    Data,
}

/// A file format.
#[derive(Debug)]
pub(crate) struct Format {
    /// The extension that file names are given where the program chooses them.
    pub extension: &'static str,
    /// Other extensions that it is known by.
    also: &'static [&'static str],
    /// As registered with IANA, where it is.
    pub media_type: &'static str,
    pub sort: Sort,
    /// Whether all current browsers show it as a picture, or play it.
    pub is_shown: bool,
    /// Whether every EPUB 3 reader shows it (EPUB 3.2, core media types).
    pub is_in_epub: bool,
}

impl Format {
    /// Whether it is a video or a sound.
    pub(crate) fn is_recording(&self) -> bool {
        matches!(self.sort, Sort::Video | Sort::Sound)
    }
}

const fn format(
    sort: Sort,
    is_shown: bool,
    extension: &'static str,
    also: &'static [&'static str],
    media_type: &'static str,
) -> Format {
    Format { extension, also, media_type, sort, is_shown, is_in_epub: false }
}

/// A picture that browsers show.
const fn picture_format(
    extension: &'static str,
    also: &'static [&'static str],
    media_type: &'static str,
    is_in_epub: bool,
) -> Format {
    Format { extension, also, media_type, sort: Sort::Picture, is_shown: true, is_in_epub }
}

/// A video or a sound that browsers play.
const fn played(
    sort: Sort,
    extension: &'static str,
    also: &'static [&'static str],
    media_type: &'static str,
) -> Format {
    format(sort, true, extension, also, media_type)
}

const fn document(extension: &'static str, media_type: &'static str) -> Format {
    format(Sort::Document, false, extension, &[], media_type)
}

const fn data(extension: &'static str, also: &'static [&'static str], media_type: &'static str) -> Format {
    format(Sort::Data, false, extension, also, media_type)
}

/// Every format that the program knows.
static FORMATS: [Format; 66] = [
    picture_format("apng", &[], "image/apng", false),
    picture_format("avif", &[], "image/avif", false),
    picture_format("bmp", &[], "image/bmp", false),
    picture_format("gif", &[], "image/gif", true),
    picture_format("jpg", &["jpeg"], "image/jpeg", true),
    picture_format("png", &[], "image/png", true),
    picture_format("svg", &[], "image/svg+xml", true),
    picture_format("webp", &[], "image/webp", false),
    format(Sort::Picture, false, "heic", &["heif"], "image/heic"),
    format(Sort::Picture, false, "jxl", &[], "image/jxl"),
    format(Sort::Picture, false, "tif", &["tiff"], "image/tiff"),
    format(Sort::Picture, false, "psd", &[], "image/vnd.adobe.photoshop"),
    format(Sort::Picture, false, "dng", &[], "image/x-adobe-dng"),
    played(Sort::Video, "mp4", &["m4v"], "video/mp4"),
    played(Sort::Video, "webm", &[], "video/webm"),
    format(Sort::Video, false, "mov", &["qt"], "video/quicktime"),
    format(Sort::Video, false, "avi", &[], "video/x-msvideo"),
    format(Sort::Video, false, "mkv", &[], "video/matroska"),
    format(Sort::Video, false, "ogv", &[], "video/ogg"),
    format(Sort::Video, false, "mpg", &["mpeg", "m2v", "vob"], "video/mpeg"),
    format(Sort::Video, false, "3gp", &["3gpp", "3g2"], "video/3gpp"),
    format(Sort::Video, false, "mts", &["m2ts"], "video/mp2t"),
    format(Sort::Video, false, "wmv", &["asf"], "video/x-ms-wmv"),
    format(Sort::Video, false, "flv", &["f4v"], "video/x-flv"),
    format(Sort::Video, false, "dv", &[], "video/dv"),
    played(Sort::Sound, "mp3", &[], "audio/mpeg"),
    played(Sort::Sound, "m4a", &["m4b"], "audio/mp4"),
    played(Sort::Sound, "ogg", &["oga", "opus"], "audio/ogg"),
    played(Sort::Sound, "wav", &["wave"], "audio/wav"),
    played(Sort::Sound, "flac", &[], "audio/flac"),
    played(Sort::Sound, "aac", &[], "audio/aac"),
    played(Sort::Sound, "weba", &[], "audio/webm"),
    format(Sort::Sound, false, "wma", &[], "audio/x-ms-wma"),
    format(Sort::Sound, false, "amr", &["awb"], "audio/AMR"),
    format(Sort::Sound, false, "aiff", &["aif", "aifc"], "audio/aiff"),
    format(Sort::Sound, false, "caf", &[], "audio/x-caf"),
    document("pdf", "application/pdf"),
    document("doc", "application/msword"),
    document("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    document("xls", "application/vnd.ms-excel"),
    document("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    document("ppt", "application/vnd.ms-powerpoint"),
    document("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    document("odt", "application/vnd.oasis.opendocument.text"),
    document("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    document("odp", "application/vnd.oasis.opendocument.presentation"),
    document("rtf", "application/rtf"),
    document("epub", "application/epub+zip"),
    document("txt", "text/plain; charset=utf-8"),
    document("csv", "text/csv; charset=utf-8"),
    data("html", &["htm"], "text/html; charset=utf-8"),
    data("css", &[], "text/css; charset=utf-8"),
    data("js", &["mjs"], "text/javascript; charset=utf-8"),
    data("json", &[], "application/json"),
    data("geojson", &[], "application/geo+json"),
    data("gpx", &[], "application/gpx+xml"),
    data("kml", &[], "application/vnd.google-earth.kml+xml"),
    data("jsonld", &[], "application/ld+json"),
    data("webmanifest", &[], "application/manifest+json"),
    data("wasm", &[], "application/wasm"),
    data("xml", &[], "application/xml"),
    data("bib", &[], "application/x-bibtex"),
    data("ico", &[], "image/x-icon"),
    data("woff2", &[], "font/woff2"),
    data("zip", &[], "application/zip"),
    data("vtt", &[], "text/vtt; charset=utf-8"),
];

/// The format of a file with this extension, in upper or lower case; `None` if the program does not know it.
pub(crate) fn format_of(extension: Option<&str>) -> Option<&'static Format> {
    let extension = extension?;
    let is_it = |known: &str| known.eq_ignore_ascii_case(extension);
    FORMATS.iter().find(|format| is_it(format.extension) || format.also.iter().any(|known| is_it(known)))
}

/// As [`format_of`], if browsers show the file as a picture.
pub(crate) fn picture(extension: Option<&str>) -> Option<&'static Format> {
    format_of(extension).filter(|format| format.sort == Sort::Picture && format.is_shown)
}

/// The media type of a file, from its extension.
pub(crate) fn media_type(path: &SitePath) -> &'static str {
    format_of(path.extension()).map_or("application/octet-stream", |format| format.media_type)
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
