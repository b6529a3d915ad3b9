//! Tests of figures as people write them.

use super::*;

#[test]
fn figures_are_read() {
    for (text, number) in [
        ("2,750", "2750"),
        ("1 200", "1200"),
        ("1\u{a0}200", "1200"),
        ("1\u{202f}200", "1200"),
        ("2 750,5", "2750.5"),
        ("1'200", "1200"),
        ("1’200.50", "1200.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("12,34,567", "1234567"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1.2 million", "1200000"),
        ("1,2 juta", "1200000"),
        ("3 thousand", "3000"),
        ("2k", "2000"),
        ("2bn", "2000000000"),
        ("1.25 billion", "1250000000"),
        ("five", "5"),
        ("lima ratus", "500"),
        ("two million", "2000000"),
        ("−5", "-5"),
        ("- 5", "-5"),
        (",5", "0.5"),
        ("٢٧٥٠", "2750"),
        ("２７５０", "2750"),
        ("\"552\"", "552"),
        ("3 juta", "3000000"),
        ("552.0", "552.0"),
        ("+7", "7"),
        ("007", "7"),
        ("1_000", "1000"),
        ("a dozen", "12"),
        ("0,5", "0.5"),
        ("100,00", "100.00"),
        ("fifty", "50"),
        ("a hundred thousand", "100000"),
        ("seribu", "1000"),
        ("half a million", "500000"),
        ("½", "0.5"),
        ("2½", "2.5"),
        ("2 ½ million", "2500000"),
        ("half", "0.5"),
        ("setengah", "0.5"),
        ("half million", "500000"),
        ("a quarter", "0.25"),
        ("three quarters", "0.75"),
    ] {
        assert_eq!(read(text, "en"), [number], "{text}");
    }
    assert_eq!(read("2.750", "en"), ["2750", "2.7500"]);
    for lang in ["id", "de", "es", "fr", "pt-BR"] {
        assert_eq!(read("1,234", lang), ["1234", "1.2340"], "{lang}");
        assert_eq!(read("1,234,567", lang), ["1234567"], "{lang}");
        assert_eq!(read("1,25", lang), ["1.25"], "{lang}");
    }
    for lang in ["de", "es", "fr", "pt-BR"] {
        assert_eq!(read("2 Billion", lang), ["2000000000", "2000000000000"], "{lang}");
        assert_eq!(read("1 trillion", lang), ["1000000000000", "1000000000000000000"], "{lang}");
        assert_eq!(read("2 million", lang), ["2000000"], "{lang}");
    }
    assert_eq!(read("2 Billion", "id"), ["2000000000"]);
    assert_eq!(read("1,204 ribu", "en"), ["1204000", "1204.0"]);
    assert_eq!(read("1,2 juta", "en"), ["1200000"]);
    assert_eq!(read("1,204 thousand", "en"), ["1204000"]);
    assert_eq!(read("2 Milliarden", "de"), ["2000000000"]);
    for text in [
        "",
        "many",
        "1,23,4",
        "1.2.3",
        "nan",
        "inf",
        "1e400",
        "--5",
        "5-",
        "about 5",
        "5 km",
        "1,2345,678",
        "12:30",
        "5%",
        "0x10",
        "two hundred and fifty",
        "twenty five",
        "lima ratus ribu",
        "dua puluh",
        "dua belas",
        "1/2",
    ] {
        assert!(read(text, "en").is_empty(), "{text}: {:?}", read(text, "en"));
    }
}

#[test]
fn what_is_said_beside_the_number_is_kept() {
    let said = |text: &str| {
        let figures = figures(text, "en");
        (figures.len() == 1).then(|| figures[0].clone()).map(|figure| {
            let Figure { numbers, to, comparator, unit, .. } = figure;
            let to = to.map_or(String::new(), |to| format!("–{to}"));
            format!("{} {}{to} {unit}", comparator.unwrap_or("="), numbers.join("|")).trim().to_owned()
        })
    };
    for (text, found) in [
        ("about 552", "about 552"),
        ("~552", "about 552"),
        ("1-2 million", "= 1000000–2000000"),
        ("1–2 thousand tonnes", "= 1000–2000 tonnes"),
        ("1.5 to 2 million", "= 1500000–2000000"),
        ("500–2 thousand", "= 500–2000"),
        ("c. 552", "about 552"),
        ("ca. 552 t", "about 552 t"),
        (">200", "more-than 200"),
        ("> 200", "more-than 200"),
        ("over 200", "more-than 200"),
        ("≥ 1,000", "at-least 1000"),
        ("at least 200 containers", "at-least 200 containers"),
        ("up to 2,750 km", "at-most 2750 km"),
        ("lebih dari 1.000.000", "more-than 1000000"),
        ("fewer than ten", "less-than 10"),
        ("200+", "at-least 200"),
        ("200-300", "= 200–300"),
        ("200–300 km", "= 200–300 km"),
        ("between 200 and 300", "= 200–300"),
        ("1,000 to 2,000 tonnes", "= 1000–2000 tonnes"),
        ("200 sampai 300", "= 200–300"),
        ("hundreds", "= 200–999"),
        ("hundreds of containers", "= 200–999 containers"),
        ("ribuan peti", "= 2000–9999 peti"),
        ("$5 million", "= 5000000 $"),
        ("5%", "= 5 %"),
        ("12 km", "= 12 km"),
        ("5 m", "= 5 m"),
        ("US$ 5m people", "= 5000000|us$"),
        ("Rp 5 juta", "= 5000000 Rp"),
        ("500 MW", "= 500 MW"),
        ("30 per cent", "= 30 per cent"),
        ("about 1.2 million tonnes", "about 1200000 tonnes"),
        ("2.750 km", "= 2750|2.7500 km"),
        ("500-ish", "about 500"),
        ("$40m", "= 40000000 $"),
        ("30 or more", "at-least 30"),
        ("30 or more containers", "at-least 30 containers"),
        ("30 atau lebih", "at-least 30"),
        ("tidak kurang dari 30", "at-least 30"),
        ("di atas 30", "more-than 30"),
        ("mindestens 30", "at-least 30"),
        ("más de 30", "more-than 30"),
        ("30以上", "at-least 30"),
        ("nearly", ""),
        ("nearly 30", ""),
        ("5m", ""),
        ("two hundred and fifty men", ""),
    ] {
        match found {
            "" => assert_eq!(said(text), None, "{text}"),
            "= 5000000|us$" => assert_eq!(said(text), None, "a unit on each side"),
            _ => assert_eq!(said(text).as_deref(), Some(found), "{text}"),
        }
    }
    for text in ["300-200", "1 km to 2 miles", "12:30", "5 or 6", "x > 5", "overall 5", "?"] {
        assert_eq!(said(text), None, "{text}");
    }
}

#[test]
fn a_fraction_may_be_a_range() {
    let read = |text: &str| -> Vec<(String, Option<String>, bool)> {
        let all = figures(text, "en").into_iter();
        all.map(|figure| (figure.numbers.join(" "), figure.to, figure.is_rounded)).collect()
    };
    let half = ("0.5".to_owned(), None, false);
    assert_eq!(read("1/2"), [half.clone(), ("1".to_owned(), Some("2".to_owned()), false)]);
    assert_eq!(read("1/2 tonne")[0], half);
    for (text, number) in
        [("1 1/2", "1.5"), ("1-1/2", "1.5"), ("1/4", "0.25"), ("3/8", "0.375"), ("2 3/4 million", "2750000")]
    {
        assert_eq!(read(text), [(number.to_owned(), None, false)], "{text}");
    }
    assert_eq!(read("1/3"), [("0.333".to_owned(), None, true)]);
    assert_eq!(
        read("2/3"),
        [("0.667".to_owned(), None, true), ("2".to_owned(), Some("3".to_owned()), false)]
    );
    for text in ["4/2", "0/5", "13/10/2023", "1/2/3", "and/or", "24/7", "5/", "/5", "1.1/2"] {
        assert_eq!(read(text), [], "{text}");
    }
}
