//! Whether a file ends where its format says that it does. One that was cut off in the middle, by a download that broke
//! off, can often still be opened in part.

use memchr::memmem;

use super::{Tell, Tells, flac, mp3};

/// Whether a file of this format, told by its content, ends in the middle. `false` where its format does not say.
pub(super) fn is_cut(format: Option<&str>, bytes: &[u8], left: &Tells) -> bool {
    let last = |mark: &[u8]| memmem::rfind(bytes, mark);
    match format {
        // The end of the image is behind the last scan; a thumbnail, which is before, has both, too.
        Some("jpg") => last(b"\xff\xda").is_some_and(|scan| last(b"\xff\xd9").is_none_or(|end| end < scan)),
        Some("png") => last(b"IDAT").is_some() && last(b"IEND").is_none(),
        Some("wav" | "webp") => {
            let size = bytes.get(4..8).and_then(|size| Some(u32::from_le_bytes(size.try_into().ok()?)));
            // A recorder that was switched off leaves these.
            let is_known = |size: &u32| !matches!(*size, 0 | u32::MAX);
            size.filter(is_known).is_some_and(|size| size as usize > bytes.len() - 8)
        }
        Some("mp4" | "m4a" | "mov" | "3gp") => boxes_are_cut(bytes),
        // Their walks tell it.
        Some("webm" | "mkv" | "gif") => left.0.contains(&Tell::Damaged),
        Some("ogg") => {
            last(b"OggS").is_some_and(|at| page_end(&bytes[at..]).is_none_or(|end| end > bytes.len() - at))
        }
        Some("mp3") => mp3::is_cut(bytes),
        Some("flac") => flac::is_cut(bytes),
        // Each revision ends with this mark (ISO 32000-1, 7.5.5).
        Some("pdf") => {
            let rest = last(b"%%EOF").map_or(bytes, |end| &bytes[end..]);
            memmem::find(rest, b" obj").is_some()
        }
        _ => false,
    }
}

/// Whether the last box of a movie is longer than what is left (ISO/IEC 14496-12, 4.2).
fn boxes_are_cut(bytes: &[u8]) -> bool {
    let mut at = 0_usize;
    while let Some(header) = bytes.get(at..at.saturating_add(8)) {
        let size = match u32::from_be_bytes([header[0], header[1], header[2], header[3]]) {
            // To the end of the file.
            0 => return false,
            1 => {
                let size = bytes.get(at + 8..at + 16).and_then(|size| size.try_into().ok());
                size.map_or(u64::MAX, u64::from_be_bytes)
            }
            size => u64::from(size),
        };
        // What has no name is no box, but something that a program appended.
        let is_box = size >= 8 && header[4..].iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
        if !is_box {
            return false;
        }
        at = usize::try_from(size).map_or(usize::MAX, |size| at.saturating_add(size));
    }
    at > bytes.len()
}

/// Where the page that the bytes start with ends (RFC 3533, 6); `None` if its head is not whole.
fn page_end(page: &[u8]) -> Option<usize> {
    let count = usize::from(*page.get(26)?);
    let lengths = page.get(27..27 + count)?;
    Some(27 + count + lengths.iter().map(|length| usize::from(*length)).sum::<usize>())
}

#[cfg(test)]
mod tests {
    use super::super::{Copied, samples};

    #[test]
    fn whole_files_are_whole() {
        for (name, bytes, _) in samples::extents() {
            assert!(!Copied::of(&bytes, false).is_cut, "{name}");
        }
    }
}
