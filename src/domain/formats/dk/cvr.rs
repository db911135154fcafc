//! 丹麦企业号, Denmark CVR number.
//!
//! Structure (8): 7 digits (the first not 0), 1 check digit; the country code DK is dropped.
//! Check rule: weights 2 7 6 5 4 3 2 1, Σ mod 11 = 0.
//! Source: Erhvervsstyrelsen, CVR-loven; VIES (from memory, 2026-11-22).
//! Examples: 12345674, 23456788.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 丹麦企业号.
pub const FORMAT: Declared = Declared {
    code: "dk.cvr",
    name_zh: "丹麦企业号",
    name_en: "Denmark CVR number",
    source: "Erhvervsstyrelsen, CVR-loven; VIES",
    example: "12345674",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "DK", " -.,/:", &[8], |text| {
        if text.starts_with('0') {
            return shape::wrong_component(text, "不以 0 开头", "begins with 0");
        }
        let holds = numeric::weighted(&text, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
        numeric::proved(text, holds)
    })
}
