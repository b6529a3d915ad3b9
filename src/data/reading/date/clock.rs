//! Times of day in dates as people write them: `3:45 pm`, `pukul 14:05 WIB`, `14:05-15:30`.

use super::{single, zone};
use crate::base::date::Day;
use crate::data::reading::text::Token;

/// Words after a time of day, beside the name of its zone.
const AFTER_TIME: [&str; 8] = ["am", "pm", "a", "p", "m", "h", "hrs", "uhr"];

/// Words before a time of day.
const BEFORE_TIME: [&str; 5] = ["at", "pukul", "jam", "um", "à"];

/// A time of day and its zone.
pub(super) struct Clock {
    /// As in EDTF, without a zone.
    time: String,
    zone: Zone,
}

enum Zone {
    None,
    /// As in EDTF.
    Offset(String),
    Named(&'static zone::Zone),
}

impl Clock {
    /// What it may mean on a day, as in EDTF.
    pub(super) fn on(&self, day: Day) -> Vec<String> {
        let Clock { time, zone } = self;
        match zone {
            Zone::None => vec![time.clone()],
            Zone::Offset(offset) => vec![format!("{time}{offset}")],
            Zone::Named(zone) => zone.offsets(day).map(|offset| format!("{time}{offset}")).collect(),
        }
    }
}

/// The tokens without a time of day and its zone: `T12:00:00+07:00`, `3:45 pm EST`, `pukul 14.05 WIB`. With the time,
/// if there is one: an inner `None` for one that is none.
pub(super) fn without_time(mut tokens: Vec<Token<'_>>) -> (Vec<Token<'_>>, Option<Option<Clock>>) {
    let is_short = |digits: &str| digits.len() <= 2;
    let colon = |at: usize| {
        matches!(tokens.get(at..at + 3), Some([Token::Number(hour), Token::Mark(':'), Token::Number(minute)])
            if is_short(hour) && is_short(minute))
    };
    let is_after = |word: &str| AFTER_TIME.contains(&word) || zone::named(word).is_some();
    // `pukul 14.05`, `14.05 WIB`
    let pointed = |at: usize| {
        let before = tokens[..at].iter().rev().find(|token| **token != Token::Mark(' '));
        let after = tokens[at..].iter().skip(3).find(|token| **token != Token::Mark(' '));
        let is_said = matches!(before, Some(Token::Word(word)) if BEFORE_TIME.contains(word))
            || matches!(after, Some(Token::Word(word)) if zone::named(word).is_some() || matches!(*word, "am" | "pm" | "uhr"));
        matches!(tokens.get(at..at + 3), Some([Token::Number(hour), Token::Mark('.'), Token::Number(minute)])
            if is_short(hour) && minute.len() == 2)
            && is_said
    };
    let compact = |at: usize| matches!(tokens.get(at..at + 2), Some([Token::Word("t"), Token::Number(time)]) if matches!(time.len(), 4 | 6));
    let start = (0..tokens.len()).find(|&at| colon(at) || compact(at) || pointed(at));
    let Some(mut start) = start else { return (tokens, None) };
    let mut end = start + 2;
    if !compact(start) {
        end = start + 3;
        while matches!(tokens.get(end..end + 2), Some([Token::Mark(':' | '.'), Token::Number(_)])) {
            end += 2;
        }
        if matches!(start.checked_sub(1).map(|at| tokens[at]), Some(Token::Word("t"))) {
            start -= 1;
        }
    }
    // Its half and its zone.
    loop {
        let spaced = end + usize::from(tokens.get(end) == Some(&Token::Mark(' ')));
        // `GMT+7`
        let is_from_utc = matches!(tokens[end - 1], Token::Word("utc" | "gmt"));
        match tokens.get(spaced..) {
            Some([Token::Word(word), ..]) if is_after(word) => end = spaced + 1,
            Some([Token::Mark('('), Token::Word(word), ..]) if zone::named(word).is_some() => {
                end = spaced + 2;
            }
            Some([Token::Mark('+' | '-'), Token::Number(hours), rest @ ..])
                if matches!(hours.len(), 2 | 4)
                    || hours.len() == 1 && is_from_utc
                    || matches!(rest, [Token::Mark(':'), ..]) =>
            {
                end = spaced + 2;
                if matches!(rest, [Token::Mark(':'), Token::Number(_), ..]) {
                    end += 2;
                }
            }
            _ => break,
        }
    }
    while let Some(at) = start.checked_sub(1).filter(|&at| {
        matches!(tokens[at], Token::Mark(' ' | ','))
            || matches!(tokens[at], Token::Word(word) if BEFORE_TIME.contains(&word))
    }) {
        start = at;
    }
    let said: Vec<Token<'_>> = tokens.splice(start..end, [Token::Mark(' ')]).collect();
    (tokens, Some(clock(&said)))
}

/// A time of day; `None` if it is none.
fn clock(tokens: &[Token<'_>]) -> Option<Clock> {
    let mut numbers: Vec<&str> = Vec::new();
    let (mut is_afternoon, mut zone) = (None, Zone::None);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match *token {
            // A fraction of a second.
            Token::Number(_) if numbers.len() == 3 => {}
            Token::Number(digits) => numbers.push(digits),
            Token::Word("am" | "a") => is_afternoon = Some(false),
            Token::Word("pm" | "p") => is_afternoon = Some(true),
            Token::Word(word) if BEFORE_TIME.contains(&word) => {}
            Token::Word("t" | "m" | "h" | "hrs" | "uhr") => {}
            // Figures say more than the name after them: `+0700 WIB`.
            Token::Word(_) if matches!(zone, Zone::Offset(_)) => {}
            Token::Word(word) => zone = Zone::Named(zone::named(word)?),
            Token::Mark(sign @ ('+' | '-')) => {
                let Some(Token::Number(hours)) = tokens.get(at) else { return None };
                let minutes = match tokens.get(at + 1..at + 3) {
                    Some([Token::Mark(':'), Token::Number(minutes)]) => minutes,
                    _ if hours.len() == 4 => &hours[2..],
                    _ => "00",
                };
                let whole = if hours.len() == 4 { &hours[..2] } else { hours };
                zone = Zone::Offset(format!("{sign}{whole:0>2}:{minutes}"));
                at += if hours.len() < 4 && tokens.get(at + 1) == Some(&Token::Mark(':')) { 3 } else { 1 };
            }
            Token::Mark(_) => {}
        }
    }
    // `T1200`
    if let [together] = numbers.as_slice() {
        numbers = [together.get(..2)?, together.get(2..4)?].into_iter().chain(together.get(4..6)).collect();
    }
    let hour: u8 = numbers.first()?.parse().ok()?;
    let hour = match is_afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
    };
    let rest = numbers[1..].iter().fold(String::new(), |rest, number| format!("{rest}:{number}"));
    Some(Clock { time: format!("{hour:02}{rest}"), zone })
}

/// `2023-10-13 14:05-15:30`: from one hour to another on the same day, as EDTF.
pub(super) fn hours(text: &str) -> Option<String> {
    let (start, end) = text.rsplit_once(['-', '–'])?;
    let is_clock = |text: &str| {
        let parts = text.split_once(':');
        parts.is_some_and(|(hour, minute)| {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            (1..=2).contains(&hour.len()) && minute.len() == 2 && digits(hour) && digits(minute)
        })
    };
    let (start, end) = (start.trim(), end.trim());
    let (_, clock) = start.rsplit_once(' ')?;
    if !is_clock(clock) || !is_clock(end) {
        return None;
    }
    let moments = single(start);
    let [moment] = moments.as_slice() else { return None };
    let (day, clock) = moment.split_once('T')?;
    let end = format!("{end:0>5}");
    (*clock < *end).then(|| format!("{moment}/{day}T{end}"))
}

#[cfg(test)]
mod tests {
    use crate::data::reading::date::{is_doubtful, read};

    fn dates(text: &str) -> String {
        read(text).iter().map(ToString::to_string).collect::<Vec<String>>().join(" | ")
    }

    #[test]
    fn what_a_reading_leaves_out_is_for_a_person_to_leave_out() {
        let doubtful = |text: &str| read(text).iter().all(|date| is_doubtful(text, date));
        for text in [
            "2023-10-13T24:00",
            "2023-10-13T25:00",
            "2023-10-13T09:60",
            "2016-12-31T23:59:60Z",
            "October 2023, 14:05",
            "1402/07/21",
            "Spring 2020",
        ] {
            assert!(doubtful(text) && !read(text).is_empty(), "{text}: {}", dates(text));
        }
        for text in ["2023-10-13 14:05", "13 October 2023", "2023/10/13", "2023-10-13 14:05-15:30"] {
            assert!(!doubtful(text), "{text}");
        }
        for text in ["sebelum 2019", "before 1950"] {
            assert_eq!(dates(text), "", "{text}");
        }
        assert_eq!(dates("2023-13-01"), "2023-01-13 | 2023-12-01");
        assert_eq!(dates("2020-13-10"), "2020-10-13 | 2020-12-10");
        assert_eq!(
            dates("2023-10-13 02:05-03:00"),
            "2023-10-13T02:05/2023-10-13T03:00 | 2023-10-13T02:05-03:00"
        );
    }
}
