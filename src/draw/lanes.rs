//! Draws all dates of a dossier on one screen: a lane for what happened, one for what was said, one for what was
//! published, over one axis, so that the time between them is seen.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::plot::{Extent, Open, Scale};
use super::strip;
use crate::base::date::{Day, Edtf, PartialDate, Precision};
use crate::base::markup::escaped;
use crate::base::tenths::tenths;
use crate::kinds::{Act, Moment};
use crate::locale::Locale;

/// The number of bars that a lane has room for, its height, and that of its tallest bar, in pixels.
const BARS: i32 = 60;
const HIGH: f64 = 56.0;
const TALLEST: f64 = 42.0;

/// The part of the moments at either end that may lie beyond the axis, and how much narrower that must make it.
const FAR: f64 = 0.05;
const NARROWER: i32 = 4;

/// All lanes, and what lies beyond them.
#[derive(Debug)]
pub(crate) struct Lanes {
    /// The first and the last day of the axis.
    pub span: [Day; 2],
    pub lanes: Vec<Lane>,
    /// The axis, drawn.
    pub axis: String,
    /// How many moments are before and after it.
    pub beyond: [usize; 2],
}

#[derive(Debug)]
pub(crate) struct Lane {
    pub act: Act,
    pub count: usize,
    /// From its first to its last date.
    pub dates: Edtf,
    /// The lane, drawn.
    pub svg: String,
}

/// The lane of a moment: journeys are among what happened.
fn lane(act: Act) -> Act {
    match act {
        Act::Travelled => Act::Happened,
        act => act,
    }
}

/// Draws moments in lanes. `link` is the address of what is listed for a day. `None` if all moments are in one lane, or
/// within a few days.
pub(crate) fn lanes(moments: &[Moment], locale: &Locale, link: &dyn Fn(Day) -> String) -> Option<Lanes> {
    let dated: Vec<(Act, Moment, PartialDate)> =
        moments.iter().filter_map(|moment| Some((lane(moment.act), *moment, moment.date.bound()?))).collect();
    let span = span(&dated)?;
    let [first, last] = span;
    let is_before = |bound: &PartialDate| bound.latest() < first;
    let is_after = |bound: &PartialDate| bound.earliest() > last;
    let beyond = [
        dated.iter().filter(|(_, _, bound)| is_before(bound)).count(),
        dated.iter().filter(|(_, _, bound)| is_after(bound)).count(),
    ];
    let within: Vec<&(Act, Moment, PartialDate)> =
        dated.iter().filter(|(_, _, bound)| !is_before(bound) && !is_after(bound)).collect();
    let acts = [Act::Happened, Act::Said, Act::Published];
    if last.number() - first.number() < 3
        || acts.iter().filter(|act| within.iter().any(|(of, ..)| of == *act)).count() < 2
    {
        return None;
    }
    let ends = Extent {
        said: (f64::from(first.number()), f64::from(last.number() + 1)),
        read: None,
        open: Open::No,
        without: false,
        is_computed: false,
    };
    let ticks = |each| strip::ticks(first, last, locale, false, each);
    let scale = Scale::of_days(&[ends], &ticks, locale.direction);
    let bars: Vec<(Act, BTreeMap<i32, Vec<Day>>)> =
        acts.iter().map(|act| (*act, bars(&within, *act, span))).collect();
    let most = bars.iter().flat_map(|(_, bars)| bars.values().map(Vec::len)).max().unwrap_or(1);
    let lanes = bars.iter().filter_map(|(act, bars)| {
        let own: Vec<&(Act, Moment, PartialDate)> = within.iter().copied().filter(|(of, ..)| of == act).collect();
        let first = own.iter().map(|(_, _, bound)| *bound).min_by_key(|bound| bound.earliest())?;
        let last = own.iter().map(|(_, _, bound)| *bound).max_by_key(|bound| bound.latest())?;
        let dates = if first == last { Edtf::Date(first) } else { Edtf::Interval(Some(first), Some(last)) };
        let mut svg = scale.opened("lane", HIGH as u32);
        // What is known to the month, or lasted, is a line along the ground.
        for (_, moment, _) in own.iter().filter(|(_, moment, _)| !is_day(moment.date)) {
            let (from, to) = (moment.date.earliest().unwrap_or(span[0]), moment.date.latest().unwrap_or(span[1]));
            let (from, to) = (scale.at(f64::from(from.number())), scale.at(f64::from(to.number() + 1)));
            let _ = write!(
                svg,
                "<line class=\"long {}\" x1=\"{}%\" x2=\"{}%\" y1=\"{y}\" y2=\"{y}\"/>",
                act.word(),
                tenths(from),
                tenths(to),
                y = HIGH - 4.0
            );
        }
        for (bar, days) in bars {
            let width = bar_days(span);
            let start = f64::from(span[0].number() + bar * width);
            let (from, to) = (scale.at(start), scale.at(start + f64::from(width)));
            let tall = (TALLEST * days.len() as f64 / most as f64).max(5.0);
            let day = days.iter().min().copied().unwrap_or(span[0]);
            let date = locale.date(Edtf::Date(PartialDate::of(day)));
            let _ = write!(
                svg,
                "<a href=\"{}\" tabindex=\"-1\"><title>{}: {}</title><rect class=\"bar {}\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\"/></a>",
                escaped(&link(day)),
                escaped(&date),
                locale.ordinal(days.len()),
                act.word(),
                tenths(from.min(to)),
                tenths(HIGH - 8.0 - tall),
                tenths((to - from).abs().max(1.0)),
                tenths(tall)
            );
        }
        Some(Lane { act: *act, count: own.len(), dates, svg: svg + "</svg>" })
    });
    Some(Lanes { span, lanes: lanes.collect(), axis: scale.axis(), beyond })
}

/// The days of a bar.
fn bar_days([first, last]: [Day; 2]) -> i32 {
    ((last.number() - first.number() + BARS) / BARS).max(1)
}

fn is_day(date: Edtf) -> bool {
    matches!(date, Edtf::Date(date) if date.precision == Precision::Day)
}

/// The days of the moments of a lane, by the number of their bar.
fn bars(within: &[&(Act, Moment, PartialDate)], act: Act, span: [Day; 2]) -> BTreeMap<i32, Vec<Day>> {
    let mut bars: BTreeMap<i32, Vec<Day>> = BTreeMap::new();
    for (_, _, bound) in within.iter().filter(|(of, moment, _)| *of == act && is_day(moment.date)) {
        let day = bound.earliest();
        bars.entry((day.number() - span[0].number()) / bar_days(span)).or_default().push(day);
    }
    bars
}

/// The first and the last day to show: of all, or of most where few others would make these a speck.
fn span(dated: &[(Act, Moment, PartialDate)]) -> Option<[Day; 2]> {
    let mut starts: Vec<Day> = dated.iter().map(|(_, _, bound)| bound.earliest()).collect();
    let mut ends: Vec<Day> = dated.iter().map(|(_, _, bound)| bound.latest()).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let all = [*starts.first()?, *ends.last()?];
    // At least one at either end counts as few, if there are enough of them.
    let few = ((starts.len() as f64 * FAR) as usize).max(usize::from(starts.len() > 7));
    let most = [*starts.get(few)?, *ends.get(ends.len().checked_sub(few + 1)?)?];
    let days = |[first, last]: [Day; 2]| (last.number() - first.number()).max(1);
    // An end that is not far stays, and so does what is not far from that.
    let mut kept = most;
    for &day in starts.iter().take(few).rev() {
        if days([day, kept[0]]) > days(most) {
            break;
        }
        kept[0] = day;
    }
    for &day in ends.iter().skip(ends.len() - few) {
        if days([kept[1], day]) > days(most) {
            break;
        }
        kept[1] = day;
    }
    Some(if days(kept) * NARROWER <= days(all) { kept } else { all })
}
