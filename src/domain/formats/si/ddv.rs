//! 斯洛文尼亚税号, Slovenian tax number (davčna številka, ID za DDV).
//!
//! Structure (8): 7 digits without leading 0, 1 check digit; SI of a VAT number is dropped.
//! Check: 11 − Σ dᵢ·wᵢ (8 7 6 5 4 3 2) mod 11; 10 counts as 0, numbers with 11 are not issued.
//! Source: FURS, VIES (from memory, 2026-11-22).
//! Computed examples: 12345679, 50203045.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 斯洛文尼亚税号.
pub const FORMAT: Declared = Declared {
    code: "si.ddv",
    name_zh: "斯洛文尼亚税号",
    name_en: "Slovenian tax number (davčna številka, ID za DDV)",
    source: "FURS, VIES",
    example: "12345679",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "SI");
    if let Some(fault) = numeric::fault(&number, &[8]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    let rest = 11 - numeric::dot(&number, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    let expected = if rest == 10 { 0 } else { rest };
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
