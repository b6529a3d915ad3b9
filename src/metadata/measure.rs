//! Bytes of a file → its [`Extent`].

use super::extent::Extent;
use super::{bmff, flac, matroska, mp3, ogg, pages, pdf, png, riff};

/// Reads the extent of a file. What is damaged or too odd is left out.
pub(crate) fn extent(bytes: &[u8]) -> Extent {
    let format = format(bytes);
    let mut extent = match format {
        Some("mp4" | "mov" | "m4a") => bmff::extent(bytes),
        Some("mp3") => Extent { seconds: mp3::seconds(bytes), ..Extent::default() },
        Some("wav") => Extent { seconds: riff::seconds(bytes), ..Extent::default() },
        Some("ogg") => Extent { seconds: ogg::seconds(bytes), ..Extent::default() },
        Some("flac") => Extent { seconds: flac::seconds(bytes), ..Extent::default() },
        Some("webm" | "mkv") => matroska::extent(bytes),
        Some("pdf") => Extent { pages: pages::count(bytes), ..Extent::default() },
        _ => Extent::default(),
    };
    extent.format = format;
    let is_long = |seconds: &f64| seconds.is_finite() && *seconds > 0.0;
    extent.seconds = extent.seconds.filter(is_long);
    if extent.pixels.is_none() {
        extent.pixels = imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height));
    }
    extent
}

/// The usual extension of a format, by the first bytes of a file.
fn format(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let has = |at: usize, magic: &[u8]| bytes.get(at..at + magic.len()) == Some(magic);
    Some(match () {
        () if starts(b"\xff\xd8\xff") => "jpg",
        () if starts(png::SIGNATURE) => "png",
        () if starts(b"GIF8") => "gif",
        () if starts(b"RIFF") && has(8, b"WEBP") => "webp",
        () if starts(b"RIFF") && has(8, b"WAVE") => "wav",
        () if starts(b"RIFF") && has(8, b"AVI ") => "avi",
        () if has(4, b"ftyp") => match bytes.get(8..11).unwrap_or_default() {
            b"qt " => "mov",
            b"M4A" | b"M4B" => "m4a",
            b"hei" | b"hev" | b"mif" | b"msf" => "heic",
            b"avi" => "avif",
            b"3gp" | b"3g2" => "3gp",
            _ => "mp4",
        },
        () if super::is_old_movie(bytes) => "mov",
        () if starts(b"\x1a\x45\xdf\xa3") => {
            match bytes.get(..64).is_some_and(|head| super::contains(head, b"webm")) {
                true => "webm",
                false => "mkv",
            }
        }
        () if starts(b"OggS") => "ogg",
        () if starts(b"fLaC") => "flac",
        () if starts(b"ID3") || mp3::starts(bytes) => "mp3",
        () if starts(b"\xff\xf1") || starts(b"\xff\xf9") => "aac",
        () if starts(b"FORM") && (has(8, b"AIFF") || has(8, b"AIFC")) => "aiff",
        () if starts(b"#!AMR") => "amr",
        () if starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11") => "wmv",
        () if starts(b"FLV\x01") => "flv",
        () if starts(b"\0\0\x01\xba") || starts(b"\0\0\x01\xb3") => "mpg",
        () if pdf::is_pdf(bytes) => "pdf",
        () if starts(b"PK\x03\x04") => "zip",
        () if is_html(bytes) => "html",
        () => return None,
    })
}

/// Whether a file is a page, as a server sends one instead of what is gone.
fn is_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::samples;

    #[test]
    fn recordings_and_documents_say_how_long_they_are() {
        for (name, bytes, expected) in samples::extents() {
            let found = extent(&bytes);
            assert_eq!((found.format, found.seconds, found.pages, found.pixels), expected, "{name}");
        }
    }

    #[test]
    fn no_damage_ends_the_program() {
        for (_, file, _) in samples::extents() {
            for at in 0..file.len() {
                extent(&file[..at]);
                for byte in [0, 1, 0x7f, 0xff, file[at] ^ 0x80] {
                    let mut file = file.clone();
                    file[at] = byte;
                    extent(&file);
                }
            }
        }
    }

    #[test]
    fn what_is_no_recording_is_recognised() {
        for (bytes, expected) in [
            (&b""[..], None),
            (b"x", None),
            (b"\xef\xbb\xbf\n <!DOCTYPE html><title>Not found</title>", Some("html")),
            (b"<html>", Some("html")),
            (b"%PDF-1.4", Some("pdf")),
            (b"\0\0\0\x18ftypheic", Some("heic")),
            (b"\0\0\0\x18ftypqt  ", Some("mov")),
        ] {
            assert_eq!(extent(bytes).format, expected, "{}", bytes.escape_ascii());
        }
    }
}
