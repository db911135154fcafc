//! 英国国民保健号, United Kingdom NHS number.
//!
//! Structure (10): 9 digits serial, 1 check digit.
//! Check: Σ digit · (10 … 1) ≡ 0 mod 11.
//! Standard: NHS Data Model and Dictionary (from memory, 2026-11-22).
//! Examples: 1446426181, 7344212676.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 英国国民保健号.
pub const FORMAT: Declared = Declared {
    code: "gb.nhs",
    name_zh: "英国国民保健号",
    name_en: "United Kingdom NHS number",
    source: "NHS Data Model and Dictionary",
    example: "1446426181",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[10]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    if sum.is_some_and(|sum| sum % 11 == 0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
