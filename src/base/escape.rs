//! Escaping of text for languages with special characters.

/// Appends `text` to `out`, with each special byte written by `write`. Special bytes must be ASCII, so the
/// text between them is valid UTF-8.
pub fn escape_into(
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
