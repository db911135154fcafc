//! 固定电话号码, fixed telephone number of mainland China, with the service numbers 400, 800, 95 and 1xx.
//!
//! Structure: trunk 0 (dropped after +86), area code of 2 or 3 digits, 7 or 8 digits of the subscriber (8 in large
//! cities), extension after 转, ext, # or a hyphen. 400 and 800: 10 digits; service: 3 to 8 digits. No check digit.
//! Source: numbering plan of the Ministry of Industry and Information Technology; area codes see `area_codes`.
//! Examples (invented): 010-65520007 = +861065520007, 0755-26880007转8001.

use super::{area_codes, compact, is_digits, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;
use crate::domain::text::width;

/// 固定电话号码.
pub const FORMAT: Declared = Declared {
    code: "cn.landline",
    name_zh: "固定电话号码",
    name_en: "Chinese fixed telephone number",
    source: "MIIT numbering plan",
    example: "010-65520007",
    check_digit: false,
    check,
};

/// Digits of the longest extension.
const EXTENSION_MAX: usize = 7;

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let (number, extension) = without_extension(input);
    if !is_digits(number.trim_start_matches('+')) {
        return shape::wrong_alphabet(text);
    }
    let mut checked = judge(&number);
    if !extension.is_empty() && checked.validity != Validity::Invalid {
        checked.fact("extension", extension);
    }
    checked
}

/// The number without separators, and the digits of its extension.
fn without_extension(input: &str) -> (String, String) {
    let folded = width::fold_dashes(&width::to_halfwidth(input)).to_uppercase();
    let kept = |text: &str| -> String { text.chars().filter(|c| !" \t()-.'=\"\u{3000}".contains(*c)).collect() };
    let marker = folded.find(['转', '轉', '#', 'X', 'E', '总', '分', '内', ',']);
    if let Some((number, rest)) = marker.and_then(|at| folded.split_at_checked(at)) {
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let words = rest.chars().all(|c| c.is_ascii_digit() || " 转轉接总机分内线号EXTNSIO.#:：-,()".contains(c));
        if words && (1..=EXTENSION_MAX).contains(&digits.len()) {
            return (kept(number), digits);
        }
    }
    if let Some((number, last)) = folded.trim().rsplit_once('-') {
        // 010-65520007-8001: whatever stands before is a number already.
        let whole = kept(number);
        if is_digits(last) && last.len() <= EXTENSION_MAX && whole.len() >= 10 && judged_whole(&whole) {
            return (whole, last.to_owned());
        }
    }
    (super::compact(&kept(&folded)), String::new())
}

fn judged_whole(number: &str) -> bool {
    is_digits(number.trim_start_matches('+')) && judge(number).validity != Validity::Invalid
}

/// Judges digits, which a plus sign may precede.
fn judge(number: &str) -> Checked {
    let abroad = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086"));
    let abroad = abroad.or_else(|| number.strip_prefix("86").filter(|rest| rest.len() >= 9));
    let rest = abroad.unwrap_or(number);
    if rest.starts_with('+') {
        return shape::wrong_component(number.to_owned(), "不是中国的号码", "not a number of China");
    }
    let trunk = rest.strip_prefix('0');
    let national = trunk.unwrap_or(rest);
    if let Some(checked) = trunk.is_none().then(|| service(rest, abroad.is_some())).flatten() {
        return checked;
    }
    if national.len() == 11 && matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..]) {
        let (zh, en) = ("是手机号码", "a mobile number");
        return Checked::invalid(number, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    if trunk.is_some() || abroad.is_some() {
        return with_area(number, national);
    }
    if matches!(national.len(), 7 | 8) && national.starts_with(|c| matches!(c, '2'..='8')) {
        let (zh, en) = ("缺少区号", "the area code is missing");
        let mut checked = Checked::suspect(national, Finding::with_detail(Defect::Partial, zh, en));
        note_filler(national, &mut checked);
        return checked;
    }
    let mut checked = with_area(number, national);
    if checked.validity != Validity::Invalid {
        // A spreadsheet's number column drops the zero; the digits stay as they were typed.
        let finding = Finding::with_detail(Defect::Typo, "区号前缺少 0", "the zero before the area code is missing");
        checked.worsen(Validity::Suspect, finding.suggest(format!("0{national}"), "补上 0", "zero added"));
    }
    checked
}

/// 400, 800, 95, 96, 1xx: reached from everywhere, nobody's own. After +86 a 10 is Beijing's area code.
fn service(digits: &str, after_country_code: bool) -> Option<Checked> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let (kind, normal) = match digits.len() {
        10 if starts(&["400"]) => ("shared_cost", format!("+86{digits}")),
        10 if starts(&["800"]) => ("toll_free", format!("+86{digits}")),
        5 | 6 if starts(&["95", "96"]) => ("service", digits.to_owned()),
        // After +86 such digits are an area code (0951) and a service of that city.
        7 | 8 if starts(&["95", "96"]) && !after_country_code => ("service", digits.to_owned()),
        3 | 5..=8 if starts(&["10", "11", "12"]) && !after_country_code => ("service", digits.to_owned()),
        _ => return None,
    };
    let mut checked = Checked::valid(normal);
    checked.fact("type", kind);
    checked.note(Finding::of(Defect::NotPersonal));
    Some(checked)
}

fn with_area(number: &str, national: &str) -> Checked {
    let width = if national.starts_with("10") || national.starts_with('2') { 2 } else { 3 };
    let (Some(code), Some(local)) = (part::number_at(national, 0..width), national.get(width..)) else {
        return Checked::invalid(number, super::wrong_length(national.len(), "9–11"));
    };
    if national.starts_with('0') || code < 10 || code % 100 == 0 && code >= 100 || (100..200).contains(&code) {
        return shape::wrong_component(number.to_owned(), "没有这个区号", "no such area code");
    }
    if !matches!(local.len(), 7 | 8) {
        let service_of_city = matches!(local.len(), 5 | 6) && (local.starts_with("95") || local.starts_with("96"));
        if !service_of_city {
            return Checked::invalid(number, super::wrong_length(local.len(), "7/8"));
        }
    }
    if local.starts_with('0') {
        return shape::wrong_component(number.to_owned(), "区号后不能以 0 开头", "0 cannot follow the area code");
    }
    let mut checked = Checked::valid(format!("+86{national}"));
    checked.fact("area_code", format!("0{code}"));
    judge_area(code, local, &mut checked);
    checked
}

fn judge_area(code: u32, local: &str, checked: &mut Checked) {
    if let Some((_, finding)) = area_codes::of_before(code, local) {
        // Numbers were lengthened city by city; an old one is short, but was right once.
        checked.worsen(Validity::Suspect, finding);
    }
    let Some(area) = area_codes::lookup(code) else {
        if area_codes::merged_into(code).is_none() {
            checked.worsen(
                Validity::Suspect,
                Finding::with_detail(Defect::UnknownComponent, "未知的区号", "unknown area code"),
            );
        }
        return;
    };
    checked.fact("region", area.name);
    if matches!(local.len(), 5 | 6) {
        checked.fact("type", "service");
        return checked.note(Finding::of(Defect::NotPersonal));
    }
    if local.len() == 8 && !area.eight {
        let (zh, en) = ("该地号码为 7 位", "numbers have 7 digits there");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Length, zh, en));
    }
    if local.starts_with(['1', '9']) {
        let (zh, en) = ("号码不以 1 或 9 开头", "no subscriber's number begins with 1 or 9");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::UnknownComponent, zh, en));
    }
    note_filler(local, checked);
}

fn note_filler(local: &str, checked: &mut Checked) {
    if is_repeated_or_sequential_digits(local) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
}
