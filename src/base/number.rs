//! Parses numbers as people write them, and writes them in letters.

/// Parses a decimal number with optional sign, point and exponent. `None` too for texts that Rust parses as a
/// number that is not finite: `nan`, `inf`, `1e400`.
pub(crate) fn parse(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The zeros of the scripts whose digits people type: Arabic, Persian, Devanagari, Bengali, Thai, full-width.
const ZEROS: [char; 6] = ['\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{FF10}'];

/// The ASCII digit for one of another script.
pub(crate) fn digit(c: char) -> Option<char> {
    let value =
        ZEROS.iter().find_map(|&zero| (c as u32).checked_sub(zero as u32).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10))
}

/// A number, from 0 on, in letters: `a` to `z`, then `aa`, `ab`, …
pub(crate) fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        for (number, text) in
            [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba"), (701, "zz"), (702, "aaa")]
        {
            assert_eq!(letters(number), text);
        }
    }

    #[test]
    fn a_number_is_finite() {
        for (text, number) in [("12", 12.0), ("-.5", -0.5), ("+1e3", 1000.0), ("1e-400", 0.0)] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in ["", "nan", "-NaN", "inf", "+Infinity", "1e400", "-1e400", "1_", "0x1", " 1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
