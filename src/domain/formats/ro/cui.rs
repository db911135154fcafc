//! 罗马尼亚企业登记码, Romanian company identifier (CUI).
//!
//! Structure (2–10): up to 9 digits serial without leading 0, 1 check digit; RO of a VAT number is dropped.
//! Check: 10 · Σ dᵢ·wᵢ mod 11 mod 10, weights 2 3 5 7 1 2 3 5 7 from the right.
//! Source: ONRC, ANAF (from memory, 2026-11-22).
//! Computed examples: 12345674, 98765438.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 罗马尼亚企业登记码.
pub const FORMAT: Declared = Declared {
    code: "ro.cui",
    name_zh: "罗马尼亚企业登记码",
    name_en: "Romanian company identifier (CUI)",
    source: "ONRC, ANAF",
    example: "12345674",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    judge(numeric::without_prefix(&shape::compact(input, " -."), "RO"))
}

/// Judges a number without RO.
pub fn judge(number: String) -> Checked {
    if let Some(fault) = numeric::fault(&number, &[2, 3, 4, 5, 6, 7, 8, 9, 10]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    let body = numeric::part(&number, 0..number.len() - 1);
    let expected = 10 * numeric::dot_from_right(body, &[2, 3, 5, 7, 1, 2, 3, 5, 7]) % 11 % 10;
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
