//! The trap table of telephone numbers. Every number is invented or a published service number.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::normalize::{self, Context};
use crate::domain::record::AttributeKind;

fn all(country: Option<&str>, input: &str) -> Vec<Attribute> {
    let mut raw = RawAttribute::full(AttributeKind::Phone, input);
    raw.country = country.map(Into::into);
    normalize::attribute(&raw, &Context::default())
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
        "010-65529988(转123)",
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
    for input in [
        "13912340007/13912350008",
        "13912340007；13912350008",
        "13912340007、13912350008",
        "13912340007 13912350008",
        "13912340007 or 13912350008",
        "139 1234 0007 139 1235 0008",
        "Tel 13912340007 Fax 13912350008",
    ] {
        let attributes = all(None, input);
        let normal: Vec<&str> = attributes.iter().map(|a| a.normal.as_str()).collect();
        assert_eq!(normal, ["+8613912340007", "+8613912350008"], "{input}");
        assert!(defects(&attributes[0]).contains(&Defect::MultipleValues));
    }
    let abbreviated = all(None, "13912340007/8");
    let suggestion = abbreviated[0].findings.iter().find_map(|f| f.suggestion()).unwrap();
    assert_eq!((abbreviated.len(), suggestion.value.as_str()), (1, "13912340008"));
}

#[test]
fn other_regions_are_read() {
    let cases = [
        (None, "85291234567", "+85291234567"),
        (None, "00852 91234567", "+85291234567"),
        (None, "+1 (650) 253-0000", "+16502530000"),
        (None, "+44 (0)20 7946 0958", "+442079460958"),
        (None, "+52 1 55 1234 5678", "+525512345678"),
        (None, "+54 9 11 2398-6741", "+5491123986741"),
        (None, "65529988-8001", "65529988;ext=8001"),
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
        ("1064812345678", Valid, Some(Defect::NotPersonal), false),
        ("14912345679", Valid, Some(Defect::NotPersonal), false),
        ("65529988", Suspect, Some(Defect::Partial), true),
        ("13800138000", Suspect, Some(Defect::Placeholder), false),
        ("13888888888", Suspect, Some(Defect::Placeholder), false),
        ("11111111111", Invalid, Some(Defect::Format), false),
        ("15412340007", Invalid, Some(Defect::Component), false),
        ("1.38E+10", Invalid, Some(Defect::ExcelTruncated), false),
        ("1380013800O", Invalid, Some(Defect::Alphabet), false),
        ("139123400", Invalid, Some(Defect::Length), false),
        ("13", Invalid, Some(Defect::Length), false),
        ("zhang@b.cn", Invalid, Some(Defect::WrongColumn), false),
        ("11010519491231002X", Invalid, Some(Defect::WrongColumn), false),
        ("139123400078", Invalid, Some(Defect::Length), false),
        ("同手机", Valid, Some(Defect::Missing), false),
        ("微信同号", Valid, Some(Defect::Missing), false),
        ("1985-03-12", Invalid, Some(Defect::WrongColumn), false),
        ("1985/3/12", Invalid, Some(Defect::WrongColumn), false),
        ("0791-6288887", Suspect, Some(Defect::Historic), true),
        ("0565-2828887", Suspect, Some(Defect::Historic), true),
        ("0755-2688887", Invalid, Some(Defect::Length), false),
        ("1440012345678", Valid, Some(Defect::NotPersonal), false),
        ("17491234567", Valid, None, true),
        ("852-9123 4567", Suspect, Some(Defect::Ambiguous), true),
        ("一三九一二三四〇〇〇七", Suspect, Some(Defect::Format), true),
    ];
    for (input, validity, defect, evidence) in cases {
        let attribute = all(None, input).remove(0);
        let first = defects(&attribute).first().copied();
        assert_eq!((attribute.validity, first, attribute.evidence), (validity, defect, evidence), "{input}");
    }
    assert!(defects(&all(None, "11111111111")[0]).contains(&Defect::Placeholder));
    let letter = all(None, "1380013800O").remove(0);
    assert_eq!(letter.findings[0].suggestion().unwrap().value, "13800138000");
}

#[test]
fn facts_and_values_follow() {
    let attribute = all(None, "17012340007").remove(0);
    let facts: Vec<(&str, &str)> = attribute.facts.iter().map(|f| (f.name, &*f.value)).collect();
    assert_eq!(facts, [("type", "mobile"), ("carrier", "telecom"), ("virtual_operator", "telecom"), ("country", "CN")]);
    let masked = all(None, "138****8000").remove(0);
    let phone = Phone { e164: "138****8000".into(), extension: "".into(), mobile: false, personal: true };
    assert_eq!(masked.value, Value::Phone(phone));
}

#[test]
fn a_verdict_on_a_mobile_number_refuses_chinese_fixed_lines() {
    use Validity::{Invalid, Suspect, Valid};
    let cases = [
        (Some("CN"), "13912340007", Valid),
        (Some("cn"), "13912340007", Valid),
        (Some("CN"), "010-65529988", Invalid),
        (Some("CN"), "+852 9123 4567", Valid),
        (Some("CN"), "95588", Invalid),
        (Some("CN"), "14912345679", Invalid),
        (Some("CN"), "4746338855", Invalid),
        (Some("HK"), "+852 9123 4567", Valid),
        (Some("US"), "702-919-1300", Valid),
        // The Libyan plan types it as a fixed line.
        (Some("LY"), "212220000", Valid),
        (None, "07400 123456", Valid),
        (None, "4746338855", Valid),
        (None, "02299567894", Suspect),
        (None, "1391234000", Suspect),
        (None, "15412340007", Invalid),
        (None, "张三", Invalid),
        (None, "", Invalid),
    ];
    for (country, input, expected) in cases {
        let checked = check_mobile(input, country);
        assert_eq!(checked.validity, expected, "{country:?} {input} {:?}", checked.findings);
        assert!(expected == Valid || !checked.findings.is_empty(), "{input}");
    }
}

#[test]
fn a_verdict_is_the_librarys_and_a_record_reads_more() {
    use Validity::{Invalid, Suspect, Valid};
    // input, as written, in a record, suggestion of the verdict
    let cases = [
        ("13912340007", Valid, Valid, ""),
        ("010-65529988 ext 123", Valid, Valid, ""),
        ("+86 0139 1234 0007", Valid, Valid, ""),
        ("13800138000", Valid, Suspect, ""),
        ("010-65529988转123", Invalid, Valid, "+861065529988"),
        ("13912340007（李先生）", Invalid, Valid, "+8613912340007"),
        ("13912340007.0", Invalid, Valid, "+8613912340007"),
        ("一三九一二三四〇〇〇七", Invalid, Suspect, "13912340007"),
        ("+86 +86 13912340007", Invalid, Valid, "+8613912340007"),
        ("139****0007", Invalid, Suspect, ""),
        ("95588", Invalid, Suspect, ""),
        ("13912340007@qq.com", Invalid, Invalid, ""),
        ("1391234000O", Invalid, Invalid, "13912340000"),
    ];
    for (input, as_written, in_record, suggestion) in cases {
        let checked = check_number(input, None);
        assert_eq!((checked.validity, all(None, input)[0].validity), (as_written, in_record), "{input}");
        let found = checked.findings.iter().find_map(|finding| finding.suggestion()).map_or("", |s| s.value.as_str());
        assert_eq!(found, suggestion, "{input} {:?}", checked.findings);
    }
    let extended = check_number("010-65529988 ext 123", Some("CN"));
    assert_eq!((extended.normal.as_str(), extended.fact_value("extension")), ("+861065529988", Some("123")));
}

#[test]
fn local_numbers_are_completed_from_the_city() {
    let cases = [
        ("65529988", "北京", Some("+861065529988")),
        ("6552-9988", "北京市", Some("+861065529988")),
        ("2988997", "宜春", Some("+867952988997")),
        ("6552998", "北京", None),
        ("65529988", "宜春", None),
        ("65529988", "某地", None),
        ("13912340007", "北京", None),
        ("", "北京", None),
    ];
    for (number, city, expected) in cases {
        assert_eq!(complete_local(number, city).as_deref(), expected, "{number} {city}");
    }
}

#[test]
fn repairs_are_recorded() {
    let cases: [(&str, &[Action]); 8] = [
        ("+8613912340007", &[]),
        ("13912340007", &[Action::CountryCodeAdded]),
        ("+86 139-1234-0007", &[Action::SeparatorsNormalized]),
        ("13912340007.0", &[Action::CountryCodeAdded, Action::NumberRestored]),
        ("1795113912340007", &[Action::CountryCodeAdded, Action::DialPrefixRemoved]),
        ("13912340007 张三", &[Action::CountryCodeAdded, Action::RemarkSplit]),
        ("13912340007/13912350008", &[Action::CountryCodeAdded, Action::ValuesSplit]),
        ("一三九一二三四〇〇〇七", &[Action::CountryCodeAdded, Action::NumeralsToDigits]),
    ];
    for (input, expected) in cases {
        assert_eq!(&*all(None, input)[0].actions, expected, "{input}");
    }
    let twice = all(None, "+86 +86 13912340007").remove(0);
    let duplicated = |finding: &Finding| finding.detail_en == "duplicated_country_code";
    assert!(twice.findings.iter().any(duplicated) && twice.validity == Validity::Valid);
}

#[test]
fn nothing_panics_and_nothing_is_lost() {
    for input in
        ["", " ", "+", "++", "()", "转", "x", "张三", "；；", "1".repeat(2_000).as_str(), "0", "e+1", "-", "𝟙𝟚𝟛"]
    {
        assert!(!all(None, input).is_empty(), "{input}");
    }
}
