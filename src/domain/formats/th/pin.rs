//! 泰国公民身份号, Thai national identity number (PIN).
//!
//! Structure (13): 1 digit kind of person (1–8), 4 digits office, 7 digits serial, 1 check digit.
//! Check: (11 − Σ dᵢ·(14 − i) mod 11) mod 10.
//! Source: Department of Provincial Administration (from memory, 2026-11-22).
//! Computed examples: 1100123456786, 3509900123450.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 泰国公民身份号.
pub const FORMAT: Declared = Declared {
    code: "th.pin",
    name_zh: "泰国公民身份号",
    name_en: "Thai national identity number (PIN)",
    source: "Department of Provincial Administration",
    example: "1100123456786",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    if number.starts_with(['0', '9']) {
        return shape::wrong_component(number, "首位应为 1–8", "the first digit is 1–8");
    }
    let holds = holds(&number);
    numeric::proved(number, holds)
}

/// Whether the last of 13 digits fits the others; the same rule for persons and companies.
pub fn holds(number: &str) -> bool {
    let sum = numeric::dot(number, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    numeric::last_digit(number) == Some((11 - sum % 11) % 10)
}
