//! 土耳其公民身份号, Turkish identity number (T.C. Kimlik No.).
//!
//! Structure (11): 9 digits without leading 0, 2 check digits.
//! Check: d₁₀ = (7·(d₁+d₃+d₅+d₇+d₉) − (d₂+d₄+d₆+d₈)) mod 10, d₁₁ = (d₁ + … + d₁₀) mod 10.
//! Source: Nüfus ve Vatandaşlık İşleri; Law 5490 (from memory, 2026-11-22).
//! Computed examples: 12345678950, 23456789138.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 土耳其公民身份号.
pub const FORMAT: Declared = Declared {
    code: "tr.tckimlik",
    name_zh: "土耳其公民身份号",
    name_en: "Turkish identity number (T.C. Kimlik No.)",
    source: "Nüfus ve Vatandaşlık İşleri; Law 5490",
    example: "12345678950",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[11]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    // −1 is 9 modulo 10.
    let tenth = numeric::dot(&number, &[7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10;
    let eleventh = numeric::dot(&number, &[1; 10]) % 10;
    let holds = tenth == numeric::digit(&number, 9) && eleventh == numeric::digit(&number, 10);
    numeric::proved(number, holds)
}
