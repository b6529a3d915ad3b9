//! Matroska and WebM (RFC 9559; EBML, RFC 8794): how long and how large a recording is.

use super::extent::Extent;

/// Elements that contain others on the way to what is read: `Segment`, `Info`, `Tracks`, `TrackEntry`, `Video`.
const PARENTS: [u32; 5] = [0x1853_8067, 0x1549_a966, 0x1654_ae6b, 0xae, 0xe0];

const CLUSTER: u32 = 0x1f43_b675;
const TIMESTAMP_SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const PIXEL_WIDTH: u32 = 0xb0;
const PIXEL_HEIGHT: u32 = 0xba;

pub(super) fn extent(bytes: &[u8]) -> Extent {
    // Nanoseconds of a unit of time.
    let (mut scale, mut length, mut width, mut height) = (1_000_000_u64, None, None, None);
    let mut at = 0;
    while let Some((id, body, size)) = element(bytes, at) {
        if id == CLUSTER {
            break;
        }
        if PARENTS.contains(&id) {
            at = body;
            continue;
        }
        // Of an element of unknown size, only parents may be.
        let Some(end) = size.and_then(|size| body.checked_add(size)).filter(|end| *end <= bytes.len()) else {
            break;
        };
        let data = &bytes[body..end];
        match id {
            TIMESTAMP_SCALE => scale = integer(data).unwrap_or(scale),
            DURATION => length = float(data),
            PIXEL_WIDTH => width = width.or(integer(data)),
            PIXEL_HEIGHT => height = height.or(integer(data)),
            _ => {}
        }
        at = end;
    }
    let pixels =
        width.zip(height).and_then(|(w, h)| Some((usize::try_from(w).ok()?, usize::try_from(h).ok()?)));
    Extent { seconds: length.map(|length| length * scale as f64 / 1e9), pixels, ..Extent::default() }
}

/// The element at a position: its id, where its body starts, and the size of the body if that is known.
fn element(bytes: &[u8], at: usize) -> Option<(u32, usize, Option<usize>)> {
    let length = bytes.get(at)?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let id = bytes.get(at..at + length)?.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let at = at + length;
    let length = bytes.get(at)?.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let digits = bytes.get(at..at + length)?;
    let mask = (1_u64 << (7 * length)) - 1;
    let size = digits.iter().fold(0, |size, byte| size << 8 | u64::from(*byte)) & mask;
    let size = if size == mask { None } else { Some(usize::try_from(size).ok()?) };
    Some((id, at + length, size))
}

fn integer(data: &[u8]) -> Option<u64> {
    (data.len() <= 8).then(|| data.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn float(data: &[u8]) -> Option<f64> {
    match data.len() {
        4 => Some(f64::from(f32::from_be_bytes(data.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(data.try_into().ok()?)),
        _ => None,
    }
}
