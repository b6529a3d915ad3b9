//! RIFF: chunks of WebP pictures (RFC 9649) and of WAVE sounds.

use super::{Examined, Kept, Tell, Tells, exif, le32, xmp};

/// What a picture needs to be shown, and content credentials.
const OF_PICTURES: [&[u8; 4]; 8] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"C2PA"];

/// What a sound needs to be played.
const OF_SOUNDS: [&[u8; 4]; 5] = [b"fmt ", b"fact", b"data", b"cue ", b"smpl"];

/// The flags of `VP8X` that say that there is Exif and XMP.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut kept, mut removed, mut left) = (Kept::default(), Tells::default(), Tells::default());
    let is_picture = &bytes[8..12] == b"WEBP";
    let mut clean = bytes[..12].to_vec();
    let size = le32(bytes, 4).unwrap_or(0);
    let end = (size + 8).next_multiple_of(2).min(bytes.len());
    if bytes[end..].iter().any(|byte| *byte != 0) {
        removed.add(Tell::Appended);
    }
    let (mut at, mut is_cut) = (12, false);
    while at < end {
        let rest = &bytes[at..end];
        let length = le32(rest, 4).unwrap_or(usize::MAX - 9);
        // The last byte that fills a chunk up may be missing.
        let whole = (length + 8).next_multiple_of(2).min(rest.len());
        let Some(data) = rest.get(8..8 + length) else {
            is_cut = true;
            left.add(Tell::Damaged);
            clean.extend(rest);
            break;
        };
        let name = rest[..4].try_into().unwrap_or(b"    ");
        let stays = if is_picture { &OF_PICTURES[..] } else { &OF_SOUNDS[..] };
        match name {
            b"EXIF" => exif::read(data, &mut kept, &mut removed),
            b"XMP " | b"_PMX" => xmp::read(data, &mut kept, &mut removed),
            b"C2PA" => left.add(Tell::Credentials),
            b"LIST" | b"bext" | b"iXML" | b"id3 " | b"ID3 " | b"axml" => {
                removed.add(Tell::Text);
                removed.add(Tell::Name);
            }
            b"JUNK" | b"PAD " | b"FLLR" => {}
            name if !stays.contains(&name) => removed.add(Tell::Device),
            _ => {}
        }
        if is_picture && name == b"ANMF" {
            write_frame(data, &mut clean, &mut removed);
        } else if stays.contains(&name) {
            clean.extend(&rest[..whole]);
            clean.resize(clean.len().next_multiple_of(2), 0);
        }
        at += whole;
    }
    if is_picture {
        let blocks = [(b"EXIF", exif::minimal(&kept), HAS_EXIF), (b"XMP ", xmp::minimal(&kept), HAS_XMP)];
        let extended = clean.get(12..16) == Some(b"VP8X") && clean.len() > 20;
        for (name, block, flag) in blocks.into_iter().filter(|_| extended) {
            clean[20] &= !flag;
            // Behind a damaged chunk nothing would be found.
            let Some(block) = block.filter(|_| !is_cut) else { continue };
            clean[20] |= flag;
            clean.extend(name);
            clean.extend(u32::try_from(block.len()).unwrap_or(0).to_le_bytes());
            clean.extend(block);
            clean.resize(clean.len().next_multiple_of(2), 0);
        }
    }
    if let Ok(size) = u32::try_from(clean.len() - 8)
        && !is_cut
    {
        clean[4..8].copy_from_slice(&size.to_le_bytes());
    }
    Examined { bytes: clean.into(), removed, left }
}

/// What a frame of an animation needs to be shown, behind its place and duration.
const OF_FRAMES: [&[u8; 4]; 3] = [b"VP8 ", b"VP8L", b"ALPH"];

/// The length of the place and duration of a frame.
const FRAME_HEAD: usize = 16;

/// Writes a frame of an animation without the chunks in it that no program reads.
fn write_frame(data: &[u8], clean: &mut Vec<u8>, removed: &mut Tells) {
    let (head, mut rest) = data.split_at(FRAME_HEAD.min(data.len()));
    let mut frame = head.to_vec();
    while let (Some(name), Some(length)) = (rest.first_chunk::<4>(), le32(rest, 4)) {
        let end = length.saturating_add(8).min(rest.len());
        if OF_FRAMES.contains(&name) {
            frame.extend(&rest[..end]);
            frame.resize(frame.len().next_multiple_of(2), 0);
        } else {
            removed.add(Tell::Device);
        }
        rest = rest.get(end.next_multiple_of(2)..).unwrap_or_default();
    }
    if !rest.is_empty() {
        removed.add(Tell::Appended);
    }
    clean.extend(b"ANMF");
    clean.extend(u32::try_from(frame.len()).unwrap_or(0).to_le_bytes());
    clean.extend(frame);
}

/// A picture without its pixels, or a sound without its samples.
pub(super) fn without_content(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut at = 12;
    while let (Some(name), Some(length)) = (bytes.get(at..at + 4), le32(bytes, at + 4)) {
        let end = (at + 8).saturating_add(length).min(bytes.len());
        if !matches!(name, b"VP8 " | b"VP8L" | b"ALPH" | b"ANMF" | b"data" | b"ICCP") {
            plain.extend(&bytes[at..end]);
        }
        at = end.next_multiple_of(2);
    }
    plain.extend(bytes.get(at..).unwrap_or_default());
    plain
}

/// The length of a WAVE sound: the size of its data by the bytes of a second, which `fmt ` has.
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let (mut at, mut a_second, mut size) = (12, None, None);
    while let Some(length) = le32(bytes, at + 4) {
        match bytes.get(at..at + 4)? {
            b"fmt " => a_second = le32(bytes, at + 16),
            // What a recorder that was cut off did not fill in is the rest.
            b"data" => size = Some(length.min(bytes.len() - (at + 8).min(bytes.len()))),
            _ => {}
        }
        at = at.checked_add(8)?.checked_add(length)?.checked_next_multiple_of(2)?;
    }
    a_second.filter(|bytes| *bytes > 0).zip(size).map(|(a_second, size)| size as f64 / a_second as f64)
}
