//! Where the compressed data of a GIF ends (GIF89a specification, appendix F).

/// The largest number of bits of a code.
const WIDEST: u32 = 12;

/// The number of bytes up to and including the code for the end; `None` if there is none, or the data is not as it
/// should be. `first` is the number of bits of a colour.
pub(super) fn length(first: u8, data: &[u8]) -> Option<usize> {
    let colours = 1_u32.checked_shl(u32::from(first)).filter(|_| (1..=8).contains(&first))?;
    let (clear, end) = (colours, colours + 1);
    let (mut next, mut width, mut is_first) = (end + 1, u32::from(first) + 1, true);
    let (mut bits, mut count) = (0_u32, 0);
    for (at, byte) in data.iter().enumerate() {
        bits |= u32::from(*byte) << count;
        count += 8;
        while count >= width {
            let code = bits & ((1 << width) - 1);
            bits >>= width;
            count -= width;
            if code == end {
                return Some(at + 1);
            }
            if code == clear {
                (next, width, is_first) = (end + 1, u32::from(first) + 1, true);
                continue;
            }
            if code > next || (is_first && code > clear) {
                return None;
            }
            // The first code after the table was cleared adds no entry to it.
            if !std::mem::take(&mut is_first) && next < 1 << WIDEST {
                next += 1;
            }
            if next == 1 << width && width < WIDEST {
                width += 1;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes of nine bits, which is the width of the first ones of 256 colours.
    fn codes(codes: &[u32]) -> Vec<u8> {
        let bits: Vec<bool> =
            codes.iter().flat_map(|code| (0..9).map(move |bit| code >> bit & 1 == 1)).collect();
        let byte = |bits: &[bool]| bits.iter().enumerate().map(|(at, bit)| u8::from(*bit) << at).sum();
        bits.chunks(8).map(byte).collect()
    }

    #[test]
    fn the_end_is_found() {
        let picture = codes(&[256, 7, 7, 258, 257]);
        assert_eq!(length(8, &[&picture[..], b"words"].concat()), Some(picture.len()));
        assert_eq!(length(8, &codes(&[256, 7, 7])), None);
        assert_eq!(length(8, &codes(&[256, 300, 257])), None);
        assert_eq!(length(12, &picture), None);
    }
}
