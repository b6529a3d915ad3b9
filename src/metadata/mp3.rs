//! MP3: tags before and behind the sound (ID3v2.4, section 3.1; ID3v1; APEv2).

use super::{Examined, Tell, Tells, le32};

/// Whether the bytes start with a frame of MPEG sound, layer III.
pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, third, ..] if third & 0xf0 != 0xf0 && third & 0xf0 != 0)
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let mut sound = bytes;
    // Seven bits of each byte are the length.
    while let [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] = *sound {
        let length = [a, b, c, d].iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let footer = if flags & 0x10 == 0 { 0 } else { 10 };
        match sound.get(10 + length + footer..) {
            Some(rest) => sound = rest,
            None => return Examined::only(bytes, Tell::Damaged),
        }
    }
    loop {
        let before = sound.len();
        if before >= 128 && &sound[before - 128..before - 125] == b"TAG" {
            sound = &sound[..before - 128];
        }
        // Its footer says how long it is without a header, and whether there is one.
        let at = sound.len().wrapping_sub(32);
        if sound.get(at..).is_some_and(|footer| footer.starts_with(b"APETAGEX")) {
            let has_header = le32(sound, at + 20).is_some_and(|flags| flags >> 31 == 1);
            let header = if has_header { 32 } else { 0 };
            let length = le32(sound, at + 12).unwrap_or(0).saturating_add(header).max(32);
            sound = &sound[..sound.len().saturating_sub(length)];
        }
        if sound.len() == before {
            break;
        }
    }
    let mut removed = Tells::default();
    if sound.len() < bytes.len() {
        removed.add(Tell::Text);
        removed.add(Tell::Name);
    }
    Examined { bytes: sound.into(), removed, left: Tells::default() }
}
