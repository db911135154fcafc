//! 西班牙税号, Spain NIF (Número de Identificación Fiscal).
//!
//! Structure (9): a DNI (8 digits, letter), a NIE (X Y Z, 7 digits, letter), K, L or M with 7 digits and letter
//! (minors, Spaniards abroad, foreigners without NIE), or a CIF (letter, 7 digits, check character); the country code
//! ES is dropped.
//! Check rule: that of DNI, NIE or CIF; K, L and M as a DNI over the 7 digits.
//! Source: Agencia Tributaria, RD 1065/2007 (from memory, 2026-11-22).
//! Examples: 12345678Z, K1234567L.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙税号.
pub const FORMAT: Declared = Declared {
    code: "es.nif",
    name_zh: "西班牙税号",
    name_en: "Spain NIF (Número de Identificación Fiscal)",
    source: "Agencia Tributaria, RD 1065/2007",
    example: "12345678Z",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -."), &["ES"]);
    match numeric::letter(&text, 0) {
        '0'..='9' => super::dni::judge(text),
        'X' | 'Y' | 'Z' => super::nie::judge(text),
        'K' | 'L' | 'M' => special(text),
        _ => super::cif::judge(text),
    }
}

fn special(text: String) -> Checked {
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !numeric::fits(&text, "A9999999A") {
        return shape::wrong_shape(text);
    }
    let holds = super::letter_of(numeric::number(&text, 1..8)) == Some(numeric::letter(&text, 8));
    numeric::proved(text, holds)
}
