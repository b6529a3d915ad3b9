//! Draws the social card of a page, the picture in link previews on other sites: title, status and date, and
//! for a route its map. It is an SVG of 1200 × 630 pixels, the size that Open Graph consumers expect, with
//! fixed colours because no style sheet applies to it.

use std::fmt::Write;

use super::diagram::{width, wrapped};
use super::letters::can_be_set;
use crate::base::bidi::Direction;
use crate::base::markup::escaped;
use crate::base::script::is_dense;
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
    /// The words for how many more accounts there are.
    pub more: &'a dyn Fn(usize) -> String,
    pub direction: Direction,
}

/// The picture on a card.
pub(crate) enum Picture {
    /// The map of a route, as one `svg` element of the size of [`MAP`].
    Map(String),
    /// How accounts differ.
    Accounts(Accounts),
    /// How claims flow, as one `svg` element, and its height.
    Flow(String, f64),
}

/// How accounts differ, on a common scale.
pub(crate) struct Accounts {
    /// As an `svg` element.
    pub axis: String,
    /// What each says, who tells it, and where it is on the scale, as an `svg` element.
    pub rows: Vec<[String; 3]>,
    /// Which of them the card is about.
    pub own: usize,
    /// How many more there are.
    pub more: usize,
}

/// The height of an account, of the axis above them and of the foot below them, and where the scale begins.
const ROW: f64 = 50.0;
const AXIS: f64 = 38.0;
const FOOT: f64 = 104.0;
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
        // Letters of one width are estimated exactly.
        let slack = if self.title.contains(is_dense) { 1.0 } else { 1.04 };
        let lines = wrapped(self.title, size, room * slack, most);
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
            Some(Picture::Accounts(accounts)) => {
                self.accounts(&mut svg, below + 4.0, accounts);
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

    /// Draws accounts on their scale, one below the other: as many as there is room for, with the one that the card is
    /// about.
    fn accounts(&self, svg: &mut String, top: f64, accounts: &Accounts) {
        let Accounts { axis, rows, own, more } = accounts;
        let wide = WIDTH as f64 - MARGIN - SCALE;
        // In the direction of reading, the words are before the scale.
        let left = if self.direction.is_rtl() { MARGIN } else { SCALE };
        let mut part = |y: f64, tall: f64, drawing: &str| {
            let _ = write!(
                svg,
                "<svg x=\"{left:.0}\" y=\"{y:.0}\" width=\"{wide:.0}\" height=\"{tall:.0}\" viewBox=\"0 0 {:.0} {:.0}\">{drawing}</svg>",
                wide / 1.7,
                tall / 1.7
            );
        };
        let room = ((HEIGHT as f64 - FOOT - top - AXIS) / ROW) as usize;
        // The last row says how many there are beside these.
        let most = if rows.len() > room || *more > 0 { room.saturating_sub(1) } else { room };
        let first = (own + 1).saturating_sub(most);
        let shown = || rows.iter().skip(first).take(most);
        part(top, AXIS, axis);
        for (number, [_, _, track]) in shown().enumerate() {
            part(top + AXIS + ROW * number as f64, 47.6, track);
        }
        let room = SCALE - MARGIN - 24.0;
        let y = |number: usize| top + AXIS + 24.0 + ROW * number as f64;
        for (number, [said, who, _]) in shown().enumerate() {
            self.text(svg, "name-of", y(number), 24.0, &wrapped(said, 24.0, room, 1));
            self.text(svg, "soft", y(number) + 19.0, 17.0, &wrapped(who, 17.0, room, 1));
        }
        let more = more + rows.len() - shown().count();
        if more > 0 {
            self.text(svg, "soft", y(shown().count()), 20.0, &[(self.more)(more)]);
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
                self.turned(line)
            );
        }
    }

    /// A text to be read in the direction of its language: resvg has every text begin at the left.
    fn turned(&self, text: &str) -> String {
        if self.direction.is_rtl() { format!("\u{2067}{}\u{2069}", escaped(text)) } else { escaped(text) }
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
                self.turned(label)
            );
            from += 44.0 + width(label, SMALL) + 44.0;
        }
        if let Some(date) = self.date {
            let (x, anchor) = self.start(from);
            let _ = write!(
                svg,
                "<text class=\"soft\" x=\"{x:.0}\" y=\"{y:.0}\" font-size=\"{SMALL}\"{anchor}>{}</text>",
                self.turned(date)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_leave_room_for_the_foot_and_have_the_one_that_the_card_is_about() {
        let rows = (0..12).map(|number| [format!("{number} tonnes"), String::new(), String::new()]).collect();
        let poster = Poster {
            above: String::new(),
            title: "A title so long that it needs two lines of the card, and no more than these two",
            summary: "",
            status: Some(("reported", "Reported")),
            date: None,
            picture: Some(Picture::Accounts(Accounts { axis: String::new(), rows, own: 8, more: 20 })),
            more: &|count| format!("and {count} more"),
            direction: Direction::LeftToRight,
        };
        let svg = poster.svg();
        let texts = svg.split("<text ").skip(1);
        let of = |class: &str| -> Vec<&str> {
            texts.clone().filter(|text| text.starts_with(&format!("class=\"{class}\""))).collect()
        };
        let y = |text: &str| text.split_once("y=\"")?.1.split_once('"')?.0.parse::<f64>().ok();
        assert_eq!(of("title").len(), 3, "two lines and the status: {svg}");
        let shown = of("name-of");
        assert!(shown.iter().any(|row| row.contains(">8 tonnes<")), "{shown:?}");
        let more = texts.clone().find(|text| text.contains(&format!("and {} more", 32 - shown.len())));
        assert!(more.and_then(y).is_some_and(|y| y < HEIGHT as f64 - FOOT), "{svg}");
    }
}
