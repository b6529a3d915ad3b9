//! Dates as they are read, written and compared.

use super::*;

#[test]
fn reads_and_writes_levels_0_and_1() {
    for text in ["2023", "2023-09", "2023-10-13", "2023-09~", "2023?", "2023-21", "199X", "19XX"] {
        assert_eq!(Edtf::parse(text).unwrap().to_string(), text);
    }
    for text in ["2023-09-01/2023-10-01", "../2023", "2023-09/.."] {
        assert_eq!(Edtf::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn reads_and_writes_times_of_day() {
    for (text, written) in [
        ("2023-10-13T14:05", "2023-10-13T14:05"),
        ("2023-10-13T14:05:30", "2023-10-13T14:05:30"),
        ("2023-10-13T14:05:30Z", "2023-10-13T14:05:30Z"),
        ("2023-10-13T14:05:30+07", "2023-10-13T14:05:30+07:00"),
        ("2023-10-13T14:05:30-0330", "2023-10-13T14:05:30-03:30"),
        ("2023-10-13T14:05+05:45", "2023-10-13T14:05+05:45"),
        ("-0044-03-15T12:00", "-0044-03-15T12:00"),
        ("2023-10-13T14:05Z/2023-10-14T01:00Z", "2023-10-13T14:05Z/2023-10-14T01:00Z"),
    ] {
        assert_eq!(Edtf::parse(text).unwrap().to_string(), written);
    }
    for text in [
        "2023-10-13T",
        "2023-10-13T24:00",
        "2023-10-13T14",
        "2023-10-13T14:60",
        "2023-10-13T14:05:30+7",
        "2023-10-13T14:05:30+07:",
        "2023-10-13T1:05",
        "2023-10T14:05",
        "2023-10-13~T14:05",
        "2023-10-13T14:05~",
        "2023-10-13T14:05:30:10",
    ] {
        assert!(Edtf::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_moment_in_utc_may_be_on_another_day() {
    let utc = |text| match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => date.utc().iso(),
        other => panic!("{other:?}"),
    };
    assert_eq!(utc("2024-01-01T01:30+07:00"), "2023-12-31T18:30:00");
    assert_eq!(utc("2024-02-28T23:30:05-01:00"), "2024-02-29T00:30:05");
    assert_eq!(utc("2023-12-31T23:30-05:30"), "2024-01-01T05:00:00");
    assert_eq!(utc("2024-03-01T00:00Z"), "2024-03-01T00:00:00");
    assert_eq!(
        (utc("2024-03-01T10:20"), utc("2024-03-01")),
        ("2024-03-01T10:20:00".into(), "2024-03-01".into())
    );
}

#[test]
fn times_are_compared_across_zones_where_these_are_known() {
    let date = |text| Edtf::parse(text).unwrap();
    let before = |a, b| date(a).is_certainly_before(date(b));
    assert!(before("2023-10-13T01:00+09:00", "2023-10-12T23:00-05:00"));
    assert!(!before("2023-10-12T23:00-05:00", "2023-10-13T01:00+09:00"));
    assert!(before("2023-10-13T01:00Z", "2023-10-13T01:00:01Z"));
    assert!(!before("2023-10-13T01:00", "2023-10-13T02:00") && !before("2023-10-13T01:00Z", "2023-10-13"));
    assert!(before("2023-10-12T23:00", "2023-10-13") && date("2023-10-13T01:00") < date("2023-10-13T02:00"));
}

#[test]
fn refuses_what_the_calendar_lacks() {
    for text in [
        "",
        "23",
        "2023-13",
        "2023-02-29",
        "2023-1-1",
        "13/10/2023",
        "2023-10/2023-09",
        "/",
        "2023-",
        "2023-+1",
        "2023-01-+1",
    ] {
        assert!(Edtf::parse(text).is_err(), "{text}");
    }
    assert_eq!(Edtf::parse("2023-02-30").unwrap_err(), "2023-02 has 28 days");
}

#[test]
fn is_before_another_only_where_that_is_certain() {
    let before = |a, b| Edtf::parse(a).unwrap().is_certainly_before(Edtf::parse(b).unwrap());
    assert!(before("2023-09-30", "2023-10") && before("2022", "2023-01-01") && before("../2022", "2023/.."));
    assert!(!before("2023-10", "2023-10-13") && !before("2023-10-13", "2023-10"));
    assert!(!before("2022~", "2023") && !before("2022", "2023?") && !before("2022/..", "2023"));
}

#[test]
fn counts_days_across_leap_years() {
    let number = |y, m, d| Day::new(y, m, d).unwrap().number();
    assert_eq!(number(2024, 3, 1) - number(2024, 2, 28), 2);
    assert_eq!(number(2023, 3, 1) - number(2023, 2, 28), 1);
    assert_eq!(number(2024, 1, 1) - number(1970, 1, 1), 19723);
    assert_eq!(number(-1, 12, 31) + 1, number(0, 1, 1));
}

#[test]
fn spans_the_days_it_may_mean() {
    let days = |text| {
        let date = Edtf::parse(text).unwrap();
        format!("{} {}", date.earliest().unwrap(), date.latest().unwrap())
    };
    assert_eq!(days("2024-02"), "2024-02-01 2024-02-29");
    assert_eq!(days("199X"), "1990-01-01 1999-12-31");
    assert_eq!(days("2023-24"), "2023-12-01 2024-02-29");
    assert_eq!(days("2023-09-07/2023-10-01"), "2023-09-07 2023-10-01");
}
