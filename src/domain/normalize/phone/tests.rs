//! The trap table of telephone numbers. Every number is invented or a published service number.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::record::AttributeKind;

fn all(country: Option<&str>, input: &str) -> Vec<Attribute> {
    let mut raw = RawAttribute::full(AttributeKind::Phone, input);
    raw.country = country.map(str::to_owned);
    normalize(&raw, &Context::default())
}

fn defects(attribute: &Attribute) -> Vec<Defect> {
    attribute.findings.iter().map(|finding| finding.defect).collect()
}

#[test]
fn every_way_of_writing_gives_one_number() {
    let mobile = [
        "13912340007",
        "+8613912340007",
        "0086-13912340007",
        "008613912340007",
        "8613912340007",
        "86 139-1234-0007",
        "013912340007",
        "+86 +86 13912340007",
        "+86 0139 1234 0007",
        "13912340007.0",
        "1.3912340007E+10",
        "13,912,340,007",
        "17951 13912340007",
        "１３９１２３４０００７",
        "手机：13912340007（李先生）",
        "wx:13912340007",
        "tel:+86-139-1234-0007",
        "139 1234 0007 微信同号",
    ];
    for input in mobile {
        let attributes = all(None, input);
        assert_eq!(attributes.len(), 1, "{input}");
        let found = attributes.first().unwrap();
        assert_eq!((found.normal.as_str(), found.evidence), ("+8613912340007", true), "{input} {:?}", found.findings);
    }
    let fixed = [
        "（０１０）６５５２９９８８",
        "(010)65529988",
        "+86(0)10 6552 9988",
        "+86 010 6552 9988",
        "010-65529988",
        "010/65529988",
        "+86 0010-65529988",
        "0086010 65529988",
    ];
    for input in fixed {
        assert_eq!(all(None, input).first().unwrap().normal, "+861065529988", "{input}");
    }
    for input in [
        "010-65529988转123",
        "010-65529988-123",
        "010-65529988 分机123",
        "010-65529988 ext 123",
        "01065529988#123",
        "010 65529988 x123",
        "+86-10-6552-9988;ext=123",
    ] {
        assert_eq!(all(None, input).first().unwrap().normal, "+861065529988;ext=123", "{input}");
    }
}

#[test]
fn several_numbers_become_several_attributes() {
    for input in
        ["13912340007/13912350008", "13912340007；13912350008", "13912340007、13912350008", "13912340007 13912350008"]
    {
        let attributes = all(None, input);
        let normal: Vec<&str> = attributes.iter().map(|a| a.normal.as_str()).collect();
        assert_eq!(normal, ["+8613912340007", "+8613912350008"], "{input}");
        assert!(defects(&attributes[0]).contains(&Defect::MultipleValues));
    }
    let abbreviated = all(None, "13912340007/8");
    let suggestion = abbreviated[0].findings.iter().find_map(|f| f.suggestion.as_ref()).unwrap();
    assert_eq!((abbreviated.len(), suggestion.value.as_str()), (1, "13912340008"));
}

#[test]
fn other_regions_are_read() {
    let cases = [
        (None, "85291234567", "+85291234567"),
        (None, "00852 91234567", "+85291234567"),
        (None, "+1 (650) 253-0000", "+16502530000"),
        (None, "+44 (0)20 7946 0958", "+442079460958"),
        (Some("US"), "702-919-1300", "+17029191300"),
        (Some("hk"), "9123 4567", "+85291234567"),
        (Some("TW"), "0912345670", "+886912345670"),
        (Some("AU"), "(02) 9374 4000", "+61293744000"),
    ];
    for (country, input, expected) in cases {
        let attribute = all(country, input).remove(0);
        assert_eq!(attribute.normal, expected, "{input} {:?}", attribute.findings);
    }
}

#[test]
fn verdicts_and_evidence() {
    use Validity::{Invalid, Suspect, Valid};
    // input, verdict, first defect, evidence
    let cases = [
        ("138****8000", Suspect, Some(Defect::Masked), false),
        ("138xxxx8000", Suspect, Some(Defect::Masked), false),
        ("400-800-1234", Valid, Some(Defect::NotPersonal), false),
        ("800-810-8888", Valid, Some(Defect::NotPersonal), false),
        ("95588", Suspect, Some(Defect::NotPersonal), false),
        ("10086", Suspect, Some(Defect::NotPersonal), false),
        ("1064812345678", Suspect, Some(Defect::NotPersonal), false),
        ("14912345679", Suspect, Some(Defect::NotPersonal), false),
        ("65529988", Suspect, Some(Defect::Partial), true),
        ("13800138000", Suspect, Some(Defect::Placeholder), false),
        ("13888888888", Suspect, Some(Defect::Placeholder), false),
        ("11111111111", Invalid, Some(Defect::Format), false),
        ("15412340007", Invalid, Some(Defect::Component), false),
        ("1.38E+10", Invalid, Some(Defect::ExcelTruncated), false),
        ("1380013800O", Invalid, Some(Defect::Alphabet), false),
        ("139123400", Invalid, Some(Defect::Format), false),
        ("13", Invalid, Some(Defect::Length), false),
        ("zhang@b.cn", Invalid, Some(Defect::WrongColumn), false),
        ("11010519491231002X", Invalid, Some(Defect::WrongColumn), false),
        ("同手机", Invalid, Some(Defect::Format), false),
        ("一三九一二三四〇〇〇七", Suspect, Some(Defect::Format), true),
    ];
    for (input, validity, defect, evidence) in cases {
        let attribute = all(None, input).remove(0);
        let first = defects(&attribute).first().copied();
        assert_eq!((attribute.validity, first, attribute.evidence), (validity, defect, evidence), "{input}");
    }
    assert!(defects(&all(None, "11111111111")[0]).contains(&Defect::Placeholder));
    let letter = all(None, "1380013800O").remove(0);
    assert_eq!(letter.findings[0].suggestion.as_ref().unwrap().value, "13800138000");
}

#[test]
fn facts_and_values_follow() {
    let attribute = all(None, "17012340007").remove(0);
    let facts: Vec<(&str, &str)> = attribute.facts.iter().map(|f| (f.name, f.value.as_str())).collect();
    assert_eq!(facts, [("type", "mobile"), ("virtual_operator", "telecom"), ("country", "CN")]);
    let masked = all(None, "138****8000").remove(0);
    let phone = Phone { e164: "138****8000".to_owned(), extension: String::new(), mobile: false, personal: true };
    assert_eq!(masked.value, Value::Phone(phone));
}

#[test]
fn a_column_of_mobile_numbers_refuses_others() {
    use Validity::{Invalid, Suspect, Valid};
    let cases = [
        (Some("CN"), "13912340007", Valid),
        (Some("CN"), "010-65529988", Invalid),
        (Some("CN"), "+852 9123 4567", Invalid),
        (Some("CN"), "95588", Invalid),
        (Some("CN"), "14912345679", Suspect),
        (Some("HK"), "+852 9123 4567", Valid),
        (Some("US"), "702-919-1300", Valid),
        (None, "07400 123456", Suspect),
        (None, "15412340007", Invalid),
    ];
    for (country, input, expected) in cases {
        let mut raw = RawAttribute::full(AttributeKind::Phone, input);
        raw.country = country.map(str::to_owned);
        let attribute = mobile(&raw, &Context::default()).remove(0);
        assert_eq!(attribute.validity, expected, "{country:?} {input} {:?}", attribute.findings);
        assert!(expected == Valid || !attribute.evidence, "{input}");
    }
}

#[test]
fn what_only_local_habits_can_read_is_suspect() {
    use Validity::{Suspect, Valid};
    let cases = [
        ("010-65529988 ext 123", Valid),
        ("010-65529988转123", Suspect),
        ("13912340007（李先生）", Suspect),
        ("139\u{feff}12340007", Suspect),
        ("13912340007.0", Suspect),
        ("13912340007", Valid),
        ("＋86 139 1234 0007", Valid),
    ];
    for (input, expected) in cases {
        let attribute = all(None, input).remove(0);
        assert_eq!((attribute.validity, attribute.evidence), (expected, true), "{input}");
    }
}

#[test]
fn nothing_panics_and_nothing_is_lost() {
    for input in
        ["", " ", "+", "++", "()", "转", "x", "张三", "；；", "1".repeat(2_000).as_str(), "0", "e+1", "-", "𝟙𝟚𝟛"]
    {
        assert!(!all(None, input).is_empty(), "{input}");
    }
}
