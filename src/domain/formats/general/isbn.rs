//! 国际标准书号, International standard book number (ISBN).
//!
//! Structure (13): 978 or 979 (not 9790, which is music), group, publisher, title, 1 check digit. Old (10): without
//! 978, check character 0–9 or X. The old form is kept as it is.
//! Check (13): that of EAN. Check (10): Σ dᵢ·wᵢ (10 9 … 1) mod 11 = 0, X = 10.
//! Source: ISO 2108:2017 (from memory, 2026-11-22).
//! Computed examples: 9787111001232, 7111001230.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::ean, general::numeric, shape};

/// 国际标准书号.
pub const FORMAT: Declared = Declared {
    code: "isbn",
    name_zh: "国际标准书号",
    name_en: "International standard book number (ISBN)",
    source: "ISO 2108:2017",
    example: "9787111001232",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = number.strip_prefix("ISBN").map(|rest| rest.trim_start_matches(':').to_owned()).unwrap_or(number);
    let digits = number.strip_suffix('X').filter(|_| number.len() == 10).unwrap_or(&number);
    if !digits.is_empty() && !shape::is_digits(digits) {
        return shape::wrong_alphabet(number);
    }
    if let Some(fault) = numeric::length_fault(&number, &[10, 13]) {
        return fault;
    }
    if number.len() == 13 {
        if !ean::holds(&number) {
            return shape::wrong_check_digit(number);
        }
        if number.starts_with("978") || (number.starts_with("979") && !number.starts_with("9790")) {
            return Checked::valid(number);
        }
        return shape::wrong_component(number, "书号以 978 或 979 开头", "a book number starts with 978 or 979");
    }
    let last = if number.ends_with('X') { 10 } else { 0 };
    let sum = numeric::dot(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) + last;
    numeric::proved(number, sum.is_multiple_of(11))
}
