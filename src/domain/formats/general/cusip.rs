//! 北美证券识别码, North American security number (CUSIP).
//!
//! Structure (9): 6 characters issuer, 2 issue, 1 check digit; characters 0–9, A–Z, * (36), @ (37), # (38).
//! Check: every second value is doubled, the decimal digits of all are added, (10 − Σ mod 10) mod 10.
//! Source: ANSI X9.6 (from memory, 2026-11-22).
//! Computed examples: 20304A504, G1234A106.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 北美证券识别码.
pub const FORMAT: Declared = Declared {
    code: "cusip",
    name_zh: "北美证券识别码",
    name_en: "North American security number (CUSIP)",
    source: "ANSI X9.6",
    example: "20304A504",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[9]) {
        return fault;
    }
    let mut sum = 0;
    for (place, c) in number.chars().take(8).enumerate() {
        let Some(value) = value(c) else { return shape::wrong_alphabet(number) };
        let product = value * if place % 2 == 1 { 2 } else { 1 };
        sum += product / 10 + product % 10;
    }
    match numeric::last_digit(&number) {
        None => shape::wrong_alphabet(number),
        Some(last) => numeric::proved(number, last == (10 - sum % 10) % 10),
    }
}

fn value(c: char) -> Option<u32> {
    match c {
        '*' => Some(36),
        '@' => Some(37),
        '#' => Some(38),
        'a'..='z' => None,
        other => other.to_digit(36),
    }
}
