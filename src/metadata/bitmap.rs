//! BMP and ICO: pictures without metadata, if there is nothing in them beside the pictures (BITMAPV5HEADER and
//! ICONDIR of the Windows documentation).

use super::{Tell, Tells, le32, png, within};

/// How an icon begins.
pub(super) const ICON: &[u8] = b"\0\0\x01\0";

/// Whether a BMP has only a header, colours and pixels.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    size(bytes).is_some_and(|size| bytes.len() <= size)
}

/// The largest size that a BMP with this header can have; `None` for one that refers to a colour profile, or that is
/// compressed, so the size of its pixels is not known.
fn size(bytes: &[u8]) -> Option<usize> {
    let (start, header) = (le32(bytes, 10)?, le32(bytes, 14)?);
    let half = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let (width, height) = (le32(bytes, 18)?, le32(bytes, 22)?);
    // A negative height is that of a picture whose first row is the upper one.
    let height = usize::try_from(u32::try_from(height).ok()?.cast_signed().unsigned_abs()).ok()?;
    let (depth, compression, colours) = (half(28)?, le32(bytes, 30)?, le32(bytes, 46)?);
    let has_profile = header > 108 && matches!(bytes.get(70..74), Some(b"KNIL" | b"DEBM"));
    if !matches!(header, 40 | 52 | 56 | 108 | 124) || !matches!(compression, 0 | 3) || has_profile {
        return None;
    }
    let masks = if header == 40 && compression == 3 { 12 } else { 0 };
    let colours = if depth <= 8 && colours == 0 { 1 << depth } else { colours.min(256) };
    let row = width.checked_mul(depth)?.div_ceil(32).checked_mul(4)?;
    // Some programs write two bytes more.
    let is_without_gap = start <= 14 + header + masks + 4 * colours + 2;
    start.checked_add(row.checked_mul(height)?)?.checked_add(2).filter(|_| is_without_gap)
}

/// What an icon tells: its pictures are BMPs without their first header, or PNGs.
pub(super) fn tells_of_icon(bytes: &[u8], depth: usize) -> Tells {
    let mut tells = Tells([Tell::Unsearchable].into());
    let count = bytes.get(4..6).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
    let mut end = 6 + 16 * count;
    for entry in (0..count).map(|number| 6 + 16 * number) {
        let range = le32(bytes, entry + 12).zip(le32(bytes, entry + 8));
        let range = range.and_then(|(start, size)| Some(start..start.checked_add(size)?));
        let Some(picture) = range.clone().and_then(|range| bytes.get(range)) else {
            tells.add(Tell::Damaged);
            continue;
        };
        end = end.max(range.map_or(0, |range| range.end));
        if depth > 0 && picture.starts_with(png::SIGNATURE) {
            let inner = within(picture, depth - 1);
            tells.extend(inner.removed.with(&inner.left));
        }
    }
    if bytes.get(end..).is_some_and(|rest| rest.iter().any(|byte| *byte != 0)) {
        tells.add(Tell::Appended);
    }
    tells
}

#[cfg(test)]
mod tests {
    use super::super::{examine, samples};

    /// A picture of one pixel.
    fn bitmap() -> Vec<u8> {
        let mut file =
            b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\xff\xff\xff\xff\x01\0\x18\0".to_vec();
        file.extend([0; 24]);
        file.extend([1, 2, 3, 0]);
        file
    }

    fn icon(picture: &[u8]) -> Vec<u8> {
        let size = (picture.len() as u32).to_le_bytes();
        [b"\0\0\x01\0\x01\0", &b"\x01\x01\0\0\x01\0\x20\0"[..], &size, &[22, 0, 0, 0], picture].concat()
    }

    #[test]
    fn what_is_in_a_bitmap_beside_its_pixels_is_reported() {
        let tells = |file: &[u8]| examine(file).left.without_search().words();
        assert_eq!(tells(&bitmap()), "");
        assert_ne!(tells(&[&bitmap()[..], b"Anna"].concat()), "");
        let mut gap = bitmap();
        gap.splice(54..54, *b"Anna");
        gap[10] += 4;
        assert_ne!(tells(&gap), "");
        assert_eq!(tells(&icon(&bitmap()[14..])), "");
        assert!(tells(&icon(&samples::png())).contains("names"));
        assert!(tells(&[&icon(&bitmap()[14..])[..], b"Anna"].concat()).contains("after its end"));
    }
}
