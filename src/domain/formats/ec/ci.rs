//! 厄瓜多尔身份证号, Ecuador CI (Cédula de identidad).
//!
//! Structure (10): 2 digits province (01–24, 30 and 50 abroad), 1 digit 0–6, 6 digits serial, 1 check digit.
//! Check rule: weights 2 1 2 1 …, cross sums of the products, to a multiple of 10 (Luhn).
//! Source: Registro Civil; Ley Orgánica de Gestión de la Identidad (from memory, 2026-11-22).
//! Examples: 1712345675, 0912345675.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 厄瓜多尔身份证号.
pub const FORMAT: Declared = Declared {
    code: "ec.ci",
    name_zh: "厄瓜多尔身份证号",
    name_en: "Ecuador CI (Cédula de identidad)",
    source: "Registro Civil; Ley Orgánica de Gestión de la Identidad",
    example: "1712345675",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[10], |text| {
        if !has_province(&text) {
            return shape::wrong_component(text, "没有这个省", "no such province");
        }
        if numeric::digit(&text, 2) > 6 {
            return shape::wrong_component(text, "第三位应为 0–6", "the third digit is above 6");
        }
        let holds = check_digit::luhn_holds(&text);
        numeric::proved(text, holds)
    })
}

/// Whether the first two digits are a province or stand for issue abroad.
pub fn has_province(text: &str) -> bool {
    matches!(numeric::number(text, 0..2), 1..=24 | 30 | 50)
}
