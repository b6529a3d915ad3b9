//! Intervals as people write them: `2014–2017`, `13–15 October 2023`, `since 2014`.

use super::{single, small};
use crate::base::names::calendar;
use crate::data::reading::text::{Token, plain, tokens};

/// What separates the ends of an interval, and whether it does only that: a hyphen or a slash may also be within
/// a date.
const SEPARATORS: [(&str, bool); 20] = [
    (" to ", true),
    (" until ", true),
    (" till ", true),
    (" through ", true),
    (" thru ", true),
    (" and ", true),
    (" sampai dengan ", true),
    (" sampai ", true),
    (" hingga ", true),
    (" s/d ", true),
    (" sd ", true),
    (" dan ", true),
    (" bis ", true),
    (" - ", true),
    ("–", true),
    ("..", true),
    ("…", true),
    (" / ", true),
    ("/", false),
    ("-", false),
];

/// Words for an end that is not over.
const STILL: [&str; 8] = ["present", "now", "today", "ongoing", "sekarang", "kini", "", "."];

/// Whether a text is what people write for the end of what goes on.
pub(crate) fn is_still(text: &str) -> bool {
    STILL.contains(&plain(text).as_str())
}

const SINCE: [&str; 10] =
    ["seit ", "depuis ", "desde ", "since ", "from ", "between ", "sejak ", "mulai ", "dari ", "antara "];

const UNTIL: [&str; 8] = ["bis ", "hasta ", "until ", "till ", "up to ", "sampai ", "hingga ", "to "];

/// The intervals that a text may mean, as EDTF.
pub(super) fn interval(text: &str) -> Vec<String> {
    let after =
        |words: &[&str], text: &str| words.iter().find_map(|word| Some(text.strip_prefix(word)?.to_owned()));
    // A night has two days.
    let night = after(&["night of ", "the night of ", "malam "], text);
    let text = night.as_deref().unwrap_or(text);
    if let Some(end) = after(&UNTIL, text) {
        return single(&end).into_iter().map(|end| format!("../{end}")).collect();
    }
    let since = after(&SINCE, text);
    let text = since.as_deref().unwrap_or(text);
    let mut found = Vec::new();
    for (separator, is_sure) in SEPARATORS {
        let many = text.matches(separator).count();
        // `2014 and 2017` are two dates, but for `between 2014 and 2017`.
        let is_list = matches!(separator, " and " | " dan ") && since.is_none();
        if is_list || many > 1 && !is_sure {
            continue;
        }
        for (at, _) in text.match_indices(separator) {
            let (start, end) = (text[..at].trim(), text[at + separator.len()..].trim());
            found.extend(between(start, end, is_sure));
        }
    }
    let onwards = [" onwards", " onward", " on"].iter().find_map(|word| text.strip_suffix(word));
    match (since.is_some(), onwards) {
        (_, Some(start)) => found.extend(single(start).into_iter().map(|start| format!("{start}/.."))),
        (true, None) if found.is_empty() => {
            found.extend(single(text).into_iter().map(|start| format!("{start}/..")));
        }
        _ => {}
    }
    found
}

/// The intervals between two texts, of which one may leave out what the other says: `13–15 October 2023`.
fn between(start: &str, end: &str, is_sure: bool) -> Vec<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if STILL.contains(&end) {
        let starts = if end.is_empty() && !(is_number(start) && start.len() == 4) {
            Vec::new()
        } else {
            single(start)
        };
        return starts.into_iter().map(|start| format!("{start}/..")).collect();
    }
    let has_month = |text: &str| {
        tokens(text).iter().any(|token| matches!(token, Token::Word(word) if !calendar(word).is_empty()))
    };
    let mut ends = single(end);
    // `Oct 13–15, 2023`; the `12` of `May 10–12, 2024` is no month.
    let begins_with_day =
        end.split(|c: char| !c.is_ascii_digit()).next().is_some_and(|day| matches!(day.len(), 1 | 2));
    if (ends.is_empty() || begins_with_day) && has_month(start) && !has_month(end) {
        let month: String = tokens(start)
            .iter()
            .filter_map(|token| match token {
                Token::Word(word) if !calendar(word).is_empty() => Some(format!("{word} ")),
                _ => None,
            })
            .collect();
        ends = single(&(month + end));
    }
    let mut starts = single(start);
    if !is_sure && !starts.is_empty() {
        // Within one date, such as `10/2023`, neither side is a date of its own.
        let is_whole =
            |text: &str| tokens(text).iter().any(|token| matches!(token, Token::Number(n) if n.len() == 4));
        if !is_whole(start) || !is_whole(end) {
            return Vec::new();
        }
    }
    if starts.is_empty() {
        for end in &ends {
            let parts: Vec<&str> = end.split('-').collect();
            match parts.as_slice() {
                [year, month, _] if is_number(start) => {
                    starts.extend(small(start, 31).map(|day| format!("{year}-{month}-{day:02}")))
                }
                [year, ..] if has_month(start) && is_number(year.trim_end_matches(['~', '?', '%'])) => {
                    starts.extend(single(&format!("{start} {}", year.trim_end_matches(['~', '?', '%']))));
                }
                _ => {}
            }
        }
    }
    // Each order of day and month in which both can be read.
    if starts.len() == ends.len() {
        return starts.iter().zip(&ends).map(|(start, end)| format!("{start}/{end}")).collect();
    }
    starts.iter().flat_map(|start| ends.iter().map(move |end| format!("{start}/{end}"))).collect()
}
