//! 不列颠哥伦比亚省健康号, British Columbia Personal Health Number (PHN).
//!
//! Structure (10): the digit 9, 8 digits, 1 check digit.
//! Check rule: weights 2 4 8 5 10 9 7 3 over digits 2–9, each product mod 11, 11 − Σ mod 11; 10 and 11 are not issued.
//! Source: BC Ministry of Health, vendor specification (from memory, 2026-11-22).
//! Examples: 9123456780, 9876543218.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 不列颠哥伦比亚省健康号.
pub const FORMAT: Declared = Declared {
    code: "ca.bc_phn",
    name_zh: "不列颠哥伦比亚省健康号",
    name_en: "British Columbia Personal Health Number (PHN)",
    source: "BC Ministry of Health, vendor specification",
    example: "9123456780",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[10], |text| {
        if !text.starts_with('9') {
            return shape::wrong_component(text, "应以 9 开头", "does not begin with 9");
        }
        let rest = numeric::weighted(numeric::part(&text, 1..9), &[2, 4, 8, 5, 10, 9, 7, 3]) % 11;
        let holds = (11 - rest) % 11 == numeric::digit(&text, 9);
        numeric::proved(text, holds)
    })
}
