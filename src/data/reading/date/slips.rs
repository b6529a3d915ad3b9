//! Slips in dates: letters that look like digits, and ends that are numbers alone.

use super::clock::without_time;
use super::parts::is_next;
use crate::base::date::Edtf;
use crate::data::reading::text::{plain, tokens};

/// The text with digits for letters that look like them: `1O`, `l3`. `None` if it has none.
pub(super) fn with_digits(text: &str) -> Option<String> {
    let is_alike = |c: char| c.is_ascii_digit() || matches!(c, 'o' | 'l' | 'i');
    let digits = |word: &str| match word.chars().all(is_alike) && word.contains(|c: char| c.is_ascii_digit())
    {
        true => word.replace('o', "0").replace(['l', 'i'], "1"),
        false => word.to_owned(),
    };
    let words = text.split_inclusive(|c: char| !c.is_alphanumeric()).map(|part| {
        let end = part.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        digits(&part[..end]) + &part[end..]
    });
    let read: String = words.collect();
    (read != text).then_some(read)
}

/// The text with the years of the common era for Buddhist ones, which are 543 more: those of a date in Thai.
pub(super) fn buddhist(text: &str) -> Option<String> {
    let is_thai = text.contains(|c: char| ('\u{e01}'..='\u{e5b}').contains(&c));
    if !is_thai || text.contains("ค.ศ") || text.contains("คศ") {
        return None;
    }
    let text = text.replace("พ.ศ.", "").replace("พศ", "");
    let parts = text.split_inclusive(|c: char| !c.is_ascii_digit()).map(|part| {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(year @ 2400..=2700) => format!("{}{}", year - 543, &part[digits.len()..]),
            _ => part.to_owned(),
        }
    });
    Some(parts.collect())
}

/// Dates of which one end is a number alone: `2023-10-13/14` and `2023-10/11`, in the order of ISO 8601, and `–2019`.
pub(super) fn shortened(text: &str) -> Vec<String> {
    let is_number =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(year) = text.strip_prefix('–').filter(|year| is_number(year, 4)) {
        return vec![format!("../{year}"), year.to_owned()];
    }
    let Some((start, end)) = text.split_once('/').filter(|(_, end)| is_number(end, 2)) else {
        return Vec::new();
    };
    let parts: Vec<&str> = start.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if is_number(year, 4) && *day < end => {
            vec![format!("{start}/{year}-{month}-{end}")]
        }
        // The slash may be one of an interval, or stand for a hyphen.
        [year, month] if is_number(year, 4) && is_number(month, 2) && *month < end => {
            vec![format!("{start}/{year}-{end}"), format!("{start}-{end}")]
        }
        _ => Vec::new(),
    }
}

/// Whether a reading leaves out what is written, or another calendar is as likely: only a person can accept it.
pub(crate) fn is_doubtful(text: &str, date: &Edtf) -> bool {
    let (_, clock) = without_time(tokens(&plain(text)));
    let date = date.to_string();
    // `1402/07/21`, as Iranians write a day of 2023.
    let is_persian = text.contains('/') && ("1300".."1500").contains(&date.get(..4).unwrap_or_default());
    // `2020-21` is spring 2020, but people write it for two years.
    let years = date.split_once('-').filter(|(year, season)| year.len() == 4 && season.len() == 2);
    let is_season = years.is_some_and(|(year, season)| is_next(year, season) && season > "20");
    clock.is_some() && !date.contains('T')
        || is_persian && date.len() == "1402-07-21".len()
        || is_season && text.contains(char::is_alphabetic)
}
