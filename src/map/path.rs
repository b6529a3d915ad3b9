//! Writes the `d` of an SVG path in as few bytes as possible.

use std::fmt::Write;

use crate::base::tenths::{Tenths, round};

/// Writes paths. Coordinates are rounded to a tenth.
#[derive(Debug, Default)]
pub(crate) struct PathWriter {
    /// The path written so far.
    pub d: String,
    last: [i64; 2],
    /// Whether coordinates are written as whole numbers of tenths.
    tenths: bool,
}

impl PathWriter {
    /// A writer of whole tenths, for a group that is scaled by a tenth.
    pub(crate) fn tenths() -> PathWriter {
        PathWriter { tenths: true, ..PathWriter::default() }
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, points: &[[f64; 2]]) {
        self.shape(points, false);
    }

    /// Adds a closed line.
    pub(crate) fn ring(&mut self, points: &[[f64; 2]]) {
        self.shape(points, true);
    }

    fn shape(&mut self, points: &[[f64; 2]], close: bool) {
        let mut written = 0;
        for point in points {
            let point = [round(point[0] * 10.0), round(point[1] * 10.0)];
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
            true => self.d.push_str(itoa::Buffer::new().format(tenths)),
            // Writing to a string cannot fail.
            false => drop(write!(self.d, "{}", Tenths::new(tenths))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let mut path = PathWriter::default();
        path.ring(&[[0.0, 0.0], [1.5, 0.0], [1.5, 0.01], [1.0, -2.0]]);
        assert_eq!(path.d, "M0 0l1.5 0-.5-2z");
    }
}
