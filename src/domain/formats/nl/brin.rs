//! 荷兰学校代码, Dutch school identification number (BRIN).
//!
//! Structure (4 or 6): 2 digits, 2 letters, optionally 2 digits of the location. No check digit.
//! Check: shape only.
//! Standard: DUO, Basisregistratie instellingen (from memory, 2026-11-22).
//! Examples: 99ZZ44, 99ZZ62.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 荷兰学校代码.
pub const FORMAT: Declared = Declared {
    code: "nl.brin",
    name_zh: "荷兰学校代码",
    name_en: "Dutch school identification number (BRIN)",
    source: "DUO, Basisregistratie instellingen",
    example: "99ZZ44",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if ![4, 6].contains(&number.chars().count()) {
        return shape::wrong_length(number, "4/6");
    }
    if part::has_shape(&number, "##@@") || part::has_shape(&number, "##@@##") {
        Checked::valid(number)
    } else {
        shape::wrong_shape(number)
    }
}
