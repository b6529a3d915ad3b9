//! Draws what flows from where it began, through those who pass it on, to where it was read: bands as wide as what
//! they stand for. Positions across are shares of the width, so the drawing is as wide as the page lets it be.

use std::fmt::Write;

use super::diagram::{width, wrapped};
use crate::base::bidi::{Direction, isolated_as};
use crate::base::markup::escaped;
use crate::base::tenths::tenths;

/// Where the columns begin, in hundredths of the width.
const COLUMNS: [f64; 3] = [0.0, 36.0, 69.0];

/// The height of all that flows through the column that has most, the least height of a node, the space between two,
/// and the least height of a band, in pixels.
const HIGH: f64 = 420.0;
const LEAST: f64 = 48.0;
const GAP: f64 = 8.0;
const THIN: f64 = 1.5;

/// The height of one of what flows, if there is little, in pixels.
const WIDEST: f64 = 30.0;

/// The width of the bar of a node.
const BAR: f64 = 5.0;

/// How labels are set: the class of the style sheet, the size of the letters and the room for a line in pixels, and the
/// most lines.
struct Setting {
    class: &'static str,
    letters: f64,
    room: f64,
    most: usize,
}

/// Where the page is wide, and where it is narrow.
const LABELS: [Setting; 2] = [
    Setting { class: "flow-wide", letters: 13.0, room: 190.0, most: 3 },
    Setting { class: "flow-narrow", letters: 11.0, room: 64.0, most: 4 },
];

/// Somebody or something in a column.
pub(crate) struct Node {
    pub label: String,
    /// Where its page is; empty if it stands for several.
    pub href: String,
}

/// What flows from a node of one column to one of a later column.
pub(crate) struct Band {
    /// The column of each end, and the number of the node in it.
    pub from: (usize, usize),
    pub to: (usize, usize),
    /// How much of each sort there is, and the class of the style sheet for that.
    pub parts: Vec<(String, usize)>,
    pub title: String,
    pub href: String,
}

impl Band {
    fn size(&self) -> usize {
        self.parts.iter().map(|(_, size)| size).sum()
    }
}

/// The place of a node.
#[derive(Copy, Clone, Default)]
struct Place {
    top: f64,
    height: f64,
    /// How far the bands that arrive and those that leave fill it.
    filled: [f64; 2],
}

/// Draws the flow, in the direction in which its language is read; with it, its height. `label` describes it to screen
/// readers.
pub(crate) fn flow(
    columns: &[Vec<Node>; 3],
    bands: &[Band],
    label: &str,
    direction: Direction,
) -> (String, f64) {
    let through = |column: usize, node: usize| {
        let of = |side: fn(&Band) -> (usize, usize)| -> usize {
            bands.iter().filter(|band| side(band) == (column, node)).map(Band::size).sum()
        };
        of(|band| band.from).max(of(|band| band.to))
    };
    let most = (0..3)
        .map(|column| (0..columns[column].len()).map(|node| through(column, node)).sum::<usize>())
        .max();
    let unit = (HIGH / most.unwrap_or(1).max(1) as f64).min(WIDEST);
    let mut places: Vec<Vec<Place>> = Vec::new();
    let mut height: f64 = 0.0;
    for (column, nodes) in columns.iter().enumerate() {
        let mut top = 2.0;
        let mut own = Vec::new();
        for (number, node) in nodes.iter().enumerate() {
            let full = through(column, number) as f64 * unit;
            let label = LABELS.iter().map(|setting| label_height(node, setting)).fold(0.0, f64::max);
            let below = if is_below(column, full, label) { label } else { 0.0 };
            let tall = (full + below).max(LEAST);
            own.push(Place { top, height: tall, filled: [0.0; 2] });
            top += tall + GAP;
        }
        height = height.max(top);
        places.push(own);
    }
    let across = |share: f64| if direction.is_rtl() { 100.0 - share } else { share };
    let turned = if direction.is_rtl() { " direction=\"rtl\"" } else { "" };
    let mut svg = format!(
        "<svg class=\"flow\" width=\"100%\" height=\"{height:.0}\" font-size=\"13\" fill=\"currentColor\"{turned} role=\"group\" aria-label=\"{}\"><svg width=\"100%\" height=\"{height:.0}\" viewBox=\"0 0 1000 {height:.0}\" preserveAspectRatio=\"none\">",
        escaped(label)
    );
    for band in bands {
        let mut at = [places[band.from.0][band.from.1].top, places[band.to.0][band.to.1].top];
        at[0] += places[band.from.0][band.from.1].filled[1];
        at[1] += places[band.to.0][band.to.1].filled[0];
        let tall = (band.size() as f64 * unit).max(THIN);
        places[band.from.0][band.from.1].filled[1] += tall;
        places[band.to.0][band.to.1].filled[0] += tall;
        let [x1, x2] = [across(COLUMNS[band.from.0]) * 10.0, across(COLUMNS[band.to.0]) * 10.0];
        let middle = (x1 + x2) / 2.0;
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>",
            escaped(&band.href),
            escaped(&band.title)
        );
        let mut done = 0.0;
        for (class, size) in &band.parts {
            let part = tall * *size as f64 / band.size().max(1) as f64;
            let (a, b) = (at[0] + done, at[1] + done);
            done += part;
            let [a1, a2, b1, b2] = [a, a + part, b, b + part].map(tenths);
            let _ = write!(
                svg,
                "<path class=\"band {class}\" d=\"M{x1:.0} {a1}C{middle:.0} {a1} {middle:.0} {b1} {x2:.0} {b1}V{b2}C{middle:.0} {b2} {middle:.0} {a2} {x1:.0} {a2}z\"/>"
            );
        }
        svg.push_str("</a>");
    }
    svg.push_str("</svg>");
    for (column, nodes) in columns.iter().enumerate() {
        for (place, node) in places[column].iter().zip(nodes) {
            let title = escaped(&node.label);
            match node.href.is_empty() {
                true => svg.push_str("<g>"),
                false => {
                    let _ = write!(svg, "<a href=\"{}\"><title>{title}</title>", escaped(&node.href));
                }
            }
            let full = place.filled[0].max(place.filled[1]).max(THIN);
            let x = across(COLUMNS[column]);
            let _ = write!(
                svg,
                "<svg x=\"{}%\" overflow=\"visible\"><rect class=\"node\" x=\"{}\" y=\"{}\" width=\"{BAR}\" height=\"{}\"/>",
                tenths(x),
                if direction.is_rtl() { -BAR } else { 0.0 },
                tenths(place.top),
                tenths(full)
            );
            for setting @ Setting { class, letters, .. } in &LABELS {
                let lines = lines(node, setting);
                let own = direction.of_name(&node.label);
                let indent = if direction.is_rtl() { -BAR - 5.0 } else { BAR + 5.0 };
                let tall = letters * 1.2;
                let high = label_height(node, setting);
                let start = match is_below(column, full, high) {
                    true => place.top + full + letters,
                    false => place.top + letters + (full.min(place.height) / 2.0 - high / 2.0).max(0.0),
                };
                // Without the style sheet, which chooses, one of the two is enough.
                let hidden = if *class == "flow-narrow" { " display=\"none\"" } else { "" };
                let _ = write!(svg, "<text class=\"{class}\" font-size=\"{letters}\"{hidden}>");
                for (number, line) in lines.iter().enumerate() {
                    let y = tenths(start + tall * number as f64);
                    let line = escaped(&isolated_as(line, own, direction));
                    let _ = write!(svg, "<tspan x=\"{indent}\" y=\"{y}\">{line}</tspan>");
                }
                svg.push_str("</text>");
            }
            svg.push_str(if node.href.is_empty() { "</svg></g>" } else { "</svg></a>" });
        }
    }
    (svg + "</svg>", height)
}

/// Whether a label is below the band that leaves its node, because it is higher than that; after the last column there
/// is none.
fn is_below(column: usize, full: f64, label: f64) -> bool {
    column < COLUMNS.len() - 1 && full < label
}

/// The lines of a label. The number at its end stays with the word before it, and in sight where a name is cut.
fn lines(node: &Node, &Setting { letters, room, most, .. }: &Setting) -> Vec<String> {
    let Some((name, number)) = node.label.rsplit_once(" · ") else {
        return wrapped(&node.label, letters, room, most);
    };
    let number = format!("\u{a0}·\u{a0}{number}");
    let mut lines = wrapped(name, letters, room, most);
    let is_full = lines.len() == most;
    if let Some(last) = lines.last_mut() {
        let is_over = |last: &str| width(last, letters) + width(&number, letters) > room;
        if is_over(last) && !is_full {
            lines.push(number.trim_start().to_owned());
            return lines;
        }
        while is_over(last) && last.chars().count() > 1 {
            let mut kept = last.trim_end_matches('…').trim_end().chars();
            kept.next_back();
            *last = format!("{}…", kept.as_str().trim_end());
        }
        last.push_str(&number);
    }
    lines
}

fn label_height(node: &Node, setting: &Setting) -> f64 {
    lines(node, setting).len() as f64 * setting.letters * 1.2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(label: &str) -> Node {
        Node { label: label.to_owned(), href: format!("{label}.html") }
    }

    fn band(from: (usize, usize), to: (usize, usize), size: usize) -> Band {
        let parts = vec![("x".to_owned(), size)];
        Band { from, to, parts, title: String::new(), href: "#".to_owned() }
    }

    #[test]
    fn a_label_that_is_higher_than_its_band_is_below_it() {
        let columns = [vec![node("Radio Sfax 22 · 1"), node("b")], vec![], vec![node("d"), node("e")]];
        let bands = [band((0, 0), (2, 0), 1), band((0, 1), (2, 1), 99)];
        let (svg, _) = flow(&columns, &bands, "flow", Direction::LeftToRight);
        let label = svg.split("<tspan x=\"10\" y=\"").nth(1).unwrap();
        let (y, rest) = label.split_once('"').unwrap();
        // The band is as high as four pixels, and begins at two.
        assert!(y.parse::<f64>().unwrap() - 13.0 >= 6.0, "{y}");
        assert!(rest.starts_with(">Radio Sfax 22\u{a0}·\u{a0}1<"), "{rest}");
        // Where there is no room for the name, there is for the number.
        let long = node("North Korea sent containers to Russia by sea · 12");
        let lines = lines(&long, &LABELS[1]);
        assert!(lines.len() == LABELS[1].most && lines[3].ends_with("…\u{a0}·\u{a0}12"), "{lines:?}");
    }

    #[test]
    fn bands_are_as_wide_as_what_flows() {
        let columns = [vec![node("a"), node("b")], vec![node("c")], vec![node("d")]];
        let bands = [band((0, 0), (1, 0), 3), band((1, 0), (2, 0), 3), band((0, 1), (2, 0), 1)];
        let heights = |direction| -> Vec<f64> {
            let (svg, _) = flow(&columns, &bands, "flow", direction);
            let rects = svg.split("<rect ").skip(1);
            let height = |rect: &str| rect.split("height=\"").nth(1)?.split('"').next()?.parse().ok();
            rects.filter_map(height).collect()
        };
        assert_eq!(heights(Direction::LeftToRight), [90.0, 30.0, 90.0, 120.0]);
        assert_eq!(heights(Direction::RightToLeft), heights(Direction::LeftToRight));
    }
}
