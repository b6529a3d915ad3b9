//! The `d` of an SVG path, in as few bytes as it takes.

use std::fmt::Write;

/// Writes paths. Coordinates are rounded to a tenth.
#[derive(Debug, Default)]
pub struct PathWriter {
    /// What is written so far.
    pub d: String,
    last: [i64; 2],
    /// Whether numbers are written as tenths.
    tenths: bool,
}

impl PathWriter {
    /// One that writes tenths as whole numbers, for a group that is scaled to a tenth.
    pub fn tenths() -> PathWriter {
        PathWriter { tenths: true, ..PathWriter::default() }
    }

    /// Adds a line.
    pub fn line(&mut self, points: &[[f64; 2]]) {
        self.shape(points, false);
    }

    /// Adds a closed line.
    pub fn ring(&mut self, points: &[[f64; 2]]) {
        self.shape(points, true);
    }

    fn shape(&mut self, points: &[[f64; 2]], close: bool) {
        let mut written = 0;
        for point in points {
            let point = point.map(|v| libm::round(v * 10.0) as i64);
            if written > 0 && point == self.last {
                continue;
            }
            match written {
                0 => {
                    self.d.push('M');
                    self.number(point[0], true);
                    self.number(point[1], false);
                }
                _ => {
                    if written == 1 {
                        self.d.push('l');
                    }
                    self.number(point[0] - self.last[0], written == 1);
                    self.number(point[1] - self.last[1], false);
                }
            }
            self.last = point;
            written += 1;
        }
        if close && written > 0 {
            self.d.push('z');
        }
    }

    fn number(&mut self, tenths: i64, first: bool) {
        if !first && tenths >= 0 {
            self.d.push(' ');
        }
        match self.tenths {
            // Writing to a string cannot fail.
            true => drop(write!(self.d, "{tenths}")),
            false => self.d.push_str(&decimal(tenths)),
        }
    }
}

fn decimal(tenths: i64) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    match (size / 10, size % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, tenth) => format!("{sign}.{tenth}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

/// A coordinate, rounded to a tenth.
pub fn n(value: f64) -> String {
    decimal(libm::round(value * 10.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([n(0.04), n(-0.26), n(12.0), n(-3.12)], ["0", "-.3", "12", "-3.1"]);
        let mut path = PathWriter::default();
        path.ring(&[[0.0, 0.0], [1.5, 0.0], [1.5, 0.01], [1.0, -2.0]]);
        assert_eq!(path.d, "M0 0l1.5 0-.5-2z");
    }
}
