//! 匈牙利税号, Hungarian tax number (ANUM, adószám).
//!
//! Structure (8, often after HU): 7 digits serial, 1 check digit; the domestic form adds 1 digit of the VAT status and
//! 2 digits of the county: 11 digits.
//! Check: Σ digit · (9 7 3 1 9 7 3 1) ≡ 0 mod 10.
//! Standard: NAV, law CL of 2017; EU VIES (from memory, 2026-11-22).
//! Examples: 96905971, 63141841.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 匈牙利税号.
pub const FORMAT: Declared = Declared {
    code: "hu.anum",
    name_zh: "匈牙利税号",
    name_en: "Hungarian tax number (ANUM, adószám)",
    source: "NAV, law CL of 2017; EU VIES",
    example: "96905971",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["HU"]);
    if let Some(wrong) = part::wrong_digits(&number, &[8, 11]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[9, 7, 3, 1, 9, 7, 3, 1]);
    if sum.is_some_and(|sum| sum % 10 == 0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
