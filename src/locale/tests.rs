//! Dates, numbers, plurals and orders of titles in several languages.

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
    ordered("ru", &["Ёлка", "Ельцин", "Жуков"]);
    ordered("zh-Hans", &["北京", "上海", "中国"]);
}

#[test]
fn a_time_is_written_as_the_language_does() {
    use crate::world::memory::MemoryWorld;

    let world = MemoryWorld::new().with("dossier.toml", "");
    let theme = Theme::read(&world, &crate::config::read(&world, None).value).value;
    let date =
        |lang, text| Locale::read(&Lang::parse(lang).unwrap(), &theme).value.date(Edtf::parse(text).unwrap());
    assert_eq!(date("en", "2023-10-13T14:05:30+05:30"), "13 October 2023, 14:05 UTC+5:30");
    assert_eq!(date("id", "2023-10-13T04:05+07:00"), "13 Oktober 2023, 04.05 UTC+7");
    assert_eq!(date("en", "2023-10-13T04:05Z"), "13 October 2023, 04:05 UTC");
    assert_eq!(date("en", "2023-10-13T04:05-03"), "13 October 2023, 04:05 UTC−3");
    assert_eq!(date("id", "2023-10-13T04:05"), "13 Oktober 2023, 04.05");
    assert!(date("ar-EG", "2023-10-13T04:05").contains("٠٤:٠٥"));
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
fn countries_have_the_names_that_newspapers_write() {
    let names = |tag| ["CN", "KP"].map(|code| locale(tag).country(code));
    assert_eq!(names("id"), ["China", "Korea Utara"]);
    assert_eq!(names("de"), ["China", "Nordkorea"]);
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
    let mut wrong = Vec::new();
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
            "13 أكتوبر 2023 | أكتوبر 2023 | نحو ربيع 2023 | من 1 سبتمبر 2023 إلى 2 أكتوبر 2023 | 1,234,567.5",
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
            "13 октября 2023_г. | октябрь 2023_г. | примерно весна 2023 | 1 сентября 2023_г. – 2 октября 2023_г. | 1~234~567,5",
        ),
        (
            "uk",
            "13 жовтня 2023_р. | жовтень 2023_р. | приблизно весна 2023 | 1 вересня 2023_р. – 2 жовтня 2023_р. | 1~234~567,5",
        ),
        ("zh-hans", "2023年10月13日 | 2023年10月 | 约2023年春季 | 2023年9月1日至2023年10月2日 | 1,234,567.5"),
        ("ja", "2023年10月13日 | 2023年10月 | 2023年春ごろ | 2023年9月1日～2023年10月2日 | 1,234,567.5"),
        ("ko", "2023년 10월 13일 | 2023년 10월 | 2023년 봄경 | 2023년 9월 1일~2023년 10월 2일 | 1,234,567.5"),
    ] {
        if said(lang) != wanted {
            wrong.push(format!("{lang}: {}", said(lang)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
