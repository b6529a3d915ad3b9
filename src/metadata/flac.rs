//! FLAC (RFC 9639): blocks of metadata before the sound, and how long it is.

use super::mp3::tag_at_end;
use super::{Examined, Tell, Tells};

const MARK: &[u8] = b"fLaC";

/// Types of blocks (section 8.1).
const STREAM_INFO: u8 = 0;
const PADDING: u8 = 1;
const SEEK_TABLE: u8 = 3;
const COMMENT: u8 = 4;

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let mut clean = MARK.to_vec();
    let (mut at, mut header) = (MARK.len(), None);
    loop {
        let Some((kind, body, is_last)) = block(bytes, at) else {
            return Examined::only(bytes, Tell::Damaged);
        };
        if matches!(kind, STREAM_INFO | SEEK_TABLE) {
            let start = clean.len();
            clean.extend(&bytes[at..body.end]);
            clean[start] &= 0x7f;
            header = Some(start);
        }
        at = body.end;
        if is_last {
            break;
        }
    }
    let Some(header) = header else { return Examined::only(bytes, Tell::Damaged) };
    clean[header] |= 0x80;
    let mut sound = &bytes[at..];
    while let Some(length) = tag_at_end(sound) {
        sound = &sound[..sound.len() - length];
    }
    clean.extend(sound);
    let mut removed = Tells::default();
    if clean != bytes {
        removed.add(Tell::Text);
        removed.add(Tell::Name);
    }
    Examined { bytes: clean.into(), removed, left: Tells::default() }
}

/// The block at a place: its type, where its content is, and whether it is the last one.
fn block(bytes: &[u8], at: usize) -> Option<(u8, std::ops::Range<usize>, bool)> {
    let header = bytes.get(at..at.checked_add(4)?)?;
    let length = u32::from_be_bytes([0, header[1], header[2], header[3]]) as usize;
    let body = at + 4..at + 4 + length;
    bytes.get(body.clone())?;
    Some((header[0] & 0x7f, body, header[0] & 0x80 != 0))
}

/// Overwrites what a block tells, where nothing may move: comments become none, and other blocks padding. Returns whether it is
/// the last one; `None` if it is not whole.
pub(super) fn blank(bytes: &mut [u8], at: usize) -> Option<(usize, bool)> {
    let (kind, body, is_last) = block(bytes, at)?;
    if !matches!(kind, STREAM_INFO | SEEK_TABLE) {
        // An empty list of comments is eight zeros, and the place where one has to be needs one.
        if kind != COMMENT || body.len() < 8 {
            bytes[at] = bytes[at] & 0x80 | PADDING;
        }
        bytes[body.clone()].fill(0);
    }
    Some((body.end, is_last))
}

/// The length, from the block `STREAMINFO`, which is the first (section 8.2).
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let info = bytes.get(8..42)?;
    let rate = u32::from_be_bytes([0, info[10], info[11], info[12]]) >> 4;
    let samples =
        u64::from(info[13] & 15) << 32 | u64::from(u32::from_be_bytes(info[14..18].try_into().ok()?));
    (rate > 0 && samples > 0).then(|| samples as f64 / f64::from(rate))
}
