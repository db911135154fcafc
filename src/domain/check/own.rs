//! Types that are judged here rather than by one format or one normalizer: questions about a text, several documents
//! at once, stricter readings of a type.

use super::{CheckType, Request, Verdict, check, judged};
use crate::domain::action::Action;
use crate::domain::date::CivilDate;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::general::url;
use crate::domain::formats::shape;
use crate::domain::normalize::email::{self, domain_name};
use crate::domain::normalize::{address, date, org_name, person_name, phone};
use crate::domain::text::{self, han, pinyin};

/// Judges what was asked about one value.
pub type Ask = fn(&Request<'_>) -> Verdict;

/// The types with the functions that judge them.
pub const OWN: &[(Ask, CheckType)] = &[
    (
        |request| judged(every(request.input, han::is_han)),
        CheckType {
            code: "all_han",
            name_zh: "全为汉字",
            name_en: "text of Han characters only",
            source: "Unicode",
            example: "归一",
        },
    ),
    (
        |request| judged(some(request.input, |c| !is_halfwidth(c))),
        CheckType {
            code: "contains_fullwidth",
            name_zh: "含全角字符",
            name_en: "text with full-width characters",
            source: "UAX #11",
            example: "ＡBC",
        },
    ),
    (
        |request| judged(some(request.input, is_halfwidth)),
        CheckType {
            code: "contains_halfwidth",
            name_zh: "含半角字符",
            name_en: "text with half-width characters",
            source: "UAX #11",
            example: "归一1",
        },
    ),
    (
        |request| first_fitting(ANY_ID, request),
        CheckType {
            code: "cn.any_id",
            name_zh: "中国境内通用身份证件号",
            name_en: "identity card number of the mainland, Hong Kong, Macau or Taiwan",
            source: "GB 11643-1999 and the registers of the regions",
            example: "11010519491231002X",
        },
    ),
    (
        toll_free,
        CheckType {
            code: "cn.400_800",
            name_zh: "400/800 电话",
            name_en: "Chinese shared-cost or toll-free number",
            source: "工业和信息化部, libphonenumber",
            example: "400-820-0000",
        },
    ),
    (
        |request| judged(file_number(request.input)),
        CheckType {
            code: "cn.driving_licence_file_no",
            name_zh: "驾驶证档案编号",
            name_en: "file number of a Chinese driving licence",
            source: "GA/T 16",
            example: "110100000001",
        },
    ),
    (
        |request| judged(person_name::chinese_legal_name(request.input)),
        CheckType {
            code: "cn.person_name",
            name_zh: "汉字姓名",
            name_en: "name of a person in Han characters",
            source: "民委发〔2016〕33号",
            example: "欧阳小明",
        },
    ),
    (
        |request| judged(credit_code_shape(request.input)),
        CheckType {
            code: "cn.uscc_shape",
            name_zh: "统一社会信用代码（仅格式）",
            name_en: "shape of a unified social credit code, check character aside",
            source: "GB 32100-2015",
            example: "911100006000373410",
        },
    ),
    (
        |request| judged(email::check_mailto(request.input)),
        CheckType {
            code: "mailto",
            name_zh: "邮件链接",
            name_en: "link to an e-mail address (mailto:)",
            source: "RFC 6068",
            example: "mailto:zhang.wei@example.cn?subject=hello",
        },
    ),
    (
        |request| judged(domain_name::check_hostname(request.input)),
        CheckType {
            code: "hostname",
            name_zh: "主机名",
            name_en: "name of a host",
            source: "RFC 1123",
            example: "www.example.com",
        },
    ),
    (
        |request| judged(domain_name::check_idn_hostname(request.input)),
        CheckType {
            code: "idn_hostname",
            name_zh: "国际化主机名",
            name_en: "internationalised name of a host",
            source: "RFC 5890, UTS 46",
            example: "例子.中国",
        },
    ),
    (
        |request| judged(url::check_uri(request.input)),
        CheckType {
            code: "uri",
            name_zh: "统一资源标识符",
            name_en: "uniform resource identifier",
            source: "RFC 3986",
            example: "https://www.example.com/a",
        },
    ),
    (
        |request| judged(url::check_uri_reference(request.input)),
        CheckType {
            code: "uri_reference",
            name_zh: "统一资源标识符引用",
            name_en: "reference to a uniform resource identifier",
            source: "RFC 3986",
            example: "../a?b=c",
        },
    ),
    (
        |request| judged(url::check_iri(request.input)),
        CheckType {
            code: "iri",
            name_zh: "国际化资源标识符",
            name_en: "internationalised resource identifier",
            source: "RFC 3987",
            example: "https://例子.中国/一",
        },
    ),
    (
        |request| judged(url::check_iri_reference(request.input)),
        CheckType {
            code: "iri_reference",
            name_zh: "国际化资源标识符引用",
            name_en: "reference to an internationalised resource identifier",
            source: "RFC 3987",
            example: "/一",
        },
    ),
    (
        simplified,
        CheckType {
            code: "opencc",
            name_zh: "繁体转简体",
            name_en: "traditional text to simplified",
            source: "通用规范汉字表, OpenCC",
            example: "歸一",
        },
    ),
    (
        western_name,
        CheckType {
            code: "person.parse_western",
            name_zh: "西文姓名的各部分",
            name_en: "parts of a western name",
            source: "naming customs",
            example: "Dr. Jane A. Doe",
        },
    ),
    (
        |request| judged(read_aloud(request.input, pinyin::name_reading)),
        CheckType {
            code: "pinyin.name",
            name_zh: "姓名的拼音",
            name_en: "reading of a name in Pinyin",
            source: "GB/T 28039, GB/T 16159",
            example: "单小明",
        },
    ),
    (
        |request| judged(read_aloud(request.input, pinyin::surname_reading)),
        CheckType {
            code: "pinyin.surname",
            name_zh: "姓氏的拼音",
            name_en: "reading of a surname in Pinyin",
            source: "GB/T 28039",
            example: "欧阳",
        },
    ),
    (
        parse_address,
        CheckType {
            code: "address.parse",
            name_zh: "地址的各部分",
            name_en: "parts of a Chinese address",
            source: "GB/T 2260",
            example: "广东省深圳市南山区科苑路15号",
        },
    ),
    (
        rename_address,
        CheckType {
            code: "address.rename",
            name_zh: "行政区划更名",
            name_en: "names of divisions as they are today",
            source: "GB/T 2260",
            example: "湖北省襄樊市宜城市",
        },
    ),
    (
        |request| judged(Checked::valid(org_name::base_name(request.input))),
        CheckType {
            code: "company.basename",
            name_zh: "企业名称去组织形式",
            name_en: "name of an organisation without its legal form",
            source: "ISO 20275",
            example: "Hello World, Ltd.",
        },
    ),
    (
        |request| judged(read_date(date::parse_field(request.input, request.reference_day()))),
        CheckType {
            code: "date.field",
            name_zh: "日期栏",
            name_en: "field with a date in words or digits",
            source: "GB/T 7408, ISO 8601",
            example: "2023年2月9日",
        },
    ),
    (
        date_time,
        CheckType {
            code: "datetime.parse",
            name_zh: "日期时间",
            name_en: "date and time in any order of writing",
            source: "ISO 8601, RFC 5322",
            example: "2003-09-25T10:49:41",
        },
    ),
    (
        lunar_day,
        CheckType {
            code: "lunar.from_solar",
            name_zh: "公历转农历",
            name_en: "day of the Chinese calendar",
            source: "GB/T 33661-2017",
            example: "2020-05-24",
        },
    ),
];

/// Identity cards that residents of China carry.
const ANY_ID: &[&str] = &["cn.resident_id", "hk.id", "mo.bir", "tw.id", "tw.arc"];

/// Characters of the alphabet of GB 32100: no I, O, S, V, Z.
const CREDIT_CODE: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Printable ASCII and what Unicode calls half-width.
fn is_halfwidth(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{FF61}'..='\u{FFDC}' | '\u{FFE8}'..='\u{FFEE}')
}

fn every(input: &str, is: impl Fn(char) -> bool) -> Checked {
    if !input.is_empty() && input.chars().all(is) {
        Checked::valid(input)
    } else {
        shape::wrong_alphabet(input.to_owned())
    }
}

fn some(input: &str, is: impl Fn(char) -> bool) -> Checked {
    if input.chars().any(is) { Checked::valid(input) } else { shape::wrong_alphabet(input.to_owned()) }
}

fn toll_free(request: &Request<'_>) -> Verdict {
    let mut verdict = judged(phone::check_number(request.input, Some("CN")));
    if !verdict.normal.starts_with("+86400") && !verdict.normal.starts_with("+86800") {
        let (zh, en) = ("不是 400 或 800 号码", "not a 400 or 800 number");
        verdict.worsen(Validity::Invalid, Finding::with_detail(Defect::Component, zh, en));
    }
    verdict
}

fn file_number(input: &str) -> Checked {
    let text = shape::compact(input, "-");
    if text.len() != 12 {
        return shape::wrong_length(text, "12");
    }
    if !shape::is_digits(&text) {
        return shape::wrong_alphabet(text);
    }
    // The file is kept where the licence was issued: provinces have the codes 11 to 82 of GB/T 2260.
    let province: u32 = text.get(..2).and_then(|digits| digits.parse().ok()).unwrap_or_default();
    if (11..=82).contains(&province) {
        Checked::valid(text)
    } else {
        shape::unknown_component(text, "未知的省份代码", "an unknown province")
    }
}

fn credit_code_shape(input: &str) -> Checked {
    let text = shape::compact(input, "-");
    if text.chars().count() != 18 {
        return shape::wrong_length(text, "18");
    }
    if !text.chars().all(|c| CREDIT_CODE.contains(c)) {
        return shape::wrong_alphabet(text);
    }
    if text.get(2..8).is_some_and(shape::is_digits) { Checked::valid(text) } else { shape::wrong_shape(text) }
}

fn parse_address(request: &Request<'_>) -> Verdict {
    let parts = address::parse_parts(&text::clean(request.input).text);
    let city = if parts.city == parts.province { "" } else { &parts.city };
    let mut checked = Checked::valid(format!("{}{city}{}{}", parts.province, parts.county, parts.detail));
    if parts.province.is_empty() {
        checked.worsen(Validity::Suspect, unknown_division(&parts.candidates));
    }
    let full_location = checked.normal.clone();
    let named = [
        ("full_location", full_location.as_str()),
        ("province", parts.province.as_str()),
        ("city", parts.city.as_str()),
        ("county", parts.county.as_str()),
        ("detail", parts.detail.as_str()),
        ("adcode", parts.adcode.as_str()),
    ];
    for (name, part) in named.into_iter().filter(|(_, part)| !part.is_empty()) {
        checked.fact(name, part);
    }
    judged(checked)
}

fn rename_address(request: &Request<'_>) -> Verdict {
    let written = text::clean(request.input).text;
    let Some(renamed) = address::rename(&written) else {
        let finding = unknown_division(&address::parse_parts(&written).candidates);
        return judged(Checked::suspect(written, finding));
    };
    let mut checked = Checked::valid(renamed);
    if checked.normal != written {
        checked.act(Action::HistoricUpdated);
        checked.note(Finding::of(Defect::Historic));
    }
    judged(checked)
}

/// Why no division was found: several have the name, or none.
fn unknown_division(candidates: &[String]) -> Finding {
    if candidates.is_empty() {
        return Finding::of(Defect::UnknownComponent);
    }
    let suggest =
        |finding: Finding, full: &String| finding.suggest(full.as_str(), "同名区划", "a division of this name");
    candidates.iter().fold(Finding::of(Defect::Ambiguous), suggest)
}

/// The day that a date without a year, month or day is completed from, where the request names none.
const DEFAULT_DAY: (i16, u8, u8) = (2003, 9, 25);

fn date_time(request: &Request<'_>) -> Verdict {
    let (year, month, day) = DEFAULT_DAY;
    let default = request.reference_day().or_else(|| CivilDate::new(year, month, day));
    judged(read_date(default.and_then(|default| date::parse_date_time(request.input, default))))
}

fn read_date(reading: Option<String>) -> Checked {
    reading.map_or_else(|| shape::wrong_shape(String::new()), Checked::valid)
}

fn lunar_day(request: &Request<'_>) -> Verdict {
    let Some(day) = date::lunar::from_solar(request.input) else {
        return judged(shape::wrong_shape(request.input.to_owned()));
    };
    let mut checked = Checked::valid(day);
    if let Some(named) = date::lunar::from_solar_in_cycle(request.input) {
        checked.fact("in_cycle", named);
    }
    judged(checked)
}

/// The parts of a name as facts; the normal form is the name without title, suffix and nickname.
fn western_name(request: &Request<'_>) -> Verdict {
    let name = person_name::western_parts(request.input);
    let parts = [
        ("title", &name.title),
        ("first", &name.first),
        ("middle", &name.middle),
        ("last", &name.last),
        ("suffix", &name.suffix),
        ("nickname", &name.nickname),
        ("maiden", &name.maiden),
    ];
    let bare: Vec<&str> = [&name.first, &name.middle, &name.last].into_iter().map(String::as_str).collect();
    let bare: Vec<&str> = bare.into_iter().filter(|part| !part.is_empty()).collect();
    if bare.is_empty() {
        return judged(shape::wrong_shape(request.input.to_owned()));
    }
    let mut checked = Checked::valid(bare.join(" "));
    for (part, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
        checked.fact(part, text.as_str());
    }
    judged(checked)
}

fn read_aloud(input: &str, reading: impl Fn(&str) -> Option<String>) -> Checked {
    let text = input.trim();
    match reading(text).filter(|_| !text.is_empty()) {
        Some(reading) => Checked::valid(reading),
        None => shape::unknown_component(text.to_owned(), "有读音不明的字", "a character without a known reading"),
    }
}

/// Conversions to simplified characters; the other way is not unique, so it is not offered.
fn simplified(request: &Request<'_>) -> Verdict {
    if !matches!(request.config, "" | "t2s" | "tw2s" | "hk2s") {
        return Verdict::unsupported();
    }
    judged(Checked::valid(han::to_simplified(request.input)))
}

/// The best verdict of several types.
fn first_fitting(codes: &[&str], request: &Request<'_>) -> Verdict {
    let verdicts = codes.iter().map(|code| check(code, request.country, request.input));
    verdicts.min_by_key(|verdict| verdict.validity).unwrap_or_else(Verdict::unsupported)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;
    use crate::domain::check::{is_known, resolve};
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn every_type_accepts_its_example() {
        for entry in crate::domain::check::all() {
            assert!(is_known(entry.code), "{}", entry.code);
            let verdict = check(entry.code, None, entry.example);
            assert_eq!(verdict.validity, Some(Valid), "{} {:?}", entry.code, verdict.findings);
        }
    }

    #[test]
    fn questions_about_a_text_and_stricter_readings() {
        let cases = [
            ("all_han", "汉字a", Invalid),
            ("all_han", "", Invalid),
            ("contains_fullwidth", "abc", Invalid),
            ("contains_halfwidth", "ＡＢ", Invalid),
            ("cn.person_name", "张 三", Invalid),
            ("cn.person_name", "阿卜杜·毛力", Valid),
            ("cn.person_name", "李", Suspect),
            ("cn.400_800", "13912340007", Invalid),
            ("cn.driving_licence_file_no", "990000000001", Suspect),
            ("cn.driving_licence_file_no", "11010000000", Invalid),
            ("cn.uscc_shape", "9111000060003734I0", Invalid),
            ("cn.any_id", "A123456(3)", Valid),
            ("mailto", "mailto:", Invalid),
            ("mailto", "mailto:?subject=x", Valid),
            ("mailto", "mailto:zhang.wei@example.cn?attach=x", Invalid),
            ("mailto", "mailto:zhang", Invalid),
        ];
        for (code, input, validity) in cases {
            assert_eq!(check(code, None, input).validity, Some(validity), "{code} {input}");
        }
    }

    #[test]
    fn a_conversion_that_is_not_offered_is_unsupported() {
        let judge = resolve("opencc").expect("a type");
        let ask = |config| judge.answer(&Request { input: "歸一", config, ..Request::default() });
        assert_eq!(ask("t2s").normal, "归一");
        assert_eq!(ask("s2t").validity, None);
    }
}
