//! Draws accounts on one scale: dots and bars, each labelled with its author.

use super::diagram::Drawing;
use crate::base::bidi::Direction;

/// The width of the scale, and the height of a row, in pixels.
const ROOM: f64 = 620.0;
const ROW: f64 = 44.0;

/// An interval on the scale.
pub(crate) struct Bar {
    /// Where it starts.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Whether it is open at the low and at the high end.
    pub open: (bool, bool),
    /// Whether an account gave a number, rather than only bounds.
    pub has_dot: bool,
    /// The label above it.
    pub label: String,
}

/// Draws the bars on one scale, in the direction in which its language is read. `None` if there are fewer than two.
pub(crate) fn plot(bars: &[Bar], direction: Direction) -> Option<String> {
    if bars.len() < 2 {
        return None;
    }
    let ends = || bars.iter().flat_map(|bar| [bar.low, bar.high]);
    let (least, most) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    let spread = if most > least { most - least } else { most.abs().max(1.0) };
    let (start, end) = (least - spread * 0.12, most + spread * 0.12);
    let x = |value: f64| 8.0 + (value - start) / (end - start) * (ROOM - 16.0);
    let mut drawing = Drawing::new(ROOM, direction);
    for (number, bar) in bars.iter().enumerate() {
        let y = number as f64 * ROW + 34.0;
        let (from, to) = (x(bar.low), x(bar.high));
        drawing.add(format_args!("<path class=\"scale\" d=\"M0 {y:.0}H{ROOM:.0}\"/>"));
        let low = if bar.open.0 { 0.0 } else { from };
        let high = if bar.open.1 { ROOM } else { to };
        if high - low > 1.0 {
            let (low, high) = (drawing.x(low), drawing.x(high));
            drawing.add(format_args!("<path class=\"span\" d=\"M{low:.1} {y:.0}H{high:.1}\"/>"));
        }
        for (is_open, at, step) in [(bar.open.0, 1.0, 7.0), (bar.open.1, ROOM - 1.0, -7.0)] {
            if is_open {
                let (at, inner) = (drawing.x(at), drawing.x(at + step));
                let (above, below) = (y - 5.0, y + 5.0);
                drawing.add(format_args!(
                    "<path class=\"arrow\" d=\"M{inner:.0} {above:.0}L{at:.0} {y:.0}L{inner:.0} {below:.0}\"/>"
                ));
            }
        }
        let middle = match bar.open {
            (true, false) => to,
            (false, true) => from,
            _ => (from + to) / 2.0,
        };
        if bar.has_dot {
            let middle = drawing.x(middle);
            drawing.add(format_args!("<circle class=\"origin\" cx=\"{middle:.1}\" cy=\"{y:.0}\" r=\"5\"/>"));
        }
        drawing.text("", (0.0, y - 12.0), std::slice::from_ref(&bar.label));
    }
    drawing.reach(bars.len() as f64 * ROW + 8.0);
    Some(drawing.finish("plot", "aria-hidden=\"true\" focusable=\"false\""))
}
