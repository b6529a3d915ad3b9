//! Numbers as people write them in text.

/// The number that a text is: decimal, with a sign, a point and an exponent where it has them. `None` also for what Rust
/// would read as no finite number: `nan`, `inf`, `1e400`.
pub fn parse(text: &str) -> Option<f64> {
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
