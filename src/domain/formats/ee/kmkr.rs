//! 爱沙尼亚增值税号, Estonia VAT number (KMKR).
//!
//! Structure (9): 8 digits, 1 check digit; the country code EE is dropped.
//! Check rule: weights 3 7 1 3 7 1 3 7 1, Σ mod 10 = 0.
//! Source: Estonian Tax and Customs Board; VIES (from memory, 2026-11-22).
//! Examples: 100123450, 101987653.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 爱沙尼亚增值税号.
pub const FORMAT: Declared = Declared {
    code: "ee.kmkr",
    name_zh: "爱沙尼亚增值税号",
    name_en: "Estonia VAT number (KMKR)",
    source: "Estonian Tax and Customs Board; VIES",
    example: "100123450",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "EE", " -.", &[9], |text| {
        let holds = numeric::weighted(&text, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10);
        numeric::proved(text, holds)
    })
}
