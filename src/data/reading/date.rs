//! Dates as people write them: `13/10/2023`, `Oct 13, 2023`, `c. 1990`, `2014–2017`, a program's time stamp.
//!
//! A text is taken apart into fields: numbers, months, seasons. Each order in which people write day, month and
//! year is tried, so a text that can be read in two ways gives two dates. Years of two digits could be of either
//! of two centuries.

mod clock;
mod interval;
mod parts;
mod said;
mod slips;
mod zone;

use self::clock::{Clock, hours, without_time};
use self::interval::interval;
pub(crate) use self::interval::is_still;
use self::parts::{century, decade, falls_on, full_year, is_next, period, run_together, third_of, years};
pub(crate) use self::said::in_words;
pub(crate) use self::slips::is_doubtful;
use self::slips::{buddhist, shortened, with_digits};
use super::text::{Token, plain, tokens};
use crate::base::date::Edtf;
use crate::base::names::{CalendarWord, calendar};

/// The dates that `text` may mean, the likeliest first; empty if it can be read as none.
pub(crate) fn read(text: &str) -> Vec<Edtf> {
    // `1º de enero`: to the readings below, a point.
    let text = plain(&text.replace(['º', 'ª', '°'], "."));
    let text = text.trim_matches([' ', '"', '\'', ',', ';']);
    let text = buddhist(text).unwrap_or_else(|| text.to_owned());
    // Only the case or the sort of a hyphen is wrong.
    if let Ok(date) = Edtf::parse(&text.to_uppercase()) {
        return vec![date];
    }
    let from_to: Vec<Edtf> = hours(&text).iter().filter_map(|date| Edtf::parse(date).ok()).collect();
    if let Some(moment) = stamp(&text) {
        return from_to.into_iter().chain([moment]).collect();
    }
    if !from_to.is_empty() {
        return from_to;
    }
    let text = unpointed(&text);
    let real = |written: Vec<String>| {
        let mut dates: Vec<Edtf> = Vec::new();
        for date in written.iter().filter_map(|date| Edtf::parse(date).ok()) {
            if !dates.contains(&date) {
                dates.push(date);
            }
        }
        dates
    };
    let dates = real(single(&text));
    let dates = if dates.is_empty() { real(interval(&text)) } else { dates };
    let dates = if dates.is_empty() { real(shortened(&text)) } else { dates };
    let dates = if dates.is_empty() { alternatives(&text) } else { dates };
    match with_digits(&text) {
        Some(text) if dates.is_empty() => read(&text),
        _ => dates,
    }
}

/// A day and a time as programs write them: `2020-10-07 12:00:00.123 +0700 WIB`.
fn stamp(text: &str) -> Option<Edtf> {
    let text = text.to_uppercase();
    let (day, rest) = text.split_at_checked("2020-10-07".len())?;
    let rest = rest.strip_prefix(['T', ' '])?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
    let (clock, rest) = rest.split_at(end);
    // No event is known to a fraction of a second.
    let rest =
        rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let zone = rest.split_whitespace().next().unwrap_or_default();
    Edtf::parse(&format!("{day}T{clock}{zone}")).ok()
}

/// `2023 or 2024`, `2023-10-13, 2023-10-14`: each of the dates.
fn alternatives(text: &str) -> Vec<Edtf> {
    let separators = [" or ", " atau ", " oder ", " ou ", ",", ";", " / "];
    let Some(separator) = separators.into_iter().find(|separator| text.contains(separator)) else {
        return Vec::new();
    };
    let parts = text.split(separator).map(|part| match single(part.trim()).as_slice() {
        [one] => Edtf::parse(one).ok(),
        _ => None,
    });
    parts.collect::<Option<Vec<Edtf>>>().unwrap_or_default()
}

/// Why a text in the form of a date is none: `31.11.2023` has a day that its month does not have, and
/// `Monday, 13 October 2023` another day of the week.
pub(crate) fn impossible(text: &str) -> Option<String> {
    let text = unpointed(&plain(text));
    let said = said(&text)?;
    let dates = orders(&said);
    let mut whys = dates.iter().filter_map(|date| Edtf::parse(date).err());
    let why = whys.find(|why| why.contains(" has ") && why.ends_with(" days"));
    why.or_else(|| {
        // The day of the week is another one.
        let [date] = dates.as_slice() else { return None };
        let day = Edtf::parse(date)
            .ok()
            .filter(|day| said.weekday.is_some_and(|weekday| !falls_on(*day, weekday)))?;
        const WEEKDAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let at = (1u8..=7).position(|weekday| falls_on(day, weekday))?;
        Some(format!("{date} was a {}, so the day or its name is wrong", WEEKDAYS[at]))
    })
}

/// The text without the full stops of abbreviations (`oct.`, `b.c.`) and without the words that separate the
/// parts of East Asian dates (`2023年10月13日`).
fn unpointed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '.' if plain.ends_with(char::is_alphabetic) => {}
            '年' | '月' | '日' | '号' | '년' | '월' | '일'
                if plain.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                plain.push(' ');
            }
            c => plain.push(c),
        }
    }
    let plain = plain.trim_matches([' ', '"', '\'']);
    // Two full stops are an open end.
    plain.strip_suffix('.').filter(|start| !start.ends_with('.')).unwrap_or(plain).to_owned()
}

/// A part of a date.
#[derive(Clone, Debug)]
enum Field<'a> {
    Number(&'a str),
    /// By name. Some names mean one month in one language and another in the next.
    Month(Vec<u8>),
    /// 21 to 24, as in EDTF.
    Season(u8),
    /// A part of a year: how many months it has. Which one it is, is a number before or after it.
    Period(u8),
    /// `first`, `III`: the number of a period, a month or a century.
    Ordinal(u8),
    /// `1990s`
    Decade(&'a str),
    /// The number before or after it is that of a century.
    Century,
}

/// A third of a period: `early 2014`.
#[derive(Copy, Clone, Debug)]
enum Third {
    Early,
    Middle,
    Late,
}

/// A date in words, and what is said about it.
#[derive(Default)]
struct Said<'a> {
    fields: Vec<Field<'a>>,
    approximate: bool,
    uncertain: bool,
    third: Option<Third>,
    /// 1 is Monday.
    weekday: Option<u8>,
    /// Whether the year is one before or after the year 1, if that is said.
    before_christ: Option<bool>,
    /// The time of day.
    clock: Option<Clock>,
}

/// Words that add nothing to a date, in English, Indonesian and the languages that join its parts by words.
const FILLERS: [&str; 39] = [
    "г", "год", "года", "р", "of", "the", "on", "in", "at", "year", "month", "day", "dated", "st", "nd",
    "rd", "th", "ke", "pada", "hari", "tanggal", "tgl", "bulan", "tahun", "thn", "an", "musim", "de", "del",
    "la", "le", "el", "den", "der", "am", "er", "tháng", "năm", "ngày",
];

const ABOUT: [&str; 17] = [
    "hacia",
    "c",
    "ca",
    "circa",
    "cca",
    "about",
    "around",
    "approx",
    "approximately",
    "roughly",
    "sekitar",
    "kira",
    "kirakira",
    "um",
    "vers",
    "etwa",
    "около",
];

const PERHAPS: [&str; 13] = [
    "probably",
    "possibly",
    "perhaps",
    "maybe",
    "likely",
    "presumably",
    "uncertain",
    "unconfirmed",
    "mungkin",
    "barangkali",
    "belum",
    "pasti",
    "diduga",
];

/// Words that number a period, a month or a century: `third`, `III`.
const ORDINALS: [(&str, u8); 33] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("pertama", 1),
    ("kedua", 2),
    ("ketiga", 3),
    ("keempat", 4),
    ("satu", 1),
    ("dua", 2),
    ("tiga", 3),
    ("empat", 4),
    ("i", 1),
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
    ("v", 5),
    ("vi", 6),
    ("vii", 7),
    ("viii", 8),
    ("ix", 9),
    ("x", 10),
    ("xi", 11),
    ("xii", 12),
    ("xiii", 13),
    ("xiv", 14),
    ("xv", 15),
    ("xvi", 16),
    ("xvii", 17),
    ("xviii", 18),
    ("xix", 19),
    ("xx", 20),
    ("xxi", 21),
];

/// The dates that a text without an interval may mean, as EDTF; some of them are no real dates.
fn single(text: &str) -> Vec<String> {
    let Some(said) = said(text) else { return Vec::new() };
    let doubt = match (said.approximate, said.uncertain) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    let mut dates = Vec::new();
    for date in orders(&said) {
        let Ok(read) = Edtf::parse(&date) else { continue };
        if said.weekday.is_some_and(|weekday| !falls_on(read, weekday)) {
            continue;
        }
        match said.third {
            // The whole period loses what is said, the third is more exact than that: only a person can choose.
            Some(third) => dates.extend(third_of(read, third).into_iter().chain([date])),
            None => {
                let times = said.clock.iter().zip(read.earliest()).flat_map(|(clock, day)| clock.on(day));
                let moments = times.map(|time| format!("{date}T{time}"));
                let moments: Vec<String> = moments.filter(|moment| Edtf::parse(moment).is_ok()).collect();
                dates.extend(if moments.is_empty() { vec![date] } else { moments });
            }
        }
    }
    let doubtful = |date: String| match date.split_once('/') {
        Some((start, end)) => format!("{start}{doubt}/{end}{doubt}"),
        None => date + doubt,
    };
    dates.into_iter().map(doubtful).collect()
}

/// What the text says; `None` if some of it is not understood.
fn said(text: &str) -> Option<Said<'_>> {
    let (mut tokens, clock) = without_time(tokens(text));
    // A minus sign before a year is EDTF's, and what follows it is not what people write.
    if matches!(tokens.first(), Some(Token::Mark('-' | '–' | '—' | '−' | '/'))) {
        return None;
    }
    // `2023-10/11` are two months.
    if tokens.contains(&Token::Mark('-')) && tokens.contains(&Token::Mark('/')) {
        return None;
    }
    tokens.retain(|token| *token != Token::Mark(' '));
    // An open end.
    if matches!(tokens.last(), Some(Token::Mark('-' | '–'))) {
        return None;
    }
    let mut said = Said { clock: clock.flatten(), ..Said::default() };
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        at += 1;
        let next = tokens.get(at).copied();
        match (token, next) {
            (Token::Number(digits), _) => {
                // `90's` and `1990s`
                let after = match next {
                    Some(Token::Mark('\'')) => 1,
                    _ => 0,
                };
                let is_decade = digits.ends_with('0')
                    && matches!(tokens.get(at + after), Some(Token::Word("s" | "an" | "er")))
                    || (digits.ends_with('0')
                        && tokens.get(at..at + 2) == Some(&[Token::Mark('-'), Token::Word("an")]));
                match (is_decade, next) {
                    (true, _) => {
                        said.fields.push(Field::Decade(digits));
                        at += 1 + usize::from(!matches!(next, Some(Token::Word(_))));
                    }
                    // `19xx`, `199x`: written as EDTF in another case, and so is `2020-xx`.
                    (false, Some(Token::Word("x" | "xx"))) => return None,
                    (false, _) => said.fields.push(Field::Number(digits)),
                }
            }
            (Token::Word(word), _) => said.hear(word, next)?,
            (Token::Mark('?'), _) => said.uncertain = true,
            (Token::Mark('~' | '±' | '≈'), _) => said.approximate = true,
            (Token::Mark('-' | '–' | '/' | '.' | ',' | '(' | ')' | '[' | ']' | '\'' | ';'), _) => {}
            (Token::Mark(_), _) => return None,
        }
    }
    Some(said)
}

impl Said<'_> {
    /// Takes in a word; `None` if it means nothing in a date.
    fn hear(&mut self, word: &str, next: Option<Token<'_>>) -> Option<()> {
        let meanings = calendar(word);
        let months = meanings.iter().filter_map(|meaning| match meaning {
            CalendarWord::Month(month) => Some(*month),
            CalendarWord::Weekday(_) => None,
        });
        let months: Vec<u8> = months.collect();
        let ordinal = ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
        let season = match word {
            "spring" | "semi" | "frühling" | "frühjahr" | "printemps" | "primavera" | "весна" => {
                Some(21)
            }
            "summer" | "panas" | "sommer" | "été" | "verano" | "verão" | "лето" => Some(22),
            "autumn" | "fall" | "gugur" | "herbst" | "automne" | "otoño" | "outono" | "осень" => {
                Some(23)
            }
            "winter" | "dingin" | "hiver" | "invierno" | "inverno" | "зима" => Some(24),
            _ => None,
        };
        match word {
            _ if !months.is_empty() => self.fields.push(Field::Month(months)),
            "q" | "quarter" | "kuartal" | "triwulan" => self.fields.push(Field::Period(3)),
            "half" | "semester" | "paruh" => self.fields.push(Field::Period(6)),
            "h" if matches!(next, Some(Token::Number("1" | "2"))) => self.fields.push(Field::Period(6)),
            "century" | "abad" => self.fields.push(Field::Century),
            "early" | "beginning" | "start" | "awal" => self.third = Some(Third::Early),
            "mid" | "middle" | "pertengahan" | "tengah" => self.third = Some(Third::Middle),
            "late" | "end" | "akhir" => self.third = Some(Third::Late),
            "bc" | "bce" | "sm" => self.before_christ = Some(true),
            "ad" | "ce" | "masehi" | "คศ" => {
                self.before_christ = Some(self.before_christ.unwrap_or(false))
            }
            "sebelum" if next == Some(Token::Word("masehi")) => self.before_christ = Some(true),
            _ if ABOUT.contains(&word) => self.approximate = true,
            _ if PERHAPS.contains(&word) => self.uncertain = true,
            _ if FILLERS.contains(&word) => {}
            _ => match (season, ordinal, meanings) {
                (Some(season), ..) => self.fields.push(Field::Season(season)),
                (None, Some(number), _) => self.fields.push(Field::Ordinal(number)),
                (None, None, [CalendarWord::Weekday(weekday), ..]) => self.weekday = Some(*weekday),
                _ => return None,
            },
        }
        Some(())
    }
}

/// The dates that the fields may mean, in each order in which people write them.
fn orders(said: &Said<'_>) -> Vec<String> {
    use Field::{Century, Decade, Month, Number, Ordinal, Period, Season};
    let year = |digits: &str| years(digits, said.before_christ);
    let mut dates = Vec::new();
    match said.fields.as_slice() {
        [Number(stamp)] if stamp.len() > 4 => dates.extend(run_together(stamp)),
        [Number(digits)] => dates.extend(full_year(digits, said.before_christ)),
        [Decade(digits)] => dates.extend(decade(digits)),
        [Number(n), Century] | [Century, Number(n)] => dates.extend(century(n.parse().ok())),
        [Ordinal(n), Century] | [Century, Ordinal(n)] => dates.extend(century(Some(*n))),
        [Season(season), Number(y)] | [Number(y), Season(season)] => {
            dates.extend(full_year(y, said.before_christ).map(|year| format!("{year}-{season}")));
        }
        // A winter is named after both years: `winter 2014/15`.
        [Season(24), Number(y), Number(next)] if is_next(y, next) => {
            dates.push(match next.ends_with("24") {
                // `2023-24` would be read as two years again.
                true => format!("{y}-12/{}-02", y.parse::<u32>().map(|year| year + 1).unwrap_or_default()),
                false => format!("{y}-24"),
            });
        }
        [Period(months), Number(n), Number(y)]
        | [Number(n), Period(months), Number(y)]
        | [Number(y), Period(months), Number(n)]
            if n.len() == 1 =>
        {
            dates.extend(full_year(y, said.before_christ).and_then(|y| period(*months, n.parse().ok()?, &y)));
        }
        [Period(months), Ordinal(n), Number(y)]
        | [Ordinal(n), Period(months), Number(y)]
        | [Number(y), Period(months), Ordinal(n)] => {
            dates.extend(full_year(y, said.before_christ).and_then(|year| period(*months, *n, &year)));
        }
        [Month(months), Number(y)] | [Number(y), Month(months)] => {
            let years = full_year(y, said.before_christ);
            dates.extend(
                years.iter().flat_map(|year| months.iter().map(move |month| format!("{year}-{month:02}"))),
            );
        }
        [Number(a), Number(b)] => {
            let month = |y: &str, m: &str| Some(format!("{}-{:02}", full_year(y, None)?, small(m, 12)?));
            dates.extend(month(a, b).or_else(|| month(b, a)));
            // `2009/10` may be a season of sports, too.
            if a.len() == 4 && b.len() == 2 && *b > &a[2..] {
                dates.push(format!("{a}/{}{b}", &a[..2]));
            }
        }
        [a, b, c] => {
            let date = |d: &Field<'_>, m: &Field<'_>, y: &Field<'_>| {
                let (Number(d), Number(y)) = (d, y) else { return Vec::new() };
                let months = match m {
                    Month(months) => months.clone(),
                    Ordinal(month) => vec![*month],
                    Number(month) => small(month, 12).into_iter().collect(),
                    _ => Vec::new(),
                };
                let Some(day) = small(d, 31) else { return Vec::new() };
                let years = year(y);
                let all = months.iter().flat_map(|month| years.iter().map(move |year| (year, month)));
                all.map(|(year, month)| format!("{year}-{month:02}-{day:02}")).collect()
            };
            dates.extend(date(a, b, c));
            dates.extend(date(b, a, c));
            let is_year_first = match a {
                Number(y) => y.len() == 4 || (said.before_christ.is_none() && matches!(b, Number(_))),
                _ => false,
            };
            let by_year = if is_year_first { date(c, b, a) } else { Vec::new() };
            // Nobody writes the year first and the day second, unless there is no other way to read it.
            let is_read = dates.iter().chain(&by_year).any(|date| Edtf::parse(date).is_ok());
            let turned = || match (a, b, c) {
                // `2023-13-01` may be a month mistyped, too.
                (Number(y), Number(m), Number(d)) if small(m, 12).is_none() => date(b, c, a)
                    .into_iter()
                    .chain(small(d, 31).map(|day| format!("{y}-12-{day:02}")))
                    .collect(),
                _ => date(b, c, a),
            };
            dates.extend(if is_read || !is_year_first { by_year } else { turned() });
            if let [Number(y), Number(month), Number(day)] = [a, b, c]
                && y.len() == 4
                && !is_zero(y)
                && (is_zero(day) || is_zero(month))
            {
                // A database writes zeros for what is not known.
                dates.push(if is_zero(month) { (*y).to_string() } else { format!("{y}-{month:0>2}") });
            }
        }
        _ => {}
    }
    dates
}

fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

/// A number of at most two digits, from 1 to `most`.
fn small(digits: &str, most: u8) -> Option<u8> {
    digits.parse().ok().filter(|number| digits.len() <= 2 && (1..=most).contains(number))
}

#[cfg(test)]
mod tests;
