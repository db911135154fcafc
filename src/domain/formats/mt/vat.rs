//! 马耳他增值税号, Maltese VAT number.
//!
//! Structure (8, often after MT): 6 digits serial (the first not 0), 2 check digits.
//! Check: Σ digit · (3 4 6 7 8 9 10 1) ≡ 0 mod 37.
//! Standard: Commissioner for Tax and Customs, Malta; EU VIES (from memory, 2026-11-22).
//! Examples: 14756260, 17345833.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 马耳他增值税号.
pub const FORMAT: Declared = Declared {
    code: "mt.vat",
    name_zh: "马耳他增值税号",
    name_en: "Maltese VAT number",
    source: "Commissioner for Tax and Customs, Malta; EU VIES",
    example: "14756260",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["MT"]);
    if let Some(wrong) = part::wrong_digits(&number, &[8]) {
        return wrong;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不为 0", "the first digit is not 0");
    }
    let sum = shape::weighted_sum(&number, &[3, 4, 6, 7, 8, 9, 10, 1]);
    if sum.is_some_and(|sum| sum % 37 == 0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
