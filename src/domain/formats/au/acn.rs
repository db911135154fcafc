//! 澳大利亚公司号, Australian Company Number (ACN).
//!
//! Structure (9): 8 digits, 1 check digit.
//! Check rule: weights 8 7 6 5 4 3 2 1, (10 − Σ mod 10) mod 10.
//! Source: ASIC, Corporations Act 2001 (from memory, 2026-11-22).
//! Examples: 004123451, 123456780.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 澳大利亚公司号.
pub const FORMAT: Declared = Declared {
    code: "au.acn",
    name_zh: "澳大利亚公司号",
    name_en: "Australian Company Number (ACN)",
    source: "ASIC, Corporations Act 2001",
    example: "004123451",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "ACN", " -.", &[9], |text| {
        // Weight 1 for the check digit itself brings the sum to a multiple of 10.
        let holds = numeric::weighted(&text, &[8, 7, 6, 5, 4, 3, 2, 1, 1]).is_multiple_of(10);
        numeric::proved(text, holds)
    })
}
