//! Numbers in drawings, rounded to a tenth of a pixel.

use std::fmt::{Display, Formatter, Result};

/// A number rounded to a tenth, displayed in as few characters as possible: `12`, `-.3`.
///
/// Formatting floats with the shortest round-trip representation is expensive, and a page with a drawing has
/// thousands of them.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct Tenths(i64);

/// A number rounded to a tenth.
pub(crate) fn tenths(value: f64) -> Tenths {
    Tenths(round(value * 10.0))
}

/// The nearest whole number; ties are rounded away from zero.
pub(crate) fn round(value: f64) -> i64 {
    // Rounds without a function call, because this runs for each number of a drawing.
    (value + 0.5_f64.copysign(value)) as i64
}

impl Tenths {
    /// A number of tenths.
    pub(crate) fn new(tenths: i64) -> Tenths {
        Tenths(tenths)
    }
}

impl Display for Tenths {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        const DIGITS: [&str; 10] = [".0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9"];
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if whole > 0 || tenth == 0 {
            f.write_str(itoa::Buffer::new().format(whole))?;
        }
        if tenth > 0 {
            f.write_str(DIGITS[tenth as usize])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown = [0.04, -0.04, 0.26, -0.26, 12.0, -3.12].map(|value| tenths(value).to_string());
        assert_eq!(shown, ["0", "0", ".3", "-.3", "12", "-3.1"]);
    }
}
