//! PDF: what a document tells about its authors, and its text as far as it can be had without drawing it
//! (ISO 32000-2).
//!
//! Objects are found by their words, not by the table of references: that table may be damaged, and what an
//! earlier version of a document said is in the file, too.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{LARGEST_PACKED, Tell, Tells, active, contains, inflated, names_local_path, within};

/// The largest number of bytes that all streams of a file are unpacked to.
const LARGEST_FILE: usize = 128 << 20;

/// How far before a stream its dictionary is looked for.
pub(super) const LONGEST_DICTIONARY: usize = 4096;

/// The most streams with a table of letters that are tried on a text.
const MOST_TABLES: usize = 64;

pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    // Readers accept some bytes before the mark.
    contains(&bytes[..bytes.len().min(1024)], b"%PDF-")
}

/// A stream: its dictionary, and its data, unpacked if we can.
pub(super) struct Stream<'a> {
    pub dictionary: &'a [u8],
    pub data: std::borrow::Cow<'a, [u8]>,
    /// Whether its data is packed in a way that is not read here.
    is_packed: bool,
}

impl Stream<'_> {
    fn is_image(&self) -> bool {
        [&b"/Image"[..], b"/DCTDecode", b"/JPXDecode", b"/CCITTFaxDecode", b"/JBIG2Decode", b"/FontFile"]
            .iter()
            .any(|word| contains(self.dictionary, word))
    }
}

/// Every stream; and whether all of them could be unpacked within the limits.
pub(super) fn streams(bytes: &[u8]) -> (Vec<Stream<'_>>, bool) {
    let (mut streams, mut is_whole, mut unpacked, mut before) = (Vec::new(), true, 0, 0);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if at < before || bytes[..at].ends_with(b"end") {
            continue;
        }
        let rest = &bytes[at + b"stream".len()..];
        let data =
            rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or(rest.strip_prefix(b"\r"));
        let Some(data) = data else { continue };
        let data = &data[..end_of(data)];
        let start = before.max(at.saturating_sub(LONGEST_DICTIONARY));
        let head = &bytes[start..at];
        let object = memchr::memmem::rfind(head, b" obj").map_or(0, |found| found + 4);
        let dictionary = &head[object..];
        before = bytes.len() - rest.len();
        let has = |filter: &[u8]| contains(dictionary, filter);
        let data: std::borrow::Cow<'_, [u8]> = match () {
            () if has(b"/ASCII85Decode") || has(b"/A85") => of_ascii85(data).into(),
            () if has(b"/ASCIIHexDecode") || has(b"/AHx") => unhex(data).into(),
            () => data.into(),
        };
        let is_packed = has(b"/LZWDecode") || has(b"/RunLengthDecode") || has(b"/Crypt");
        // The dictionary may be further away than we look, or the filter in another object.
        let is_flate = has(b"/FlateDecode") || data.first() == Some(&0x78);
        let mut stream = Stream { dictionary, data, is_packed };
        if is_flate && !is_packed && !stream.is_image() {
            if unpacked > LARGEST_FILE {
                is_whole = false;
                break;
            }
            let plain = inflated(&stream.data, LARGEST_PACKED);
            is_whole &= (plain.len() as u64) < LARGEST_PACKED;
            unpacked += plain.len();
            stream.data = plain.into();
        }
        streams.push(stream);
    }
    (streams, is_whole)
}

/// Where the data of a stream ends: at the mark for that, or where the next stream begins. So no byte is looked at for
/// more than one stream, however many lack their mark.
pub(super) fn end_of(data: &[u8]) -> usize {
    for at in memchr::memmem::find_iter(data, b"stream") {
        if data[..at].ends_with(b"end") {
            return at - b"end".len();
        }
        if matches!(data.get(at + b"stream".len()), Some(b'\r' | b'\n')) {
            return at;
        }
    }
    data.len()
}

/// What a document tells beside its pages.
pub(super) fn tells(bytes: &[u8]) -> Tells {
    let mut tells = Tells::default();
    let (streams, is_whole) = streams(bytes);
    if !is_whole {
        tells.add(Tell::Unread);
    }
    if contains(bytes, b"/Encrypt") {
        tells.add(Tell::Encrypted);
        return tells;
    }
    let objects = || {
        let of_objects = |stream: &&Stream<'_>| contains(stream.dictionary, b"/ObjStm");
        std::iter::once(bytes).chain(streams.iter().filter(of_objects).map(|stream| &*stream.data))
    };
    for text in objects() {
        for (words, tell) in [
            (&b"/EmbeddedFile"[..], Tell::Attachments),
            (b"/OCProperties", Tell::Hidden),
            (b"/Measure", Tell::Place),
            (b"/PieceInfo", Tell::Changes),
        ] {
            if contains(text, words) {
                tells.add(tell);
            }
        }
        if active::acts(text) {
            tells.add(Tell::Script);
        }
        if has_text(text, b"/Author") {
            tells.add(Tell::Name);
        }
        let notes =
            [&b"/Text"[..], b"/FreeText", b"/Highlight", b"/Underline", b"/StrikeOut", b"/Caret", b"/Ink"];
        let is_note = |note: &&[u8]| {
            [&b"/Subtype"[..], b"/Subtype "].iter().any(|key| {
                memchr::memmem::find_iter(text, &[*key, note].concat()).any(|at| {
                    text.get(at + key.len() + note.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
                })
            })
        };
        if notes.iter().any(is_note) {
            tells.add(Tell::Comments);
        }
        if names_local_path(text) {
            tells.add(Tell::LocalPath);
        }
    }
    if tells.0.contains(&Tell::Attachments) {
        // They are in formats of their own.
        tells.add(Tell::Unsearchable);
    }
    // A document that is made for the web has two ends.
    let versions = memchr::memmem::find_iter(bytes, b"%%EOF").count();
    let is_linear = contains(&bytes[..bytes.len().min(2048)], b"/Linearized");
    if versions > if is_linear { 2 } else { 1 } {
        tells.add(Tell::Changes);
    }
    for stream in &streams {
        if contains(&stream.data, b"<dc:creator>") && contains(&stream.data, b"<rdf:li") {
            tells.add(Tell::Name);
        }
        if stream.data.starts_with(b"\xff\xd8") {
            let inner = within(&stream.data, 0);
            let is_telling = |tell: &Tell| matches!(tell, Tell::Place | Tell::Serial | Tell::Name);
            tells.extend(Tells(inner.removed.0.into_iter().filter(is_telling).collect()));
        }
    }
    if !text_is_readable(&streams) {
        tells.add(Tell::Unsearchable);
    }
    tells
}

/// Whether a key has a text that is not empty.
fn has_text(bytes: &[u8], key: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, key).any(|at| {
        let value = bytes[at + key.len()..].trim_ascii_start();
        match value {
            [b'(', b')', ..] | [b'<', b'>', ..] => false,
            [b'(', b'\xfe', b'\xff', b')', ..] => false,
            // A reference to a text elsewhere.
            [first, ..] => matches!(first, b'(' | b'<') || first.is_ascii_digit(),
            [] => false,
        }
    })
}

/// Whether every font says which letters its codes are, and every text can be unpacked.
fn text_is_readable(streams: &[Stream<'_>]) -> bool {
    let packed = streams.iter().any(|stream| stream.is_packed && !stream.is_image());
    let fonts = streams.iter().filter(|stream| contains(stream.dictionary, b"/ObjStm"));
    let texts = || fonts.clone().map(|stream| &*stream.data);
    let without_letters = |text: &[u8]| {
        memchr::memmem::find_iter(text, b"/Identity-H").any(|at| {
            let start = memchr::memmem::rfind(&text[..at], b"<<").unwrap_or(0);
            let end = memchr::memmem::find(&text[at..], b">>").map_or(text.len(), |found| at + found);
            !contains(&text[start..end], b"/ToUnicode")
        })
    };
    let plain = streams.iter().any(|stream| without_letters(stream.dictionary));
    !packed && !plain && !texts().any(without_letters)
}

/// The unpacked streams of a document.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<Vec<u8>> {
    let owned = |stream: Stream<'_>| match stream.data {
        std::borrow::Cow::Owned(data) => Some(data),
        std::borrow::Cow::Borrowed(_) => None,
    };
    streams(bytes).0.into_iter().filter_map(owned).collect()
}

/// The texts of a document, to be searched: its strings, those of each page in their order, decoded in every way
/// that the file offers.
pub(crate) fn texts(bytes: &[u8]) -> Vec<String> {
    let (streams, _) = streams(bytes);
    let tables: Vec<Letters> = streams
        .iter()
        .filter(|stream| contains(&stream.data, b"begincmap"))
        .map(|stream| Letters::read(&stream.data))
        .take(MOST_TABLES)
        .collect();
    let mut texts = Vec::new();
    let parts = streams.iter().filter(|stream| !stream.is_image()).map(|stream| &*stream.data);
    for part in std::iter::once(bytes).chain(parts) {
        let strings = strings(part);
        if strings.is_empty() {
            continue;
        }
        // Letters of a word may be shown one by one; words may be apart without a space.
        let is_one = strings.iter().skip(1).all(|piece| piece.is_close);
        for between in if is_one { &[""][..] } else { &["", " "] } {
            texts.push(joined(&strings, between, text_of));
            for table in &tables {
                texts.push(joined(&strings, between, |string| table.text_of(string)));
            }
        }
    }
    texts
}

/// Data in base 85 (ISO 32000-2, 7.4.3).
fn of_ascii85(text: &[u8]) -> Vec<u8> {
    let (mut data, mut group) = (Vec::new(), Vec::new());
    let mut write = |group: &mut Vec<u8>| {
        let length = group.len();
        group.resize(5, 84);
        let number =
            group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        data.extend(&number.to_be_bytes()[..length.saturating_sub(1).min(4)]);
        group.clear();
    };
    for byte in text.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'!'..=b'u' => group.push(byte - b'!'),
            b'z' => group.extend([0; 5]),
            _ => {}
        }
        if group.len() >= 5 {
            write(&mut group);
        }
    }
    write(&mut group);
    data
}

/// A string of a document, and whether it follows another so closely that they are one word.
struct Piece {
    bytes: Vec<u8>,
    is_close: bool,
}

fn joined(pieces: &[Piece], between: &str, text_of: impl Fn(&[u8]) -> String) -> String {
    let mut text = String::new();
    for piece in pieces {
        if !piece.is_close {
            text.push_str(between);
        }
        text.push_str(&text_of(&piece.bytes));
    }
    text
}

/// A string as text: UTF-16, or in an encoding that is near to Latin-1.
fn text_of(string: &[u8]) -> String {
    match string {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => string.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The literal and hexadecimal strings (ISO 32000-2, 7.3.4).
fn strings(bytes: &[u8]) -> Vec<Piece> {
    let (mut pieces, mut at, mut is_close) = (Vec::new(), 0, false);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'(' => {
                let (string, end) = literal(bytes, at);
                at = end;
                pieces.push(Piece { bytes: string, is_close });
                is_close = false;
            }
            b'<' if bytes.get(at) == Some(&b'<') => at += 1,
            b'<' => {
                let Some(length) = bytes[at..]
                    .iter()
                    .position(|byte| !byte.is_ascii_hexdigit() && !byte.is_ascii_whitespace())
                else {
                    break;
                };
                if bytes[at + length] == b'>' {
                    pieces.push(Piece { bytes: unhex(&bytes[at..at + length]), is_close });
                    is_close = false;
                }
                at += length;
            }
            // Within `[(J) -10 (o)] TJ`, a small number moves letters apart, a large one words.
            b')' | b'>' | b' ' | b'\n' | b'\r' => {}
            b'-' | b'0'..=b'9' | b'.' => {
                let length =
                    bytes[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
                let digits = bytes[at..at + length].iter().take_while(|byte| byte.is_ascii_digit()).count();
                is_close = digits < 3 || byte != b'-';
                at += length;
            }
            _ => is_close = false,
        }
    }
    pieces
}

/// A literal string that starts here, and where it ends.
fn literal(bytes: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let (mut string, mut depth) = (Vec::new(), 1);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => break,
            b')' => depth -= 1,
            b'\\' => {
                let escaped = bytes.get(at).copied().unwrap_or_default();
                let octal = bytes[at..].iter().take(3).take_while(|digit| (b'0'..=b'7').contains(*digit));
                let digits: Vec<u8> = octal.copied().collect();
                at += digits.len().max(1);
                match escaped {
                    b'n' => string.push(b'\n'),
                    b'r' => string.push(b'\r'),
                    b't' => string.push(b'\t'),
                    b'b' | b'f' | b'\r' | b'\n' => {}
                    _ if !digits.is_empty() => {
                        let code =
                            digits.iter().fold(0_u16, |code, digit| code * 8 + u16::from(digit - b'0'));
                        string.push(code.to_le_bytes()[0]);
                    }
                    other => string.push(other),
                }
                continue;
            }
            _ => {}
        }
        string.push(byte);
    }
    (string, at.min(bytes.len()))
}

fn unhex(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> =
        digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|value| value as u8).collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// Which letters the codes of a font are: its table `ToUnicode` (ISO 32000-2, 9.10.3).
struct Letters {
    /// Bytes of a code.
    width: usize,
    /// By the first code of a range.
    ranges: BTreeMap<u32, Letter>,
}

/// What the codes of a range are.
#[derive(Clone)]
struct Letter {
    /// The last code.
    last: u32,
    /// The code that has all of `text`; each further one is the next letter after its first.
    origin: u32,
    text: Rc<str>,
}

impl Letters {
    fn read(table: &[u8]) -> Letters {
        let mut letters = Letters { width: 0, ranges: BTreeMap::new() };
        let text = String::from_utf8_lossy(table);
        let mut sections = text.split("beginbf");
        sections.next();
        for section in sections {
            let (is_range, section) = match section.strip_prefix("range") {
                Some(rest) => (true, rest),
                None => (false, section.strip_prefix("char").unwrap_or(section)),
            };
            let section = section.split("endbf").next().unwrap_or_default();
            let codes: Vec<Vec<u8>> = section
                .split('<')
                .skip(1)
                .map(|code| unhex(code.split('>').next().unwrap_or_default().as_bytes()))
                .collect();
            // A list of letters for a range has brackets, and is read as if its letters were single ones.
            let number = |code: &[u8]| code.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
            let utf16 = |code: &[u8]| text_of(&[&[0xfe, 0xff], code].concat());
            let step = if is_range { 3 } else { 2 };
            for entry in codes.chunks_exact(step) {
                letters.width = letters.width.max(entry[0].len());
                let first = number(&entry[0]);
                let last = if is_range { number(&entry[1]).min(first.saturating_add(0xffff)) } else { first };
                letters.put(first, last.max(first), utf16(&entry[step - 1]).into());
            }
        }
        letters.width = letters.width.clamp(1, 4);
        letters
    }

    /// Sets what the codes of a range are, whatever was said of them before.
    fn put(&mut self, first: u32, last: u32, text: Rc<str>) {
        self.split(first);
        if let Some(next) = last.checked_add(1) {
            self.split(next);
        }
        let covered: Vec<u32> = self.ranges.range(first..=last).map(|(code, _)| *code).collect();
        covered.iter().for_each(|code| drop(self.ranges.remove(code)));
        self.ranges.insert(first, Letter { last, origin: first, text });
    }

    /// Makes a range begin at a code that is within one.
    fn split(&mut self, code: u32) {
        let Some((_, range)) = self.ranges.range_mut(..code).next_back() else { return };
        if range.last >= code {
            let rest = range.clone();
            range.last = code - 1;
            self.ranges.insert(code, rest);
        }
    }

    /// Adds the letters of a code to a text.
    fn write(&self, code: u32, text: &mut String) {
        let range = self.ranges.range(..=code).next_back().filter(|(_, range)| code <= range.last);
        match range {
            Some((_, range)) if range.origin == code => text.push_str(&range.text),
            Some((_, range)) => {
                let first = range.text.chars().next();
                text.extend(first.and_then(|first| char::from_u32(first as u32 + (code - range.origin))));
            }
            None => {}
        }
    }

    fn text_of(&self, string: &[u8]) -> String {
        let number = |code: &[u8]| code.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        let mut text = String::new();
        string.chunks(self.width).for_each(|code| self.write(number(code), &mut text));
        text
    }
}

#[cfg(test)]
mod tests;
