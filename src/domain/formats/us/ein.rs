//! 美国雇主识别号, US employer identification number (EIN).
//!
//! Structure (9): 2 digits campus or internet, 7 digits serial. A hyphen only after the campus. No check digit.
//! Source: Internal Revenue Service (from memory, 2026-11-22).
//! Computed examples: 47-1234567, 123456780.

use super::groups;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 美国雇主识别号.
pub const FORMAT: Declared = Declared {
    code: "us.ein",
    name_zh: "美国雇主识别号",
    name_en: "US employer identification number (EIN)",
    source: "Internal Revenue Service",
    example: "47-1234567",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = match groups::digits(input, &[2, 7]) {
        Ok(number) => number,
        Err(fault) => return fault,
    };
    match numeric::number(&number, 0..2) {
        1..=6 | 10..=16 | 20..=27 | 30..=68 | 71..=77 | 80..=88 | 90..=95 | 98 | 99 => Checked::valid(number),
        _ => shape::unknown_component(number, "未知的前缀", "an unknown prefix"),
    }
}
