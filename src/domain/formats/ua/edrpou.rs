//! 乌克兰法人登记码, Ukrainian company code (ЄДРПОУ).
//!
//! Structure (8): 7 digits serial, 1 check digit.
//! Check: Σ dᵢ·wᵢ mod 11, weights 1 2 3 4 5 6 7, between 30000000 and 60000000 7 1 2 3 4 5 6; where that is 10, once
//! more with every weight 2 larger, mod 11 mod 10.
//! Source: State Statistics Service of Ukraine (from memory, 2026-11-22).
//! Computed examples: 12345678, 31234562.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 乌克兰法人登记码.
pub const FORMAT: Declared = Declared {
    code: "ua.edrpou",
    name_zh: "乌克兰法人登记码",
    name_en: "Ukrainian company code (ЄДРПОУ)",
    source: "State Statistics Service of Ukraine",
    example: "12345678",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[8]) {
        return fault;
    }
    let weights = match numeric::number(&number, 0..8) {
        30_000_000..=60_000_000 => [7, 1, 2, 3, 4, 5, 6],
        _ => [1, 2, 3, 4, 5, 6, 7],
    };
    let expected = match numeric::dot(&number, &weights) % 11 {
        10 => numeric::dot(&number, &weights.map(|weight| weight + 2)) % 11 % 10,
        rest => rest,
    };
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
