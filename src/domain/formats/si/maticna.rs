//! 斯洛文尼亚法人登记号, Slovenian corporate registration number (matična številka).
//!
//! Structure (7 or 10): 6 digits serial, 1 check digit, then 3 characters of a unit (the first a digit or letter);
//! 000, the company itself, is dropped.
//! Check: 11 − Σ dᵢ·wᵢ (7 6 5 4 3 2) mod 11, last digit.
//! Unproved: what the check digit is where the sum is divisible by 11 (taken as 1).
//! Source: AJPES (from memory, 2026-11-22).
//! Computed examples: 5123453, 8123454001.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 斯洛文尼亚法人登记号.
pub const FORMAT: Declared = Declared {
    code: "si.maticna",
    name_zh: "斯洛文尼亚法人登记号",
    name_en: "Slovenian corporate registration number (matična številka)",
    source: "AJPES",
    example: "5123453",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&written, &[7, 10]) {
        return fault;
    }
    let (body, unit) = (numeric::part(&written, 0..7), numeric::part(&written, 7..10));
    if !shape::is_digits(body) || (!unit.is_empty() && !shape::is_digits(numeric::part(unit, 1..3))) {
        return shape::wrong_shape(written);
    }
    let expected = (11 - numeric::dot(body, &[7, 6, 5, 4, 3, 2]) % 11) % 10;
    let holds = numeric::last_digit(body) == Some(expected);
    numeric::proved(written.strip_suffix("000").filter(|_| unit == "000").unwrap_or(&written).to_owned(), holds)
}
