//! Boxes: of what MP4, QuickTime, HEIF and JPEG XL files consist (ISO/IEC 14496-12, 4.2).

use std::ops::Range;

use super::be32;

#[derive(Clone, Debug)]
pub(super) struct Box {
    pub kind: [u8; 4],
    pub start: usize,
    pub body: Range<usize>,
}

/// The boxes in a range, and where the last one ends. A size of 0 means the rest at the top, and the end of the
/// list below it.
pub(super) fn boxes(bytes: &[u8], range: Range<usize>, is_top: bool) -> (Vec<Box>, usize) {
    let (mut found, mut at) = (Vec::new(), range.start);
    while let (Some(size), Some(kind)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
        let (head, size) = match size {
            0 if is_top => (8, range.end - at),
            1 => {
                let high = be32(bytes, at + 8).unwrap_or(usize::MAX);
                let low = be32(bytes, at + 12).unwrap_or(usize::MAX);
                (16, if high > 0xffff { usize::MAX } else { (high << 32) | low })
            }
            size => (8, size),
        };
        let Some(end) = at.checked_add(size).filter(|end| size >= head && *end <= range.end) else { break };
        let kind = [kind[0], kind[1], kind[2], kind[3]];
        found.push(Box { kind, start: at, body: at + head..end });
        at = end;
    }
    (found, at)
}
