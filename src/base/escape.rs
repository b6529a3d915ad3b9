//! Escaping of text for languages with special characters.

/// Appends `text` to `out`, with each special byte written by `write`. Special bytes must be ASCII, so the
/// text between them is valid UTF-8.
pub(crate) fn escape_into(
    text: &str,
    is_special: impl Fn(u8) -> bool,
    write: impl Fn(u8, &mut String),
    out: &mut String,
) {
    // Most text is plain, and a whole stretch of bytes can be tested for that at once.
    const STRETCH: usize = 32;
    let mut done = 0;
    for (number, stretch) in text.as_bytes().chunks(STRETCH).enumerate() {
        if !stretch.iter().fold(false, |any, byte| any | is_special(*byte)) {
            continue;
        }
        for (offset, &byte) in stretch.iter().enumerate().filter(|(_, byte)| is_special(**byte)) {
            let at = number * STRETCH + offset;
            out.push_str(&text[done..at]);
            write(byte, out);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_special_byte_is_written_wherever_it_stands() {
        // Longer than a stretch, with none, one or two special bytes, and letters of several bytes around
        // them.
        for length in 0..80 {
            for (one, other) in [(length, length), (length / 2, length), (length / 2, length / 2 + 1)] {
                let letter = |at: usize| {
                    if at == one || at == other {
                        '<'
                    } else if at % 7 == 3 {
                        'é'
                    } else {
                        'a'
                    }
                };
                let text: String = (0..length).map(letter).collect();
                let mut out = String::from("-");
                escape_into(&text, |byte| byte == b'<', |_, out| out.push_str("&lt;"), &mut out);
                assert_eq!(out, format!("-{}", text.replace('<', "&lt;")));
            }
        }
    }
}
