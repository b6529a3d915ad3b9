//! Draws accounts on one scale, a track for each. Positions are shares of the width, so a track is as wide as the page
//! lets it be, and the words beside it are the page's own: nothing is cut on the narrowest screen.

use std::fmt::Write;

use super::diagram::width;
use crate::base::bidi::Direction;
use crate::base::date::Day;
use crate::base::markup::escaped;
use crate::base::tenths::tenths;

/// The height of a track and of the axis, in pixels.
const TRACK: u32 = 28;
const AXIS: u32 = 22;

/// The narrowest width that a scale is shown in, the size of its letters, and the space between two labels.
const NARROW: f64 = 250.0;
const LETTERS: f64 = 12.0;
const GAP: f64 = 12.0;

/// The part of the width that stays free at either end of the scale, in hundredths.
const MARGIN: f64 = 3.0;

/// Zero is on the scale if the figures then still span more than this part of it.
const SPREAD: f64 = 0.3;

/// What an account says, on the scale.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Extent {
    /// The number or the range as it was said.
    pub said: (f64, f64),
    /// The range that the program reads into it, as for "about".
    pub read: Option<(f64, f64)>,
    pub open: Open,
    /// Whether the number itself is not meant: "more than".
    pub without: bool,
    /// Whether nobody said it: the dossier's own computation.
    pub is_computed: bool,
}

/// The end that an account leaves open.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Open {
    No,
    Below,
    Above,
}

/// A sign in the drawing that needs an explanation.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub(crate) enum Sign {
    Range,
    About,
    Open,
    Without,
    Computed,
}

impl Sign {
    pub(crate) const ALL: [Sign; 5] = [Sign::Range, Sign::About, Sign::Open, Sign::Without, Sign::Computed];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Sign::Range => "range",
            Sign::About => "about",
            Sign::Open => "open",
            Sign::Without => "without",
            Sign::Computed => "computed",
        }
    }

    pub(crate) fn is_in(self, extent: &Extent) -> bool {
        match self {
            Sign::Range => extent.said.0 < extent.said.1,
            Sign::About => extent.read.is_some(),
            Sign::Open => extent.open != Open::No,
            Sign::Without => extent.without,
            Sign::Computed => extent.is_computed,
        }
    }

    /// The sign alone, for the legend.
    pub(crate) fn drawn(self, direction: Direction) -> String {
        let scale = Scale { low: 0.0, high: 1.0, ticks: Vec::new(), starts_at_zero: true, direction };
        let plain = Extent {
            said: (0.5, 0.5),
            read: None,
            open: Open::No,
            without: self == Sign::Without,
            is_computed: self == Sign::Computed,
        };
        let extent = match self {
            Sign::Range => Extent { said: (0.1, 0.9), ..plain },
            Sign::About => Extent { read: Some((0.1, 0.9)), ..plain },
            Sign::Open => Extent { said: (0.2, 0.2), open: Open::Above, ..plain },
            Sign::Without | Sign::Computed => plain,
        };
        let mut svg = String::from(
            "<svg class=\"plot-track\" width=\"36\" height=\"14\" fill=\"none\" stroke=\"currentColor\" aria-hidden=\"true\" focusable=\"false\">",
        );
        scale.mark(&extent, &mut svg);
        svg + "</svg>"
    }
}

/// From numbers to positions.
#[derive(Debug)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<(f64, String)>,
    /// Whether it begins at zero, or has none, as dates.
    pub starts_at_zero: bool,
    direction: Direction,
}

impl Scale {
    /// The scale of figures, with zero where it belongs. Its numbers count `unit`s, and `write` writes them.
    pub(crate) fn of_figures(
        extents: &[Extent],
        unit: f64,
        direction: Direction,
        write: &dyn Fn(f64) -> String,
    ) -> Scale {
        let (least, most) = ends(extents);
        let spread = if most > least { most - least } else { most.abs().max(1.0) };
        let starts_at_zero = least >= 0.0 && (most == 0.0 || spread > most * SPREAD);
        let low = if starts_at_zero { 0.0 } else { least - spread * 0.15 };
        let room = if extents.iter().any(|extent| extent.open == Open::Above) { 0.2 } else { 0.06 };
        let high = most + (most - low).max(spread) * room;
        let ticks = numbers(low / unit, high / unit, write);
        let ticks = ticks.into_iter().map(|(value, label)| (value * unit, label)).collect();
        Scale { low, high, ticks, starts_at_zero, direction }
    }

    /// The scale of days, by their numbers. `dates` are the ticks that there could be, or one of so many of them: those
    /// whose labels do not lie on each other on the narrowest screen.
    pub(crate) fn of_days(
        extents: &[Extent],
        dates: &dyn Fn(usize) -> Vec<(Day, String)>,
        direction: Direction,
    ) -> Scale {
        let (least, most) = ends(extents);
        let spread = (most - least).max(2.0);
        let part = |open| if extents.iter().any(|extent| extent.open == open) { 0.15 } else { 0.04 };
        let (low, high) = (least - spread * part(Open::Below), most + spread * part(Open::Above));
        let mut ticks = Vec::new();
        for each in 1.. {
            let all = dates(each).into_iter().map(|(day, label)| (f64::from(day.number()), label));
            ticks = all.filter(|(at, _)| (low..=high).contains(at)).collect();
            if ticks.len() < 2 || have_room(&ticks, low, high) {
                break;
            }
        }
        Scale { low, high, ticks, starts_at_zero: true, direction }
    }

    /// The position of a number, in hundredths of the width.
    pub(super) fn at(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        let along = MARGIN + part * (100.0 - 2.0 * MARGIN);
        if self.direction.is_rtl() { 100.0 - along } else { along }
    }

    /// The numbers or dates of the scale.
    pub(crate) fn axis(&self) -> String {
        let mut svg = open("plot-axis", AXIS, self.direction);
        for (value, label) in &self.ticks {
            let at = self.at(*value);
            // A label that has no room on both sides lies inside.
            let half = width(label, LETTERS) / 2.0 / NARROW * 100.0;
            let (anchor, x) = match (at - half < 0.0, at + half > 100.0) {
                (true, _) => (if self.direction.is_rtl() { "end" } else { "start" }, 0.0),
                (_, true) => (if self.direction.is_rtl() { "start" } else { "end" }, 100.0),
                _ => ("middle", at),
            };
            let _ = write!(
                svg,
                "<text x=\"{}%\" y=\"13\" text-anchor=\"{anchor}\" fill=\"currentColor\" stroke=\"none\">{}</text><line x1=\"{at}%\" x2=\"{at}%\" y1=\"17\" y2=\"22\"/>",
                tenths(x),
                escaped(label),
                at = tenths(at)
            );
        }
        svg + "</svg>"
    }

    /// The beginning of a picture over this scale, with the lines of its ticks.
    pub(super) fn opened(&self, class: &str, height: u32) -> String {
        let mut svg = open(class, height, self.direction);
        for (value, _) in &self.ticks {
            let (at, class) = (tenths(self.at(*value)), if *value == 0.0 { "zero" } else { "grid" });
            let _ = write!(svg, "<line class=\"{class}\" x1=\"{at}%\" x2=\"{at}%\" y2=\"100%\"/>");
        }
        svg
    }

    /// The track of an account.
    pub(crate) fn track(&self, extent: &Extent) -> String {
        let mut svg = self.opened("plot-track", TRACK);
        self.mark(extent, &mut svg);
        svg + "</svg>"
    }

    /// Writing to a string cannot fail.
    fn mark(&self, extent: &Extent, svg: &mut String) {
        let (low, high) = extent.said;
        let mut line = |class: &str, from: f64, to: f64| {
            let (from, to) = (tenths(from), tenths(to));
            let _ =
                write!(svg, "<line class=\"{class}\" x1=\"{from}%\" x2=\"{to}%\" y1=\"50%\" y2=\"50%\"/>");
        };
        if let Some((from, to)) = extent.read {
            line("read", self.at(from), self.at(to));
        }
        let is_rtl = self.direction.is_rtl();
        let tip = match extent.open {
            Open::No => None,
            Open::Above => Some((high, !is_rtl)),
            Open::Below => Some((low, is_rtl)),
        };
        if let Some((from, is_right)) = tip {
            let end = if is_right { 99.5 } else { 0.5 };
            line("open", self.at(from), end);
        }
        if low < high {
            line("range", self.at(low), self.at(high));
        }
        if let Some((_, is_right)) = tip {
            let (end, head) = if is_right { ("99.5", "M-6-5L0 0L-6 5") } else { ("0.5", "M6-5L0 0L6 5") };
            let _ = write!(
                svg,
                "<svg x=\"{end}%\" y=\"50%\" overflow=\"visible\"><path class=\"open\" d=\"{head}\"/></svg>"
            );
        }
        // A range has no dot: no number of it was given before the others.
        if low < high {
            return;
        }
        let at = tenths(self.at(low));
        let _ = match (extent.is_computed, extent.without) {
            (true, _) => write!(
                svg,
                "<svg x=\"{at}%\" y=\"50%\" overflow=\"visible\"><rect class=\"computed\" x=\"-5.5\" y=\"-5.5\" width=\"11\" height=\"11\"/></svg>"
            ),
            (false, true) => {
                write!(svg, "<circle class=\"without\" cx=\"{at}%\" cy=\"50%\" r=\"6\"/>")
            }
            (false, false) => {
                write!(svg, "<circle class=\"dot\" cx=\"{at}%\" cy=\"50%\" r=\"6\"/>")
            }
        };
    }
}

/// The least and the greatest number of all.
fn ends(extents: &[Extent]) -> (f64, f64) {
    let all = || {
        extents.iter().flat_map(|extent| {
            let read = extent.read.unwrap_or(extent.said);
            [extent.said.0, extent.said.1, read.0, read.1]
        })
    };
    let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    if least.is_finite() { (least, most) } else { (0.0, 1.0) }
}

/// Round numbers between two others, as many as have room for their labels.
fn numbers(low: f64, high: f64, write: &dyn Fn(f64) -> String) -> Vec<(f64, String)> {
    let ticks = |step: f64, power: i32| {
        let unit = 10_f64.powi(power.abs());
        // A division by a power of ten gives the nearest number to the decimal one.
        let value = |count: f64| if power < 0 { count * step / unit } else { count * step * unit };
        let size = if power < 0 { step / unit } else { step * unit };
        let (first, last) = ((low / size).ceil() as i64, (high / size).floor() as i64);
        let values = (first..=last).map(|count| value(count as f64));
        values.map(|value| (value, write(value))).collect::<Vec<_>>()
    };
    let start = ((high - low).max(f64::MIN_POSITIVE).log10().floor() as i32).clamp(-12, 300) - 1;
    let steps = (start..start + 4).flat_map(|power| [1.0, 2.0, 5.0].map(|step| (step, power)));
    let fits = |ticks: &Vec<(f64, String)>| {
        let widest = ticks.iter().map(|(_, label)| width(label, LETTERS)).fold(0.0, f64::max);
        ticks.len() <= 6 && ticks.len() as f64 * (widest + GAP) <= NARROW
    };
    steps.map(|(step, power)| ticks(step, power)).find(fits).unwrap_or_default()
}

fn open(class: &str, height: u32, direction: Direction) -> String {
    let direction = if direction.is_rtl() { " direction=\"rtl\"" } else { "" };
    format!(
        "<svg class=\"{class}\" width=\"100%\" height=\"{height}\" fill=\"none\" stroke=\"currentColor\"{direction} aria-hidden=\"true\" focusable=\"false\">"
    )
}

/// Whether the labels of ticks lie beside each other on the narrowest screen.
fn have_room(ticks: &[(f64, String)], low: f64, high: f64) -> bool {
    let mut end = f64::NEG_INFINITY;
    ticks.iter().all(|(at, label)| {
        let half = width(label, LETTERS) / 2.0;
        let middle = (at - low) / (high - low) * NARROW;
        let fits = middle - half >= end;
        end = middle + half + GAP;
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Extent =
        Extent { said: (0.0, 0.0), read: None, open: Open::No, without: false, is_computed: false };

    fn exactly(numbers: &[f64]) -> Vec<Extent> {
        numbers.iter().map(|number| Extent { said: (*number, *number), ..PLAIN }).collect()
    }

    fn scale(extents: &[Extent]) -> Scale {
        Scale::of_figures(extents, 1.0, Direction::LeftToRight, &|number| number.to_string())
    }

    #[test]
    fn zero_is_on_the_scale_where_figures_still_differ() {
        assert!(scale(&exactly(&[200.0, 290.0])).starts_at_zero);
        assert!(scale(&exactly(&[0.0, 7.0])).starts_at_zero);
        assert!(!scale(&exactly(&[1987.0, 1991.0])).starts_at_zero);
        assert!(!scale(&exactly(&[-4.0, 7.0])).starts_at_zero);
    }

    #[test]
    fn ticks_are_round_and_have_room() {
        let labels = |numbers: &[f64]| {
            scale(&exactly(numbers)).ticks.into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&[200.0, 290.0]), ["0", "100", "200", "300"]);
        assert_eq!(labels(&[0.1, 0.3]), ["0", "0.1", "0.2", "0.3"]);
        for numbers in [[1e-9, 2e-9], [3.0, 3.0], [0.0, 0.0], [1e12, 3e15], [-7.0, 1e6], [1987.0, 1991.0]] {
            let scale = scale(&exactly(&numbers));
            assert!((1..=6).contains(&scale.ticks.len()), "{numbers:?} {scale:?}");
            let room = scale.ticks.iter().map(|(_, label)| width(label, LETTERS) + GAP).sum::<f64>();
            assert!(room <= NARROW, "{numbers:?} {scale:?}");
            assert!(scale.ticks.iter().all(|(at, _)| (scale.low..=scale.high).contains(at)));
        }
    }

    #[test]
    fn what_was_said_is_drawn_unlike_what_is_read_into_it() {
        let about = Extent { said: (200.0, 200.0), read: Some((180.0, 220.0)), ..PLAIN };
        let more = Extent { said: (300.0, 300.0), open: Open::Above, without: true, ..PLAIN };
        let some = Extent { said: (200.0, 999.0), ..PLAIN };
        let scale = scale(&[about, more, some]);
        let drawn = |extent| scale.track(extent);
        assert!(drawn(&about).contains("class=\"read\"") && drawn(&about).contains("class=\"dot\""));
        assert!(drawn(&more).contains("class=\"without\"") && drawn(&more).contains("class=\"open\""));
        assert!(drawn(&some).contains("class=\"range\"") && !drawn(&some).contains("circle"));
        let signs = |extent| Sign::ALL.into_iter().filter(move |sign| sign.is_in(extent)).map(Sign::word);
        assert!(signs(&about).eq(["about"]) && signs(&more).eq(["open", "without"]));
    }

    #[test]
    fn a_scale_runs_as_its_language_is_read() {
        let extents = exactly(&[0.0, 100.0]);
        let write = |number: f64| number.to_string();
        let rtl = Scale::of_figures(&extents, 1.0, Direction::RightToLeft, &write);
        assert_eq!((scale(&extents).at(0.0), rtl.at(0.0)), (MARGIN, 100.0 - MARGIN));
        assert!(rtl.axis().contains(" direction=\"rtl\""));
    }

    #[test]
    fn dates_keep_the_labels_that_have_room() {
        let month = |month| Day { year: 2020, month, day: 1 };
        let dates = |each| -> Vec<(Day, String)> {
            (1..=12).step_by(each).map(|number| (month(number), "September 2020".to_owned())).collect()
        };
        let first = f64::from(month(1).number());
        let extents = exactly(&[first, first + 350.0]);
        let scale = Scale::of_days(&extents, &dates, Direction::LeftToRight);
        assert!((1..=3).contains(&scale.ticks.len()), "{scale:?}");
    }
}
