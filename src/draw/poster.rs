//! Draws the social card of a page, the picture in link previews on other sites: title, status and date, and
//! for a route its map. It is an SVG of 1200 × 630 pixels, the size that Open Graph consumers expect, with
//! fixed colours because no style sheet applies to it.

use std::fmt::Write;

use super::diagram::{width, wrapped};
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
const STYLE: &str = "text{font-family:'Source Serif 4';fill:#1d1c1a}.soft{fill:#5e5a54}.title,.name{font-weight:600}\
.sea{fill:#dfe8ec}.land{fill:#f6f3ed;stroke:#a9bac2;stroke-width:7}.lake{fill:#dfe8ec;stroke:#a9bac2;stroke-width:4}\
.graticule{fill:none;stroke:#d5e0e4;stroke-width:6}.border{fill:none;stroke:#c9c1b3;stroke-width:8}\
.countries text{fill:#7d766a;font-size:18px}.leg path{fill:none}.casing{stroke:#fbf9f5;stroke-width:8;stroke-opacity:.8}\
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
.refuted circle{stroke:#96302b}.refuted text{fill:#96302b}";

/// The content of a card.
pub(crate) struct Poster<'a> {
    /// The line above the title: the kind and the site.
    pub above: String,
    pub title: &'a str,
    pub summary: &'a str,
    /// The status of a claim: its keyword and its label.
    pub status: Option<(&'a str, &'a str)>,
    pub date: Option<&'a str>,
    /// The map of a route, as one `svg` element of the size of [`MAP`].
    pub map: Option<String>,
}

impl Poster<'_> {
    /// Renders the card.
    pub(crate) fn svg(&self) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
             <style>{STYLE}</style><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fdfcfa\"/>"
        );
        let (size, most) = match (&self.map, self.title.chars().count()) {
            (Some(_), _) => (50.0, 2),
            (None, 0..70) => (76.0, 4),
            (None, _) => (60.0, 5),
        };
        let room = WIDTH as f64 - 2.0 * MARGIN;
        text(&mut svg, "soft", 84.0, 28.0, &wrapped(&self.above, 28.0, room, 1));
        let _ = write!(
            svg,
            "<path d=\"M{MARGIN} 108H{:.0}\" stroke=\"#1d1c1a\" stroke-width=\"2\"/>",
            MARGIN + room
        );
        let lines = wrapped(self.title, size, room * 1.04, most);
        text(&mut svg, "title", 114.0 + size * 1.05, size, &lines);
        let below = 114.0 + size * (0.6 + LEADING * lines.len() as f64);
        match &self.map {
            Some(map) => {
                let top = HEIGHT as f64 - MAP.high;
                let _ = write!(
                    svg,
                    "<svg y=\"{top:.0}\" width=\"{WIDTH}\" height=\"{:.0}\">{map}</svg>",
                    MAP.high
                );
            }
            None => {
                let free = ((HEIGHT as f64 - 130.0 - below) / (SMALL * LEADING)).max(0.0) as usize;
                let summary = if free > 0 && can_be_set(self.summary) { self.summary } else { "" };
                text(&mut svg, "soft", below + SMALL, SMALL, &wrapped(summary, SMALL, room, free.min(3)));
                self.foot(&mut svg);
            }
        }
        svg + "</svg>"
    }

    /// Draws the status of a claim, and the date.
    fn foot(&self, svg: &mut String) {
        let y = HEIGHT as f64 - 64.0;
        let mut x = MARGIN;
        if let Some((status, label)) = self.status {
            let _ = write!(
                svg,
                "<g class=\"status {status}\"><circle cx=\"{:.0}\" cy=\"{:.0}\" r=\"13\"/>\
                 <text class=\"title\" x=\"{:.0}\" y=\"{y:.0}\" font-size=\"{SMALL}\">{}</text></g>",
                x + 15.0,
                y - 12.0,
                x + 44.0,
                escaped(label)
            );
            x += 44.0 + width(label, SMALL) + 44.0;
        }
        if let Some(date) = self.date {
            let _ = write!(
                svg,
                "<text class=\"soft\" x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{SMALL}\">{}</text>",
                escaped(date)
            );
        }
    }
}

/// Whether the embedded fonts cover a text: they contain Latin letters, and the characters used with them.
pub(crate) fn can_be_set(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\0'..='\u{24f}' | '\u{2010}'..='\u{2044}' | '\u{20a0}'..='\u{20c0}'))
}

fn text(svg: &mut String, class: &str, y: f64, size: f64, lines: &[String]) {
    for (number, line) in lines.iter().enumerate() {
        let y = y + number as f64 * size * LEADING;
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"{MARGIN}\" y=\"{y:.0}\" font-size=\"{size}\">{}</text>",
            escaped(line)
        );
    }
}
