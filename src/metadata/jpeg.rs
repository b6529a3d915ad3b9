//! JPEG: segments, and compressed data after the start of each scan (ITU-T T.81, annex B).

use super::{Examined, Kept, Tell, Tells, be16, contains, exif, iptc, xmp};

const EXIF: &[u8] = b"Exif\0\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";

/// A segment, with the compressed data after it.
struct Segment<'a> {
    marker: u8,
    /// From its marker to the next.
    bytes: &'a [u8],
    /// What it holds, without marker and length.
    data: &'a [u8],
}

/// Where the segments end.
#[derive(Debug, Eq, PartialEq)]
enum End<'a> {
    /// At the mark of the end, with the bytes behind it.
    Marked(&'a [u8]),
    /// The file ends before that, or within a segment, which starts here.
    Cut(&'a [u8]),
}

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (segments, end) = segments(bytes);
    // JPEG-LS (ITU-T T.87) has markers of its own, and no browser shows it.
    if segments.iter().any(|segment| segment.marker == 0xf7) {
        return Examined::only(bytes, Tell::Unread);
    }
    let (mut kept, mut removed, mut left) = (Kept::default(), Tells::default(), Tells::default());
    let mut stays = Vec::new();
    let credentials: Vec<&[u8]> =
        segments.iter().filter(|segment| contains(segment.data, b"c2pa")).filter_map(box_number).collect();
    for segment in &segments {
        match box_number(segment) {
            Some(number) if credentials.contains(&number) => {
                left.add(Tell::Credentials);
                stays.push(segment);
            }
            _ if keeps(segment, &mut kept, &mut removed) => stays.push(segment),
            _ => {}
        }
    }
    match end {
        End::Marked(behind) if behind.iter().any(|byte| *byte != 0) => removed.add(Tell::Appended),
        End::Marked(_) => {}
        End::Cut(_) => left.add(Tell::Damaged),
    }
    let mut clean = b"\xff\xd8".to_vec();
    // JFIF's segment must be the first.
    let first = stays.iter().take_while(|segment| segment.marker == 0xe0).count();
    for segment in &stays[..first] {
        write_jfif(segment.data, &mut clean, &mut removed);
    }
    for (mark, marker, block) in [
        (EXIF, 0xe1, exif::minimal(&kept)),
        (xmp::MARK, 0xe1, xmp::minimal(&kept)),
        (b"", 0xed, iptc::minimal(&kept)),
    ] {
        // A block that is too long for a segment is longer than any notice.
        if let Some(block) = block
            && let Ok(length) = u16::try_from(2 + mark.len() + block.len())
        {
            clean.extend([0xff, marker]);
            clean.extend(length.to_be_bytes());
            clean.extend([mark, &block].concat());
        }
    }
    for segment in &stays[first..] {
        write(segment, &mut clean, &mut removed);
    }
    match end {
        End::Marked(_) => clean.extend(b"\xff\xd9"),
        End::Cut(rest) => clean.extend(rest),
    }
    Examined { bytes: clean.into(), removed, left }
}

/// A picture without its pixels.
pub(super) fn without_content(bytes: &[u8]) -> Vec<u8> {
    let (segments, end) = segments(bytes);
    // The tables of the compression are no words, either.
    let tells = segments.iter().filter(|segment| matches!(segment.marker, 0xe0..=0xef | 0xfe));
    let (End::Marked(rest) | End::Cut(rest)) = end;
    tells.map(|segment| segment.data).chain([rest]).collect::<Vec<_>>().concat()
}

/// JFIF's segment, without its thumbnail.
fn write_jfif(data: &[u8], clean: &mut Vec<u8>, removed: &mut Tells) {
    let Some(head) = data.get(..12) else { return };
    if data.len() > 14 {
        removed.add(Tell::OtherPictures);
    }
    clean.extend(b"\xff\xe0\0\x10");
    clean.extend(head);
    clean.extend([0, 0]);
}

/// A segment without what decoders do not read at its end.
fn write(segment: &Segment<'_>, clean: &mut Vec<u8>, removed: &mut Tells) {
    let used = used(segment.marker, segment.data);
    let Ok(length) = u16::try_from(2 + used) else { return };
    if used == segment.data.len() {
        clean.extend(segment.bytes);
        return;
    }
    removed.add(Tell::Appended);
    clean.extend([0xff, segment.marker]);
    clean.extend(length.to_be_bytes());
    clean.extend(&segment.data[..used]);
    clean.extend(&segment.bytes[4 + segment.data.len()..]);
}

/// How many bytes of a segment decoders read (T.81, B.2). All of one that is not as it should be.
fn used(marker: u8, data: &[u8]) -> usize {
    let times = |at: usize, size: usize| data.get(at).map(|count| usize::from(*count) * size);
    let length = match marker {
        0xda => times(0, 2).map(|parts| parts + 4),
        0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => times(5, 3).map(|parts| parts + 6),
        0xc4 => tables(data, |table| {
            let counts = table.get(1..17)?;
            (table[0] & 0xec == 0).then(|| 17 + counts.iter().map(|count| usize::from(*count)).sum::<usize>())
        }),
        0xdb => tables(data, |table| {
            let kind = *table.first()?;
            (kind & 0xec == 0).then_some(1 + 64 * (1 + usize::from(kind >> 4)))
        }),
        0xdc | 0xdd => Some(2),
        0xee => Some(12),
        _ => None,
    };
    length.filter(|length| (1..data.len()).contains(length)).unwrap_or(data.len())
}

/// Where the last of the tables ends that a segment consists of, from the length of the first one in what is left.
fn tables(data: &[u8], length: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
    let mut end = 0;
    while let Some(next) = length(&data[end..]).and_then(|length| end.checked_add(length))
        && next <= data.len()
    {
        end = next;
    }
    Some(end)
}

/// The number of the box of which a segment has a part (JUMBF, ISO 19566-5, D.2). Boxes hold content credentials, and
/// whatever else somebody puts into one.
fn box_number<'s>(segment: &Segment<'s>) -> Option<&'s [u8]> {
    segment.data.strip_prefix(b"JP").filter(|_| segment.marker == 0xeb)?.get(..2)
}

/// Whether a segment stays as it is. Others are read for what they tell and for what of it stays.
fn keeps(segment: &Segment<'_>, kept: &mut Kept, removed: &mut Tells) -> bool {
    let data = segment.data;
    match segment.marker {
        0xe0 if data.starts_with(b"JFIF\0") => return true,
        0xe1 if data.starts_with(EXIF) => exif::read(&data[EXIF.len()..], kept, removed),
        0xe1 if data.starts_with(xmp::MARK) => xmp::read(&data[xmp::MARK.len()..], kept, removed),
        0xe1 if data.starts_with(EXTENDED_XMP) => {
            xmp::read(data, &mut Kept::default(), removed);
            removed.add(Tell::Text);
        }
        0xe2 if data.starts_with(b"ICC_PROFILE\0") => return true,
        0xe2 if data.starts_with(b"MPF\0") => removed.add(Tell::OtherPictures),
        0xed if data.starts_with(iptc::MARK) => {
            iptc::read_resources(&data[iptc::MARK.len()..], kept, removed);
        }
        // How the colours are to be understood.
        0xee if data.starts_with(b"Adobe") => return true,
        0xe0..=0xef => removed.add(Tell::Device),
        // Frames, tables, scans, and the marks within them. What is reserved is for no decoder.
        0xc0..=0xc7 | 0xc9..=0xdf => return true,
        _ => removed.add(Tell::Text),
    }
    false
}

fn segments(bytes: &[u8]) -> (Vec<Segment<'_>>, End<'_>) {
    let mut segments = Vec::new();
    let mut at = 2;
    loop {
        // Decoders skip what is between segments; so do we, and it is dropped.
        let Some(start) = next_marker(bytes, at) else { return (segments, End::Cut(&[])) };
        let marker = bytes[start + 1];
        if marker == 0xd9 {
            return (segments, End::Marked(&bytes[start + 2..]));
        }
        let has_length = !matches!(marker, 0x01 | 0xd0..=0xd8);
        let length = if has_length { be16(bytes, start + 2).unwrap_or(0) } else { 0 };
        let end = start + 2 + length;
        if end > bytes.len() || (has_length && length < 2) {
            return (segments, End::Cut(&bytes[start..]));
        }
        let data = bytes.get(start + 4..end).unwrap_or_default();
        let next = match marker {
            // The start of a scan: its data goes on to the next marker.
            0xda => next_marker(bytes, end).unwrap_or(bytes.len()),
            _ => end,
        };
        segments.push(Segment { marker, bytes: &bytes[start..next], data });
        at = next;
    }
}

/// Where the next marker is that is not within compressed data.
fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let is_marker = |at: &usize| {
        rest.get(at + 1).is_some_and(|marker| !matches!(marker, 0x00 | 0x01 | 0xd0..=0xd7 | 0xff))
    };
    memchr::memchr_iter(0xff, rest).find(is_marker).map(|at| from + at)
}
