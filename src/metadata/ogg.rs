//! Ogg (RFC 3533): comments in Vorbis, Opus (RFC 7845), Theora, Speex and FLAC, and how long a sound is.
//!
//! Every page has its number and its checksum, so nothing moves: comments are overwritten by an empty list, and zeros.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Examined, Tell, Tells, flac, le32};

/// How a codec's first packet starts, and its second, which has the comments.
const CODECS: [(&[u8], &[u8]); 4] = [
    (b"\x01vorbis", b"\x03vorbis"),
    (b"OpusHead", b"OpusTags"),
    (b"\x80theora", b"\x81theora"),
    (b"Speex   ", b""),
];

/// A stream within the file, as far as its headers have been read.
#[derive(Default)]
struct Stream {
    /// The parts of a packet that goes on.
    parts: Vec<Range<usize>>,
    codec: Codec,
}

#[derive(Copy, Clone, Default)]
enum Codec {
    /// Its first packet has not been read.
    #[default]
    New,
    /// How its comments start.
    Comments(&'static [u8]),
    /// Blocks of FLAC follow.
    Flac,
    /// No header follows.
    Read,
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut clean, mut left) = (bytes.to_vec(), Tells::default());
    let mut streams: BTreeMap<&[u8], Stream> = BTreeMap::new();
    let (mut at, mut pages) = (0, Vec::new());
    while let Some((page, body)) = page(bytes, at) {
        pages.push(page.clone());
        let serial = &bytes[at + 14..at + 18];
        // A stream that begins, perhaps behind another of the same number.
        if bytes[at + 5] & 2 != 0 {
            streams.insert(serial, Stream::default());
        }
        let stream = streams.entry(serial).or_default();
        let mut start = body;
        for length in &bytes[at + 27..at + 27 + usize::from(bytes[at + 26])] {
            let end = start + usize::from(*length);
            if !matches!(stream.codec, Codec::Read) {
                stream.parts.push(start..end);
                if *length < 255 {
                    stream.packet(&mut clean, &mut left);
                }
            }
            start = end;
        }
        at = page.end;
    }
    let mut removed = Tells::default();
    if clean != bytes {
        removed.add(Tell::Text);
        removed.add(Tell::Name);
    }
    for page in pages {
        if clean[page.clone()] != bytes[page.clone()] {
            seal(&mut clean[page]);
        }
    }
    if at < bytes.len() {
        let is_cut = memchr::memmem::find(&bytes[at..], b"OggS").is_some();
        match is_cut || at == 0 {
            true => left.add(Tell::Damaged),
            false => {
                clean.truncate(at);
                removed.add(Tell::Appended);
            }
        }
    }
    if streams.values().any(|stream| !matches!(stream.codec, Codec::Read)) {
        left.add(Tell::Damaged);
    }
    Examined { bytes: clean.into(), removed, left }
}

impl Stream {
    /// Reads a packet of the headers that is whole, and overwrites what it tells.
    fn packet(&mut self, clean: &mut [u8], left: &mut Tells) {
        let parts = std::mem::take(&mut self.parts);
        let mut packet: Vec<u8> = parts.iter().flat_map(|part| &clean[part.clone()]).copied().collect();
        self.codec = match self.codec {
            Codec::New if packet.starts_with(b"\x7fFLAC") => Codec::Flac,
            Codec::New => match CODECS.iter().find(|(first, _)| packet.starts_with(first)) {
                Some((_, second)) => Codec::Comments(second),
                None => {
                    left.add(Tell::Unread);
                    Codec::Read
                }
            },
            Codec::Comments(start) => {
                if !blank(&mut packet, start) {
                    left.add(Tell::Damaged);
                }
                Codec::Read
            }
            Codec::Flac => match flac::blank(&mut packet, 0) {
                Some((_, false)) => Codec::Flac,
                Some((_, true)) => Codec::Read,
                None => {
                    left.add(Tell::Damaged);
                    Codec::Read
                }
            },
            Codec::Read => Codec::Read,
        };
        let mut bytes = packet.into_iter();
        for part in parts {
            clean[part].iter_mut().zip(&mut bytes).for_each(|(byte, new)| *byte = new);
        }
    }
}

/// Overwrites a packet of comments by one of the same length without any: no vendor, no comments, and Vorbis's bit for
/// its end. Whether it is one that `start` begins.
pub(super) fn blank(packet: &mut [u8], start: &[u8]) -> bool {
    if !packet.starts_with(start) || packet.len() < start.len() + 8 {
        return false;
    }
    packet[start.len()..].fill(0);
    if start == b"\x03vorbis"
        && let Some(end) = packet.get_mut(start.len() + 8)
    {
        *end = 1;
    }
    true
}

/// The page at a place, and where its body starts; `None` if it is not whole.
fn page(bytes: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let head = bytes.get(at..at.checked_add(27)?)?;
    let segments = bytes.get(at + 27..at + 27 + usize::from(head[26]))?;
    let body = at + 27 + segments.len();
    let end = body + segments.iter().map(|length| usize::from(*length)).sum::<usize>();
    (head.starts_with(b"OggS") && end <= bytes.len()).then_some((at..end, body))
}

/// Writes the checksum of a page: a CRC of 32 bits, most significant bit first, with the polynomial 0x04c11db7 (RFC
/// 3533, 6).
fn seal(page: &mut [u8]) {
    page[22..26].fill(0);
    let sum = page.iter().fold(0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _| match sum >> 31 {
            1 => sum << 1 ^ 0x04c1_1db7,
            _ => sum << 1,
        })
    });
    page[22..26].copy_from_slice(&sum.to_le_bytes());
}

/// The length: the position of the last page that has one, in samples.
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let segments = usize::from(*bytes.get(26)?);
    let head = bytes.get(27 + segments..)?;
    let (rate, skipped) = if head.starts_with(b"OpusHead") {
        // Positions count at 48 kHz, whatever the rate of the recording was.
        (48_000, u64::from(u16::from_le_bytes(head.get(10..12)?.try_into().ok()?)))
    } else if head.starts_with(b"\x01vorbis") {
        (le32(head, 12)?, 0)
    } else {
        return None;
    };
    let position = |at: usize| {
        let position = u64::from_le_bytes(bytes.get(at + 6..at + 14)?.try_into().ok()?);
        (position != u64::MAX).then_some(position)
    };
    let last = memchr::memmem::rfind_iter(bytes, b"OggS").find_map(position)?;
    (rate > 0).then(|| last.saturating_sub(skipped) as f64 / rate as f64)
}
