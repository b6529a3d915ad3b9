//! Small files of every format for tests: what is private in them says `SECRET`, what is shown says `PICTURE`.

use super::png::SIGNATURE;

/// An Exif block with everything private, an orientation and a copyright.
pub(super) fn exif(is_big: bool) -> Vec<u8> {
    directories(is_big, None)
}

/// As [`exif`], of which the picture itself is at a place.
fn directories(is_big: bool, picture: Option<usize>) -> Vec<u8> {
    let n16 = |n: u16| if is_big { n.to_be_bytes() } else { n.to_le_bytes() };
    let n32 = |n: usize| if is_big { (n as u32).to_be_bytes() } else { (n as u32).to_le_bytes() };
    // Every directory is at a known place, and its values are in the 300 bytes behind it.
    let directory = |at: usize, entries: &[(u16, u16, &[u8])], next: usize| -> Vec<u8> {
        let (mut head, mut values) = (n16(entries.len() as u16).to_vec(), Vec::<u8>::new());
        for (tag, kind, value) in entries {
            let size = if *kind == 3 {
                2
            } else if *kind == 4 {
                4
            } else {
                1
            };
            head.extend([n16(*tag), n16(*kind)].concat());
            head.extend(n32(value.len() / size));
            if value.len() <= 4 {
                head.extend([*value, &[0; 4][value.len()..]].concat());
            } else {
                head.extend(n32(at + 2 + 12 * entries.len() + 4 + values.len()));
                values.extend(*value);
            }
        }
        head.extend(n32(next));
        head.extend(values);
        head.resize(300, 0);
        head
    };
    let start = if is_big { b"MM\0*\0\0\0\x08" } else { b"II*\0\x08\0\0\0" };
    let (strip, length) = (n32(picture.unwrap_or(0)), n32(7));
    let strips: [(u16, u16, &[u8]); 2] = [(0x0111, 4, &strip), (0x0117, 4, &length)];
    let main: [(u16, u16, &[u8]); 9] = [
        (0x010d, 2, b"C:\\SECRET\0"),
        (0x010f, 2, b"SECRET MAKE\0"),
        (0x0112, 3, &n16(6)),
        (0x013b, 2, b"SECRET JANE\0"),
        (0x02bc, 1, b"<x>SECRET</x>"),
        (0x8298, 2, b"(c) Agency\0"),
        (0x87b1, 2, b"SECRET farm|\0"),
        (0x8769, 4, &n32(308)),
        (0x8825, 4, &n32(608)),
    ];
    let main = [&main[..2], if picture.is_some() { &strips } else { &[] }, &main[2..]].concat();
    [
        start.to_vec(),
        directory(8, &main, 908),
        directory(308, &[(0x927c, 7, b"SECRET NOTE"), (0xa431, 2, b"SECRET 123\0")], 0),
        directory(608, &[(1, 2, b"N\0"), (29, 2, b"SECRET DAY\0")], 0),
        directory(908, &[(0x0110, 2, b"SECRET MODEL\0")], 0),
    ]
    .concat()
}

const XMP: &str = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
    <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:creator=\"SECRET\">\
    <dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">(c) Agency &amp; Co</rdf:li></rdf:Alt></dc:rights>\
    </rdf:Description></rdf:RDF></x:xmpmeta>";

pub(super) fn jpeg() -> Vec<u8> {
    let segment = |marker: u8, data: &[u8]| {
        [&[0xff, marker][..], &(data.len() as u16 + 2).to_be_bytes(), data].concat()
    };
    let data_set = |number: u8, text: &[u8]| [&[0x1c, 2, number, 0, text.len() as u8], text].concat();
    let iptc = [data_set(80, b"SECRET"), data_set(116, b"(c) Agency!"), data_set(90, b"SECRET")].concat();
    let resources =
        [b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0", &[iptc.len() as u8][..], &iptc, b"\0"].concat();
    [
        b"\xff\xd8".to_vec(),
        segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x01SECRET"),
        segment(0xe1, &[b"Exif\0\0", &exif(true)[..]].concat()),
        segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()].concat()),
        segment(0xe1, b"http://ns.adobe.com/xmp/extension/\0SECRET"),
        segment(0xe2, b"ICC_PROFILE\0PICTURE"),
        segment(0xe2, b"MPF\0SECRET"),
        segment(0xe5, b"SECRET of a phone"),
        segment(0xed, &resources),
        segment(0xee, b"AdobePICTURESECRET"),
        segment(0xfe, b"SECRET"),
        segment(0xf0, b"SECRET"),
        segment(0xfd, b"SECRET"),
        segment(0xc8, b"SECRET"),
        segment(0x02, b"SECRET"),
        segment(0xdd, b"\0\0SECRET"),
        segment(0xc1, b"\x08\0\x01\0\x01\x01\x01\x11\0SECRET"),
        segment(0xdb, &[&[1][..], &[7; 64], b"SECRET"].concat()),
        segment(0xc4, &[&[0, 0, 1][..], &[0; 14], &[5], b"SECRET"].concat()),
        segment(0xc0, b"PICTURE"),
        segment(0xda, b"PICTURE"),
        b"\xff\0\xff\xd0PICTURE\xff\xff".to_vec(),
        segment(0xc4, b"PICTURE"),
        segment(0xda, b"PICTURE"),
        b"PICTURE\xff\xd9SECRET".to_vec(),
    ]
    .concat()
}

/// Data in the format of zlib that is not compressed, so it can be seen.
fn stored(data: &[u8]) -> Vec<u8> {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in data {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    let length = data.len() as u16;
    let sum = (high << 16 | low).to_be_bytes();
    [b"\x78\x01\x01", &length.to_le_bytes()[..], &(!length).to_le_bytes(), data, &sum].concat()
}

pub(super) fn png() -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(data);
        [&(data.len() as u32).to_be_bytes(), name, data, &sum.sum().to_be_bytes()].concat()
    };
    let animation = [&0_u32.to_be_bytes()[..], &stored(b"PICTURE")].concat();
    [
        SIGNATURE.to_vec(),
        chunk(b"IHDR", b"PICTURE"),
        chunk(b"sPLT", b"SECRET\0\x08"),
        chunk(b"hIST", b"SECRET"),
        chunk(b"gAMA", b"SECRET"),
        chunk(b"tEXt", b"Author\0SECRET"),
        chunk(b"tEXt", b"Copyright\0(c) Agency"),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0en\0\0", XMP.as_bytes()].concat()),
        chunk(b"eXIf", &exif(false)),
        chunk(b"tIME", b"SECRET"),
        chunk(b"vpAg", b"SECRET"),
        chunk(b"iCCP", &[b"SECRET\0\0", &stored(b"PICTURE")[..], b"SECRET"].concat()),
        chunk(b"fdAT", b"1234SECRET"),
        chunk(b"acTL", b"12345678"),
        chunk(b"IDAT", &stored(b"PICTURE")[..9]),
        chunk(b"IDAT", &[&stored(b"PICTURE")[9..], b"SECRET"].concat()),
        chunk(b"IDAT", b"SECRET"),
        chunk(b"fcTL", &[0; 26]),
        chunk(b"fdAT", &[&animation[..], b"SECRET"].concat()),
        chunk(b"fdAT", b"1234SECRET"),
        chunk(b"IEND", b"SECRET"),
        b"SECRET".to_vec(),
    ]
    .concat()
}

pub(super) fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0PICTUR"[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\x06SECRET\0",
        b"\x21\x77\x06SECRET\0",
        b"\x21\x01\x0cSECRETSECRET\x06SECRET\0",
        b"\x21\xfe\x06SECRET\0",
        b"\x21\xff\x0bXMP DataXMP\x06SECRET\0",
        b"\x21\xf9\x04\0\0\0\0\x06SECRET\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x4c\x01\x06SECRET\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x08\x07PICTURE\0",
        b"\x3bSECRET",
    ]
    .concat()
}

fn riff(kind: &[u8], chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut body = kind.to_vec();
    for (name, data) in chunks {
        body.extend([*name, &(data.len() as u32).to_le_bytes(), data].concat());
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body, b"SECRET"].concat()
}

pub(super) fn webp() -> Vec<u8> {
    let exif = exif(true);
    riff(
        b"WEBP",
        &[
            (b"VP8X", b"\x2c\0\0\0\0\0\0\0\0\0"),
            (b"ICCP", b"PICTURE"),
            (b"VP8L", b"PICTURE"),
            (b"EXIF", &exif),
            (b"XMP ", XMP.as_bytes()),
            (b"ABCD", b"SECRET"),
        ],
    )
}

pub(super) fn wave() -> Vec<u8> {
    riff(
        b"WAVE",
        &[(b"fmt ", b"PICTURE"), (b"LIST", b"INFOSECRET"), (b"data", b"PICTURE"), (b"id3 ", b"SECRET")],
    )
}

/// An archive of one file.
pub(super) fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("it has a name");
    archive.write_all(content).expect("memory can be written to");
    archive.finish().expect("it is a whole archive").into_inner()
}

fn bmff(kind: &[u8], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), kind, body].concat()
}

/// A movie of a video, a track with chapters and one with data, each with one sample.
pub(super) fn movie() -> Vec<u8> {
    let header = |kind, id| {
        let rest: &[u8] = if id == 1 { b"PICTURE" } else { b"NOTHING" };
        bmff(kind, &[b"\0\0\0\0SECRETS!\0\0\0", &[id][..], rest].concat())
    };
    let user = [
        bmff(b"\xa9xyz", b"SECRET place"),
        bmff(b"cprt", b"\0\0\0\0\0\0(c) Agency"),
        bmff(b"meta", b"SECRET"),
    ];
    let numbers =
        |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let track = |id: u8, handler: &[u8], at: usize, size: u32, entry: &[u8]| {
        let tables = [
            bmff(b"stsd", &[&numbers(&[0, 1])[..], entry].concat()),
            bmff(b"stsc", &numbers(&[0, 1, 1, 1, 1])),
            bmff(b"stsz", &numbers(&[0, size, 1])),
            bmff(b"stco", &numbers(&[0, 1, at as u32])),
            bmff(b"gps ", b"SECRET"),
        ];
        let files = bmff(b"dref", &[&numbers(&[0, 1])[..], &bmff(b"alis", b"\0\0\0\x01SECRET")].concat());
        let info = [bmff(b"dinf", &files), bmff(b"stbl", &tables.concat()), bmff(b"gps ", b"SECRET")];
        let media = [
            header(b"mdhd", id),
            bmff(b"hdlr", &[b"\0\0\0\0\0\0\0\0", handler, &[0; 12], b"SECRET"].concat()),
            bmff(b"minf", &info.concat()),
        ];
        let references =
            [bmff(b"chap", &numbers(&[2])), bmff(b"sync", &numbers(&[1])), bmff(b"abcd", b"SECRET!!")];
        let parts = [
            header(b"tkhd", id),
            bmff(b"udta", &bmff(b"name", b"SECRET")),
            bmff(b"tref", &references.concat()),
            bmff(b"mdia", &media.concat()),
            bmff(b"gps ", b"SECRET"),
        ];
        bmff(b"trak", &parts.concat())
    };
    let encoder =
        [&[0; 42][..], b"\x06SECRET", &[0; 25], &[0, 24, 255, 255], &bmff(b"name", b"SECRET")].concat();
    let entry = bmff(b"avc1", &encoder);
    let start = bmff(b"ftyp", b"isomPICTURE");
    let movie = |media: usize| {
        let parts = [
            header(b"mvhd", 1),
            track(1, b"vide", media, 7, &entry),
            track(2, b"text", media + 7, 6, b""),
            track(3, b"camm", media + 13, 6, b""),
            bmff(b"\xa9nam", b"SECRET"),
            bmff(b"udta", &user.concat()),
        ];
        bmff(b"moov", &parts.concat())
    };
    let media = start.len() + movie(0).len() + 8;
    [
        start,
        movie(media),
        bmff(b"mdat", b"PICTURESECRETSECRETSECRET"),
        bmff(b"mdat", b"SECRET"),
        bmff(b"free", b"SECRET"),
        bmff(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xacSECRET"),
        b"\0\0SECRET".to_vec(),
    ]
    .concat()
}

pub(super) fn heic() -> Vec<u8> {
    let exif = [&[0; 4], &exif(true)[..]].concat();
    let entry = |id: u8, kind: &[u8]| bmff(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, b"\0"].concat());
    let list = [entry(1, b"hvc1"), entry(2, b"Exif"), entry(3, b"mime\0application/rdf+xml")].concat();
    let info = bmff(b"iinf", &[b"\0\0\0\0\0\x03", &list[..]].concat());
    let start = bmff(b"ftyp", b"heicPICTURE");
    let places = |media: usize| {
        let mut places = b"\0\0\0\0\x44\0\0\x03".to_vec();
        let mut at = media;
        for (id, length) in [(1, 7), (2, exif.len()), (3, XMP.len())] {
            places.extend([0, id, 0, 0, 0, 1]);
            places.extend((at as u32).to_be_bytes());
            places.extend((length as u32).to_be_bytes());
            at += length;
        }
        bmff(b"meta", &[b"\0\0\0\0", &info[..], &bmff(b"iloc", &places)].concat())
    };
    let media = start.len() + places(0).len() + 8;
    [start, places(media), bmff(b"mdat", &[b"PICTURE", &exif[..], XMP.as_bytes()].concat())].concat()
}

pub(super) fn mp3() -> Vec<u8> {
    let sound = b"\xff\xfb\x90\x64PICTURE";
    let old = [b"TAGSECRET".to_vec(), vec![0; 119]].concat();
    let ape = b"APETAGEX\xd0\x07\0\0\x26\0\0\0\x01\0\0\0\0\0\0\0SECRET!!";
    let ape = [b"SECRET", &ape[..]].concat();
    [b"ID3\x04\0\0\0\0\0\x06SECRET", &sound[..], &ape, &old].concat()
}

/// Blocks of FLAC, of which the last one is not marked.
fn flac_blocks() -> Vec<Vec<u8>> {
    let block = |kind: u8, data: &[u8]| [&[kind][..], &(data.len() as u32).to_be_bytes()[1..], data].concat();
    let comments = b"\x06\0\0\0SECRET\x01\0\0\0\x0d\0\0\0ARTIST=SECRET";
    let info = [&b"PICTURE"[..], &[0; 27]].concat();
    vec![block(0, &info), block(4, comments), block(2, b"SECRET"), block(3, b"PICTURE"), block(6, b"SECRET")]
}

pub(super) fn flac() -> Vec<u8> {
    let mut blocks = flac_blocks();
    blocks[4][0] |= 0x80;
    let tag = [b"TAGSECRET".to_vec(), vec![0; 119]].concat();
    [b"fLaC".to_vec(), blocks.concat(), b"PICTURE".to_vec(), tag].concat()
}

/// Ogg pages of one stream, each with one packet or a part of one.
fn ogg(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    for (number, packet) in packets.iter().enumerate() {
        // A page of its own for the first 255 bytes of a long packet.
        let parts: Vec<&[u8]> =
            if packet.len() > 255 { vec![&packet[..255], &packet[255..]] } else { vec![packet] };
        for (part, data) in parts.iter().enumerate() {
            let mut lacing = vec![255; data.len() / 255];
            if part + 1 == parts.len() {
                lacing.push((data.len() % 255) as u8);
            }
            let flags = u8::from(part > 0) | if number == 0 { 2 } else { 0 };
            file.extend(
                [&b"OggS\0"[..], &[flags], &[0; 8], b"SERI", &[number as u8, 0, 0, 0], b"CRC!"].concat(),
            );
            file.push(lacing.len() as u8);
            file.extend(lacing);
            file.extend(*data);
        }
    }
    [file, b"SECRET".to_vec()].concat()
}

/// A list of comments, with one that is longer than a page of these files.
fn comments(start: &[u8], end: &[u8]) -> Vec<u8> {
    let long = [&b"LOCATION=SECRET"[..], &[b'x'; 300]].concat();
    [start, b"\x06\0\0\0SECRET\x01\0\0\0", &(long.len() as u32).to_le_bytes(), &long, end].concat()
}

pub(super) fn vorbis() -> Vec<u8> {
    let first = [&b"\x01vorbis\0\0\0\0\x01\x40\x1f\0\0"[..], b"PICTURE"].concat();
    let setup = b"\x05vorbisPICTURE".to_vec();
    ogg(&[first, comments(b"\x03vorbis", b"\x01"), setup, b"PICTURE".to_vec()])
}

pub(super) fn opus() -> Vec<u8> {
    ogg(&[b"OpusHead\x01\x01\0\0PICTURE".to_vec(), comments(b"OpusTags", b""), b"PICTURE".to_vec()])
}

pub(super) fn ogg_flac() -> Vec<u8> {
    let mut blocks = flac_blocks();
    blocks[4][0] |= 0x80;
    let first = [&b"\x7fFLAC\x01\0\0\x04fLaC"[..], &blocks[0]].concat();
    ogg(&[&[first][..], &blocks[1..], &[b"\xffPICTURE".to_vec()]].concat())
}

pub(super) fn webm() -> Vec<u8> {
    let element =
        |id: &[u8], data: &[u8]| [id, &[0x40 | (data.len() >> 8) as u8, data.len() as u8], data].concat();
    let seek =
        |id: &[u8]| element(b"\x4d\xbb", &[element(b"\x53\xab", id), element(b"\x53\xac", b"\x07")].concat());
    let (info, tags) = (b"\x15\x49\xa9\x66", b"\x12\x54\xc3\x67");
    let header = [
        element(b"\x2a\xd7\xb1", b"\x0f\x42\x40"),
        element(b"\x7b\xa9", b"SECRET title"),
        element(b"\x4d\x80", b"SECRET"),
        element(b"\x57\x41", b"SECRET"),
        element(b"\x44\x61", b"SECRETS!"),
    ];
    let packets =
        [b"\x01vorbisPICTURE".to_vec(), comments(b"\x03vorbis", b"\x01"), b"\x05vorbisPICTURE".to_vec()];
    let private = [&[2, 14, 255, (packets[1].len() - 255) as u8][..], &packets.concat()].concat();
    let track = [
        element(b"\x83", b"\x02"),
        element(b"\x53\x6e", b"SECRET name"),
        element(b"\x86", b"A_VORBIS"),
        element(b"\x63\xa2", &private),
    ];
    let segment = [
        element(b"\xbf", b"\0\0\0\0"),
        element(b"\x11\x4d\x9b\x74", &[seek(info), seek(tags)].concat()),
        element(b"\xec", b"SECRET"),
        element(info, &header.concat()),
        element(b"\x16\x54\xae\x6b", &element(b"\xae", &track.concat())),
        element(b"\x1f\x43\xb6\x75", &element(b"\xa3", b"PICTURE")),
        element(tags, b"SECRET"),
        element(b"\x19\x41\xa4\x69", b"SECRET attachment"),
        element(b"\x7f\xff", b"SECRET"),
    ];
    [
        element(b"\x1a\x45\xdf\xa3", &element(b"\x42\x82", b"webm")),
        element(b"\x18\x53\x80\x67", &segment.concat()),
    ]
    .concat()
}

pub(super) fn tiff() -> Vec<u8> {
    let start = directories(false, Some(0)).len();
    [&directories(false, Some(start + 6)), &b"SECRETPICTURESECRET"[..]].concat()
}

pub(super) fn svg() -> Vec<u8> {
    use base64::Engine;
    let inner = base64::engine::general_purpose::STANDARD.encode(png());
    format!(
        "<?xml version=\"1.0\"?>\n<!-- SECRET --><?xpacket SECRET?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:export-filename=\"/home/SECRET/x.png\">\
         <style>.a{{fill:red/*SECRET*/}}<![CDATA[/* SECRET */ .b>c{{x:y}}]]></style>\
         <i:namedview n=\"SECRET\"/><metadata>{XMP}</metadata><title>PICTURE</title>\
         <g i:label=\"SECRET\" data-name=\"SECRET\" style=\"fill:red/* SECRET */\"><image href=\"data:image/png;base64,{inner}\"/></g></svg>\n"
    )
    .into_bytes()
}

/// A sample of each format that is cleaned, and how often `PICTURE` is in it.
pub(super) fn all() -> Vec<(&'static str, Vec<u8>, usize)> {
    vec![
        ("jpeg", jpeg(), 8),
        ("png", png(), 3),
        ("gif", gif(), 1),
        ("webp", webp(), 2),
        ("wave", wave(), 2),
        ("movie", movie(), 5),
        ("heic", heic(), 2),
        ("mp3", mp3(), 1),
        ("tiff", tiff(), 1),
        ("svg", svg(), 1),
        ("flac", flac(), 3),
        ("vorbis", vorbis(), 3),
        ("opus", opus(), 2),
        ("ogg flac", ogg_flac(), 3),
        ("webm", webm(), 3),
    ]
}

/// What [`extent`](super::extent) finds: format, seconds, pages, pixels.
type Found = (Option<&'static str>, Option<f64>, Option<usize>, Option<(usize, usize)>);

/// Small recordings and documents, and what they say of themselves.
pub(super) fn extents() -> Vec<(&'static str, Vec<u8>, Found)> {
    let flac = [
        &b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0"[..],
        // 8,000 Hz in 20 bits, channels and depth, and 12,000 samples in 36 bits.
        b"\x01\xf4\x00\xf0\0\0\x2e\xe0",
        &[0; 16],
    ];
    let unfinished = [&b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\xa0\x0f\0\0\xa0\x0f\0\0\x01\0\x08\0data\xff\xff\xff\xff"[..], &[0; 2000]];
    let revised = [
        &b"%PDF-1.4\n1 0 obj <</Type/Pages /Kids [] /Count 9>> endobj\n%%EOF\n"[..],
        b"2 0 obj <</Count 2 /Type /Pages /Parent 1 0 R>> endobj 1 0 obj <</Kids [] /Count 4 /Type /Pages>> endobj\n%%EOF",
    ];
    vec![
        (
            "mp4",
            include_bytes!("../../tests/media/clip.mp4").to_vec(),
            (Some("mp4"), Some(6.0), None, Some((96, 54))),
        ),
        (
            "hevc",
            include_bytes!("../../tests/media/hevc.mp4").to_vec(),
            (Some("mp4"), Some(2.0), None, Some((96, 54))),
        ),
        (
            "mov",
            include_bytes!("../../tests/media/clip.mov").to_vec(),
            (Some("mov"), Some(2.0), None, Some((96, 54))),
        ),
        (
            "webm",
            include_bytes!("../../tests/media/clip.webm").to_vec(),
            (Some("webm"), Some(3.0), None, Some((96, 54))),
        ),
        ("mp3", include_bytes!("../../tests/media/call.mp3").to_vec(), (Some("mp3"), Some(2.16), None, None)),
        ("ogg", include_bytes!("../../tests/media/call.ogg").to_vec(), (Some("ogg"), Some(2.0), None, None)),
        ("wav", include_bytes!("../../tests/media/call.wav").to_vec(), (Some("wav"), Some(1.0), None, None)),
        ("pdf", include_bytes!("../../tests/media/letter.pdf").to_vec(), (Some("pdf"), None, Some(3), None)),
        ("flac", flac.concat(), (Some("flac"), Some(1.5), None, None)),
        ("a recording that was cut off", unfinished.concat(), (Some("wav"), Some(0.5), None, None)),
        ("a revised document", revised.concat(), (Some("pdf"), None, Some(4), None)),
    ]
}
