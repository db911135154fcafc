//! 俄罗斯纳税人识别号, Russian taxpayer number (INN).
//!
//! Structure (10 company, 12 person): 4 digits tax office, 5 or 6 digits serial, 1 or 2 check digits.
//! Check: Σ dᵢ·wᵢ mod 11 mod 10; company weights 2 4 10 3 5 9 4 6 8; person 7 2 4 10 3 5 9 4 6 8 for the 11th digit
//! and 3 7 2 4 10 3 5 9 4 6 8 for the 12th.
//! Source: Federal Tax Service of Russia (from memory, 2026-11-22).
//! Computed examples: 7701234560, 770123456703.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 俄罗斯纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "ru.inn",
    name_zh: "俄罗斯纳税人识别号",
    name_en: "Russian taxpayer number (INN)",
    source: "Federal Tax Service of Russia",
    example: "7701234560",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[10, 12]) {
        return fault;
    }
    let fits = |weights: &[u32]| numeric::dot(&number, weights) % 11 % 10 == numeric::digit(&number, weights.len());
    let is_person = number.len() == 12;
    let holds = if is_person {
        fits(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && fits(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
    } else {
        fits(&[2, 4, 10, 3, 5, 9, 4, 6, 8])
    };
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", if is_person { "person" } else { "company" });
    checked
}
