//! 美国银行路由号, US bank routing transit number (RTN, ABA).
//!
//! Structure (9): 4 digits Federal Reserve routing symbol (first two 00–12, 21–32, 61–72, 80), 4 digits institution,
//! 1 check digit.
//! Check: Σ dᵢ·wᵢ (3 7 1 3 7 1 3 7 1) mod 10 = 0.
//! Source: American Bankers Association (from memory, 2026-11-22).
//! Computed examples: 121000248, 021000128.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 美国银行路由号.
pub const FORMAT: Declared = Declared {
    code: "us.rtn",
    name_zh: "美国银行路由号",
    name_en: "US bank routing transit number (RTN, ABA)",
    source: "American Bankers Association",
    example: "121000248",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[9]) {
        return fault;
    }
    if !numeric::dot(&number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10) {
        return shape::wrong_check_digit(number);
    }
    match numeric::number(&number, 0..2) {
        0..=12 | 21..=32 | 61..=72 | 80 => Checked::valid(number),
        _ => shape::unknown_component(number, "未知的联邦储备区", "an unknown Federal Reserve district"),
    }
}
