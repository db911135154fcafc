//! 几内亚税号, Guinean permanent tax identification number (NIFp).
//!
//! Structure (9): 8 digits serial, 1 check digit.
//! Check: Luhn.
//! Standard: Direction nationale des impôts, Guinea (from memory, 2026-11-22).
//! Examples: 806826533, 251570404.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 几内亚税号.
pub const FORMAT: Declared = Declared {
    code: "gn.nifp",
    name_zh: "几内亚税号",
    name_en: "Guinean permanent tax identification number (NIFp)",
    source: "Direction nationale des impôts, Guinea",
    example: "806826533",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if check_digit::luhn_holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
