//! 国际证券识别码, International securities identification number (ISIN).
//!
//! Structure (12): 2 letters country (or XS, EU, EZ, … of no country), 9 characters national number, 1 check digit.
//! Check: letters as A = 10 … Z = 35, then Luhn over all digits.
//! Source: ISO 6166:2021 (from memory, 2026-11-22).
//! Computed examples: CNE000001238, US1234567899.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::country, general::numeric, shape};

/// 国际证券识别码.
pub const FORMAT: Declared = Declared {
    code: "isin",
    name_zh: "国际证券识别码",
    name_en: "International securities identification number (ISIN)",
    source: "ISO 6166:2021",
    example: "CNE000001238",
    check_digit: true,
    check,
};

/// Prefixes of no country: supranational, international clearing, substitutes of agencies, derivatives.
const OTHER_PREFIXES: [&str; 15] =
    ["XA", "XB", "XC", "XD", "XF", "XK", "XS", "XT", "XV", "EU", "EZ", "QS", "QT", "QW", "AN"];

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    let prefix = numeric::part(&number, 0..2).to_owned();
    if !prefix.bytes().all(|b| b.is_ascii_uppercase()) || numeric::last_digit(&number).is_none() {
        return shape::wrong_shape(number);
    }
    let digits: String = shape::values(&number).unwrap_or_default().iter().map(u32::to_string).collect();
    if !check_digit::luhn_holds(&digits) {
        return shape::wrong_check_digit(number);
    }
    if country::is_known(&prefix) {
        let mut checked = Checked::valid(number);
        checked.fact("country", prefix);
        checked
    } else if OTHER_PREFIXES.contains(&prefix.as_str()) {
        Checked::valid(number)
    } else {
        shape::unknown_component(number, "未知的国家代码", "an unknown country")
    }
}
