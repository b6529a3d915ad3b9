//! Texts that are not in UTF-8: which encoding they are in most likely, to tell their author what to save again.
//!
//! A guess is only told, never read: it may be wrong, and a wrong one corrupts names in silence.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_2022_JP, KOI8_R, MACINTOSH, SHIFT_JIS, UTF_16BE, UTF_16LE,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1256,
};

use super::script::is_dense;

/// How to save a text as UTF-8.
pub(crate) const AS_UTF8: &str = "save it as UTF-8: in Notepad, choose UTF-8 beside \"Encoding\" in \"Save as\"; in VS Code, \
                                  click the encoding in the bar at the bottom";

/// An encoding, and what people call it.
struct Guess {
    name: &'static str,
    encoding: &'static Encoding,
}

/// The encodings that are told apart, and what people call them.
const ENCODINGS: [(&Encoding, &str); 10] = [
    (SHIFT_JIS, "Shift JIS, for Japanese"),
    (EUC_JP, "EUC-JP, for Japanese"),
    (EUC_KR, "EUC-KR, for Korean"),
    (GBK, "GBK, for Chinese"),
    (BIG5, "Big5, for Chinese"),
    (WINDOWS_1252, "Windows-1252, of old Windows programs"),
    (MACINTOSH, "Mac Roman, of old Macs"),
    (WINDOWS_1251, "Windows-1251, for Cyrillic"),
    (KOI8_R, "KOI8-R, for Russian"),
    (WINDOWS_1256, "Windows-1256, for Arabic"),
];

/// How much of a text is looked at.
const MOST: usize = 1 << 16;

/// How many letters of a word are shown.
const LONGEST_WORD: usize = 12;

/// Of a hundred letters beyond ASCII, how many at least stand where such letters stand.
const LEAST: usize = 80;

/// The text of a file.
///
/// # Errors
/// If it is in another encoding than UTF-8: `, but most likely in Shift JIS …`, or nothing if that is not known.
pub(crate) fn utf_8(bytes: &[u8]) -> Result<&str, String> {
    let read = std::str::from_utf8(bytes);
    // UTF-16 has zeros and ISO-2022-JP has escapes; either may be well-formed UTF-8.
    if let (Ok(text), None) = (read, memchr::memchr2(0, 0x1b, bytes)) {
        return Ok(text);
    }
    match (guess(bytes), read) {
        (None, Ok(text)) => Ok(text),
        (None, Err(_)) => Err(String::new()),
        (Some(guess), _) => Err(format!(", but most likely in {}", guess.said(bytes))),
    }
}

/// The encoding that a text is in most likely, if that is not UTF-8.
fn guess(bytes: &[u8]) -> Option<Guess> {
    if let Some(encoding) = utf_16(bytes) {
        return Some(Guess { name: "UTF-16", encoding });
    }
    let head = &bytes[..bytes.len().min(MOST)];
    if is_iso_2022_jp(head) {
        return Some(Guess { name: "ISO-2022-JP, for Japanese mail", encoding: ISO_2022_JP });
    }
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let mut best: Option<(usize, Guess)> = None;
    for (encoding, name) in ENCODINGS {
        let fit = fit(encoding, head);
        if fit >= LEAST && best.as_ref().is_none_or(|(least, _)| fit > *least) {
            best = Some((fit, Guess { name, encoding }));
        }
    }
    best.map(|(_, guess)| guess)
}

impl Guess {
    /// The encoding, and the first word in it that is beyond ASCII, with its line.
    fn said(&self, bytes: &[u8]) -> String {
        let text = self.encoding.decode_with_bom_removal(&bytes[..bytes.len().min(MOST)]).0;
        let is_part = |c: char| c.is_alphanumeric() || "'’-".contains(c);
        let Some(at) = text.find(|c: char| !c.is_ascii() && is_part(c)) else { return self.name.to_owned() };
        let start = text[..at].trim_end_matches(is_part).len();
        let word: String = text[start..].chars().take_while(|c| is_part(*c)).take(LONGEST_WORD).collect();
        let line = text[..at].matches('\n').count() + 1;
        format!("{}: line {line} has `{word}`", self.name)
    }
}

/// The byte order of a text in UTF-16: by its mark, or because every other byte is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(64).filter(|byte| **byte == 0).count();
    let half = (bytes.len() / 2).min(64);
    let has_zeros = |from: usize| half > 3 && zeros(from) * 4 > half * 3;
    match () {
        () if bytes.starts_with(&[0xFF, 0xFE]) || has_zeros(1) => Some(UTF_16LE),
        () if bytes.starts_with(&[0xFE, 0xFF]) || has_zeros(0) => Some(UTF_16BE),
        () => None,
    }
}

/// Whether a text switches to Japanese letters and back, by escapes that no other text has.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let has = |escape: &[u8]| memchr::memmem::find(bytes, escape).is_some();
    (has(b"\x1b$B") || has(b"\x1b$@")) && (has(b"\x1b(B") || has(b"\x1b(J"))
}

/// Of a hundred letters beyond ASCII, how many stand where such letters stand in a text; none if it cannot be decoded.
fn fit(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    // The last letter may be cut in two.
    let (text, _, _) = encoding.decode(bytes);
    let lost = text.matches('\u{fffd}').count();
    if lost > usize::from(bytes.len() == MOST) {
        return 0;
    }
    // Japanese is not written without its own letters.
    let is_japanese = [SHIFT_JIS, EUC_JP].contains(&encoding);
    if is_japanese && !text.contains(is_kana) {
        return 0;
    }
    let letters: Vec<char> = text.chars().collect();
    let (mut all, mut right) = (0, 0);
    for (at, c) in letters.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        all += 1;
        right += usize::from(is_at_home(encoding, *c, beside(at.checked_sub(1)), beside(Some(at + 1))));
    }
    (right * 100).checked_div(all).unwrap_or(0)
}

/// Whether a letter beyond ASCII is a common one of the encoding, and stands beside others as such letters do.
fn is_at_home(encoding: &'static Encoding, c: char, before: char, after: char) -> bool {
    let is_mark = |c: char| "“”‘’–—…«»„‚•·°€£©®§ \u{a0}".contains(c);
    let is_joined = before.is_alphabetic() || after.is_alphabetic();
    let is_among_latin = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    let is_punctuation = |c: char| matches!(c, '\u{3000}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}');
    match encoding {
        _ if [SHIFT_JIS, EUC_JP].contains(&encoding) => {
            is_kana(c) || is_punctuation(c) || is_dense(c) && (is_dense(before) || is_dense(after))
        }
        _ if encoding == EUC_KR => {
            matches!(c, '\u{ac00}'..='\u{d7a3}') && !is_among_latin || is_punctuation(c)
        }
        _ if [GBK, BIG5].contains(&encoding) => {
            is_punctuation(c) || !is_among_latin && is_dense(c) && !is_kana(c) && is_common(encoding, c)
        }
        _ if [WINDOWS_1251, KOI8_R].contains(&encoding) => match c {
            'А'..='я' | 'Ё' | 'ё' | 'Є'..='Ї' | 'є'..='ї' | 'Ґ' | 'ґ' => {
                !(is_among_latin || c.is_uppercase() && before.is_alphabetic())
            }
            c => is_mark(c),
        },
        _ if encoding == WINDOWS_1256 => {
            matches!(c, '\u{60c}'..='\u{6d2}') && is_joined && !is_among_latin || is_mark(c)
        }
        _ => match c {
            'à'..='ö' | 'ø'..='ÿ' | 'ß' | 'œ' => is_joined && (before.is_ascii() || after.is_ascii()),
            'À'..='Ö' | 'Ø'..='Þ' | 'Œ' => is_joined && after.is_ascii() && !before.is_lowercase(),
            c => is_mark(c),
        },
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Whether an encoding of Chinese has a letter among its common ones: those of rows D8 to F7 in GB 2312, and of C9 on
/// in Big5, are hardly ever used.
fn is_common(encoding: &'static Encoding, c: char) -> bool {
    let mut utf_8 = [0; 4];
    let (bytes, _, _) = encoding.encode(c.encode_utf8(&mut utf_8));
    match bytes.as_ref() {
        [first, second] if encoding == GBK => (0xb0..0xd8).contains(first) && *second >= 0xa1,
        [first, _] => (0xa4..0xc7).contains(first),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [(&Encoding, &str); 17] = [
        (SHIFT_JIS, "東京の港で船が見つかった。これは日本の新聞の記事です。"),
        (SHIFT_JIS, "title: 北朝鮮の武器\nby: [nis]\n"),
        (EUC_JP, "東京の港で船が見つかった。これは日本の新聞の記事です。"),
        (ISO_2022_JP, "東京の港で船が見つかった。"),
        (EUC_KR, "북한의 무기가 라진 항에서 두나이로 갔다."),
        (GBK, "船在星期二早上到达港口。这是一篇文章。"),
        (BIG5, "船在星期二早上到達港口。這是一篇文章。"),
        (WINDOWS_1252, "Le café de l’été était fermé. “Déjà vu” à Orléans – naïve."),
        (WINDOWS_1252, "id,title\nx,Café\n"),
        (WINDOWS_1252, "Müller sagte: „Größe ist alles“, ÜBER ALLES"),
        (MACINTOSH, "Le café de l’été était fermé. “Déjà vu” à Orléans – naïve."),
        (MACINTOSH, "title: Müller\n"),
        (WINDOWS_1251, "Судно прибыло в порт во вторник утром, сообщил «Интерфакс»."),
        (WINDOWS_1251, "title: Путин\n"),
        (KOI8_R, "Судно прибыло в порт во вторник утром."),
        (WINDOWS_1256, "وصلت السفينة إلى الميناء صباح يوم الثلاثاء."),
        (WINDOWS_1252, "El año pasado, el señor Núñez llegó a España: «Qué día»."),
    ];

    #[test]
    fn the_encoding_of_a_text_is_found_by_where_its_letters_stand() {
        for (encoding, text) in TEXTS {
            let bytes = encoding.encode(text).0;
            let found = guess(&bytes).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.encoding.name(), encoding.name(), "{text}");
        }
        let bytes = SHIFT_JIS.encode("title: 東京の港").0;
        assert_eq!(guess(&bytes).unwrap().said(&bytes), "Shift JIS, for Japanese: line 1 has `東京の港`");
        let wide: Vec<u8> = "Olé, plain".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guess(&wide).map(|guess| guess.name), Some("UTF-16"));
    }

    #[test]
    fn of_what_is_in_utf_8_or_no_text_nothing_is_guessed() {
        for bytes in [&b"plain"[..], "Olé".as_bytes(), b"", b"\xfe\xff\xfe\x81\x8d", b"a \x1b[1m b"] {
            let name = guess(bytes).map(|guess| guess.name);
            assert!(name.is_none_or(|name| name == "UTF-16"), "{bytes:?}: {name:?}");
        }
    }
}
