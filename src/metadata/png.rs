//! PNG: a signature and chunks (PNG specification, third edition, chapter 5).

use super::{Examined, Kept, Tell, Tells, be32, contains, exif, inflated, xmp};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that a picture needs or may need to be shown: those of the specification without texts and times,
/// and those of animations. Content credentials (`caBX`) stay, too.
const STAYS: [&[u8; 4]; 22] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT", b"caBX", b"mDCv",
];

/// The keyword of the text with XMP.
const XMP: &[u8] = b"XML:com.adobe.xmp";

/// The largest text that is read.
const LONGEST_TEXT: u64 = 16 << 20;

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut kept, mut removed, mut left) = (Kept::default(), Tells::default(), Tells::default());
    let mut stays: Vec<&[u8]> = Vec::new();
    let mut rest = &bytes[SIGNATURE.len()..];
    loop {
        let Some((name, data, chunk)) = chunk(rest) else {
            // The picture is cut off here; decoders show what there is.
            left.add(Tell::Damaged);
            stays.push(rest);
            break;
        };
        rest = &rest[chunk.len()..];
        if STAYS.contains(&name) || is_copyright(name, data) || name[0].is_ascii_uppercase() {
            stays.push(chunk);
        } else {
            read(name, data, &mut kept, &mut removed);
        }
        if name == b"caBX" {
            left.add(Tell::Credentials);
        }
        if name == b"IEND" {
            if !rest.is_empty() {
                removed.add(Tell::Appended);
            }
            break;
        }
    }
    let mut clean = SIGNATURE.to_vec();
    let mut stays = stays.into_iter();
    stays.next().into_iter().for_each(|header| clean.extend(header));
    if let Some(block) = exif::minimal(&kept) {
        write_chunk(b"eXIf", &block, &mut clean);
    }
    if let Some(packet) = xmp::minimal(&kept) {
        write_chunk(b"iTXt", &[XMP, b"\0\0\0\0\0", &packet].concat(), &mut clean);
    }
    stays.for_each(|chunk| clean.extend(chunk));
    Examined { bytes: clean.into(), removed, left }
}

/// A picture without its pixels.
pub(super) fn without_content(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = &bytes[SIGNATURE.len()..];
    while let Some((name, data, chunk)) = chunk(rest) {
        if !matches!(name, b"IDAT" | b"fdAT") {
            plain.extend(name);
            plain.extend(data);
        }
        rest = &rest[chunk.len()..];
    }
    plain.extend(rest);
    plain
}

/// The first chunk: its name, its data, and all of it.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let length = be32(bytes, 0)?;
    let chunk = bytes.get(..length.checked_add(12)?)?;
    Some((chunk[4..8].try_into().ok()?, &chunk[8..8 + length], chunk))
}

fn is_copyright(name: &[u8; 4], data: &[u8]) -> bool {
    matches!(name, b"tEXt" | b"zTXt" | b"iTXt") && data.starts_with(b"Copyright\0")
}

/// Reads what a chunk tells, and what of it stays.
fn read(name: &[u8; 4], data: &[u8], kept: &mut Kept, told: &mut Tells) {
    match name {
        b"eXIf" => exif::read(data, kept, told),
        b"tIME" => told.add(Tell::Dates),
        b"tEXt" | b"zTXt" | b"iTXt" => {
            let keyword = data.split(|byte| *byte == 0).next().unwrap_or_default();
            if keyword == XMP {
                xmp::read(&international(data).unwrap_or_default(), kept, told);
            }
            let lower = keyword.to_ascii_lowercase();
            told.add(match () {
                () if lower == b"author" => Tell::Name,
                () if lower == b"software" => Tell::Software,
                () if contains(&lower, b"date") || contains(&lower, b"time") => Tell::Dates,
                () => Tell::Text,
            });
        }
        _ => told.add(Tell::Device),
    }
}

/// The words of an `iTXt`: after the keyword, whether they are compressed, how, a language, and the keyword in
/// that language.
fn international(data: &[u8]) -> Option<Vec<u8>> {
    let after = |bytes: &'_ [u8]| memchr::memchr(0, bytes).map(|at| at + 1);
    let flags = after(data)?;
    let is_packed = *data.get(flags)? == 1;
    let language = data.get(flags + 2..)?;
    let translated = &language[after(language)?..];
    let text = &translated[after(translated)?..];
    Some(if is_packed { inflated(text, LONGEST_TEXT) } else { text.to_vec() })
}

fn write_chunk(name: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    let Ok(length) = u32::try_from(data.len()) else { return };
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    out.extend(length.to_be_bytes());
    out.extend(name);
    out.extend(data);
    out.extend(sum.sum().to_be_bytes());
}
