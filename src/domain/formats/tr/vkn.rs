//! 土耳其税号, Turkish tax number (Vergi Kimlik No.).
//!
//! Structure (10): 9 digits serial, 1 check digit.
//! Check: with tᵢ = (dᵢ + 10 − i) mod 10 (i from 1), each tᵢ ≠ 0 adds tᵢ·2^(10−i) mod 9, a remainder of 0 counting as
//! 9; the check digit is (10 − Σ mod 10) mod 10.
//! Source: Gelir İdaresi Başkanlığı (from memory, 2026-11-22).
//! Computed examples: 1234567890, 4680012348.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 土耳其税号.
pub const FORMAT: Declared = Declared {
    code: "tr.vkn",
    name_zh: "土耳其税号",
    name_en: "Turkish tax number (Vergi Kimlik No.)",
    source: "Gelir İdaresi Başkanlığı",
    example: "1234567890",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    let sum: u32 = (0..9).map(|place| term(numeric::digit(&number, place), 9 - place as u32)).sum();
    let holds = numeric::last_digit(&number) == Some((10 - sum % 10) % 10);
    numeric::proved(number, holds)
}

fn term(digit: u32, distance: u32) -> u32 {
    match (digit + distance) % 10 {
        0 => 0,
        shifted => (shifted * 2_u32.pow(distance) + 8) % 9 + 1,
    }
}
