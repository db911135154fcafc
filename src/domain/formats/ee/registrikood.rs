//! 爱沙尼亚登记代码, Estonia register code (Registrikood).
//!
//! Structure (8): 1 digit register (1 companies, 7 state bodies, 8 associations and foundations, 9 foreign and others),
//! 6 digits serial, 1 check digit.
//! Check rule: weights 1–7, Σ mod 11; when 10, weights 3–9, mod 11; when 10 again, 0.
//! Source: e-Business Register (RIK) (from memory, 2026-11-22).
//! Examples: 10123459, 80123455.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 爱沙尼亚登记代码.
pub const FORMAT: Declared = Declared {
    code: "ee.registrikood",
    name_zh: "爱沙尼亚登记代码",
    name_en: "Estonia register code (Registrikood)",
    source: "e-Business Register (RIK)",
    example: "10123459",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[8], |text| {
        if !matches!(numeric::digit(&text, 0), 1 | 7 | 8 | 9) {
            return shape::wrong_component(text, "首位应为 1、7、8 或 9", "the first digit is not 1, 7, 8 or 9");
        }
        let expected = super::check_digit(&text, &[1, 2, 3, 4, 5, 6, 7], &[3, 4, 5, 6, 7, 8, 9]);
        let holds = numeric::digit(&text, 7) == expected;
        numeric::proved(text, holds)
    })
}
