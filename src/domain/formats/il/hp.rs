//! 以色列公司号, Israeli company number (mispar chevra, H.P.).
//!
//! Structure (9): 5 (51 companies, 58 non-profit organisations …), 7 digits serial, 1 check digit.
//! Check: Luhn.
//! Standard: Israeli Corporations Authority (from memory, 2026-11-22).
//! Examples: 545752180, 527682512.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 以色列公司号.
pub const FORMAT: Declared = Declared {
    code: "il.hp",
    name_zh: "以色列公司号",
    name_en: "Israeli company number (mispar chevra, H.P.)",
    source: "Israeli Corporations Authority",
    example: "545752180",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if !number.starts_with('5') {
        return shape::wrong_component(number, "公司号以 5 开头", "company numbers begin with 5");
    }
    if check_digit::luhn_holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
