//! 奥地利增值税号, Austria UID (Umsatzsteuer-Identifikationsnummer).
//!
//! Structure (9): the letter U, 7 digits, 1 check digit; the country code AT is dropped.
//! Check rule: weights 1 2 1 2 1 2 1, cross sums of the products; (96 − Σ) mod 10.
//! Source: BMF, UStG 1994 Art. 28; BMF check algorithm (from memory, 2026-11-22).
//! Examples: U12345675, U98765434.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 奥地利增值税号.
pub const FORMAT: Declared = Declared {
    code: "at.uid",
    name_zh: "奥地利增值税号",
    name_en: "Austria UID (Umsatzsteuer-Identifikationsnummer)",
    source: "BMF, UStG 1994 Art. 28; BMF check algorithm",
    example: "U12345675",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -./"), &["AT"]);
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !text.starts_with('U') || !numeric::fits(&text, "A99999999") {
        return shape::wrong_shape(text);
    }
    let cross_sum = |(position, c): (usize, char)| {
        let product = c.to_digit(10).unwrap_or_default() * if position % 2 == 0 { 1 } else { 2 };
        product / 10 + product % 10
    };
    let sum: u32 = numeric::part(&text, 1..8).chars().enumerate().map(cross_sum).sum();
    let holds = numeric::digit(&text, 8) == (96 - sum) % 10;
    numeric::proved(text, holds)
}
