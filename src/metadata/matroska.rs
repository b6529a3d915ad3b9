//! Matroska and WebM (RFC 9559; EBML, RFC 8794): what is told beside the recording, and how long and how large it is.
//!
//! Other elements give positions in the file, so nothing moves: what goes becomes an element of the same size that is
//! void.

use std::ops::Range;

use super::extent::Extent;
use super::{Examined, Tell, Tells, flac, ogg};

/// Elements that contain others on the way to what is read: `Segment`, `Info`, `Tracks`, `TrackEntry`, `Video`.
const PARENTS: [u32; 5] = [0x1853_8067, 0x1549_a966, 0x1654_ae6b, 0xae, 0xe0];

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114d_9b74;
const SEEK: u32 = 0x4dbb;
const SEEK_ID: u32 = 0x53ab;
const INFO: u32 = 0x1549_a966;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK_ENTRY: u32 = 0xae;
const CLUSTER: u32 = 0x1f43_b675;
const CUES: u32 = 0x1c53_bb6b;
const VOID: u32 = 0xec;
const CRC: u32 = 0xbf;
const DATE: u32 = 0x4461;
const MUXING_APP: u32 = 0x4d80;
const WRITING_APP: u32 = 0x5741;
const TRACK_TYPE: u32 = 0x83;
const TRACK_NAME: u32 = 0x536e;
const ATTACHMENT_LINK: u32 = 0x7446;
const CODEC: u32 = 0x86;
const CODEC_PRIVATE: u32 = 0x63a2;

/// What a segment needs to be played.
const OF_SEGMENT: [u32; 5] = [SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES];

/// What is in a cluster: if that does not say where it ends, these follow it as if they were beside it.
const OF_CLUSTER: [u32; 7] = [0xe7, 0xa7, 0xab, 0xa3, 0xa0, 0xaf, 0x5854];
const TIMESTAMP_SCALE: u32 = 0x2a_d7b1;
const DURATION: u32 = 0x4489;
const PIXEL_WIDTH: u32 = 0xb0;
const PIXEL_HEIGHT: u32 = 0xba;

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let mut file = File { bytes: bytes.to_vec(), removed: Tells::default(), left: Tells::default() };
    let end = file.walk(0..bytes.len(), None);
    if bytes[end..].iter().any(|byte| *byte != 0) {
        // What is not whole may be a part of the recording.
        file.left.add(Tell::Damaged);
    }
    Examined { bytes: file.bytes.into(), removed: file.removed, left: file.left }
}

/// A file that is being cleaned.
struct File {
    bytes: Vec<u8>,
    removed: Tells,
    left: Tells,
}

impl File {
    /// Cleans the elements in a range, all in `parent` (`None` at the top). Returns where the last whole one ends.
    fn walk(&mut self, within: Range<usize>, parent: Option<u32>) -> usize {
        let mut at = within.start;
        while at < within.end {
            let Some((id, body, size)) = element(&self.bytes, at) else { break };
            let end = match size {
                Some(size) => body.checked_add(size).filter(|end| *end <= within.end),
                // Streams that were recorded live do not say how long these are.
                None if id == SEGMENT => Some(within.end),
                None if id == CLUSTER => Some(body),
                None => None,
            };
            let Some(end) = end else { break };
            match (parent, id) {
                (_, VOID) => self.bytes[body..end].fill(0),
                // It would no longer be right.
                (_, CRC) => self.void(at..end),
                (None, EBML) => {}
                (None, SEGMENT) => {
                    let whole = self.walk(body..end, Some(SEGMENT));
                    if whole < end {
                        return whole;
                    }
                }
                (Some(SEGMENT), SEEK_HEAD | INFO | TRACKS) => {
                    if self.walk(body..end, Some(id)) < end {
                        self.left.add(Tell::Damaged);
                    }
                }
                (Some(SEGMENT), _) if OF_SEGMENT.contains(&id) || OF_CLUSTER.contains(&id) => {}
                (Some(SEEK_HEAD), SEEK) => {
                    let target = element(&self.bytes, body).filter(|(id, ..)| *id == SEEK_ID);
                    let target =
                        target.and_then(|(_, start, size)| self.bytes.get(start..start + size?.min(4)));
                    let target = target.map(|id| id.iter().fold(0, |id, byte| id << 8 | u32::from(*byte)));
                    if !target.is_some_and(|id| OF_SEGMENT.contains(&id)) {
                        self.void(at..end);
                    }
                }
                (Some(INFO), TIMESTAMP_SCALE | DURATION) => {}
                // They must be there, and may be empty.
                (Some(INFO), MUXING_APP | WRITING_APP) => {
                    if self.bytes[body..end].iter().any(|byte| *byte != 0) {
                        self.removed.add(Tell::Software);
                        self.bytes[body..end].fill(0);
                    }
                }
                (Some(TRACKS), TRACK_ENTRY) => self.track(body..end),
                (Some(TRACK_ENTRY), id) if ![TRACK_NAME, ATTACHMENT_LINK].contains(&id) => {}
                (Some(INFO), DATE) => {
                    self.removed.add(Tell::Dates);
                    self.void(at..end);
                }
                _ => {
                    self.removed.add(Tell::Text);
                    self.removed.add(Tell::Name);
                    self.void(at..end);
                }
            }
            at = end;
        }
        at
    }

    /// Cleans a track: its name, and the comments that its codec's headers may have.
    fn track(&mut self, within: Range<usize>) {
        let (mut codec, mut private, mut at) = (Vec::new(), None, within.start);
        while let Some((id, body, Some(size))) = element(&self.bytes, at).filter(|_| at < within.end) {
            let Some(data) = self.bytes.get(body..body.saturating_add(size)) else { break };
            match id {
                CODEC => codec = data.to_vec(),
                CODEC_PRIVATE => private = Some(body..body + size),
                // Buttons and metadata.
                TRACK_TYPE if !matches!(integer(data), Some(1 | 2 | 3 | 17)) => {
                    self.left.add(Tell::DataTrack)
                }
                _ => {}
            }
            at = body + size;
        }
        self.walk(within, Some(TRACK_ENTRY));
        let Some(private) = private else { return };
        let private = &mut self.bytes[private];
        let before = private.to_vec();
        match codec.as_slice() {
            b"A_VORBIS" | b"V_THEORA" => {
                let start: &[u8] = if codec == b"A_VORBIS" { b"\x03vorbis" } else { b"\x81theora" };
                let comments = second_of_three(private).and_then(|range| private.get_mut(range));
                if !comments.is_some_and(|packet| ogg::blank(packet, start)) {
                    self.left.add(Tell::Unread);
                }
            }
            b"A_FLAC" => {
                let mut next = Some((4, false));
                while let Some((at, false)) = next {
                    next = flac::blank(private, at);
                }
            }
            _ => {}
        }
        if before != *private {
            self.removed.add(Tell::Text);
            self.removed.add(Tell::Name);
        }
    }

    /// Makes an element void.
    fn void(&mut self, whole: Range<usize>) {
        let element = &mut self.bytes[whole];
        let length = element.len();
        element.fill(0);
        element[0] = VOID as u8;
        // Its size, in eight bytes if there is room, otherwise in one.
        match length {
            9.. => {
                element[1..9].copy_from_slice(&((length as u64 - 9) | 1 << 56).to_be_bytes());
            }
            _ => element[1] = 0x80 | (length as u8 - 2),
        }
    }
}

/// Where the second of three packets is that are laced as Xiph does: the number of packets less one, the lengths of the
/// first two in bytes of which all but the last are 255, and the packets.
fn second_of_three(private: &[u8]) -> Option<Range<usize>> {
    let mut at = 1;
    let mut lengths = [0; 2];
    for length in &mut lengths {
        loop {
            let byte = *private.get(at).filter(|_| private[0] == 2)?;
            at += 1;
            *length += usize::from(byte);
            if byte < 255 {
                break;
            }
        }
    }
    Some(at + lengths[0]..at + lengths[0] + lengths[1])
}

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
