//! 工商注册号, registration number of a business before the unified social credit code (2007–2015).
//!
//! Structure (15): 6 digits of the office that registered first (GB/T 2260; 100000: national), 8 digits sequence (first
//! digit 0–3 domestic, 4–5 foreign-invested, 6–9 individual business), 1 check digit. Before 2007: 13 digits without one.
//! Check: ISO 7064 MOD 11,10. Standard: GS 15-2006.
//! Examples (computed): 110105000000012, 440301600123456.

use super::{compact, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, division, iso7064::systems, part};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 工商注册号.
pub const FORMAT: Declared = Declared {
    code: "cn.business_registration",
    name_zh: "工商注册号",
    name_en: "Chinese business registration number",
    source: "GS 15-2006, ISO 7064 MOD 11,10",
    example: "110105000000012",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    if let Some(fault) = part::wrong_digits(&text, &[13, 15]) {
        return fault;
    }
    let mut checked = Checked::valid(text.as_str());
    judge_region(&text, &mut checked);
    if is_repeated_or_sequential_digits(&text) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    if text.len() == 13 {
        let zh = "2007 年以前的 13 位号码，没有校验位";
        let finding = Finding::with_detail(Defect::Historic, zh, "13 digits of before 2007, without a check digit");
        checked.worsen(Validity::Suspect, finding);
        return checked;
    }
    checked.fact("entity_type", entity_type(&text));
    if !systems::hybrid_holds(&text, systems::DIGITS) {
        checked.worsen(Validity::Invalid, Finding::of(Defect::Checksum));
    }
    checked
}

fn entity_type(digits: &str) -> &'static str {
    match digits.as_bytes().get(6) {
        Some(b'0'..=b'3') => "domestic_enterprise",
        Some(b'4' | b'5') => "foreign_invested_enterprise",
        _ => "individual_business",
    }
}

/// Adds the facts on the first six digits; lowers the verdict for regions that are unknown or impossible.
pub fn judge_region(text: &str, checked: &mut Checked) {
    const NATIONAL: u32 = 100_000;
    let Some(code) = part::number_at(text, 0..6) else { return };
    checked.fact("region_code", format!("{code:06}"));
    match division::full_name(code) {
        Some(name) => checked.fact("region", name),
        None if code == NATIONAL => checked.fact("region", "国家"),
        None if division::province_exists(code / 10_000) => {
            let finding = Finding::with_detail(Defect::UnknownComponent, "未知的行政区划代码", "unknown region code");
            checked.worsen(Validity::Suspect, finding);
        }
        None => {
            let finding = Finding::with_detail(Defect::Component, "没有这个省级代码", "no such province");
            checked.worsen(Validity::Invalid, finding);
        }
    }
}
