//! Formats dates, numbers and names in a language: ICU4X, and the theme's string tables.

mod countries;
pub(crate) mod words;

use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale as IcuLocale;
use icu_plurals::PluralRules;

use self::countries::Countries;
use crate::base::date::{Day, Edtf, PartialDate, Precision};
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
    /// The language, and the country whose conventions it follows: that of its tag, or the one that the theme
    /// chooses.
    icu: IcuLocale,
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
        let english = words::english();
        let is_english = english.serves(lang);
        let base = theme.string_tables(if is_english { lang } else { &english });
        let mut strings = words::read(base, &mut diagnostics);
        if !is_english {
            let own = words::read(theme.string_tables(lang), &mut diagnostics);
            let missing = words::missing(&own, &strings);
            diagnostics.extend(words::finding(lang, !own.is_empty(), &missing));
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
        Locale {
            lang: lang.clone(),
            strings,
            day: FixedCalendarDateTimeFormatter::try_new((&icu).into(), YMD::long()).expect(COMPILED),
            month: FixedCalendarDateTimeFormatter::try_new((&icu).into(), YM::long()).expect(COMPILED),
            year: FixedCalendarDateTimeFormatter::try_new((&icu).into(), Y::long()).expect(COMPILED),
            decimal: DecimalFormatter::try_new((&icu).into(), Default::default()).expect(COMPILED),
            plural: PluralRules::try_new_cardinal((&icu).into()).expect(COMPILED),
            collator: Collator::try_new((&icu).into(), CollatorOptions::default()).expect(COMPILED),
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

    /// A sentence with the full stop and the space that follow it, unless it ends in a mark of its own: `г.`, `?`
    pub(crate) fn ended(&self, sentence: &str) -> String {
        let stop = self.word("site.stop").unwrap_or(". ");
        let space = stop.trim_start_matches(|c: char| !c.is_whitespace());
        let end = if sentence.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।']) {
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
            Precision::Day => self.day(day),
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

fn word<'t>(strings: &'t toml::Table, path: &str) -> Option<&'t str> {
    let mut parts = path.split('.');
    let first = strings.get(parts.next()?);
    parts.fold(first, |at, part| at?.get(part))?.as_str()
}

fn gregorian(day: Day) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(day.year, day.month, day.day).ok()
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
