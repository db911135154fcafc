//! 斯洛伐克增值税号, Slovak VAT number (IČ DPH).
//!
//! Structure (10): first digit 1–9, third digit 2 3 4 7 8 9 (0 1 5 6 only where the number is a birth number),
//! divisible by 11; SK is dropped.
//! Check: the number modulo 11 is 0.
//! Source: VIES (from memory, 2026-11-22).
//! Computed examples: 2021234567, 2102030403.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 斯洛伐克增值税号.
pub const FORMAT: Declared = Declared {
    code: "sk.dph",
    name_zh: "斯洛伐克增值税号",
    name_en: "Slovak VAT number (IČ DPH)",
    source: "VIES",
    example: "2021234567",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "SK");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    if number.starts_with('0') && !is_birth_number(&number) {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    if number.parse::<u64>().unwrap_or(1) % 11 != 0 {
        return shape::wrong_check_digit(number);
    }
    if [0, 1, 5, 6].contains(&numeric::digit(&number, 2)) && !is_birth_number(&number) {
        return shape::wrong_component(number, "第三位不可能", "an impossible third digit");
    }
    Checked::valid(number)
}

/// yymmdd with month + 50 for women.
fn is_birth_number(number: &str) -> bool {
    let month = numeric::number(number, 2..4) % 50;
    numeric::short_date(numeric::number(number, 0..2), month, numeric::number(number, 4..6)).is_some()
}
