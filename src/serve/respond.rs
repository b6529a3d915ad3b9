//! Responses → HTTP: the live script, byte ranges (RFC 9110, 14), and no caching.

use std::ops::Range;

use axum::body::Body;
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use super::answer::Made;
use super::guard::Guard;

/// The address prefix of the preview's own files.
pub(crate) const OWN: &str = "/_dossier/";

/// The part of a file to send.
#[derive(Debug, Eq, PartialEq)]
enum Part {
    /// All of it: there is no range, or none that must be respected.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// The range is beyond the end.
    Beyond,
}

/// The response to a request with these headers; `guard` is needed for pages.
pub(crate) fn respond(made: Made, method: &Method, headers: &HeaderMap, guard: Option<&Guard>) -> Response {
    let version = made.page.as_ref().map(super::answer::Version::name);
    let bytes = match (&version, guard) {
        (Some(version), Some(guard)) => {
            with_script(&made.bytes, version, guard.dossier(), guard.may_edit(headers))
        }
        _ => made.bytes,
    };
    let mut response = Response::builder()
        .header("content-type", made.media_type)
        .header("cache-control", "no-store")
        .header("accept-ranges", "bytes")
        .header("x-content-type-options", "nosniff")
        .header("cross-origin-resource-policy", "same-origin")
        .header("content-security-policy", "frame-ancestors 'self'");
    if let Some(version) = version {
        response = response.header("etag", format!("\"{version}\""));
    }
    let part =
        if made.status == 200 && *method == Method::GET { part(headers, bytes.len()) } else { Part::Whole };
    let (response, body) = match part {
        Part::Whole => (response.status(made.status), bytes),
        Part::Bytes(range) => {
            let place = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
            (response.status(206).header("content-range", place), bytes[range].to_vec())
        }
        Part::Beyond => {
            (response.status(416).header("content-range", format!("bytes */{}", bytes.len())), Vec::new())
        }
    };
    response.body(Body::from(body)).unwrap_or_default()
}

/// The page with the script that keeps it live, the only difference from a build's page.
fn with_script(html: &[u8], version: &str, dossier: &str, may_edit: bool) -> Vec<u8> {
    let desk = if may_edit { " data-desk" } else { "" };
    let script = format!(
        "<script type=\"module\" src=\"{OWN}live.js\" data-version=\"{version}\" data-dossier=\"{dossier}\"{desk}></script>\n"
    );
    let end = b"</body>";
    let at =
        html.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}

/// The requested range. Requests for several ranges get the whole file, as the standard allows.
fn part(headers: &HeaderMap, length: usize) -> Part {
    // A conditional range never matches, because files may change at any time.
    let (Some(range), None) = (headers.get("range"), headers.get("if-range")) else { return Part::Whole };
    let Some(spec) = range.to_str().ok().and_then(|range| range.strip_prefix("bytes=")) else {
        return Part::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else { return Part::Whole };
    let number = |text: &str| match text.is_empty() {
        true => Some(None),
        // A number with too many digits is beyond any end.
        false if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Some(text.parse().unwrap_or(usize::MAX)))
        }
        false => None,
    };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => {
            let last = last.unwrap_or(usize::MAX);
            match (last < first, first < length) {
                (true, _) => Part::Whole,
                (false, true) => Part::Bytes(first..last.saturating_add(1).min(length)),
                (false, false) => Part::Beyond,
            }
        }
        (Some(None), Some(Some(count))) => match count == 0 || length == 0 {
            true => Part::Beyond,
            false => Part::Bytes(length.saturating_sub(count)..length),
        },
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str) -> Part {
        let mut headers = HeaderMap::new();
        headers.insert("range", range.parse().unwrap());
        part(&headers, 10)
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(of("bytes=0-3"), Part::Bytes(0..4));
        assert_eq!(of("bytes=4-"), Part::Bytes(4..10));
        assert_eq!(of("bytes=4-99999999999999999999999"), Part::Bytes(4..10));
        assert_eq!(of("bytes=-3"), Part::Bytes(7..10));
        assert_eq!(of("bytes=-30"), Part::Bytes(0..10));
        for beyond in ["bytes=10-", "bytes=99999999999999999999999-", "bytes=-0"] {
            assert_eq!(of(beyond), Part::Beyond, "{beyond}");
        }
        for whole in ["bytes=3-2", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=-"] {
            assert_eq!(of(whole), Part::Whole, "{whole}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let html = with_script(b"<body><p>&lt;/body></p></BODY>\n</html>", "v", "d", false);
        let script = "<script type=\"module\" src=\"/_dossier/live.js\" data-version=\"v\" data-dossier=\"d\"></script>\n";
        assert_eq!(
            String::from_utf8(html).unwrap(),
            format!("<body><p>&lt;/body></p>{script}</BODY>\n</html>")
        );
        assert!(with_script(b"no body", "v", "d", false).starts_with(b"no body<script"));
    }
}
