//! 葡萄牙公民卡号, Portuguese citizen card number (Cartão de Cidadão).
//!
//! Structure (12): 8 digits civil number, 1 check digit of it, 2 letters or digits version, 1 check digit.
//! Check: Luhn over all characters, letters as A = 10 … Z = 35, doubled values above 9 reduced by 9.
//! Source: IRN Portugal (from memory, 2026-11-22).
//! Computed examples: 123456780ZZ0, 102030400ZX8.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 葡萄牙公民卡号.
pub const FORMAT: Declared = Declared {
    code: "pt.cc",
    name_zh: "葡萄牙公民卡号",
    name_en: "Portuguese citizen card number (Cartão de Cidadão)",
    source: "IRN Portugal",
    example: "123456780ZZ0",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    if !shape::is_digits(numeric::part(&number, 0..9)) || !shape::is_digits(numeric::part(&number, 11..12)) {
        return shape::wrong_shape(number);
    }
    let values = shape::values(&number).unwrap_or_default();
    let sum: u32 = values.iter().rev().enumerate().map(|(place, value)| luhn_value(place, *value)).sum();
    numeric::proved(number, sum.is_multiple_of(10))
}

fn luhn_value(place: usize, value: u32) -> u32 {
    match (place % 2, value * 2) {
        (0, _) => value,
        (_, doubled) if doubled > 9 => doubled - 9,
        (_, doubled) => doubled,
    }
}
