//! Bytes of an author's file → the same file without what it tells beside its content: where, when, by whom and
//! with which device a picture was taken.
//!
//! A picture's compressed data is never touched: each format has a file here that walks its containers, keeps
//! what showing the picture needs (orientation, colour profile) and who owns it (copyright, content credentials),
//! and drops all else. So what a camera will write next year is dropped, too. Documents are not altered; what
//! they tell is listed.

mod active;
mod bitmap;
mod bmff;
mod boxes;
mod captions;
mod exif;
mod extent;
mod fault;
mod flac;
mod gif;
mod iptc;
mod jpeg;
mod lzw;
mod matroska;
mod measure;
mod mp3;
mod office;
mod ogg;
mod pages;
pub(crate) mod pdf;
mod plain;
mod png;
mod riff;
mod searchable;
mod svg;
mod text;
mod tiff;
mod tracks;
mod whole;
mod xmp;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

pub use extent::Extent;
pub(crate) use plain::without_content;

use crate::base::hash::{Sum, sum};

/// Something that a file tells.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
enum Tell {
    Place,
    Serial,
    Name,
    Comments,
    Changes,
    Hidden,
    Attachments,
    Script,
    OtherPictures,
    Device,
    Software,
    Dates,
    Text,
    LocalPath,
    Properties,
    DataTrack,
    Credentials,
    Appended,
    /// A part that is damaged, so what is in it is unknown.
    Damaged,
    /// A format that this module does not read.
    Unread,
    /// A part that is encrypted.
    Encrypted,
    /// Text that only drawing it would show, so no search finds it.
    Unsearchable,
}

impl Tell {
    /// What a finding calls it.
    fn words(self) -> &'static str {
        match self {
            Tell::Place => "a place",
            Tell::Serial => "a serial number",
            Tell::Name => "names",
            Tell::Comments => "comments",
            Tell::Changes => "tracked changes or earlier versions",
            Tell::Hidden => "hidden text, sheets or slides",
            Tell::Attachments => "attached files",
            Tell::Script => "scripts",
            Tell::OtherPictures => "thumbnails or other pictures",
            Tell::Device => "the device",
            Tell::Software => "the software",
            Tell::Dates => "dates",
            Tell::Text => "descriptions",
            Tell::LocalPath => "paths on a computer",
            Tell::Properties => "properties that its author added",
            Tell::DataTrack => "a data track, in which cameras record the place",
            Tell::Credentials => "content credentials, which can contain names and places",
            Tell::Appended => "data after its end",
            Tell::Damaged => "a damaged part that cannot be read",
            Tell::Unread => "what this format may contain and the program cannot read",
            Tell::Encrypted => "encrypted parts that cannot be read",
            Tell::Unsearchable => "text that cannot be searched",
        }
    }
}

/// What a file tells, without the values: reports may be published, too.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tells(BTreeSet<Tell>);

impl Tells {
    fn add(&mut self, tell: Tell) {
        self.0.insert(tell);
    }

    fn extend(&mut self, other: Tells) {
        self.0.extend(other.0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These and others.
    pub(crate) fn with(&self, others: &Tells) -> Tells {
        Tells(self.0.union(&others.0).copied().collect())
    }

    /// Whether words may be in the file that no search would find.
    pub(crate) fn is_unsearchable(&self) -> bool {
        let hides =
            |tell: &Tell| matches!(tell, Tell::Unsearchable | Tell::Encrypted | Tell::Unread | Tell::Damaged);
        self.0.iter().any(hides)
    }

    /// These without a damaged part.
    pub(crate) fn without_damage(&self) -> Tells {
        Tells(self.0.iter().copied().filter(|tell| *tell != Tell::Damaged).collect())
    }

    /// What it tells of people, without what only a search must know.
    pub(crate) fn without_search(&self) -> Tells {
        Tells(self.0.iter().copied().filter(|tell| *tell != Tell::Unsearchable).collect())
    }

    /// The things told, as a list in a sentence.
    pub(crate) fn words(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|tell| tell.words()).collect();
        match words.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

/// What was found in a file, and the file without it.
#[derive(Debug)]
pub(crate) struct Examined<'a> {
    /// The file without what could be taken out.
    pub bytes: Cow<'a, [u8]>,
    /// What was taken out.
    pub removed: Tells,
    /// What is still there.
    pub left: Tells,
}

impl<'a> Examined<'a> {
    fn unchanged(bytes: &'a [u8], left: Tells) -> Examined<'a> {
        Examined { bytes: Cow::Borrowed(bytes), removed: Tells::default(), left }
    }

    fn only(bytes: &'a [u8], left: Tell) -> Examined<'a> {
        Examined::unchanged(bytes, Tells([left].into()))
    }
}

/// What a file tells, without the file.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What is taken out when it is published.
    pub(crate) removed: Tells,
    /// What stays.
    pub(crate) left: Tells,
}

impl Told {
    pub(crate) fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.left.is_empty()
    }
}

impl From<Examined<'_>> for Told {
    fn from(examined: Examined<'_>) -> Told {
        Told { removed: examined.removed, left: examined.left }
    }
}

/// What is known of a file that is copied to the site.
#[derive(Clone, Debug)]
pub struct Copied {
    /// What it tells beside its content.
    pub(crate) told: Told,
    /// How long or large it is.
    pub(crate) extent: Extent,
    /// Whether the copy differs from the author's file.
    pub(crate) is_cleaned: bool,
    /// Whether it ends in the middle.
    pub(crate) is_cut: bool,
    /// The number of bytes of the copy.
    pub(crate) size: usize,
    /// The SHA-256 checksum of the copy, so of what a reader downloads.
    pub(crate) sum: Sum,
}

impl Copied {
    /// What is known of a file with this content; `is_kept` if it is copied as it is.
    pub(crate) fn of(bytes: &[u8], is_kept: bool) -> Copied {
        let examined = examine(bytes);
        let copy = if is_kept { bytes } else { &*examined.bytes };
        let extent = measure::extent(copy);
        Copied {
            is_cut: whole::is_cut(extent.format, copy, &examined.left),
            extent,
            is_cleaned: copy != bytes,
            size: copy.len(),
            sum: sum(copy),
            told: examined.into(),
        }
    }
}

/// Whether a PDF runs something, or may: what is encrypted or too large is not read.
pub(crate) fn runs(pdf: &[u8]) -> bool {
    let told = pdf::tells(pdf).0;
    [Tell::Script, Tell::Encrypted, Tell::Unread].iter().any(|tell| told.contains(tell))
}

/// The largest depth of files within files that are looked into.
const DEEPEST: usize = 3;

/// Takes out of a file what it tells beside its content, and lists what is left. The format is recognised by
/// the content, because a name can be wrong.
pub(crate) fn examine(bytes: &[u8]) -> Examined<'_> {
    within(bytes, DEEPEST)
}

/// As [`examine`], for a file within other files, which may contain `depth` further levels.
fn within(bytes: &[u8], depth: usize) -> Examined<'_> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let has = |at: usize, magic: &[u8]| bytes.get(at..at + magic.len()) == Some(magic);
    if starts(b"\xff\xd8\xff") {
        jpeg::examine(bytes)
    } else if starts(png::SIGNATURE) {
        png::examine(bytes)
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        gif::examine(bytes)
    } else if starts(b"RIFF") && (has(8, b"WEBP") || has(8, b"WAVE")) {
        riff::examine(bytes)
    } else if has(4, b"ftyp") || starts(b"\0\0\0\x0cJXL ") || is_old_movie(bytes) {
        bmff::examine(bytes)
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        tiff::examine(bytes)
    } else if starts(b"fLaC") {
        flac::examine(bytes)
    } else if let Some(sound) =
        mp3::untagged(bytes).filter(|sound| starts(b"ID3") && sound.starts_with(b"fLaC"))
    {
        // Some programs tag FLAC as if it were MP3.
        let mut inner = flac::examine(sound);
        inner.removed.add(Tell::Text);
        inner
    } else if starts(b"OggS") {
        ogg::examine(bytes)
    } else if starts(b"\x1a\x45\xdf\xa3") {
        matroska::examine(bytes)
    } else if starts(b"ID3") || mp3::starts(bytes) {
        mp3::examine(bytes)
    } else if pdf::is_pdf(bytes) {
        Examined::unchanged(bytes, pdf::tells(bytes))
    } else if starts(b"PK\x03\x04") {
        Examined::unchanged(bytes, office::tells(bytes, depth))
    } else if starts(b"\x1f\x8b") {
        Examined::unchanged(bytes, packed(bytes, depth))
    } else if UNREAD.iter().any(|magic| starts(magic)) || has(8, b"AVI ") {
        Examined::only(bytes, Tell::Unread)
    } else if let Some(text) = svg::text(bytes) {
        svg::examine(bytes, text, depth)
    } else if starts(b"BM") && !bitmap::is_plain(bytes) {
        Examined::only(bytes, Tell::Unread)
    } else if starts(bitmap::ICON) {
        Examined::unchanged(bytes, bitmap::tells_of_icon(bytes, depth))
    } else if FONTS.iter().any(|magic| starts(magic)) {
        // Its table of names has designers, and may have the buyer in its licence.
        Examined::unchanged(bytes, Tells([Tell::Name, Tell::Unsearchable].into()))
    } else if PLAIN.iter().any(|magic| starts(magic)) {
        let path = names_local_path(bytes).then_some(Tell::LocalPath);
        Examined::unchanged(bytes, Tells([Tell::Unsearchable].into_iter().chain(path).collect()))
    } else if let Some(rest) = captions::text(bytes) {
        captions::examine(bytes, rest)
    } else if searchable::is_text(bytes) {
        Examined::unchanged(bytes, text::tells(bytes))
    } else {
        Examined::only(bytes, Tell::Unread)
    }
}

/// The first bytes of formats that hold metadata and are not read: Office files before 2007, Photoshop, BigTIFF and the
/// raw pictures of some cameras, 7z, RAR, and RTF.
const UNREAD: [&[u8]; 10] = [
    b"\xd0\xcf\x11\xe0",
    b"8BPS",
    b"II+\0",
    b"MM\0+",
    b"IIRO",
    b"IIU\0",
    b"FUJIFILMCCD-RAW",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"{\\rtf",
];

/// The first bytes of fonts: WOFF, OpenType, TrueType, and collections of these.
const FONTS: [&[u8]; 6] = [b"wOFF", b"wOF2", b"OTTO", b"\0\x01\0\0", b"true\0", b"ttcf"];

/// The first bytes of formats that are no text, and in which nobody is named: bitmaps, and programs for browsers.
const PLAIN: [&[u8]; 2] = [b"BM", b"\0asm"];

/// QuickTime before `ftyp`.
fn is_old_movie(bytes: &[u8]) -> bool {
    bytes.get(4..8).is_some_and(|name| matches!(name, b"moov" | b"wide" | b"mdat"))
}

/// What stays of a picture's metadata.
#[derive(Debug, Default)]
struct Kept {
    /// Exif's `Orientation`, from 2 to 8; a picture without it is upright.
    orientation: Option<u16>,
    /// Exif's `Copyright`, as written.
    copyright: Option<Vec<u8>>,
    rights: xmp::Rights,
    /// IPTC's copyright notice, with the mark of its encoding.
    notice: iptc::Notice,
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn be32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

fn le32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

/// What a file packed with gzip tells.
fn packed(bytes: &[u8], depth: usize) -> Tells {
    let mut unpacked = Vec::new();
    let read = flate2::read::GzDecoder::new(bytes).take(LARGEST_PACKED).read_to_end(&mut unpacked);
    let mut tells = Tells::default();
    if read.is_err() {
        tells.add(Tell::Damaged);
    } else if unpacked.len() as u64 == LARGEST_PACKED {
        tells.add(Tell::Unread);
    } else if depth > 0 {
        let inner = within(&unpacked, depth - 1);
        tells.extend(inner.removed.with(&inner.left));
    }
    tells
}

/// The largest number of bytes that one packed file is unpacked to.
const LARGEST_PACKED: u64 = 32 << 20;

/// Unpacks zlib data, at most `most` bytes of it. What was unpacked before an error counts.
fn inflated(packed: &[u8], most: u64) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // An error ends the data; the caller sees what came before it.
    let _ = flate2::read::ZlibDecoder::new(packed).take(most).read_to_end(&mut unpacked);
    unpacked
}

/// Whether `needle` is in the bytes.
fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

/// Whether a text names a file of somebody's computer.
fn names_local_path(bytes: &[u8]) -> bool {
    [&b"file:///"[..], b":\\Users\\", b":/Users/", b"\"/Users/", b"/home/", b">/Users/", b"(/Users/"]
        .iter()
        .any(|needle| contains(bytes, needle))
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod tests;
