//! Draws dates with their precision: a day as a mark, a month or a year without a known day as a pale bar, an
//! interval as a line with two ends, an open end as an arrow. A broken line marks doubt.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::diagram::{Across, width};
use crate::base::bidi::Direction;
use crate::base::date::{Day, Edtf, PartialDate, Precision};
use crate::base::markup::escaped;
use crate::base::tenths::tenths;
use crate::kinds::{Act, Moment};
use crate::locale::Locale;

/// The width and height of a row, in pixels.
const ROW: (f64, f64) = (240.0, 16.0);

/// The width of an entity's strip, the width of a column of marks, and the maximum number of marks in a
/// column.
const WIDTH: f64 = 640.0;
const COLUMN: f64 = 10.0;
const MOST_HIGH: usize = 12;

/// The minimum width of a bar.
const LEAST: f64 = 5.0;

/// The font sizes above rows and below a strip, and the least distance between two labels, in pixels.
const SMALL: f64 = 9.0;
const LETTERS: f64 = 11.0;
const GAP: f64 = 3.0;

/// A range of days, and its position on a line of a given width.
struct Scale {
    first: f64,
    days: f64,
    width: f64,
}

impl Scale {
    fn of(first: Day, last: Day, width: f64) -> Scale {
        let days = f64::from(last.number() - first.number() + 1).max(1.0);
        Scale { first: f64::from(first.number()), days, width }
    }

    /// The position of the start of a day.
    fn at(&self, day: Day) -> f64 {
        (f64::from(day.number()) - self.first) / self.days * self.width
    }

    fn end_of(&self, day: Day) -> f64 {
        (f64::from(day.number()) - self.first + 1.0) / self.days * self.width
    }
}

/// Draws the ticks above the rows of a period: its weeks, months or years.
pub(crate) fn axis(period: PartialDate, locale: &Locale) -> String {
    let (first, last) = (period.earliest(), period.latest());
    let scale = Scale::of(first, last, ROW.0);
    let across = Across { width: ROW.0, direction: locale.direction };
    let mut svg = open("axis", across, 14.0);
    let mut end = f64::NEG_INFINITY;
    for (day, label) in ticks(first, last, locale, true, 1) {
        let along = scale.at(day);
        let _ = write!(svg, "<path d=\"M{} 10V14\"/>", tenths(across.x(along)));
        if let Some(middle) = room(&label, SMALL, along, across.width, &mut end) {
            let x = tenths(across.x(middle));
            let _ = write!(svg, "<text x=\"{x}\" y=\"8\">{}</text>", escaped(&label));
        }
    }
    svg + "</svg>"
}

/// The middle of a label at a tick: within the drawing, and not over the label that ends at `end`, which then
/// becomes the end of this one. `None` if there is no room.
fn room(label: &str, size: f64, tick: f64, most: f64, end: &mut f64) -> Option<f64> {
    let half = width(label, size) / 2.0;
    let middle = tick.min(most - half).max(half);
    (middle - half >= *end).then(|| {
        *end = middle + half + GAP;
        middle
    })
}

/// Draws a moment within its period, in the direction in which its language is read.
pub(crate) fn row(moment: &Moment, period: PartialDate, direction: Direction) -> String {
    let scale = Scale::of(period.earliest(), period.latest(), ROW.0);
    let across = Across { width: ROW.0, direction };
    let mut svg = open("row", across, ROW.1);
    mark(&mut svg, moment, &scale, across, ROW.1 / 2.0);
    svg + "</svg>"
}

/// Draws moments on a time line. Each is a mark, and marks that coincide are stacked. `None` if all fall
/// within two days.
pub(crate) fn strip(moments: &[Moment], locale: &Locale) -> Option<String> {
    let bounds = || moments.iter().filter_map(|moment| moment.date.bound());
    let first = bounds().map(PartialDate::earliest).min()?;
    let last = bounds().map(PartialDate::latest).max()?;
    if last.number() - first.number() < 2 {
        return None;
    }
    let scale = Scale::of(first, last, WIDTH - 2.0 * COLUMN);
    let mut columns: BTreeMap<usize, Vec<&Moment>> = BTreeMap::new();
    for moment in moments {
        let Some(bound) = moment.date.bound() else { continue };
        let middle = (scale.at(bound.earliest()) + scale.end_of(bound.latest())) / 2.0;
        columns.entry((middle / COLUMN) as usize).or_default().push(moment);
    }
    let high = columns.values().map(Vec::len).max().unwrap_or(1).min(MOST_HIGH);
    // If more marks coincide than fit, each mark represents several moments.
    let each = columns.values().map(Vec::len).max().unwrap_or(1).div_ceil(MOST_HIGH);
    let ground = high as f64 * COLUMN + 4.0;
    let across = Across { width: WIDTH, direction: locale.direction };
    let mut svg = open("strip", across, ground + 18.0);
    let _ = write!(svg, "<path class=\"ground\" d=\"M0 {}H{WIDTH}\"/>", tenths(ground));
    let mut end = f64::NEG_INFINITY;
    for (number, (day, label)) in ticks(first, last, locale, false, 1).into_iter().enumerate() {
        let along = COLUMN + scale.at(day);
        let _ = write!(svg, "<path d=\"M{} {}v4\"/>", tenths(across.x(along)), tenths(ground));
        // The first label is the longest: it begins at its tick.
        let class = if number == 0 { " class=\"first\"" } else { "" };
        let x = match number {
            0 => {
                let long = width(&label, LETTERS);
                let start = along.min(WIDTH - long).max(0.0);
                end = start + long + GAP;
                start
            }
            _ => match room(&label, LETTERS, along, WIDTH, &mut end) {
                Some(middle) => middle,
                None => continue,
            },
        };
        let (x, y) = (tenths(across.x(x)), tenths(ground + 15.0));
        let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escaped(&label));
    }
    for (column, mut list) in columns {
        list.sort_by_key(|moment| moment.act);
        for (height, moment) in list.iter().step_by(each).enumerate() {
            let (x, y) = (COLUMN * (column as f64 + 1.5), ground - COLUMN * (height as f64 + 0.5) - 1.0);
            sign(&mut svg, moment, across, x, y);
        }
    }
    Some(svg + "</svg>")
}

fn open(class: &str, across: Across, height: f64) -> String {
    let (width, direction) = (across.width, across.attribute());
    format!(
        "<svg class=\"dates dates-{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"{direction} \
         aria-hidden=\"true\" focusable=\"false\">"
    )
}

/// Writing to a string cannot fail.
fn mark(svg: &mut String, moment: &Moment, scale: &Scale, across: Across, y: f64) {
    let doubt = if moment.date.is_certain() { "" } else { " doubt" };
    let clip = |along: f64| along.clamp(0.0, scale.width);
    match moment.date {
        Edtf::Date(date) if date.precision == Precision::Day => {
            let along = (scale.at(date.earliest()) + scale.end_of(date.earliest())) / 2.0;
            sign(svg, moment, across, along, y);
        }
        Edtf::Date(date) => {
            let (from, to) = (clip(scale.at(date.earliest())), clip(scale.end_of(date.latest())));
            let wide = (to - from).max(LEAST);
            let left = across.x(from).min(across.x(from + wide));
            let _ = write!(
                svg,
                "<rect class=\"some {}{doubt}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"8\" rx=\"2\"/>",
                moment.act.word(),
                tenths(left),
                tenths(y - 4.0),
                tenths(wide)
            );
        }
        Edtf::Interval(start, end) => {
            let from = start.map_or(-1.0, |date| scale.at(date.earliest()));
            let to = end.map_or(scale.width + 1.0, |date| scale.end_of(date.latest()));
            let (first, last) = (clip(from), clip(to).max(clip(from) + LEAST));
            let [up, here, down] = [y - 4.0, y, y + 4.0].map(tenths);
            let x = |along: f64| tenths(across.x(along));
            let close = |along: f64| format!("M{} {up}V{down}", x(along));
            let arrow = |along: f64, by: f64| {
                let (tip, back) = (x(along), across.x(along + by) - across.x(along));
                format!("M{} {up}L{tip} {here}l{} 4", x(along + by), tenths(back))
            };
            let head = if from < 0.0 { arrow(first, 4.0) } else { close(first + 0.7) };
            let tail = if to > scale.width { arrow(last, -4.0) } else { close(last - 0.7) };
            let _ = write!(
                svg,
                "<path class=\"stretch {}{doubt}\" d=\"M{} {here}H{}{head}{tail}\"/>",
                moment.act.word(),
                x(first),
                x(last)
            );
        }
    }
}

/// Draws a mark by type: filled square for events, ring for statements, diamond for publications, triangle
/// for journeys, which points to where the text reads on.
fn sign(svg: &mut String, moment: &Moment, across: Across, along: f64, y: f64) {
    let is_day = matches!(moment.date, Edtf::Date(date) if date.precision == Precision::Day);
    let doubt = if is_day && moment.date.is_certain() { "" } else { " doubt" };
    let (dx, dy, shape) = match moment.act {
        Act::Happened => (3.5, 3.5, "h7v7h-7z"),
        Act::Said => (3.4, 0.0, "a3.4 3.4 0 1 1 6.8 0a3.4 3.4 0 1 1 -6.8 0z"),
        Act::Published => (0.0, 4.4, "l4.4 4.4l-4.4 4.4l-4.4 -4.4z"),
        Act::Travelled if across.direction.is_rtl() => (-3.0, 4.0, "l-7 4l7 4z"),
        Act::Travelled => (3.0, 4.0, "l7 4l-7 4z"),
    };
    let (word, x, y) = (moment.act.word(), tenths(across.x(along) - dx), tenths(y - dy));
    let _ = write!(svg, "<path class=\"sign {word}{doubt}\" d=\"M{x} {y}{shape}\"/>");
}

/// Draws a mark alone, for the legend.
pub(crate) fn key(act: Act, direction: Direction) -> String {
    let day = PartialDate::of(Day { year: 2000, month: 1, day: 1 });
    let across = Across { width: 12.0, direction };
    let mut svg = open("key", across, 12.0);
    sign(&mut svg, &Moment { date: Edtf::Date(day), act, leg: None }, across, 6.0, 6.0);
    svg + "</svg>"
}

/// Returns at most twelve ticks at the starts of weeks, months or years, with their labels. The first names the month
/// and the year, unless what is around them does (`is_headed`). Where there is less room, only one of `each` so many is
/// taken.
pub(crate) fn ticks(
    first: Day,
    last: Day,
    locale: &Locale,
    is_headed: bool,
    each: usize,
) -> Vec<(Day, String)> {
    let days = last.number() - first.number() + 1;
    let begin = |year: i32, month: i32| {
        let month = month - 1;
        Day { year: year + month.div_euclid(12), month: month.rem_euclid(12) as u8 + 1, day: 1 }
    };
    let within = |day: &Day| *day >= first && *day <= last;
    if days <= 62 {
        let months = [0, 1, 2].map(|after| begin(first.year, i32::from(first.month) + after));
        let weeks = months.into_iter().flat_map(|month| (0..4).map(move |week| (month, 1 + 7 * week)));
        let weeks = weeks.filter_map(|(month, day)| Day::new(month.year, month.month, day)).filter(within);
        // Where no week begins, the first day stands for it.
        let mut weeks: Vec<Day> = weeks.collect();
        if weeks.is_empty() {
            weeks.push(first);
        }
        let label = |(number, day): (usize, Day)| {
            let label = match (number, day.day) {
                _ if is_headed => locale.ordinal(day.day),
                (0, _) => locale.date(Edtf::Date(PartialDate::of(day))),
                (_, 1) => locale.month_name(day),
                _ => locale.ordinal(day.day),
            };
            (day, label)
        };
        return weeks.into_iter().step_by(each).enumerate().map(label).collect();
    }
    let (months, years) = (days / 30, days / 365);
    if years < 3 {
        let step = (months / 8 + 1).clamp(1, 6);
        let starts = (0..=months + 1).step_by(step as usize);
        let starts = starts.map(|after| begin(first.year, i32::from(first.month) + after)).filter(within);
        let starts: Vec<Day> = starts.step_by(each).collect();
        let label = |number: usize| {
            let day = starts[number];
            let is_new = number.checked_sub(1).is_none_or(|before| starts[before].year != day.year);
            // The year is given at the first tick, and at the first of each further one.
            match (number, day.month) {
                (0, _) if !is_headed => locale.month(day),
                (_, 1) => locale.year(day),
                _ if is_new => locale.month(day),
                _ => locale.month_name(day),
            }
        };
        return (0..starts.len()).map(|number| (starts[number], label(number))).collect();
    }
    let step =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().find(|step| years / step <= 9).unwrap_or(2000);
    let starts = (first.year.div_euclid(step) * step..=last.year).step_by(step as usize);
    let starts = starts.map(|year| begin(year, 1)).filter(within).step_by(each);
    starts.map(|day| (day, locale.year(day))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(date: &str) -> Moment {
        Moment { date: Edtf::parse(date).unwrap(), act: Act::Said, leg: None }
    }

    fn drawn(date: &str, period: &str) -> String {
        drawn_in(Direction::LeftToRight, date, period)
    }

    fn drawn_in(direction: Direction, date: &str, period: &str) -> String {
        let Ok(Edtf::Date(period)) = Edtf::parse(period) else { panic!("{period}") };
        let svg = row(&moment(date), period, direction);
        svg.split_once('>').unwrap().1.trim_end_matches("</svg>").to_owned()
    }

    #[test]
    fn dates_are_drawn_as_what_they_are() {
        assert!(drawn("2023-09-01", "2023-09").contains("class=\"sign said\""));
        assert!(drawn("2023-09-01~", "2023-09").contains("sign said doubt"));
        assert_eq!(
            drawn("2023-09", "2023-09"),
            "<rect class=\"some said\" x=\"0\" y=\"4\" width=\"240\" height=\"8\" rx=\"2\"/>"
        );
        // From the middle of the month into the next one.
        assert_eq!(
            drawn("2023-09-16/2023-10-01", "2023-09"),
            "<path class=\"stretch said\" d=\"M120 8H240M120.7 4V12M236 4L240 8l-4 4\"/>"
        );
        assert!(drawn("../2023-09-16", "2023-09").contains("M4 4L0 8l4 4"));
    }

    #[test]
    fn time_runs_as_the_text_is_read() {
        let drawn = |date| drawn_in(Direction::RightToLeft, date, "2023-09");
        assert_eq!(
            drawn("2023-09-16/2023-10-01"),
            "<path class=\"stretch said\" d=\"M120 8H0M119.3 4V12M4 4L0 8l4 4\"/>"
        );
        assert!(drawn("../2023-09-16").contains("M236 4L240 8l-4 4"));
        assert!(drawn("2023-09").contains(" x=\"0\" y=\"4\" width=\"240\""));
    }

    #[test]
    fn labels_of_ticks_stay_apart_and_within_the_drawing() {
        let mut end = f64::NEG_INFINITY;
        let mut middle = |tick| room("1234", 10.0, tick, 100.0, &mut end).map(f64::round);
        assert_eq!([0.0, 20.0, 50.0, 99.0].map(&mut middle), [Some(11.0), None, Some(50.0), Some(89.0)]);
    }
}
