//! The trap table of dates.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::normalize;

fn one(kind: AttributeKind, order: Option<DateOrder>, country: Option<&str>, input: &str) -> Attribute {
    let mut raw = RawAttribute::full(kind, input);
    raw.order = order;
    raw.country = country.map(Into::into);
    normalize::attribute(&raw, &Context { reference_date: CivilDate::new(2026, 11, 22) }).remove(0)
}

fn birth(input: &str) -> Attribute {
    one(AttributeKind::BirthDate, None, None, input)
}

#[test]
fn notations_of_one_day() {
    let notations = [
        "2023/2/9",
        "2023.02.09",
        "2023-2-9",
        "2023 02 09",
        "20230209",
        "2023年2月9日",
        "2023年02月09号",
        "二〇二三年二月九日",
        "２０２３－０２－０９",
        "2023-02-09 15:06:07",
        "2023-02-09T00:00:00Z",
        "2023-02-09T00:00:00.000+08:00",
        "20230209123045",
        "2023-02-09 下午3:05",
        "2023年2月9日 15时",
        "2023-02-09早上七点",
        "令和5年2月9日",
        "R5.2.9",
        "Feb 9, 2023",
        "9-Feb-23",
        "09FEB2023",
        "9 February 2023",
        "民国112年2月9日",
        "中華民國112年2月9日",
        "23年2月9日",
        "2023-02-08 24:00",
    ];
    for input in notations {
        let attribute = birth(input);
        assert_eq!(
            (attribute.normal.as_str(), attribute.validity),
            ("2023-02-09", Validity::Valid),
            "{input} {:?}",
            attribute.findings
        );
    }
    for (input, expected) in [
        ("昭和64年1月7日", "1989-01-07"),
        ("S39.10.10", "1964-10-10"),
        ("平成元年1月8日", "1989-01-08"),
        ("一九八五年十二月二十九日", "1985-12-29"),
        ("H31.4.30", "2019-04-30"),
    ] {
        assert_eq!(birth(input).normal, expected, "{input}");
    }
}

#[test]
fn other_calendars_and_languages_are_read() {
    let cases = [
        ("二〇一七年腊月二十八", "2018-02-13"),
        ("农历1985年正月初一", "1985-02-20"),
        ("民国前1年10月10日", "1911-10-10"),
        ("9 février 2003", "2003-02-09"),
        ("12. März 1985", "1985-03-12"),
        ("16 Kasım 2016", "2016-11-16"),
        ("3 de agosto de 1999", "1999-08-03"),
        ("2016년 11월 16일", "2016-11-16"),
        ("两千零四年八月十五", "2004-08-15"),
        ("20030925T104941", "2003-09-25"),
        ("2003-09-25T10", "2003-09-25"),
    ];
    for (input, expected) in cases {
        let attribute = birth(input);
        let (normal, validity) = (attribute.normal.as_str(), attribute.validity);
        assert_eq!((normal, validity), (expected, Validity::Valid), "{input} {:?}", attribute.findings);
    }
    assert_eq!(birth("1988-06-29T15:00:00Z").normal, "1988-06-30");
    assert_eq!(birth("1988-12-29T15:00:00Z").normal, "1988-12-29");
}

#[test]
fn precision_is_kept() {
    let cases = [
        ("1985-03", "1985-03"),
        ("1985年", "1985"),
        ("1985", "1985"),
        ("1985-03-00", "1985-03"),
        ("1985-00-00", "1985"),
        ("85年3月", "1985-03"),
        ("198503", "1985-03"),
        ("03/1985", "1985-03"),
        ("Mar 1985", "1985-03"),
    ];
    for (input, expected) in cases {
        let attribute = birth(input);
        assert_eq!((attribute.normal.as_str(), attribute.evidence), (expected, true), "{input}");
        assert!(attribute.findings.iter().any(|f| f.defect == Defect::Partial), "{input}");
    }
}

#[test]
fn order_is_decided_by_column_value_country() {
    use DateOrder::{Dmy, Mdy};
    use Validity::{Suspect, Valid};
    let cases = [
        (Some(Mdy), None, "02/03/2023", "2023-02-03", Valid),
        (Some(Dmy), None, "02/03/2023", "2023-03-02", Valid),
        (None, None, "13/02/2023", "2023-02-13", Valid),
        (None, None, "02/13/2023", "2023-02-13", Valid),
        (Some(Mdy), None, "13/02/2023", "2023-02-13", Valid),
        (None, Some("US"), "02/03/2023", "2023-02-03", Suspect),
        (None, Some("AU"), "02/03/2023", "2023-03-02", Suspect),
        (None, None, "02/03/2023", "2023-03-02", Suspect),
        (Some(Mdy), None, "09271995", "1995-09-27", Valid),
        (None, None, "09271995", "1995-09-27", Suspect),
        (None, None, "23/02/09", "2023-02-09", Suspect),
        (Some(Mdy), None, "3/4/85", "1985-03-04", Valid),
    ];
    for (order, country, input, expected, validity) in cases {
        let attribute = one(AttributeKind::BirthDate, order, country, input);
        assert_eq!(
            (attribute.normal.as_str(), attribute.validity),
            (expected, validity),
            "{input} {order:?} {country:?}"
        );
    }
    assert_eq!(vote_order(["02/03/2023", "13/02/2023"].into_iter()), Some(Dmy));
    assert_eq!(vote_order(["02/03/2023", "02/13/2023"].into_iter()), Some(Mdy));
    assert_eq!(vote_order(["13/02/2023", "02/13/2023"].into_iter()), None);
    assert_eq!(vote_order(["2023-02-13", "x", "02/03/2023"].into_iter()), None);
}

#[test]
fn doubtful_and_impossible_days() {
    use Validity::{Invalid, Suspect};
    let cases = [
        ("2023-02-29", Invalid, Defect::Component),
        ("2023-13-01", Invalid, Defect::Component),
        ("2023-04-31", Invalid, Defect::Component),
        ("1900-02-29", Invalid, Defect::Component),
        ("平成31年5月1日", Invalid, Defect::Component),
        ("2030-01-01", Invalid, Defect::Component),
        ("1880-01-01", Invalid, Defect::Component),
        ("张三", Invalid, Defect::Format),
        ("1900-01-01", Suspect, Defect::Placeholder),
        ("1970-01-01", Suspect, Defect::Placeholder),
        ("0001-01-01", Suspect, Defect::Placeholder),
        ("9999-12-31", Suspect, Defect::Placeholder),
        ("1111-11-11", Suspect, Defect::Placeholder),
        ("45000", Suspect, Defect::Ambiguous),
        ("44986.5", Suspect, Defect::Ambiguous),
        ("1675900800", Suspect, Defect::Ambiguous),
        ("1675900800000", Suspect, Defect::Ambiguous),
        ("农历正月初一", Suspect, Defect::Unsupported),
        ("农历2021年腊月三十", Invalid, Defect::Component),
        ("2021-03-", Suspect, Defect::Partial),
        ("1988-06-29T15:00:00Z", Suspect, Defect::Ambiguous),
        ("1988-06-29 23:00:00", Suspect, Defect::Ambiguous),
        ("甲午年", Suspect, Defect::Unsupported),
        ("38岁", Suspect, Defect::Unsupported),
        ("2023-02-08T16:00:00Z", Suspect, Defect::Ambiguous),
        ("113/01/01", Suspect, Defect::Ambiguous),
        ("0850101", Suspect, Defect::Ambiguous),
    ];
    for (input, validity, defect) in cases {
        let attribute = birth(input);
        assert_eq!((attribute.validity, attribute.findings[0].defect), (validity, defect), "{input}");
    }
    let shown = ["45000", "1675900800", "2023-02-08T16:00:00Z", "113/01/01"].map(|input| birth(input).normal);
    assert_eq!(shown, ["2023-03-15", "2023-02-09", "2023-02-09", "0113-01-01"]);
    assert_eq!(one(AttributeKind::Date, None, None, "9999-12-31").validity, Validity::Valid);
    assert_eq!(one(AttributeKind::Date, None, None, "2030-01-01").validity, Validity::Valid);
}

#[test]
fn two_digit_years_of_birth_lie_in_the_past() {
    let on = |reference: &str, input: &str| {
        let reference_date = parse_timestamp(reference).and_then(|time| time.date());
        let raw = RawAttribute::full(AttributeKind::BirthDate, input);
        normalize::attribute(&raw, &Context { reference_date }).remove(0).normal
    };
    let cases = [
        ("2026-11-22", "26年3月", "2026-03"),
        ("2026-11-22", "27年3月", "1927-03"),
        ("2026-11-22", "26年12月31日", "1926-12-31"),
        ("2026-11-22", "261231", "1926-12-31"),
        ("2010-06-01", "11/02/09", "1911-02-09"),
        ("2010-06-01", "09/02/09", "2009-02-09"),
    ];
    for (reference, input, expected) in cases {
        assert_eq!(on(reference, input), expected, "{input} on {reference}");
    }
}

#[test]
fn ages_leave_a_range_of_years() {
    let raw = |input| RawAttribute::full(AttributeKind::BirthDate, input);
    let reference_date = CivilDate::new(2026, 11, 22);
    for (input, from, to) in [("38", "1987", "1988"), ("38岁", "1987", "1988"), ("虚岁38", "1988", "1989")] {
        let attribute = normalize::attribute(&raw(input), &Context { reference_date }).remove(0);
        let fact = |name| attribute.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.to_string());
        assert_eq!(fact("birth_year_from").as_deref(), Some(from), "{input}");
        assert_eq!(fact("birth_year_to").as_deref(), Some(to), "{input}");
        assert!(!matches!(attribute.value, Value::Date(_)), "{input}");
    }
}

#[test]
fn births_lie_between_today_and_130_years_ago() {
    let reference_date = CivilDate::new(2026, 11, 22);
    let cases = [
        ("2026-11-22", Validity::Valid),
        ("2026-11-23", Validity::Invalid),
        ("2027", Validity::Invalid),
        ("1896-11-22", Validity::Valid),
        ("1895-01-01", Validity::Invalid),
    ];
    for (input, validity) in cases {
        let raw = RawAttribute::full(AttributeKind::BirthDate, input);
        let attribute = normalize::attribute(&raw, &Context { reference_date }).remove(0);
        assert_eq!(attribute.validity, validity, "{input}");
    }
}

#[test]
fn timestamps_are_read() {
    let shown = |text| parse_timestamp(text).map(|timestamp| timestamp.to_string());
    let cases = [
        ("2023-02-09", "2023-02-09T00:00:00Z"),
        ("2023/2/9", "2023-02-09T00:00:00Z"),
        ("20230209", "2023-02-09T00:00:00Z"),
        ("2023-02-09 15:06:07", "2023-02-09T15:06:07Z"),
        ("2023-02-09T15:06:07.123456Z", "2023-02-09T15:06:07Z"),
        ("2023-02-09T15:06:07+08:00", "2023-02-09T07:06:07Z"),
        ("2023-02-09T15:06-0330", "2023-02-09T18:36:00Z"),
        ("20230209T150607Z", "2023-02-09T15:06:07Z"),
        ("2023/02/09 15:06", "2023-02-09T15:06:00Z"),
    ];
    for (input, expected) in cases {
        assert_eq!(shown(input).as_deref(), Some(expected), "{input}");
    }
    assert_eq!(parse_timestamp("1970-01-01T00:00:00.5Z").unwrap().micros, 500_000);
    for input in ["", "x", "2023-02-30", "2023-02-09T25:00", "02/09/2023", "2023-02-09T10:00+99:00", "二〇二三"] {
        assert_eq!(parse_timestamp(input), None, "{input}");
    }
}

#[test]
fn nothing_panics() {
    for input in
        ["", "-", "年", "T", "::", "M", "m", "民国", "99999999999999999999", "1-2-3-4", "０", "十", "2023-02-09T"]
    {
        let attribute = birth(input);
        assert_eq!(attribute.raw, input);
    }
}
