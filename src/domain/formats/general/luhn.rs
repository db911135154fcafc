//! Luhn 校验, Luhn algorithm.
//!
//! Structure: any number of digits, the last a check digit.
//! Check: from the right every second digit is doubled and its decimal digits are added; Σ mod 10 = 0.
//! Source: ISO/IEC 7812-1 annex B (from memory, 2026-11-22).
//! Computed examples: 40717, 12345678903.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// Luhn 校验.
pub const FORMAT: Declared = Declared {
    code: "luhn",
    name_zh: "Luhn 校验",
    name_en: "Luhn algorithm",
    source: "ISO/IEC 7812-1 annex B",
    example: "40717",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if !number.is_empty() && !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    if number.len() < 2 {
        return shape::wrong_length(number, "2+");
    }
    let holds = check_digit::luhn_holds(&number);
    numeric::proved(number, holds)
}
