//! 希腊增值税号, Greek VAT number (AFM).
//!
//! Structure (9, often after EL or GR): 8 digits serial, 1 check digit; old numbers of 8 digits get a 0 in front.
//! Check: Σ digit · (256 128 64 32 16 8 4 2) mod 11 mod 10.
//! Standard: AADE, the Greek tax authority; EU VIES (prefix EL) (from memory, 2026-11-22).
//! Examples: 419810187, 910300138.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 希腊增值税号.
pub const FORMAT: Declared = Declared {
    code: "gr.vat",
    name_zh: "希腊增值税号",
    name_en: "Greek VAT number (AFM)",
    source: "AADE, the Greek tax authority; EU VIES (prefix EL)",
    example: "419810187",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = part::without_prefix(shape::compact(input, " -./"), &["EL", "GR"]);
    let number = if part::has_shape(&typed, "########") { format!("0{typed}") } else { typed };
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[256, 128, 64, 32, 16, 8, 4, 2]);
    if sum.map(|sum| sum % 11 % 10) == part::number_at(&number, 8..9) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
