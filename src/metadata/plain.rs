//! What of a file can hold words: all but pixels, samples, glyphs and what is packed.

use std::borrow::Cow;

use super::{gif, jpeg, pdf, png, riff, searchable};

/// A file without the pixels, sounds and glyphs in it, so that words can be searched for: what is no text has every
/// word of a few letters somewhere. Empty for a format that is not read.
pub(crate) fn without_content(bytes: &[u8]) -> Cow<'_, [u8]> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        jpeg::without_content(bytes).into()
    } else if starts(png::SIGNATURE) {
        png::without_content(bytes).into()
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        gif::without_content(bytes).into()
    } else if starts(b"RIFF") && bytes.len() > 12 {
        riff::without_content(bytes).into()
    } else if pdf::is_pdf(bytes) {
        pdf_without_content(bytes).into()
    } else if searchable::is_text(bytes) {
        Cow::Borrowed(bytes)
    } else {
        Cow::Borrowed(&[])
    }
}

/// A document without its streams, but for those that are text, such as XMP. Strings in strings of binary data may be
/// encrypted; [`pdf::texts`] decodes the others.
fn pdf_without_content(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if at < done || bytes[..at].ends_with(b"end") {
            continue;
        }
        let start = at + b"stream".len();
        let end = start + pdf::end_of(&bytes[start..]);
        if !searchable::is_text(&bytes[start..end]) {
            plain.extend(&bytes[done..start]);
            done = end;
        }
    }
    plain.extend(&bytes[done..]);
    plain
}
