//! 加拿大社会保险号, Canada Social Insurance Number (SIN).
//!
//! Structure (9): 1 digit region (1 Atlantic, 2–3 Quebec, 4–5 Ontario, 6 prairies, 7 Pacific, 9 temporary residents; 0
//! and 8 are not issued to people), 7 digits, 1 check digit.
//! Check rule: Luhn.
//! Source: Service Canada (from memory, 2026-11-22).
//! Examples: 123456782, 987654324.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 加拿大社会保险号.
pub const FORMAT: Declared = Declared {
    code: "ca.sin",
    name_zh: "加拿大社会保险号",
    name_en: "Canada Social Insurance Number (SIN)",
    source: "Service Canada",
    example: "123456782",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[9], |text| {
        let region = match numeric::digit(&text, 0) {
            1 => "Atlantic",
            2 | 3 => "Quebec",
            4 | 5 => "Ontario",
            6 => "Prairies",
            7 => "Pacific",
            9 => "temporary resident",
            _ => return shape::wrong_component(text, "首位不能是 0 或 8", "begins with 0 or 8"),
        };
        let holds = check_digit::luhn_holds(&text);
        let mut checked = numeric::proved(text, holds);
        checked.fact("region", region);
        checked
    })
}
