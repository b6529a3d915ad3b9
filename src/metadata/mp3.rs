//! MP3: tags before and behind the sound (ID3v2.4, section 3.1; ID3v1; APEv2; Lyrics3).

use super::{Examined, Tell, Tells, contains, le32};

/// Whether the bytes start with a frame of MPEG sound, layer III.
pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, third, ..] if third & 0xf0 != 0xf0 && third & 0xf0 != 0)
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let Some(mut sound) = untagged(bytes) else { return Examined::only(bytes, Tell::Damaged) };
    while let Some(length) = tag_at_end(sound) {
        sound = &sound[..sound.len() - length];
    }
    let (mut removed, mut left) = (Tells::default(), Tells::default());
    if sound.len() < bytes.len() {
        removed.add(Tell::Text);
        removed.add(Tell::Name);
    }
    let end = frames(sound).end;
    let behind = sound.get(end..).unwrap_or_default();
    // Without any frame, the sound is of a sort that is not read here.
    if end > 0 && !behind.is_empty() {
        if (0..behind.len()).any(|at| starts(&behind[at..])) {
            // There is more sound behind a gap.
            if TAGS.iter().any(|tag| contains(behind, tag)) {
                left.add(Tell::Text);
            }
        } else {
            sound = &sound[..end];
            removed.add(Tell::Appended);
        }
    }
    Examined { bytes: sound.into(), removed, left }
}

/// How tags begin or end.
const TAGS: [&[u8]; 4] = [b"APETAGEX", b"LYRICS", b"ID3", b"TAG"];

/// The number of bytes of the tag at the end of the file, if there is one: ID3v1 and its extension, APEv2, Lyrics3 in
/// both versions (id3.org/Lyrics3, id3.org/Lyrics3v2), ID3v2 with a footer.
pub(super) fn tag_at_end(sound: &[u8]) -> Option<usize> {
    let from_end = |length: usize| sound.get(sound.len().checked_sub(length)?..);
    let starts = |length: usize, mark: &[u8]| from_end(length).is_some_and(|end| end.starts_with(mark));
    if starts(128, b"TAG") {
        return Some(128);
    }
    if starts(227, b"TAG+") {
        return Some(227);
    }
    // Its footer says how long it is without a header, and whether there is one.
    if starts(32, b"APETAGEX") {
        let at = sound.len() - 32;
        let has_header = le32(sound, at + 20).is_some_and(|flags| flags >> 31 == 1);
        let header = if has_header { 32 } else { 0 };
        let length = le32(sound, at + 12).unwrap_or(0).saturating_add(header).max(32);
        return Some(length.min(sound.len()));
    }
    if starts(9, b"LYRICS200") {
        // Six digits say how long it is up to themselves.
        let digits = std::str::from_utf8(from_end(15)?.get(..6)?).ok()?;
        return Some((digits.parse::<usize>().ok()? + 15).min(sound.len()));
    }
    if starts(9, b"LYRICSEND") {
        let near = from_end(sound.len().min(5_200))?;
        return Some(near.len() - memchr::memmem::rfind(near, b"LYRICSBEGIN")?);
    }
    let footer = from_end(10).filter(|end| end.starts_with(b"3DI"))?;
    let length = footer[6..].iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
    Some((length + 20).min(sound.len()))
}

/// The file without the tags before the sound; `None` if one goes on behind its end.
pub(super) fn untagged(bytes: &[u8]) -> Option<&[u8]> {
    let mut sound = bytes;
    // Seven bits of each byte are the length.
    while let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *sound {
        let length = [a, b, c, d].iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let footer = if flags & 0x10 == 0 { 0 } else { 10 };
        sound = sound.get(10 + length + footer..)?;
    }
    Some(sound)
}

/// Kilobits per second of layer III, by the index in a frame's header: of MPEG 1, and of MPEG 2 and 2.5
/// (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3, 2.4.2.3).
const BIT_RATES: [[usize; 15]; 2] = [
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// What frames there are, one directly behind the other.
struct Frames {
    /// Where the last one ends; behind the end of the file if that is cut off.
    end: usize,
    samples: usize,
    /// Samples per second.
    rate: usize,
}

/// The length: that of all frames, which are counted, because the rate may change from one to the next.
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let Frames { samples, rate, .. } = frames(untagged(bytes)?);
    (rate > 0).then(|| samples as f64 / rate as f64)
}

/// Whether the last frame is longer than what is left.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    untagged(bytes).is_some_and(|sound| frames(sound).end > sound.len())
}

fn frames(sound: &[u8]) -> Frames {
    let mut frames = Frames { end: 0, samples: 0, rate: 0 };
    while let Some((length, samples, rate)) = sound.get(frames.end..).and_then(frame) {
        // The first frame may hold a table for seeking, and no sound.
        let head = &sound[frames.end..sound.len().min(frames.end + length.min(52))];
        let is_table = frames.end == 0
            && [&b"Xing"[..], b"Info", b"VBRI"]
                .iter()
                .any(|name| contains(head.get(4..).unwrap_or_default(), name));
        frames.samples += if is_table { 0 } else { samples };
        frames.rate = rate;
        frames.end += length.max(4);
    }
    frames
}

/// The frame at the start of the bytes: its length, its samples, and how many of them make a second.
fn frame(sound: &[u8]) -> Option<(usize, usize, usize)> {
    let header = sound.get(..4).filter(|header| starts(header))?;
    let version = header[1] >> 3 & 3;
    let is_first = version == 3;
    let kilobits = *BIT_RATES[usize::from(!is_first)].get(usize::from(header[2] >> 4))?;
    let base: usize = *[44_100, 48_000, 32_000].get(usize::from(header[2] >> 2 & 3))?;
    let rate = base
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    let samples = if is_first { 1152 } else { 576 };
    let length = samples / 8 * kilobits * 1000 / rate + usize::from(header[2] >> 1 & 1);
    Some((length, samples, rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_behind_the_sound_stays_however_they_are_stacked() {
        let sound = [&b"\xff\xfb\x90\0"[..], &[0; 413]].concat().repeat(3);
        let item = b"\x05\0\0\0\0\0\0\0Artist\0Anna6";
        let ape = |flags: u32| {
            let numbers = [2000_u32, item.len() as u32 + 32, 1, flags].map(u32::to_le_bytes).concat();
            [b"APETAGEX", &numbers[..], &[0; 8]].concat()
        };
        let ape = [ape(0xa000_0000), item.to_vec(), ape(0x8000_0000)].concat();
        let lyrics = b"LYRICSBEGININD0000200EAR00005Anna6";
        let second = [&lyrics[..], format!("{:06}", lyrics.len()).as_bytes(), b"LYRICS200"].concat();
        let first = b"LYRICSBEGINAnna6LYRICSEND".to_vec();
        let old = [&b"TAG"[..], &[b'A'; 125]].concat();
        let extended = [&b"TAG+"[..], &[b'A'; 223]].concat();
        let footed = b"ID3\x04\0\x10\0\0\0\x05Anna63DI\x04\0\x10\0\0\0\x05".to_vec();
        let tags = [&ape, &second, &first, &old, &extended, &footed];
        for a in tags {
            for b in tags {
                for c in tags {
                    let file = [&sound, a, b, c].map(Vec::as_slice).concat();
                    let clean = examine(&file);
                    assert_eq!(*clean.bytes, sound, "{}", file[sound.len()..].escape_ascii());
                    assert!(clean.left.is_empty() && !clean.removed.is_empty());
                }
            }
        }
        // What is no tag, and what is within a sound that goes on.
        assert_eq!(*examine(&[&sound[..], b"Anna6"].concat()).bytes, sound);
        let torn = [&sound[..], b"APETAGEX Anna6", &sound].concat();
        assert_eq!(*examine(&torn).bytes, torn);
        assert!(!examine(&torn).left.is_empty());
    }
}
