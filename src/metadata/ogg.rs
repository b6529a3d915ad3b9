//! Ogg (RFC 3533): how long a sound is, in Opus (RFC 7845) or Vorbis.

use super::le32;

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
