//! 澳大利亚税号, Australian Tax File Number (TFN).
//!
//! Structure (9, older 8): digits, the last a check digit.
//! Check rule: weights 1 4 3 7 5 8 6 9 10 (8 digits: 10 7 8 4 6 3 5 1), Σ mod 11 = 0.
//! Source: Australian Taxation Office (from memory, 2026-11-22).
//! Examples: 123456782, 12345677.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 澳大利亚税号.
pub const FORMAT: Declared = Declared {
    code: "au.tfn",
    name_zh: "澳大利亚税号",
    name_en: "Australian Tax File Number (TFN)",
    source: "Australian Taxation Office",
    example: "123456782",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "TFN", " -.", &[8, 9], |text| {
        let weights: &[u32] = if text.len() == 9 { &[1, 4, 3, 7, 5, 8, 6, 9, 10] } else { &[10, 7, 8, 4, 6, 3, 5, 1] };
        let holds = numeric::weighted(&text, weights).is_multiple_of(11);
        numeric::proved(text, holds)
    })
}
