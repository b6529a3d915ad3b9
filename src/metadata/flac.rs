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

/// Overwrites what a block tells, where nothing may move: comments become none, and other blocks padding. Returns
/// whether it is the last one; `None` if it is not whole.
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

/// How much of the end of a file is searched for its last frame: the longest frame that encoders write is shorter.
const LAST_FRAMES: usize = 256 << 10;

/// Whether the sound ends before the last sample that the block `STREAMINFO` counts.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let Some(info) = bytes.get(8..42) else { return false };
    let block = u64::from(u16::from_be_bytes([info[2], info[3]]));
    let total = info[14..18].iter().fold(u64::from(info[13] & 15), |sum, byte| sum << 8 | u64::from(*byte));
    let last = &bytes[bytes.len().saturating_sub(LAST_FRAMES).max(42)..];
    let starts = memchr::memchr_iter(0xff, last);
    // What only looks like a frame may count wrongly, but the last one counts right.
    let ends = starts.filter_map(|at| end_of_frame(&last[at..], block)).filter(|end| *end <= total);
    total > 0 && ends.max().is_some_and(|end| end < total)
}

/// The sample at which the frame ends that the bytes start with, if its header is whole (section 9.1).
fn end_of_frame(frame: &[u8], fixed: u64) -> Option<u64> {
    let is_variable = match frame.get(..2)? {
        [0xff, 0xf8] => false,
        [0xff, 0xf9] => true,
        _ => return None,
    };
    let codes = *frame.get(2)?;
    // The number is in the way of UTF-8, with up to seven bytes.
    let first = *frame.get(4)?;
    let length = match first.leading_ones() as usize {
        0 => 1,
        length @ 2..=7 => length,
        _ => return None,
    };
    let bits = if length == 1 { first } else { first & 0x7f_u8.checked_shr(length as u32).unwrap_or(0) };
    let rest = frame.get(5..4 + length)?;
    let number = rest.iter().fold(u64::from(bits), |sum, byte| sum << 6 | u64::from(byte & 0x3f));
    let mut at = 4 + length;
    let mut next = |count: usize| {
        let value = frame.get(at..at + count)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        at += count;
        Some(value)
    };
    let samples = match codes >> 4 {
        0 => return None,
        1 => 192,
        code @ 2..=5 => 576 << (code - 2),
        6 => next(1)? + 1,
        7 => next(2)? + 1,
        code => 256 << (code - 8),
    };
    next(match codes & 15 {
        12 => 1,
        13 | 14 => 2,
        _ => 0,
    })?;
    let is_right = crc8(frame.get(..at)?) == *frame.get(at)?;
    let start = if is_variable { number } else { number.checked_mul(fixed)? };
    is_right.then(|| start.saturating_add(samples))
}

/// The checksum of a frame's header: CRC-8 with the polynomial 0x07 (section 9.1.8).
fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ byte, |sum, _| if sum & 0x80 == 0 { sum << 1 } else { sum << 1 ^ 0x07 })
    })
}

/// The length, from the block `STREAMINFO`, which is the first (section 8.2).
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let info = bytes.get(8..42)?;
    let rate = u32::from_be_bytes([0, info[10], info[11], info[12]]) >> 4;
    let samples =
        u64::from(info[13] & 15) << 32 | u64::from(u32::from_be_bytes(info[14..18].try_into().ok()?));
    (rate > 0 && samples > 0).then(|| samples as f64 / f64::from(rate))
}
