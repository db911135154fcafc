//! 西班牙国民身份证号, Spain DNI (Documento Nacional de Identidad).
//!
//! Structure (9): 8 digits, 1 check letter.
//! Check rule: the number mod 23 as a letter of TRWAGMYFPDXBNJZSQVHLCKE.
//! Source: Ministerio del Interior, RD 1553/2005 (from memory, 2026-11-22).
//! Examples: 12345678Z, 01234567L.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙国民身份证号.
pub const FORMAT: Declared = Declared {
    code: "es.dni",
    name_zh: "西班牙国民身份证号",
    name_en: "Spain DNI (Documento Nacional de Identidad)",
    source: "Ministerio del Interior, RD 1553/2005",
    example: "12345678Z",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    judge(shape::compact(input, " -."))
}

/// Judges a compact number.
pub fn judge(text: String) -> Checked {
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !numeric::fits(&text, "99999999A") {
        return shape::wrong_shape(text);
    }
    let holds = super::letter_of(numeric::number(&text, 0..8)) == Some(numeric::letter(&text, 8));
    numeric::proved(text, holds)
}
