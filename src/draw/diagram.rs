//! Small SVG drawings of evidence: dots and lines in the theme's colours, without styles of their own.
//!
//! Text width is not measured but overestimated slightly, so labels do not overlap in any font.

use std::fmt::Write;

use crate::base::bidi::{Direction, isolated_as};
use crate::base::markup::escaped;
use crate::base::script::is_dense;

/// The width of a drawing. It begins at the side where its language begins to read, so positions are measured from
/// there.
#[derive(Copy, Clone)]
pub(crate) struct Across {
    pub width: f64,
    pub direction: Direction,
}

impl Across {
    /// The x of what is this far from the start.
    pub(crate) fn x(self, along: f64) -> f64 {
        if self.direction.is_rtl() { self.width - along } else { along }
    }

    /// The attribute that makes texts begin at their right end.
    pub(crate) fn attribute(self) -> &'static str {
        if self.direction.is_rtl() { " direction=\"rtl\"" } else { "" }
    }
}

/// An SVG drawing under construction.
pub(crate) struct Drawing {
    svg: String,
    across: Across,
    height: f64,
}

impl Drawing {
    pub(crate) fn new(width: f64, direction: Direction) -> Drawing {
        Drawing { svg: String::new(), across: Across { width, direction }, height: 0.0 }
    }

    /// The x of what is this far from the start.
    pub(crate) fn x(&self, along: f64) -> f64 {
        self.across.x(along)
    }

    /// Enlarges the drawing to at least this height.
    pub(crate) fn reach(&mut self, height: f64) {
        self.height = self.height.max(height);
    }

    /// Adds an element. Writing to a string cannot fail.
    pub(crate) fn add(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.svg.write_fmt(element);
    }

    /// Adds a curve between two points that is horizontal at both ends.
    pub(crate) fn curve(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let (x1, x2) = (self.x(x1), self.x(x2));
        let middle = (x1 + x2) / 2.0;
        match (y1 - y2).abs() < 0.5 {
            true => self.add(format_args!("<path d=\"M{x1:.0} {y1:.0}H{x2:.0}\"/>")),
            false => self.add(format_args!(
                "<path d=\"M{x1:.0} {y1:.0}C{middle:.0} {y1:.0} {middle:.0} {y2:.0} {x2:.0} {y2:.0}\"/>"
            )),
        }
    }

    /// Adds a small circle.
    pub(crate) fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let x = self.x(x);
        self.add(format_args!("<circle class=\"{class}\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{radius}\"/>"));
    }

    /// Adds the lines of a label, which begin at `x`; the base line of the first is at `y`.
    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), lines: &[String]) {
        let (x, around) = (self.x(x), self.across.direction);
        let direction = around.of_name(&lines.concat());
        let line = |line: &String| escaped(&isolated_as(line, direction, around));
        self.add(format_args!(
            "<text class=\"{class}\" fill=\"currentColor\" stroke=\"none\" x=\"{x:.0}\" y=\"{y:.0}\">"
        ));
        match lines {
            [only] => self.add(format_args!("{}", line(only))),
            _ => {
                for (number, part) in lines.iter().enumerate() {
                    let below = if number == 0 { "" } else { "1.2em" };
                    let shift = if below.is_empty() { String::new() } else { format!(" dy=\"{below}\"") };
                    self.add(format_args!("<tspan x=\"{x:.0}\"{shift}>{}</tspan>", line(part)));
                }
            }
        }
        self.add(format_args!("</text>"));
    }

    /// Returns the finished SVG. `attributes` describe the drawing to screen readers.
    pub(crate) fn finish(self, class: &str, attributes: &str) -> String {
        let Drawing { svg, across, height } = self;
        let (width, direction) = (across.width, across.attribute());
        format!(
            "<svg class=\"diagram {class}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-size=\"13\" fill=\"none\" stroke=\"currentColor\"{direction} {attributes}>{svg}</svg>"
        )
    }
}

/// Estimates the width of a text in a sans-serif font of this size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')'
        | '[' | ']' | ' ' | '’' | '‘' => 0.34,
        'm' | 'w' | 'M' | 'W' | '—' | '…' | '%' | '@' => 0.9,
        'A'..='Z' => 0.7,
        c if c < '\u{2e80}' => 0.57,
        _ => 1.0,
    }
}

/// Breaks a text into lines of at most this width. If it needs more than `most` lines, the last one ends in
/// an ellipsis.
pub(crate) fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (gap, word) in text.split_whitespace().flat_map(pieces) {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(gap, size) + width(word, size) <= room => {
                line.push_str(gap);
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let is_cut = lines.len() > most;
    lines.truncate(most);
    for line in &mut lines {
        shorten(line, size, room);
    }
    if let Some(last) = lines.last_mut().filter(|line| is_cut && !line.ends_with('…')) {
        // Drop a whole word rather than cut it in half.
        while width(last, size) + width("…", size) > room
            && let Some(end) = last.rfind(' ')
        {
            last.truncate(end);
        }
        last.push('…');
        shorten(last, size, room);
    }
    lines
}

/// A word and the space before it; in a script without spaces, each character that a line may begin with and what
/// follows it.
fn pieces(word: &str) -> Vec<(&'static str, &str)> {
    let starts = word.char_indices().filter(|(at, c)| *at > 0 && is_dense(*c)).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(0).chain(starts).chain([word.len()]).collect();
    let pieces = starts.windows(2).map(|pair| (if pair[0] == 0 { " " } else { "" }, &word[pair[0]..pair[1]]));
    pieces.collect()
}

/// Shortens a line to a width.
fn shorten(line: &mut String, size: f64, room: f64) {
    if width(line, size) <= room {
        return;
    }
    while !line.is_empty() && width(line, size) + width("…", size) > room {
        line.pop();
    }
    let end = line.trim_end_matches(|c: char| c == '…' || c.is_whitespace()).len();
    line.truncate(end);
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_wrapped_too() {
        let lines = wrapped("船は港を出て、北へ向かった。", 10.0, 62.0, 4);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 10.0) <= 62.0), "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with(['、', '。'])), "{lines:?}");
        assert_eq!(lines.concat(), "船は港を出て、北へ向かった。");
    }

    #[test]
    fn labels_fit_into_their_room() {
        let lines = wrapped("Kementerian Luar Negeri Jepang untuk para menteri", 13.0, 130.0, 2);
        assert_eq!(lines, ["Kementerian Luar", "Negeri Jepang…"]);
        assert!(lines.iter().all(|line| width(line, 13.0) <= 130.0));
        assert_eq!(wrapped("Antidisestablishmentarianism", 13.0, 60.0, 2).len(), 1);
        assert!(wrapped("", 13.0, 60.0, 2).is_empty());
    }
}
