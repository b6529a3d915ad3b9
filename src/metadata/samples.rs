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
        segment(0xee, b"Adobe PICTURE"),
        segment(0xfe, b"SECRET"),
        segment(0xc0, b"PICTURE"),
        segment(0xda, b"PICTURE"),
        b"\xff\0\xff\xd0PICTURE\xff\xff".to_vec(),
        segment(0xc4, b"PICTURE"),
        segment(0xda, b"PICTURE"),
        b"PICTURE\xff\xd9SECRET".to_vec(),
    ]
    .concat()
}

pub(super) fn png() -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(data);
        [&(data.len() as u32).to_be_bytes(), name, data, &sum.sum().to_be_bytes()].concat()
    };
    [
        SIGNATURE.to_vec(),
        chunk(b"IHDR", b"PICTURE"),
        chunk(b"tEXt", b"Author\0SECRET"),
        chunk(b"tEXt", b"Copyright\0(c) Agency"),
        chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0en\0\0", XMP.as_bytes()].concat()),
        chunk(b"eXIf", &exif(false)),
        chunk(b"tIME", b"SECRET"),
        chunk(b"vpAg", b"SECRET"),
        chunk(b"iCCP", b"PICTURE"),
        chunk(b"IDAT", b"PICTURE"),
        chunk(b"IEND", b""),
        b"SECRET".to_vec(),
    ]
    .concat()
}

pub(super) fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0PICTUR"[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xfe\x06SECRET\0",
        b"\x21\xff\x0bXMP DataXMP\x06SECRET\0",
        b"\x21\xf9\x04\0\0\0\0\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x07PICTURE\0",
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

pub(super) fn movie() -> Vec<u8> {
    let header = |kind| bmff(kind, b"\0\0\0\0SECRETS!PICTURE");
    let user = [
        bmff(b"\xa9xyz", b"SECRET place"),
        bmff(b"cprt", b"\0\0\0\0\0\0(c) Agency"),
        bmff(b"meta", b"SECRET"),
    ];
    let media = [header(b"mdhd"), bmff(b"hdlr", b"\0\0\0\0\0\0\0\0videPICTURE")].concat();
    let track = [header(b"tkhd"), bmff(b"udta", &bmff(b"name", b"SECRET")), bmff(b"mdia", &media)].concat();
    [
        bmff(b"ftyp", b"isomPICTURE"),
        bmff(b"free", b"SECRET"),
        bmff(b"moov", &[header(b"mvhd"), bmff(b"trak", &track), bmff(b"udta", &user.concat())].concat()),
        bmff(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xacSECRET"),
        bmff(b"mdat", b"PICTURE"),
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
         <i:namedview n=\"SECRET\"/><metadata>{XMP}</metadata><title>PICTURE</title>\
         <g i:label=\"SECRET\"><image href=\"data:image/png;base64,{inner}\"/></g></svg>\n"
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
        ("movie", movie(), 6),
        ("heic", heic(), 2),
        ("mp3", mp3(), 1),
        ("tiff", tiff(), 1),
        ("svg", svg(), 1),
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
