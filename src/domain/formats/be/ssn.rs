//! 比利时社会保险号, Belgium social security number (INSZ/NISS).
//!
//! Structure (11): a national number (`be.nn`) or a BIS number (`be.bis`): 6 digits birth date, 3 digits serial, 2
//! check digits.
//! Check rule: 97 − (first 9 digits mod 97), with a 2 before them for births from 2000 on.
//! Source: Crossroads Bank for Social Security (from memory, 2026-11-22).
//! Examples: 80010112379, 80410112368.

use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 比利时社会保险号.
pub const FORMAT: Declared = Declared {
    code: "be.ssn",
    name_zh: "比利时社会保险号",
    name_en: "Belgium social security number (INSZ/NISS)",
    source: "Crossroads Bank for Social Security",
    example: "80010112379",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[11], |text| {
        population::judge(text, |month| super::nn::is_month(month) || super::bis::is_month(month))
    })
}
