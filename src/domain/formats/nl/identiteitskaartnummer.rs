//! 荷兰身份证件号, Dutch passport or identity card number.
//!
//! Structure (9): 2 letters, 6 digits or letters, 1 digit; never the letter O.
//! Check: shape only.
//! Standard: RvIG, Paspoortuitvoeringsregeling (from memory, 2026-11-22).
//! Examples: SPE997147, SPE145131.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 荷兰身份证件号.
pub const FORMAT: Declared = Declared {
    code: "nl.identiteitskaartnummer",
    name_zh: "荷兰身份证件号",
    name_en: "Dutch passport or identity card number",
    source: "RvIG, Paspoortuitvoeringsregeling",
    example: "SPE997147",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 9 {
        return shape::wrong_length(number, "9");
    }
    if !part::has_shape(&number, "@@******#") {
        return shape::wrong_shape(number);
    }
    if number.contains('O') {
        return shape::wrong_component(number, "不使用字母 O", "the letter O is not used");
    }
    Checked::valid(number)
}
