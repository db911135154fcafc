//! 比利时国民登记号, Belgium National Number (Rijksregisternummer).
//!
//! Structure (11): 6 digits birth date YYMMDD, 3 digits serial (odd: men, even: women), 2 check digits.
//! Check rule: 97 − (first 9 digits mod 97), with a 2 before them for births from 2000 on. Month 00: date unknown; a
//! day that its month does not have: day unknown.
//! Source: Royal Decree of 3 April 1984, IT 000 of the National Register (from memory, 2026-11-22).
//! Examples: 80010112379, 05022801243.

use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 比利时国民登记号.
pub const FORMAT: Declared = Declared {
    code: "be.nn",
    name_zh: "比利时国民登记号",
    name_en: "Belgium National Number (Rijksregisternummer)",
    source: "Royal Decree of 3 April 1984, IT 000 of the National Register",
    example: "80010112379",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[11], |text| population::judge(text, is_month))
}

/// Whether a number of the National Register may have this month: 1–12, or 0 when it is not known.
pub fn is_month(month: u64) -> bool {
    month <= 12
}
