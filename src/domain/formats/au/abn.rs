//! 澳大利亚商业号码, Australian Business Number (ABN).
//!
//! Structure (11): 2 check digits, 9 digits (for companies the ACN).
//! Check rule: take 1 from the first digit, weights 10 1 3 5 7 9 11 13 15 17 19, Σ mod 89 = 0.
//! Source: Australian Business Register, ABN Act 1999 (from memory, 2026-11-22).
//! Examples: 10900123456, 18123456789.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 澳大利亚商业号码.
pub const FORMAT: Declared = Declared {
    code: "au.abn",
    name_zh: "澳大利亚商业号码",
    name_en: "Australian Business Number (ABN)",
    source: "Australian Business Register, ABN Act 1999",
    example: "10900123456",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "ABN", " -.", &[11], |text| {
        // Taking 1 from the first digit takes its weight, 10, from the sum; 79 is −10 modulo 89.
        let sum = numeric::weighted(&text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) + 79;
        let holds = sum.is_multiple_of(89) && !text.starts_with('0');
        numeric::proved(text, holds)
    })
}
