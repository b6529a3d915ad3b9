//! TIFF pictures: directories of entries that lead to the picture's strips (TIFF 6.0). As in [`super::bmff`],
//! nothing moves: private entries leave their directory, and their values are overwritten.

use super::exif::{COPYRIGHT, DirectoryKind, IPTC, PHOTOSHOP, Tiff, XMP, read, tell_of};
use super::{Examined, Kept, Tell, Tells};

/// Tags from here on are private: programs and cameras register them.
const PRIVATE: u16 = 0x8000;

/// Private tags that say how the picture is to be shown, or where on a map it belongs: copyright, colour profile,
/// and those of GeoTIFF.
const STAYS: [u16; 9] = [COPYRIGHT, 0x8773, 0x830e, 0x8480, 0x8482, 0x85d8, 0x87af, 0x87b0, 0x87b1];

/// Tags of raw pictures: `SubIFDs`, `DNGVersion`. Programs for these need what cameras write.
const RAW: [u16; 2] = [0x014a, 0xc612];

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let Some(tiff) = Tiff::read(bytes) else { return Examined::only(bytes, Tell::Damaged) };
    let mut told = Tells::default();
    read(bytes, &mut Kept::default(), &mut told);
    let (directories, is_whole) = tiff.directories();
    let entries = || directories.iter().flat_map(|directory| &directory.entries);
    let is_raw = entries().any(|entry| RAW.contains(&entry.tag)) || bytes.get(8..10) == Some(b"CR");
    if !is_whole || is_raw {
        // What was recognised need not be all.
        told.add(if is_raw { Tell::Unread } else { Tell::Damaged });
        return Examined::unchanged(bytes, told);
    }
    let is_private = |tag: u16| {
        tell_of(tag).is_some()
            || matches!(tag, XMP | IPTC | PHOTOSHOP)
            || (tag >= PRIVATE && !STAYS.contains(&tag))
    };
    let (mut clean, mut removed) = (bytes.to_vec(), Tells::default());
    for directory in &directories {
        let Some(first) = directory.entries.first() else { continue };
        let end = first.at + 12 * directory.entries.len();
        let is_picture = matches!(directory.kind, DirectoryKind::Main | DirectoryKind::Next);
        let (gone, stays): (Vec<_>, Vec<_>) =
            directory.entries.iter().partition(|entry| !is_picture || is_private(entry.tag));
        if gone.is_empty() {
            continue;
        }
        let mut entries: Vec<u8> =
            stays.iter().flat_map(|entry| &bytes[entry.at..entry.at + 12]).copied().collect();
        if is_picture {
            // Where the next directory is.
            entries.extend(bytes.get(end..end + 4).unwrap_or(&[0; 4]));
        }
        for entry in &gone {
            clean[entry.value.clone()].fill(0);
        }
        let Ok(count) = u16::try_from(stays.len()) else { continue };
        let is_big = bytes.starts_with(b"MM");
        let count = if is_big { count.to_be_bytes() } else { count.to_le_bytes() };
        clean[first.at - 2..first.at].copy_from_slice(&count);
        clean[first.at..end].fill(0);
        clean[first.at..first.at + entries.len()].copy_from_slice(&entries);
        if is_picture && let Some(next) = clean.get_mut(end..end + 4) {
            next.fill(0);
        }
        removed.add(Tell::Text);
    }
    // Further pictures of the file are its pages.
    let mut rest = Tells::default();
    read(&clean, &mut Kept::default(), &mut rest);
    let is_page = |tell: &Tell| *tell != Tell::OtherPictures;
    removed.extend(Tells(told.0.into_iter().filter(is_page).collect()));
    Examined { bytes: clean.into(), removed, left: Tells(rest.0.into_iter().filter(is_page).collect()) }
}
