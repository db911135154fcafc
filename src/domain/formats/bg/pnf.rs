//! 保加利亚外国人个人号, Bulgaria PNF/LNCh (Личен номер на чужденец).
//!
//! Structure (10): 9 digits, 1 check digit.
//! Check rule: weights 21 19 17 13 11 9 7 3 1, Σ mod 10.
//! Source: Bulgarian Ministry of the Interior (from memory, 2026-11-22).
//! Examples: 1001234562, 7012345679.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 保加利亚外国人个人号.
pub const FORMAT: Declared = Declared {
    code: "bg.pnf",
    name_zh: "保加利亚外国人个人号",
    name_en: "Bulgaria PNF/LNCh (Личен номер на чужденец)",
    source: "Bulgarian Ministry of the Interior",
    example: "1001234562",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "BG", " -.", &[10], |text| {
        let holds = holds(&text);
        numeric::proved(text, holds)
    })
}

/// Whether the check digit of ten digits holds.
pub fn holds(digits: &str) -> bool {
    numeric::weighted(digits, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == numeric::digit(digits, 9)
}
