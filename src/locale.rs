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
            let missing = words::missing(&own, &strings);
            diagnostics.extend(words::finding(lang, !own.is_empty(), &missing));
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
        Locale {
            lang: lang.clone(),
            strings,
            direction: lang.direction(),
            zero: decimal.format(&Decimal::from(0)).to_string().chars().next().unwrap_or('0'),
            day: FixedCalendarDateTimeFormatter::try_new((&icu).into(), YMD::long()).expect(COMPILED),
            month: FixedCalendarDateTimeFormatter::try_new((&icu).into(), YM::long()).expect(COMPILED),
            month_name: FixedCalendarDateTimeFormatter::try_new((&icu).into(), M::medium()).expect(COMPILED),
            year: FixedCalendarDateTimeFormatter::try_new((&icu).into(), Y::long()).expect(COMPILED),
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
        let form = |category: &str| self.word(&format!("{path}.{category}"));
        let words = form(self.plural(count)).or_else(|| form("other")).unwrap_or("{n}");
        words.replace("{n}", &self.number(count as f64))
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

    pub(crate) fn country(&self, code: &str) -> String {
        self.countries.name(code).unwrap_or(code).to_owned()
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
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        let words = "[dates]\nrange = \"{from}–{to}\"\napproximate = \"sekitar {date}\"".parse().unwrap();
        Locale::new(&Lang::parse(tag).unwrap(), words, tag.parse().unwrap())
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
        assert!(date("ar", "2023-10-13T04:05").contains("٠٤:٠٥"));
    }

    #[test]
    fn digits_are_those_of_the_region() {
        let number = |tag| locale(tag).number(1234.5);
        for tag in ["ar-EG", "ar-LB", "ar-SY"] {
            assert_eq!(number(tag), "١٬٢٣٤٫٥", "{tag}");
        }
        for tag in ["ar-AE", "ar-MA", "ar-TN", "en", "id", "he"] {
            assert!(number(tag).starts_with('1'), "{tag}");
            assert_eq!(locale(tag).numerals(), None, "{tag}");
        }
        assert_eq!(number("fa"), "۱٬۲۳۴٫۵");
        let (lb, fa) = (locale("ar-LB"), locale("fa"));
        assert_eq!((lb.numerals(), fa.numerals()), (Some("arab"), Some("arabext")));
        assert_eq!((lb.digits("§3.4"), fa.ordinal(2023)), ("§٣.٤".into(), "۲۰۲۳".into()));
        let day = Edtf::parse("2020-08-04").unwrap();
        assert_eq!((lb.date(day), locale("ar-MA").date(day)), ("٤ آب ٢٠٢٠".into(), "4 غشت 2020".into()));
    }

    #[test]
    fn months_have_a_whole_name_or_one_that_the_language_shortens() {
        let months = |tag| [8, 12].map(|month| locale(tag).month_name(Day { year: 2020, month, day: 1 }));
        assert_eq!(months("ar-LB"), ["آب", "كانون الأول"]);
        assert_eq!(months("en-GB"), ["Aug", "Dec"]);
        assert_eq!(months("id"), ["Agu", "Des"]);
    }

    #[test]
    fn every_language_of_the_theme_has_its_dates_and_numbers() {
        use crate::world::memory::MemoryWorld;

        let world = MemoryWorld::new().with("dossier.toml", "");
        let theme = Theme::read(&world, &crate::config::read(&world, None).value).value;
        let said = |lang| {
            let locale = Locale::read(&Lang::parse(lang).unwrap(), &theme).value;
            let dates = ["2023-10-13", "2023-10", "2023-21~", "2023-09-01/2023-10-02"];
            let dates = dates.map(|date| locale.date(Edtf::parse(date).unwrap()));
            [dates.join(" | "), locale.number(1_234_567.5)]
                .join(" | ")
                .replace('\u{a0}', "~")
                .replace('\u{202f}', "_")
        };
        for (lang, wanted) in [
            (
                "en",
                "13 October 2023 | October 2023 | about Spring 2023 | 1 September 2023 to 2 October 2023 | 1,234,567.5",
            ),
            (
                "id",
                "13 Oktober 2023 | Oktober 2023 | sekitar musim semi 2023 | 1 September 2023 sampai 2 Oktober 2023 | 1.234.567,5",
            ),
            (
                "ar",
                "١٣ أكتوبر ٢٠٢٣ | أكتوبر ٢٠٢٣ | نحو ربيع ٢٠٢٣ | من ١ سبتمبر ٢٠٢٣ إلى ٢ أكتوبر ٢٠٢٣ | ١٬٢٣٤٬٥٦٧٫٥",
            ),
            (
                "de",
                "13. Oktober 2023 | Oktober 2023 | etwa Frühjahr 2023 | 1. September 2023 bis 2. Oktober 2023 | 1.234.567,5",
            ),
            (
                "es",
                "13 de octubre de 2023 | octubre de 2023 | hacia primavera de 2023 | 1 de septiembre de 2023 – 2 de octubre de 2023 | 1.234.567,5",
            ),
            (
                "fr",
                "13 octobre 2023 | octobre 2023 | vers printemps 2023 | 1 septembre 2023 – 2 octobre 2023 | 1_234_567,5",
            ),
            (
                "pt",
                "13 de outubro de 2023 | outubro de 2023 | por volta de primavera de 2023 | 1 de setembro de 2023 – 2 de outubro de 2023 | 1.234.567,5",
            ),
            (
                "ru",
                "13 октября 2023~г. | октябрь 2023~г. | примерно весна 2023~г. | 1 сентября 2023~г. – 2 октября 2023~г. | 1~234~567,5",
            ),
            (
                "uk",
                "13 жовтня 2023~р. | жовтень 2023~р. | приблизно весна 2023 | 1 вересня 2023~р. – 2 жовтня 2023~р. | 1~234~567,5",
            ),
            (
                "zh-hans",
                "2023年10月13日 | 2023年10月 | 约2023年春季 | 2023年9月1日至2023年10月2日 | 1,234,567.5",
            ),
            ("ja", "2023年10月13日 | 2023年10月 | 2023年春ごろ | 2023年9月1日～2023年10月2日 | 1,234,567.5"),
            (
                "ko",
                "2023년 10월 13일 | 2023년 10월 | 2023년 봄경 | 2023년 9월 1일~2023년 10월 2일 | 1,234,567.5",
            ),
        ] {
            assert_eq!(said(lang), wanted, "{lang}");
        }
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
