//! 意大利药品上市许可号, Italian drug authorisation code (AIC, MinSan).
//!
//! Structure (9): 0, 7 digits product and package, 1 check digit; or the same number in base 32 (6 characters, digits
//! and consonants), as printed in the barcode (Code 32).
//! Check: digits 2, 4, 6, 8 doubled and their digits added, plus digits 1, 3, 5, 7, mod 10.
//! Standard: AIFA; decreto ministeriale 2 August 2001 (from memory, 2026-11-22).
//! Examples: 099534214, 058734993.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 意大利药品上市许可号.
pub const FORMAT: Declared = Declared {
    code: "it.aic",
    name_zh: "意大利药品上市许可号",
    name_en: "Italian drug authorisation code (AIC, MinSan)",
    source: "AIFA; decreto ministeriale 2 August 2001",
    example: "099534214",
    check_digit: true,
    check,
};

const BASE32: &str = "0123456789BCDFGHJKLMNPQRSTUVWXYZ";

fn check(input: &str) -> Checked {
    let code = shape::compact(input, " ");
    match code.chars().count() {
        9 => check_decimal(code),
        6 => match decimal(&code) {
            Some(number) => check_decimal(format!("{number:09}")),
            None => shape::wrong_alphabet(code),
        },
        _ => shape::wrong_length(code, "6/9"),
    }
}

fn check_decimal(number: String) -> Checked {
    if !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    if !number.starts_with('0') {
        return shape::wrong_component(number, "药品号以 0 开头", "codes of drugs begin with 0");
    }
    let digits = number.chars().filter_map(|c| c.to_digit(10)).take(8).enumerate();
    let sum: u32 = digits.map(|(i, d)| if i % 2 == 0 { d } else { 2 * d / 10 + 2 * d % 10 }).sum();
    if part::ends_with_nth(&number, "0123456789", sum % 10) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}

fn decimal(code: &str) -> Option<u32> {
    code.chars().try_fold(0u32, |number, c| {
        let value = u32::try_from(BASE32.chars().position(|b| b == c)?).ok()?;
        number.checked_mul(32)?.checked_add(value)
    })
}
