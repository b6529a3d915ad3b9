//! Whether a file of an unknown format is a text, in which a search finds every word.

use super::contains;

/// Whether all words of a file are found by reading it as text, in an encoding of one byte, UTF-8 or UTF-16. What
/// compresses or encodes words (archives, databases, fonts) has bytes that no text has; mails say that they do.
pub(super) fn is_searchable(bytes: &[u8]) -> bool {
    let encodes = |line: &[u8]| {
        let line = line.to_ascii_lowercase();
        line.starts_with(b"content-transfer-encoding:")
            && (contains(&line, b"base64") || contains(&line, b"quoted"))
    };
    let has_encoded_body = || {
        memchr::memmem::find_iter(bytes, b"ransfer-").any(|at| {
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |at| at + 1);
            encodes(&bytes[start..bytes.len().min(start + 200)])
        })
    };
    is_text(bytes) && !has_encoded_body() && !has_encoded_word(bytes)
}

/// Whether a file is a text, in an encoding of one byte, UTF-8 or UTF-16.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let is_wide = (bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xff\xfe\0\0"))
        || bytes.starts_with(b"\xfe\xff");
    let is_odd = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    is_wide || !bytes.iter().any(is_odd)
}

/// Whether a text has a word of a mail's header that is encoded: `=?utf-8?B?U2l0aQ==?=` (RFC 2047).
fn has_encoded_word(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"=?").any(|at| {
        let word = &bytes[at + 2..bytes.len().min(at + 80)];
        let mut parts = word.split(|byte| *byte == b'?');
        let is_charset = parts.next().is_some_and(|charset| {
            !charset.is_empty()
                && charset.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_*".contains(byte))
        });
        is_charset && matches!(parts.next(), Some(b"b" | b"B" | b"q" | b"Q"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{examine, samples};

    #[test]
    fn what_no_search_can_read_is_known() {
        let mail = |how: &str| {
            format!(
                "From: a@b.example\nContent-Type: text/plain\ncontent-transfer-Encoding: {how}\n\nU2l0aSBBbWluYWg=\n"
            )
        };
        let wide = |start: &[u8]| [start, &b"S\0i\0t\0i\0"[..]].concat();
        let hidden: [Vec<u8>; 9] = [
            b"Subject: =?utf-8?B?U2l0aSBBbWluYWg=?=\n".to_vec(),
            b"BZh91AY&SY\x12\x34\x01\0".to_vec(),
            b"\x28\xb5\x2f\xfd\x04\x58".to_vec(),
            b"SQLite format 3\0".to_vec(),
            b"wOF2\0\x01".to_vec(),
            b"S\0\0\0i\0\0\0".to_vec(),
            wide(b"\xff\xfe\0\0"),
            mail("BASE64").into(),
            mail("quoted-printable").into(),
        ];
        for file in hidden {
            assert!(examine(&file).left.is_unsearchable(), "{}", file.escape_ascii());
            let packed = samples::zip("a", &file);
            assert!(examine(&packed).left.is_unsearchable(), "in an archive: {}", file.escape_ascii());
        }
        for text in [
            b"a,b\r\n\tc".to_vec(),
            b"Jos\xe9;1\n".to_vec(),
            "é漢\x0c".into(),
            wide(b"\xff\xfe"),
            mail("7bit").into(),
            b"a =? b ?= c =?utf-8?".to_vec(),
        ] {
            assert!(examine(&text).left.is_empty(), "{}", text.escape_ascii());
        }
    }
}
