//! Dates in English words.

use crate::base::date::{Edtf, Precision};

/// A day in English words, to tell it from one whose month and day are exchanged.
pub(crate) fn in_words(date: Edtf) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Edtf::Date(date) = date else { return String::new() };
    let day = date.earliest();
    let month = MONTHS.get(usize::from(day.month) - 1).copied().unwrap_or_default();
    match date.precision {
        Precision::Day => {
            let zone = date.time.and_then(|time| time.zone).map_or(String::new(), from_utc);
            format!("{} {month} {}{zone}", day.day, day.year)
        }
        Precision::Month => format!("{month} {}", day.year),
        _ => String::new(),
    }
}

/// How far a zone is from UTC, in English words.
fn from_utc(minutes: i16) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let by = match (hours, rest) {
        (1, 0) => "1 hour".to_owned(),
        (_, 0) => format!("{hours} hours"),
        _ => format!("{hours}:{rest:02} hours"),
    };
    match minutes {
        0 => ", in UTC".to_owned(),
        1.. => format!(", {by} ahead of UTC"),
        _ => format!(", {by} behind UTC"),
    }
}
