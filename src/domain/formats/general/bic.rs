//! 银行识别代码 (SWIFT), Business identifier code (BIC, SWIFT).
//!
//! Structure (8 or 11): 4 letters party, 2 letters country, 2 characters party suffix, 3 characters branch (XXX the
//! head office). No check digit.
//! Source: ISO 9362:2022 (from memory, 2026-11-22).
//! Computed examples: ABCDCNBJ, ABCDDEFF123.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::country, general::numeric, shape};

/// 银行识别代码 (SWIFT).
pub const FORMAT: Declared = Declared {
    code: "bic",
    name_zh: "银行识别代码 (SWIFT)",
    name_en: "Business identifier code (BIC, SWIFT)",
    source: "ISO 9362:2022",
    example: "ABCDCNBJ",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[8, 11]) {
        return fault;
    }
    let is_letters = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    let (party, place) = (numeric::part(&number, 0..4), numeric::part(&number, 4..6).to_owned());
    if !is_letters(&place) {
        return shape::wrong_shape(number);
    }
    if !country::is_known(&place) {
        return shape::wrong_component(number, "未知的国家代码", "an unknown country");
    }
    let mut checked = if is_letters(party) {
        Checked::valid(number)
    } else {
        // The standard allows digits here since 2014; none seem to be issued.
        shape::unknown_component(number, "机构代码中有数字", "a digit in the party code")
    };
    checked.fact("country", place);
    checked
}
