//! Names of countries, months, days of the week and languages in many languages, and their quotation marks, from the
//! Unicode CLDR.
//!
//! README.md beside this file describes the tables.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::id::with_script;
use super::near::{all_nearest, is_typo};

/// A line for each locale, a column for each country.
const COUNTRIES: &str = include_str!("countries.tsv");

/// A line for each language: twelve months from January on, then seven days from Monday on.
const CALENDAR: &str = include_str!("calendar.tsv");

/// A line for each language, a column for each language that it names; before these, a line of tags, and one of
/// what each language calls itself.
const LANGUAGES: &str = include_str!("languages.tsv");

/// A line for each set of marks: four of them, then the locales that have it.
const QUOTES: &str = include_str!("quotes.tsv");

/// The codes of all countries, in the order of their names in [`countries`].
pub(crate) fn country_codes() -> impl Iterator<Item = &'static str> {
    countries("").into_iter().flatten()
}

/// The names of all countries in the locale `tag`, empty where the locale has none of its own.
pub(crate) fn countries(tag: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
    static LINES: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| COUNTRIES.lines().filter_map(|line| line.split_once('\t')).collect());
    Some(LINES.get(tag)?.split('\t'))
}

/// The codes of the countries that any locale calls `name`, in any case. Where locales disagree, English and
/// Indonesian decide: most texts that this program reads are in these.
pub(crate) fn countries_called(name: &str) -> Vec<&'static str> {
    type Codes = HashMap<String, Vec<&'static str>>;
    static DECISIVE: LazyLock<Codes> = LazyLock::new(|| codes(|tag| matches!(tag, "en" | "id")));
    static ALL: LazyLock<Codes> = LazyLock::new(|| codes(|tag| !tag.is_empty()));

    fn codes(is_wanted: impl Fn(&str) -> bool) -> Codes {
        let mut by_name = Codes::new();
        for line in COUNTRIES.lines() {
            let Some((tag, names)) = line.split_once('\t') else { continue };
            for (name, code) in names.split('\t').zip(country_codes()).filter(|_| is_wanted(tag)) {
                let codes = by_name.entry(name.to_lowercase()).or_default();
                if !name.is_empty() && !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        by_name
    }

    let name = name.to_lowercase();
    DECISIVE.get(&name).or_else(|| ALL.get(&name)).cloned().unwrap_or_default()
}

/// The codes of the countries whose name in English or Indonesian is most like `name`, if any is like it.
pub(crate) fn countries_nearly_called(name: &str) -> Vec<&'static str> {
    let names =
        ["en", "id"].into_iter().filter_map(countries).flatten().filter(|name| name.chars().count() > 4);
    let near = all_nearest(name, names).into_iter().filter(|known| is_typo(name, known));
    let mut codes: Vec<&str> = near.flat_map(countries_called).collect();
    codes.dedup();
    codes
}

/// What a word of a calendar means.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum CalendarWord {
    /// 1 to 12.
    Month(u8),
    /// 1 is Monday, 7 Sunday.
    Weekday(u8),
}

/// What `word`, in lower case and without full stops, means in a calendar. Where languages disagree
/// (`listopad` is October in Croatian, November in Polish), all that it means; but what it means in English or
/// Indonesian is all.
pub(crate) fn calendar(word: &str) -> &'static [CalendarWord] {
    static WORDS: LazyLock<HashMap<String, Vec<CalendarWord>>> = LazyLock::new(|| {
        let mut words: HashMap<String, Vec<CalendarWord>> = HashMap::new();
        let mut decided = Vec::new();
        for line in CALENDAR.lines() {
            let mut cells = line.split('\t');
            let is_decisive = matches!(cells.next(), Some("en" | "id"));
            for (cell, meaning) in cells.zip(meanings()) {
                for word in cell.split('|').map(|word| word.replace('.', "")) {
                    let meanings = words.entry(word.clone()).or_default();
                    if !meanings.contains(&meaning) && !decided.contains(&word) {
                        meanings.push(meaning);
                    }
                    if is_decisive {
                        decided.push(word);
                    }
                }
            }
        }
        words.remove("");
        words
    });
    // Which the CLDR has in British English only.
    let word = if word == "sept" { "sep" } else { word };
    WORDS.get(word).map_or(&[], Vec::as_slice)
}

/// The words of the calendars of some languages, in lower case. Where two disagree, the first line of the table
/// decides.
pub(crate) fn calendar_of(languages: &[&str]) -> HashMap<&'static str, CalendarWord> {
    let lines = CALENDAR.lines().map(|line| line.split('\t'));
    let wanted = lines.filter_map(|mut cells| languages.contains(&cells.next()?).then_some(cells));
    let mut words = HashMap::new();
    for (cell, meaning) in wanted.flat_map(|cells| cells.zip(meanings())) {
        for spelling in cell.split('|') {
            words.entry(spelling).or_insert(meaning);
        }
    }
    words
}

/// What the cells of a line of the calendar mean.
fn meanings() -> impl Iterator<Item = CalendarWord> {
    (1..=12).map(CalendarWord::Month).chain((1..=7).map(CalendarWord::Weekday))
}

/// The tags of all languages that have names.
pub(crate) fn language_tags() -> impl Iterator<Item = &'static str> {
    languages_in("")
}

/// What the language `tag` calls itself: `Français`.
pub(crate) fn own_name(tag: &str) -> Option<&'static str> {
    name_in(languages_in("own"), tag)
}

/// The name of the language `tag` in the language `lang`: `French`.
pub(crate) fn language_name(tag: &str, lang: &str) -> Option<&'static str> {
    name_in(languages_in(lang), tag)
}

/// The name of the language `tag`, in any case, or of that of which it is a form.
fn name_in(names: impl Iterator<Item = &'static str> + Clone, tag: &str) -> Option<&'static str> {
    let of = |tag: &str| {
        let mut named = language_tags().zip(names.clone()).filter(|(_, name)| !name.is_empty());
        Some(named.find(|(known, _)| known.eq_ignore_ascii_case(tag))?.1)
    };
    // A country decides on a script: that of `zh-tw` is `zh-Hant`.
    let scripted = with_script(tag).filter(|_| tag.contains('-'));
    let general = std::iter::successors(Some(tag), |tag| Some(tag.rsplit_once('-')?.0));
    of(tag).or_else(|| of(&scripted?)).or_else(|| general.skip(1).find_map(of))
}

/// The names of all languages in the language `tag`, empty where it has none, or those of the next more general
/// tag.
fn languages_in(tag: &str) -> impl Iterator<Item = &'static str> + Clone + use<> {
    let of = |tag: &str| LANGUAGES.lines().find_map(|line| line.strip_prefix(tag)?.strip_prefix('\t'));
    let line = std::iter::successors(Some(tag), |tag| Some(tag.rsplit_once('-')?.0)).find_map(of);
    line.into_iter().flat_map(|line| line.split('\t'))
}

/// The tags of the languages called `name` in English, in Indonesian or by themselves.
pub(crate) fn languages_called(name: &str) -> Vec<&'static str> {
    let name = name.to_lowercase();
    let named = |lang: &str| languages_in(lang).zip(language_tags()).collect::<Vec<_>>();
    let mut tags: Vec<&str> = ["en", "id", "own"]
        .into_iter()
        .flat_map(named)
        .filter(|(known, _)| !known.is_empty() && known.to_lowercase() == name)
        .map(|(_, tag)| tag)
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The quotation marks of the locale `tag`, in lower case: opening and closing, outer and then inner.
pub(crate) fn quotation_marks(tag: &str) -> [&'static str; 4] {
    static MARKS: LazyLock<HashMap<&str, [&str; 4]>> = LazyLock::new(|| {
        let locales = QUOTES.lines().filter_map(|line| {
            let mut cells = line.split('\t');
            let marks = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
            Some(cells.next()?.split(' ').map(move |tag| (tag, marks)))
        });
        locales.flatten().collect()
    });
    let of = |tag: &str| MARKS.get(tag).copied();
    let found = std::iter::successors(Some(tag), |tag| Some(tag.rsplit_once('-')?.0)).find_map(of);
    found.or_else(|| of("und")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_mean_in_english_and_indonesian_first() {
        use CalendarWord::{Month, Weekday};
        assert_eq!(calendar("oktober"), [Month(10)]);
        assert_eq!(calendar("mar"), [Month(3)]);
        assert_eq!(calendar("jumat"), [Weekday(5)]);
        assert_eq!(calendar("listopad"), [Month(11), Month(10)]);
        assert_eq!(calendar("x"), []);
    }

    #[test]
    fn countries_and_languages_are_found_by_name() {
        assert_eq!(countries_called("korea utara"), ["KP"]);
        assert_eq!(countries_called("NIGER"), ["NE"]);
        assert_eq!(countries_called("Deutschland"), ["DE"]);
        assert_eq!(countries_called(""), [""; 0]);
        assert_eq!(languages_called("Bahasa"), [""; 0]);
        assert_eq!((languages_called("Indonesian"), languages_called("français")), (vec!["id"], vec!["fr"]));
    }

    #[test]
    fn a_language_is_named_by_its_tag_or_a_more_general_one() {
        let own =
            ["ar", "ja", "id", "fr", "ka", "zh-hans", "zh-hant-hk", "pt-br", "en-gb", "xx"].map(own_name);
        let names = ["العربية", "日本語", "Bahasa Indonesia", "Français", "ქართული", "简体中文", "繁體中文"];
        assert_eq!(own[..7], names.map(Some));
        assert_eq!(own[7..], [Some("Português"), Some("British English"), None]);
        assert_eq!((own_name("zh-tw"), own_name("zh-sg"), own_name("zh")), (own[6], own[5], Some("中文")));
        assert_eq!(language_name("uk", "de-at"), Some("Ukrainisch"));
        assert_eq!(language_name("id", "zh-hans"), Some("印度尼西亚语"));
        assert_eq!((language_name("xx", "en"), language_name("en", "xx")), (None, None));
    }

    #[test]
    fn a_locale_has_its_own_marks_or_those_of_the_language() {
        for (tag, marks) in [
            ("en", "“ ” ‘ ’"),
            ("id", "“ ” ‘ ’"),
            ("xx", "“ ” ‘ ’"),
            ("de-at", "„ “ ‚ ‘"),
            ("pt", "“ ” ‘ ’"),
            ("pt-pt", "« » “ ”"),
            ("fr-ch", "« » ‹ ›"),
            ("fr-be", "« » « »"),
            ("sv-fi", "” ” ’ ’"),
            ("pl", "„ ” « »"),
            ("zh-hant-hk", "「 」 『 』"),
        ] {
            assert_eq!(quotation_marks(tag).join(" "), marks, "{tag}");
        }
    }
}
