//! 秘鲁身份证号, Peruvian identity number (CUI, DNI).
//!
//! Structure (8 or 9): 8 digits DNI, 1 check character: a digit or, on older cards, a letter A–K.
//! Check: 11 − Σ dᵢ·wᵢ (3 2 7 6 5 4 3 2) mod 11 selects from 6 7 8 9 0 1 1 2 3 4 5 or K A B C D E F G H I J (11 as
//! 0). The 8 digits alone carry no check.
//! Source: RENIEC (from memory, 2026-11-22).
//! Computed examples: 102030406, 203040500.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 秘鲁身份证号.
pub const FORMAT: Declared = Declared {
    code: "pe.cui",
    name_zh: "秘鲁身份证号",
    name_en: "Peruvian identity number (CUI, DNI)",
    source: "RENIEC",
    example: "102030406",
    check_digit: true,
    check,
};

const DIGITS: &str = "67890112345";
const LETTERS: &str = "KABCDEFGHIJ";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::length_fault(&number, &[8, 9]) {
        return fault;
    }
    let body = numeric::part(&number, 0..8);
    if !shape::is_digits(body) {
        return shape::wrong_alphabet(number);
    }
    let place = (11 - numeric::dot(body, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    let stated = number.chars().nth(8);
    let fits = [DIGITS, LETTERS].iter().any(|series| series.chars().nth(place as usize) == stated);
    if stated.is_some_and(|c| !c.is_ascii_digit() && !LETTERS.contains(c)) {
        return shape::wrong_alphabet(number);
    }
    numeric::proved(number, stated.is_none() || fits)
}
