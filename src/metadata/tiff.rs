//! TIFF pictures: directories of entries that lead to the picture's strips (TIFF 6.0). As in [`super::bmff`], nothing
//! moves: entries that showing the picture does not need leave their directory, and all that nothing leads to any more
//! is overwritten.

use std::ops::Range;

use super::exif::{COPYRIGHT, Directory, DirectoryKind, Entry, ORIENTATION, Tiff, read};
use super::{Examined, Kept, Tell, Tells};

const SUBFILE_TYPE: u16 = 0x00fe;

/// What showing a picture needs, without what leads to its data: size, encoding, colours, resolution, the number of the
/// page (TIFF 6.0; its supplements 1 and 2), the colour profile (ICC.1), the parameters of LERC; and the copyright.
const STAYS: [u16; 50] = [
    SUBFILE_TYPE,
    0x00ff,
    0x0100,
    0x0101,
    0x0102,
    0x0103,
    0x0106,
    0x0107,
    0x0108,
    0x0109,
    0x010a,
    ORIENTATION,
    0x0115,
    0x0116,
    0x0118,
    0x0119,
    0x011a,
    0x011b,
    0x011c,
    0x0122,
    0x0123,
    0x0124,
    0x0125,
    0x0128,
    0x0129,
    0x012d,
    0x013d,
    0x013e,
    0x013f,
    0x0140,
    0x0141,
    0x0142,
    0x0143,
    0x014c,
    0x014e,
    0x0150,
    0x0152,
    0x0153,
    0x0154,
    0x0155,
    0x0156,
    0x015a,
    0x015b,
    0x0211,
    0x0212,
    0x0213,
    0x0214,
    0x8773,
    COPYRIGHT,
    0xc5f2,
];

/// Where the data is, and how long each part is: strips, tiles, and a JPEG of an old sort.
const DATA: [(u16, u16); 3] = [(0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202)];

/// Tables that JPEG of an old sort has somewhere in the file: `JPEGQTables`, `JPEGDCTables`, `JPEGACTables`.
const OLD_TABLES: [u16; 3] = [0x0207, 0x0208, 0x0209];

/// Tags of raw pictures: `SubIFDs`, `DNGVersion`. Programs for these need what cameras write.
const RAW: [u16; 2] = [0x014a, 0xc612];

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let Some(tiff) = Tiff::read(bytes).filter(|tiff| tiff.bytes.len() >= 8) else {
        return Examined::only(bytes, Tell::Damaged);
    };
    let mut told = Tells::default();
    read(bytes, &mut Kept::default(), &mut told);
    let (directories, is_whole) = tiff.directories();
    let mut entries = directories.iter().flat_map(|directory| &directory.entries);
    let is_raw = entries.any(|entry| RAW.contains(&entry.tag)) || bytes.get(8..10) == Some(b"CR");
    let data: Option<Vec<Range<usize>>> =
        directories.iter().map(|one| data_of(&tiff, one)).collect::<Option<Vec<_>>>().map(|all| all.concat());
    let (true, false, Some(data)) = (is_whole, is_raw, data) else {
        // What was recognised need not be all.
        told.add(if is_whole { Tell::Unread } else { Tell::Damaged });
        return Examined::unchanged(bytes, told);
    };
    let stays =
        |tag: u16| STAYS.contains(&tag) || DATA.iter().any(|(at, length)| [*at, *length].contains(&tag));
    // What is not copied is overwritten: values of other entries, other directories, what old versions left behind.
    let mut clean = vec![0; bytes.len()];
    let mut copy = |range: Range<usize>| clean[range.clone()].copy_from_slice(&bytes[range]);
    copy(0..8);
    data.into_iter().for_each(&mut copy);
    let is_picture = |one: &&Directory| matches!(one.kind, DirectoryKind::Main | DirectoryKind::Next);
    for directory in directories.iter().filter(is_picture) {
        // A short value is in its entry.
        let is_apart = |entry: &&Entry| entry.value.start != entry.at + 8;
        let kept = directory.entries.iter().filter(|entry| stays(entry.tag)).filter(is_apart);
        kept.for_each(|entry| copy(entry.value.clone()));
    }
    // The directories last, so that nothing is written over them.
    for directory in directories.iter().filter(is_picture) {
        let kept: Vec<&Entry> = directory.entries.iter().filter(|entry| stays(entry.tag)).collect();
        let end = directory.at + 2 + 12 * directory.entries.len();
        let count = u16::try_from(kept.len()).unwrap_or(u16::MAX);
        let count = if bytes.starts_with(b"MM") { count.to_be_bytes() } else { count.to_le_bytes() };
        let next = bytes.get(end..end + 4).unwrap_or(&[0; 4]);
        let entries = kept.iter().flat_map(|entry| &bytes[entry.at..entry.at + 12]);
        let table: Vec<u8> = count.iter().chain(entries).chain(next).copied().collect();
        let room = clean.len().min(directory.at + table.len());
        clean[directory.at..room].copy_from_slice(&table[..room - directory.at]);
    }
    let mut removed = Tells::default();
    if clean != bytes {
        removed.add(Tell::Text);
    }
    // Further pictures of the file are its pages, but a smaller one may show what was cut off the picture.
    let is_page = |tell: &Tell| *tell != Tell::OtherPictures;
    removed.extend(Tells(told.0.into_iter().filter(is_page).collect()));
    let mut left = Tells::default();
    if directories.iter().any(|one| one.kind == DirectoryKind::Next && is_smaller(&tiff, one)) {
        left.add(Tell::OtherPictures);
    }
    Examined { bytes: clean.into(), removed, left }
}

/// Where the data of the picture of a directory is. `None` if some of it cannot be found.
fn data_of(tiff: &Tiff<'_>, directory: &Directory) -> Option<Vec<Range<usize>>> {
    let entry = |tag: u16| directory.entries.iter().find(|entry| entry.tag == tag);
    let mut found = Vec::new();
    for (starts, lengths) in DATA {
        let (starts, lengths) = match (entry(starts), entry(lengths)) {
            (None, None) => continue,
            (Some(starts), Some(lengths)) => (tiff.numbers(starts)?, tiff.numbers(lengths)?),
            _ => return None,
        };
        if starts.len() != lengths.len() {
            return None;
        }
        for (start, length) in starts.into_iter().zip(lengths) {
            let range = start..start.checked_add(length)?;
            tiff.bytes.get(range.clone())?;
            found.push(range);
        }
    }
    OLD_TABLES.iter().all(|tag| entry(*tag).is_none()).then_some(found)
}

/// Whether a picture is a smaller version of another one of the file.
fn is_smaller(tiff: &Tiff<'_>, directory: &Directory) -> bool {
    let entry = directory.entries.iter().find(|entry| entry.tag == SUBFILE_TYPE);
    entry.and_then(|entry| tiff.numbers(entry)).is_some_and(|kind| kind.iter().any(|bits| bits & 1 == 1))
}
