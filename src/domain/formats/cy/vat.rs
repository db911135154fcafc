//! 塞浦路斯增值税号, Cyprus VAT number (ΦΠΑ).
//!
//! Structure (9): 8 digits (never beginning with 12), 1 check letter; the country code CY is dropped.
//! Check rule: digits 1, 3, 5, 7 become 1 0 5 7 9 13 15 17 19 21 for 0–9, the others stay; Σ mod 26 as a letter, A = 0.
//! Source: Cyprus Tax Department; VIES (from memory, 2026-11-22).
//! Examples: 10123456G, 90987654M.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 塞浦路斯增值税号.
pub const FORMAT: Declared = Declared {
    code: "cy.vat",
    name_zh: "塞浦路斯增值税号",
    name_en: "Cyprus VAT number (ΦΠΑ)",
    source: "Cyprus Tax Department; VIES",
    example: "10123456G",
    check_digit: true,
    check,
};

const ODD_VALUES: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -."), &["CY"]);
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !numeric::fits(&text, "99999999A") {
        return shape::wrong_shape(text);
    }
    if text.starts_with("12") {
        return shape::wrong_component(text, "不以 12 开头", "never begins with 12");
    }
    let value = |(position, c): (usize, char)| match c.to_digit(10) {
        Some(digit) if position % 2 == 0 => ODD_VALUES.get(digit as usize).copied(),
        digit => digit,
    };
    let sum: u32 = numeric::part(&text, 0..8).chars().enumerate().filter_map(value).sum();
    let holds = char::from_digit(10 + sum % 26, 36).map(|c| c.to_ascii_uppercase()) == Some(numeric::letter(&text, 8));
    numeric::proved(text, holds)
}
