//! 莫桑比克税号, Mozambican tax number (NUIT).
//!
//! Structure (9): 1 kind (1 persons, 4 companies …), 7 digits serial, 1 check digit.
//! Check: Σ digit · (8 9 4 5 6 7 8 9) mod 11 as index of 01234567891.
//! Standard: Autoridade Tributária de Moçambique (from memory, 2026-11-22).
//! Examples: 401874437, 406862682.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 莫桑比克税号.
pub const FORMAT: Declared = Declared {
    code: "mz.nuit",
    name_zh: "莫桑比克税号",
    name_en: "Mozambican tax number (NUIT)",
    source: "Autoridade Tributária de Moçambique",
    example: "401874437",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[8, 9, 4, 5, 6, 7, 8, 9]).unwrap_or_default();
    if part::ends_with_nth(&number, "01234567891", sum % 11) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
