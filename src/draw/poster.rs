//! Draws the social card of a page, the picture in link previews on other sites: title, status and date, and
//! for a route its map. It is an SVG of 1200 × 630 pixels, the size that Open Graph consumers expect, with
//! fixed colours because no style sheet applies to it.

use std::fmt::Write;
use std::sync::LazyLock;

use super::diagram::{width, wrapped};
use crate::base::bidi::Direction;
use crate::base::markup::escaped;
use crate::map::Size;

/// Its size, in pixels.
pub(crate) const WIDTH: usize = 1200;
/// See [`WIDTH`].
pub(crate) const HEIGHT: usize = 630;

/// The font size below the title, and the line height as a multiple of the font size.
const SMALL: f64 = 34.0;
const LEADING: f64 = 1.16;

/// The margin around the text.
const MARGIN: f64 = 72.0;

/// The map on the card of a route.
pub(crate) const MAP: Size = Size { class: "card", width: 1200.0, low: 372.0, high: 372.0, font: 24.0 };

/// The styles of the elements: the theme's light colours.
const STYLE: &str = "text{font-family:'Source Serif 4',serif;fill:#1d1c1a}.soft{fill:#5e5a54}.title,.name{font-weight:600}\
.sea{fill:#dfe8ec}.land{fill:#f6f3ed;stroke:#a9bac2;stroke-width:7}.lake{fill:#dfe8ec;stroke:#a9bac2;stroke-width:4}\
.graticule{fill:none;stroke:#d5e0e4;stroke-width:6}.border{fill:none;stroke:#c9c1b3;stroke-width:8}\
.landmarks text{fill:#635d53}.water text{fill:#3d6377;font-style:italic}.city circle{fill:#635d53}.leg path{fill:none}.casing{stroke:#fbf9f5;stroke-width:8;stroke-opacity:.8}\
.line{stroke-width:4}.ties{stroke-width:11;stroke-dasharray:2 12}.inferred .line{stroke-dasharray:11 8}\
.unknown .line{stroke-width:3.4;stroke-dasharray:0 9;stroke-linecap:round}\
.leg-sea .line{stroke:#1c6485}.leg-rail .line,.leg-rail .ties{stroke:#8b4226}.leg-road .line{stroke:#6d5a17}\
.leg-air .line{stroke:#604f8c}.leg-river .line{stroke:#2d7165}.leg-pipeline .line{stroke:#5b5853}.arrow{display:none}\
.stop circle{fill:#1d1c1a;stroke:#fbf9f5;stroke-width:2}.stop .number{fill:#fdfcfa;font-size:17px;text-anchor:middle}\
.badge{fill:#1d1c1a}.name{stroke:#fbf9f5;stroke-width:5px;paint-order:stroke}.leader{stroke:#1d1c1a;stroke-width:1.4}\
.bar{display:none}.tie rect,.tie path{fill:none;stroke:#1d1c1a;stroke-width:1.2}.edge{fill:none;stroke:#1d1c1a;stroke-width:2}\
.status circle{fill:none;stroke:#66615b;stroke-width:6}.status text{fill:#66615b}\
.reported circle{stroke:#15506e}.reported text{fill:#15506e}\
.computed circle{stroke:#63486a}.computed text{fill:#63486a}\
.told-differently circle,.denied circle,.contradicted circle,.disputed circle{stroke:#865200}\
.told-differently text,.denied text,.contradicted text,.disputed text{fill:#865200}\
.corroborated circle{stroke:#2e6a4d}.corroborated text{fill:#2e6a4d}\
.confirmed circle{stroke:#1e5a3c}.confirmed text{fill:#1e5a3c}\
.refuted circle{stroke:#96302b}.refuted text{fill:#96302b}\
.told text{fill:#1d1c1a}.name-of{font-weight:600}.grid{stroke:#dedad2}.zero,.plot-axis line{stroke:#8d8880}.plot-axis text{fill:#5e5a54;font-size:12px}\
.dot{fill:#1d1c1a}.without{fill:#fdfcfa;stroke:#1d1c1a;stroke-width:2}.computed{fill:#fdfcfa;stroke:#63486a;stroke-width:2}\
.range{stroke:#1d1c1a;stroke-width:8}.open{stroke:#1d1c1a;stroke-width:1.5}.read{stroke:#5e5a54;stroke-width:1.5;stroke-dasharray:3 3}\
.band{fill:#8d8880;fill-opacity:.38}.band.status-reported{fill:#15506e}.band.status-computed{fill:#63486a}\
.band.status-told-differently,.band.status-denied,.band.status-contradicted,.band.status-disputed{fill:#865200}\
.band.status-corroborated{fill:#2e6a4d}.band.status-confirmed{fill:#1e5a3c}.band.status-refuted{fill:#96302b}";

/// The content of a card.
pub(crate) struct Poster<'a> {
    /// The line above the title: the kind and the site.
    pub above: String,
    pub title: &'a str,
    pub summary: &'a str,
    /// The status of a claim: its keyword and its label.
    pub status: Option<(&'a str, &'a str)>,
    pub date: Option<&'a str>,
    /// What the page is about, drawn.
    pub picture: Option<Picture>,
    pub direction: Direction,
}

/// The picture on a card.
pub(crate) enum Picture {
    /// The map of a route, as one `svg` element of the size of [`MAP`].
    Map(String),
    /// How accounts differ: the axis, then what each says, who tells it and where it is on the scale, as `svg` elements.
    Accounts(String, Vec<[String; 3]>),
    /// How claims flow, as one `svg` element, and its height.
    Flow(String, f64),
}

/// The most accounts on a card, the height of one, and where the scale begins.
const ROWS: usize = 5;
const ROW: f64 = 50.0;
const SCALE: f64 = 560.0;

impl Poster<'_> {
    /// Renders the card.
    pub(crate) fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
             <style>{STYLE}</style><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fdfcfa\"/>"
        );
        let (size, most) = match (&self.picture, self.title.chars().count()) {
            (Some(_), _) => (50.0, 2),
            (None, 0..70) => (76.0, 4),
            (None, _) => (60.0, 5),
        };
        let room = WIDTH as f64 - 2.0 * MARGIN;
        self.text(&mut svg, "soft", 84.0, 28.0, &wrapped(&self.above, 28.0, room, 1));
        let _ = write!(
            svg,
            "<path d=\"M{MARGIN} 108H{:.0}\" stroke=\"#1d1c1a\" stroke-width=\"2\"/>",
            MARGIN + room
        );
        let lines = wrapped(self.title, size, room * 1.04, most);
        self.text(&mut svg, "title", 114.0 + size * 1.05, size, &lines);
        let below = 114.0 + size * (0.6 + LEADING * lines.len() as f64);
        match &self.picture {
            Some(Picture::Map(map)) => {
                let top = HEIGHT as f64 - MAP.high;
                let _ = write!(
                    svg,
                    "<svg y=\"{top:.0}\" width=\"{WIDTH}\" height=\"{:.0}\">{map}</svg>",
                    MAP.high
                );
            }
            Some(Picture::Accounts(axis, rows)) => {
                self.accounts(&mut svg, below + 4.0, axis, rows);
                self.foot(&mut svg);
            }
            Some(Picture::Flow(flow, high)) => {
                let (top, tall) = (below + 6.0, HEIGHT as f64 - below - 24.0);
                // The drawing is as wide as the page lets it be: here, as its height on the card asks for.
                let wide = (room * high / tall).max(room / 2.2);
                let _ = write!(
                    svg,
                    "<svg x=\"{MARGIN}\" y=\"{top:.0}\" width=\"{room:.0}\" height=\"{tall:.0}\" viewBox=\"0 0 {wide:.0} {high:.0}\" preserveAspectRatio=\"xMidYMin meet\">{flow}</svg>"
                );
            }
            None => {
                let free = ((HEIGHT as f64 - 130.0 - below) / (SMALL * LEADING)).max(0.0) as usize;
                let summary = if free > 0 && can_be_set(self.summary) { self.summary } else { "" };
                self.text(
                    &mut svg,
                    "soft",
                    below + SMALL,
                    SMALL,
                    &wrapped(summary, SMALL, room, free.min(3)),
                );
                self.foot(&mut svg);
            }
        }
        svg + "</svg>"
    }

    /// Draws accounts on their scale, one below the other.
    fn accounts(&self, svg: &mut String, top: f64, axis: &str, rows: &[[String; 3]]) {
        let wide = WIDTH as f64 - MARGIN - SCALE;
        // In the direction of reading, the words are before the scale.
        let is_rtl = self.direction.is_rtl();
        let left = if is_rtl { MARGIN } else { SCALE };
        let mut part = |y: f64, tall: f64, drawing: &str| {
            let _ = write!(
                svg,
                "<svg x=\"{left:.0}\" y=\"{y:.0}\" width=\"{wide:.0}\" height=\"{tall:.0}\" viewBox=\"0 0 {:.0} {:.0}\">{drawing}</svg>",
                wide / 1.7,
                tall / 1.7
            );
        };
        part(top, 38.0, axis);
        for (number, [_, _, track]) in rows.iter().take(ROWS).enumerate() {
            part(top + 38.0 + ROW * number as f64, 47.6, track);
        }
        for (number, [said, who, _]) in rows.iter().take(ROWS).enumerate() {
            let y = top + 62.0 + ROW * number as f64;
            let room = SCALE - MARGIN - 24.0;
            self.text(svg, "name-of", y, 24.0, &wrapped(said, 24.0, room, 1));
            self.text(svg, "soft", y + 19.0, 17.0, &wrapped(who, 17.0, room, 1));
        }
    }

    /// Draws lines of text at the margin where lines begin.
    fn text(&self, svg: &mut String, class: &str, y: f64, size: f64, lines: &[String]) {
        for (number, line) in lines.iter().enumerate() {
            let y = y + number as f64 * size * LEADING;
            let (x, anchor) = self.start(MARGIN);
            let _ = write!(
                svg,
                "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{size}\"{anchor}>{}</text>",
                escaped(line)
            );
        }
    }

    /// The x that is so far from where lines begin, and the anchor of a text there.
    fn start(&self, x: f64) -> (f64, &'static str) {
        if self.direction.is_rtl() { (WIDTH as f64 - x, " text-anchor=\"end\"") } else { (x, "") }
    }

    /// Draws the status of a claim, and the date.
    fn foot(&self, svg: &mut String) {
        let y = HEIGHT as f64 - 64.0;
        let mut from = MARGIN;
        if let Some((status, label)) = self.status {
            let ((dot, _), (x, anchor)) = (self.start(from + 15.0), self.start(from + 44.0));
            let _ = write!(
                svg,
                "<g class=\"status {status}\"><circle cx=\"{dot:.0}\" cy=\"{:.0}\" r=\"13\"/>\
                 <text class=\"title\" x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{SMALL}\"{anchor}>{}</text></g>",
                y - 12.0,
                escaped(label)
            );
            from += 44.0 + width(label, SMALL) + 44.0;
        }
        if let Some(date) = self.date {
            let (x, anchor) = self.start(from);
            let _ = write!(
                svg,
                "<text class=\"soft\" x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{SMALL}\"{anchor}>{}</text>",
                escaped(date)
            );
        }
    }
}

/// Whether the embedded fonts cover a text.
pub(crate) fn can_be_set(text: &str) -> bool {
    static RANGES: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
        let hex = |digits: &str| u32::from_str_radix(digits, 16).ok();
        let range = |line: &str| line.split_once(' ').and_then(|(low, high)| Some((hex(low)?, hex(high)?)));
        include_str!("../outputs/posters/letters.txt").lines().filter_map(range).collect()
    });
    // Marks that turn a text, and joiners, are drawn as nothing.
    let is_silent =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}');
    text.chars().all(|c| {
        let at = RANGES.partition_point(|(_, high)| *high < c as u32);
        is_silent(c) || RANGES.get(at).is_some_and(|(low, _)| *low <= c as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_the_scripts_of_the_program_s_languages_have_letters() {
        for title in [
            "Судно вышло",
            "Ґанок і її",
            "غادرت السفينة",
            "배가 떠났다",
            "船が港を出た",
            "船已离港",
            "Πλοίο",
            "Łódź “–”",
        ] {
            assert!(can_be_set(title), "{title}");
        }
        assert!(!can_be_set("जहाज़ रवाना हुआ"));
    }
}
