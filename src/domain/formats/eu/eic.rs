//! 欧洲能源标识码, European energy identification code (EIC).
//!
//! Structure (16): 2 characters issuing office, 1 letter kind (X party, Y area, Z metering point, W resource, T tie
//! line, V location, A substation), 12 characters (0–9, A–Z, -), 1 check character, never a hyphen. Hyphens belong to
//! the code.
//! Check: with - as 36, Σ vᵢ·wᵢ (16 15 … 2), 36 − (Σ − 1) mod 37 is the value of the check character.
//! Source: ENTSO-E EIC reference manual (from memory, 2026-11-22).
//! Computed examples: 11XABCD-GRID---S, 10Y1001A1234567N.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 欧洲能源标识码.
pub const FORMAT: Declared = Declared {
    code: "eu.eic",
    name_zh: "欧洲能源标识码",
    name_en: "European energy identification code (EIC)",
    source: "ENTSO-E EIC reference manual",
    example: "11XABCD-GRID---S",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " ");
    if let Some(fault) = numeric::length_fault(&number, &[16]) {
        return fault;
    }
    let value = |c: char| match c {
        '-' => Some(36),
        'a'..='z' => None,
        other => other.to_digit(36),
    };
    let Some(values) = number.chars().map(value).collect::<Option<Vec<u32>>>() else {
        return shape::wrong_alphabet(number);
    };
    if number.ends_with('-') {
        return shape::wrong_shape(number);
    }
    let weights = (2..=16).rev();
    let sum: u32 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let holds = values.last() == Some(&(36 - (sum + 36) % 37));
    numeric::proved(number, holds)
}
