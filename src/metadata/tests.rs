//! Each format through one door: what is removed, what is left, and that nothing shown is lost.

use super::*;

fn count(bytes: &[u8], words: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, words).count()
}

#[test]
fn nothing_private_is_left_and_nothing_shown_is_lost() {
    for (name, file, shown) in samples::all() {
        let clean = examine(&file);
        assert!(clean.left.is_empty(), "{name}: {}", clean.left.words());
        assert!(!clean.removed.is_empty(), "{name}");
        assert_eq!(count(&clean.bytes, b"SECRET"), 0, "{name}: {:?}", clean.bytes.escape_ascii());
        assert_eq!(count(&clean.bytes, b"PICTURE"), shown, "{name}");
        // What is published tells nothing, and cleaning it again changes nothing.
        let again = examine(&clean.bytes);
        assert!(again.removed.is_empty() && again.left.is_empty(), "{name}: {}", again.removed.words());
        assert_eq!(again.bytes, clean.bytes, "{name}");
    }
}

#[test]
fn what_is_told_has_a_name() {
    let words = examine(&samples::jpeg()).removed.words();
    for told in ["a place", "a serial number", "names", "thumbnails", "the device", "data after its end"] {
        assert!(words.contains(told), "{told}: {words}");
    }
}

#[test]
fn orientation_and_copyright_stay() {
    for (name, file, _) in samples::all() {
        if matches!(name, "gif" | "wave" | "mp3" | "flac" | "vorbis" | "opus" | "ogg flac" | "webm") {
            continue;
        }
        let clean = examine(&file).bytes.into_owned();
        assert!(contains(&clean, b"(c) Agency"), "{name}");
        if let Some(start) = memchr::memmem::find(&clean, b"MM\0*").filter(|_| name != "svg") {
            let mut kept = Kept::default();
            exif::read(&clean[start..], &mut kept, &mut Tells::default());
            assert_eq!(kept.orientation, Some(6), "{name}");
            assert_eq!(kept.copyright.as_deref(), Some(&b"(c) Agency"[..]), "{name}");
        }
    }
    let clean = examine(&samples::jpeg()).bytes.into_owned();
    assert!(contains(&clean, b"(c) Agency &amp; Co") && contains(&clean, b"(c) Agency!"));
}

#[test]
fn a_truncated_file_is_never_damaged_further() {
    for (name, file, _) in samples::all() {
        for length in 0..file.len() {
            let cut = &file[..length];
            let clean = examine(cut);
            let again = examine(&clean.bytes);
            assert_eq!(again.bytes, clean.bytes, "{name}, {length} bytes");
            // Whatever of the picture was there is there.
            let (now, before) = (count(&clean.bytes, b"PICTURE"), count(cut, b"PICTURE"));
            assert!(now >= before || name == "svg", "{name}, {length} bytes");
        }
    }
}

#[test]
fn no_damage_ends_the_program() {
    for (_, file, _) in samples::all() {
        for at in 0..file.len() {
            for byte in [0, 1, 0x7f, 0xff, file[at] ^ 0x80] {
                let mut file = file.clone();
                file[at] = byte;
                let clean = examine(&file);
                assert!(clean.bytes.len() <= file.len() + 4096);
            }
        }
    }
}

#[test]
fn content_credentials_stay_and_are_reported() {
    let mut jpeg = samples::jpeg();
    let credentials = b"\xff\xeb\0\x10JP\0\x01\0\0\0\x01c2pa";
    jpeg.splice(2..2, credentials.iter().copied());
    let clean = examine(&jpeg);
    assert!(contains(&clean.bytes, credentials));
    assert_eq!(clean.left, Tells([Tell::Credentials].into()));
}

#[test]
fn a_box_of_no_credentials_is_taken_out() {
    let with = |segments: &[&[u8]]| {
        let mut jpeg = samples::jpeg();
        jpeg.splice(2..2, segments.concat());
        examine(&jpeg).bytes.into_owned()
    };
    // Number of the box, number of the part.
    let other = b"\xff\xeb\0\x12JP\0\x02\0\0\0\x01jumbAN";
    let start = b"\xff\xeb\0\x10JP\0\x01\0\0\0\x01c2pa";
    let rest = b"\xff\xeb\0\x10JP\0\x01\0\0\0\x02more";
    assert!(!contains(&with(&[other]), b"jumbAN"));
    let clean = with(&[start, other, rest]);
    assert!(contains(&clean, start) && contains(&clean, rest) && !contains(&clean, b"jumbAN"));
}

#[test]
fn a_frame_has_only_what_is_shown() {
    let chunk = |name: &[u8], data: &[u8]| {
        [name, &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &[0][..data.len() % 2]].concat()
    };
    let file = |frame: &[u8]| {
        let chunks = [chunk(b"VP8X", &[2; 10]), chunk(b"ANIM", &[0; 6]), chunk(b"ANMF", frame)].concat();
        chunk(b"RIFF", &[b"WEBP", &*chunks].concat())
    };
    let shown = |between: &[u8]| {
        [&[7; FRAME][..], &chunk(b"ALPH", b"a"), between, &chunk(b"VP8 ", b"pixels")].concat()
    };
    const FRAME: usize = 16;
    let clean = examine(&file(&shown(&chunk(b"ANNA", b"Anna Smith")))).bytes.into_owned();
    assert_eq!(clean, *examine(&file(&shown(b""))).bytes);
    assert!(contains(&clean, b"pixels") && !contains(&clean, b"Anna"));
    assert!(!contains(&examine(&file(&[&*shown(b""), b"Anna"].concat())).bytes, b"Anna"));
}

#[test]
fn fonts_are_reported() {
    for start in FONTS {
        assert!(examine(&[start, &[0; 20]].concat()).left.0.contains(&Tell::Name), "{start:?}");
    }
}

#[test]
fn raw_pictures_are_reported_whatever_is_recognised_in_them() {
    let raw = b"II*\0\x08\0\0\0\x01\0\x12\xc6\x01\0\x04\0\0\0\x01\x04\0\0\0\0\0\0";
    let examined = examine(raw);
    assert_eq!(examined.left, Tells([Tell::Unread].into()));
    assert_eq!(*examined.bytes, raw[..]);
}

#[test]
fn formats_that_are_not_read_are_reported() {
    for start in UNREAD {
        let tells = examine(start).left;
        assert!(!tells.is_empty() && tells.is_unsearchable(), "{start:?}");
    }
    for text in ["", "a,b\n", "{\"type\": \"Point\"}", "<html><svg></html>", "<gpx/>"] {
        let examined = examine(text.as_bytes());
        assert!(examined.left.is_empty() && examined.bytes == text.as_bytes(), "{text}");
    }
}
