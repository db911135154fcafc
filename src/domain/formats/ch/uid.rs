//! 瑞士企业识别号, Switzerland UID (Unternehmens-Identifikationsnummer).
//!
//! Structure (12): CHE, 8 digits, 1 check digit.
//! Check rule: weights 5 4 3 2 7 6 5 4, (11 − Σ mod 11) mod 11; 10 is not issued.
//! Source: Federal Statistical Office, UIDG (SR 431.03) (from memory, 2026-11-22).
//! Examples: CHE123456788, CHE100123459.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 瑞士企业识别号.
pub const FORMAT: Declared = Declared {
    code: "ch.uid",
    name_zh: "瑞士企业识别号",
    name_en: "Switzerland UID (Unternehmens-Identifikationsnummer)",
    source: "Federal Statistical Office, UIDG (SR 431.03)",
    example: "CHE123456788",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    judge(shape::compact(input, " -."))
}

/// Judges a compact number.
pub fn judge(text: String) -> Checked {
    if text.chars().count() != 12 {
        return shape::wrong_length(text, "12");
    }
    if !text.starts_with("CHE") {
        return shape::wrong_component(text, "应以 CHE 开头", "does not begin with CHE");
    }
    if !numeric::fits(&text, "AAA999999999") {
        return shape::wrong_alphabet(text);
    }
    let rest = numeric::weighted(numeric::part(&text, 3..11), &[5, 4, 3, 2, 7, 6, 5, 4]) % 11;
    let holds = (11 - rest) % 11 == numeric::digit(&text, 11);
    numeric::proved(text, holds)
}
