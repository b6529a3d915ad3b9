//! FLAC (RFC 9639): how long a sound is.

/// The length, from the block `STREAMINFO`, which is the first (section 8.2).
pub(super) fn seconds(bytes: &[u8]) -> Option<f64> {
    let info = bytes.get(8..42)?;
    let rate = u32::from_be_bytes([0, info[10], info[11], info[12]]) >> 4;
    let samples =
        u64::from(info[13] & 15) << 32 | u64::from(u32::from_be_bytes(info[14..18].try_into().ok()?));
    (rate > 0 && samples > 0).then(|| samples as f64 / f64::from(rate))
}
