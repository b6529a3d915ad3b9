//! Partial dates: the Extended Date/Time Format (ISO 8601-2:2019, Library of Congress EDTF), levels 0 and 1.
//!
//! A day may have a time, as it was where the event happened. Everything but the order of events goes by the day.

mod time;

use std::fmt;

pub use time::Time;

/// A calendar day of the proleptic Gregorian calendar.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Day {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The day, if it exists in the calendar.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let real = (1..=12).contains(&month) && (1..=last_day(year, month)).contains(&day);
        real.then_some(Day { year, month, day })
    }

    /// The next day.
    fn after(self) -> Day {
        let Day { year, month, day } = self;
        let next = Day::new(year, month, day + 1).or_else(|| Day::new(year, month + 1, 1));
        next.unwrap_or(Day { year: year + 1, month: 1, day: 1 })
    }

    /// The day before.
    fn before(self) -> Day {
        let Day { year, month, day } = self;
        match (month, day) {
            (1, 1) => Day { year: year - 1, month: 12, day: 31 },
            (_, 1) => Day { year, month: month - 1, day: last_day(year, month - 1) },
            _ => Day { year, month, day: day - 1 },
        }
    }

    /// The days from March 1 of year 0 to this one (after Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms"). Meant for differences.
    pub(crate) fn number(self) -> i32 {
        // Years that begin in March have their leap day at the end.
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let (era, month) = (year.div_euclid(400), (i32::from(self.month) + 9) % 12);
        let (of_era, of_year) = (year.rem_euclid(400), (153 * month + 2) / 5 + i32::from(self.day) - 1);
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", Year(self.year), self.month, self.day)
    }
}

/// A year in four digits, with a minus sign before them if it is negative.
struct Year(i32);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:04}", if self.0 < 0 { "-" } else { "" }, self.0.abs())
    }
}

/// The number of days of a month.
fn last_day(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How much of a date is known.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub(crate) enum Precision {
    /// `199X` (10) or `19XX` (100): the date's year is the first of this many.
    Years(i32),
    /// `2023`, `2023-XX`
    Year,
    /// `2023-21`: a season; 21 is spring, 24 winter.
    Season(u8),
    /// `2023-09`, `2023-09-XX`
    Month,
    /// `2023-09-01`
    Day,
}

/// One date, possibly partial, approximate or uncertain.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct PartialDate {
    first: Day,
    /// How much of it is known.
    pub(crate) precision: Precision,
    /// The time of day; only a day has one.
    pub(crate) time: Option<Time>,
    /// `~` or `%`: the date is approximate.
    pub approximate: bool,
    /// `?` or `%`: the date is uncertain.
    pub uncertain: bool,
}

impl PartialDate {
    /// A date known to the day.
    pub(crate) fn of(day: Day) -> PartialDate {
        PartialDate::from(day, Precision::Day)
    }

    /// The first day that the date may mean.
    pub(crate) fn earliest(self) -> Day {
        self.first
    }

    /// ISO 8601, as precise as the date is known: a moment, a day, a month or a year; for a season or several
    /// years, the first of them.
    pub(crate) fn iso(self) -> String {
        let Day { year, month, .. } = self.first;
        match self.precision {
            Precision::Day => self.day_and_time(),
            Precision::Month => format!("{}-{month:02}", Year(year)),
            Precision::Year | Precision::Season(_) | Precision::Years(_) => Year(year).to_string(),
        }
    }

    /// [`PartialDate::iso`], for formats that know no years before the year 1: `None` if it is in one of them.
    pub(crate) fn iso_of_our_era(self) -> Option<String> {
        (self.first.year > 0).then(|| self.iso())
    }

    fn day_and_time(self) -> String {
        self.time.map_or_else(|| self.first.to_string(), |time| format!("{}T{time}", self.first))
    }

    /// Seconds in UTC from an arbitrary moment; `None` without a time or its zone.
    pub(crate) fn instant(self) -> Option<i64> {
        let (time, zone) = (self.time?, self.time?.zone?);
        Some(i64::from(self.first.number()) * 86_400 + time.seconds() - i64::from(zone) * 60)
    }

    /// The same moment in UTC, without its zone, to the second. Without a zone, the time as it is written.
    pub(crate) fn utc(self) -> PartialDate {
        let Some(time) = self.time else { return self };
        let of_day = time.seconds() - i64::from(time.zone.unwrap_or(0)) * 60;
        let (days, second) = (of_day.div_euclid(86_400), of_day.rem_euclid(86_400));
        let first =
            (0..days.abs()).fold(self.first, |day, _| if days < 0 { day.before() } else { day.after() });
        let part = |per: i64, most: i64| (second / per % most) as u8;
        let time = Time { hour: part(3600, 24), minute: part(60, 60), second: Some(part(1, 60)), zone: None };
        PartialDate { first, time: Some(time), ..self }
    }

    /// The year that contains or starts the date; the date itself if not even the year is known.
    pub(crate) fn in_year(self) -> PartialDate {
        match self.precision {
            Precision::Years(_) => self,
            _ => PartialDate::from(Day { month: 1, day: 1, ..self.first }, Precision::Year),
        }
    }

    /// The month that contains the date; the year if no month is known.
    pub(crate) fn in_month(self) -> PartialDate {
        match self.precision {
            Precision::Month | Precision::Day => {
                PartialDate::from(Day { day: 1, ..self.first }, Precision::Month)
            }
            _ => self.in_year(),
        }
    }

    fn from(first: Day, precision: Precision) -> PartialDate {
        PartialDate { first, precision, time: None, approximate: false, uncertain: false }
    }

    /// The last day that the date may mean.
    pub(crate) fn latest(self) -> Day {
        let Day { year, month, .. } = self.first;
        let end = |year, month| Day { year, month, day: last_day(year, month) };
        match self.precision {
            Precision::Years(count) => end(year + count - 1, 12),
            Precision::Year => end(year, 12),
            // Winter runs into the next year; the others end two months after they began.
            Precision::Season(24) => end(year + 1, 2),
            Precision::Season(_) => end(year, month + 2),
            Precision::Month => end(year, month),
            Precision::Day => self.first,
        }
    }
}

/// A date or an interval. Ordered by the first day, then by the last, then by the time of day.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Edtf {
    /// `2023-10-13`, `2023-09~`, `2023-10-13T14:05:30+07:00`
    Date(PartialDate),
    /// `2023-09-01/2023-10-01`; `None` is an open (`..`) or unknown (empty) end.
    Interval(Option<PartialDate>, Option<PartialDate>),
}

impl Edtf {
    /// Parses an EDTF level 0 or 1 date or interval.
    ///
    /// # Errors
    /// A phrase that says what is wrong with `text` and what would be valid.
    pub fn parse(text: &str) -> Result<Edtf, String> {
        let Some((start, end)) = text.split_once('/') else {
            return parse_date(text).map(Edtf::Date);
        };
        let side = |text: &str| match text {
            "" | ".." => Ok(None),
            date => parse_date(date).map(Some),
        };
        let (start, end) = (side(start)?, side(end)?);
        match (start, end) {
            (None, None) => Err("an interval needs a date at one end at least".into()),
            (Some(a), Some(b)) if a.earliest() > b.latest() => {
                Err(format!("the interval ends ({}) before it starts ({})", b.latest(), a.earliest()))
            }
            _ => Ok(Edtf::Interval(start, end)),
        }
    }

    /// The date, or the start of the interval, or its end if it has no start.
    pub(crate) fn bound(self) -> Option<PartialDate> {
        match self {
            Edtf::Date(date) => Some(date),
            Edtf::Interval(start, end) => start.or(end),
        }
    }

    /// The first day that the date may mean; `None` if it is open at the start.
    pub fn earliest(self) -> Option<Day> {
        match self {
            Edtf::Date(date) => Some(date.earliest()),
            Edtf::Interval(start, _) => start.map(PartialDate::earliest),
        }
    }

    /// The last day that the date may mean; `None` if it is open at the end.
    pub fn latest(self) -> Option<Day> {
        match self {
            Edtf::Date(date) => Some(date.latest()),
            Edtf::Interval(_, end) => end.map(PartialDate::latest),
        }
    }

    /// The interval from this date to `end`; only this date if `end` is before it.
    pub(crate) fn until(self, end: Edtf) -> Edtf {
        let start = |date| match date {
            Edtf::Date(date) => Some(date),
            Edtf::Interval(start, _) => start,
        };
        let last = |date| match date {
            Edtf::Date(date) => Some(date),
            Edtf::Interval(_, end) => end,
        };
        match (start(self), last(end)) {
            (None, None) => self,
            (Some(a), Some(b)) if a.earliest() > b.latest() => self,
            (a, b) => Edtf::Interval(a, b),
        }
    }

    /// Whether it is one day, known for certain.
    pub(crate) fn is_day(self) -> bool {
        matches!(
            self,
            Edtf::Date(PartialDate { precision: Precision::Day, approximate: false, uncertain: false, .. })
        )
    }

    /// Whether neither end is approximate or uncertain.
    pub(crate) fn is_certain(self) -> bool {
        let certain = |date: PartialDate| !date.approximate && !date.uncertain;
        match self {
            Edtf::Date(date) => certain(date),
            Edtf::Interval(start, end) => start.is_none_or(certain) && end.is_none_or(certain),
        }
    }

    /// Whether every moment that this may mean is before every one that `other` may mean, and neither is
    /// approximate or uncertain. Where both have a time and a zone these decide, otherwise the days as written.
    pub(crate) fn is_certainly_before(self, other: Edtf) -> bool {
        let is_before = match (self.moment(), other.moment()) {
            (Some(one), Some(other)) => one < other,
            _ => {
                let (Some(end), Some(start)) = (self.latest(), other.earliest()) else { return false };
                end < start
            }
        };
        is_before && self.is_certain() && other.is_certain()
    }

    /// The [instant](PartialDate::instant) that it is.
    fn moment(self) -> Option<i64> {
        match self {
            Edtf::Date(date) => date.instant(),
            Edtf::Interval(..) => None,
        }
    }

    /// The same days without their times.
    pub(crate) fn without_times(self) -> Edtf {
        let without = |date: PartialDate| PartialDate { time: None, ..date };
        match self {
            Edtf::Date(date) => Edtf::Date(without(date)),
            Edtf::Interval(start, end) => Edtf::Interval(start.map(without), end.map(without)),
        }
    }

    /// Whether it says a time of day.
    pub(crate) fn has_time(self) -> bool {
        match self {
            Edtf::Date(date) => date.time.is_some(),
            Edtf::Interval(start, end) => [start, end].into_iter().flatten().any(|date| date.time.is_some()),
        }
    }
}

impl Ord for Edtf {
    fn cmp(&self, other: &Edtf) -> std::cmp::Ordering {
        // The time as written, where a clock shows it: zones may differ within a day, and an order must not depend on
        // which dates have one.
        let time = |date: &Edtf| date.bound().and_then(|date| date.time);
        let key = |date: &Edtf| (date.earliest(), date.latest(), time(date));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Edtf) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn parse_date(text: &str) -> Result<PartialDate, String> {
    if let Some((day, time)) = text.split_once('T') {
        let date = parse_date(day)?;
        if !Edtf::Date(date).is_day() {
            return Err("a time needs a day that is known for certain".into());
        }
        let time = Time::parse(time).ok_or_else(|| {
            format!("`{time}` is not a time such as `14:05`, `14:05:30`, `14:05Z` or `14:05+07:00`")
        })?;
        return Ok(PartialDate { time: Some(time), ..date });
    }
    let (body, approximate, uncertain) = match text.char_indices().next_back() {
        Some((at, '~')) => (&text[..at], true, false),
        Some((at, '?')) => (&text[..at], false, true),
        Some((at, '%')) => (&text[..at], true, true),
        _ => (text, false, false),
    };
    let (negative, digits) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body),
    };
    let mut parts = digits.split('-');
    let (first, precision) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), None, None, None) => parse_year(year, negative)?,
        (Some(year), Some(month), day, None) => parse_within(parse_year(year, negative)?, month, day)?,
        _ => return Err(shape()),
    };
    Ok(PartialDate { first, precision, time: None, approximate, uncertain })
}

fn shape() -> String {
    "expected a date such as `2023`, `2023-09`, `2023-10-13`, `2023-09~` or `2023-09-01/2023-10-01`".into()
}

fn parse_year(text: &str, negative: bool) -> Result<(Day, Precision), String> {
    let known = text.trim_end_matches('X');
    let unknown = text.len() - known.len();
    if text.len() != 4 || unknown > 2 || !known.bytes().all(|b| b.is_ascii_digit()) {
        return Err(shape());
    }
    let scale = 10i32.pow(unknown as u32);
    let year = known.parse::<i32>().map_err(|_| shape())? * scale;
    // The earliest year of `-019X` is the one furthest from zero.
    let year = if negative { -(year + scale - 1) } else { year };
    let precision = if unknown == 0 { Precision::Year } else { Precision::Years(scale) };
    Ok((Day { year, month: 1, day: 1 }, precision))
}

fn parse_within(
    (first, precision): (Day, Precision),
    month: &str,
    day: Option<&str>,
) -> Result<(Day, Precision), String> {
    let number = |text: &str| match text.as_bytes() {
        // `parse` alone would take a sign for a digit.
        [b'0'..=b'9', b'0'..=b'9'] => text.parse::<u8>().map_err(|_| shape()),
        _ => Err(shape()),
    };
    if precision != Precision::Year {
        return Err("a month needs a year that is known in full".into());
    }
    if month == "XX" {
        return match day {
            None | Some("XX") => Ok((first, Precision::Year)),
            Some(_) => Err("a day needs a month that is known".into()),
        };
    }
    let year = first.year;
    match number(month)? {
        season @ 21..=24 if day.is_none() => {
            let month = [3, 6, 9, 12][usize::from(season - 21)];
            Ok((Day { year, month, day: 1 }, Precision::Season(season)))
        }
        month @ 1..=12 => match day {
            None | Some("XX") => Ok((Day { year, month, day: 1 }, Precision::Month)),
            Some(day) => match Day::new(year, month, number(day)?) {
                Some(day) => Ok((day, Precision::Day)),
                None => Err(format!("{year:04}-{month:02} has {} days", last_day(year, month))),
            },
        },
        month => Err(format!("there is no month {month:02}")),
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Day { year, month, .. } = self.first;
        let sign = if year < 0 { "-" } else { "" };
        match self.precision {
            Precision::Years(10) => write!(f, "{sign}{:03}X", year.abs() / 10)?,
            Precision::Years(_) => write!(f, "{sign}{:02}XX", year.abs() / 100)?,
            Precision::Year => write!(f, "{}", Year(year))?,
            Precision::Season(season) => write!(f, "{}-{season}", Year(year))?,
            Precision::Month => write!(f, "{}-{month:02}", Year(year))?,
            Precision::Day => f.write_str(&self.day_and_time())?,
        }
        f.write_str(match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        })
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |date: &Option<PartialDate>| date.map_or("..".into(), |date| date.to_string());
        match self {
            Edtf::Date(date) => date.fmt(f),
            Edtf::Interval(start, end) => write!(f, "{}/{}", side(start), side(end)),
        }
    }
}

#[cfg(test)]
mod tests;
