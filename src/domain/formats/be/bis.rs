//! 比利时 BIS 号, Belgium BIS number.
//!
//! Structure (11): 6 digits birth date YYMMDD with 20 (sex unknown) or 40 added to the month, 3 digits serial (with 40
//! odd: men, even: women), 2 check digits. For people who are not in the National Register.
//! Check rule: as for the national number, 97 − (9 digits mod 97).
//! Source: Crossroads Bank for Social Security, Royal Decree of 8 February 1991 (from memory, 2026-11-22).
//! Examples: 80410112368, 05210101216.

use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 比利时 BIS 号.
pub const FORMAT: Declared = Declared {
    code: "be.bis",
    name_zh: "比利时 BIS 号",
    name_en: "Belgium BIS number",
    source: "Crossroads Bank for Social Security, Royal Decree of 8 February 1991",
    example: "80410112368",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[11], |text| population::judge(text, is_month))
}

/// Whether a BIS number may have this month: 20–32 or 40–52, 20 and 40 standing for an unknown month.
pub fn is_month(month: u64) -> bool {
    matches!(month, 20..=32 | 40..=52)
}
