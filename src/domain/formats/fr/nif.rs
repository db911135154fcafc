//! 法国个人税号, French tax identification number (NIF, numéro fiscal de référence).
//!
//! Structure (13): 1 digit 0–3, 9 digits serial, 3 check digits.
//! Check: the first 10 digits mod 511.
//! Standard: Direction générale des Finances publiques; OECD TIN sheet of France (from memory, 2026-11-22).
//! Examples: 3310714951117, 3222018783263.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 法国个人税号.
pub const FORMAT: Declared = Declared {
    code: "fr.nif",
    name_zh: "法国个人税号",
    name_en: "French tax identification number (NIF, numéro fiscal de référence)",
    source: "Direction générale des Finances publiques; OECD TIN sheet of France",
    example: "3310714951117",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[13]) {
        return wrong;
    }
    if !number.starts_with(['0', '1', '2', '3']) {
        return shape::wrong_component(number, "首位须为 0–3", "the first digit is 0 to 3");
    }
    let expected = number.get(..10).and_then(|base| part::remainder(base, 511));
    if expected == part::number_at(&number, 10..13) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
