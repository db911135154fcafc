//! 台湾统一编号, Taiwanese unified business number (統一編號).
//!
//! Structure (8): 7 digits serial, 1 check digit.
//! Check: Σ of the decimal digits of dᵢ·wᵢ (1 2 1 2 1 2 4 1) is divisible by 5; where the 7th digit is 7, the sum or
//! the sum + 1 (28 → 2 + 8 → 10 → 1 or 0).
//! Source: Ministry of Finance, rule in force since 2023-04-01 (from memory, 2026-11-22).
//! Computed examples: 20468112, 50003214.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 台湾统一编号.
pub const FORMAT: Declared = Declared {
    code: "tw.ubn",
    name_zh: "台湾统一编号",
    name_en: "Taiwanese unified business number (統一編號)",
    source: "Ministry of Finance, rule in force since 2023-04-01",
    example: "20468112",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[8]) {
        return fault;
    }
    let products = [1, 2, 1, 2, 1, 2, 4, 1].iter().enumerate().map(|(place, w)| numeric::digit(&number, place) * w);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    let holds = sum.is_multiple_of(5) || (numeric::digit(&number, 6) == 7 && (sum + 1).is_multiple_of(5));
    numeric::proved(number, holds)
}
