//! Zones of time by the names that people give them: `WIB`, `CEST`.
//!
//! A name that a zone has for half of the year only, such as `CET`, is right on a day of that half. On any other day,
//! either the name or the time is a slip, so there are two readings.

use crate::base::date::Day;

/// A name of a zone.
pub(super) struct Zone {
    name: &'static str,
    /// What it means, the likeliest first: `CST` is a zone of America and of China.
    offsets: &'static [&'static str],
    /// Where it is right in one season only: by which rule, in which season, and what the zone has in the other.
    season: Option<(Rule, Season, &'static str)>,
}

/// The half of the year in which clocks are put forward, or the other.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Season {
    Summer,
    Winter,
}

/// When clocks are put forward and back.
#[derive(Clone, Copy)]
enum Rule {
    /// The last Sundays of March and October, since 1996.
    Europe,
    /// The second Sunday of March and the first one of November, since 2007.
    America,
    /// The first Sundays of October and April, since 2008.
    Australia,
    /// The last Sunday of September and the first one of April, since 2007.
    NewZealand,
}

const fn fixed(name: &'static str, offsets: &'static [&'static str]) -> Zone {
    Zone { name, offsets, season: None }
}

const fn seasonal(
    name: &'static str,
    (rule, season): (Rule, Season),
    offsets: &'static [&'static str],
    other: &'static str,
) -> Zone {
    Zone { name, offsets, season: Some((rule, season, other)) }
}

/// In places of Australia and of the mountains of America, clocks are never put forward.
const ZONES: [Zone; 46] = [
    fixed("z", &["Z"]),
    fixed("utc", &["Z"]),
    fixed("gmt", &["Z"]),
    fixed("wib", &["+07:00"]),
    fixed("wita", &["+08:00"]),
    fixed("wit", &["+09:00"]),
    fixed("msk", &["+03:00"]),
    fixed("trt", &["+03:00"]),
    fixed("eat", &["+03:00"]),
    fixed("irst", &["+03:30"]),
    fixed("gst", &["+04:00"]),
    fixed("pkt", &["+05:00"]),
    fixed("npt", &["+05:45"]),
    fixed("ict", &["+07:00"]),
    fixed("hkt", &["+08:00"]),
    fixed("sgt", &["+08:00"]),
    fixed("myt", &["+08:00"]),
    fixed("pht", &["+08:00"]),
    fixed("awst", &["+08:00"]),
    fixed("jst", &["+09:00"]),
    fixed("kst", &["+09:00"]),
    fixed("aest", &["+10:00"]),
    fixed("wat", &["+01:00"]),
    fixed("cat", &["+02:00"]),
    fixed("sast", &["+02:00"]),
    fixed("mst", &["-07:00"]),
    fixed("hst", &["-10:00"]),
    fixed("ist", &["+05:30", "+02:00", "+01:00"]),
    fixed("ast", &["-04:00", "+03:00"]),
    seasonal("wet", (Rule::Europe, Season::Winter), &["Z"], "+01:00"),
    seasonal("west", (Rule::Europe, Season::Summer), &["+01:00"], "Z"),
    seasonal("cet", (Rule::Europe, Season::Winter), &["+01:00"], "+02:00"),
    seasonal("cest", (Rule::Europe, Season::Summer), &["+02:00"], "+01:00"),
    seasonal("eet", (Rule::Europe, Season::Winter), &["+02:00"], "+03:00"),
    seasonal("eest", (Rule::Europe, Season::Summer), &["+03:00"], "+02:00"),
    seasonal("bst", (Rule::Europe, Season::Summer), &["+01:00", "+06:00"], "Z"),
    seasonal("est", (Rule::America, Season::Winter), &["-05:00", "+10:00"], "-04:00"),
    seasonal("edt", (Rule::America, Season::Summer), &["-04:00"], "-05:00"),
    seasonal("cst", (Rule::America, Season::Winter), &["-06:00", "+08:00"], "-05:00"),
    seasonal("cdt", (Rule::America, Season::Summer), &["-05:00"], "-06:00"),
    seasonal("mdt", (Rule::America, Season::Summer), &["-06:00"], "-07:00"),
    seasonal("pst", (Rule::America, Season::Winter), &["-08:00", "+08:00"], "-07:00"),
    seasonal("pdt", (Rule::America, Season::Summer), &["-07:00"], "-08:00"),
    seasonal("aedt", (Rule::Australia, Season::Summer), &["+11:00"], "+10:00"),
    seasonal("nzst", (Rule::NewZealand, Season::Winter), &["+12:00"], "+13:00"),
    seasonal("nzdt", (Rule::NewZealand, Season::Summer), &["+13:00"], "+12:00"),
];

/// The zone of this name.
pub(super) fn named(name: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.name == name)
}

impl Zone {
    /// The offsets that it may mean on a day, as in EDTF.
    pub(super) fn offsets(&self, day: Day) -> impl Iterator<Item = &'static str> {
        let is_slip =
            |(rule, season, _): &(Rule, Season, _)| rule.season(day).is_some_and(|now| now != *season);
        let slip = self.season.filter(is_slip);
        self.offsets.iter().copied().chain(slip.map(|(.., other)| other))
    }
}

impl Rule {
    /// The season of a day; `None` for a day on which clocks change, and where the rule is not known.
    fn season(self, day: Day) -> Option<Season> {
        let (since, start, end) = match self {
            Rule::Europe => (1996, last_sunday(day.year, 3)?, last_sunday(day.year, 10)?),
            Rule::America => (2007, sunday(day.year, 3, 2)?, sunday(day.year, 11, 1)?),
            Rule::Australia => (2008, sunday(day.year, 10, 1)?, sunday(day.year, 4, 1)?),
            Rule::NewZealand => (2007, last_sunday(day.year, 9)?, sunday(day.year, 4, 1)?),
        };
        let number = day.number();
        let is_known = day.year >= since && number != start && number != end;
        // In the south, summer goes on over New Year.
        let is_between = number > start.min(end) && number < start.max(end);
        let season = if is_between == (start < end) { Season::Summer } else { Season::Winter };
        is_known.then_some(season)
    }
}

/// The number of the `nth` Sunday of a month.
fn sunday(year: i32, month: u8, nth: i32) -> Option<i32> {
    let first = Day::new(year, month, 1)?.number();
    // March 1 of the year 0 was a Wednesday.
    let weekday = (first + 2).rem_euclid(7);
    Some(first + 6 - weekday + 7 * (nth - 1))
}

fn last_sunday(year: i32, month: u8) -> Option<i32> {
    let next = Day::new(year, month + 1, 1)?.number();
    let fifth = sunday(year, month, 5)?;
    Some(if fifth < next { fifth } else { fifth - 7 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_day_that_agree_have_one_reading() {
        for (name, [year, month, day], offsets) in [
            ("wib", [2023, 7, 1], "+07:00"),
            ("cest", [2023, 7, 1], "+02:00"),
            ("cest", [2023, 3, 25], "+02:00 +01:00"),
            ("cest", [2023, 3, 26], "+02:00"),
            ("cest", [2023, 3, 27], "+02:00"),
            ("cet", [2023, 7, 1], "+01:00 +02:00"),
            ("cet", [2023, 10, 29], "+01:00"),
            ("cet", [2023, 10, 30], "+01:00"),
            ("cet", [2023, 10, 28], "+01:00 +02:00"),
            // Before the rule, nothing is known.
            ("cet", [1985, 7, 1], "+01:00"),
            ("edt", [2023, 3, 11], "-04:00 -05:00"),
            ("edt", [2023, 3, 13], "-04:00"),
            ("est", [2023, 11, 6], "-05:00 +10:00"),
            ("est", [2023, 7, 1], "-05:00 +10:00 -04:00"),
            ("aedt", [2023, 1, 15], "+11:00"),
            ("aedt", [2023, 7, 1], "+11:00 +10:00"),
            ("nzst", [2023, 7, 1], "+12:00"),
            ("nzst", [2023, 12, 1], "+12:00 +13:00"),
        ] {
            let day = Day::new(year, month as u8, day as u8).unwrap();
            let found: Vec<&str> = named(name).unwrap().offsets(day).collect();
            assert_eq!(found.join(" "), offsets, "{name} on {day:?}");
        }
    }
}
