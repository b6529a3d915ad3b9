//! GIF: blocks, whose data is in sub-blocks (GIF89a specification).

use super::{Examined, Kept, Tell, Tells, xmp};

/// The extensions of applications that browsers read: how often to repeat the animation, and a colour profile.
const STAYS: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut removed, mut left) = (Tells::default(), Tells::default());
    // The size, and a colour table if the flags say so.
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut clean = bytes.get(..at).unwrap_or(bytes).to_vec();
    loop {
        let start = at;
        let (head, stays) = match bytes.get(at..) {
            Some([0x3b, rest @ ..]) => {
                clean.push(0x3b);
                if rest.iter().any(|byte| *byte != 0) {
                    removed.add(Tell::Appended);
                }
                break;
            }
            Some([0x21, 0xfe, ..]) => {
                removed.add(Tell::Text);
                (2, false)
            }
            Some([0x21, 0xff, 11, rest @ ..]) => {
                let name = rest.get(..11).unwrap_or_default();
                let stays = STAYS.contains(&name);
                if name == b"XMP DataXMP" {
                    // The packet is not in sub-blocks: its letters count as their lengths.
                    xmp::read(&rest[11..], &mut Kept::default(), &mut removed);
                } else if !stays {
                    removed.add(Tell::Text);
                }
                (14, stays)
            }
            Some([0x21, _, ..]) => (2, true),
            Some([0x2c, rest @ ..]) => (11 + rest.get(8).map_or(0, |flags| table(*flags)), true),
            _ => {
                left.add(Tell::Damaged);
                clean.extend(bytes.get(at..).unwrap_or_default());
                break;
            }
        };
        let Some(end) = end_of_blocks(bytes, at + head) else {
            left.add(Tell::Damaged);
            clean.extend(&bytes[start..]);
            break;
        };
        if stays {
            clean.extend(&bytes[start..end]);
        }
        at = end;
    }
    Examined { bytes: clean.into(), removed, left }
}

/// A picture without its pixels and colours.
pub(super) fn without_content(bytes: &[u8]) -> Vec<u8> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut plain = Vec::new();
    loop {
        let head = match bytes.get(at..) {
            Some([0x21, ..]) => 2,
            Some([0x2c, rest @ ..]) => 11 + rest.get(8).map_or(0, |flags| table(*flags)),
            _ => break,
        };
        let Some(end) = end_of_blocks(bytes, at + head) else { break };
        if bytes[at] == 0x21 {
            plain.extend(&bytes[at..end]);
        }
        at = end;
    }
    plain.extend(bytes.get(at..).unwrap_or_default());
    plain
}

/// Where the sub-blocks that start here end.
fn end_of_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}
