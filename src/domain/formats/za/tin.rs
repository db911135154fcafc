//! 南非税号, South African tax reference number.
//!
//! Structure (10): first digit 0, 1, 2, 3 or 9, 8 digits, 1 check digit.
//! Check: Luhn.
//! Source: South African Revenue Service (from memory, 2026-11-22).
//! Computed examples: 0123456782, 9123456783.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 南非税号.
pub const FORMAT: Declared = Declared {
    code: "za.tin",
    name_zh: "南非税号",
    name_en: "South African tax reference number",
    source: "South African Revenue Service",
    example: "0123456782",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -/");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    if !number.starts_with(['0', '1', '2', '3', '9']) {
        return shape::wrong_component(number, "首位应为 0–3 或 9", "the first digit is 0–3 or 9");
    }
    let holds = check_digit::luhn_holds(&number);
    numeric::proved(number, holds)
}
