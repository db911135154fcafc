//! 国际标准名称标识符, International standard name identifier (ISNI, ORCID).
//!
//! Structure (16): 15 digits, 1 check character 0–9 or X.
//! Check: ISO 7064 MOD 11-2.
//! Source: ISO 27729:2012 (from memory, 2026-11-22).
//! Computed examples: 0000000123456789, 0000000298765436.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 国际标准名称标识符.
pub const FORMAT: Declared = Declared {
    code: "isni",
    name_zh: "国际标准名称标识符",
    name_en: "International standard name identifier (ISNI, ORCID)",
    source: "ISO 27729:2012",
    example: "0000000123456789",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[16]) {
        return fault;
    }
    if !shape::is_digits(number.strip_suffix('X').unwrap_or(&number)) {
        return shape::wrong_alphabet(number);
    }
    let holds = systems::pure_holds(&number, systems::DIGITS_X, 2);
    numeric::proved(number, holds)
}
