//! 卢森堡增值税号, Luxembourgian VAT number (TVA).
//!
//! Structure (8, often after LU): 6 digits serial, 2 check digits.
//! Check: the first 6 mod 89.
//! Standard: AED, Luxembourg; EU VIES (from memory, 2026-11-22).
//! Examples: 84888188, 14293186.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 卢森堡增值税号.
pub const FORMAT: Declared = Declared {
    code: "lu.tva",
    name_zh: "卢森堡增值税号",
    name_en: "Luxembourgian VAT number (TVA)",
    source: "AED, Luxembourg; EU VIES",
    example: "84888188",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -.:"), &["LU"]);
    if let Some(wrong) = part::wrong_digits(&number, &[8]) {
        return wrong;
    }
    if part::number_at(&number, 0..6).map(|base| base % 89) == part::number_at(&number, 6..8) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
