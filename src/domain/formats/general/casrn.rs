//! 化学物质登录号 (CAS), CAS registry number.
//!
//! Structure (5–10 digits): 2–7 digits without leading 0, hyphen, 2 digits, hyphen, 1 check digit. Normal form with
//! hyphens.
//! Check: Σ dᵢ·i mod 10, i counted from the right from the digit before the check digit.
//! Source: American Chemical Society (from memory, 2026-11-22).
//! Computed examples: 58-08-2, 123456-78-0.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 化学物质登录号 (CAS).
pub const FORMAT: Declared = Declared {
    code: "casrn",
    name_zh: "化学物质登录号 (CAS)",
    name_en: "CAS registry number",
    source: "American Chemical Society",
    example: "58-08-2",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " ");
    let digits: String = written.chars().filter(|c| *c != '-').collect();
    if digits.is_empty() || !shape::is_digits(&digits) {
        return shape::wrong_alphabet(written);
    }
    if !(5..=10).contains(&digits.len()) {
        return shape::wrong_length(written, "5-10");
    }
    let length = digits.len();
    let body = numeric::part(&digits, 0..length - 1);
    let (serial, pair) = (numeric::part(&digits, 0..length - 3), numeric::part(&digits, length - 3..length - 1));
    let number = format!("{serial}-{pair}-{}", numeric::part(&digits, length - 1..length));
    if digits.starts_with('0') || (written.contains('-') && written != number) {
        return shape::wrong_shape(written);
    }
    let expected = numeric::dot_from_right(body, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 10;
    let holds = numeric::last_digit(&digits) == Some(expected);
    numeric::proved(number, holds)
}
