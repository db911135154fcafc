//! 萨尔瓦多税号, Salvadoran tax number (NIT).
//!
//! Structure (14): 4 digits place (first 0, 1; 9 foreigner), ddmmyy date of birth or founding, 3 digits serial, 1
//! check digit.
//! Check: serial up to 100: Σ dᵢ·wᵢ (14 13 … 2) mod 11 mod 10; from 101 on: (11 − Σ dᵢ·wᵢ (2 7 6 5 4 3 2 7 6 5 4 3 2)
//! mod 11) mod 11 mod 10.
//! Source: Ministerio de Hacienda (from memory, 2026-11-22).
//! Computed examples: 0614-120385-101-9, 9501-150290-002-0.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 萨尔瓦多税号.
pub const FORMAT: Declared = Declared {
    code: "sv.nit",
    name_zh: "萨尔瓦多税号",
    name_en: "Salvadoran tax number (NIT)",
    source: "Ministerio de Hacienda",
    example: "0614-120385-101-9",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -."), "SV");
    if let Some(fault) = numeric::fault(&number, &[14]) {
        return fault;
    }
    if !number.starts_with(['0', '1', '9']) {
        return shape::wrong_component(number, "首位应为 0、1 或 9", "the first digit is 0, 1 or 9");
    }
    let expected = if numeric::number(&number, 10..13) <= 100 {
        numeric::dot(&number, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10
    } else {
        (11 - numeric::dot(&number, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10
    };
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
