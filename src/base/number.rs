//! Parses numbers as people write them.

/// Parses a decimal number with optional sign, point and exponent. `None` too for texts that Rust parses as a
/// number that is not finite: `nan`, `inf`, `1e400`.
pub(crate) fn parse(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

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
