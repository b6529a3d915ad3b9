//! Searches the bytes of a finished file, in every encoding and container in which words may be there.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use flate2::read::{DeflateDecoder, GzDecoder, MultiGzDecoder, ZlibDecoder};

use super::pattern::{Between, Patterns};
use super::variants::{decoded, variants, with_whole_words};
use crate::metadata::{self, pdf};

/// The maximum number of bytes unpacked from one place, and from one file of the site. What has more is a
/// finding of its own, `redaction-unsearched`.
const MOST_UNPACKED: u64 = 32 << 20;
const MOST_OF_FILE: u64 = 256 << 20;

/// The maximum depth of packed files within packed files.
const DEEPEST: usize = 3;

/// The index of the first pattern found in the bytes.
pub(crate) fn survivor(patterns: &Patterns, bytes: &[u8]) -> Option<usize> {
    let mut budget = MOST_OF_FILE;
    within(patterns, bytes, 0, &mut budget)
}

fn within(patterns: &Patterns, bytes: &[u8], depth: usize, budget: &mut u64) -> Option<usize> {
    // Words of few letters are in every picture by chance.
    let plain = without_content(bytes);
    let all = (plain.len() < bytes.len()).then_some((bytes, true));
    let in_text = |text: &str, is_content: bool| {
        let mut matches = patterns.matches(text, Between::Anything);
        let found = matches
            .find(|(number, range)| patterns.is_telling(*number) || !is_content && !is_element(text, range));
        found.map(|(number, _)| number)
    };
    [(&*plain, false)]
        .into_iter()
        .chain(all)
        .find_map(|(bytes, is_content)| {
            readings(bytes).iter().find_map(|text| {
                let variants = || variants(text).iter().find_map(|text| in_text(text, is_content));
                in_text(text, is_content).or_else(variants)
            })
        })
        .or_else(|| {
            let texts = if pdf::is_pdf(bytes) { pdf::texts(bytes) } else { Vec::new() };
            texts.iter().find_map(|text| {
                let whole = || in_text(&with_whole_words(text), false);
                in_text(text, false).or_else(whole)
            })
        })
        .or_else(|| {
            let unpacked = if depth < DEEPEST { unpacked(bytes, budget) } else { Vec::new() };
            unpacked.iter().find_map(|bytes| within(patterns, bytes, depth + 1, budget))
        })
}

/// A file without pictures, sounds, glyphs and what is packed, in which a few letters mean nothing. What is packed is
/// searched once it is unpacked.
fn without_content(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_without_content(bytes).into();
    }
    if bytes.starts_with(GZIP) {
        let decoder = GzDecoder::new(bytes);
        let header = decoder.header();
        let words = header.map(|header| [header.filename(), header.comment()]);
        return words.into_iter().flatten().flatten().collect::<Vec<&[u8]>>().join(&b' ').into();
    }
    metadata::without_content(bytes)
}

const GZIP: &[u8] = &[0x1f, 0x8b];

/// The entries of an archive without the data of those that are packed.
fn zip_without_content(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut done = 0;
    for entry in zip_entries(bytes).filter(|entry| entry.is_deflated) {
        if entry.data < done {
            continue;
        }
        plain.extend(&bytes[done..entry.data]);
        let ends = |at: &usize| matches!(bytes.get(at + 2..at + 4), Some([1, 2] | [3, 4] | [5, 6] | [7, 8]));
        let next =
            memchr::memmem::find_iter(&bytes[entry.data..], b"PK").map(|at| entry.data + at).find(ends);
        done = next.unwrap_or(bytes.len());
    }
    plain.extend(&bytes[done..]);
    plain
}

/// An entry of an archive, from its local header (APPNOTE 6.3.10, 4.3.7).
struct ZipEntry {
    /// Where its data begins.
    data: usize,
    is_deflated: bool,
}

fn zip_entries(bytes: &[u8]) -> impl Iterator<Item = ZipEntry> {
    memchr::memmem::find_iter(bytes, b"PK\x03\x04").filter_map(|at| {
        let number = |from: usize| {
            let two = bytes.get(at + from..at + from + 2)?;
            Some(usize::from(u16::from_le_bytes([two[0], two[1]])))
        };
        let data = at + 30 + number(26)? + number(28)?;
        (data <= bytes.len()).then_some(ZipEntry { data, is_deflated: number(8) == Some(8) })
    })
}

/// Whether a match is the name of an element of markup, such as `li`, which people are called, too.
fn is_element(text: &str, range: &Range<usize>) -> bool {
    const SHORT: [&str; 40] = [
        "a", "b", "i", "p", "q", "s", "u", "g", "br", "dd", "dl", "dt", "em", "hr", "li", "ol", "rp", "rt",
        "td", "th", "tr", "ul", "col", "del", "dfn", "div", "img", "ins", "kbd", "map", "nav", "pre", "sub",
        "sup", "svg", "use", "var", "set", "mark", "time",
    ];
    let before = &text[..range.start];
    (before.ends_with('<') || before.ends_with("</")) && SHORT.contains(&&text[range.clone()])
}

/// The bytes as text, in each possible encoding.
fn readings(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    let mut readings = vec![String::from_utf8_lossy(bytes)];
    if matches!(readings[0], Cow::Owned(_)) {
        // Not UTF-8: pictures, whose metadata may be in Latin-1.
        readings.push(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into());
    }
    if bytes.contains(&0) {
        for start in [0, 1] {
            let pairs = || bytes.get(start..).unwrap_or_default().chunks_exact(2);
            let little = pairs().map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let big = pairs().map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            readings.push(decoded(little).into());
            readings.push(decoded(big).into());
        }
    }
    readings
}

/// The packed parts of a file: gzip, the compressed texts of a PNG, the streams of a PDF, the files of a ZIP
/// (and so of Word and OpenDocument).
fn unpacked(bytes: &[u8], budget: &mut u64) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut read = |packed: &mut dyn Read| read(packed, budget);
    if bytes.starts_with(GZIP) {
        found.extend(read(&mut MultiGzDecoder::new(bytes)));
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes, &mut found, &mut read);
    } else if pdf::is_pdf(bytes) {
        found.extend(pdf::unpacked(bytes));
    } else if bytes.starts_with(b"PK\x03\x04") {
        let packed = zip_entries(bytes).filter(|entry| entry.is_deflated);
        found.extend(packed.filter_map(|entry| read(&mut DeflateDecoder::new(&bytes[entry.data..]))));
    }
    found
}

/// The compressed texts and colour profile of a PNG (PNG specification, third edition, 11.3.3).
fn png(bytes: &[u8], found: &mut Vec<Vec<u8>>, read: &mut Unpack<'_>) {
    let mut rest = &bytes[8..];
    while let (Some(length), Some(name)) = (rest.get(..4), rest.get(4..8)) {
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(data) = rest.get(8..8 + length) else { return };
        if matches!(name, b"zTXt" | b"iTXt" | b"iCCP") {
            // The compressed part begins somewhere after the keyword, behind the end of a text or the number of zlib,
            // both of which are zero; other attempts fail because they are not zlib data.
            let starts = positions(data, &[0]).map(|at| at + 1).take(6);
            found.extend(starts.filter_map(|at| read(&mut ZlibDecoder::new(data.get(at..)?))));
        }
        rest = rest.get(12 + length..).unwrap_or_default();
    }
}

fn positions<'a>(bytes: &'a [u8], what: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(what.len()).enumerate().filter(move |(_, window)| *window == what).map(|(at, _)| at)
}

/// Unpacks data.
type Unpack<'a> = dyn FnMut(&mut dyn Read) -> Option<Vec<u8>> + 'a;

/// The unpacked data; `None` if nothing can be unpacked.
fn read(packed: &mut dyn Read, budget: &mut u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // Data unpacked before an error is searched too.
    let _ = packed.take(MOST_UNPACKED.min(*budget)).read_to_end(&mut bytes);
    *budget -= bytes.len() as u64;
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::super::variants::{without_escapes, without_tags};
    use super::*;

    fn survives(bytes: &[u8]) -> bool {
        survivor(&Patterns::of(["José Pérez"]), bytes).is_some()
    }

    fn zlib(text: &str) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn words_are_found_in_every_encoding() {
        assert!(survives("… José Pérez …".as_bytes()));
        assert!(survives(b"<em>Jos&eacute;</em> P&#233;rez Jos\xe9 P\xe9rez"));
        assert!(survives("<b>José</b> P&#xE9;rez".as_bytes()));
        assert!(survives(br#"{"name": "Jos\u00e9 P\u00e9rez"}"#));
        assert!(survives(b"href=\"/jos%C3%A9-p%C3%A9rez.html\""));
        let wide = |big: bool| -> Vec<u8> {
            let units = "x José Pérez".encode_utf16();
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        assert!(
            survives(&wide(true)) && survives(&wide(false)) && survives(&[&[7], &wide(true)[..]].concat())
        );
        assert!(!survives("José and María Pérez".as_bytes()) && !survives(&[0xff; 99]));
    }

    #[test]
    fn few_letters_are_found_in_words_and_not_by_chance() {
        let survives = |bytes: &[u8]| survivor(&Patterns::of(["Lee", "Li", "Siti Aminah"]), bytes).is_some();
        let zipped = |text: &[u8]| {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            zip.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text).unwrap();
            zip.finish().unwrap().into_inner()
        };
        let chunk = |name: &[u8], data: &[u8]| {
            [&u32::try_from(data.len()).unwrap().to_be_bytes(), name, data, b"1234"].concat()
        };
        let png = |name: &[u8]| [b"\x89PNG\r\n\x1a\n", &*chunk(name, b"Author\0Lee\0")].concat();
        assert!(
            survives(b"Mr Lee") && survives(b"<li>Li</li>") && survives(b"Lee;\xe9") && survives(b"</x>lee")
        );
        assert!(survives(b"mr li said") && survives(b"from <lee@example.org>") && survives(b"i < 2; </lee>"));
        assert!(survives(&png(b"tEXt")) && survives(&zipped(b"by Li")));
        assert!(survives(b"RIFF\x14\0\0\0WEBPEXIF\x04\0\0\0 Li "));
        assert!(
            survives(b"%PDF-1.7 (Lee) stream\n\x01 Li endstream")
                && survives(b"%PDF-1.7 stream\n<a>Li endstream")
        );
        for chance in [
            &b"<ul><li>a</li></ul>"[..],
            &png(b"IDAT"),
            b"wOF2\0\x01 Lee ",
            b"RIFF\x14\0\0\0WEBPVP8 \x04\0\0\0 Li ",
            b"%PDF-1.7 (x) stream\n\x01 Li endstream",
            b"\xff\xd8\xff\xda\0\x02 Lee \xff\xd9",
            &zipped(&[b'x'; 99]),
        ] {
            assert!(!survives(chance), "{}", chance.escape_ascii());
        }
        assert!(survives(b"wOF2\0\x01 Siti Aminah "));
    }

    #[test]
    fn words_are_found_across_the_lines_of_captions_and_folded_texts() {
        let survives = |text: &str| survivor(&Patterns::of(["Siti Aminah"]), text.as_bytes()).is_some();
        assert!(survives("WEBVTT\n\n00:01.000 --> 00:02.000\nSiti\n\n00:02.000 --> 00:03.000\nAminah\n"));
        assert!(survives(
            "1\n00:00:01,000 --> 00:00:02,000\nby Siti\n\n2\n00:00:02,000 --> 00:00:03,000\nAminah\n"
        ));
        assert!(survives("BEGIN:VCARD\r\nFN:Siti Am\r\n inah\r\nEND:VCARD"));
        assert!(survives("Siti Ami-\nnah"));
        let gzip = |text: &str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let two = [gzip("x"), gzip("Siti Aminah")].concat();
        assert!(survivor(&Patterns::of(["Siti Aminah"]), &two).is_some());
    }

    #[test]
    fn words_are_found_in_what_is_packed() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all("José Pérez".as_bytes()).unwrap();
        assert!(survives(&encoder.finish().unwrap()));

        let mut data = b"Author\0\0".to_vec();
        data.extend(zlib("Jos\u{e9} Pérez"));
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(b"zTXt");
        png.extend(&data);
        png.extend([0; 4]);
        assert!(survives(&png));

        let pdf = [b"%PDF-1.7 stream\r\n", &zlib("(José Pérez) Tj")[..], b"\nendstream"].concat();
        assert!(survives(&pdf));

        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all("<w:t>José</w:t> <w:t>Pérez</w:t>".as_bytes()).unwrap();
        let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
        zip.extend([0; 16]);
        zip.extend([1, 0, 0, 0]);
        zip.push(b'x');
        zip.extend(encoder.finish().unwrap());
        assert!(survives(&zip));
    }

    /// A chunk of a PNG, without a right sum, which nobody looks at.
    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        [&(data.len() as u32).to_be_bytes()[..], name, data, &[0; 4]].concat()
    }

    #[test]
    fn every_text_of_a_picture_is_looked_at() {
        let signature = b"\x89PNG\r\n\x1a\n";
        let header = chunk(b"IHDR", &[1; 13]);
        let packed = zlib("José Pérez");
        for (name, keyword) in
            [(b"zTXt", &b"Author\0\0"[..]), (b"iTXt", b"Author\0\x01\0en\0Penulis\0"), (b"iCCP", b"P\0\0")]
        {
            let text = chunk(name, &[keyword, &packed].concat());
            let picture = [&signature[..], &header, &text, &chunk(b"IEND", b"")].concat();
            assert!(survives(&picture), "{name:?}");
            assert!(!survives(&picture[..picture.len() - 30]), "{name:?}, cut off");
        }
        // Pixels are no text, whatever they unpack to.
        assert!(!survives(
            &[&signature[..], &header, &chunk(b"IDAT", &[b"\0", &packed[..]].concat())].concat()
        ));
    }

    #[test]
    fn every_file_of_an_archive_is_looked_at() {
        let file = |name: &str, extra: &[u8], method: u8, data: &[u8]| {
            let length = |bytes: usize| (bytes as u16).to_le_bytes();
            let mut head = b"PK\x03\x04\x14\0\0\0".to_vec();
            head.extend([method, 0]);
            head.extend([0; 16]);
            head.extend([length(name.len()), length(extra.len())].concat());
            [&head[..], name.as_bytes(), extra, data].concat()
        };
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all("José Pérez".as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        let long = "n".repeat(300);
        let first = file("mimetype", b"", 0, b"nothing");
        assert!(survives(&[first.clone(), file("word/document.xml", b"", 8, &packed)].concat()));
        assert!(survives(&file(&long, &[7; 260], 8, &packed)));
        assert!(!survives(&[first.clone(), file("x", b"", 9, &packed)].concat()));
        assert!(survives(&file("x", b"", 0, "José Pérez".as_bytes())));
        assert!(!survives(b"PK\x03\x04") && !survives(&first[..20]));
    }

    #[test]
    fn few_letters_are_found_in_an_archive_where_it_is_not_packed() {
        let survives = |bytes: &[u8]| survivor(&Patterns::of(["Li"]), bytes).is_some();
        let file = |name: &[u8], method: u8, data: &[u8]| {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            [b"PK\x03\x04\x14\0\0\0", &[method, 0][..], &[0; 16], &length, &[0; 2], name, data].concat()
        };
        let chance = || file(b"packed", 8, b"\x07 Li \x07");
        let end = b"PK\x05\x06".to_vec();
        assert!(!survives(&[chance(), end.clone()].concat()));
        assert!(!survives(&[chance(), chance(), end.clone()].concat()));
        // `PK` alone begins nothing.
        assert!(!survives(&[file(b"packed", 8, b"PK Li PK\x07\x08 x"), end.clone()].concat()));
        let stored = file(b"x", 0, b"nothing");
        for other in
            [file(b"x", 0, b"by Li, who"), file(b"by Li.txt", 8, b"\x07"), b"PK\x01\x02 Li ".to_vec()]
        {
            for parts in [[&stored, &other], [&chance(), &other], [&other, &chance()]] {
                assert!(survives(&[&*stored, parts[0], parts[1], &end].concat()), "{}", other.escape_ascii());
            }
        }
        // A name that looks like the head of another file, whose data would begin before that of its own.
        let odd = [&file(b"", 8, b"")[..], &[b'n'; 99], b" Li "].concat();
        assert!(survives(&[file(&odd, 8, b"\x07"), end].concat()));
    }

    #[test]
    fn what_is_packed_within_what_is_packed_is_looked_at_to_some_depth() {
        let gzip = |bytes: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let packed =
            |depth: usize| (0..depth).fold("José Pérez".as_bytes().to_vec(), |bytes, _| gzip(&bytes));
        assert!(survives(&packed(DEEPEST)) && !survives(&packed(DEEPEST + 1)));
    }

    #[test]
    fn what_is_unpacked_counts_against_the_budget() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&[b'x'; 600]).unwrap();
        let packed = encoder.finish().unwrap();
        let mut budget = 1000;
        for (length, left) in [(600, 400), (400, 0)] {
            assert_eq!(unpacked(&packed, &mut budget), [vec![b'x'; length]]);
            assert_eq!(budget, left);
        }
        assert_eq!(unpacked(&packed, &mut budget), [b""; 0]);
    }

    #[test]
    fn escapes_and_markup_that_are_broken_hide_nothing() {
        assert_eq!(without_escapes("a\\u00e9\\ud83d\\ude00b\\u12"), "aé😀b\\u12");
        assert_eq!(without_escapes("\\u\\u00e9"), "\\ué");
        assert_eq!(without_escapes("\\ud83dx"), "\u{fffd}x");
        assert_eq!(without_tags("a<b>c</b>&amp;d & e&x;<f"), "a\u{200b}c\u{200b}&d & e&x;<f");
        assert!(
            survives(b"<<b>Jos&eacute;</b> Jos\xc3\xa9 <b>P\xc3\xa9rez")
                && survives("< José\u{a0}Pérez".as_bytes())
        );
    }

    #[test]
    fn the_number_of_the_words_is_told() {
        let patterns = Patterns::of(["Ana Ng", "José Pérez", "Ng"]);
        assert_eq!(survivor(&patterns, "José Pérez".as_bytes()), Some(1));
        assert_eq!(survivor(&patterns, b"Ana Ng"), Some(0));
        assert_eq!(survivor(&patterns, b"Ng"), Some(2));
        assert_eq!(survivor(&Patterns::of([]), b"Ng"), None);
    }
}
