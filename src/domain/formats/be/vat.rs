//! 比利时增值税号, Belgium enterprise and VAT number.
//!
//! Structure (10; older 9, a 0 is put before them): 8 digits beginning with 0 or 1, 2 check digits; BE is dropped.
//! Check rule: 97 − (first 8 digits mod 97).
//! Source: Crossroads Bank for Enterprises (KBO/BCE) (from memory, 2026-11-22).
//! Examples: 0412345614, 1000123448.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 比利时增值税号.
pub const FORMAT: Declared = Declared {
    code: "be.vat",
    name_zh: "比利时增值税号",
    name_en: "Belgium enterprise and VAT number",
    source: "Crossroads Bank for Enterprises (KBO/BCE)",
    example: "0412345614",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "BE", " -./()", &[9, 10], |text| {
        let text = format!("{text:0>10}");
        let body = numeric::number(&text, 0..8);
        if body == 0 {
            return shape::wrong_shape(text);
        }
        if numeric::digit(&text, 0) > 1 {
            return shape::wrong_component(text, "首位应为 0 或 1", "begins with neither 0 nor 1");
        }
        let holds = 97 - body % 97 == numeric::number(&text, 8..10);
        numeric::proved(text, holds)
    })
}
