//! Text in a language that has special characters.

/// Adds text to `out`, each of its bytes that is special written by `write`. Special bytes are of ASCII, so that what stands between
/// them is text.
pub fn escape_into(
    text: &str,
    is_special: impl Fn(u8) -> bool,
    write: impl Fn(u8, &mut String),
    out: &mut String,
) {
    // Most of a text is plain: whether a stretch of it is can be told for all of its bytes at once.
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
