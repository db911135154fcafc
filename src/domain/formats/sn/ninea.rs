//! 塞内加尔企业识别号, Senegalese enterprise number (NINEA).
//!
//! Structure: 7 or 9 digits, the last a check digit, and optionally 3 characters COFI: tax regime 0–2, letter of the
//! legal form, digit.
//! Check: Σ dᵢ·wᵢ mod 10 = 0, weights 1 2 1 2 1 2 1 (2 1) with the last digit weighing 1.
//! Inferred: the weights were confirmed on valid numbers of the conformance data only.
//! Source: ANSD, Direction générale des Impôts (from memory, 2026-11-22).
//! Computed examples: 3012341, 005123451.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 塞内加尔企业识别号.
pub const FORMAT: Declared = Declared {
    code: "sn.ninea",
    name_zh: "塞内加尔企业识别号",
    name_en: "Senegalese enterprise number (NINEA)",
    source: "ANSD, Direction générale des Impôts",
    example: "3012341",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.,/");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[7, 9, 10, 12]) {
        return fault;
    }
    let (digits, cofi) = match number.len() {
        7 | 9 => (number.as_str(), ""),
        length => number.split_at_checked(length - 3).unwrap_or_default(),
    };
    if !shape::is_digits(digits) {
        return shape::wrong_alphabet(number);
    }
    let mut parts = cofi.chars();
    let (regime, form, last) = (parts.next(), parts.next(), parts.next());
    let fits = regime.is_none_or(|c| "012".contains(c))
        && form.is_none_or(|c| c.is_ascii_uppercase())
        && last.is_none_or(|c| c.is_ascii_digit());
    if !fits {
        return shape::wrong_component(number, "COFI 码不对", "an impossible COFI code");
    }
    let sum = numeric::dot_from_right(digits, &[1, 2, 1, 2, 1, 2, 1, 2, 1]);
    numeric::proved(number, sum.is_multiple_of(10))
}
