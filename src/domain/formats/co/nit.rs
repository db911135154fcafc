//! 哥伦比亚税号, Colombia NIT (Número de Identificación Tributaria).
//!
//! Structure (8–16): 7–15 digits, 1 check digit (dígito de verificación).
//! Check rule: weights 3 7 13 17 19 23 29 37 41 43 47 53 59 67 71 from the right, Σ mod 11; 0 and 1 stay, others 11 −
//! rest.
//! Source: DIAN, Decreto 1625 of 2016 (from memory, 2026-11-22).
//! Examples: 9001234568, 123456788.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 哥伦比亚税号.
pub const FORMAT: Declared = Declared {
    code: "co.nit",
    name_zh: "哥伦比亚税号",
    name_en: "Colombia NIT (Número de Identificación Tributaria)",
    source: "DIAN, Decreto 1625 of 2016",
    example: "9001234568",
    check_digit: true,
    check,
};

const WEIGHTS: [u32; 15] = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.,");
    let length = text.chars().count();
    if !(8..=16).contains(&length) {
        return shape::wrong_length(text, "8–16");
    }
    if !shape::is_digits(&text) {
        return shape::wrong_alphabet(text);
    }
    let rest = numeric::weighted_from_end(numeric::part(&text, 0..length - 1), &WEIGHTS) % 11;
    let holds = numeric::digit(&text, length - 1) == if rest < 2 { rest } else { 11 - rest };
    numeric::proved(text, holds)
}
