//! MP3: tags before and behind the sound (ID3v2.4, section 3.1; ID3v1; APEv2).

use super::{Examined, Tell, Tells, le32};

/// Whether the bytes start with a frame of MPEG sound, layer III.
pub(super) fn starts(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfa | 0xfb | 0xf2 | 0xf3 | 0xe2 | 0xe3, third, ..] if third & 0xf0 != 0xf0 && third & 0xf0 != 0)
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let Some(mut sound) = untagged(bytes) else { return Examined::only(bytes, Tell::Damaged) };
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

/// The file without the tags before the sound; `None` if one goes on behind its end.
fn untagged(bytes: &[u8]) -> Option<&[u8]> {
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

/// The length: that of all frames, which are counted, because the rate may change from one to the next.
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let sound = untagged(bytes)?;
    let (mut at, mut samples, mut rate) = (0, 0, 0);
    while let Some(header) = sound.get(at..at + 4).filter(|header| starts(header)) {
        let version = header[1] >> 3 & 3;
        let is_first = version == 3;
        let kilobits = *BIT_RATES[usize::from(!is_first)].get(usize::from(header[2] >> 4))?;
        let base = *[44_100, 48_000, 32_000].get(usize::from(header[2] >> 2 & 3))?;
        rate = base
            >> match version {
                3 => 0,
                2 => 1,
                _ => 2,
            };
        let of_frame = if is_first { 1152 } else { 576 };
        let length = of_frame / 8 * kilobits * 1000 / rate + usize::from(header[2] >> 1 & 1);
        // The first frame may hold a table for seeking, and no sound.
        let is_table = at == 0
            && [&b"Xing"[..], b"Info", b"VBRI"].iter().any(|name| {
                sound
                    .get(4..length.min(sound.len()))
                    .is_some_and(|frame| super::contains(&frame[..frame.len().min(48)], name))
            });
        samples += if is_table { 0 } else { of_frame };
        at += length.max(4);
    }
    (rate > 0).then(|| samples as f64 / rate as f64)
}
