//! The parts of a date by themselves: years, decades, centuries, periods of a year, days of the week.

use super::Third;
use crate::base::date::{Day, Edtf, Precision};

/// A year that is written in full.
pub(super) fn full_year(digits: &str, before_christ: Option<bool>) -> Option<String> {
    let year: i32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    match before_christ {
        // The year 1 BC is the year 0.
        Some(true) if year > 1 => Some(format!("-{:04}", year - 1)),
        Some(true) => (year == 1).then(|| "0000".to_owned()),
        Some(false) => Some(format!("{year:04}")),
        None => (digits.len() == 4).then(|| digits.to_owned()),
    }
}

/// The years that a number may mean; one of two digits may be of this century or of the last one.
pub(super) fn years(digits: &str, before_christ: Option<bool>) -> Vec<String> {
    match (digits.len(), before_christ) {
        (2, None) => vec![format!("20{digits}"), format!("19{digits}")],
        _ => full_year(digits, before_christ).into_iter().collect(),
    }
}

/// `1990s`; `1900s` is a decade or a century.
pub(super) fn decade(digits: &str) -> Vec<String> {
    match digits.len() {
        4 if digits.ends_with("00") => vec![format!("{}XX", &digits[..2]), format!("{}X", &digits[..3])],
        4 => vec![format!("{}X", &digits[..3])],
        2 => vec![format!("19{}X", &digits[..1]), format!("20{}X", &digits[..1])],
        _ => Vec::new(),
    }
}

/// The 20th century is `19XX`.
pub(super) fn century(number: Option<u8>) -> Option<String> {
    number.filter(|number| (2..=21).contains(number)).map(|number| format!("{:02}XX", number - 1))
}

/// The period of so many months with this number.
pub(super) fn period(months: u8, number: u8, year: &str) -> Option<String> {
    let last = number.checked_mul(months).filter(|last| (months..=12).contains(last))?;
    Some(format!("{year}-{:02}/{year}-{last:02}", last - months + 1))
}

/// Dates without separators: `20201007`, `07102020`, `202010`, `20201007120000`.
pub(super) fn run_together(stamp: &str) -> Vec<String> {
    let date = |y: &str, m: &str, d: &str| ("1000".."3000").contains(&y).then(|| format!("{y}-{m}-{d}"));
    let month = |y: &str, m: &str| ("1000".."3000").contains(&y).then(|| format!("{y}-{m}"));
    let found = match stamp.len() {
        6 => vec![month(&stamp[..4], &stamp[4..]), month(&stamp[2..], &stamp[..2])],
        8 => vec![
            date(&stamp[..4], &stamp[4..6], &stamp[6..]),
            date(&stamp[4..], &stamp[2..4], &stamp[..2]),
            date(&stamp[4..], &stamp[..2], &stamp[2..4]),
        ],
        12 => vec![
            date(&stamp[..4], &stamp[4..6], &stamp[6..8])
                .map(|day| format!("{day}T{}:{}", &stamp[8..10], &stamp[10..])),
        ],
        14 => vec![
            date(&stamp[..4], &stamp[4..6], &stamp[6..8])
                .map(|day| format!("{day}T{}:{}:{}", &stamp[8..10], &stamp[10..12], &stamp[12..])),
        ],
        _ => Vec::new(),
    };
    // Six digits may be a day of a year of two digits, too.
    let short = (stamp.len() == 6).then(|| format!("20{}-{}-{}", &stamp[..2], &stamp[2..4], &stamp[4..]));
    found.into_iter().flatten().chain(short).collect()
}

pub(super) fn is_next(year: &str, next: &str) -> bool {
    let (Ok(year), Ok(after)) = (year.parse::<u32>(), next.parse::<u32>()) else { return false };
    let whole = if next.len() == 2 { year / 100 * 100 + after } else { after };
    whole == year + 1
}

pub(super) fn falls_on(date: Edtf, weekday: u8) -> bool {
    let Edtf::Date(date) = date else { return false };
    // March 1 of the year 0 was a Wednesday.
    date.precision == Precision::Day && (date.earliest().number() + 2).rem_euclid(7) == i32::from(weekday) - 1
}

/// The first, second or last third of a month, a year or a decade, as an interval.
pub(super) fn third_of(date: Edtf, third: Third) -> Option<String> {
    let Edtf::Date(date) = date else { return None };
    let (first, last) = (date.earliest(), date.latest());
    let part = |thirds: [(i32, i32); 3]| thirds[third as usize];
    Some(match date.precision {
        Precision::Month => {
            let (from, to) = part([(1, 10), (11, 20), (21, last.day.into())]);
            let day = |day| Day { day, ..first };
            format!("{}/{}", day(from as u8), day(to as u8))
        }
        Precision::Year => {
            let (from, to) = part([(1, 4), (5, 8), (9, 12)]);
            format!("{date}-{from:02}/{date}-{to:02}")
        }
        Precision::Years(10) => {
            let (from, to) = part([(0, 3), (4, 6), (7, 9)]);
            format!("{:04}/{:04}", first.year + from, first.year + to)
        }
        _ => return None,
    })
}
