//! Formats dates, numbers and names in a language: ICU4X, and the theme's string tables.

mod countries;

use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRules};

use self::countries::Countries;
use crate::base::date::{Day, Edtf, PartialDate, Precision, Time};
use crate::base::diagnostic::{Diagnostic, Reported};
use crate::base::fill::fill;
use crate::base::id::Lang;
use crate::base::point::Point;
use crate::theme::{BROKEN_THEME, Theme};

/// A language, and everything needed to format text in it.
pub struct Locale {
    /// Its tag.
    pub lang: Lang,
    /// The theme's words in this language.
    pub strings: toml::Table,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
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
        let mut strings = toml::Table::new();
        let tables = theme.string_tables(lang.as_str());
        if tables.is_empty() {
            let message = format!("the theme has no words in `{lang}`, so the English ones are used");
            let help = format!(
                "copy `strings/en.toml` of the default theme to `themes/NAME/strings/{lang}.toml` and translate it"
            );
            let mut diagnostic = BROKEN_THEME.found(message).help(help);
            diagnostic.severity = crate::base::diagnostic::Severity::Warning;
            diagnostics.push(diagnostic);
        }
        for (text, path) in theme.string_tables("en").into_iter().chain(tables) {
            match text.parse::<toml::Table>() {
                Ok(table) => merge(&mut strings, table),
                Err(error) => diagnostics.push(table_error(&error, path)),
            }
        }
        // The theme may choose a country's conventions: `en_GB` puts the day before the month.
        let site = strings.get("site").and_then(|site| site.get("locale")).and_then(toml::Value::as_str);
        let regional = site.map(|tag| tag.replace('_', "-")).filter(|tag| tag.starts_with(lang.as_str()));
        let tag = regional.as_deref().unwrap_or(lang.as_str());
        let icu: IcuLocale = tag.parse().unwrap_or(IcuLocale::UNKNOWN);
        Reported { value: Locale::new(lang, strings, &icu), diagnostics }
    }

    /// ICU's compiled data has root data for every language, so none of these can fail.
    #[expect(clippy::expect_used, reason = "compiled data is complete by construction")]
    fn new(lang: &Lang, strings: toml::Table, icu: &IcuLocale) -> Locale {
        const COMPILED: &str = "compiled data has a root locale";
        Locale {
            lang: lang.clone(),
            strings,
            day: FixedCalendarDateTimeFormatter::try_new(icu.into(), YMD::long()).expect(COMPILED),
            month: FixedCalendarDateTimeFormatter::try_new(icu.into(), YM::long()).expect(COMPILED),
            year: FixedCalendarDateTimeFormatter::try_new(icu.into(), Y::long()).expect(COMPILED),
            decimal: DecimalFormatter::try_new(icu.into(), Default::default()).expect(COMPILED),
            plural: PluralRules::try_new_cardinal(icu.into()).expect(COMPILED),
            collator: Collator::try_new(collation(icu), CollatorOptions::default()).expect(COMPILED),
            countries: Countries::read(icu.into()),
        }
    }

    /// The word at a dotted path of the string tables: `dates.range`.
    pub(crate) fn word(&self, path: &str) -> Option<&str> {
        let mut parts = path.split('.');
        let mut value = self.strings.get(parts.next()?)?;
        for part in parts {
            value = value.as_table()?.get(part)?;
        }
        value.as_str()
    }

    /// The language and the country whose conventions the theme chooses, such as `en_GB`; `None` if it has no
    /// words in this language.
    pub(crate) fn territory(&self) -> Option<&str> {
        self.word("site.locale").filter(|tag| tag.starts_with(self.lang.as_str()))
    }

    pub(crate) fn words(&self, table: &str) -> Option<&toml::Table> {
        self.strings.get(table)?.as_table()
    }

    /// The word with its `{name}` filled in; if the theme has no such word, only the value.
    pub(crate) fn fill(&self, path: &str, values: &[(&str, &str)]) -> String {
        match self.word(path) {
            Some(word) => {
                fill(word, |blank| values.iter().find(|(name, _)| *name == blank).map(|(_, value)| *value))
            }
            None => values.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" – "),
        }
    }

    /// The plural category of a count, as CLDR names it: `one`, `other`.
    pub(crate) fn plural(&self, count: u64) -> &'static str {
        match self.plural.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// A number with the language's separators.
    pub(crate) fn number(&self, number: f64) -> String {
        match number.to_string().parse::<Decimal>() {
            Ok(decimal) => self.decimal.format(&decimal).to_string(),
            Err(_) => number.to_string(),
        }
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

    pub(crate) fn country(&self, code: &str) -> String {
        self.countries.name(code).unwrap_or(code).to_owned()
    }

    /// A language's name, from the theme.
    pub(crate) fn language(&self, tag: &str) -> String {
        let primary = tag.split('-').next().unwrap_or(tag);
        let word = |tag| self.word(&format!("languages.{tag}"));
        word(tag).or_else(|| word(primary)).unwrap_or(tag).to_owned()
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
        format!("{}, {}", side(point.lat, north, south), side(point.lon, east, west))
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
                format!("{name} {}", self.year(day)).trim().to_owned()
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
        let (hour, minute) = (format!("{hour:02}"), format!("{minute:02}"));
        self.fill("dates.at", &[("date", &day), ("hour", &hour), ("minute", &minute), ("zone", &zone)])
    }

    fn day(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.to_string(), |date| self.day.format(&date).to_string())
    }

    /// A month and its year: `Oktober 2023`.
    pub(crate) fn month(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.to_string(), |date| self.month.format(&date).to_string())
    }

    fn year(&self, day: Day) -> String {
        gregorian(day).map_or_else(|| day.year.to_string(), |date| self.year.format(&date).to_string())
    }
}

/// The language's own order, in which numbers go by their value: `Leg 2` before `Leg 10`.
fn collation(icu: &IcuLocale) -> CollatorPreferences {
    let mut preferences = CollatorPreferences::from(icu);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    preferences
}

fn gregorian(day: Day) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(day.year, day.month, day.day).ok()
}

/// Merges the words of `over` into those of `under`.
fn merge(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            // A table of plural forms is replaced as a whole, because languages have different forms.
            (Some(toml::Value::Table(inner)), toml::Value::Table(table)) if !table.contains_key("other") => {
                merge(inner, table);
            }
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

fn table_error(error: &toml::de::Error, path: Option<&crate::base::path::InputPath>) -> Diagnostic {
    let diagnostic = BROKEN_THEME.found(format!("a string table is not TOML: {}", error.message()));
    match (path, error.span()) {
        (Some(path), Some(range)) => {
            diagnostic.at(path, crate::base::span::Span::new(range.start, range.end), "")
        }
        _ => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        let words = "[dates]\nrange = \"{from}–{to}\"\napproximate = \"sekitar {date}\"".parse().unwrap();
        Locale::new(&Lang::parse(tag).unwrap(), words, &tag.parse().unwrap())
    }

    #[test]
    fn dates_and_numbers_are_written_as_the_language_does() {
        let (id, en) = (locale("id"), locale("en"));
        let date = |text| Edtf::parse(text).unwrap();
        assert_eq!(id.date(date("2023-10-13")), "13 Oktober 2023");
        assert_eq!(en.date(date("2023-10")), "October 2023");
        assert_eq!(id.date(date("2023-09~")), "sekitar September 2023");
        assert_eq!(id.date(date("2023-09-01/2023-10-01")), "1 September 2023–1 Oktober 2023");
        assert_eq!((id.number(1234567.5), en.number(1000.0)), ("1.234.567,5".into(), "1,000".into()));
        assert_eq!((id.country("KP"), en.country("KP")), ("Korea Utara".into(), "North Korea".into()));
        assert_eq!((id.plural(1), en.plural(1), en.plural(2)), ("other", "one", "other"));
    }

    #[test]
    fn titles_are_in_the_order_of_the_language_and_numbers_in_that_of_their_values() {
        let ordered = |tag: &str, titles: &[&str]| {
            let locale = locale(tag);
            let keys: Vec<Box<[u8]>> = titles.iter().map(|title| locale.sort_key(title)).collect();
            assert!(keys.is_sorted(), "{tag}: {titles:?}");
        };
        ordered("en", &["Leg 2", "Leg 10", "leg 11", "Leg 100"]);
        ordered("de", &["Ähre", "Apfel", "Zebra"]);
        ordered("sv", &["Apfel", "Zebra", "Ähre"]);
        ordered("es", &["nube", "ñu", "oso"]);
        ordered("ru", &["Ельцин", "Ёлка", "Жуков"]);
        ordered("zh-Hans", &["北京", "上海", "中国"]);
    }

    #[test]
    fn a_time_is_written_as_the_language_does() {
        use crate::world::memory::MemoryWorld;

        let world = MemoryWorld::new().with("dossier.toml", "");
        let theme = Theme::read(&world, &crate::config::read(&world, None).value).value;
        let date = |lang, text| {
            Locale::read(&Lang::parse(lang).unwrap(), &theme).value.date(Edtf::parse(text).unwrap())
        };
        assert_eq!(date("en", "2023-10-13T14:05:30+05:30"), "13 October 2023, 14:05 UTC+5:30");
        assert_eq!(date("id", "2023-10-13T04:05+07:00"), "13 Oktober 2023, 04.05 UTC+7");
        assert_eq!(date("en", "2023-10-13T04:05Z"), "13 October 2023, 04:05 UTC");
        assert_eq!(date("en", "2023-10-13T04:05-03"), "13 October 2023, 04:05 UTC−3");
        assert_eq!(date("id", "2023-10-13T04:05"), "13 Oktober 2023, 04.05");
    }

    #[test]
    fn a_date_that_is_printed_is_read_back_as_the_same_days() {
        use crate::data::reading::date;
        use crate::world::memory::MemoryWorld;

        let world = MemoryWorld::new().with("dossier.toml", "");
        let theme = Theme::read(&world, &crate::config::read(&world, None).value).value;
        for lang in ["en", "id"] {
            let locale = Locale::read(&Lang::parse(lang).unwrap(), &theme).value;
            let within = |month| {
                [
                    format!("2023-{month:02}"),
                    format!("1998-{month:02}-{:02}", month + 12),
                    format!("-0043-{month:02}-15"),
                ]
            };
            let others = [
                "2023",
                "2023~",
                "2023?",
                "2023%",
                "2023-21",
                "2023-24~",
                "199X",
                "2020/2023-05",
                "2023-09-01/..",
                "../2023-10",
            ];
            for written in (1..=12).flat_map(within).chain(others.map(str::to_owned)) {
                let written = Edtf::parse(&written).unwrap();
                let printed = locale.date(written);
                let read = date::read(&printed);
                assert!(matches!(read.as_slice(), [one] if one.cmp(&written).is_eq()), "{printed}: {read:?}");
            }
        }
    }
}
