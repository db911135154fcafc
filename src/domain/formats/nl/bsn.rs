//! 荷兰公民服务号, Dutch citizen service number (BSN).
//!
//! Structure (9; zeros in front may be missing down to 7): 8 digits serial, 1 check digit.
//! Check: Σ digit · (9 8 7 6 5 4 3 2 −1) ≡ 0 mod 11.
//! Standard: RvIG, Wet algemene bepalingen burgerservicenummer (from memory, 2026-11-22).
//! Examples: 878025285, 227386231.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 荷兰公民服务号.
pub const FORMAT: Declared = Declared {
    code: "nl.bsn",
    name_zh: "荷兰公民服务号",
    name_en: "Dutch citizen service number (BSN)",
    source: "RvIG, Wet algemene bepalingen burgerservicenummer",
    example: "878025285",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = shape::compact(input, " -.");
    let is_short = part::has_shape(&typed, "#######") || part::has_shape(&typed, "########");
    let number = if is_short { format!("{typed:0>9}") } else { typed };
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if number == "000000000" {
        return shape::wrong_component(number, "没有全零的号码", "zero is never issued");
    }
    if rest(&number) == Some(0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// The remainder of the eleven test (elfproef): 0 for citizen service numbers, 5 for education numbers.
pub(super) fn rest(number: &str) -> Option<u32> {
    shape::weighted_sum(number, &[9, 8, 7, 6, 5, 4, 3, 2, 10]).map(|sum| sum % 11)
}
