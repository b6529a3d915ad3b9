//! PNG: a signature and chunks (PNG specification, third edition, chapter 5).

use std::borrow::Cow;
use std::io::Read;

use super::{Examined, Kept, Tell, Tells, be32, contains, exif, inflated, xmp};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that browsers read, with the most bytes that each may have: those of the specification without texts
/// and times, and those of animations. Content credentials (`caBX`) stay, too.
const STAYS: [(&[u8; 4], usize); 19] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", usize::MAX),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"cHRM", 32),
    (b"gAMA", 4),
    (b"iCCP", usize::MAX),
    (b"sBIT", 4),
    (b"sRGB", 1),
    (b"cICP", 4),
    (b"mDCV", 24),
    (b"mDCv", 24),
    (b"cLLI", 8),
    (b"bKGD", 6),
    (b"pHYs", 9),
    (b"acTL", 8),
    (b"fcTL", 26),
    (b"fdAT", usize::MAX),
];

/// What every colour profile is called that is published; its own name may be anything.
const PROFILE: &[u8] = b"ICC profile\0\0";

/// The largest picture whose data is unpacked to see where it ends, and the largest colour profile.
const LARGEST_PICTURE: u64 = 512 << 20;
const LARGEST_PROFILE: u64 = 16 << 20;

/// The keyword of the text with XMP.
const XMP: &[u8] = b"XML:com.adobe.xmp";

/// The largest text that is read.
const LONGEST_TEXT: u64 = 16 << 20;

pub(super) fn examine(bytes: &[u8]) -> Examined<'_> {
    let (mut kept, mut removed, mut left) = (Kept::default(), Tells::default(), Tells::default());
    let mut stays: Vec<Cow<'_, [u8]>> = Vec::new();
    let mut rest = &bytes[SIGNATURE.len()..];
    let (mut picture, mut is_animated) = (Stream::default(), false);
    loop {
        let Some((name, data, chunk)) = chunk(rest) else {
            // The picture is cut off here; decoders show what there is.
            left.add(Tell::Damaged);
            stays.push(rest.into());
            break;
        };
        rest = &rest[chunk.len()..];
        let most = STAYS.iter().find(|(known, _)| *known == name).map(|(_, most)| *most);
        match name {
            b"IEND" => {
                let mut end = Vec::new();
                write_chunk(name, b"", &mut end);
                stays.push(end.into());
                if !rest.is_empty() || !data.is_empty() {
                    removed.add(Tell::Appended);
                }
                break;
            }
            b"caBX" => {
                left.add(Tell::Credentials);
                stays.push(chunk.into());
            }
            b"iCCP" => match profile(data) {
                Some(profile) if profile.as_slice() == data => stays.push(chunk.into()),
                Some(profile) => {
                    removed.add(Tell::Text);
                    let mut written = Vec::new();
                    write_chunk(name, &profile, &mut written);
                    stays.push(written.into());
                }
                None => removed.add(Tell::Text),
            },
            b"IDAT" | b"fdAT" => {
                // A frame's data begins with its number.
                let head = if name == b"fdAT" { 4 } else { 0 };
                let used = if head == 0 || is_animated {
                    picture.feed(data.get(head..).unwrap_or_default())
                } else {
                    0
                };
                if used == data.len().saturating_sub(head) && (used > 0 || data.is_empty()) {
                    stays.push(chunk.into());
                    continue;
                }
                removed.add(Tell::Appended);
                if used > 0 {
                    let mut written = Vec::new();
                    write_chunk(name, &data[..head + used], &mut written);
                    stays.push(written.into());
                }
            }
            _ if most.is_some_and(|most| data.len() <= most) => {
                if name == b"fcTL" && is_animated && picture.is_begun() {
                    left.extend(std::mem::take(&mut picture).tells());
                }
                is_animated |= name == b"acTL" && !picture.is_begun();
                stays.push(chunk.into());
            }
            _ if is_copyright(name, data) => stays.push(chunk.into()),
            // What every decoder has to know, and none does.
            _ if name[0].is_ascii_uppercase() => {
                left.add(Tell::Unread);
                stays.push(chunk.into());
            }
            _ => read(name, data, &mut kept, &mut removed),
        }
    }
    left.extend(picture.tells());
    let mut clean = SIGNATURE.to_vec();
    let mut stays = stays.into_iter();
    stays.next().into_iter().for_each(|header| clean.extend(&*header));
    if let Some(block) = exif::minimal(&kept) {
        write_chunk(b"eXIf", &block, &mut clean);
    }
    if let Some(packet) = xmp::minimal(&kept) {
        write_chunk(b"iTXt", &[XMP, b"\0\0\0\0\0", &packet].concat(), &mut clean);
    }
    stays.for_each(|chunk| clean.extend(&*chunk));
    Examined { bytes: clean.into(), removed, left }
}

/// The compressed data of a picture or of a frame, which may be in several chunks.
struct Stream {
    unpack: flate2::Decompress,
    scratch: Vec<u8>,
    is_ended: bool,
    is_unclear: bool,
}

impl Default for Stream {
    fn default() -> Stream {
        Stream {
            unpack: flate2::Decompress::new(true),
            scratch: Vec::new(),
            is_ended: false,
            is_unclear: false,
        }
    }
}

impl Stream {
    fn is_begun(&self) -> bool {
        self.unpack.total_in() > 0
    }

    /// How many bytes of the next chunk belong to it: all, until its end is found.
    fn feed(&mut self, data: &[u8]) -> usize {
        if self.is_ended {
            return 0;
        }
        self.scratch.resize(64 << 10, 0);
        let mut at = 0;
        while !self.is_unclear {
            let (read, made) = (self.unpack.total_in(), self.unpack.total_out());
            let status =
                self.unpack.decompress(&data[at..], &mut self.scratch, flate2::FlushDecompress::None);
            at += usize::try_from(self.unpack.total_in() - read).unwrap_or(0);
            self.is_unclear = status.is_err() || self.unpack.total_out() > LARGEST_PICTURE;
            if matches!(status, Ok(flate2::Status::StreamEnd)) {
                self.is_ended = true;
                return at;
            }
            if self.unpack.total_in() == read && self.unpack.total_out() == made {
                break;
            }
        }
        data.len()
    }

    /// What may be in it that cannot be told from pixels.
    fn tells(&self) -> Tells {
        let mut tells = Tells::default();
        if self.is_unclear {
            tells.add(Tell::Damaged);
        }
        tells
    }
}

/// A colour profile without its name and what is behind it.
fn profile(data: &[u8]) -> Option<Vec<u8>> {
    let start = memchr::memchr(0, data)? + 2;
    let packed = data.get(start..).filter(|_| data[start - 1] == 0)?;
    let mut decoder = flate2::bufread::ZlibDecoder::new(packed);
    let unpacked = std::io::copy(&mut (&mut decoder).take(LARGEST_PROFILE), &mut std::io::sink()).ok()?;
    let end = usize::try_from(decoder.total_in()).ok().filter(|_| unpacked < LARGEST_PROFILE)?;
    Some([PROFILE, &packed[..end]].concat())
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
