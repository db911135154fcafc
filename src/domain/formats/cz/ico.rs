//! 捷克企业识别号, Czech IČO (Identifikační číslo osoby).
//!
//! Structure (8): 7 digits, 1 check digit.
//! Check rule: weights 8 7 6 5 4 3 2, (11 − Σ mod 11) mod 10.
//! Source: Czech Statistical Office; Act 111/2009 on basic registers (from memory, 2026-11-22).
//! Examples: 12345679, 00123455.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 捷克企业识别号.
pub const FORMAT: Declared = Declared {
    code: "cz.ico",
    name_zh: "捷克企业识别号",
    name_en: "Czech IČO (Identifikační číslo osoby)",
    source: "Czech Statistical Office; Act 111/2009 on basic registers",
    example: "12345679",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "CZ", " /.-", &[8], |text| {
        let holds = holds(&text);
        numeric::proved(text, holds)
    })
}

/// Whether the check digit of eight digits holds.
pub fn holds(digits: &str) -> bool {
    (11 - numeric::weighted(digits, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == numeric::digit(digits, 7)
}
