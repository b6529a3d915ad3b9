//! GIF: blocks, whose data is in sub-blocks (GIF89a specification).

use super::{Examined, Kept, Tell, Tells, lzw, xmp};

/// The extensions of applications in which browsers read how often to repeat the animation.
const REPEATS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

/// The extension with a colour profile.
const PROFILE: &[u8] = b"ICCRGBG1012";

/// What of a block is kept.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
enum Part {
    All,
    /// A picture, whose data may go on after its end.
    Picture,
    /// The first sub-block, if it has this length.
    First(u8),
    Nothing,
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut removed, mut left) = (Tells::default(), Tells::default());
    // The size, and a colour table if the flags say so.
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    let mut clean = bytes.get(..at).unwrap_or(bytes).to_vec();
    loop {
        let start = at;
        let (head, part) = match bytes.get(at..) {
            Some([0x3b, rest @ ..]) => {
                clean.push(0x3b);
                if rest.iter().any(|byte| *byte != 0) {
                    removed.add(Tell::Appended);
                }
                break;
            }
            Some([0x21, 0xf9, ..]) => (2, Part::First(4)),
            Some([0x21, 0xff, 11, rest @ ..]) => {
                let name = rest.get(..11).unwrap_or_default();
                if name == b"XMP DataXMP" {
                    // The packet is not in sub-blocks: its letters count as their lengths.
                    xmp::read(&rest[11..], &mut Kept::default(), &mut removed);
                }
                let part = match name {
                    PROFILE => Part::All,
                    _ if REPEATS.contains(&name) => Part::First(3),
                    _ => Part::Nothing,
                };
                (14, part)
            }
            // Comments, texts that no browser draws, and what no program knows.
            Some([0x21, _, ..]) => (2, Part::Nothing),
            Some([0x2c, rest @ ..]) => (11 + rest.get(8).map_or(0, |flags| table(*flags)), Part::Picture),
            _ => {
                left.add(Tell::Damaged);
                clean.extend(bytes.get(at..).unwrap_or_default());
                break;
            }
        };
        let blocks = at + head;
        let Some(end) = end_of_blocks(bytes, blocks) else {
            left.add(Tell::Damaged);
            clean.extend(&bytes[start..]);
            break;
        };
        let block = &bytes[start..end];
        match part {
            Part::All => clean.extend(block),
            Part::First(length) if bytes[blocks] == length => {
                let first = head + 1 + usize::from(length);
                clean.extend(&block[..first]);
                clean.push(0);
                if first + 1 < block.len() {
                    removed.add(Tell::Text);
                }
            }
            Part::First(_) | Part::Nothing => removed.add(Tell::Text),
            Part::Picture => {
                let data = data_of_blocks(&bytes[blocks..end]);
                // The byte before them is the length of the first code.
                match lzw::length(bytes[blocks - 1], &data).filter(|length| *length < data.len()) {
                    Some(length) => {
                        clean.extend(&block[..head]);
                        for block in data[..length].chunks(255) {
                            clean.push(u8::try_from(block.len()).unwrap_or(u8::MAX));
                            clean.extend(block);
                        }
                        clean.push(0);
                        removed.add(Tell::Appended);
                    }
                    None => clean.extend(block),
                }
            }
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

/// What sub-blocks contain.
fn data_of_blocks(blocks: &[u8]) -> Vec<u8> {
    let (mut data, mut rest) = (Vec::with_capacity(blocks.len()), blocks);
    while let Some((length, after)) = rest.split_first().filter(|(length, _)| **length > 0) {
        let (block, after) = after.split_at(usize::from(*length).min(after.len()));
        data.extend(block);
        rest = after;
    }
    data
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
