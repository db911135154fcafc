//! 法国企业识别号, French company number (SIREN).
//!
//! Structure (9): 8 digits serial, 1 check digit.
//! Check: Luhn.
//! Standard: INSEE, répertoire Sirene (from memory, 2026-11-22).
//! Examples: 025835125, 690081609.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 法国企业识别号.
pub const FORMAT: Declared = Declared {
    code: "fr.siren",
    name_zh: "法国企业识别号",
    name_en: "French company number (SIREN)",
    source: "INSEE, répertoire Sirene",
    example: "025835125",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if check_digit::luhn_holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
