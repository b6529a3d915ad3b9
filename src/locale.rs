//! Formats dates, numbers and names in a language: ICU4X, and the theme's string tables.

mod countries;
pub(crate) mod words;

use std::borrow::Cow;

use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, Y, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale as IcuLocale;
use icu_plurals::PluralRules;

use self::countries::Countries;
use crate::base::bidi::{Direction, isolated};
use crate::base::date::{Day, Edtf, PartialDate, Precision, Time};
use crate::base::diagnostic::Reported;
use crate::base::fill::fill;
use crate::base::id::Lang;
use crate::base::names;
use crate::base::point::Point;
use crate::theme::Theme;

/// A language, and everything needed to format text in it.
pub struct Locale {
    /// Its tag.
    pub lang: Lang,
    /// The theme's words in this language.
    pub strings: toml::Table,
    /// The direction of its script.
    pub(crate) direction: Direction,
    /// Its digit zero.
    zero: char,
    /// The language, and the country whose conventions it follows: that of its tag, or the one that the theme
    /// chooses.
    icu: IcuLocale,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    month_name: FixedCalendarDateTimeFormatter<Gregorian, M>,
    year: FixedCalendarDateTimeFormatter<Gregorian, Y>,
    decimal: DecimalFormatter,
    plural: PluralRules,
    collator: CollatorBorrowed<'static>,
    countries: Countries,
}

impl Locale {
    /// Reads the words of `lang` from the theme. A language without words in the theme gets the English ones.
    pub fn read(lang: &Lang, theme: &Theme) -> Reported<Locale> {
        let mut diagnostics = Vec::new();
        let english = words::english();
        let is_english = english.serves(lang);
        let base = theme.string_tables(if is_english { lang } else { &english });
        let mut strings = words::read(base, &mut diagnostics);
        if !is_english {
            let own = words::read(theme.string_tables(lang), &mut diagnostics);
            diagnostics.extend(words::finding(lang, &own, &strings));
            // English words on a page from the right keep their order.
            isolate(&mut strings, lang.direction());
            words::merge(&mut strings, own);
        }
        // The theme may choose a country's conventions: `en_GB` puts the day before the month.
        let site = word(&strings, words::LOCALE);
        let regional = site.and_then(|tag| Lang::parse(&tag.replace('_', "-")));
        let regional = regional.filter(|regional| lang.serves(regional));
        let icu = regional.as_ref().unwrap_or(lang).as_str().parse().unwrap_or(IcuLocale::UNKNOWN);
        Reported { value: Locale::new(lang, strings, icu), diagnostics }
    }

    /// ICU's compiled data has root data for every language, so none of these can fail.
    #[expect(clippy::expect_used, reason = "compiled data is complete by construction")]
    fn new(lang: &Lang, strings: toml::Table, icu: IcuLocale) -> Locale {
        const COMPILED: &str = "compiled data has a root locale";
        let decimal = DecimalFormatter::try_new((&icu).into(), Default::default()).expect(COMPILED);
        // The data of icu_datetime 2.4 for Brazil cannot write a year. Portugal writes dates in the same words.
        let dates = match icu.id.language.as_str() {
            "pt" => icu_locale::locale!("pt-PT"),
            _ => icu.clone(),
        };
        Locale {
            lang: lang.clone(),
            strings,
            direction: lang.direction(),
            zero: decimal.format(&Decimal::from(0)).to_string().chars().next().unwrap_or('0'),
            day: FixedCalendarDateTimeFormatter::try_new((&dates).into(), YMD::long()).expect(COMPILED),
            month: FixedCalendarDateTimeFormatter::try_new((&dates).into(), YM::long()).expect(COMPILED),
            month_name: FixedCalendarDateTimeFormatter::try_new((&dates).into(), M::medium())
                .expect(COMPILED),
            year: FixedCalendarDateTimeFormatter::try_new((&dates).into(), Y::long()).expect(COMPILED),
            decimal,
            plural: PluralRules::try_new_cardinal((&icu).into()).expect(COMPILED),
            collator: Collator::try_new(collation(&icu), CollatorOptions::default()).expect(COMPILED),
            countries: Countries::read((&icu).into()),
            icu,
        }
    }

    /// The word at a dotted path of the string tables: `dates.range`.
    pub(crate) fn word(&self, path: &str) -> Option<&str> {
        word(&self.strings, path)
    }

    /// The language and the country whose conventions it follows, such as `en_GB`; `None` if neither its tag nor
    /// the theme names a country.
    pub(crate) fn territory(&self) -> Option<String> {
        Some(format!("{}_{}", self.icu.id.language, self.icu.id.region?))
    }

    /// What separates the parts of a list.
    pub(crate) fn comma(&self) -> &str {
        self.word("list.comma").unwrap_or(", ")
    }

    /// What separates the parts of a list that may have commas of their own.
    pub(crate) fn semicolon(&self) -> &str {
        self.word("list.semicolon").unwrap_or("; ")
    }

    /// A name as it is set into text of this language that has no markup.
    pub(crate) fn isolated<'n>(&self, name: &'n str) -> Cow<'n, str> {
        isolated(name, self.direction)
    }

    pub(crate) fn words(&self, table: &str) -> Option<&toml::Table> {
        self.strings.get(table)?.as_table()
    }

    /// The word with its `{name}` filled in; if the theme has no such word, only the value. Values of the other
    /// direction are isolated.
    pub(crate) fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        match self.word(path) {
            Some(word) => fill(word, |blank| {
                let (_, value) = values.iter().find(|(name, _)| *name == blank)?;
                Some(self.isolated(value))
            }),
            None => values.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" – "),
        }
    }

    /// A sentence with the full stop and the space that follow it, unless it ends in a mark of its own: `г.`, `?`
    pub(crate) fn ended(&self, sentence: &str) -> String {
        let stop = self.word("site.stop").unwrap_or(". ");
        let space = stop.trim_start_matches(|c: char| !c.is_whitespace());
        let end = if sentence
            .trim_end_matches('\u{2069}')
            .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        {
            space
        } else {
            stop
        };
        sentence.to_owned() + end
    }

    /// The plural category of a count, as CLDR names it: `one`, `other`.
    pub(crate) fn plural(&self, count: u64) -> &'static str {
        words::form(self.plural.category_for(count))
    }

    /// The plural form of a word for this count, with the count as its `{n}`.
    pub(crate) fn counted(&self, path: &str, count: u64) -> String {
        self.counted_as(path, count, &self.number(count as f64))
    }

    fn counted_as(&self, path: &str, count: u64, number: &str) -> String {
        let form = |category: &str| self.word(&format!("{path}.{category}"));
        let words = form(self.plural(count)).or_else(|| form("other")).unwrap_or("{n}");
        words.replace("{n}", number)
    }

    /// A number of independent origins within a sentence, up to nine in letters: `two origins`.
    pub(crate) fn origins(&self, count: usize) -> String {
        const COUNT: &str = "claim.origin_count";
        let letters = self.word("values.numbers").unwrap_or_default();
        match count.checked_sub(1).and_then(|before| letters.split(' ').nth(before)) {
            Some(letters) if !letters.is_empty() => self.counted_as(COUNT, count as u64, letters),
            _ => self.counted(COUNT, count as u64),
        }
    }

    /// A number with the language's separators.
    pub(crate) fn number(&self, number: f64) -> String {
        match number.to_string().parse::<Decimal>() {
            Ok(decimal) => self.decimal.format(&decimal).to_string(),
            Err(_) => number.to_string(),
        }
    }

    /// A text whose digits are those of the language, such as the number of a section, `3.4`, or a time, `1:32`.
    pub(crate) fn digits(&self, text: &str) -> String {
        let digit = |c: char| match c.to_digit(10) {
            Some(value) => char::from_u32(u32::from(self.zero) + value).unwrap_or(c),
            None => c,
        };
        text.chars().map(digit).collect()
    }

    /// A number that counts nothing, such as a leg's or a year: without separators.
    pub(crate) fn ordinal(&self, number: impl std::fmt::Display) -> String {
        self.digits(&number.to_string())
    }

    /// The numbering system of the language, as CLDR names it; `None` for the Western digits.
    pub(crate) fn numerals(&self) -> Option<&'static str> {
        Some(match self.zero {
            '٠' => "arab",
            '۰' => "arabext",
            '০' => "beng",
            '०' => "deva",
            '၀' => "mymr",
            '༠' => "tibt",
            '߀' => "nkoo",
            '᱐' => "olck",
            '𞥐' => "adlm",
            '𑄶' => "cakm",
            _ => return None,
        })
    }

    /// The size of a file: `3 kB`, `1.2 MB`. It is rounded up, to two digits at least.
    pub(crate) fn size(&self, bytes: usize) -> String {
        let (unit, count) = match bytes {
            0..1_000 => ("bytes", bytes as f64),
            1_000..1_000_000 => ("kilobytes", bytes.div_ceil(1_000) as f64),
            1_000_000..10_000_000 => ("megabytes", bytes.div_ceil(100_000) as f64 / 10.0),
            _ => ("megabytes", bytes.div_ceil(1_000_000) as f64),
        };
        self.fill(&format!("special.data.{unit}"), &[("n", &self.number(count))])
    }

    pub(crate) fn sort_key(&self, title: &str) -> Box<[u8]> {
        let mut key = Vec::with_capacity(2 * title.len());
        // Writing to memory cannot fail.
        let Ok(()) = self.collator.write_sort_key_to(title, &mut key);
        key.into()
    }

    /// The name of a country: that of the Unicode CLDR, unless the newspapers of the language write another.
    pub(crate) fn country(&self, code: &str) -> String {
        let newspapers = match (self.lang.as_str(), code) {
            // The CLDR has the name that Indonesia's government has used since 2014.
            ("id", "CN") => Some("China"),
            _ => None,
        };
        newspapers.or_else(|| self.countries.name(code)).unwrap_or(code).to_owned()
    }

    /// The name of the language `tag` in this one; where the Unicode CLDR has none, its own or the tag.
    pub(crate) fn language(&self, tag: &str) -> String {
        let name = names::language_name(tag, self.lang.as_str()).or_else(|| names::own_name(tag));
        name.unwrap_or(tag).to_owned()
    }

    /// What the language calls itself.
    pub(crate) fn own_name(&self) -> String {
        let tag = self.lang.as_str();
        names::own_name(tag).unwrap_or(tag).to_owned()
    }

    /// A point in decimal degrees with hemispheres: `42.25° N, 130.29° E`.
    pub(crate) fn point(&self, point: Point) -> String {
        let side = |degrees: f64, positive, negative| {
            format!("{}° {}", self.number(degrees.abs()), if degrees < 0.0 { negative } else { positive })
        };
        let words = ["north", "south", "east", "west"].map(|side| self.word(&format!("compass.{side}")));
        let [north, south, east, west] = words.map(|word| word.unwrap_or_default());
        let or = |word: &'static str, given: &str| {
            if given.is_empty() { word.to_owned() } else { given.to_owned() }
        };
        let (north, south, east, west) = (or("N", north), or("S", south), or("E", east), or("W", west));
        [side(point.lat, north, south), side(point.lon, east, west)].join(self.comma())
    }

    /// A date or an interval in words.
    pub(crate) fn date(&self, date: Edtf) -> String {
        match date {
            Edtf::Date(date) => self.partial(date),
            Edtf::Interval(Some(from), Some(to)) => self.between(from, to),
            Edtf::Interval(Some(from), None) => self.fill("dates.open_end", &[("from", &self.partial(from))]),
            Edtf::Interval(None, Some(to)) => self.fill("dates.open_start", &[("to", &self.partial(to))]),
            Edtf::Interval(None, None) => self.fill("dates.unknown", &[]),
        }
    }

    fn between(&self, from: PartialDate, to: PartialDate) -> String {
        self.fill("dates.range", &[("from", &self.partial(from)), ("to", &self.partial(to))])
    }

    fn partial(&self, date: PartialDate) -> String {
        let day = date.earliest();
        let plain = match date.precision {
            Precision::Day => self.moment(self.day(day), date.time),
            Precision::Month => self.month(day),
            Precision::Year => self.year(day),
            Precision::Season(season) => {
                let name = self.word(&format!("dates.season_{season}")).unwrap_or_default();
                self.fill("dates.season", &[("season", name), ("year", &self.year(day))])
            }
            Precision::Years(_) => {
                let (from, to) = (PartialDate::of(day), PartialDate::of(date.latest()));
                self.fill(
                    "dates.range",
                    &[("from", &self.year(from.earliest())), ("to", &self.year(to.earliest()))],
                )
            }
        };
        let doubt = match (date.approximate, date.uncertain) {
            (false, false) => return plain,
            (true, false) => "dates.approximate",
            (false, true) => "dates.uncertain",
            (true, true) => "dates.uncertain_approximate",
        };
        self.fill(doubt, &[("date", &plain)])
    }

    /// A day with its time, if it has one: `13 October 2023, 14:05 UTC+7`.
    fn moment(&self, day: String, time: Option<Time>) -> String {
        let Some(Time { hour, minute, zone, .. }) = time else { return day };
        let zone = zone.map_or_else(String::new, |ahead| {
            let sign = if ahead < 0 { "−" } else { "+" };
            match (ahead.abs() / 60, ahead.abs() % 60) {
                (0, 0) => " UTC".to_owned(),
                (hours, 0) => format!(" UTC{sign}{hours}"),
                (hours, minutes) => format!(" UTC{sign}{hours}:{minutes:02}"),
            }
        });
        let two_digits = |number: u8| {
            let mut digits = Decimal::from(number);
            digits.absolute.pad_start(2);
            self.decimal.format(&digits).to_string()
        };
        let (hour, minute) = (two_digits(hour), two_digits(minute));
        self.fill("dates.at", &[("date", &day), ("hour", &hour), ("minute", &minute), ("zone", &zone)])
    }

    fn day(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.to_string(), |date| self.day.format(&date).to_string())
    }

    /// A month and its year: `Oktober 2023`.
    pub(crate) fn month(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.to_string(), |date| self.month.format(&date).to_string())
    }

    /// The name of a month in a drawing, shortened if the language has a short one: `Okt`.
    pub(crate) fn month_name(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.to_string(), |date| self.month_name.format(&date).to_string())
    }

    pub(crate) fn year(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.year.to_string(), |date| self.year.format(&date).to_string())
    }
}

/// The language's own order, in which numbers go by their value: `Leg 2` before `Leg 10`.
fn collation(icu: &IcuLocale) -> CollatorPreferences {
    let mut preferences = CollatorPreferences::from(icu);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    preferences
}

fn word<'t>(strings: &'t toml::Table, path: &str) -> Option<&'t str> {
    let mut parts = path.split('.');
    let first = strings.get(parts.next()?);
    parts.fold(first, |at, part| at?.get(part))?.as_str()
}

fn gregorian(day: Day) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(day.year, day.month, day.day).ok()
}

/// Isolates words of the other direction than the pages that show them.
fn isolate(table: &mut toml::Table, around: Direction) {
    for (_, value) in table.iter_mut() {
        match value {
            toml::Value::String(words) => *words = isolated(words, around).into_owned(),
            toml::Value::Table(inner) => isolate(inner, around),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
