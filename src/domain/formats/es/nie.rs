//! 西班牙外国人身份号, Spain NIE (Número de Identidad de Extranjero).
//!
//! Structure (9): X, Y or Z, 7 digits, 1 check letter.
//! Check rule: the letter as 0, 1 or 2 before the digits, mod 23 as a letter of TRWAGMYFPDXBNJZSQVHLCKE.
//! Source: Ministerio del Interior, RD 557/2011 (from memory, 2026-11-22).
//! Examples: X1234567L, Z7654321H.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙外国人身份号.
pub const FORMAT: Declared = Declared {
    code: "es.nie",
    name_zh: "西班牙外国人身份号",
    name_en: "Spain NIE (Número de Identidad de Extranjero)",
    source: "Ministerio del Interior, RD 557/2011",
    example: "X1234567L",
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
    let first = match numeric::letter(&text, 0) {
        'X' => 0,
        'Y' => 1,
        'Z' => 2,
        _ => return shape::wrong_shape(text),
    };
    if !numeric::fits(&text, "A9999999A") {
        return shape::wrong_shape(text);
    }
    let number = first * 10_000_000 + numeric::number(&text, 1..8);
    let holds = super::letter_of(number) == Some(numeric::letter(&text, 8));
    numeric::proved(text, holds)
}
