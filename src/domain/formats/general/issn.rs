//! 国际标准连续出版物号, International standard serial number (ISSN).
//!
//! Structure (8): 7 digits serial, 1 check character 0–9 or X.
//! Check: Σ dᵢ·wᵢ (8 7 6 5 4 3 2 1) mod 11 = 0, X = 10.
//! Source: ISO 3297:2022 (from memory, 2026-11-22).
//! Computed examples: 12345679, 20480008.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 国际标准连续出版物号.
pub const FORMAT: Declared = Declared {
    code: "issn",
    name_zh: "国际标准连续出版物号",
    name_en: "International standard serial number (ISSN)",
    source: "ISO 3297:2022",
    example: "12345679",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = numeric::without_prefix(&number, "ISSN");
    if let Some(fault) = numeric::length_fault(&number, &[8]) {
        return fault;
    }
    let digits = number.strip_suffix('X').unwrap_or(&number);
    if !shape::is_digits(digits) {
        return shape::wrong_alphabet(number);
    }
    let last = if number.ends_with('X') { 10 } else { 0 };
    let sum = numeric::dot(digits, &[8, 7, 6, 5, 4, 3, 2, 1]) + last;
    numeric::proved(number, sum.is_multiple_of(11))
}
