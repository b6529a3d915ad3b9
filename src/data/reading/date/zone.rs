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
    /// The half of the year in which it is right, and what the zone has in the other half.
    half: Option<(Half, &'static str)>,
}

/// A half of the year, by the rule of a continent.
#[derive(Clone, Copy)]
struct Half {
    rule: Rule,
    is_summer: bool,
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
    Zone { name, offsets, half: None }
}

const fn winter(
    name: &'static str,
    rule: Rule,
    offsets: &'static [&'static str],
    in_summer: &'static str,
) -> Zone {
    Zone { name, offsets, half: Some((Half { rule, is_summer: false }, in_summer)) }
}

const fn summer(
    name: &'static str,
    rule: Rule,
    offsets: &'static [&'static str],
    in_winter: &'static str,
) -> Zone {
    Zone { name, offsets, half: Some((Half { rule, is_summer: true }, in_winter)) }
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
    winter("wet", Rule::Europe, &["Z"], "+01:00"),
    summer("west", Rule::Europe, &["+01:00"], "Z"),
    winter("cet", Rule::Europe, &["+01:00"], "+02:00"),
    summer("cest", Rule::Europe, &["+02:00"], "+01:00"),
    winter("eet", Rule::Europe, &["+02:00"], "+03:00"),
    summer("eest", Rule::Europe, &["+03:00"], "+02:00"),
    summer("bst", Rule::Europe, &["+01:00", "+06:00"], "Z"),
    winter("est", Rule::America, &["-05:00", "+10:00"], "-04:00"),
    summer("edt", Rule::America, &["-04:00"], "-05:00"),
    winter("cst", Rule::America, &["-06:00", "+08:00"], "-05:00"),
    summer("cdt", Rule::America, &["-05:00"], "-06:00"),
    summer("mdt", Rule::America, &["-06:00"], "-07:00"),
    winter("pst", Rule::America, &["-08:00", "+08:00"], "-07:00"),
    summer("pdt", Rule::America, &["-07:00"], "-08:00"),
    summer("aedt", Rule::Australia, &["+11:00"], "+10:00"),
    winter("nzst", Rule::NewZealand, &["+12:00"], "+13:00"),
    summer("nzdt", Rule::NewZealand, &["+13:00"], "+12:00"),
];

/// The zone of this name.
pub(super) fn named(name: &str) -> Option<&'static Zone> {
    ZONES.iter().find(|zone| zone.name == name)
}

impl Zone {
    /// The offsets that it may mean on a day, as in EDTF.
    pub(super) fn offsets(&self, day: Day) -> impl Iterator<Item = &'static str> {
        let slip = self.half.filter(|(half, _)| half.rule.is_summer(day) == Some(!half.is_summer));
        self.offsets.iter().copied().chain(slip.map(|(_, other)| other))
    }
}

impl Rule {
    /// Whether a day is in summer; `None` for a day on which clocks change, and where the rule is not known.
    fn is_summer(self, day: Day) -> Option<bool> {
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
        is_known.then_some(is_between == (start < end))
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
