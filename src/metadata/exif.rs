//! Exif: the tags that cameras write, in the directories of a TIFF (Exif 3.0, CIPA DC-008; TIFF 6.0).

use super::{Kept, Tell, Tells, iptc, xmp};

/// The largest number of directories that are read: a damaged file may lead in circles.
const MOST_DIRECTORIES: usize = 64;

pub(super) const ORIENTATION: u16 = 0x0112;
pub(super) const COPYRIGHT: u16 = 0x8298;
pub(super) const XMP: u16 = 0x02bc;
pub(super) const IPTC: u16 = 0x83bb;
pub(super) const PHOTOSHOP: u16 = 0x8649;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const INTEROPERABILITY: u16 = 0xa005;

/// A TIFF: byte order, and directories of entries.
pub(super) struct Tiff<'a> {
    pub bytes: &'a [u8],
    is_big: bool,
}

/// A directory: an address at which entries are, and what led there.
pub(super) struct Directory {
    pub kind: DirectoryKind,
    /// Where it is: the number of its entries, and behind that the entries.
    pub at: usize,
    pub entries: Vec<Entry>,
}

#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) enum DirectoryKind {
    /// The picture itself.
    Main,
    /// A later picture of the file, such as a thumbnail.
    Next,
    Exif,
    Gps,
    Interoperability,
}

/// An entry of a directory.
pub(super) struct Entry {
    pub tag: u16,
    /// Where the entry's twelve bytes are.
    pub at: usize,
    /// Where its value is.
    pub value: std::ops::Range<usize>,
}

impl<'a> Tiff<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Tiff<'a>> {
        let is_big = match bytes.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        Some(Tiff { bytes, is_big })
    }

    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        let two = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    pub(super) fn u32(&self, at: usize) -> Option<usize> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let number = if self.is_big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
        usize::try_from(number).ok()
    }

    /// The values of an entry of `SHORT`s or `LONG`s; `None` for another type, and if they are not in the file.
    pub(super) fn numbers(&self, entry: &Entry) -> Option<Vec<usize>> {
        let of = self.u16(entry.at + 2)?;
        let (starts, count) = (entry.value.clone(), self.u32(entry.at + 4)?);
        let numbers: Vec<usize> = match of {
            3 => starts.step_by(2).map(|at| self.u16(at).map(usize::from)).collect::<Option<_>>()?,
            4 => starts.step_by(4).map(|at| self.u32(at)).collect::<Option<_>>()?,
            _ => return None,
        };
        (numbers.len() == count).then_some(numbers)
    }

    /// Every directory that can be read, and whether all could be.
    pub(super) fn directories(&self) -> (Vec<Directory>, bool) {
        let (mut found, mut is_whole) = (Vec::new(), true);
        let mut seen = std::collections::BTreeSet::new();
        let mut waiting: Vec<(usize, DirectoryKind)> =
            self.u32(4).map(|at| (at, DirectoryKind::Main)).into_iter().collect();
        while let Some((at, kind)) = waiting.pop() {
            if at == 0 || !seen.insert(at) {
                continue;
            }
            let directory = if found.len() < MOST_DIRECTORIES { self.directory(at, kind) } else { None };
            let Some((directory, next)) = directory else {
                is_whole = false;
                continue;
            };
            if matches!(kind, DirectoryKind::Main | DirectoryKind::Next) {
                waiting.extend(next.map(|next| (next, DirectoryKind::Next)));
            }
            for entry in &directory.entries {
                let kind = match entry.tag {
                    EXIF => DirectoryKind::Exif,
                    GPS => DirectoryKind::Gps,
                    INTEROPERABILITY => DirectoryKind::Interoperability,
                    _ => continue,
                };
                waiting.extend(self.u32(entry.at + 8).map(|at| (at, kind)));
            }
            found.push(directory);
        }
        (found, is_whole)
    }

    fn directory(&self, at: usize, kind: DirectoryKind) -> Option<(Directory, Option<usize>)> {
        let count = usize::from(self.u16(at)?);
        let mut entries = Vec::new();
        for number in 0..count {
            let at = at + 2 + 12 * number;
            let (tag, of, count) = (self.u16(at)?, self.u16(at + 2)?, self.u32(at + 4)?);
            let size = match of {
                3 | 8 => 2,
                4 | 9 | 11 | 13 => 4,
                5 | 10 | 12 => 8,
                _ => 1,
            };
            let length = count.checked_mul(size)?;
            let start = if length <= 4 { at + 8 } else { self.u32(at + 8)? };
            let end = start.checked_add(length).filter(|end| *end <= self.bytes.len());
            // A value that is not in the file is empty.
            entries.push(Entry { tag, at, value: end.map_or(0..0, |end| start..end) });
        }
        let end = at + 2 + 12 * count;
        Some((Directory { kind, at, entries }, self.u32(end)))
    }
}

/// Reads what an Exif block tells, and what of it stays.
pub(super) fn read(block: &[u8], kept: &mut Kept, told: &mut Tells) {
    // Some programs repeat JPEG's mark in other formats.
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let Some(tiff) = Tiff::read(block) else {
        told.add(Tell::Damaged);
        return;
    };
    let (directories, is_whole) = tiff.directories();
    if !is_whole {
        told.add(Tell::Damaged);
    }
    for directory in &directories {
        match directory.kind {
            DirectoryKind::Gps if !directory.entries.is_empty() => told.add(Tell::Place),
            DirectoryKind::Next => told.add(Tell::OtherPictures),
            _ => {}
        }
        for entry in &directory.entries {
            let value = &block[entry.value.clone()];
            match entry.tag {
                ORIENTATION if directory.kind == DirectoryKind::Main => {
                    kept.orientation = tiff.u16(entry.value.start).filter(|turn| (2..=8).contains(turn));
                }
                COPYRIGHT => {
                    let text = value.strip_suffix(b"\0").unwrap_or(value);
                    kept.copyright = Some(text.to_vec()).filter(|text| text.iter().any(|c| *c > b' '));
                }
                XMP => xmp::read(value, kept, told),
                IPTC => iptc::read(value, kept, told),
                PHOTOSHOP => iptc::read_resources(value, kept, told),
                tag => tell_of(tag).into_iter().for_each(|tell| told.add(tell)),
            }
        }
    }
}

/// What a tag tells.
pub(super) fn tell_of(tag: u16) -> Option<Tell> {
    Some(match tag {
        // DocumentName, ImageDescription, PageName, TargetPrinter, UserComment, and the XP tags of Windows.
        0x010d | 0x010e | 0x011d | 0x0151 | 0x9286 | 0x9c9b | 0x9c9c | 0x9c9e | 0x9c9f => Tell::Text,
        // Make, Model, HostComputer, LensMake, LensModel, MakerNote, UniqueCameraModel.
        0x010f | 0x0110 | 0x013c | 0xa433 | 0xa434 | 0x927c | 0xc614 => Tell::Device,
        // Software, ProcessingSoftware, and the software tags of Exif 3.0.
        0x0131 | 0x000b | 0xa43c | 0xa43e => Tell::Software,
        // DateTime, its relatives, and time zones.
        0x0132 | 0x9003 | 0x9004 | 0x9010..=0x9012 | 0x9290..=0x9292 => Tell::Dates,
        // Artist, XPAuthor, CameraOwnerName, Photographer, ImageEditor.
        0x013b | 0x9c9d | 0xa430 | 0xa437 | 0xa438 => Tell::Name,
        // GeoTIFF.
        0x830e | 0x8480 | 0x8482 | 0x85d8 | 0x87af..=0x87b1 => Tell::Place,
        // ImageUniqueID, BodySerialNumber, LensSerialNumber, CameraSerialNumber.
        0xa420 | 0xa431 | 0xa435 | 0xc62f => Tell::Serial,
        _ => return None,
    })
}

/// An Exif block that says nothing.
pub(super) const EMPTY: &[u8] = b"MM\0*\0\0\0\x08\0\0\0\0\0\0";

/// An Exif block with what stays; `None` if nothing does.
pub(super) fn minimal(kept: &Kept) -> Option<Vec<u8>> {
    let count = u16::from(kept.orientation.is_some()) + u16::from(kept.copyright.is_some());
    if count == 0 {
        return None;
    }
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    block.extend(count.to_be_bytes());
    if let Some(turn) = kept.orientation {
        block.extend(ORIENTATION.to_be_bytes());
        block.extend([0, 3, 0, 0, 0, 1]);
        block.extend(turn.to_be_bytes());
        block.extend([0, 0]);
    }
    let mut after = Vec::new();
    if let Some(text) = &kept.copyright {
        let text = [text, &b"\0"[..]].concat();
        let length = u32::try_from(text.len()).ok()?;
        block.extend(COPYRIGHT.to_be_bytes());
        block.extend([0, 2]);
        block.extend(length.to_be_bytes());
        if text.len() <= 4 {
            block.extend(&text);
            block.resize(block.len() + 4 - text.len(), 0);
        } else {
            let at = u32::try_from(block.len() + 8).ok()?;
            block.extend(at.to_be_bytes());
            after = text;
        }
    }
    block.extend([0; 4]);
    block.extend(after);
    Some(block)
}
