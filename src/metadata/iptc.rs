//! IPTC's Information Interchange Model, in Photoshop's image resources (IIM 4.2; Adobe Photoshop File Formats
//! Specification).

use super::{Kept, Tell, Tells, be16, be32};

/// Before the resources, in a JPEG.
pub(super) const MARK: &[u8] = b"Photoshop 3.0\0";

/// The resource that holds the data sets.
const DATA_SETS: usize = 0x0404;

/// The copyright notice, as data sets: the mark of the encoding, if there is one, and the notice.
#[derive(Debug, Default)]
pub(super) struct Notice(Vec<u8>);

/// Reads image resources.
pub(super) fn read_resources(mut bytes: &[u8], kept: &mut Kept, told: &mut Tells) {
    while let Some(rest) = bytes.strip_prefix(b"8BIM") {
        // A name, with its length before it, filled up to an even number of bytes.
        let parsed = (|| {
            let name = usize::from(*rest.get(2)?) + 1;
            let at = 2 + name.next_multiple_of(2);
            let size = be32(rest, at)?;
            let data = rest.get(at + 4..(at + 4).checked_add(size)?)?;
            Some((be16(rest, 0)?, data, at + 4 + size.next_multiple_of(2)))
        })();
        let Some((number, data, end)) = parsed else {
            told.add(Tell::Damaged);
            return;
        };
        match number {
            DATA_SETS => read(data, kept, told),
            // Thumbnails.
            0x0409 | 0x040c => told.add(Tell::OtherPictures),
            _ => {}
        }
        bytes = rest.get(end..).unwrap_or_default();
    }
}

/// Reads data sets.
pub(super) fn read(mut bytes: &[u8], kept: &mut Kept, told: &mut Tells) {
    let mut notice = Vec::new();
    let mut has_notice = false;
    while let [0x1c, record, number, ..] = *bytes {
        let Some(length) = be16(bytes, 3).filter(|length| 5 + length <= bytes.len()) else {
            told.add(Tell::Damaged);
            break;
        };
        match (record, number) {
            (1, 90) => notice.extend(&bytes[..5 + length]),
            (2, 116) if length > 0 => {
                has_notice = true;
                notice.extend(&bytes[..5 + length]);
            }
            (2, 26 | 27 | 90 | 92 | 95 | 100 | 101) => told.add(Tell::Place),
            (2, 80 | 85 | 110 | 118 | 122) => told.add(Tell::Name),
            (1, 70 | 80) | (2, 30 | 35 | 55 | 60 | 62 | 63) => told.add(Tell::Dates),
            (2, 65 | 70) => told.add(Tell::Software),
            (2, 5 | 25 | 40 | 103 | 105 | 120) => told.add(Tell::Text),
            _ => {}
        }
        bytes = &bytes[5 + length..];
    }
    if has_notice {
        kept.notice = Notice(notice);
    }
}

/// Image resources with the notice; `None` if there is none.
pub(super) fn minimal(kept: &Kept) -> Option<Vec<u8>> {
    let Notice(notice) = &kept.notice;
    if notice.is_empty() {
        return None;
    }
    let mut block = [MARK, b"8BIM\x04\x04\0\0"].concat();
    block.extend(u32::try_from(notice.len()).ok()?.to_be_bytes());
    block.extend(notice);
    block.resize(block.len().next_multiple_of(2), 0);
    Some(block)
}
