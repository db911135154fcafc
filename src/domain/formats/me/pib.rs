//! 黑山税号, Montenegrin tax identification number (PIB).
//!
//! Structure (8): 7 digits serial, 1 check digit.
//! Check: −Σ digit · (8 … 2) mod 11 mod 10.
//! Standard: Poreska uprava Crne Gore (from memory, 2026-11-22).
//! Examples: 02633639, 02212927.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 黑山税号.
pub const FORMAT: Declared = Declared {
    code: "me.pib",
    name_zh: "黑山税号",
    name_en: "Montenegrin tax identification number (PIB)",
    source: "Poreska uprava Crne Gore",
    example: "02633639",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[8]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[8, 7, 6, 5, 4, 3, 2]).unwrap_or_default();
    if part::ends_with_nth(&number, "0123456789", (11 - sum % 11) % 11 % 10) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
